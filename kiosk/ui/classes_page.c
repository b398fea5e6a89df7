/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/classes_page.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/mentor_say.h"

static void row_text(char text[STRINGS_TEXT_SIZE], const struct mentor_pages_scene *scene, uint16_t row) {
    const struct desk_class *item = &scene->classes[row];
    unsigned asked = round_class_asked(item->class_item);
    struct strings_value values[] = {
        {"class", item->class_item->label, 0}, {"pupils", NULL, asked}, {"count", NULL, item->contributions}};
    enum strings_key used = item->closed_sessions == 0 ? STRINGS_CLASSES_ROW : STRINGS_CLASSES_ROW_USED;
    strings_format(text, STRINGS_TEXT_SIZE, scene->strings, asked == 0 ? STRINGS_CLASSES_ROW_NOBODY : used,
                   values, 3);
}

/* A class that nobody is asked of cannot be picked: a line of text, not a target. */
static void class_row(struct stack *stack, const struct mentor_pages_scene *scene, uint16_t row) {
    const struct desk_class *item = &scene->classes[row];
    bool nobody = round_class_asked(item->class_item) == 0;
    char text[STRINGS_TEXT_SIZE];
    row_text(text, scene, row);
    struct stack_card cards[] = {
        {.text = text, .action = nobody ? ACTION_NONE : ACTION_MENTOR + MENTOR_PICK, .value = row},
        {.text = item->closed_sessions == 0 ? "" : mentor_say(scene, STRINGS_CLASSES_EXPORT),
         .action = ACTION_MENTOR + MENTOR_EXPORT_CLASS,
         .value = row},
    };
    stack_grid(stack, cards, 2, 2, false);
}

/* As many as fit when each were as high as the highest, under buttons of two lines. */
static size_t rows_that_fit(const struct stack *stack, const struct mentor_pages_scene *scene) {
    int gap = stack->theme->gap;
    struct stack_card three_lines = {.text = "\n\n"};
    int buttons = stack_card_height(stack, &three_lines, 4) + gap * 3 / 2;
    int height = stack->theme->target;
    for (uint16_t i = 0; i < scene->class_count; i++) {
        char text[STRINGS_TEXT_SIZE];
        row_text(text, scene, i);
        int needed = stack_card_height(stack, &(struct stack_card){.text = text}, 2);
        height = needed > height ? needed : height;
    }
    int rows = (stack->bottom - buttons - stack->y + gap) / (height + gap);
    return rows < 1 ? 1 : (size_t)rows;
}

/* The two places of the bottom row that lead to the other parts. */
static void turning(struct stack_button row[4], const struct mentor_pages_scene *scene, size_t part,
                    size_t parts) {
    if (part > 0) {
        row[2] =
            (struct stack_button){.text = mentor_say(scene, STRINGS_CLASSES_PREVIOUS), .action = ACTION_LESS};
    }
    if (part + 1 < parts) {
        row[3] =
            (struct stack_button){.text = mentor_say(scene, STRINGS_CLASSES_NEXT), .action = ACTION_MORE};
    }
}

void classes_page_build(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct stack_button row[] = {mentor_say_button(scene, STRINGS_CLASSES_LEAVE, MENTOR_LEAVE),
                                 mentor_say_button(scene, STRINGS_CLASSES_LOCK, MENTOR_LOCK),
                                 {.text = ""},
                                 {.text = ""}};
    mentor_say_title(stack, scene, STRINGS_CLASSES_TITLE);
    mentor_say_fault(stack, scene, scene->view.fault);
    size_t fit = rows_that_fit(stack, scene);
    size_t parts = (scene->class_count + fit - 1) / fit;
    size_t part = parts == 0 ? 0 : scene->part % parts;
    turning(row, scene, part, parts);
    stack_buttons(stack, row, 4);
    for (size_t i = part * fit; i < scene->class_count && i < (part + 1) * fit; i++) {
        class_row(stack, scene, (uint16_t)i);
    }
}
