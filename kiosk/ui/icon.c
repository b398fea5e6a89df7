/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/icon.h"

/* A stroke or an outline, in hundredths of the icon's side. */
struct shape {
    int x, y, w, h;
    int radius; /* likewise; half the smaller side makes round ends */
    int thick;  /* of an outline; 0: filled */
};

enum { SHAPES = 8 };

static const struct shape drawings[ICONS][SHAPES] = {
    [ICON_GLOBE] = {{4, 4, 92, 92, 46, 8},
                    {31, 4, 38, 92, 19, 7},
                    {6, 47, 88, 7, 0, 0},
                    {14, 25, 72, 6, 0, 0},
                    {14, 69, 72, 6, 0, 0}},
    /* A large and a small bar with a line under them: text in two sizes. */
    [ICON_LETTERS] = {{4, 12, 56, 11, 5, 0},
                      {26, 12, 12, 76, 5, 0},
                      {58, 44, 40, 9, 4, 0},
                      {73, 44, 10, 44, 4, 0}},
    [ICON_COVER] = {{2, 12, 96, 64, 9, 8},
                    {16, 26, 68, 36, 3, 0},
                    {42, 76, 16, 12, 0, 0},
                    {26, 86, 48, 8, 4, 0}},
    [ICON_SOUND] = {{6, 38, 12, 24, 6, 0},
                    {25, 26, 12, 48, 6, 0},
                    {44, 10, 12, 80, 6, 0},
                    {63, 26, 12, 48, 6, 0},
                    {82, 38, 12, 24, 6, 0}},
    [ICON_MUTE] = {{6, 45, 12, 10, 5, 0},
                   {25, 45, 12, 10, 5, 0},
                   {44, 45, 12, 10, 5, 0},
                   {63, 45, 12, 10, 5, 0},
                   {82, 45, 12, 10, 5, 0}},
    [ICON_STOP] = {{14, 14, 72, 72, 9, 0}},
    /* A head with an aerial; its mouth is the sound, or the square that ends it. */
    [ICON_ROBOT] = {{8, 24, 84, 70, 14, 8},
                    {46, 4, 8, 22, 3, 0},
                    {27, 38, 14, 14, 7, 0},
                    {59, 38, 14, 14, 7, 0},
                    {27, 67, 8, 10, 4, 0},
                    {40, 60, 8, 24, 4, 0},
                    {53, 64, 8, 16, 4, 0},
                    {66, 67, 8, 10, 4, 0}},
    [ICON_ROBOT_STOP] = {{8, 24, 84, 70, 14, 8}, {46, 4, 8, 22, 3, 0}, {32, 42, 36, 36, 5, 0}},
    /* A post with an arrow that points back to it. */
    [ICON_AGAIN] = {{8, 12, 12, 76, 5, 0},
                    {28, 43, 16, 14, 2, 0},
                    {38, 35, 16, 30, 2, 0},
                    {48, 27, 16, 46, 2, 0},
                    {58, 19, 16, 62, 2, 0},
                    {68, 11, 14, 78, 2, 0}},
    /* A clock. */
    [ICON_PACE] = {{4, 4, 92, 92, 46, 8}, {46, 20, 9, 36, 4, 0}, {46, 47, 30, 9, 4, 0}},
};

static int part_of(int side, int hundredths) {
    return (side * hundredths + 50) / 100;
}

void icon_draw(struct SDL_Surface *surface, enum icon icon, struct paint_rect rect,
               enum theme_colour colour) {
    int side = rect.w < rect.h ? rect.w : rect.h;
    int x = rect.x + (rect.w - side) / 2;
    int y = rect.y + (rect.h - side) / 2;
    for (int i = 0; i < SHAPES && drawings[icon][i].w > 0; i++) {
        const struct shape *shape = &drawings[icon][i];
        struct paint_rect place = {x + part_of(side, shape->x), y + part_of(side, shape->y),
                                   part_of(side, shape->w), part_of(side, shape->h)};
        if (shape->thick > 0) {
            paint_frame(surface, place, part_of(side, shape->radius), part_of(side, shape->thick), colour);
        } else {
            paint_round(surface, place, part_of(side, shape->radius), colour);
        }
    }
}
