/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISPLAY_H
#define DISPLAY_H

#include "tests/screens/picture.h"

/*
 * The other side of the glass: a real X display, seen through its pixels and touched through real mouse and
 * key events (xdotool, which uses the XTEST extension). Knows nothing of the program that it looks at.
 */

struct display {
    struct _XDisplay *handle;
    void *hands;          /* pipe to xdotool */
    unsigned long window; /* the one that is looked at */
    int x, y;             /* of the window, on the screen */
    int width, height;    /* of the window */
    int screen_width, screen_height;
    int clicks, keys; /* how many were sent */
    long process;     /* of the window; 0 when it does not say */
    int marks;        /* how often the pointer was sent to a corner (display_settle) */
};

/*
 * Waits up to ten seconds for a window with this title that keeps its size. False when there is no such
 * display, window, or no xdotool.
 */
bool display_open(struct display *out, const char *name, const char *title);
void display_close(struct display *display);

/* Where in the window. */
void display_click(struct display *display, int x, int y);
/* The left button goes down in one place, and up in another. */
void display_drag(struct display *display, int x, int y, int to_x, int to_y);
/* Another button (2 middle, 3 right, 4 and up the wheel). */
void display_click_other(struct display *display, int button, int x, int y);
/* A key by its X name: "Tab", "Return", "3". */
void display_type(struct display *display, const char *key);

/*
 * Waits until everything that was sent has reached the window's program, and it has nothing to do any more.
 * False when it does not come to rest within twenty seconds, or is gone.
 */
bool display_settle(struct display *display);

/* What is in the window now. `out` has the window's size. False when it cannot be seen. */
bool display_look(struct display *display, struct picture *out);

#endif
