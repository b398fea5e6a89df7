/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/stack.h"
#include "tests/screens/actor.h"
#include "tests/screens/tapped.h"

/*
 * A whole class session at a running kiosk, by real events: mentor, pupils, close, export, receipt. Called by
 * tests/demo/drive_class, which starts the kiosk and makes the twin's folder.
 *
 *   drive_class DISPLAY TWIN_STATE TWIN_EXPORT ROUND PIN CLASS PUPILS ANSWERS_CSV [SCREENS_FOLDER|""] [languages]
 *
 * Among the pupils: one with the keyboard alone, in the second language when there is one; a "no"; one who
 * stops and sends, one who stops and throws away; one who skips and steps back. Everybody else answers by
 * mouse. Their answers follow from their number. With `languages` each speaks another one instead: who reads from
 * right to left answers everything, the others some questions.
 */

enum arguments {
    ARG_DISPLAY = 1,
    ARG_STATE,
    ARG_EXPORT,
    ARG_ROUND,
    ARG_PIN,
    ARG_CLASS,
    ARG_PUPILS,
    ARG_ANSWERS,
    ARG_SCREENS,
    ARG_CAST
};

enum manner {
    BY_MOUSE,
    BY_KEYS,
    SAYS_NO,
    STOPS_AND_SENDS,
    STOPS_AND_DISCARDS,
    SKIPS_AND_STEPS_BACK,
    MANNERS
};

static const char *const manner_text[MANNERS] = {
    "answers everything, by mouse",
    "answers everything, with the keyboard alone",
    "says no",
    "stops on the way and sends what there is",
    "stops on the way and throws it away",
    "skips a question and steps back to another",
};

struct play {
    struct actor actor;
    struct desk *desk;
    const struct questionnaire *questionnaire;
    const char *class_label;
    FILE *answers;
    bool languages; /* each pupil another one */
    int pupil;      /* from 1 */
    int pupils;
    int answered;         /* items on this pupil's way */
    struct picture first; /* the real screen before the first pupil */
    struct tapped tapped;
};

static void die(const char *what) {
    fprintf(stderr, "drive_class: %s\n", what);
    exit(1);
}

static void must(enum fault fault, const char *what) {
    if (fault) {
        fprintf(stderr, "drive_class: %s: %s\n", what, fault_name(fault));
        exit(1);
    }
}

static void pupil(struct play *play, enum flow_event event, int value) {
    actor_do(&play->actor, ACTION_PUPIL + (int)event, value);
}

static void mentor(struct play *play, enum mentor_event event, int value) {
    actor_do(&play->actor, ACTION_MENTOR + (int)event, value);
}

static struct flow_view view(const struct play *play) {
    return flow_look(session_flow(desk_session(play->desk)));
}

/* ---- the mentor ---- */

/* By touch or by key, turn and turn about. */
static void unlock(struct play *play, const char *pin) {
    mentor(play, MENTOR_UNLOCK, 0);
    for (int i = 0; pin[i] != '\0'; i++) {
        if (i % 2 == 0) {
            actor_type(&play->actor, pin[i] - '0');
        } else {
            mentor(play, MENTOR_DIGIT, pin[i] - '0');
        }
    }
    actor_picture(&play->actor, "mentor-pin");
    mentor(play, MENTOR_ENTER, 0);
}

static int row_of_class(const struct play *play) {
    for (uint16_t i = 0; i < desk_class_count(play->desk); i++) {
        if (strcmp(desk_class_at(play->desk, i).class_item->label, play->class_label) == 0) {
            return i;
        }
    }
    die("the round has no such class");
    return 0;
}

static unsigned number_of(const struct play *play, enum mentor_field field) {
    return desk_mentor_view(play->desk, actor_now_ms()).number[field];
}

