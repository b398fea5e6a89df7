/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCHOOL_H
#define SCHOOL_H

#include "aggregator/opening.h"
#include "tests/sample_round.h"

/*
 * A school of 60 classes in a temporary folder, with bundles of 25 of some 1,000 counters. Any failure ends
 * the program.
 */

enum { SCHOOL_CLASSES = 60, SCHOOL_PER_BUNDLE = 25 };

struct school {
    struct sample_round *sample;
    uint16_t heads; /* a class */
    struct unseal_key key[2];
    char folder[64];
    uint32_t bundles;
    struct closing *closing; /* after school_close */
};

void school_well(enum fault fault, const char *what);
void school_new(struct school *school, uint16_t heads);
/* Makes bundles until there are so many. */
void school_add(struct school *school, uint32_t until);
void school_path(char path[128], const struct school *school, uint32_t bundle);
/* An empty workspace, over the one before; the caller closes it. */
struct workspace *school_workspace(const struct school *school);
void school_merge(const struct school *school, struct workspace *workspace);
/* Merges all and signs the closing list. It is people's work and made once; nothing of it is timed. */
void school_close(struct school *school);
/* A folder without folders in it. */
void school_remove(const char *folder);

#endif
