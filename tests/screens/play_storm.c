/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "tests/screens/play.h"

enum { EVENTS = 600, SEED = 7 };
enum {
    STATES_AT_LEAST = 6,
    ITEMS_AT_LEAST = 12,
    LANGUAGES_AT_LEAST = 3,
    PANELS_AT_LEAST = 2,
    HAND_INS_AT_LEAST = 1
};
enum { WAIT_FOR_PIN_MS = 1000000, HAND_INS = 18 };

struct storm {
    struct play *play;
    uint32_t seed;
    int states[FLOW_STATES], languages[QUESTIONNAIRE_LANGUAGES], panels[PANEL_WHO + 1];
    bool items[QUESTIONNAIRE_ITEMS];
    bool of_turn[QUESTIONNAIRE_ITEMS]; /* where this pupil was */
    int hidden, pins, wrong;           /* PINs */
};

static uint32_t draw(struct storm *storm, uint32_t below) {
    storm->seed = storm->seed * 1664525U + 1013904223U;
    return (storm->seed >> 8) % below;
}

static long number_or(const char *name, long usual) {
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : usual;
}

static unsigned stored(const struct play *play) {
    return session_count(desk_session(play->desk));
}

static const struct stage *twin_of(const struct storm *storm) {
    return storm->play->actor.twin;
}

static bool leads_on(const struct page_item *item) {
    return item->main || item->action == ACTION_PUPIL + FLOW_AGREE ||
           item->action == ACTION_PUPIL + FLOW_SKIP;
}

/* Most on something that can be touched, and two thirds of those on what leads on. */
static void draw_place(struct storm *storm, int *x, int *y) {
    const struct page *page = twin_of(storm)->page;
    int item = page->item_count > 0 ? (int)draw(storm, (uint32_t)page->item_count) : 0;
    bool on = draw(storm, 3) != 0;
    uint32_t leading = 0;
    for (int i = 0; on && i < page->item_count; i++) {
        if (leads_on(&page->item[i]) && draw(storm, ++leading) == 0) {
            item = i;
        }
    }
    *x = (int)draw(storm, (uint32_t)storm->play->actor.display->width);
    *y = (int)draw(storm, (uint32_t)storm->play->actor.display->height);
    if (draw(storm, 5) != 0 && page->item_count > 0) {
        *x = page->item[item].rect.x + 3;
        *y = page->item[item].rect.y + 3;
    }
}

static void touch(struct storm *storm) {
    int x = 0;
    int y = 0;
    int to_x = 0;
    int to_y = 0;
    draw_place(storm, &x, &y);
    draw_place(storm, &to_x, &to_y);
    bool drags = draw(storm, 10) == 0;
    if (draw(storm, 8) == 0) {
        actor_nothing(&storm->play->actor, NULL, 2 + (int)draw(storm, 6), x, y);
    } else {
        actor_drag(&storm->play->actor, x, y, drags ? to_x : x, drags ? to_y : y);
    }
}

static void press_known(struct storm *storm) {
    static const struct {
        const char *name;
        enum stage_key key;
    } keys[] = {
        {"Tab", STAGE_TAB},           {"shift+Tab", STAGE_TAB_BACK},
        {"Down", STAGE_DOWN},         {"Up", STAGE_UP},
        {"Left", STAGE_LEFT},         {"Right", STAGE_RIGHT},
        {"Return", STAGE_ENTER},      {"KP_Enter", STAGE_ENTER},
        {"space", STAGE_SPACE},       {"BackSpace", STAGE_ERASE},
        {"Next", STAGE_PAGE_DOWN},    {"Prior", STAGE_PAGE_UP},
        {"Escape", STAGE_HIDE},       {"F12", STAGE_HIDE},
        {"F7", STAGE_AGAIN},          {"F8", STAGE_LISTEN},
        {"F9", STAGE_SCAN},           {"F10", STAGE_MENTOR},
        {"Return", STAGE_ENTER},      {"ctrl+Right", STAGE_PAGE_DOWN},
        {"ctrl+Left", STAGE_PAGE_UP},
    };
    uint32_t which = draw(storm, sizeof keys / sizeof keys[0]);
    actor_key(&storm->play->actor, keys[which].name, keys[which].key);
}

static void press_unknown(struct storm *storm) {
    static const char *const names[] = {
        "alt+F4", "ctrl+q", "ctrl+w", "ctrl+alt+Delete", "super", "F1",  "F5",     "F11",   "Print",
        "Menu",   "a",      "ctrl+c", "Insert",          "Home",  "End", "Delete", "Pause", "ctrl+alt+F1"};
    actor_nothing(&storm->play->actor, names[draw(storm, sizeof names / sizeof names[0])], 0, 0, 0);
}

/* Most look at the page for a moment before they do something; who does not, may not be heard. */
static void wait_a_little(struct storm *storm) {
    static const uint32_t steps[] = {90, 2100, 61000, 301000, 346000};
    uint32_t ms =
        draw(storm, 30) == 0 ? steps[draw(storm, sizeof steps / sizeof steps[0])] : STAGE_DEAF_MS + 20;
    if (draw(storm, 4) != 0) {
        actor_pass(&storm->play->actor, ms, true);
    }
}

