/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "hands.h"

#include <SDL.h>
#include <string.h>

#include "kiosk/ui/action.h"

/* What somebody did, as far as it matters for where the kiosk may be afterwards. */
enum deed {
    DEED_NOTHING, /* means nothing */
    DEED_CHOICE,  /* of an answer */
    DEED_HIDE,
    DEED_TIME,
    DEED_OTHER
};

struct moment {
    struct stage_place place;
    struct view view;
    uint64_t stored;
};

static uint64_t clock_ms = 1000000;

Uint64 SDL_GetTicks64(void) { /* SDL's name */
    return clock_ms;
}

uint64_t hands_now_ms(void) {
    return clock_ms;
}

void hands_pass(uint64_t ms) {
    clock_ms += ms;
}

static uint32_t draw(struct hands *hands, uint32_t below) {
    hands->seed = hands->seed * 1664525U + 1013904223U;
    return (hands->seed >> 8) % below;
}

/* ---- what there is to do ---- */

/* Half of them on something that can be touched, and most of those on what leads on: or nobody would come to the end. */
static void draw_place(struct hands *hands, int *x, int *y) {
    const struct page *page = hands->stage->page;
    int item = page->item_count > 0 ? (int)draw(hands, (uint32_t)page->item_count) : 0;
    bool on = draw(hands, 3) != 0;
    for (int i = 0; on && i < page->item_count; i++) {
        item = page->item[i].main ? i : item;
    }
    *x = (int)draw(hands, (uint32_t)hands->stage->theme.width);
    *y = (int)draw(hands, (uint32_t)hands->stage->theme.height);
    if (draw(hands, 4) != 0 && page->item_count > 0) {
        *x = page->item[item].rect.x + 3;
        *y = page->item[item].rect.y + 3;
    }
}

static enum deed deed_of(const struct hands *hands, int item) {
    int action = item == PAGE_NOTHING ? 0 : hands->stage->page->item[item].action;
    return action == 0                            ? DEED_NOTHING
           : action == ACTION_PUPIL + FLOW_CHOOSE ? DEED_CHOICE
           : action == ACTION_PUPIL + FLOW_HIDE   ? DEED_HIDE
                                                  : DEED_OTHER;
}

static enum deed push_touch(struct hands *hands) {
    SDL_Event event = {0};
    int x = 0;
    int y = 0;
    draw_place(hands, &x, &y);
    int item = page_hit(hands->stage->page, x, y);
    if (draw(hands, 4) == 0) {
        hands->fingers++;
        event.tfinger.fingerId = 7;
        event.tfinger.x = ((float)x + 0.5F) / (float)hands->stage->theme.width;
        event.tfinger.y = ((float)y + 0.5F) / (float)hands->stage->theme.height;
        event.type = SDL_FINGERDOWN;
        SDL_PushEvent(&event);
        event.type = SDL_FINGERUP;
        SDL_PushEvent(&event);
        return deed_of(hands, item);
    }
    event.button.button = draw(hands, 8) == 0 ? SDL_BUTTON_RIGHT : SDL_BUTTON_LEFT;
    event.button.x = x;
    event.button.y = y;
    event.type = SDL_MOUSEBUTTONDOWN;
    SDL_PushEvent(&event);
    event.type = SDL_MOUSEBUTTONUP;
    SDL_PushEvent(&event);
    return event.button.button == SDL_BUTTON_LEFT ? deed_of(hands, item) : DEED_NOTHING;
}

static enum deed push_key(struct hands *hands) {
    static const SDL_Scancode codes[] = {
        SDL_SCANCODE_TAB,       SDL_SCANCODE_RETURN, SDL_SCANCODE_SPACE,    SDL_SCANCODE_LEFT,
        SDL_SCANCODE_RIGHT,     SDL_SCANCODE_UP,     SDL_SCANCODE_DOWN,     SDL_SCANCODE_PAGEUP,
        SDL_SCANCODE_F7,        SDL_SCANCODE_F8,     SDL_SCANCODE_PAGEDOWN, SDL_SCANCODE_ESCAPE,
        SDL_SCANCODE_F12,       SDL_SCANCODE_F9,     SDL_SCANCODE_1,        SDL_SCANCODE_2,
        SDL_SCANCODE_9,         SDL_SCANCODE_F4,     SDL_SCANCODE_Q,        SDL_SCANCODE_DELETE,
        SDL_SCANCODE_BACKSPACE, SDL_SCANCODE_F10};
    uint32_t count = sizeof codes / sizeof codes[0] - (hands->is_preview ? 1 : 0); /* F10 ends a preview */
    SDL_Event event = {.type = SDL_KEYDOWN};
    SDL_Scancode code = codes[draw(hands, count)];
    event.key.keysym.scancode = code;
    event.key.keysym.mod = draw(hands, 4) == 0 ? (uint16_t)(KMOD_LCTRL | KMOD_LALT) : 0;
    event.key.repeat = draw(hands, 5) == 0;
    SDL_PushEvent(&event);
    if (code == SDL_SCANCODE_F4 || code == SDL_SCANCODE_Q || code == SDL_SCANCODE_DELETE) {
        return DEED_NOTHING;
    }
    if (event.key.repeat) {
        return DEED_OTHER;
    }
    if (code == SDL_SCANCODE_ESCAPE || code == SDL_SCANCODE_F12) {
        return DEED_HIDE;
    }
    bool digit = code == SDL_SCANCODE_1 || code == SDL_SCANCODE_2;
    int card = digit ? page_card(hands->stage->page, code == SDL_SCANCODE_1 ? 1 : 2) : PAGE_NOTHING;
    return deed_of(hands, card) == DEED_CHOICE ? DEED_CHOICE : DEED_OTHER;
}

