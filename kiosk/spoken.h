/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SPOKEN_H
#define SPOKEN_H

#include "core/bytes.h"
#include "core/questionnaire.h"
#include "kiosk/strings.h"

/*
 * The program's own words, read aloud: the pages around the questions. Their recordings are installed with
 * the program, one file a text. A file's name says which text in which language it reads, and in which
 * wording (spoken_name), so a text that was changed since is silent until it is read again. A person's
 * recording is preferred to a computer's.
 *
 * The files are mapped when the program begins and fetched when they are heard: no time of reading tells that
 * somebody listened to "you do not have to fill in anything" (docs/decisions/0047).
 */

enum { SPOKEN_KEYS = 39, SPOKEN_TEXTS = STRINGS_LANGUAGES * SPOKEN_KEYS, SPOKEN_NAME_SIZE = 96 };

/* Which texts are read aloud. */
extern const enum strings_key spoken_keys[SPOKEN_KEYS];

/*
 * out = the name of the file that reads this text: `welcome.what.nl.1a2b3c4d.wav`, a computer's
 * `….robot.wav`.
 */
void spoken_name(char out[SPOKEN_NAME_SIZE], const struct strings *strings, enum strings_key key, bool robot);

/* out = what is to be said, on one line; lent texts have none ("") in this language. */
void spoken_text(char out[STRINGS_TEXT_SIZE], const struct strings *strings, enum strings_key key);

/* Zeroed: nothing is there. Texts are numbered by language, then in the order of spoken_keys. */
struct spoken {
    struct bytes sound[SPOKEN_TEXTS]; /* whole files; no bytes: it is not there */
    bool robot[SPOKEN_TEXTS];
    uint16_t there[STRINGS_LANGUAGES]; /* how many, by language */
    bool mapped;                       /* the sounds are the files' */
};

/*
 * Maps what is in the folder for these languages' texts; what is missing is only not heard. `out` is closed
 * by the caller.
 */
void spoken_open(struct spoken *out, const struct strings strings[STRINGS_LANGUAGES], const char *folder);
void spoken_close(struct spoken *spoken); /* accepts zeroed and closed ones */

/* For measuring pages: as if a computer read everything. Nothing of it can be played. */
void spoken_pretend(struct spoken *out);

/* The number of this text, or QUESTIONNAIRE_NONE when it is not there. */
uint16_t spoken_find(const struct spoken *spoken, enum strings_language language, enum strings_key key);

/* Whether any text in this language is a computer's. */
bool spoken_has_robot(const struct spoken *spoken, enum strings_language language);

#endif
