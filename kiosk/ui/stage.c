/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stage.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/letters.h"
#include "kiosk/ui/message_page.h"
#include "kiosk/ui/stage_listen.h"
#include "kiosk/ui/stage_scene.h"

enum { PATIENCE_MS = 5000, PATIENCE_WAITING_MS = 250, PATIENCE_SEARCHING_MS = 2000, PATIENCE_APART_MS = 100 };

const struct flow *stage_flow(const struct stage *stage) {
    if (stage->setup.preview != NULL) {
        return &stage->setup.preview->flow;
    }
    const struct session *session = stage->setup.desk == NULL ? NULL : desk_session(stage->setup.desk);
    return session == NULL ? NULL : session_flow(session);
}

const struct round *stage_round(const struct stage *stage) {
    return stage->setup.preview != NULL ? stage->setup.preview->round : desk_round(stage->setup.desk);
}

static bool has_pupils(const struct stage *stage) {
    return stage->place.mentor == MENTOR_PUPILS && stage_flow(stage) != NULL;
}

static bool tell_pupil(struct stage *stage, enum flow_event event, uint16_t value, uint64_t now_ms) {
    return stage->setup.preview != NULL ? preview_hear(stage->setup.preview, event, value, now_ms)
                                        : desk_pupil(stage->setup.desk, event, value, now_ms);
}

/* Room for the class list, and every letter of the round. */
static enum fault take_desk(struct stage *stage) {
    free(stage->classes);
    stage->classes = calloc((size_t)desk_class_count(stage->setup.desk) + 1, sizeof *stage->classes);
    return stage->classes == NULL ? FAULT_MEMORY : letters_check_round(&stage->fonts, stage_round(stage));
}

enum fault stage_open(struct stage *out, const struct stage_setup *setup, uint64_t now_ms) {
    enum fault fault = FAULT_NONE;
    memset(out, 0, sizeof *out);
    out->setup = *setup;
    out->pressed = PAGE_NOTHING;
    out->changed_ms = now_ms;
    out->place.mentor = -1;
    out->admin.done = STRINGS_COUNT;
    for (enum strings_language i = 0; !fault && i < STRINGS_LANGUAGES; i++) {
        fault = strings_open(&out->strings[i], i);
    }
    if (!fault && setup->spoken != NULL) {
        spoken_open(&out->spoken, out->strings, setup->spoken);
    }
    if (!fault) {
        fault = page_new(&out->page);
    }
    if (!fault) {
        fault = stage_resize(out, setup->width, setup->height);
    }
    if (!fault && setup->desk != NULL) {
        fault = take_desk(out);
    } else if (!fault && setup->preview != NULL) {
        fault = letters_check_round(&out->fonts, stage_round(out));
    }
    if (fault) {
        stage_close(out);
    } else {
        stage_listen_prepare(out);
    }
    return fault;
}

void stage_close(struct stage *stage) {
    speech_stop(&stage->speech, 0);
    stage_admin_leave(stage);
    spoken_close(&stage->spoken);
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        strings_close(&stage->strings[i]);
    }
    font_close(&stage->fonts);
    free(stage->classes);
    page_free(stage->page);
    memset(stage, 0, sizeof *stage);
}

/* Other letters, other colours. */
static enum fault apply_view(struct stage *stage, const struct view *view) {
    int percent = theme_percents[view->size];
    stage->theme.look = view->look;
    if (stage->theme.percent == percent && stage->fonts.started) {
        return FAULT_NONE;
    }
    theme_enlarge(&stage->theme, percent);
    font_close(&stage->fonts);
    return font_open(&stage->fonts, stage->setup.font_file, &stage->theme);
}

enum fault stage_resize(struct stage *stage, int width, int height) {
    font_close(&stage->fonts);
    stage->theme = theme_for(width, height);
    stage->dirty = true;
    return apply_view(stage, &stage->view);
}

void stage_set_others(struct stage *stage, int others) {
    stage->dirty = stage->dirty || stage->others != others;
    stage->others = others;
    stage->had_others = stage->had_others || (others > 0 && stage->place.mentor == MENTOR_PUPILS);
}

