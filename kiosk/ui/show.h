/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SHOW_H
#define SHOW_H

#include "kiosk/ui/window.h"

/* The program's loop: hears, draws, lets the desk work. */

struct show_setup {
    struct window_setup window;
    struct stage_setup stage; /* its width and height are the window's */
    /* Called once when the screen is open and nobody has been heard yet; its fault becomes the message. */
    enum fault (*ready)(void *context); /* or NULL */
    void *context;
};

/*
 * Runs until the mentor leaves with the PIN, a message is closed, or the system asks the program to end; an
 * open session then stays open on disk. Faults of window_open, stage_open and ready;
 * letters that are missing are shown as a message first.
 */
enum fault show_run(const struct show_setup *setup) FAULT_MUST_CHECK;

#endif
