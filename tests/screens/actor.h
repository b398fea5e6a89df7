/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACTOR_H
#define ACTOR_H

#include "kiosk/ui/stage.h"
#include "tests/screens/display.h"

/*
 * Somebody at the kiosk. How does one know where a button is, without a back door in the product? By holding
 * a twin: the same desk and the same stage, over a copy of the state folder, without a window. What is done
 * on the real display (mouse, keys) is told to the twin as well, and after every act the real screen must
 * become what the twin draws, pixel by pixel (only what must differ, the receipt's code and the folder's
 * name, is left out). So every step of a driven class is a screen test.
 */

/* With what the kiosk is answered, and nothing else (display.h counts what is sent). */
enum actor_hands {
    ACTOR_MOUSE,
    ACTOR_KEYS,
    ACTOR_SWITCH /* the space bar, for a switch that sends it; the ring goes by itself. Only with a kept clock */
};

struct actor {
    struct display *display;
    struct stage *twin;
    struct picture expected;
    struct picture seen;
    const char *screens; /* folder for pictures, or NULL */
    int picture_count;
    enum actor_hands hands;
    int steps; /* of a switch's ring */
};

/* The first picture must come within `patience_ms`. False when it does not, said on stderr. */
bool actor_begin(struct actor *out, struct display *display, struct stage *twin, const char *screens,
                 int patience_ms);
void actor_end(struct actor *actor);

/*
 * Touches the target with this meaning. Ends the program with a message, and the two pictures saved, when it
 * is not on the page, or the screen does not become what it should within ten seconds.
 */
void actor_do(struct actor *actor, int action, int value);
/* The same with two quick clicks, of which only the first may count. */
void actor_do_twice(struct actor *actor, int action, int value);
bool actor_can(const struct actor *actor, int action, int value);
/* A key that is no target's: a digit of the PIN. */
void actor_type(struct actor *actor, int digit);

/*
 * Whatever somebody may do who does not look where, each as a real event and told to the twin; afterwards the
 * real screen must be what the twin draws. A page that has just come up may be deaf: both are, for the clock is
 * kept.
 */
void actor_drag(struct actor *actor, int x, int y, int to_x, int to_y); /* the left button */
void actor_key(struct actor *actor, const char *name, enum stage_key key);
void actor_digit(struct actor *actor, int digit);
/* What means nothing to the kiosk: a key by its X name (NULL: none), or another button at this place. */
void actor_nothing(struct actor *actor, const char *name, int button, int x, int y);

/* Keeps a picture of the real screen under this name, when pictures are wanted. */
void actor_picture(struct actor *actor, const char *name);

/*
 * The kiosk's clock is in the file of $KEPT_CLOCK (kept_clock.c), and from now on the twin's too: time passes
 * only by actor_pass. Without it both have the system's. False when there is none.
 */
bool actor_keep_clock(void);
/*
 * So much time passes, and what it changes is seen. The kiosk is woken up, unless it must wake up by itself.
 */
void actor_pass(struct actor *actor, uint64_t ms, bool wake);

uint64_t actor_now_ms(void);

#endif
