/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SHOW_H
#define SHOW_H

#include "kiosk/ui/window.h"

/* The program's loop: hears, draws, lets the desk work. */

struct show_setup {
    struct window_setup window;
    struct stage_setup stage; /* its width and height are the window's */
};

/*
 * Runs until the mentor leaves with the PIN, a message is closed, or the system asks the program to end; an
 * open session then stays open on disk. Faults of window_open and stage_open.
 */
enum fault show_run(const struct show_setup *setup) FAULT_MUST_CHECK;

#endif
