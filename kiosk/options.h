/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "core/fault.h"
#include "kiosk/strings.h"

/* The command line of klankbord-kiosk. */

enum options_job {
    OPTIONS_SHOW,
    OPTIONS_ENROL,
    OPTIONS_TRUST,
    OPTIONS_COMPARED,
    OPTIONS_STATUS,
    OPTIONS_FINISH,
    OPTIONS_LAYOUT,
    OPTIONS_PREVIEW,
    OPTIONS_HELP,
    OPTIONS_VERSION
};

struct options {
    enum options_job job;
    enum strings_language language;
    bool windowed;
    int width, height; /* of a windowed one; 1024x768 unless given */
    const char *state; /* NULL: the default folder */
    const char *round; /* NULL: the one that is loaded */
    const char *export_folder;
    const char *font;
    const char *label;
    const char *enrol;    /* file to write */
    const char *trust[2]; /* files to read */
    const char *finish;   /* folder to write to */
    const char *layout;   /* questionnaire or round to lay out */
    const char *preview;  /* file to read */
    bool yes;             /* with finish: do not ask */
};

/*
 * Reads the arguments; the texts stay theirs. FAULT_USAGE: an unknown option, a missing or superfluous
 * argument, a size that is not WIDTHxHEIGHT from 640x480 to 7680x4320, a language that is neither nl nor en,
 * --enrol without --label, --yes without --finish.
 */
enum fault options_read(struct options *out, int argc, char *const argv[]) FAULT_MUST_CHECK;

/* The help text in a language; a constant. */
const char *options_help(enum strings_language language);

#endif