static void fill_pupil(const struct stage *stage, struct stage_place *place) {
    struct flow_view view = flow_look(stage_flow(stage));
    place->pupil = (int)view.state;
    place->item = view.item;
    place->page = (int)view.page;
    place->hidden = view.hidden;
    place->panel = stage->panel;
}

static struct stage_place place_of(const struct stage *stage, uint64_t now_ms) {
    struct stage_place place = {.mentor = MENTOR_STATES};
    if (stage->setup.preview != NULL) {
        place.mentor = MENTOR_PUPILS;
    } else if (stage->setup.desk != NULL) {
        place.mentor = (int)desk_mentor_view(stage->setup.desk, now_ms).state;
    } else if (stage->admin.open) {
        place.mentor = MENTOR_ADMIN;
    }
    if (place.mentor == MENTOR_PUPILS && stage_flow(stage) != NULL) {
        fill_pupil(stage, &place);
    }
    return place;
}

static bool same_place(const struct stage_place *a, const struct stage_place *b) {
    return a->mentor == b->mentor && a->pupil == b->pupil && a->item == b->item && a->page == b->page &&
           a->panel == b->panel && a->hidden == b->hidden;
}

/* What the pupil before wanted is nobody's business. */
static void forget_view(struct stage *stage) {
    stage->view = (struct view){0};
    stage->scan = (struct scan){0};
    stage->panel = PANEL_NONE;
    stage->reads_next = false;
}

static void move_to(struct stage *stage, const struct stage_place *place, uint64_t now_ms) {
    if (stage->place.mentor == MENTOR_ADMIN) {
        stage_admin_leave(stage);
    }
    stage_listen_leave(stage, now_ms);
    stage->place = *place;
    stage->changed_ms = now_ms;
    stage->part = 0;
    stage->pressed = PAGE_NOTHING;
    stage->dirty = true;
}

/* Panels lie over pages on which a pupil is; a page that hides or goes takes them along. */
static void drop_panel(struct stage *stage, struct stage_place *place) {
    bool none = place->mentor != MENTOR_PUPILS || place->hidden || place->pupil == FLOW_READY ||
                place->pupil == FLOW_SENDING || place->pupil != stage->place.pupil;
    if (none) {
        stage->panel = PANEL_NONE;
        place->panel = PANEL_NONE;
    }
}

/* The page was built anew: the ring goes on where it was, or begins anew on a new page. */
static void go_on_scanning(struct stage *stage, bool moved, uint64_t now_ms) {
    if (stage->scan.speed == 0 || !has_pupils(stage)) {
        return;
    }
    if (moved || stage->scan.items != stage->page->item_count) {
        scan_begin(&stage->scan, stage->page, now_ms);
    } else if (!stage->scan.inside && stage->page->focus != PAGE_NOTHING) {
        stage->page->focus_end = stage->scan.end;
    }
}

static void build(struct stage *stage, bool moved, uint64_t now_ms) {
    static const struct view plain = {0};
    stage->fault = apply_view(stage, stage->place.mentor == MENTOR_PUPILS ? &stage->view : &plain);
    if (stage->fault) {
        stage->over = true;
        return;
    }
    stage_scene_build(stage, !moved, now_ms);
    stage->page->reading = (uint16_t)(speech_reads(&stage->speech) + 1); /* of none it is 0 */
    go_on_scanning(stage, moved, now_ms);
}

