/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/pupil_pages.h"

#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/check_page.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/panel_pages.h"
#include "kiosk/ui/question_page.h"
#include "kiosk/ui/welcome_page.h"

static const char *say(const struct pupil_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

static void title_and_text(struct stack *stack, const struct pupil_pages_scene *scene, enum strings_key title,
                           enum strings_key text) {
    stack_below_progress(stack);
    stack_gap(stack, 25);
    listen_text(stack, scene, THEME_TITLE, THEME_INK, title);
    stack_gap(stack, 12);
    listen_text(stack, scene, THEME_BODY, THEME_INK, text);
    stack_gap(stack, 15);
}

static struct stack_button button(const struct pupil_pages_scene *scene, enum strings_key key,
                                  enum flow_event event) {
    return (struct stack_button){.text = say(scene, key), .action = ACTION_PUPIL + (int)event};
}

/* The mentor's corner: left below, where no pupil's button is. */
static struct stack_button mentor_corner(const struct pupil_pages_scene *scene) {
    if (scene->preview) {
        return (struct stack_button){.text = say(scene, STRINGS_PREVIEW_CLOSE), .action = ACTION_CLOSE};
    }
    return (struct stack_button){.text = say(scene, STRINGS_APP_MENTOR), .action = ACTION_MENTOR};
}

static void ready(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button start = button(scene, STRINGS_READY_START, FLOW_START);
    start.main = true;
    struct stack_button row[] = {
        mentor_corner(scene), {.text = ""}, scene->full ? (struct stack_button){.text = ""} : start};
    stack_buttons(stack, row, 3);
    stack_gap(stack, 20);
    stack_text(stack, THEME_SMALL, THEME_HELP,
               scene->preview ? say(scene, STRINGS_PREVIEW_FULL) : scene->round->school);
    stack_gap(stack, 15);
    title_and_text(stack, scene, scene->full ? STRINGS_READY_FULL_TITLE : STRINGS_READY_TITLE,
                   scene->full ? STRINGS_READY_FULL_TEXT : STRINGS_READY_TEXT);
}

static void language(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button row[] = {
        button(scene, STRINGS_QUESTION_BACK, FLOW_BACK), {.text = ""}, {.text = ""}, {.text = ""}};
    const struct flow *flow = scene->flow;
    struct stack_card cards[QUESTIONNAIRE_LANGUAGES];
    stack_buttons(stack, row, 4);
    stack_below_progress(stack);
    stack_gap(stack, 25);
    stack_text(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_LANGUAGE_TITLE));
    stack_gap(stack, 20);
    for (uint16_t i = 0; i < flow->language_count; i++) {
        cards[i] = (struct stack_card){.text = flow->questionnaire->language[flow->languages[i]].name,
                                       .action = ACTION_PUPIL + FLOW_CHOOSE_LANGUAGE,
                                       .value = i};
    }
    stack_grid(stack, cards, flow->language_count, flow->language_count > 5 ? 2 : 1, false);
}

static void help_lines(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct flow_view view = flow_look(scene->flow);
    const char *code = scene->flow->questionnaire->language[view.language].code;
    bool own = false;
    for (int i = 0; i < scene->round->help_count; i++) {
        own = own || strcmp(scene->round->help[i].language, code) == 0;
    }
    if (scene->round->help_count == 0) {
        return;
    }
    stack_gap(stack, 10);
    listen_text(stack, scene, THEME_LABEL, THEME_INK, STRINGS_THANKS_HELP);
    for (int i = 0; i < scene->round->help_count; i++) {
        if (!own || strcmp(scene->round->help[i].language, code) == 0) {
            stack_gap(stack, 4);
            stack_text(stack, THEME_BODY, THEME_INK, scene->round->help[i].line);
        }
    }
}

/* A text of one ending, in the place where the other ending has its own, paragraph for paragraph. */
static void twin_text(struct stack *stack, const struct pupil_pages_scene *scene, enum theme_text style,
                      enum strings_key key, enum strings_key twin) {
    char text[STRINGS_TEXT_SIZE];
    char other[STRINGS_TEXT_SIZE];
    for (size_t i = 0;; i++) {
        listen_paragraph(text, say(scene, key), i);
        listen_paragraph(other, say(scene, twin), i);
        if (text[0] == '\0' && other[0] == '\0') {
            return;
        }
        stack_gap(stack, i == 0 ? 0 : LISTEN_PARAGRAPH_GAP);
        struct page_item *item = stack_twin(stack, style, THEME_INK, text, other);
        if (item != NULL) {
            item->voice = listen_words(scene, key);
        }
    }
}

/*
 * The same picture whether a pupil said no, stopped or answered everything, from where a neighbour sits: two
 * buttons in the same places, texts with room for the longer of the two, and the help below them at the same
 * height; in as many parts, where it comes in parts.
 */
