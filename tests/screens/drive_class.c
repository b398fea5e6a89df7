/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/stack.h"
#include "tests/screens/play.h"

/*
 * A whole class session at a running kiosk, by real events: mentor, pupils, close, export, receipt. Called by
 * tests/demo/drive_class, which starts the kiosk and makes the twin's folder.
 *
 *   drive_class DISPLAY TWIN_STATE TWIN_EXPORT ROUND PIN CLASS PUPILS ANSWERS_CSV [SCREENS_FOLDER|""]
 *               [languages|switch|idle|storm]
 *
 * Among the pupils: one with the keyboard alone, in the second language when there is one; a "no"; one who
 * stops and sends, one who stops and throws away; one who skips and steps back. Everybody else answers by
 * mouse. Their answers follow from their number. With `languages` each speaks another one instead: who reads
 * from right to left answers everything, the others some questions.
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

static void must(enum fault fault, const char *what) {
    if (fault) {
        fprintf(stderr, "drive_class: %s: %s\n", what, fault_name(fault));
        exit(1);
    }
}

static void mentor(struct play *play, enum mentor_event event, int value) {
    actor_do(&play->actor, ACTION_MENTOR + (int)event, value);
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
    play_die("the round has no such class");
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
    if (play->cast != PLAY_STORM) {
        count_to(play, MENTOR_LIMIT, (unsigned)play->pupils);
    }
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
        play_die("there is no receipt");
    }
    actor_picture(&play->actor, "mentor-receipt");
    printf("  receipt: class %s, %u contributions\n", play->class_label,
           desk_receipt_at(play->desk, 0)->count);
    mentor(play, MENTOR_WRITTEN_DOWN, 0);
    mentor(play, MENTOR_LEAVE, 0);
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

static void act_it_out(struct play *play, char *argv[]) {
    tapped_heading(play->answers, play->questionnaire);
    open_class(play, argv[ARG_PIN]);
    actor_picture(&play->actor, "pupil-ready");
    picture_open(&play->first, play->actor.display->width, play->actor.display->height);
    if (!display_look(play->actor.display, &play->first)) {
        play_die("the screen cannot be seen");
    }
    if (play->cast == PLAY_IDLE) {
        play_walk_away(play);
    }
    for (play->pupil = 1; play->pupil <= play->pupils; play->pupil++) {
        play_pupil(play);
        if (play->pupil < play->pupils || play->cast == PLAY_STORM) {
            play_compare_with_first(play); /* after the last one it says that everybody was there */
        }
        if (play->cast == PLAY_STORM && play->pupil == 1) {
            play_storm(play);
        }
    }
    picture_close(&play->first);
    close_class(play, argv[ARG_PIN]);
}

static const char *screens_of(int argc, char *argv[]) {
    return argc > ARG_SCREENS && argv[ARG_SCREENS][0] != '\0' ? argv[ARG_SCREENS] : NULL;
}

static enum play_cast cast_of(const char *name) {
    static const char *const names[] = {[PLAY_CLASS] = "",
                                        [PLAY_LANGUAGES] = "languages",
                                        [PLAY_SWITCH] = "switch",
                                        [PLAY_IDLE] = "idle",
                                        [PLAY_STORM] = "storm"};
    enum play_cast cast = PLAY_CLASS;
    while (cast < PLAY_STORM && strcmp(names[cast], name) != 0) {
        cast++;
    }
    bool known = strcmp(names[cast], name) == 0;
    bool timed = cast >= PLAY_SWITCH;
    if (!known || (timed && !actor_keep_clock())) {
        play_die(known ? "this cast needs a kept clock" : "there is no such cast");
    }
    return cast;
}

int main(int argc, char *argv[]) {
    struct play play = {0};
    struct display display;
    struct stage stage;
    if (argc < ARG_SCREENS) {
        play_die("see the head of tests/screens/drive_class.c for the arguments");
    }
    play.cast = cast_of(argc > ARG_CAST ? argv[ARG_CAST] : "");
    if (!display_open(&display, argv[ARG_DISPLAY], "Klankbord")) {
        play_die("no display, no kiosk on it, or no xdotool");
    }
    printf("  window %dx%d on a screen of %dx%d\n", display.width, display.height, display.screen_width,
           display.screen_height);
    play.desk = open_twin(argv);
    play.questionnaire = desk_round(play.desk)->questionnaire;
    play.class_label = argv[ARG_CLASS];
    play.pupils = (int)strtol(argv[ARG_PUPILS], NULL, 10);
    if (play.cast == PLAY_LANGUAGES && play.pupils != play.questionnaire->language_count) {
        play_die("one pupil for each language, please");
    }
    play.answers = fopen(argv[ARG_ANSWERS], "w");
    struct machine machine;
    machine_look(&machine, desk_state(play.desk), NULL);
    machine.hardened = true; /* the kiosk is; the twin need not be */
    struct stage_setup setup = {
        .desk = play.desk, .machine = &machine, .width = display.width, .height = display.height};
    must(stage_open(&stage, &setup, actor_now_ms()), "the twin's stage");
    if (play.answers == NULL || !actor_begin(&play.actor, &display, &stage, screens_of(argc, argv), 15000)) {
        play_die("it cannot begin");
    }
    act_it_out(&play, argv);
    int unwritten = ferror(play.answers) | fclose(play.answers);
    actor_end(&play.actor);
    stage_close(&stage);
    desk_free(play.desk);
    display_close(&display);
    return unwritten ? 1 : 0;
}