static enum mentor_state mentor_of(const struct storm *storm) {
    return desk_mentor_view(storm->play->desk, actor_now_ms()).state;
}

static void do_something(struct storm *storm) {
    wait_a_little(storm);
    if (mentor_of(storm) == MENTOR_PIN && draw(storm, 3) != 0) {
        actor_digit(&storm->play->actor, (int)draw(storm, 10));
        return;
    }
    switch (draw(storm, 16)) {
    case 0: press_unknown(storm); break;
    case 1: actor_digit(&storm->play->actor, (int)draw(storm, 10)); break;
    case 2:
    case 3:
    case 4: press_known(storm); break;
    default: touch(storm);
    }
}

/* Nobody gets further than the pad for the PIN, and whoever plays with it gives up at last. */
static void keep_order(struct storm *storm, bool gives_up) {
    struct play *play = storm->play;
    enum mentor_state state = mentor_of(storm);
    if (state != MENTOR_PUPILS && state != MENTOR_PIN) {
        play_die("somebody got on without the PIN");
    }
    storm->pins += state == MENTOR_PIN;
    storm->wrong += state == MENTOR_PIN && desk_mentor_view(play->desk, actor_now_ms()).fault != FAULT_NONE;
    if (state == MENTOR_PIN && (gives_up || draw(storm, 10) == 0)) {
        actor_pass(&play->actor, STAGE_DEAF_MS + 20, true);
        actor_do(&play->actor, ACTION_MENTOR + MENTOR_BACK, 0);
    }
}

static void note(struct storm *storm, int before) {
    struct flow_view view = play_view(storm->play);
    storm->states[view.state]++;
    storm->panels[twin_of(storm)->panel]++;
    storm->hidden += view.hidden;
    storm->play->stormed += view.state == FLOW_THANKS && before != FLOW_THANKS;
    if (view.state == FLOW_READY) {
        memset(storm->of_turn, 0, sizeof storm->of_turn);
    }
    if (view.state == FLOW_QUESTION) {
        if (view.chosen && !storm->of_turn[view.item]) {
            play_die("an answer was there before this pupil chose one");
        }
        storm->languages[view.language]++;
        storm->items[view.item] = true;
        storm->of_turn[view.item] = true;
    }
}

/* Whoever is there leaves without a word. */
static void clear(struct storm *storm) {
    struct play *play = storm->play;
    for (int i = 0; i < 4 && play_view(play).state != FLOW_READY; i++) {
        int before = (int)play_view(play).state;
        actor_pass(&play->actor, FLOW_FORGET_MS + 1000, true);
        note(storm, before);
    }
    actor_pass(&play->actor, WAIT_FOR_PIN_MS, true); /* for wrong PINs there is a time to wait */
    if (play_view(play).state != FLOW_READY) {
        play_die("the storm left somebody behind");
    }
    play_compare_with_first(play);
}

static int count(const int *seen, int all) {
    int some = 0;
    for (int i = 0; i < all; i++) {
        some += seen[i] != 0;
    }
    return some;
}

static void tell(const struct storm *storm, long events) {
    int items = 0;
    for (int i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        items += storm->items[i];
    }
    int states = count(storm->states, FLOW_STATES),
        languages = count(storm->languages, QUESTIONNAIRE_LANGUAGES),
        panels = count(storm->panels, PANEL_WHO + 1);
    printf("  %ld events: %d states, %d questions, %d languages, %d panels, hidden %d, at the PIN %d, wrong "
           "%d\n",
           events, states, items, languages, panels, storm->hidden, storm->pins, storm->wrong);
    printf("  the storm handed in %d\n", storm->play->stormed);
    bool usual = getenv("KLANKBORD_STORM_SEED") == NULL && getenv("KLANKBORD_STORM_EVENTS") == NULL;
    bool far = states >= STATES_AT_LEAST && items >= ITEMS_AT_LEAST && languages >= LANGUAGES_AT_LEAST &&
               panels >= PANELS_AT_LEAST && storm->hidden > 0 && storm->pins > 0 &&
               storm->play->stormed >= HAND_INS_AT_LEAST;
    if (usual && !far) {
        play_die("the storm did not get anywhere: take another seed");
    }
}

void play_storm(struct play *play) {
    struct storm storm = {.play = play, .seed = (uint32_t)number_or("KLANKBORD_STORM_SEED", SEED)};
    long events = number_or("KLANKBORD_STORM_EVENTS", EVENTS);
    unsigned first = stored(play);
    printf("  a storm of %ld events, seed %u\n", events, storm.seed);
    fflush(stdout);
    long done = 0;
    while (done < events && play->stormed < HAND_INS) { /* there must be room in the class for the others */
        int before = (int)play_view(play).state;
        do_something(&storm);
        note(&storm, before);
        done++;
        keep_order(&storm, done == events || play->stormed == HAND_INS);
    }
    clear(&storm);
    tell(&storm, done);
    if (stored(play) != first + (unsigned)play->stormed) {
        play_die("what is stored is not what was thanked for");
    }
}
