/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/ui/redraw.h"
#include "kiosk/ui/stage.h"

/*
 * The one window, on the whole screen, and what comes in through it. Another screen beside the first, a
 * projector say, is covered by an empty window; where the session draws our window out over all screens (cage
 * does), the page stays on the first of them and the others are black. One on which the page itself is seen
 * as well (a mirror) cannot be covered, and is only counted.
 */

enum { WINDOW_COVERS = 7 };

struct window_setup {
    bool windowed;     /* for developers */
    int width, height; /* of a windowed one */
};

struct window {
    struct SDL_Window *handle;
    struct SDL_Window *cover[WINDOW_COVERS]; /* of the other screens; NULL: a mirror, or it failed */
    struct redraw redraw;                    /* what is on its surface */
    struct paint_rect page;                  /* where the page is in the window */
    int others;                              /* how many other screens there are */
    bool covers;                             /* not for developers' windows */
    bool started;                            /* SDL itself */
    bool touched;                            /* a finger is on the screen: this one, since then */
    int64_t finger;
    uint64_t touched_ms;
};

/*
 * FAULT_SCREEN when there is no display, or none with 32 bits a pixel; FAULT_MEMORY, FAULT_MEMORY_LOCK. Zeroed after a fault. Also keeps the
 * keyboard to itself (a nuisance filter: the operating system's account is the boundary) and asks for no text
 * input.
 */
enum fault window_open(struct window *out, const struct window_setup *setup) FAULT_MUST_CHECK;
void window_close(struct window *window); /* accepts zeroed and closed ones */

/* Size of the page in pixels. */
void window_size(const struct window *window, int *width, int *height);

/* Draws of the stage's page what looks different from the picture before. False when the window has no surface just now; it will have to be drawn again. */
bool window_draw(struct window *window, const struct stage *stage);

enum window_news {
    WINDOW_NOTHING,
    WINDOW_HEARD,   /* the stage heard it */
    WINDOW_EXPOSED, /* must be drawn again */
    WINDOW_RESIZED,
    WINDOW_ENDED /* the system asks the program to end; a user's wish to close is never heard */
};

/* True when something has come in already, so that window_wait will not wait. */
bool window_has_more(void);

/*
 * Waits up to `patience_ms` (negative: for ever) for one thing and tells the stage. Of fingers the first one
 * counts until it is lifted; a mouse that SDL makes out of fingers is not heard.
 */
enum window_news window_wait(struct window *window, struct stage *stage, int patience_ms);

/* Milliseconds of a clock that does not go back. */
uint64_t window_now_ms(void);

#endif
