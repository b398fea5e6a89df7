/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stage.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/letters.h"
#include "kiosk/ui/message_page.h"
#include "kiosk/ui/stage_scene.h"

enum { PATIENCE_MS = 5000, PATIENCE_WAITING_MS = 250 };

enum fault stage_open(struct stage *out, const struct stage_setup *setup, uint64_t now_ms) {
    enum fault fault = FAULT_NONE;
    memset(out, 0, sizeof *out);
    out->setup = *setup;
    out->pressed = PAGE_NOTHING;
    out->changed_ms = now_ms;
    out->place.mentor = -1;
    for (enum strings_language i = 0; !fault && i < STRINGS_LANGUAGES; i++) {
        fault = strings_open(&out->strings[i], i);
    }
    if (!fault) {
        fault = page_new(&out->page);
    }
    if (!fault) {
        fault = stage_resize(out, setup->width, setup->height);
    }
    if (!fault && setup->desk != NULL) {
        out->classes = calloc((size_t)desk_class_count(setup->desk) + 1, sizeof *out->classes);
        fault =
            out->classes == NULL ? FAULT_MEMORY : letters_check_round(&out->fonts, desk_round(setup->desk));
    }
    if (fault) {
        stage_close(out);
    }
    return fault;
}

void stage_close(struct stage *stage) {
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        strings_close(&stage->strings[i]);
    }
    font_close(&stage->fonts);
    free(stage->classes);
    page_free(stage->page);
    memset(stage, 0, sizeof *stage);
}

enum fault stage_resize(struct stage *stage, int width, int height) {
    font_close(&stage->fonts);
    stage->theme = theme_for(width, height);
    stage->dirty = true;
    return font_open(&stage->fonts, stage->setup.font_file, &stage->theme);
}

static struct stage_place place_of(const struct stage *stage, uint64_t now_ms) {
    struct stage_place place = {.mentor = MENTOR_STATES};
    if (stage->setup.desk == NULL) {
        return place;
    }
    place.mentor = (int)desk_mentor_view(stage->setup.desk, now_ms).state;
    const struct session *session = desk_session(stage->setup.desk);
    if (place.mentor == MENTOR_PUPILS && session != NULL) {
        struct flow_view view = flow_look(session_flow(session));
        place.pupil = (int)view.state;
        place.item = view.item;
        place.hidden = view.hidden;
    }
    return place;
}

static bool same_place(const struct stage_place *a, const struct stage_place *b) {
    return a->mentor == b->mentor && a->pupil == b->pupil && a->item == b->item && a->hidden == b->hidden;
}

bool stage_refresh(struct stage *stage, uint64_t now_ms) {
    struct stage_place place = place_of(stage, now_ms);
    bool moved = !same_place(&place, &stage->place);
    if (moved) {
        stage->place = place;
        stage->changed_ms = now_ms;
        stage->part = 0;
        stage->pressed = PAGE_NOTHING;
        stage->dirty = true;
        if (place.mentor != MENTOR_PUPILS || place.pupil == FLOW_READY) {
            font_forget(&stage->fonts);
        }
    }
    if (place.mentor == MENTOR_GONE) {
        stage->over = true;
    }
    if (!stage->dirty || stage->over) {
        return false;
    }
    stage_scene_build(stage, !moved, now_ms);
    stage->dirty = false;
    return true;
}

static void count(struct stage *stage, int value, uint64_t now_ms) {
    static const int steps[STACK_COUNTER_STEPS] = {-5, -1, 1, 5};
    int field = value / STACK_COUNTER_STEPS;
    struct mentor_view view = desk_mentor_view(stage->setup.desk, now_ms);
    int number = view.number[field] + steps[value % STACK_COUNTER_STEPS];
    desk_mentor(stage->setup.desk, MENTOR_FIELD, (uint16_t)field, now_ms);
    desk_mentor(stage->setup.desk, MENTOR_SET, (uint16_t)(number < 0 ? 0 : number), now_ms);
}

static void act_mentor(struct stage *stage, int action, uint16_t value, uint64_t now_ms) {
    switch (action) {
    case ACTION_COUNTER: count(stage, value, now_ms); break;
    case ACTION_RESET_PUPIL: desk_reset_pupil(stage->setup.desk, now_ms); break;
    case ACTION_REFRESH: desk_refresh_folders(stage->setup.desk); break;
    default:
        desk_mentor(stage->setup.desk, (enum mentor_event)(action - ACTION_MENTOR), value, now_ms);
        break;
    }
}

static void act(struct stage *stage, int item, uint64_t now_ms) {
    int action = stage->page->item[item].action;
    uint16_t value = stage->page->item[item].value;
    stage->dirty = true;
    if (action == ACTION_CLOSE) {
        stage->over = true;
    } else if (action == ACTION_MORE || action == ACTION_LESS) {
        stage->part = (uint16_t)(stage->part + (action == ACTION_MORE ? 1 : -1));
    } else if (action >= ACTION_MENTOR) {
        act_mentor(stage, action, value, now_ms);
    } else if (action >= ACTION_PUPIL) {
        desk_pupil(stage->setup.desk, (enum flow_event)(action - ACTION_PUPIL), value, now_ms);
    }
}

