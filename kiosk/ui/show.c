/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/show.h"

#include <string.h>

#include "kiosk/ui/message_page.h"
#include "kiosk/ui/voice.h"

/* So many things in a row are heard without a picture between them: then somebody must see something. */
enum { SHOW_UNSEEN = 32 };

struct turns {
    bool ended;
    bool owed;  /* the page is another one than the picture on the screen */
    int unseen; /* how many turns that has been so */
};

/*
 * What is heard already is heard before anything is drawn, so that what hides the page shows nothing more of
 * it. The disk's work is done below a picture that says so.
 */
static void draw(struct window *window, struct stage *stage, struct turns *turns) {
    turns->owed = stage_refresh(stage, window_now_ms()) || turns->owed;
    if (!turns->owed || stage->over) {
        return;
    }
    if (turns->unseen < SHOW_UNSEEN && !stage_is_working(stage) && window_has_more()) {
        turns->unseen++;
        return;
    }
    turns->owed = false;
    turns->unseen = 0;
    if (!window_draw(window, stage)) {
        stage->dirty = true;
    }
}

/* One turn: at most one thing heard, one picture drawn, one work done. */
static enum fault turn(struct window *window, struct stage *stage, struct turns *turns) {
    enum fault fault = FAULT_NONE;
    int width = 0;
    int height = 0;
    stage_set_others(stage, window->others);
    draw(window, stage, turns);
    if (stage->over || (!stage_works_apart(stage, window_now_ms()) && stage_work(stage, window_now_ms()))) {
        return FAULT_NONE;
    }
    switch (window_wait(window, stage, stage_patience_ms(stage, window_now_ms()))) {
    case WINDOW_EXPOSED: stage->dirty = true; break;
    case WINDOW_RESIZED:
        window_size(window, &width, &height);
        fault = stage_resize(stage, width, height);
        break;
    case WINDOW_ENDED: turns->ended = true; break;
    case WINDOW_NOTHING: stage_tick(stage, window_now_ms()); break;
    case WINDOW_HEARD: break;
    }
    return fault;
}

/* Shows why, and nothing else. */
static enum fault show_why(enum fault why, struct stage *stage, struct stage_setup *stage_setup) {
    stage_close(stage);
    stage_setup->desk = NULL;
    stage_setup->preview = NULL;
    stage_setup->search = NULL;
    stage_setup->renew = NULL;
    stage_setup->found = NULL;
    stage_setup->fault = why;
    stage_setup->remedy = message_page_remedy(why);
    return stage_open(stage, stage_setup, window_now_ms());
}

/* Letters that are missing are said in those that are there: nobody sees a terminal in a classroom. */
static enum fault open_stage(enum fault *why, struct stage *stage, struct stage_setup *stage_setup) {
    enum fault fault = stage_open(stage, stage_setup, window_now_ms());
    bool letters = fault == FAULT_FONT || fault == FAULT_FONT_ARABIC;
    if (letters && (stage_setup->desk != NULL || stage_setup->preview != NULL)) {
        *why = fault;
        fault = show_why(*why, stage, stage_setup);
    }
    return fault;
}

/* Who does not get through is told the reason. */
static enum fault get_ready(enum fault *why, struct stage *stage, struct stage_setup *stage_setup,
                            const struct show_setup *setup) {
    *why = setup->ready ? setup->ready(setup->context) : FAULT_NONE;
    if (*why == FAULT_NONE) {
        return FAULT_NONE;
    }
    if (stage_setup->fault) {
        stage->setup.renew = NULL;
        stage->setup.search = NULL; /* no pupil is let in without it */
        stage->dirty = true;
        return FAULT_NONE;
    }
    return show_why(*why, stage, stage_setup);
}

enum fault show_run(const struct show_setup *setup) {
    struct window window = {0};
    struct stage stage = {0};
    struct stage_setup stage_setup = setup->stage;
    struct voice voice;
    struct turns turns = {0};
    enum fault why = FAULT_NONE;
    enum fault fault = window_open(&window, &setup->window);
    voice_begin(&voice);
    stage_setup.sound = &voice.device;
    if (!fault) {
        window_size(&window, &stage_setup.width, &stage_setup.height);
        fault = open_stage(&why, &stage, &stage_setup);
    }
    if (!fault && !why) {
        fault = get_ready(&why, &stage, &stage_setup, setup);
    }
    while (!fault && !turns.ended && !stage.over) {
        fault = turn(&window, &stage, &turns);
    }
    fault = fault ? fault : stage.fault;
    stage_close(&stage);
    voice_close(&voice);
    window_close(&window);
    return fault ? fault : why;
}
