/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/mentor_pages.h"

#include <string.h>

#include "kiosk/period.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/classes_page.h"
#include "kiosk/ui/closing_pages.h"
#include "kiosk/ui/mentor_say.h"
#include "kiosk/ui/message_page.h"

/*
 * What a mentor can still do something about: sound, the folder that stayed at home; and, when it is well,
 * headphones.
 */
static void listening(struct stack *stack, const struct mentor_pages_scene *scene, bool worries_only) {
    const struct voices *voices = scene->voices;
    if (voices == NULL || voices->named == 0) {
        return;
    }
    struct strings_value values[] = {{"count", NULL, voices->there}, {"total", NULL, voices->named}};
    if (!scene->can_listen) {
        mentor_say_text(stack, scene, STRINGS_SETUP_SOUNDLESS);
    } else if (voices->there < voices->named) {
        mentor_say_filled(stack, scene, THEME_BODY, STRINGS_SETUP_RECORDINGS, values, 2);
    } else if (!worries_only) {
        mentor_say_text(stack, scene, STRINGS_SETUP_HEADPHONES);
    }
}

/* Which days the round has and which day it is; without the mentor's opinion of it. */
static void period(struct stack *stack, const struct mentor_pages_scene *scene) {
    char text[STRINGS_TEXT_SIZE];
    period_say(text, scene->strings, scene->round->first_day, scene->round->last_day);
    stack_gap(stack, 6);
    stack_text(stack, THEME_BODY, THEME_INK, text);
}

/* Another round is here, or a file that is none for this machine. */
static void renewal(struct stack *stack, const struct mentor_pages_scene *scene) {
    const struct round_renewal *found = scene->renewal;
    struct strings_value value = {"count", NULL, found->remaining};
    char text[STRINGS_TEXT_SIZE];
    if (!found->fault && found->remaining > 0) {
        mentor_say_filled(stack, scene, THEME_LABEL, STRINGS_LOCKED_RENEW, &value, 1);
    } else if (found->fault && found->fault != FAULT_ROUND_MISSING && found->fault != FAULT_ROUND_OVER) {
        stack_gap(stack, 6);
        stack_text(stack, THEME_LABEL, THEME_INK, message_page_words(scene->strings, found->fault, true));
        message_page_file(text, scene->strings, found->search.path);
        stack_text(stack, THEME_SMALL, THEME_HELP, text);
    }
}

static void wrong_date(struct stack *stack, const struct mentor_pages_scene *scene) {
    period(stack, scene);
    mentor_say_text(stack, scene, STRINGS_LOCKED_CLOCK);
    if (scene->renewal) {
        renewal(stack, scene);
    }
}

/* There now: unplug it. There while pupils answered: a cover made it black, but for a mirror, which only she can have seen. */
static void other_screens(struct stack *stack, const struct mentor_pages_scene *scene) {
    if (scene->others > 0) {
        mentor_say_text(stack, scene,
                        scene->view.session_open ? STRINGS_DISPLAY_DURING : STRINGS_DISPLAY_SECOND);
    } else if (scene->had_others) {
        mentor_say_text(stack, scene, STRINGS_DISPLAY_WAS);
    }
}

static void locked_buttons(struct stack *stack, const struct mentor_pages_scene *scene) {
    bool renewable =
        scene->view.clock_wrong && scene->renewal && !scene->renewal->fault && scene->renewal->remaining > 0;
    struct stack_button row[] = {
        mentor_say_button(scene, STRINGS_LOCKED_LEAVE, MENTOR_LEAVE),
        mentor_say_button(scene, STRINGS_ADMIN_OPEN, MENTOR_ADMINISTER),
        {.text = renewable ? mentor_say(scene, STRINGS_LOCKED_TAKE_NEW) : "", .action = ACTION_RENEW},
        mentor_say_button(scene, STRINGS_LOCKED_UNLOCK, MENTOR_UNLOCK)};
    row[3].main = true;
    stack_buttons(stack, row, 4);
}

static void locked(struct stack *stack, const struct mentor_pages_scene *scene) {
    locked_buttons(stack, scene);
    stack_gap(stack, 30);
    stack_text(stack, THEME_TITLE, THEME_INK, mentor_say(scene, STRINGS_APP_NAME));
    stack_gap(stack, 6);
    stack_text(stack, THEME_LABEL, THEME_INK, scene->round->school);
    stack_text(stack, THEME_BODY, THEME_HELP,
               questionnaire_text_in(&scene->round->questionnaire->title, 0, NULL));
    stack_gap(stack, 20);
    struct strings_value value = {"class", scene->class_label, 0};
    mentor_say_filled(stack, scene, THEME_BODY,
                      scene->view.session_open ? STRINGS_LOCKED_OPEN : STRINGS_LOCKED_TEXT, &value, 1);
    mentor_say_machine(stack, scene);
    if (scene->view.clock_wrong) {
        wrong_date(stack, scene);
    }
    listening(stack, scene, true);
    other_screens(stack, scene);
    mentor_say_worries(stack, scene);
}