static bool is_deaf(const struct stage *stage, uint64_t now_ms) {
    return now_ms < stage->changed_ms + STAGE_DEAF_MS;
}

void stage_press(struct stage *stage, int x, int y, uint64_t now_ms) {
    stage->pressed = is_deaf(stage, now_ms) ? PAGE_NOTHING : page_hit(stage->page, x, y);
    if (stage->page->focus != PAGE_NOTHING) {
        stage->page->focus = PAGE_NOTHING;
        stage->dirty = true;
    }
}

void stage_release(struct stage *stage, int x, int y, uint64_t now_ms) {
    int pressed = stage->pressed;
    stage->pressed = PAGE_NOTHING;
    if (pressed != PAGE_NOTHING && page_hit(stage->page, x, y) == pressed) {
        act(stage, pressed, now_ms);
    }
}

static void act_if_found(struct stage *stage, int item, uint64_t now_ms) {
    if (item != PAGE_NOTHING && !is_deaf(stage, now_ms)) {
        act(stage, item, now_ms);
    }
}

static int main_button(const struct page *page) {
    for (int i = 0; i < page->item_count; i++) {
        if (page->item[i].main && page->item[i].action != 0) {
            return i;
        }
    }
    return page_find(page, ACTION_MENTOR + MENTOR_ENTER, 0);
}

/* Tells the mentor's path, where a typed key is no button. */
static void tell_mentor(struct stage *stage, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    if (stage->setup.desk != NULL && desk_mentor(stage->setup.desk, event, value, now_ms)) {
        stage->dirty = true;
    }
}

static void walk(struct stage *stage, enum page_step step) {
    page_walk(stage->page, step);
    stage->dirty = true;
}

void stage_key(struct stage *stage, enum stage_key key, uint64_t now_ms) {
    struct page *page = stage->page;
    switch (key) {
    case STAGE_TAB: walk(stage, PAGE_NEXT); break;
    case STAGE_TAB_BACK: walk(stage, PAGE_PREVIOUS); break;
    case STAGE_DOWN: walk(stage, PAGE_NEXT_CARD); break;
    case STAGE_UP: walk(stage, PAGE_PREVIOUS_CARD); break;
    case STAGE_ENTER:
        act_if_found(stage, page->focus != PAGE_NOTHING ? page->focus : main_button(page), now_ms);
        break;
    case STAGE_SPACE: act_if_found(stage, page->focus, now_ms); break;
    case STAGE_ERASE: tell_mentor(stage, MENTOR_ERASE, 0, now_ms); break;
    case STAGE_PAGE_DOWN: act_if_found(stage, page_find(page, ACTION_PUPIL + FLOW_NEXT, 0), now_ms); break;
    case STAGE_PAGE_UP: act_if_found(stage, page_find(page, ACTION_PUPIL + FLOW_BACK, 0), now_ms); break;
    case STAGE_MENTOR: tell_mentor(stage, MENTOR_UNLOCK, 0, now_ms); break;
    }
}

void stage_digit(struct stage *stage, int digit, uint64_t now_ms) {
    if (stage->place.mentor == MENTOR_PUPILS) {
        act_if_found(stage, page_card(stage->page, digit), now_ms);
    } else {
        tell_mentor(stage, MENTOR_DIGIT, (uint16_t)digit, now_ms);
    }
}

void stage_tick(struct stage *stage, uint64_t now_ms) {
    if (stage->setup.desk == NULL) {
        return;
    }
    bool waiting = desk_mentor_view(stage->setup.desk, now_ms).wait_s > 0;
    if (desk_tick(stage->setup.desk, now_ms) || waiting) {
        stage->dirty = true;
    }
}

bool stage_work(struct stage *stage, uint64_t now_ms) {
    if (stage->setup.desk == NULL || !desk_is_working(stage->setup.desk)) {
        return false;
    }
    if (desk_work(stage->setup.desk, now_ms)) {
        stage->dirty = true;
    }
    return stage->dirty;
}

int stage_patience_ms(const struct stage *stage, uint64_t now_ms) {
    if (stage->setup.desk == NULL) {
        return -1;
    }
    struct mentor_view view = desk_mentor_view(stage->setup.desk, now_ms);
    int patience_ms = view.wait_s > 0 ? PATIENCE_WAITING_MS : PATIENCE_MS;
    uint64_t due_ms = desk_due_ms(stage->setup.desk);
    if (due_ms >= now_ms + (uint64_t)patience_ms) {
        return patience_ms;
    }
    return due_ms > now_ms ? (int)(due_ms - now_ms) : 0;
}
