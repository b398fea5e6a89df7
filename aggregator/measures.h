/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MEASURES_H
#define MEASURES_H

#include "aggregator/author_table.h"
#include "core/questionnaire.h"

/*
 * What the school decided to do about its last results: a list that it keeps in a CSV file with the header
 * `measure,goal,text_nl,text_en,owner,date`, and if one likes `text_tr,text_ar,text_uk,text_pl,about,goal_en`
 * behind it, in any order and number. Next year each becomes a question
 * (author_extend.h), and the report shows the answers beside the goal, with the figure that it is about.
 * Nothing here is about pupils.
 */

enum {
    MEASURES_LIMIT = 20,
    MEASURES_TEXT = 201,
    MEASURES_NAME = 25,
    MEASURES_MORE = 4,
    MEASURES_BYTES = 64 << 10
};

struct measures_row {
    char name[MEASURES_NAME];    /* a name of at most 24 characters: "noticed_" goes before it */
    char goal[MEASURES_TEXT];    /* what it should change, in the school's words; plain text, 1.. bytes */
    char goal_en[MEASURES_TEXT]; /* the same in English, for English reports; may be empty */
    char text_nl[MEASURES_TEXT],
        text_en[MEASURES_TEXT];              /* after "Heb je iets gemerkt van" and "Have you noticed" */
    char text[MEASURES_MORE][MEASURES_TEXT]; /* the same in measures_language; may be empty */
    char about
        [MEASURES_TEXT]; /* the question or scale whose figure it should change, by its name; may be empty */
    char owner[MEASURES_TEXT]; /* a role, not a name; may be empty */
    uint32_t date;             /* 20260903: when it was decided */
};

/* Codes of the languages of text[]: "tr", "ar", "uk", "pl". */
extern const char *const measures_language[MEASURES_MORE];

struct measures {
    size_t count;
    struct measures_row row[MEASURES_LIMIT];
};

/*
 * Reads the file's bytes. FAULT_QUESTIONNAIRE: *line is the first row that is wrong (1 is the header) and
 * *column its column from
 * 1, or 0 for the row as a whole; FAULT_LIMIT: more than MEASURES_LIMIT. FAULT_MEMORY.
 */
enum fault measures_read(struct measures *out, uint32_t *line, uint32_t *column,
                         struct bytes csv) FAULT_MUST_CHECK;
/* The canonical file. FAULT_MEMORY. */
enum fault measures_write(struct bytes_buffer *out, const struct measures *measures) FAULT_MUST_CHECK;
/*
 * Which field of a row breaks its rules: its column from 1 when all are there in the order above, or 0 when
 * all is well.
 */
uint32_t measures_wrong(const struct measures_row *row);
/* By name; NULL when there is none. */
const struct measures_row *measures_find(const struct measures *measures, const char *name);

#endif
