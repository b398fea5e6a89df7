/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "kiosk/ui/action.h"
#include "tests/screens/play.h"

/*
 * Time is passed to the very millisecond at which something must happen, and one short of it nothing may
 * have; the last millisecond comes without a key or a mouse, so the kiosk must wake up by itself.
 */

static uint64_t due_ms(const struct play *play) {
    return flow_due_ms(session_flow(desk_session(play->desk)));
}

static void see(struct play *play, struct picture *out) {
    if (!display_look(play->actor.display, out)) {
        play_die("the screen cannot be seen");
    }
}

/* To what happens next by itself. */
static void wait_for_change(struct play *play) {
    struct picture before;
    struct picture after;
    picture_open(&before, play->actor.display->width, play->actor.display->height);
    picture_open(&after, play->actor.display->width, play->actor.display->height);
    see(play, &before);
    uint64_t due = due_ms(play);
    if (due == UINT64_MAX || due <= actor_now_ms()) {
        play_die("nothing will happen by itself");
    }
    actor_pass(&play->actor, due - actor_now_ms() - 1, true);
    see(play, &after);
    if (picture_pixels_apart(&before, &after) != 0) {
        play_die("something happened before its time");
    }
    actor_pass(&play->actor, 1, false);
    see(play, &after);
    if (picture_pixels_apart(&before, &after) == 0) {
        play_die("nothing happened at its time");
    }
    picture_close(&before);
    picture_close(&after);
}

/* The page hides itself, warns, and counts down from 45 to 1. */
static void wait_to_the_last_second(struct play *play) {
    wait_for_change(play);
    if (!play_view(play).hidden || play_view(play).countdown != 0) {
        play_die("a page left alone does not hide itself");
    }
    actor_picture(&play->actor, "idle-hidden");
    for (unsigned seconds = (FLOW_FORGET_MS - FLOW_WARN_MS) / 1000; seconds > 0; seconds--) {
        wait_for_change(play);
        if (!play_view(play).hidden || play_view(play).countdown != seconds) {
            play_die("the seconds are not counted down");
        }
        if (seconds == 30) {
            actor_picture(&play->actor, "idle-countdown");
        }
    }
}

static unsigned stored(const struct play *play) {
    return session_count(desk_session(play->desk));
}

/* Somebody who comes back in the last second finds everything as it was. */
static void come_back(struct play *play) {
    struct picture page;
    struct picture again;
    picture_open(&page, play->actor.display->width, play->actor.display->height);
    picture_open(&again, play->actor.display->width, play->actor.display->height);
    see(play, &page);
    wait_to_the_last_second(play);
    play_do(play, FLOW_NEXT, 0);
    see(play, &again);
    if (play_view(play).hidden || picture_pixels_apart(&page, &again) != 0) {
        play_die("who comes back does not find the page as it was");
    }
    picture_close(&page);
    picture_close(&again);
}

static void be_forgotten(struct play *play, const char *where) {
    unsigned before = stored(play);
    wait_to_the_last_second(play);
    wait_for_change(play);
    play_compare_with_first(play);
    if (play_view(play).state != FLOW_READY || stored(play) != before) {
        play_die("who walked away was not forgotten");
    }
    printf("  somebody walked away from %s: wiped, nothing sent\n", where);
    fflush(stdout);
    actor_pass(&play->actor, STAGE_DEAF_MS + 20, true); /* the page for the next one has just come up */
}

void play_walk_away(struct play *play) {
    play->pupil = 1;
    play_begin(play, 0);
    play_do(play, FLOW_AGREE, 0);
    while (play->answered < 3) {
        if (!play_view(play).note) {
            play_answer(play);
        }
        if (play->answered < 3) {
            play_do(play, FLOW_NEXT, 0);
        }
    }
    come_back(play);
    be_forgotten(play, "a question");
    play_begin(play, 0);
    play_do(play, FLOW_AGREE, 0);
    while (play_view(play).state == FLOW_QUESTION) {
        if (!play_view(play).note) {
            play_answer(play);
        }
        play_do(play, FLOW_NEXT, 0);
    }
    if (play_view(play).state != FLOW_CHECK) {
        play_die("the check page did not come");
    }
    be_forgotten(play, "the check page, with everything answered");
}

void play_walk_away_after_no(struct play *play) {
    uint64_t left = due_ms(play);
    unsigned before = stored(play);
    for (int i = 0; i < 60 && play_view(play).state == FLOW_DECLINED_QUIET; i++) {
        wait_for_change(play);
    }
    if (play_view(play).state != FLOW_THANKS || stored(play) != before + 1 || left == UINT64_MAX) {
        play_die("a no that was left alone was not kept as one");
    }
    actor_pass(&play->actor, STAGE_DEAF_MS + 20, true);
}