static void ending(struct stack *stack, const struct pupil_pages_scene *scene, bool quiet,
                   const struct stack_button *other) {
    struct stack_button done = button(scene, STRINGS_THANKS_DONE, FLOW_LEAVE);
    struct stack_button row[] = {*other, {.text = ""}, done};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    stack_below_progress(stack);
    stack_gap(stack, 25);
    twin_text(stack, scene, THEME_TITLE, quiet ? STRINGS_QUIET_TITLE : STRINGS_THANKS_TITLE,
              quiet ? STRINGS_THANKS_TITLE : STRINGS_QUIET_TITLE);
    stack_gap(stack, 12);
    twin_text(stack, scene, THEME_BODY, quiet ? STRINGS_QUIET_TEXT : STRINGS_THANKS_TEXT,
              quiet ? STRINGS_THANKS_TEXT : STRINGS_QUIET_TEXT);
    stack_gap(stack, 15);
    help_lines(stack, scene);
}

static void quiet(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button back = button(scene, STRINGS_QUIET_BACK, FLOW_BACK);
    back.twin = say(scene, STRINGS_THANKS_WHO);
    back.voice = listen_words(scene, STRINGS_QUIET_BACK);
    ending(stack, scene, true, &back);
}

static void stop_ask(struct stack *stack, const struct pupil_pages_scene *scene) {
    static const struct {
        enum strings_key text;
        enum flow_event event;
    } ways[] = {{STRINGS_STOP_SEND, FLOW_STOP_SEND},
                {STRINGS_STOP_DISCARD, FLOW_STOP_DISCARD},
                {STRINGS_STOP_RETURN, FLOW_STOP_RETURN}};
    struct stack_card cards[3];
    for (int i = 0; i < 3; i++) {
        cards[i] = (struct stack_card){.text = say(scene, ways[i].text),
                                       .action = ACTION_PUPIL + (int)ways[i].event,
                                       .voice = listen_words(scene, ways[i].text)};
    }
    title_and_text(stack, scene, STRINGS_STOP_TITLE, STRINGS_STOP_TEXT);
    stack_grid(stack, cards, 3, 1, false);
}

static void thanks(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button who = {.text = say(scene, STRINGS_THANKS_WHO),
                               .action = ACTION_PANEL,
                               .value = PANEL_WHO,
                               .twin = say(scene, STRINGS_QUIET_BACK),
                               .voice = listen_words(scene, STRINGS_THANKS_WHO)};
    ending(stack, scene, false, &who);
}

static void count_down(struct stack *stack, const struct pupil_pages_scene *scene, unsigned seconds) {
    char text[STRINGS_TEXT_SIZE];
    struct strings_value value = {"seconds", NULL, seconds};
    strings_format(text, sizeof text, scene->strings, STRINGS_HIDDEN_COUNTDOWN, &value, 1);
    stack_text(stack, THEME_QUESTION, THEME_INK, text);
}

/* The button stays where it is when the counting begins. */
static void hidden(struct stack *stack, const struct pupil_pages_scene *scene, unsigned countdown) {
    bool counts = countdown > 0;
    struct stack_button row[] = {
        mentor_corner(scene),
        {.text = ""},
        button(scene, counts ? STRINGS_HIDDEN_HERE : STRINGS_HIDDEN_RETURN, FLOW_NEXT)};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    title_and_text(stack, scene, counts ? STRINGS_HIDDEN_TITLE : STRINGS_HIDDEN_PAUSE,
                   counts ? STRINGS_HIDDEN_WARNING : STRINGS_HIDDEN_TEXT);
    if (counts) {
        count_down(stack, scene, countdown);
    }
}

static void sorry(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button row[] = {mentor_corner(scene), {.text = ""}, {.text = ""}};
    stack_buttons(stack, row, 3);
    title_and_text(stack, scene, STRINGS_SORRY_TITLE, STRINGS_SORRY_TEXT);
}

/* What the flow shows now. */
static void build_page(struct stack *stack, const struct pupil_pages_scene *scene,
                       const struct flow_view *look) {
    if (look->hidden) {
        hidden(stack, scene, look->countdown);
        return;
    }
    if (scene->panel != PANEL_NONE) {
        panel_pages_build(stack, scene);
        return;
    }
    switch (look->state) {
    case FLOW_READY: ready(stack, scene); break;
    case FLOW_LANGUAGE: language(stack, scene); break;
    case FLOW_WELCOME: welcome_page_build(stack, scene); break;
    case FLOW_DECLINED_QUIET: quiet(stack, scene); break;
    case FLOW_QUESTION: question_page_build(stack, scene); break;
    case FLOW_STOP_ASK: stop_ask(stack, scene); break;
    case FLOW_CHECK: check_page_build(stack, scene); break;
    case FLOW_SENDING: title_and_text(stack, scene, STRINGS_SENDING_TITLE, STRINGS_SENDING_TEXT); break;
    case FLOW_THANKS: thanks(stack, scene); break;
    case FLOW_SORRY: sorry(stack, scene); break;
    case FLOW_STATES: break;
    }
}

void pupil_pages_build(struct stack *stack, const void *view) {
    const struct pupil_pages_scene *scene = view;
    struct flow_view look = flow_look(scene->flow);
    stack->page->from_right =
        strings_run_from_right(scene->flow->questionnaire->language[look.language].code);
    stack_in_parts(stack, scene->strings, scene->part);
    if (!look.hidden && scene->panel == PANEL_NONE) {
        panel_pages_add_tools(stack, scene);
    }
    build_page(stack, scene, &look);
    /* A photograph of any page tells what it is of; and every page is that of a lesson, place for place. */
    if (scene->preview) {
        stack_mark(stack, say(scene, STRINGS_PREVIEW_MARK));
    }
}