/* With the four buttons of a counter. */
static void count_to(struct play *play, enum mentor_field field, unsigned number) {
    enum { FIVE_LESS, ONE_LESS, ONE_MORE, FIVE_MORE };
    while (number_of(play, field) != number) {
        unsigned now = number_of(play, field);
        int step = now >= number + 5   ? FIVE_LESS
                   : now > number      ? ONE_LESS
                   : number >= now + 5 ? FIVE_MORE
                                       : ONE_MORE;
        actor_do(&play->actor, ACTION_COUNTER, (int)field * STACK_COUNTER_STEPS + step);
    }
}

static void open_class(struct play *play, const char *pin) {
    int row = row_of_class(play);
    actor_picture(&play->actor, "mentor-locked");
    unlock(play, pin);
    while (!actor_can(&play->actor, ACTION_MENTOR + MENTOR_PICK, row)) {
        actor_do(&play->actor, ACTION_MORE, 0);
    }
    actor_picture(&play->actor, "mentor-classes");
    mentor(play, MENTOR_PICK, row);
    count_to(play, MENTOR_LIMIT, (unsigned)play->pupils);
    actor_picture(&play->actor, "mentor-setup");
    mentor(play, MENTOR_OPEN, 0);
    if (desk_mentor_view(play->desk, actor_now_ms()).state == MENTOR_SETUP) {
        mentor(play, MENTOR_OPEN, 0); /* the date warning asks once more */
    }
}

static void close_class(struct play *play, const char *pin) {
    actor_picture(&play->actor, "pupil-everybody-done");
    unlock(play, pin);
    actor_picture(&play->actor, "mentor-overview");
    mentor(play, MENTOR_FINISH, 0);
    unsigned asked = desk_mentor_view(play->desk, actor_now_ms()).asked;
    count_to(play, MENTOR_PRESENT, asked - 1);
    count_to(play, MENTOR_ABSENT + BUNDLE_ABSENT_ILL, 1);
    actor_picture(&play->actor, "mentor-close");
    mentor(play, MENTOR_CONFIRM, 0);
    actor_picture(&play->actor, "mentor-export");
    mentor(play, MENTOR_PICK, 0);
    if (desk_receipt_count(play->desk) == 0) {
        die("there is no receipt");
    }
    actor_picture(&play->actor, "mentor-receipt");
    printf("  receipt: class %s, %u contributions\n", play->class_label,
           desk_receipt_at(play->desk, 0)->count);
    mentor(play, MENTOR_WRITTEN_DOWN, 0);
    mentor(play, MENTOR_LEAVE, 0);
}

/* ---- the pupils ---- */

static const char *code_of(const struct play *play) {
    return play->questionnaire->language[view(play).language].code;
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
    uint16_t item = view(play).item;
    const struct questionnaire_list *list = questionnaire_list_of(play->questionnaire, item);
    bool several = play->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    uint32_t bit = UINT32_C(1) << option;
    while (!actor_can(&play->actor, ACTION_PUPIL + FLOW_CHOOSE, option)) {
        actor_do(&play->actor, ACTION_MORE, 0);
    }
    pupil(play, FLOW_CHOOSE, option);
    play->tapped.chosen[item] =
        several && !list->option[option].exclusive ? play->tapped.chosen[item] | bit : bit;
}

static void answer(struct play *play) {
    uint16_t item = view(play).item;
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
    uint16_t here = view(play).item;
    pupil(play, FLOW_BACK, 0);
    if (!view(play).note) {
        const struct questionnaire_list *list = questionnaire_list_of(play->questionnaire, view(play).item);
        uint16_t other =
            (uint16_t)((liking(play, view(play).item, list->option_count) + 1u) % list->option_count);
        play->tapped.chosen[view(play).item] = 0;
        if (play->questionnaire->item[view(play).item].kind == QUESTIONNAIRE_SELECT_ONE) {
            choose(play, other);
        } else {
            pupil(play, FLOW_SKIP, 0);
            return;
        }
    }
    while (view(play).state == FLOW_QUESTION && view(play).item < here) {
        pupil(play, FLOW_NEXT, 0);
    }
}

/* Next without a choice explains; Skip goes on. */
static void skip(struct play *play) {
    pupil(play, FLOW_NEXT, 0);
    actor_picture(&play->actor, "pupil-nudge");
    pupil(play, FLOW_SKIP, 0);
}

