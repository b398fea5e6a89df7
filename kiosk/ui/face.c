/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/face.h"

int face_of(const struct questionnaire *questionnaire, uint16_t item, uint16_t option) {
    const struct questionnaire_item *asked = &questionnaire->item[item];
    if (!asked->faces || asked->scale == QUESTIONNAIRE_NONE) {
        return FACE_NONE;
    }
    const struct questionnaire_scale *scale = &questionnaire->scale[asked->scale];
    const struct questionnaire_option *shown = &questionnaire_list_of(questionnaire, item)->option[option];
    if (!shown->has_score || scale->score_max <= scale->score_min) {
        return FACE_NONE;
    }
    bool high_is_good = scale->high_is_good != asked->reverse;
    int span = scale->score_max - scale->score_min;
    int good = high_is_good ? shown->score - scale->score_min : scale->score_max - shown->score;
    return FACE_STRAIGHT + 100 * good / span;
}

void face_draw(struct SDL_Surface *surface, int face, struct paint_rect rect, enum theme_colour colour) {
    if (face == FACE_NONE) {
        return;
    }
    int side = rect.w < rect.h ? rect.w : rect.h;
    int x = rect.x + (rect.w - side) / 2;
    int y = rect.y + (rect.h - side) / 2;
    int thick = side / 16 > 2 ? side / 16 : 2;
    int eye = side / 8;
    paint_frame(surface, (struct paint_rect){x, y, side, side}, side / 2, thick, colour);
    paint_round(surface, (struct paint_rect){x + side * 30 / 100 - eye / 2, y + side * 34 / 100, eye, eye},
                eye / 2, colour);
    paint_round(surface, (struct paint_rect){x + side * 70 / 100 - eye / 2, y + side * 34 / 100, eye, eye},
                eye / 2, colour);
    int sag = side * 22 / 100 * (face - FACE_STRAIGHT) / 100;
    struct paint_rect mouth = {x + side * 26 / 100, y + side * 66 / 100 - sag / 3, side * 48 / 100, sag};
    paint_bow(surface, mouth, thick, colour);
}