/* A disc for every digit: how many, not which. */
static void typed_digits(struct stack *stack, const struct mentor_pages_scene *scene) {
    char dots[3 * MENTOR_PIN_DIGITS + 2] = " ";
    for (uint16_t i = 0; i < scene->view.digits && i < MENTOR_PIN_DIGITS; i++) {
        memcpy(dots + 3 * i, "\xE2\x80\xA2", 4);
    }
    stack_centred(stack, THEME_TITLE, THEME_INK, dots);
}

static void pin_line(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct strings_value value = {"seconds", NULL, scene->view.wait_s};
    bool english = scene->strings->language == STRINGS_EN;
    char text[STRINGS_TEXT_SIZE];
    if (scene->view.wait_s > 0) {
        strings_format(text, sizeof text, scene->strings, STRINGS_PIN_WAIT, &value, 1);
        stack_centred(stack, THEME_BODY, THEME_INK, text);
    } else if (scene->view.fault) {
        stack_centred(stack, THEME_BODY, THEME_INK,
                      fault_text(scene->view.fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL));
    } else {
        stack_centred(stack, THEME_BODY, THEME_HELP, mentor_say(scene, STRINGS_PIN_HINT));
    }
}

static void pin(struct stack *stack, const struct mentor_pages_scene *scene) {
    static const char *const digit[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const int order[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    struct stack_card keys[12];
    for (int i = 0; i < 9; i++) {
        keys[i] = (struct stack_card){
            .text = digit[order[i]], .action = ACTION_MENTOR + MENTOR_DIGIT, .value = order[i]};
    }
    keys[9] = (struct stack_card){.text = mentor_say(scene, STRINGS_PIN_ERASE),
                                  .action = ACTION_MENTOR + MENTOR_ERASE};
    keys[10] = (struct stack_card){.text = digit[0], .action = ACTION_MENTOR + MENTOR_DIGIT};
    keys[11] = (struct stack_card){.text = mentor_say(scene, STRINGS_PIN_ENTER),
                                   .action = ACTION_MENTOR + MENTOR_ENTER};
    struct stack_button row[] = {
        mentor_say_button(scene, STRINGS_PIN_BACK, MENTOR_BACK), {.text = ""}, {.text = ""}};
    stack_buttons(stack, row, 3);
    stack_gap(stack, 10);
    stack_centred(stack, THEME_TITLE, THEME_INK,
                  mentor_say(scene, scene->view.leaving         ? STRINGS_PIN_LEAVING
                                    : scene->view.administering ? STRINGS_ADMIN_PIN
                                                                : STRINGS_PIN_TITLE));
    pin_line(stack, scene);
    typed_digits(stack, scene);
    stack_gap(stack, 6);
    int width = stack->theme->unit * 2 / 3;
    stack->x += (stack->width - width) / 2;
    stack->width = width;
    stack_grid(stack, keys, 12, 3, true);
}

static void setup(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct stack_button row[] = {mentor_say_button(scene, STRINGS_SETUP_BACK, MENTOR_BACK),
                                 mentor_say_button(scene, STRINGS_SETUP_REHEARSE, MENTOR_REHEARSE),
                                 mentor_say_button(scene, STRINGS_SETUP_OPEN, MENTOR_OPEN)};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    mentor_say_title(stack, scene, STRINGS_SETUP_TITLE);
    mentor_say_text(stack, scene, scene->view.catching_up ? STRINGS_SETUP_CATCH_UP : STRINGS_SETUP_TEXT);
    other_screens(stack, scene);
    stack_gap(stack, 10);
    stack_counter(stack, mentor_say(scene, STRINGS_SETUP_LIMIT), scene->view.number[MENTOR_LIMIT],
                  ACTION_COUNTER, MENTOR_LIMIT);
    if (scene->view.warned) {
        period(stack, scene);
        mentor_say_text(stack, scene, STRINGS_SETUP_WARNING);
    }
    if (scene->allows_old_versions) {
        mentor_say_text(stack, scene, STRINGS_SETUP_OLD_VERSIONS);
    }
    mentor_say_worries(stack, scene);
    listening(stack, scene, false);
    mentor_say_fault(stack, scene, scene->view.fault);
    if (stack->packing < STACK_PARTS) { /* on the smallest screens it is read from the guide */
        stack_gap(stack, 6);
        stack_text(stack, THEME_SMALL, THEME_HELP, mentor_say(scene, STRINGS_SETUP_SCRIPT));
    }
}

/* What a button is for, clear of the button under it. */
static void explained(struct stack *stack, const struct mentor_pages_scene *scene, enum strings_key what,
                      enum strings_key button, int action) {
    struct stack_card card = {.text = mentor_say(scene, button), .action = action};
    stack_gap(stack, 8);
    mentor_say_text(stack, scene, what);
    stack->y += stack->theme->gap;
    stack_grid(stack, &card, 1, 3, true);
}

static void overview(struct stack *stack, const struct mentor_pages_scene *scene) {
    enum strings_key finish = scene->view.rehearsing ? STRINGS_OVERVIEW_REHEARSED : STRINGS_OVERVIEW_FINISH;
    struct stack_button first[] = {mentor_say_button(scene, STRINGS_OVERVIEW_LEAVE, MENTOR_LEAVE),
                                   mentor_say_button(scene, STRINGS_OVERVIEW_PAUSE, MENTOR_LOCK),
                                   mentor_say_button(scene, finish, MENTOR_FINISH),
                                   mentor_say_button(scene, STRINGS_OVERVIEW_CONTINUE, MENTOR_CONTINUE)};
    struct strings_value values[] = {{"count", NULL, scene->count}, {"limit", NULL, scene->limit}};
    first[3].main = true;
    stack_buttons(stack, first, 4);
    mentor_say_title(stack, scene, STRINGS_OVERVIEW_TITLE);
    mentor_say_filled(stack, scene, THEME_CODE, STRINGS_OVERVIEW_COUNT, values, 2);
    mentor_say_text(stack, scene, STRINGS_OVERVIEW_TEXT);
    other_screens(stack, scene);
    mentor_say_machine(stack, scene);
    if (scene->session_fault) {
        mentor_say_fault(stack, scene, scene->session_fault);
        mentor_say_text(stack, scene, STRINGS_OVERVIEW_FAULT);
    }
    mentor_say_fault(stack, scene, scene->view.fault);
    if (scene->pupil_is_busy) {
        explained(stack, scene, STRINGS_OVERVIEW_PUPIL, STRINGS_OVERVIEW_RESET, ACTION_RESET_PUPIL);
    } else if (scene->is_full &&
               scene->may_admit) { /* a pupil is left over: two presses, the first one asks */
        explained(stack, scene, scene->view.warned ? STRINGS_OVERVIEW_ADMIT_SURE : STRINGS_OVERVIEW_FULL,
                  STRINGS_OVERVIEW_ADMIT, ACTION_MENTOR + MENTOR_ADMIT);
    }
}

/*
 * As long as the stick needs: the mentor sees that something happens, and what happens when she loses
 * patience.
 */
static void writing(struct stack *stack, const struct mentor_pages_scene *scene) {
    enum { SLOW_S = 4 };
    char text[STRINGS_TEXT_SIZE];
    struct strings_value values[] = {{"seconds", NULL, scene->apart_s}};
    stack_gap(stack, 10);
    stack_centred(stack, THEME_BODY, THEME_INK, mentor_say(scene, STRINGS_EXPORT_WAIT));
    if (scene->apart_s < SLOW_S) {
        return;
    }
    strings_format(text, sizeof text, scene->strings, STRINGS_EXPORT_SLOW, values, 1);
    stack_gap(stack, 10);
    stack_centred(stack, THEME_BODY, THEME_INK, text);
    stack_gap(stack, 10);
    stack_centred(stack, THEME_SMALL, THEME_HELP, mentor_say(scene, STRINGS_EXPORT_PULLED));
}

static void waiting(struct stack *stack, const struct mentor_pages_scene *scene) {
    stack->y = stack->theme->height / 3;
    stack_centred(stack, THEME_TITLE, THEME_INK, mentor_say(scene, STRINGS_APP_WAIT));
    if (scene->view.state == MENTOR_EXPORTING || scene->view.state == MENTOR_OPENING) {
        writing(stack, scene);
    }
}

void mentor_pages_build(struct stack *stack, const void *view) {
    const struct mentor_pages_scene *scene = view;
    if (scene->view.state == MENTOR_LOCKED || scene->view.state == MENTOR_SETUP ||
        scene->view.state == MENTOR_OVERVIEW) {
        stack_in_parts(stack, scene->strings, scene->part); /* where much has to be said at once */
        stack->more_columns = scene->view.state == MENTOR_SETUP ? 3 : 4; /* as the buttons of each */
    }
    switch (scene->view.state) {
    case MENTOR_LOCKED: locked(stack, scene); break;
    case MENTOR_PIN: pin(stack, scene); break;
    case MENTOR_CLASSES: classes_page_build(stack, scene); break;
    case MENTOR_SETUP: setup(stack, scene); break;
    case MENTOR_OVERVIEW: overview(stack, scene); break;
    case MENTOR_CLOSE: closing_pages_close(stack, scene); break;
    case MENTOR_EXPORT: closing_pages_export(stack, scene); break;
    case MENTOR_RECEIPT: closing_pages_receipt(stack, scene); break;
    case MENTOR_CLEARED: closing_pages_cleared(stack, scene); break;
    case MENTOR_CHECKING:
    case MENTOR_OPENING:
    case MENTOR_ADMITTING:
    case MENTOR_CLEARING:
    case MENTOR_CLOSING:
    case MENTOR_EXPORTING: waiting(stack, scene); break;
    case MENTOR_PUPILS:
    case MENTOR_GONE:
    case MENTOR_ADMIN:
    case MENTOR_STATES: break;
    }
}
