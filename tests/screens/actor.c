/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tests/screens/actor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "kiosk/ui/action.h"

enum { POLL_MS = 15, SCREEN_MS = 20000, WALK_KEYS = 120, UNWOKEN_STEPS = 4 };

/* Means nothing to the kiosk, but wakes it up. */
#define IDLE_KEY "F3"

static volatile uint64_t *kept_ms; /* or NULL: the system's clock */

bool actor_keep_clock(void) {
    const char *path = getenv("KEPT_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    void *shared =
        file < 0 ? MAP_FAILED : mmap(NULL, sizeof *kept_ms, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file >= 0) {
        close(file);
    }
    kept_ms = shared == MAP_FAILED ? NULL : shared;
    return kept_ms != NULL;
}

static uint64_t system_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t actor_now_ms(void) {
    return kept_ms != NULL ? *kept_ms : system_ms();
}

static void rest(int ms) {
    struct timespec pause = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

/* The twin may draw and work several times before it waits for somebody again. */
static void settle(struct actor *actor) {
    do {
        stage_refresh(actor->twin, actor_now_ms());
    } while (stage_work(actor->twin, actor_now_ms()));
}

/*
 * The receipt's code and name, this machine's name on the stick and the folders differ between the two by
 * nature.
 */
static bool may_differ(const struct actor *actor, const struct page_item *item) {
    int mentor = actor->twin->place.mentor;
    return (mentor == MENTOR_OVERVIEW && item->style == THEME_SMALL) ||
           (mentor == MENTOR_RECEIPT && (item->style == THEME_CODE || item->style == THEME_SMALL)) ||
           (mentor == MENTOR_EXPORT && item->kind == PAGE_ROW);
}

static void blank(struct picture *picture, struct paint_rect rect) {
    for (int y = rect.y; y < rect.y + rect.h && y < picture->height; y++) {
        memset(picture->pixel + (size_t)y * (size_t)picture->width + rect.x, 0,
               (size_t)rect.w * sizeof(uint32_t));
    }
}

static bool screen_is_right(struct actor *actor) {
    if (!display_look(actor->display, &actor->seen)) {
        return false;
    }
    for (int i = 0; i < actor->twin->page->item_count; i++) {
        if (may_differ(actor, &actor->twin->page->item[i])) {
            blank(&actor->seen, actor->twin->page->item[i].rect);
            blank(&actor->expected, actor->twin->page->item[i].rect);
        }
    }
    return picture_pixels_apart(&actor->seen, &actor->expected) == 0;
}

static bool await_screen(struct actor *actor, int patience_ms) {
    uint64_t until = system_ms() + (uint64_t)patience_ms;
    picture_draw(&actor->expected, actor->twin->page, &actor->twin->theme, &actor->twin->fonts);
    while (!screen_is_right(actor)) {
        if (system_ms() > until) {
            return false;
        }
        rest(POLL_MS);
    }
    return true;
}

static void fail(struct actor *actor, const char *what, int action, int value) {
    const struct stage_place *place = &actor->twin->place;
    fprintf(stderr, "drive_class: %s (action %d, value %d; mentor %d, pupil %d, item %d)\n", what, action,
            value, place->mentor, place->pupil, place->item);
    picture_save(&actor->expected, "drive_class-expected.bmp");
    picture_save(&actor->seen, "drive_class-seen.bmp");
    exit(1);
}

void actor_pass(struct actor *actor, uint64_t ms, bool wake) {
    if (kept_ms == NULL) {
        fail(actor, "time passes by itself here", (int)ms, wake);
    }
    *kept_ms += ms;
    if (wake) {
        display_type(actor->display, IDLE_KEY);
    }
    stage_tick(actor->twin, actor_now_ms());
    settle(actor);
    if (!await_screen(actor, SCREEN_MS)) {
        fail(actor, "time passed, and the screen does not become what it should", (int)ms, wake);
    }
}

/* Until a page that has just come up hears what is pressed. */
static void wait_for_ears(struct actor *actor) {
    if (kept_ms != NULL) {
        actor_pass(actor, STAGE_DEAF_MS + 20, true);
    } else {
        rest(STAGE_DEAF_MS + 20);
    }
}

bool actor_begin(struct actor *out, struct display *display, struct stage *twin, const char *screens,
                 int patience_ms) {
    memset(out, 0, sizeof *out);
    out->display = display;
    out->twin = twin;
    out->screens = screens;
    picture_open(&out->expected, display->width, display->height);
    picture_open(&out->seen, display->width, display->height);
    settle(out);
    if (!await_screen(out, patience_ms)) {
        fprintf(stderr, "drive_class: the kiosk's first page did not come\n");
        picture_save(&out->expected, "drive_class-expected.bmp");
        picture_save(&out->seen, "drive_class-seen.bmp");
        return false;
    }
    wait_for_ears(out);
    return true;
}

void actor_end(struct actor *actor) {
    picture_close(&actor->expected);
    picture_close(&actor->seen);
}

bool actor_can(const struct actor *actor, int action, int value) {
    return page_find(actor->twin->page, action, value) != PAGE_NOTHING;
}

static void press_key(struct actor *actor, const char *name, enum stage_key key) {
    display_type(actor->display, name);
    stage_key(actor->twin, key, actor_now_ms());
}

/* Walks with the arrow until the ring is there, and looks at it. */
static void walk_to(struct actor *actor, int action, int value) {
    for (int i = 0; i < WALK_KEYS; i++) {
        int wanted = page_find(actor->twin->page, action, value);
        if (actor->twin->page->focus == wanted) {
            return;
        }
        press_key(actor, i == 0 ? "Tab" : "Down", i == 0 ? STAGE_TAB : STAGE_DOWN);
        settle(actor);
    }
    fail(actor, "keys alone do not reach it", action, value);
}

static void do_by_keys(struct actor *actor, int action, int value) {
    int item = page_find(actor->twin->page, action, value);
    if (actor->twin->page->item[item].main && actor->twin->page->focus == PAGE_NOTHING) {
        press_key(actor, "Return", STAGE_ENTER);
        return;
    }
    walk_to(actor, action, value);
    if (!await_screen(actor, SCREEN_MS)) {
        fail(actor, "the ring is not seen", action, value);
    }
    press_key(actor, "space", STAGE_SPACE);
}

/* Whether the ring is on the target, or around a group that it is in. */
static bool ring_has(const struct actor *actor, int item) {
    const struct scan *scan = &actor->twin->scan;
    int focus = actor->twin->page->focus;
    if (scan->speed == 0 || scan->resting || focus == PAGE_NOTHING) {
        return false;
    }
    return scan->inside ? focus == item : item >= scan->first && item < scan->end;
}

/* Whether the ring will go on by itself. */
static bool ring_goes(const struct actor *actor) {
    const struct scan *scan = &actor->twin->scan;
    return scan->speed != 0 && !scan->resting && actor->twin->page->focus != PAGE_NOTHING;
}

/*
 * The ring goes to where it is wanted by itself; its first steps must come without anything that wakes the
 * kiosk.
 */
static void let_ring_go(struct actor *actor) {
    uint64_t due = actor->twin->scan.next_ms;
    uint64_t now = actor_now_ms();
    actor_pass(actor, due > now ? due - now : 0, actor->steps++ >= UNWOKEN_STEPS);
}

static void do_by_switch(struct actor *actor, int action, int value) {
    const struct scan *scan = &actor->twin->scan;
    for (int i = 0; i < WALK_KEYS; i++) {
        bool there = ring_has(actor, page_find(actor->twin->page, action, value));
        if (ring_goes(actor) && !there) {
            let_ring_go(actor);
            continue;
        }
        bool was_inside = scan->inside;
        press_key(actor, "space", STAGE_SPACE);
        if (there && (was_inside || !scan->inside)) {
            return; /* it was chosen; else the ring went into a group, or began */
        }
        settle(actor);
        if (!await_screen(actor, SCREEN_MS)) {
            fail(actor, "the switch does not do what it should", action, value);
        }
    }
    fail(actor, "one switch does not reach it", action, value);
}

static void do_by_mouse(struct actor *actor, int action, int value) {
    const struct page_item *item = &actor->twin->page->item[page_find(actor->twin->page, action, value)];
    int x = item->rect.x + item->rect.w / 2;
    int y = item->rect.y + item->rect.h / 2;
    display_click(actor->display, x, y);
    stage_press(actor->twin, x, y, actor_now_ms());
    stage_release(actor->twin, x, y, actor_now_ms());
}

static bool same_page(const struct stage_place *a, const struct stage_place *b) {
    return a->mentor == b->mentor && a->pupil == b->pupil && a->item == b->item && a->page == b->page &&
           a->panel == b->panel && a->hidden == b->hidden;
}

/* After a new page the kiosk is deaf for a moment; its picture is there, so its moment has begun. */
static void follow(struct actor *actor, int action, int value) {
    struct stage_place before = actor->twin->place;
    settle(actor);
    if (actor->twin->over) {
        return;
    }
    if (!await_screen(actor, SCREEN_MS)) {
        fail(actor, "the screen does not become what it should", action, value);
    }
    if (!same_page(&before, &actor->twin->place)) {
        wait_for_ears(actor);
    }
}

void actor_do(struct actor *actor, int action, int value) {
    if (!actor_can(actor, action, value)) {
        fail(actor, "it is not on the page", action, value);
    }
    int clicks = actor->display->clicks;
    int keys = actor->display->keys;
    switch (actor->hands) {
    case ACTOR_MOUSE: do_by_mouse(actor, action, value); break;
    case ACTOR_KEYS: do_by_keys(actor, action, value); break;
    case ACTOR_SWITCH: do_by_switch(actor, action, value); break;
    }
    bool clicked = clicks != actor->display->clicks;
    bool typed = keys != actor->display->keys;
    if (clicked != (actor->hands == ACTOR_MOUSE) || typed == clicked) {
        fail(actor, "it was done with other hands", action, value);
    }
    follow(actor, action, value);
}

void actor_do_twice(struct actor *actor, int action, int value) {
    const struct page_item *item = &actor->twin->page->item[page_find(actor->twin->page, action, value)];
    int x = item->rect.x + item->rect.w / 2;
    int y = item->rect.y + item->rect.h / 2;
    display_click(actor->display, x, y);
    display_click(actor->display, x, y);
    stage_press(actor->twin, x, y, actor_now_ms());
    stage_release(actor->twin, x, y, actor_now_ms());
    follow(actor, action, value);
    if (!await_screen(actor, SCREEN_MS)) {
        fail(actor, "a second tap was heard", action, value);
    }
}

static void press_digit(struct actor *actor, int digit) {
    char name[2] = {(char)('0' + digit), '\0'};
    display_type(actor->display, name);
    stage_digit(actor->twin, digit, actor_now_ms());
}

void actor_type(struct actor *actor, int digit) {
    press_digit(actor, digit);
    follow(actor, ACTION_NONE, digit);
}

/* What was done has been heard, and both show the same. */
static void look_again(struct actor *actor, const char *what, int value) {
    settle(actor);
    if (!display_settle(actor->display)) {
        fail(actor, "the kiosk does not come to rest", ACTION_NONE, value);
    }
    if (!actor->twin->over && !await_screen(actor, SCREEN_MS)) {
        fail(actor, what, ACTION_NONE, value);
    }
}

void actor_drag(struct actor *actor, int x, int y, int to_x, int to_y) {
    display_drag(actor->display, x, y, to_x, to_y);
    stage_press(actor->twin, x, y, actor_now_ms());
    stage_release(actor->twin, to_x, to_y, actor_now_ms());
    look_again(actor, "the button does not do what it should", x * 10000 + y);
}

void actor_key(struct actor *actor, const char *name, enum stage_key key) {
    press_key(actor, name, key);
    look_again(actor, name, (int)key);
}

void actor_digit(struct actor *actor, int digit) {
    press_digit(actor, digit);
    look_again(actor, "the digit does not do what it should", digit);
}

void actor_nothing(struct actor *actor, const char *name, int button, int x, int y) {
    if (name != NULL) {
        display_type(actor->display, name);
    } else {
        display_click_other(actor->display, button, x, y);
    }
    look_again(actor, "something was done by what means nothing", button);
}

void actor_picture(struct actor *actor, const char *name) {
    char path[1024];
    if (actor->screens != NULL && display_look(actor->display, &actor->seen)) {
        snprintf(path, sizeof path, "%s/%02d-%s.bmp", actor->screens, ++actor->picture_count, name);
        picture_save(&actor->seen, path);
    }
}
