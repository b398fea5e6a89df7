/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_CHECK_H
#define LAYOUT_CHECK_H

#include <stdio.h>

#include "core/round.h"
#include "kiosk/strings.h"

/*
 * Does everything fit? Builds every page that pupils can meet with the real layouter, without a window: each
 * language of the questionnaire, on each of LAYOUT_CHECK_SCREENS, with letters of each size that pupils can
 * choose.
 */

enum { LAYOUT_CHECK_SCREENS = 3 }; /* 1024x768, 1366x768, 1920x1080 */

/* With letters up to this size all answers must be seen at once: those behind a button are chosen less. */
enum { LAYOUT_CHECK_WHOLE = 125 };

enum layout_check_kind {
    LAYOUT_CHECK_FITS,
    LAYOUT_CHECK_EXCESS, /* something is `excess` pixels too high or too wide */
    LAYOUT_CHECK_PARTED, /* a question with letters up to LAYOUT_CHECK_WHOLE comes in parts, `excess` pixels too high for one */
    LAYOUT_CHECK_FULL,   /* more texts or lines than a page can hold */
    LAYOUT_CHECK_LETTER, /* no font has `character`; one a language */
    LAYOUT_CHECK_ARABIC  /* the font for Arabic script is not installed; one a language */
};

struct layout_check_finding {
    enum layout_check_kind kind;
    const char *language; /* its code */
    int width, height;    /* of the screen; 0 when it is about letters */
    int percent;
    const char *
        page; /* a question's name, or of an own page "welcome", "check", ...; of letters: where they stand */
    int excess;
    uint32_t character;
};

struct layout_check_totals {
    unsigned pages;    /* that were built */
    unsigned findings; /* of them all, letters included */
};

/*
 * Tells every finding as it comes; one page on one screen with one size is one finding. FAULT_FONT as
 * font_open, FAULT_MEMORY, FAULT_MEMORY_LOCK. `font_file` or NULL.
 */
enum fault layout_check_run(struct layout_check_totals *totals, const struct round *round,
                            const char *font_file,
                            void (*tell)(void *context, const struct layout_check_finding *finding),
                            void *context) FAULT_MUST_CHECK;

/*
 * The command: findings and totals to `out`, a line each. FAULT_QUESTIONNAIRE when there was one; faults of
 * preview_read and layout_check_run.
 */
enum fault layout_check_print(FILE *out, const struct strings *strings, const char *path,
                              const char *font_file) FAULT_MUST_CHECK;

#endif
