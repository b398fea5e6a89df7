/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_KNOWN_H
#define ATTACKER_KNOWN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * What everybody may know before a report exists: the questionnaire, the limits of the round, who was asked.
 * Read from a text file, one word first on each line; `#` begins a comment line:
 *
 *   limits K_UNIT K_CELL
 *   scale MIN MAX                                        the next scale: scores of its items
 *   item KIND SENSITIVE BREAKDOWN SCALE REVERSE          the next item; KIND note, one or multiple; SCALE an index or -
 *   option KIND GROUP SCORE EXCLUSIVE                    the next option of that item; KIND answer, dont_know or
 *                                                        rather_not; GROUP and SCORE a number or -
 *   step WHAT ITEM OPTION                                the next step of that item's condition, in postfix order:
 *                                                        equals, not_equals, selected, and, or, not
 *
 * and, only for who plays with open cards (the judge, never the attacker's programs), what is true:
 *
 *   true BATCH ANSWERED STOPPED DECLINED
 *   cell BATCH ITEM NUMBER...      one number per option in order, then skipped, then not asked, and for a
 *                                  multiple: then who answered, then one per coarse group
 *   score BATCH SCALE NUMBER...    who counts, by bin of the score, and last whose scale does not count
 *   pupil BATCH PARTICIPATION ITEM:CELL...   one pupil's own answers; PARTICIPATION 0 answered, 1 stopped, 2 declined; CELL
 *                                  an option, or options + 0 skipped, + 1 not asked; sSCALE:BIN is its score there
 *
 * A line that cannot be read ends the program with its number: nothing is skipped.
 */

enum {
    KNOWN_ITEMS = 128,
    KNOWN_OPTIONS = 24,
    KNOWN_SCALES = 8,
    KNOWN_STEPS = 64,
    KNOWN_BATCHES = 400,
    KNOWN_BINS = 5
};
enum { KNOWN_CELLS = KNOWN_OPTIONS + 2 + 1 + KNOWN_OPTIONS, KNOWN_NONE = -1 };

enum known_kind { KNOWN_NOTE, KNOWN_ONE, KNOWN_MULTIPLE };
enum known_option_kind { KNOWN_ANSWER, KNOWN_DONT_KNOW, KNOWN_RATHER_NOT };
enum known_step_kind { KNOWN_EQUALS, KNOWN_NOT_EQUALS, KNOWN_SELECTED, KNOWN_AND, KNOWN_OR, KNOWN_NOT };

struct known_option {
    enum known_option_kind kind;
    int group, score; /* KNOWN_NONE: none */
    bool exclusive;
};
struct known_step {
    enum known_step_kind kind;
    int item, option;
};
struct known_item {
    enum known_kind kind;
    bool sensitive, breakdown, reverse;
    int scale; /* KNOWN_NONE: none */
    int option_count, group_count, step_count;
    struct known_option option[KNOWN_OPTIONS];
    struct known_step step[KNOWN_STEPS];
};
struct known_scale {
    int low, high;
    int item_count;
};

/* What is true of one batch. */
struct known_truth {
    long participation[3];
    long cell[KNOWN_ITEMS][KNOWN_CELLS];
    long score[KNOWN_SCALES][KNOWN_BINS + 1]; /* the last: does not count */
};
struct known_pupil {
    bool there;
    int batch, participation;
    bool in[KNOWN_BATCHES]; /* his batch, and the parts of breakdowns that he is in (published.h) */
    int count;
    int item[KNOWN_ITEMS * 4], cell[KNOWN_ITEMS * 4];
    int bin[KNOWN_SCALES]; /* KNOWN_NONE: not told */
};

struct known {
    long k_unit, k_cell;
    int scale_count, item_count, truth_count;
    struct known_scale scale[KNOWN_SCALES];
    struct known_item item[KNOWN_ITEMS];
    struct known_truth *truth; /* [KNOWN_BATCHES] */
    struct known_pupil pupil;
};

/* Exits with 2 and a line on stderr when the file cannot be read. */
void known_read(struct known *out, const char *path);
void known_release(struct known *known);

/* How many bins a scale has (docs/format.md, "Release"). */
int known_bin_count(const struct known_scale *scale);

/*
 * Cells of an item, as in the truth: its options, skipped, not asked; for a multiple also answered and
 * groups.
 */
int known_skipped(const struct known_item *item);
int known_not_asked(const struct known_item *item);
int known_answered(const struct known_item *item);
int known_any(const struct known_item *item, int group);
int known_cell_count(const struct known_item *item);

#endif
