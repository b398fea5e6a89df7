/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/check_page.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"

enum { COLUMNS = 4, COLUMNS_LARGE = 2, LABEL_SIZE = 96 };

struct line {
    uint16_t item;
    bool answered;
};

static void buttons(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button row[] = {
        {.text = strings_get(scene->strings, STRINGS_QUESTION_BACK), .action = ACTION_PUPIL + FLOW_BACK},
        {.text = strings_get(scene->strings, STRINGS_QUESTION_STOP), .action = ACTION_PUPIL + FLOW_STOP},
        {.text = ""},
        {.text = strings_get(scene->strings, STRINGS_CHECK_SEND),
         .action = ACTION_PUPIL + FLOW_SEND,
         .main = true},
    };
    stack_buttons(stack, row, 4);
}

/* The number that the progress line gave it. */
static unsigned number_of(const struct pupil_pages_scene *scene, uint16_t item) {
    unsigned number = 0;
    for (uint16_t i = 0; i <= item; i++) {
        number += scene->flow->questionnaire->item[i].kind != QUESTIONNAIRE_NOTE;
    }
    return number;
}

static void label_of(char label[LABEL_SIZE], const struct pupil_pages_scene *scene, const struct line *line) {
    struct strings_value number = {"number", NULL, number_of(scene, line->item)};
    enum strings_key key = line->answered ? STRINGS_CHECK_ANSWERED : STRINGS_CHECK_OPEN;
    strings_format(label, LABEL_SIZE, scene->strings, key, &number, 1);
}

static void lines(struct stack *stack, const struct pupil_pages_scene *scene, const struct line *line,
                  size_t count) {
    char label[QUESTIONNAIRE_ITEMS][LABEL_SIZE];
    struct stack_card cards[QUESTIONNAIRE_ITEMS];
    for (size_t i = 0; i < count; i++) {
        label_of(label[i], scene, &line[i]);
        cards[i] =
            (struct stack_card){.text = label[i], .action = ACTION_PUPIL + FLOW_GOTO, .value = line[i].item};
    }
    stack_grid(stack, cards, count, stack->packing == STACK_FLOW ? COLUMNS_LARGE : COLUMNS, true);
}

/*
 * As lines_that_fit reckons with. All parts or none: where a row of one part is higher, the page is cut in another
 * way, and a pupil would go from one way to the other.
 */
static bool each_is_low(const struct stack *stack, const struct pupil_pages_scene *scene,
                        const struct line *line, size_t count) {
    bool low = true;
    for (size_t i = 0; low && i < count; i++) {
        char label[LABEL_SIZE];
        label_of(label, scene, &line[i]);
        struct stack_card card = {.text = label};
        low = stack_card_height(stack, &card, COLUMNS) <= stack->theme->target;
    }
    return low;
}

/* How many lines fit under what is on the page; `more` leaves room for the button to the next part. */
static size_t lines_that_fit(const struct stack *stack, bool more) {
    int gap = stack->theme->gap;
    int height = stack->theme->target;
    int room = stack->bottom - stack->y - (more ? stack->theme->target + gap * 3 / 2 : 0);
    int rows = (room + gap) / (height + gap);
    return rows < 1 ? COLUMNS : (size_t)rows * COLUMNS;
}

static void more_button(struct stack *stack, const struct pupil_pages_scene *scene, size_t part,
                        size_t parts) {
    char text[STRINGS_TEXT_SIZE];
    struct strings_value values[] = {{"page", NULL, (unsigned)part + 1}, {"pages", NULL, (unsigned)parts}};
    strings_format(text, sizeof text, scene->strings, STRINGS_CHECK_MORE, values, 2);
    struct stack_button more = {.text = text, .action = ACTION_MORE};
    stack_buttons(stack, &more, 1);
}

void check_page_build(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct line line[QUESTIONNAIRE_ITEMS];
    uint16_t count = 0;
    while (count < QUESTIONNAIRE_ITEMS &&
           flow_check_line(scene->flow, count, &line[count].item, &line[count].answered)) {
        count++;
    }
    buttons(stack, scene);
    stack_below_progress(stack);
    stack_gap(stack, 25);
    listen_text(stack, scene, THEME_TITLE, THEME_INK, STRINGS_CHECK_TITLE);
    stack_gap(stack, 8);
    listen_text(stack, scene, THEME_BODY, THEME_INK, STRINGS_CHECK_TEXT);
    stack_gap(stack, 12);
    bool may_part = stack->packing == STACK_PARTS;
    if (!may_part || count <= lines_that_fit(stack, false)) {
        lines(stack, scene, line, count);
        return;
    }
    size_t fit = lines_that_fit(stack, true);
    size_t parts = (count + fit - 1) / fit;
    size_t part = scene->part % parts;
    size_t first = part * fit;
    more_button(stack, scene, part, parts);
    if (!each_is_low(stack, scene, line, count)) {
        stack->page->overflow = true;
    }
    lines(stack, scene, line + first, count - first < fit ? count - first : fit);
}
