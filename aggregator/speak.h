/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SPEAK_H
#define SPEAK_H

#include "aggregator/author_table.h"
#include "core/questionnaire.h"

/*
 * The recordings of a questionnaire, in the folder audio beside it: which texts have one, which file it is,
 * whether the text is still the one that was read, and a computer's voice for what nobody has read.
 *
 * A file's name says what it is of (docs/format.md, "Recording"): QUESTION.LANGUAGE.wav,
 * LIST.ANSWER.LANGUAGE.wav, and with .robot.wav at the end a computer's voice. A person's is preferred to a
 * computer's, and never written over.
 * "texts.csv" in that folder says of every file what was read: its text and the digest of the sound then.
 */

enum { SPEAK_NAME_SIZE = 104, SPEAK_TEXT_SIZE = 2 * QUESTIONNAIRE_TEXT_SIZE + 2, SPEAK_PATH_SIZE = 4352 };

/*
 * out = the name without its end, "happy.nl". `option` is 0 for an item. The questionnaire has passed its
 * check.
 */
void speak_name(char out[SPEAK_NAME_SIZE], const struct questionnaire *questionnaire,
                enum questionnaire_recorded kind, uint16_t part, uint16_t option, uint16_t language);

/*
 * out = what is to be read, on one line: the label and, of an item, its hint; without signs that are not
 * spoken. "" when the label is not there in this language.
 */
void speak_text(char out[SPEAK_TEXT_SIZE], const struct questionnaire *questionnaire,
                enum questionnaire_recorded kind, uint16_t part, uint16_t option, uint16_t language);

/* nl, en, pl and tr have a computer voice that can be given to children. */
bool speak_has_voice(const char *language);

enum speak_state {
    SPEAK_PERSON,       /* a person reads it */
    SPEAK_ROBOT,        /* a computer does */
    SPEAK_ELSEWHERE,    /* the sheet names a file of another name */
    SPEAK_MISSING,      /* nobody does */
    SPEAK_PERSON_STALE, /* a person reads what the text was before */
    SPEAK_ROBOT_STALE,  /* a computer does, or nobody knows what it reads */
    SPEAK_STATES
};

struct speak_line {
    enum questionnaire_recorded kind;
    uint16_t part, option, language;
    enum speak_state state;
    char name[SPEAK_NAME_SIZE];   /* without its end */
    uint8_t digest[DIGEST_BYTES]; /* of the file, in the states PERSON and ROBOT */
};

struct speak {
    const struct questionnaire *questionnaire; /* the caller's; must outlive it */
    const char *folder;                        /* likewise */
    struct author_table known;                 /* texts.csv as it was */
    size_t count;
    struct speak_line *line; /* items, then options, each by language */
};

/*
 * Looks at every text in every language. `questionnaire` was compiled with its recordings. FAULT_MEMORY;
 * FAULT_FILE_READ when texts.csv cannot be read. `out` is released by the caller.
 */
enum fault speak_open(struct speak *out, const struct questionnaire *questionnaire,
                      const char *folder) FAULT_MUST_CHECK;
void speak_close(struct speak *speak); /* accepts zeroed and closed ones */

/*
 * Makes the computer's recording of a line that is MISSING or ROBOT_STALE; its state is then ROBOT. `program`
 * is the path of espeak-ng.
 * FAULT_MISUSE when it fails or gives no sound; faults of recording_encode, program_run and file_write.
 */
enum fault speak_render(struct speak *speak, size_t line, const char *program) FAULT_MUST_CHECK;

/*
 * out = this text said in this language, as a recording; `out` is zeroed or released and the caller's.
 * FAULT_MISUSE when the program, espeak-ng, fails or gives no sound; FAULT_FILE_READ, FAULT_FILE_WRITE;
 * faults of recording_encode and program_run.
 */
enum fault speak_say(struct bytes_buffer *out, const char *program, const char *language,
                     const char *text) FAULT_MUST_CHECK;

/*
 * Writes texts.csv: a line for each file that reads the text as it is now, the old one for those that do not.
 * Faults of file_write, FAULT_LIMIT, FAULT_MEMORY.
 */
enum fault speak_save(const struct speak *speak) FAULT_MUST_CHECK;

#endif