static enum deed push_time(struct hands *hands) {
    static const uint32_t steps[] = {90, 400, 2100, 2100, 61000, 230000, 301000, 20000, 346000};
    SDL_Event event = {.type = SDL_USEREVENT};
    hands_pass(steps[draw(hands, draw(hands, 3) == 0 ? 9 : 4)]);
    SDL_PushEvent(&event);
    return DEED_TIME;
}

static enum deed push_something(struct hands *hands) {
    static const uint32_t others[] = {SDL_MOUSEMOTION, SDL_MOUSEWHEEL, SDL_TEXTINPUT,
                                      SDL_DROPFILE,    SDL_KEYUP,      SDL_USEREVENT};
    static const uint8_t windows[] = {SDL_WINDOWEVENT_EXPOSED, SDL_WINDOWEVENT_FOCUS_LOST,
                                      SDL_WINDOWEVENT_CLOSE, SDL_WINDOWEVENT_LEAVE};
    SDL_Event event = {0};
    switch (draw(hands, 12)) {
    case 0: event.type = others[draw(hands, sizeof others / sizeof others[0])]; break;
    case 1:
        event.type = SDL_WINDOWEVENT;
        event.window.event = windows[draw(hands, sizeof windows)];
        break;
    case 2: return push_time(hands);
    case 3:
    case 4:
    case 5: return push_key(hands);
    default: return push_touch(hands);
    }
    SDL_PushEvent(&event);
    return DEED_NOTHING;
}

/* ---- what becomes of it ---- */

static void work(struct hands *hands) {
    enum { MOST = 8 };
    stage_refresh(hands->stage, clock_ms);
    for (int i = 0; i < MOST && !hands->stage->over && stage_work(hands->stage, clock_ms); i++) {
        stage_refresh(hands->stage, clock_ms);
    }
    stage_refresh(hands->stage, clock_ms);
}

static void turn(struct hands *hands) {
    hands->stage->changed_ms = 0; /* not deaf: here everything counts */
    enum window_news news = window_wait(hands->window, hands->stage, 0);
    assert_int_not_equal(news, WINDOW_ENDED);
    hands->stage->dirty = hands->stage->dirty || news == WINDOW_EXPOSED;
    work(hands);
}

static void tick(struct hands *hands) {
    stage_tick(hands->stage, clock_ms);
    work(hands);
}

static struct moment look(const struct hands *hands) {
    return (struct moment){hands->stage->place, hands->stage->view, hands->stored ? hands->stored() : 0};
}

static bool same_page(const struct stage_place *a, const struct stage_place *b) {
    return a->mentor == b->mentor && a->pupil == b->pupil && a->item == b->item && a->page == b->page;
}

static bool same_moment(const struct moment *a, const struct moment *b) {
    return same_page(&a->place, &b->place) && a->place.hidden == b->place.hidden &&
           a->place.panel == b->place.panel && a->view.size == b->view.size && a->view.look == b->view.look &&
           a->view.scan == b->view.scan && a->view.listens == b->view.listens &&
           a->view.pace == b->view.pace && a->stored == b->stored;
}

static bool can(const struct hands *hands, enum flow_event event, int value) {
    return page_find(hands->stage->page, ACTION_PUPIL + (int)event, value) != PAGE_NOTHING;
}

/* The pages that have something to hide; where only a no was said, and after the thanks, there is nothing. */
static bool is_private(const struct stage_place *place) {
    return place->pupil == FLOW_WELCOME || place->pupil == FLOW_QUESTION || place->pupil == FLOW_STOP_ASK ||
           place->pupil == FLOW_CHECK;
}

static void check_beginning(const struct hands *hands) {
    static const struct answers none;
    const struct stage *stage = hands->stage;
    assert_memory_equal(stage_flow(stage)->answers, &none, sizeof none);
    assert_true(stage->view.size == 0 && stage->view.look == THEME_NORMAL);
    assert_true(!stage->view.listens && stage->view.pace == 0);
    assert_int_equal(stage->panel, PANEL_NONE);
    assert_false(stage->speech.reading);
}

