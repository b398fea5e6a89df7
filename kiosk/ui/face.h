/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FACE_H
#define FACE_H

#include "core/questionnaire.h"
#include "kiosk/ui/paint.h"

/*
 * Faces beside answers, for items whose author asks for them: in one colour, all of one size, from a straight
 * mouth to a wide smile and never sad (docs/decisions/0013).
 */

enum { FACE_NONE, FACE_STRAIGHT, FACE_WIDEST = FACE_STRAIGHT + 100 };

/* FACE_NONE where the item has no faces, and for an option without a score; else how wide it smiles. */
int face_of(const struct questionnaire *questionnaire, uint16_t item, uint16_t option);

/* Crisp at any size; the smaller side of the place counts. FACE_NONE: nothing. */
void face_draw(struct SDL_Surface *surface, int face, struct paint_rect rect, enum theme_colour colour);

#endif
