/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_PUBLISHED_H
#define ATTACKER_PUBLISHED_H

#include "world.h"

/*
 * What a school let out, whatever file it stood in: batches with their numbers of contributions, and rows
 * that say between which values something lies for some batches together. Read by release_file.h from a
 * release, or from text, for examples written by hand:
 *
 *   batch CONTRIBUTIONS STRATUM        the next batch; CONTRIBUTIONS - when it is left out of the figures
 *   row BATCHES SUBJECT WHAT INDEX LOW HIGH
 *
 * BATCHES is `all`, or numbers and spans like 0,2-4. SUBJECT is - for participation, else an item's or
 * scale's number. WHAT is one of the words below, in their order; LOW and HIGH may be fractions.
 */

enum published_what {
    PUBLISHED_PARTICIPATION, /* INDEX 0 answered, 1 stopped, 2 declined */
    PUBLISHED_OPTION,        /* who chose option INDEX; dont_know and rather_not_say are options too */
    PUBLISHED_GROUP,         /* who chose one of coarse group INDEX */
    PUBLISHED_ANSWERED,      /* who gave an answer that is no missing code */
    PUBLISHED_NO_ANSWER,     /* skipped, or not asked */
    PUBLISHED_MISSING,       /* dont_know, rather_not_say, skipped, not asked */
    PUBLISHED_SKIPPED,
    PUBLISHED_NOT_ASKED,
    PUBLISHED_SCALE_N,     /* whose scale counts */
    PUBLISHED_MEAN,        /* of the scale, over those */
    PUBLISHED_NOT_COUNTED, /* whose scale does not count */
    PUBLISHED_BIN,         /* whose scale's score lies in bin INDEX */
    PUBLISHED_SQUARES,     /* sum of the squares of the scores */
    PUBLISHED_FAR, /* how far the sum of a batch's scores may be from what the mean would make of it */
    PUBLISHED_WHATS
};

struct published_row {
    bool has[KNOWN_BATCHES];
    int subject;
    enum published_what what;
    int index;
    double low, high;
    bool with_declined; /* no answer, not asked, missing, not counted: who declined is counted there too */
    double mean[2];     /* of FAR: between which the mean lies */
    int first_row, row_count; /* of the solver, once laid on the world */
};

struct published {
    int batch_count;
    long contributions[KNOWN_BATCHES]; /* -1: left out */
    int stratum[KNOWN_BATCHES];
    int release[KNOWN_BATCHES]; /* the file that first spoke of the batch, from 0 */
    /*
     * Parts of a breakdown stand among the batches: a category that is told, or what is left beside them.
     * Together they are just the pupils of that release.
     * 0: a batch; else 1 + the breakdown item. The category is an option of it; KNOWN_NONE for what is left.
     */
    int part_of[KNOWN_BATCHES], category[KNOWN_BATCHES];
    int release_count;
    int row_count, row_room;
    struct published_row *row;
};

void published_release(struct published *published);

/* The next row, zeroed. The view is good until the next one. */
struct published_row *published_add(struct published *published);

/*
 * Exits with 2 and a line on stderr for what cannot be read. `out` is zeroed or has another file's rows, that
 * stay.
 */
void published_read_text(struct published *out, const char *path);

/* Lays the rows on the world. Exits with 2 for a row about what the questionnaire does not have. */
void published_apply(struct published *published, struct world *world);

/* Prints all rows. */
void published_print(const struct published *published);

/* Prints the rows that held the last program's end: by which of them a count was found. */
void published_print_holding(const struct published *published, const struct world *world);

#endif
