/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ICON_H
#define ICON_H

#include "kiosk/ui/paint.h"

/* Small drawings of our own, made of smooth shapes so that they are crisp at any size. */

struct SDL_Surface;

enum icon {
    ICON_NONE,
    ICON_GLOBE,   /* another language */
    ICON_LETTERS, /* larger letters, other colours */
    ICON_COVER,   /* a screen on which nothing is seen */
    ICON_SOUND,   /* read aloud */
    ICON_MUTE,    /* cannot be read aloud here */
    ICON_STOP,
    ICON_ROBOT,      /* read aloud, by a computer */
    ICON_ROBOT_STOP, /* the same while it speaks */
    ICON_AGAIN,      /* back to where it began */
    ICON_PACE,       /* how fast */
    ICONS
};

/* Draws it in the largest square in the middle of the rectangle. */
void icon_draw(struct SDL_Surface *surface, enum icon icon, struct paint_rect rect, enum theme_colour colour);

#endif
