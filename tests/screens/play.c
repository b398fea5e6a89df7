/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/screens/play.h"

#include <stdlib.h>

#include "kiosk/ui/action.h"

enum manner {
    BY_MOUSE,
    BY_KEYS,
    SAYS_NO,
    STOPS_AND_SENDS,
    STOPS_AND_DISCARDS,
    SKIPS_AND_STEPS_BACK,
    BY_SWITCH,
    WALKS_AWAY_AFTER_NO,
    MANNERS
};

static const char *const manner_text[MANNERS] = {
    "answers everything, by mouse",
    "answers everything, with the keyboard alone",
    "says no",
    "stops on the way and sends what there is",
    "stops on the way and throws it away",
    "skips a question and steps back to another",
    "answers everything, with one switch alone",
    "says no and walks away",
};

void play_die(const char *what) {
    fprintf(stderr, "drive_class: %s\n", what);
    exit(1);
}

void play_do(struct play *play, enum flow_event event, int value) {
    actor_do(&play->actor, ACTION_PUPIL + (int)event, value);
}

struct flow_view play_view(const struct play *play) {
    return flow_look(session_flow(desk_session(play->desk)));
}

static const char *code_of(const struct play *play) {
    return play->questionnaire->language[play_view(play).language].code;
}

static void picture_in_language(struct play *play, const char *what) {
    char name[64];
    snprintf(name, sizeof name, "%s-%s", what, code_of(play));
    actor_picture(&play->actor, name);
}

/* Which of the answers this pupil gives here: spread, and the same on every run. */
static uint16_t liking(const struct play *play, uint16_t item, uint16_t count) {
    return (uint16_t)((unsigned)(play->pupil * 5 + item * 3 + play->pupil * item) % count);
}

static void choose(struct play *play, uint16_t option) {
    uint16_t item = play_view(play).item;
    const struct questionnaire_list *list = questionnaire_list_of(play->questionnaire, item);
    bool several = play->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    uint32_t bit = UINT32_C(1) << option;
    while (!actor_can(&play->actor, ACTION_PUPIL + FLOW_CHOOSE, option)) {
        actor_do(&play->actor, ACTION_MORE, 0);
    }
    play_do(play, FLOW_CHOOSE, option);
    play->tapped.chosen[item] =
        several && !list->option[option].exclusive ? play->tapped.chosen[item] | bit : bit;
}

void play_answer(struct play *play) {
    uint16_t item = play_view(play).item;
    const struct questionnaire_list *list = questionnaire_list_of(play->questionnaire, item);
    uint16_t option = liking(play, item, list->option_count);
    choose(play, option);
    if (play->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE &&
        !list->option[option].exclusive) {
        uint16_t second = (uint16_t)((option + 1u) % list->option_count);
        if (!list->option[second].exclusive) {
            choose(play, second);
        }
    }
    play->answered++;
}

/* Steps back once more and gives the other answer, then forward over what is there already. */
static void step_back(struct play *play) {
    uint16_t here = play_view(play).item;
    play_do(play, FLOW_BACK, 0);
    if (!play_view(play).note) {
        const struct questionnaire_list *list =
            questionnaire_list_of(play->questionnaire, play_view(play).item);
        uint16_t other =
            (uint16_t)((liking(play, play_view(play).item, list->option_count) + 1u) % list->option_count);
        play->tapped.chosen[play_view(play).item] = 0;
        if (play->questionnaire->item[play_view(play).item].kind == QUESTIONNAIRE_SELECT_ONE) {
            choose(play, other);
        } else {
            play_do(play, FLOW_SKIP, 0);
            return;
        }
    }
    while (play_view(play).state == FLOW_QUESTION && play_view(play).item < here) {
        play_do(play, FLOW_NEXT, 0);
    }
}

/* Next without a choice explains; Skip goes on. */
static void skip(struct play *play) {
    play_do(play, FLOW_NEXT, 0);
    actor_picture(&play->actor, "pupil-nudge");
    play_do(play, FLOW_SKIP, 0);
}

static bool one_page(struct play *play, enum manner manner) {
    bool stops = manner == STOPS_AND_SENDS || manner == STOPS_AND_DISCARDS;
    if (play_view(play).note) {
        play_do(play, FLOW_NEXT, 0);
        return true;
    }
    if (manner == SKIPS_AND_STEPS_BACK && play->answered == 2) {
        play->answered++;
        skip(play);
        return true;
    }
    if (manner == SKIPS_AND_STEPS_BACK && play->answered == 5) {
        play->answered++;
        step_back(play);
        return true;
    }
    play_answer(play);
    if (play->pupil == 1 && play->answered == 5) {
        actor_picture(&play->actor, "pupil-question");
    }
    if (play->cast == PLAY_LANGUAGES && (play->answered == 3 || play->answered == 13)) {
        picture_in_language(play, play->answered == 3 ? "question" : "question-later");
    }
    if (stops && play->answered >= 4) {
        return false;
    }
    if (play->pupil == 1 && play->answered == 3 && play->actor.hands == ACTOR_MOUSE) {
        actor_do_twice(&play->actor, ACTION_PUPIL + FLOW_NEXT, 0);
    } else {
        play_do(play, FLOW_NEXT, 0);
    }
    return true;
}

