/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/check_page.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"

enum { COLUMNS = 4, COLUMNS_LARGE = 2, LABEL_SIZE = 96 };

/* How the lines stand: all of them as high as one line of text, where there is a way. */
struct shape {
    int columns;
    bool small;
};

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
                  size_t count, struct shape shape) {
    char label[QUESTIONNAIRE_ITEMS][LABEL_SIZE];
    struct stack_card cards[QUESTIONNAIRE_ITEMS];
    for (size_t i = 0; i < count; i++) {
        label_of(label[i], scene, &line[i]);
        cards[i] = (struct stack_card){.text = label[i],
                                       .action = ACTION_PUPIL + FLOW_GOTO,
                                       .value = line[i].item,
                                       .small = shape.small};
    }
    stack_grid(stack, cards, count, shape.columns, true);
}

/*
 * As lines_that_fit reckons with. All parts or none: where a row of one part is higher, the page is cut in another
 * way, and a pupil would go from one way to the other. Answered or not, so that nothing moves with an answer.
 */
static bool each_is_low(const struct stack *stack, const struct pupil_pages_scene *scene,
                        const struct line *line, size_t count, struct shape shape) {
    bool low = true;
    for (size_t i = 0; low && i < 2 * count; i++) {
        char label[LABEL_SIZE];
        struct line either = {.item = line[i / 2].item, .answered = i % 2 == 0};
        label_of(label, scene, &either);
        struct stack_card card = {.text = label, .small = shape.small};
        low = stack_card_height(stack, &card, shape.columns) <= stack->theme->target;
    }
    return low;
}

/* Smaller letters only where room is short; two columns of any height where nothing helps. */
static struct shape shape_of(const struct stack *stack, const struct pupil_pages_scene *scene,
                             const struct line *line, size_t count, bool *low) {
    static const struct shape shapes[] = {{COLUMNS, false}, {COLUMNS - 1, false}, {COLUMNS, true}};
    bool short_of_room = stack->packing >= STACK_TIGHT;
    *low = false;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct shape shape = shapes[short_of_room && i > 0 ? 3 - i : i];
        if ((short_of_room || !shape.small) && each_is_low(stack, scene, line, count, shape)) {
            *low = true;
            return shape;
        }
    }
    return (struct shape){stack->packing == STACK_FLOW ? COLUMNS_LARGE : COLUMNS, false};
}

/* How many lines fit under what is on the page; `more` leaves room for the button to the next part. */
static size_t lines_that_fit(const struct stack *stack, bool more, int columns) {
    int gap = stack->theme->gap;
    int height = stack->theme->target;
    int room = stack->bottom - stack->y - (more ? stack->theme->target + gap * 3 / 2 : 0);
    int rows = (room + gap) / (height + gap);
    return (size_t)(rows < 1 ? 1 : rows) * (size_t)columns;
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
    struct page_item *title = listen_text(stack, scene, THEME_TITLE, THEME_INK, STRINGS_CHECK_TITLE);
    if (title != NULL) {
        title->again = true;
    }
    stack_gap(stack, 8);
    enum theme_text style =
        stack->packing == STACK_TIGHT ? THEME_SMALL : THEME_BODY; /* it is to fit as one */
    listen_text(stack, scene, style, THEME_INK, STRINGS_CHECK_TEXT);
    stack_gap(stack, 12);
    bool low = false;
    struct shape shape = shape_of(stack, scene, line, count, &low);
    bool may_part = stack->packing == STACK_PARTS;
    if (!may_part || count <= lines_that_fit(stack, false, shape.columns)) {
        lines(stack, scene, line, count, shape);
        return;
    }
    size_t fit = lines_that_fit(stack, true, shape.columns);
    size_t parts = (count + fit - 1) / fit;
    size_t part = scene->part % parts;
    size_t first = part * fit;
    more_button(stack, scene, part, parts);
    if (!low) {
        stack->page->overflow = true;
    }
    lines(stack, scene, line + first, count - first < fit ? count - first : fit, shape);
}
