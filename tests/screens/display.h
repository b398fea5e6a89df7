/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISPLAY_H
#define DISPLAY_H

#include "tests/screens/picture.h"

/*
 * The other side of the glass: a real X display, seen through its pixels and touched through real mouse and key events
 * (xdotool, which uses the XTEST extension). Knows nothing of the program that it looks at.
 */

struct display {
    struct _XDisplay *handle;
    void *hands; /* pipe to xdotool */
    int width, height;
};

/* False when there is no such display (NULL: that of the environment), or no xdotool. */
bool display_open(struct display *out, const char *name);
void display_close(struct display *display);

void display_click(struct display *display, int x, int y);
/* A key by its X name: "Tab", "Return", "3". */
void display_type(struct display *display, const char *key);

/* What is on the screen now. `out` has the display's size. False when it cannot be seen. */
bool display_look(struct display *display, struct picture *out);

#endif