/* Whoever is on a page can go on from it, and back where there was something before. */
static void check_ways(const struct hands *hands) {
    const struct stage_place *place = &hands->stage->place;
    if (place->hidden) {
        assert_int_equal(hands->stage->panel, PANEL_NONE);
        assert_false(can(hands, FLOW_CHOOSE, 0));
        assert_false(can(hands, FLOW_GOTO, 0));
        assert_false(hands->is_playing && hands->is_playing());
        return;
    }
    if (place->panel != PANEL_NONE) {
        assert_int_not_equal(page_find(hands->stage->page, ACTION_PANEL, PANEL_NONE), PAGE_NOTHING);
        return;
    }
    switch ((enum flow_state)place->pupil) {
    case FLOW_LANGUAGE: assert_true(can(hands, FLOW_CHOOSE_LANGUAGE, 0)); break;
    case FLOW_WELCOME: assert_true(can(hands, FLOW_BACK, 0)); break;
    case FLOW_DECLINED_QUIET:
    case FLOW_THANKS: assert_true(can(hands, FLOW_LEAVE, 0)); break;
    case FLOW_QUESTION: assert_true(can(hands, FLOW_BACK, 0) && can(hands, FLOW_NEXT, 0)); break;
    case FLOW_STOP_ASK: assert_true(can(hands, FLOW_STOP_RETURN, 0)); break;
    case FLOW_CHECK: assert_true(can(hands, FLOW_SEND, 0)); break;
    case FLOW_READY: check_beginning(hands); break;
    case FLOW_SENDING:
    case FLOW_SORRY:
    case FLOW_STATES: fail_msg("the page of state %d stays", place->pupil);
    }
}

/* The switch of whoever was there before; the one of who comes next may be pressed on this very page. */
static void check_arrival(const struct hands *hands, const struct moment *before, const struct moment *now) {
    bool arrives = now->place.pupil == FLOW_READY && before->place.pupil != FLOW_READY;
    assert_false(arrives && (now->view.scan != 0 || hands->stage->scan.speed != 0));
}

static void check_stored(const struct moment *before, const struct moment *now) {
    if (now->stored == before->stored) {
        return;
    }
    assert_int_equal(now->stored, before->stored + 1);
    assert_true(before->place.pupil == FLOW_CHECK || before->place.pupil == FLOW_STOP_ASK ||
                before->place.pupil == FLOW_DECLINED_QUIET);
    assert_true(now->place.pupil == FLOW_THANKS || now->place.pupil == FLOW_READY);
}

/* By itself the page hides, or a pupil who left is forgotten; whoever said no or was thanked is let go. */
static void check_time(struct hands *hands, const struct moment *before, const struct moment *now) {
    bool leaves = before->place.pupil == FLOW_DECLINED_QUIET || before->place.pupil == FLOW_THANKS;
    if (!same_page(&before->place, &now->place)) {
        assert_true(now->place.pupil == FLOW_READY || (leaves && now->place.pupil == FLOW_THANKS));
        hands->forgotten += now->place.pupil == FLOW_READY;
    }
    assert_true(leaves || now->stored == before->stored);
}

static void check(struct hands *hands, enum deed deed, const struct moment *before) {
    struct moment now = look(hands);
    assert_false(hands->stage->over);
    assert_false(hands->stage->page->overflow);
    check_stored(before, &now);
    if (before->place.mentor != MENTOR_PUPILS || now.place.mentor != MENTOR_PUPILS) {
        return; /* the PIN's page, which is looked at by whoever has a desk */
    }
    switch (deed) {
    case DEED_NOTHING: assert_true(same_moment(before, &now)); break;
    case DEED_CHOICE: assert_true(before->place.hidden || same_moment(before, &now)); break;
    case DEED_HIDE:
        assert_true(!is_private(&before->place) || before->place.hidden || now.place.hidden);
        break;
    case DEED_TIME: check_time(hands, before, &now); break;
    case DEED_OTHER: break;
    }
    check_arrival(hands, before, &now);
    check_ways(hands);
}

static void note(struct hands *hands) {
    const struct stage *stage = hands->stage;
    struct flow_view view = flow_look(stage_flow(stage));
    if (stage->place.mentor != MENTOR_PUPILS) {
        return;
    }
    hands->states[view.state]++;
    hands->languages[view.language] += view.state == FLOW_QUESTION;
    hands->sizes[stage->view.size]++;
    hands->looks[stage->view.look]++;
    hands->panels[stage->panel]++;
    hands->hidden += view.hidden;
    hands->warned += view.countdown > 0;
    hands->scanned += stage->scan.speed != 0;
    hands->listened += hands->is_playing && hands->is_playing();
}

void hands_act(struct hands *hands) {
    struct moment before = look(hands);
    bool closes = page_find(hands->stage->page, ACTION_CLOSE, 0) != PAGE_NOTHING;
    enum deed deed = push_something(hands);
    while (SDL_PollEvent(NULL)) {
        turn(hands);
    }
    if (deed == DEED_TIME) {
        tick(hands);
    }
    if (hands->is_preview && hands->stage->over) { /* by its button; begun again */
        assert_true(closes);
        hands->stage->over = false;
        hands->stage->dirty = true;
        work(hands);
    }
    check(hands, deed, &before);
    note(hands);
}

void hands_leave(struct hands *hands) {
    for (int i = 0; i < 4; i++) {
        hands_pass(FLOW_FORGET_MS + 1000);
        tick(hands);
    }
    assert_int_equal(flow_look(stage_flow(hands->stage)).state, FLOW_READY);
    check_beginning(hands);
}
