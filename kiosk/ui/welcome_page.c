/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/welcome_page.h"

#include <stdio.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/question_page.h"

static const char *say(const struct pupil_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

static struct stack_button button(const struct pupil_pages_scene *scene, enum strings_key key,
                                  enum flow_event event) {
    return (struct stack_button){.text = say(scene, key), .action = ACTION_PUPIL + (int)event};
}

/* In the places where the questions have them. */
static void buttons(struct stack *stack, const struct pupil_pages_scene *scene, enum flow_page page) {
    struct stack_button skip = button(scene, STRINGS_QUESTION_SKIP, FLOW_SKIP);
    struct stack_button row[] = {button(scene, STRINGS_QUESTION_BACK, FLOW_BACK),
                                 {.text = ""},
                                 page == FLOW_PAGE_PRACTICE ? skip : (struct stack_button){.text = ""},
                                 button(scene, STRINGS_WELCOME_NEXT, FLOW_NEXT)};
    row[3].main = true;
    stack_buttons(stack, row, 4);
}

static void progress_text(char text[STRINGS_TEXT_SIZE], const struct pupil_pages_scene *scene,
                          enum flow_page page) {
    struct strings_value values[] = {{"page", NULL, (unsigned)page + 1}, {"pages", NULL, FLOW_PAGES}};
    strings_format(text, STRINGS_TEXT_SIZE, scene->strings, STRINGS_WELCOME_PAGE, values, 2);
}

static void progress(struct stack *stack, const struct pupil_pages_scene *scene, enum flow_page page) {
    char text[STRINGS_TEXT_SIZE];
    progress_text(text, scene, page);
    stack_text(stack, THEME_SMALL, THEME_HELP, text);
}

/* It is one of the pages, and says in the same line that it is to practise on: it has no room for two. */
static void practice_progress(struct stack *stack, const struct pupil_pages_scene *scene) {
    char place[STRINGS_TEXT_SIZE];
    char text[2 * STRINGS_TEXT_SIZE];
    progress_text(place, scene, FLOW_PAGE_PRACTICE);
    snprintf(text, sizeof text, "%s \u00B7 %s", place, say(scene, STRINGS_PRACTICE_TITLE));
    struct page_item *item = stack_text(stack, THEME_SMALL, THEME_HELP, text);
    if (item != NULL) {
        item->voice = listen_words(scene, STRINGS_PRACTICE_TITLE);
    }
}

static void title_and_text(struct stack *stack, const struct pupil_pages_scene *scene, enum strings_key title,
                           enum strings_key text) {
    stack_gap(stack, 25);
    listen_text(stack, scene, THEME_TITLE, THEME_INK, title);
    stack_gap(stack, 15);
    listen_text(stack, scene, THEME_BODY, THEME_INK, text);
}

static void told(struct stack *stack, const struct pupil_pages_scene *scene, enum flow_page page,
                 enum strings_key title, enum strings_key text) {
    buttons(stack, scene, page);
    progress(stack, scene, page);
    title_and_text(stack, scene, title, text);
}

static enum strings_key who_sees_what(enum round_mode mode) {
    switch (mode) {
    case ROUND_TWO_MACHINES: return STRINGS_WELCOME_TWO_MACHINES;
    case ROUND_ONE_MACHINE: return STRINGS_WELCOME_ONE_MACHINE;
    case ROUND_SOLO: return STRINGS_WELCOME_SOLO;
    }
    return STRINGS_WELCOME_SOLO;
}

static void practice(struct stack *stack, const struct pupil_pages_scene *scene) {
    static const enum strings_key options[FLOW_PRACTICE_OPTIONS] = {
        STRINGS_PRACTICE_FIRST, STRINGS_PRACTICE_SECOND, STRINGS_PRACTICE_THIRD, STRINGS_PRACTICE_DONT_KNOW,
        STRINGS_PRACTICE_RATHER_NOT};
    struct stack_card cards[FLOW_PRACTICE_OPTIONS];
    for (uint16_t i = 0; i < FLOW_PRACTICE_OPTIONS; i++) {
        cards[i] = (struct stack_card){.mark = PAGE_MARK_RING,
                                       .text = say(scene, options[i]),
                                       .action = ACTION_PUPIL + FLOW_CHOOSE,
                                       .value = i,
                                       .voice = listen_words(scene, options[i]),
                                       .chosen = flow_is_chosen(scene->flow, i)};
    }
    bool nudge = flow_look(scene->flow).nudge;
    buttons(stack, scene, FLOW_PAGE_PRACTICE);
    practice_progress(stack, scene);
    stack_gap(stack, 10);
    enum strings_key told = nudge ? STRINGS_QUESTION_NUDGE : STRINGS_PRACTICE_TEXT;
    struct question_page_hint hint = {.style = THEME_BODY};
    if (stack->packing == STACK_PARTS && !nudge) {
        hint.text = say(scene, told);
        hint.voice = listen_words(scene, told);
    } else {
        listen_text(stack, scene, THEME_BODY, nudge ? THEME_INK : THEME_HELP, told);
        stack_gap(stack, 10);
    }
    struct page_item *question =
        listen_text(stack, scene, THEME_QUESTION, THEME_INK, STRINGS_PRACTICE_QUESTION);
    if (question != NULL) {
        question->again = true;
    }
    question_page_answers(stack, scene, cards, FLOW_PRACTICE_OPTIONS, QUESTION_PAGE_END_NO_OPINION, &hint);
}

void welcome_page_who(struct stack *stack, const struct pupil_pages_scene *scene) {
    title_and_text(stack, scene, STRINGS_WELCOME_WHO_TITLE, who_sees_what(scene->round->mode));
    if (scene->round->choices & ROUND_INCIDENTS_IN_CLASS) {
        stack_gap(stack, 15);
        listen_text(stack, scene, THEME_BODY, THEME_INK, STRINGS_WELCOME_INCIDENTS);
    }
}

/* Yes and no look the same: neither is the expected answer. */
static void ask(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button row[] = {button(scene, STRINGS_QUESTION_BACK, FLOW_BACK),
                                 button(scene, STRINGS_WELCOME_NO, FLOW_DECLINE),
                                 button(scene, STRINGS_WELCOME_YES, FLOW_AGREE)};
    row[1].voice = listen_words(scene, STRINGS_WELCOME_NO);
    row[2].voice = listen_words(scene, STRINGS_WELCOME_YES);
    stack_buttons(stack, row, 3);
    progress(stack, scene, FLOW_PAGE_ASK);
    title_and_text(stack, scene, STRINGS_WELCOME_TITLE, STRINGS_WELCOME_CHOICE);
}

void welcome_page_build(struct stack *stack, const struct pupil_pages_scene *scene) {
    enum flow_page page = flow_look(scene->flow).page;
    switch (page) {
    case FLOW_PAGE_WHAT: told(stack, scene, page, STRINGS_WELCOME_WHAT_TITLE, STRINGS_WELCOME_WHAT); break;
    case FLOW_PAGE_WHO:
        buttons(stack, scene, page);
        progress(stack, scene, page);
        welcome_page_who(stack, scene);
        break;
    case FLOW_PAGE_HELP: told(stack, scene, page, STRINGS_WELCOME_HELP_TITLE, STRINGS_WELCOME_HELP); break;
    case FLOW_PAGE_PRACTICE: practice(stack, scene); break;
    case FLOW_PAGE_ASK: ask(stack, scene); break;
    case FLOW_PAGES: break;
    }
}