static void stop(struct play *play, enum manner manner) {
    play_do(play, FLOW_STOP, 0);
    actor_picture(&play->actor, "pupil-stop");
    if (manner == STOPS_AND_SENDS) {
        play->tapped.participation = ANSWERS_STOPPED;
        play_do(play, FLOW_STOP_SEND, 0);
    } else {
        play->tapped.participation = ANSWERS_DECLINED;
        play_do(play, FLOW_STOP_DISCARD, 0);
        play_do(play, FLOW_LEAVE, 0);
    }
}

/* Reads the explanation and tries the practice question: one skips it, the others answer it. */
static void read_the_explanation(struct play *play) {
    while (play_view(play).page != FLOW_PAGE_ASK) {
        actor_picture(&play->actor, "pupil-explanation");
        if (play_view(play).page == FLOW_PAGE_PRACTICE && play->pupil % 2 == 1) {
            play_do(play, FLOW_CHOOSE, play->pupil % FLOW_PRACTICE_OPTIONS);
        } else if (play_view(play).page == FLOW_PAGE_PRACTICE) {
            play_do(play, FLOW_SKIP, 0);
            continue;
        }
        play_do(play, FLOW_NEXT, 0);
    }
}

static void take_part(struct play *play, enum manner manner) {
    play_do(play, FLOW_AGREE, 0);
    while (play_view(play).state == FLOW_QUESTION) {
        if (!one_page(play, manner)) {
            stop(play, manner);
            return;
        }
    }
    actor_picture(&play->actor, "pupil-check");
    play_do(play, FLOW_SEND, 0);
}

static void say_no(struct play *play) {
    play->tapped.participation = ANSWERS_DECLINED;
    play_do(play, FLOW_DECLINE, 0);
    actor_picture(&play->actor, "pupil-no");
    play_do(play, FLOW_LEAVE, 0);
}

static enum manner manner_of(const struct play *play) {
    if (play->cast == PLAY_LANGUAGES) {
        const struct questionnaire_language *language = &play->questionnaire->language[play->pupil - 1];
        return strings_run_from_right(language->code) ? BY_MOUSE : STOPS_AND_SENDS;
    }
    if (play->cast == PLAY_SWITCH) {
        static const enum manner in_turn[] = {BY_SWITCH, SAYS_NO, SKIPS_AND_STEPS_BACK};
        return in_turn[(play->pupil - 1) % 3];
    }
    if (play->cast == PLAY_IDLE) {
        return play->pupil == 1 ? WALKS_AWAY_AFTER_NO : BY_MOUSE;
    }
    return play->pupil <= SKIPS_AND_STEPS_BACK + 1 ? (enum manner)(play->pupil - 1) : BY_MOUSE;
}

static enum actor_hands hands_of(const struct play *play, enum manner manner) {
    return play->cast == PLAY_SWITCH ? ACTOR_SWITCH : manner == BY_KEYS ? ACTOR_KEYS : ACTOR_MOUSE;
}

/* By its button and the panel, for whoever has nothing but the switch. */
static void scan_faster(struct play *play) {
    actor_do(&play->actor, ACTION_PANEL, PANEL_VIEW);
    actor_do(&play->actor, ACTION_SCAN, SCAN_SPEEDS - 1);
    actor_picture(&play->actor, "pupil-switch-panel");
    actor_do(&play->actor, ACTION_PANEL, PANEL_NONE);
}

void play_begin(struct play *play, int language) {
    play->tapped = (struct tapped){.participation = ANSWERS_ANSWERED};
    play->answered = 0;
    play_do(play, FLOW_START, 0);
    if (play_view(play).state == FLOW_LANGUAGE) {
        actor_picture(&play->actor, "pupil-language");
        play_do(play, FLOW_CHOOSE_LANGUAGE, language);
    }
    if (play->actor.hands == ACTOR_SWITCH) {
        scan_faster(play);
    }
    read_the_explanation(play);
    actor_picture(&play->actor, "pupil-welcome");
}

void play_pupil(struct play *play) {
    enum manner manner = manner_of(play);
    int language = play->cast == PLAY_LANGUAGES ? play->pupil - 1 : manner == BY_KEYS;
    printf("  pupil %d of %d %s\n", play->pupil, play->pupils, manner_text[manner]);
    fflush(stdout);
    play->actor.hands = hands_of(play, manner);
    play_begin(play, language);
    if (manner == SAYS_NO) {
        say_no(play);
    } else if (manner == WALKS_AWAY_AFTER_NO) {
        play->tapped.participation = ANSWERS_DECLINED;
        play_do(play, FLOW_DECLINE, 0);
        play_walk_away_after_no(play);
    } else {
        take_part(play, manner);
    }
    if (play_view(play).state != FLOW_THANKS) {
        play_die("the pupil was not thanked");
    }
    actor_picture(&play->actor, "pupil-thanks");
    play_do(play, FLOW_LEAVE, 0);
    play->actor.hands = ACTOR_MOUSE;
    tapped_row(play->answers, play->questionnaire, play->class_label, &play->tapped);
}

/* Nothing tells that somebody was here, or how it ended: every pixel is as before the first pupil. */
void play_compare_with_first(struct play *play) {
    struct picture *seen = &play->actor.seen;
    if (!display_look(play->actor.display, seen) || picture_pixels_apart(&play->first, seen) != 0) {
        play_die("the page for the next pupil differs from the one before the first");
    }
}