bool stage_refresh(struct stage *stage, uint64_t now_ms) {
    struct stage_place place = place_of(stage, now_ms);
    drop_panel(stage, &place);
    stage->had_others = stage->had_others && stage_flow(stage) != NULL;
    bool moved = !same_place(&place, &stage->place);
    if (moved) {
        if (place.mentor == MENTOR_PUPILS && place.pupil == FLOW_READY) {
            forget_view(stage);
        }
        if (place.mentor != MENTOR_PUPILS || place.pupil == FLOW_READY) {
            font_forget(&stage->fonts);
        }
        move_to(stage, &place, now_ms);
    }
    if (place.mentor == MENTOR_GONE) {
        stage->over = true;
    }
    if (!stage->dirty || stage->over) {
        return false;
    }
    build(stage, moved, now_ms);
    stage->dirty = false;
    return !stage->over;
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

/* Somebody is there, though the pupil's path has nothing to do. */
static void be_present(struct stage *stage, uint64_t now_ms) {
    if (has_pupils(stage) && !stage->place.hidden) {
        tell_pupil(stage, FLOW_PRESENT, 0, now_ms);
    }
}

static void set_scanning(struct stage *stage, int speed, uint64_t now_ms) {
    stage->view.scan = speed;
    stage->scan = (struct scan){.speed = speed};
    stage->page->focus_end = 0;
    scan_begin(&stage->scan, stage->page, now_ms);
    stage->dirty = true;
}

/* False when the action is none of the view's. */
static bool act_view(struct stage *stage, int action, uint16_t value, uint64_t now_ms) {
    switch (action) {
    case ACTION_MORE: stage->part++; break;
    case ACTION_LESS: stage->part--; break;
    case ACTION_PANEL: stage->panel = (enum panel)value; break;
    case ACTION_SIZE:
        stage->view.size = value;
        stage->part = 0;
        break;
    case ACTION_LOOK: stage->view.look = (enum theme_look)value; break;
    case ACTION_SCAN: set_scanning(stage, value, now_ms); break;
    case ACTION_LISTEN: stage_listen_act(stage, (enum listen)value, now_ms); break;
    case ACTION_PACE: stage_listen_pace(stage, (enum speech_pace)value, now_ms); break;
    default: return false;
    }
    be_present(stage, now_ms);
    return true;
}

/* A round whose letters no font has is as good as none: the desk stays with whoever found it. */
static void take_found(struct stage *stage, enum fault fault, struct desk *desk, enum strings_key remedy,
                       uint64_t now_ms) {
    stage->setup.desk = fault ? NULL : desk;
    if (!fault) {
        fault = take_desk(stage);
        stage->setup.desk = fault ? NULL : desk;
        remedy = fault ? message_page_remedy(fault) : remedy;
    }
    if (fault != stage->setup.fault || remedy != stage->setup.remedy || stage->setup.desk) {
        stage->setup.fault = fault;
        stage->setup.remedy = remedy;
        stage->changed_ms = now_ms;
        stage->dirty = true;
    }
    stage_listen_prepare(stage);
}

static uint64_t found_mark(const struct round_search *found) {
    return found ? (uint64_t)found->first_day << 32 | found->last_day : 0;
}

static void search(struct stage *stage, bool any_date, uint64_t now_ms) {
    struct desk *desk = NULL;
    enum strings_key remedy = stage->setup.remedy;
    uint64_t before = found_mark(stage->setup.found);
    enum fault fault = stage->setup.search(stage->setup.context, any_date, &desk, &remedy);
    stage->dirty = stage->dirty || before != found_mark(stage->setup.found);
    take_found(stage, fault, desk, remedy, now_ms);
}

/* Only where a mentor may be standing with a stick: locked, no class open, and not today's round. */
static bool may_renew(const struct stage *stage, uint64_t now_ms) {
    if (stage->setup.desk == NULL || stage->setup.renew == NULL) {
        return false;
    }
    struct mentor_view view = desk_mentor_view(stage->setup.desk, now_ms);
    return view.state == MENTOR_LOCKED && view.clock_wrong && !view.session_open;
}

static void renew(struct stage *stage, bool confirmed, uint64_t now_ms) {
    struct desk *desk = stage->setup.desk;
    struct desk *before = desk;
    enum strings_key remedy = stage->setup.remedy;
    enum fault said = stage->setup.renewal->fault;
    uint32_t remaining = stage->setup.renewal->remaining;
    enum fault fault = stage->setup.renew(stage->setup.context, confirmed, &desk, &remedy);
    if (fault || desk != before) {
        take_found(stage, fault, desk, remedy, now_ms);
    }
    stage->dirty =
        stage->dirty || said != stage->setup.renewal->fault || remaining != stage->setup.renewal->remaining;
}

static void act(struct stage *stage, int item, uint64_t now_ms) {
    int action = stage->page->item[item].action;
    uint16_t value = stage->page->item[item].value;
    stage->dirty = true;
    if (action != ACTION_LISTEN) {
        stage_listen_stop(stage, now_ms);
    }
    if (action == ACTION_CLOSE) {
        stage->over = true;
    } else if (action == ACTION_SEARCH || action == ACTION_SEARCH_ANY_DATE) {
        search(stage, action == ACTION_SEARCH_ANY_DATE, now_ms);
    } else if (action == ACTION_RENEW) {
        renew(stage, true, now_ms);
    } else if (stage_admin_act(stage, action, value) || act_view(stage, action, value, now_ms)) {
        return;
    } else if (action >= ACTION_MENTOR && stage->setup.desk != NULL) {
        act_mentor(stage, action, value, now_ms);
    } else if (action >= ACTION_PUPIL) {
        stage->panel = PANEL_NONE;
        tell_pupil(stage, (enum flow_event)(action - ACTION_PUPIL), value, now_ms);
    }
}

static bool is_deaf(const struct stage *stage, uint64_t now_ms) {
    return now_ms < stage->changed_ms + STAGE_DEAF_MS;
}

/* What is heard of the item now: hiding always, for somebody may be looking. */
static int heard(const struct stage *stage, int item, uint64_t now_ms) {
    bool hides = item != PAGE_NOTHING && stage->page->item[item].action == ACTION_PUPIL + FLOW_HIDE;
    return hides || !is_deaf(stage, now_ms) ? item : PAGE_NOTHING;
}

void stage_press(struct stage *stage, int x, int y, uint64_t now_ms) {
    stage->pressed = heard(stage, page_hit(stage->page, x, y), now_ms);
    if (stage->page->focus != PAGE_NOTHING) {
        stage->page->focus = PAGE_NOTHING;
        stage->page->focus_end = 0;
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
    if (heard(stage, item, now_ms) != PAGE_NOTHING) {
        act(stage, item, now_ms);
    }
}

static int main_button(const struct page *page) {
    for (int i = 0; i < page->item_count; i++) {
        if (page->item[i].main && page->item[i].action != 0) {
            return i;
        }
    }
    int back = page_find(page, ACTION_PANEL, PANEL_NONE); /* a panel leads nowhere else */
    return back != PAGE_NOTHING ? back : page_find(page, ACTION_MENTOR + MENTOR_ENTER, 0);
}

/* Tells the mentor's path, where a typed key is no button. */
static void tell_mentor(struct stage *stage, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    if (stage->setup.desk != NULL && desk_mentor(stage->setup.desk, event, value, now_ms)) {
        stage->dirty = true;
    }
}

/* Whoever has these keys has more than one switch. */
static void walk(struct stage *stage, enum page_step step, uint64_t now_ms) {
    if (stage->scan.speed != 0) {
        set_scanning(stage, 0, now_ms);
    }
    page_walk(stage->page, step);
    stage_listen_focus(stage, now_ms);
    be_present(stage, now_ms);
    stage->dirty = true;
}

static void walk_sideways(struct stage *stage, bool right, uint64_t now_ms) {
    bool forward = right != stage->page->from_right;
    walk(stage, forward ? PAGE_NEXT_CARD : PAGE_PREVIOUS_CARD, now_ms);
}

/* The switch, while it scans; else what the key does there. */
static void press_switch(struct stage *stage, int otherwise, uint64_t now_ms) {
    if (stage->scan.speed == 0 || !has_pupils(stage)) {
        act_if_found(stage, otherwise, now_ms);
        return;
    }
    be_present(stage, now_ms);
    act_if_found(stage, is_deaf(stage, now_ms) ? PAGE_NOTHING : scan_press(&stage->scan, stage->page, now_ms),
                 now_ms);
    stage->dirty = true;
}

static void press_space(struct stage *stage, uint64_t now_ms) {
    if (stage->place.hidden && stage->page->focus == PAGE_NOTHING) {
        press_switch(stage, main_button(stage->page), now_ms);
        return;
    }
    if (has_pupils(stage) && stage->scan.speed == 0 && stage->page->focus == PAGE_NOTHING &&
        !is_deaf(stage, now_ms)) {
        set_scanning(stage, SCAN_NORMAL, now_ms);
        be_present(stage, now_ms);
        return;
    }
    press_switch(stage, stage->page->focus, now_ms);
}

/* At once, also right after a page came up: somebody may be looking now. */
static void hide(struct stage *stage, uint64_t now_ms) {
    if (!has_pupils(stage) || (stage->place.hidden && is_deaf(stage, now_ms))) {
        return;
    }
    stage->panel = PANEL_NONE;
    stage_listen_stop(stage, now_ms);
    tell_pupil(stage, FLOW_HIDE, 0, now_ms);
    stage->dirty = true;
}

static void turn_back(struct stage *stage, uint64_t now_ms) {
    int out = page_find(stage->page, ACTION_PANEL, PANEL_NONE);
    act_if_found(stage, out != PAGE_NOTHING ? out : page_find(stage->page, ACTION_PUPIL + FLOW_BACK, 0),
                 now_ms);
}

static void turn_on(struct stage *stage, uint64_t now_ms) {
    int next = page_find(stage->page, ACTION_PUPIL + FLOW_NEXT, 0);
    bool mentors = next == PAGE_NOTHING && !has_pupils(stage);
    act_if_found(stage, mentors ? page_find(stage->page, ACTION_MORE, 0) : next, now_ms);
}

void stage_key(struct stage *stage, enum stage_key key, uint64_t now_ms) {
    struct page *page = stage->page;
    switch (key) {
    case STAGE_TAB: walk(stage, PAGE_NEXT, now_ms); break;
    case STAGE_TAB_BACK: walk(stage, PAGE_PREVIOUS, now_ms); break;
    case STAGE_DOWN: walk(stage, PAGE_NEXT_CARD, now_ms); break;
    case STAGE_UP: walk(stage, PAGE_PREVIOUS_CARD, now_ms); break;
    case STAGE_LEFT: walk_sideways(stage, false, now_ms); break;
    case STAGE_RIGHT: walk_sideways(stage, true, now_ms); break;
    case STAGE_ENTER:
        press_switch(stage, page->focus != PAGE_NOTHING ? page->focus : main_button(page), now_ms);
        break;
    case STAGE_SPACE: press_space(stage, now_ms); break;
    case STAGE_ERASE: tell_mentor(stage, MENTOR_ERASE, 0, now_ms); break;
    case STAGE_PAGE_DOWN: turn_on(stage, now_ms); break;
    case STAGE_PAGE_UP: turn_back(stage, now_ms); break;
    case STAGE_HIDE: hide(stage, now_ms); break;
    case STAGE_SCAN:
        if (has_pupils(stage)) {
            set_scanning(stage, stage->scan.speed == 0 ? SCAN_NORMAL : 0, now_ms);
        }
        break;
    case STAGE_LISTEN: act_if_found(stage, page_find(page, ACTION_LISTEN, LISTEN_SWITCH), now_ms); break;
    case STAGE_AGAIN: act_if_found(stage, page_find(page, ACTION_LISTEN, LISTEN_AGAIN), now_ms); break;
    case STAGE_MENTOR:
        if (stage->setup.preview != NULL) {
            stage->over = true;
        } else {
            tell_mentor(stage, MENTOR_UNLOCK, 0, now_ms);
        }
        break;
    }
}

void stage_digit(struct stage *stage, int digit, uint64_t now_ms) {
    if (stage->place.mentor == MENTOR_PUPILS) {
        act_if_found(stage, page_card(stage->page, digit), now_ms);
    } else {
        if (stage->place.mentor == MENTOR_LOCKED) {
            tell_mentor(stage, MENTOR_UNLOCK, 0, now_ms); /* whoever begins to type the PIN wants in */
        }
        tell_mentor(stage, MENTOR_DIGIT, (uint16_t)digit, now_ms);
    }
}

static void tick_scan(struct stage *stage, uint64_t now_ms) {
    if (has_pupils(stage) && scan_tick(&stage->scan, stage->page, now_ms)) {
        stage->dirty = true;
    }
}

/* Whoever listens is there. */
static void listen_on(struct stage *stage, uint64_t now_ms) {
    stage->dirty = stage_listen_tick(stage, now_ms) || stage->dirty;
    if (speech_reads(&stage->speech) != QUESTIONNAIRE_NONE) {
        be_present(stage, now_ms);
    }
}

void stage_tick(struct stage *stage, uint64_t now_ms) {
    if (stage->place.mentor == MENTOR_ADMIN && stage_admin_tick(stage)) {
        stage->dirty = true;
    }
    if (stage->setup.desk == NULL && stage->setup.search != NULL && !stage->admin.open) {
        search(stage, false, now_ms);
        return;
    }
    bool changed = false;
    if (stage->setup.preview != NULL) {
        changed = preview_hear(stage->setup.preview, FLOW_TICK, 0, now_ms);
    } else if (stage->setup.desk != NULL) {
        bool waiting = desk_mentor_view(stage->setup.desk, now_ms).wait_s > 0;
        uint32_t apart_s = desk_apart_s(stage->setup.desk, now_ms);
        changed = desk_tick(stage->setup.desk, now_ms) || waiting || apart_s != stage->apart_s;
        stage->apart_s = apart_s;
    }
    if (may_renew(stage, now_ms)) {
        renew(stage, false, now_ms);
    }
    stage->dirty = stage->dirty || changed;
    tick_scan(stage, now_ms);
    listen_on(stage, now_ms);
}

bool stage_is_working(const struct stage *stage) {
    if (stage->admin.waits) {
        return true;
    }
    return stage->setup.preview != NULL ? flow_sending(&stage->setup.preview->flow) != NULL
                                        : stage->setup.desk != NULL && desk_is_working(stage->setup.desk);
}

bool stage_works_apart(struct stage *stage, uint64_t now_ms) {
    struct desk *desk = stage->setup.desk;
    return stage->setup.preview == NULL && desk != NULL && desk_start(desk, now_ms) && desk_is_apart(desk);
}

bool stage_work(struct stage *stage, uint64_t now_ms) {
    if (stage->admin.waits) {
        stage_admin_work(stage);
        stage->dirty = true;
        return true;
    }
    if (stage->setup.preview != NULL) {
        stage->dirty = preview_work(stage->setup.preview, now_ms) || stage->dirty;
        return stage->dirty;
    }
    if (stage->setup.desk == NULL || !desk_is_working(stage->setup.desk)) {
        return false;
    }
    if (desk_work(stage->setup.desk, now_ms)) {
        stage->dirty = true;
    }
    return stage->dirty;
}

/* When something will happen by itself. */
static uint64_t due_ms(const struct stage *stage) {
    uint64_t due = stage->setup.preview != NULL ? flow_due_ms(&stage->setup.preview->flow)
                                                : desk_due_ms(stage->setup.desk);
    uint64_t scan = has_pupils(stage) ? scan_due_ms(&stage->scan) : UINT64_MAX;
    uint64_t speech = stage->reads_next ? 0 : speech_due_ms(&stage->speech);
    due = due < speech ? due : speech;
    return due < scan ? due : scan;
}

int stage_patience_ms(const struct stage *stage, uint64_t now_ms) {
    int patience_ms = PATIENCE_MS;
    if (stage->setup.desk == NULL && stage->setup.preview == NULL) {
        return stage->setup.search || stage->admin.open ? PATIENCE_SEARCHING_MS : -1;
    }
    if (stage->setup.desk != NULL && desk_mentor_view(stage->setup.desk, now_ms).wait_s > 0) {
        patience_ms = PATIENCE_WAITING_MS;
    }
    if (stage->setup.desk != NULL && desk_is_apart(stage->setup.desk)) {
        patience_ms = PATIENCE_APART_MS;
    }
    if (may_renew(stage, now_ms) || stage->place.mentor == MENTOR_ADMIN) {
        patience_ms = PATIENCE_SEARCHING_MS;
    }
    uint64_t due = due_ms(stage);
    if (due >= now_ms + (uint64_t)patience_ms) {
        return patience_ms;
    }
    return due > now_ms ? (int)(due - now_ms) : 0;
}
