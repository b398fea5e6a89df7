/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SPEECH_H
#define SPEECH_H

#include "voices.h"

/*
 * Reading a page aloud: its texts one after another, each from its recording, at one of three speeds; repeat,
 * stop. What is read is given by who built the page and never depends on what was chosen. Knows no sound
 * card: a device is handed in. What was made of a recording is wiped as soon as it is not needed.
 *
 *         begin                     the last text is over, stop
 *   OFF ---------> READING (text 0, 1, ...) ----------------------> OFF
 *                    |  ^
 *                    +--+ again: the same text from its beginning; also from OFF: the text that was read last
 */

enum {
    SPEECH_TEXTS = 32,    /* of one page */
    SPEECH_GAP_MS = 400,  /* of silence between two texts */
    SPEECH_LOOK_MS = 50,  /* how often it looks whether a text is over */
    SPEECH_REST_MS = 1500 /* after so long without a text the device is given back */
};

enum speech_pace { SPEECH_NORMAL, SPEECH_SLOW, SPEECH_FAST, SPEECH_PACES };
/* In percent of the speed it was spoken at: 100, 80, 120. */
extern const unsigned speech_percents[SPEECH_PACES];

struct speech_device {
    /* Whether sound can be played here at all; may take a moment, the first time. */
    bool (*is_there)(void *context);
    /* Plays these samples, of one channel, instead of what is playing; copies them. False: it cannot. */
    bool (*play)(void *context, const int16_t *sample, uint32_t count, uint32_t rate);
    /* Silence, at once. */
    void (*hush)(void *context);
    bool (*is_playing)(void *context);
    /* Nothing will be played for a while. */
    void (*rest)(void *context);
    void *context;
};

struct speech {
    const struct speech_device *device; /* the caller's; NULL: no sound */
    bool reading;
    bool awake;                  /* the device was not given back yet */
    bool failed;                 /* the last text could not be played */
    bool gap;                    /* between two texts */
    bool alone;                  /* one text, and not the ones after it */
    uint16_t count;              /* texts */
    uint16_t at;                 /* which is read, or was read last */
    uint16_t text[SPEECH_TEXTS]; /* see speech_source */
    unsigned percent;
    uint64_t due_ms; /* of the next look */
};

/*
 * What the texts are in; all outlive the call only. A text is a recording of the questionnaire, by number, or
 * from SPEECH_WORDS on the program's own word, a whole recording too.
 */
enum { SPEECH_WORDS = QUESTIONNAIRE_RECORDINGS };
struct speech_source {
    const struct voices *voices;
    const struct questionnaire *questionnaire;
    const struct bytes *words; /* NULL: none */
    uint16_t word_count;
};

/*
 * Begins with the first of `count` texts, at most SPEECH_TEXTS of which are taken; what was being read stops.
 * Texts that cannot be played are passed over; `failed` is set when none was. No texts: nothing happens.
 */
void speech_begin(struct speech *speech, const struct speech_source *source, const uint16_t *text,
                  size_t count, enum speech_pace pace, uint64_t now_ms);
/* Reads one text, and not the others; it is the one that `again` repeats. */
void speech_one(struct speech *speech, const struct speech_source *source, uint16_t text,
                enum speech_pace pace, uint64_t now_ms);
/* The text that is read, or was read last, from its beginning, and then what comes after it. */
void speech_again(struct speech *speech, const struct speech_source *source, enum speech_pace pace,
                  uint64_t now_ms);
void speech_stop(struct speech *speech, uint64_t now_ms);
/* The page is another: there is nothing to repeat any more. Stops as well. */
void speech_forget(struct speech *speech, uint64_t now_ms);

/* Time passed; true when another text is read, or none any more. */
bool speech_tick(struct speech *speech, const struct speech_source *source, uint64_t now_ms);
/* When speech_tick has something to do; UINT64_MAX: not before another call. */
uint64_t speech_due_ms(const struct speech *speech);

/* The text that is read, or QUESTIONNAIRE_NONE, also in the silence between two texts. */
uint16_t speech_reads(const struct speech *speech);

#endif
