/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stage_listen.h"

#include "kiosk/ui/listen.h"

const struct voices *stage_listen_voices(const struct stage *stage) {
    return stage->setup.preview != NULL ? &stage->setup.preview->voices
           : stage->setup.desk != NULL  ? desk_voices(stage->setup.desk)
                                        : NULL;
}

/* Only with a desk or a preview. */
static struct speech_source source_of(const struct stage *stage) {
    return (struct speech_source){.voices = stage_listen_voices(stage),
                                  .questionnaire = stage_round(stage)->questionnaire,
                                  .words = stage->spoken.sound,
                                  .word_count = SPOKEN_TEXTS};
}

void stage_listen_prepare(struct stage *stage) {
    const struct voices *voices = stage_listen_voices(stage);
    stage->speech.device = stage->setup.sound;
    if (voices != NULL && voices->there > 0 && stage->setup.sound != NULL) {
        stage->can_listen = stage->setup.sound->is_there(stage->setup.sound->context);
    }
}

bool stage_listen_works(const struct stage *stage) {
    const struct voices *voices = stage_listen_voices(stage);
    return voices == NULL || voices->there == 0 || stage->can_listen;
}

static void read_page(struct stage *stage, uint64_t now_ms) {
    uint16_t text[SPEECH_TEXTS];
    struct speech_source source = source_of(stage);
    size_t count = listen_texts(text, stage->page);
    speech_begin(&stage->speech, &source, text, count, stage->view.pace, now_ms);
}

static bool has_panel_text(const struct stage *stage) {
    return stage->panel == PANEL_LISTEN;
}

void stage_listen_act(struct stage *stage, enum listen what, uint64_t now_ms) {
    struct speech_source source = source_of(stage);
    bool reading = speech_reads(&stage->speech) != QUESTIONNAIRE_NONE;
    switch (what) {
    case LISTEN_SWITCH:
        if (reading) {
            speech_stop(&stage->speech, now_ms);
        } else if (stage->view.listens && stage->can_listen) {
            read_page(stage, now_ms);
        } else {
            stage->panel = PANEL_LISTEN;
        }
        break;
    case LISTEN_BEGIN:
        stage->view.listens = true;
        stage->panel = PANEL_NONE;
        stage->reads_next = true;
        break;
    case LISTEN_AGAIN:
        if (stage->speech.count > 0) {
            speech_again(&stage->speech, &source, stage->view.pace, now_ms);
        } else {
            read_page(stage, now_ms);
        }
        break;
    }
    stage->dirty = true;
}

void stage_listen_pace(struct stage *stage, enum speech_pace pace, uint64_t now_ms) {
    stage->view.pace = pace < SPEECH_PACES ? pace : SPEECH_NORMAL;
    speech_stop(&stage->speech, now_ms);
}

void stage_listen_stop(struct stage *stage, uint64_t now_ms) {
    stage->dirty = stage->dirty || stage->speech.reading;
    speech_stop(&stage->speech, now_ms);
}

void stage_listen_leave(struct stage *stage, uint64_t now_ms) {
    speech_forget(&stage->speech, now_ms);
}

void stage_listen_focus(struct stage *stage, uint64_t now_ms) {
    const struct page *page = stage->page;
    uint16_t voice = page->focus == PAGE_NOTHING ? 0 : page->item[page->focus].voice;
    stage_listen_stop(stage, now_ms);
    if (voice != 0 && stage->view.listens && stage->can_listen) {
        struct speech_source source = source_of(stage);
        speech_one(&stage->speech, &source, (uint16_t)(voice - 1), stage->view.pace, now_ms);
    }
}

bool stage_listen_tick(struct stage *stage, uint64_t now_ms) {
    if (stage_listen_voices(stage) == NULL) {
        return false;
    }
    struct speech_source source = source_of(stage);
    bool begins = stage->reads_next && !has_panel_text(stage);
    if (begins) {
        stage->reads_next = false;
        read_page(stage, now_ms);
    }
    return speech_tick(&stage->speech, &source, now_ms) || begins;
}