static bool one_page(struct play *play, enum manner manner) {
    bool stops = manner == STOPS_AND_SENDS || manner == STOPS_AND_DISCARDS;
    if (view(play).note) {
        pupil(play, FLOW_NEXT, 0);
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
    answer(play);
    if (play->pupil == 1 && play->answered == 5) {
        actor_picture(&play->actor, "pupil-question");
    }
    if (play->languages && (play->answered == 3 || play->answered == 13)) {
        picture_in_language(play, play->answered == 3 ? "question" : "question-later");
    }
    if (stops && play->answered >= 4) {
        return false;
    }
    if (play->pupil == 1 && play->answered == 3) {
        actor_do_twice(&play->actor, ACTION_PUPIL + FLOW_NEXT, 0);
    } else {
        pupil(play, FLOW_NEXT, 0);
    }
    return true;
}

static void stop(struct play *play, enum manner manner) {
    pupil(play, FLOW_STOP, 0);
    actor_picture(&play->actor, "pupil-stop");
    if (manner == STOPS_AND_SENDS) {
        play->tapped.participation = ANSWERS_STOPPED;
        pupil(play, FLOW_STOP_SEND, 0);
    } else {
        play->tapped.participation = ANSWERS_DECLINED;
        pupil(play, FLOW_STOP_DISCARD, 0);
        pupil(play, FLOW_LEAVE, 0);
    }
}

/* Reads the explanation and tries the practice question: one skips it, the others answer it. */
static void read_the_explanation(struct play *play) {
    while (view(play).page != FLOW_PAGE_ASK) {
        actor_picture(&play->actor, "pupil-explanation");
        if (view(play).page == FLOW_PAGE_PRACTICE && play->pupil % 2 == 1) {
            pupil(play, FLOW_CHOOSE, play->pupil % FLOW_PRACTICE_OPTIONS);
        } else if (view(play).page == FLOW_PAGE_PRACTICE) {
            pupil(play, FLOW_SKIP, 0);
            continue;
        }
        pupil(play, FLOW_NEXT, 0);
    }
}

static void take_part(struct play *play, enum manner manner) {
    pupil(play, FLOW_AGREE, 0);
    while (view(play).state == FLOW_QUESTION) {
        if (!one_page(play, manner)) {
            stop(play, manner);
            return;
        }
    }
    actor_picture(&play->actor, "pupil-check");
    pupil(play, FLOW_SEND, 0);
}

static void say_no(struct play *play) {
    play->tapped.participation = ANSWERS_DECLINED;
    pupil(play, FLOW_DECLINE, 0);
    actor_picture(&play->actor, "pupil-no");
    pupil(play, FLOW_LEAVE, 0);
}

static enum manner manner_of(const struct play *play) {
    if (play->languages) {
        const struct questionnaire_language *language = &play->questionnaire->language[play->pupil - 1];
        return strings_run_from_right(language->code) ? BY_MOUSE : STOPS_AND_SENDS;
    }
    return play->pupil <= MANNERS ? (enum manner)(play->pupil - 1) : BY_MOUSE;
}

static void one_pupil(struct play *play) {
    enum manner manner = manner_of(play);
    int language = play->languages ? play->pupil - 1 : manner == BY_KEYS;
    printf("  pupil %d of %d %s\n", play->pupil, play->pupils, manner_text[manner]);
    fflush(stdout);
    play->tapped = (struct tapped){.participation = ANSWERS_ANSWERED};
    play->answered = 0;
    play->actor.by_keys = manner == BY_KEYS;
    pupil(play, FLOW_START, 0);
    if (view(play).state == FLOW_LANGUAGE) {
        actor_picture(&play->actor, "pupil-language");
        pupil(play, FLOW_CHOOSE_LANGUAGE, language);
    }
    read_the_explanation(play);
    actor_picture(&play->actor, "pupil-welcome");
    if (manner == SAYS_NO) {
        say_no(play);
    } else {
        take_part(play, manner);
    }
    if (view(play).state != FLOW_THANKS) {
        die("the pupil was not thanked");
    }
    actor_picture(&play->actor, "pupil-thanks");
    pupil(play, FLOW_LEAVE, 0);
    play->actor.by_keys = false;
    tapped_row(play->answers, play->questionnaire, play->class_label, &play->tapped);
}

static struct desk *open_twin(char *argv[]) {
    struct kiosk_state *state = NULL;
    struct desk *desk = NULL;
    must(kiosk_state_open(&state, argv[ARG_STATE]), "the twin's state folder");
    must(kiosk_state_load_round(state, argv[ARG_ROUND]), "the round");
    snprintf(state->export_folder, sizeof state->export_folder, "%s", argv[ARG_EXPORT]);
    must(desk_open(&desk, state, actor_now_ms()), "the twin");
    return desk;
}

/* Nothing tells that somebody was here, or how it ended: every pixel is as before the first pupil. */
static void compare_with_first(struct play *play) {
    struct picture *seen = &play->actor.seen;
    if (!display_look(play->actor.display, seen) || picture_pixels_apart(&play->first, seen) != 0) {
        die("the page for the next pupil differs from the one before the first");
    }
}

static void act_it_out(struct play *play, char *argv[]) {
    tapped_heading(play->answers, play->questionnaire);
    open_class(play, argv[ARG_PIN]);
    actor_picture(&play->actor, "pupil-ready");
    picture_open(&play->first, play->actor.display->width, play->actor.display->height);
    if (!display_look(play->actor.display, &play->first)) {
        die("the screen cannot be seen");
    }
    for (play->pupil = 1; play->pupil <= play->pupils; play->pupil++) {
        one_pupil(play);
        if (play->pupil < play->pupils) {
            compare_with_first(play); /* after the last one it says that everybody was there */
        }
    }
    picture_close(&play->first);
    close_class(play, argv[ARG_PIN]);
}

static const char *screens_of(int argc, char *argv[]) {
    return argc > ARG_SCREENS && argv[ARG_SCREENS][0] != '\0' ? argv[ARG_SCREENS] : NULL;
}

int main(int argc, char *argv[]) {
    struct play play = {0};
    struct display display;
    struct stage stage;
    if (argc < ARG_SCREENS) {
        die("see the head of tests/screens/drive_class.c for the arguments");
    }
    if (!display_open(&display, argv[ARG_DISPLAY], "Klankbord")) {
        die("no display, no kiosk on it, or no xdotool");
    }
    printf("  window %dx%d on a screen of %dx%d\n", display.width, display.height, display.screen_width,
           display.screen_height);
    play.desk = open_twin(argv);
    play.questionnaire = desk_round(play.desk)->questionnaire;
    play.class_label = argv[ARG_CLASS];
    play.pupils = (int)strtol(argv[ARG_PUPILS], NULL, 10);
    play.languages = argc > ARG_CAST && strcmp(argv[ARG_CAST], "languages") == 0;
    if (play.languages && play.pupils != play.questionnaire->language_count) {
        die("one pupil for each language, please");
    }
    play.answers = fopen(argv[ARG_ANSWERS], "w");
    struct machine machine;
    machine_look(&machine, desk_state(play.desk), NULL);
    machine.hardened = true; /* the kiosk is; the twin need not be */
    struct stage_setup setup = {
        .desk = play.desk, .machine = &machine, .width = display.width, .height = display.height};
    must(stage_open(&stage, &setup, actor_now_ms()), "the twin's stage");
    if (play.answers == NULL || !actor_begin(&play.actor, &display, &stage, screens_of(argc, argv), 15000)) {
        die("it cannot begin");
    }
    act_it_out(&play, argv);
    int unwritten = ferror(play.answers) | fclose(play.answers);
    actor_end(&play.actor);
    stage_close(&stage);
    desk_free(play.desk);
    display_close(&display);
    return unwritten ? 1 : 0;
}
