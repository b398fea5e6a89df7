/* SPDX-License-Identifier: Apache-2.0 */
#include "speech.h"

#include "speech_stretch.h"

#include "core/secret.h"

#include <stdlib.h>
#include <string.h>

const unsigned speech_percents[SPEECH_PACES] = {100, 80, 120};

static int16_t *samples_of(const struct recording *recording, size_t room) {
    int16_t *sample = malloc((recording->count > room ? recording->count : room) * sizeof *sample);
    for (uint32_t i = 0; sample && i < recording->count; i++) {
        sample[i] = recording_sample(recording, i);
    }
    return sample;
}

static bool play(const struct speech *speech, const struct recording *recording) {
    size_t count = speech_stretch_count(recording->count, speech->percent);
    int16_t *spoken = samples_of(recording, recording->count);
    int16_t *stretched = malloc(count * sizeof *stretched);
    bool played = false;
    if (spoken && stretched) {
        speech_stretch(stretched, spoken, recording->count, recording->rate, speech->percent);
        played = speech->device->play(speech->device->context, stretched, (uint32_t)count, recording->rate);
    }
    if (spoken) {
        secret_wipe(spoken, recording->count * sizeof *spoken);
    }
    if (stretched) {
        secret_wipe(stretched, count * sizeof *stretched);
    }
    free(stretched);
    free(spoken);
    return played;
}

static enum fault load(struct recording *out, struct bytes_buffer *content,
                       const struct speech_source *source, uint16_t text) {
    if (text < SPEECH_WORDS) {
        return voices_load(out, content, source->voices, source->questionnaire, text);
    }
    uint16_t word = (uint16_t)(text - SPEECH_WORDS);
    bool there = source->words != NULL && word < source->word_count;
    return recording_decode(out, there ? source->words[word] : (struct bytes){0});
}

static bool read_text(struct speech *speech, const struct speech_source *source) {
    struct bytes_buffer content = {0};
    struct recording recording;
    enum fault fault = load(&recording, &content, source, speech->text[speech->at]);
    bool played = !fault && play(speech, &recording);
    if (content.data) {
        secret_wipe(content.data, content.size);
    }
    bytes_buffer_release(&content);
    return played;
}

/* From the text at hand on, the first that can be played. */
static void go_on(struct speech *speech, const struct speech_source *source, uint64_t now_ms) {
    uint16_t end = speech->alone ? (uint16_t)(speech->at + 1) : speech->count;
    uint16_t from = speech->at;
    speech->gap = false;
    speech->reading = false;
    while (!speech->reading && speech->at < end) {
        speech->reading = read_text(speech, source);
        speech->at = (uint16_t)(speech->at + !speech->reading);
    }
    speech->awake = speech->awake || speech->reading;
    speech->due_ms = now_ms + (speech->reading ? SPEECH_LOOK_MS : SPEECH_REST_MS);
    speech->at = speech->reading ? speech->at : from;
}

static void start(struct speech *speech, const struct speech_source *source, enum speech_pace pace,
                  uint64_t now_ms) {
    speech_stop(speech, now_ms);
    speech->percent = speech_percents[pace];
    if (speech->device != NULL && speech->count > 0) {
        go_on(speech, source, now_ms);
    }
    speech->failed = speech->count > 0 && !speech->reading;
}

void speech_begin(struct speech *speech, const struct speech_source *source, const uint16_t *text,
                  size_t count, enum speech_pace pace, uint64_t now_ms) {
    speech->count = (uint16_t)(count < SPEECH_TEXTS ? count : SPEECH_TEXTS);
    memcpy(speech->text, text, speech->count * sizeof *text);
    speech->at = 0;
    speech->alone = false;
    start(speech, source, pace, now_ms);
}

void speech_one(struct speech *speech, const struct speech_source *source, uint16_t text,
                enum speech_pace pace, uint64_t now_ms) {
    speech->text[0] = text;
    speech->count = 1;
    speech->at = 0;
    speech->alone = true;
    start(speech, source, pace, now_ms);
}

void speech_again(struct speech *speech, const struct speech_source *source, enum speech_pace pace,
                  uint64_t now_ms) {
    start(speech, source, pace, now_ms);
}

void speech_stop(struct speech *speech, uint64_t now_ms) {
    if (speech->reading && speech->device != NULL) {
        speech->device->hush(speech->device->context);
        speech->due_ms = now_ms + SPEECH_REST_MS;
    }
    speech->reading = false;
    speech->gap = false;
    speech->failed = false;
}

void speech_forget(struct speech *speech, uint64_t now_ms) {
    speech_stop(speech, now_ms);
    memset(speech->text, 0, sizeof speech->text);
    speech->count = 0;
    speech->at = 0;
}

static bool end_text(struct speech *speech, const struct speech_source *source, uint64_t now_ms) {
    bool last = speech->alone || speech->at + 1 == speech->count;
    if (last) {
        speech->reading = false;
        speech->due_ms = now_ms + SPEECH_REST_MS;
    } else if (!speech->gap) {
        speech->gap = true;
        speech->due_ms = now_ms + SPEECH_GAP_MS;
        return false;
    } else {
        speech->at++;
        go_on(speech, source, now_ms);
    }
    return true;
}

bool speech_tick(struct speech *speech, const struct speech_source *source, uint64_t now_ms) {
    if (speech->device == NULL || now_ms < speech_due_ms(speech)) {
        return false;
    }
    if (!speech->reading) {
        speech->device->rest(speech->device->context);
        speech->awake = false;
        return false;
    }
    if (!speech->gap && speech->device->is_playing(speech->device->context)) {
        speech->due_ms = now_ms + SPEECH_LOOK_MS;
        return false;
    }
    return end_text(speech, source, now_ms);
}

uint64_t speech_due_ms(const struct speech *speech) {
    return speech->reading || speech->awake ? speech->due_ms : UINT64_MAX;
}

uint16_t speech_reads(const struct speech *speech) {
    return speech->reading ? speech->text[speech->at] : QUESTIONNAIRE_NONE;
}
