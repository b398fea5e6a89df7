/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/closing_pages.h"

#include <stdio.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/mentor_say.h"

static void sum_line(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct strings_value values[] = {{"sum", NULL, scene->view.sum}, {"asked", NULL, scene->view.asked}};
    mentor_say_filled(stack, scene, THEME_BODY,
                      scene->view.warned ? STRINGS_CLOSE_WARNING : STRINGS_CLOSE_SUM, values, 2);
}

void closing_pages_close(struct stack *stack, const struct mentor_pages_scene *scene) {
    static const enum strings_key absence[BUNDLE_ABSENCES] = {
        [BUNDLE_ABSENT_ILL] = STRINGS_CLOSE_ILL,
        [BUNDLE_ABSENT_ELSEWHERE] = STRINGS_CLOSE_ELSEWHERE,
        [BUNDLE_ABSENT_PARENTS] = STRINGS_CLOSE_PARENTS,
        [BUNDLE_ABSENT_OTHER] = STRINGS_CLOSE_OTHER,
    };
    struct stack_button row[] = {mentor_say_button(scene, STRINGS_CLOSE_BACK, MENTOR_BACK),
                                 {.text = ""},
                                 mentor_say_button(scene, STRINGS_CLOSE_CONFIRM, MENTOR_CONFIRM)};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    mentor_say_title(stack, scene, STRINGS_CLOSE_TITLE);
    if (stack->packing < STACK_PAIR) { /* on the smallest screens the counters matter more */
        mentor_say_text(stack, scene, STRINGS_CLOSE_TEXT);
    }
    stack_counter(stack, mentor_say(scene, STRINGS_CLOSE_PRESENT), scene->view.number[MENTOR_PRESENT],
                  ACTION_COUNTER, MENTOR_PRESENT);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        stack_counter(stack, mentor_say(scene, absence[i]), scene->view.number[MENTOR_ABSENT + i],
                      ACTION_COUNTER, MENTOR_ABSENT + i);
    }
    sum_line(stack, scene);
    mentor_say_fault(stack, scene, scene->view.fault);
}

/* A receipt that lets nothing go: what is the matter with it, and that nothing was erased. */
static void not_cleared(struct stack *stack, const struct mentor_pages_scene *scene) {
    enum fault fault = scene->view.fault;
    enum strings_key key = fault == FAULT_FILE_MISSING        ? STRINGS_CLEARED_NONE
                           : fault == FAULT_ROUND_OTHER       ? STRINGS_CLEARED_OTHER
                           : fault == FAULT_SIGNATURE_MISSING ? STRINGS_CLEARED_HALF
                                                              : STRINGS_CLEARED_DAMAGED;
    if (fault == FAULT_FILE_WRITE || fault == FAULT_READ_ONLY || fault == FAULT_MEMORY) {
        mentor_say_fault(stack, scene, fault);
        mentor_say_text(stack, scene, STRINGS_CLEARED_AGAIN);
        return;
    }
    mentor_say_filled(stack, scene, THEME_LABEL, key, NULL, 0);
    mentor_say_text(stack, scene, STRINGS_CLEARED_UNTOUCHED);
}

void closing_pages_export(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct stack_button row[] = {
        mentor_say_button(scene, STRINGS_EXPORT_BACK, MENTOR_BACK),
        mentor_say_button(scene, STRINGS_EXPORT_CLEAR, MENTOR_CLEAR),
        {.text = mentor_say(scene, STRINGS_EXPORT_REFRESH), .action = ACTION_REFRESH}};
    stack_buttons(stack, row, 3);
    mentor_say_title(stack, scene, STRINGS_EXPORT_TITLE);
    mentor_say_text(stack, scene, STRINGS_EXPORT_TEXT);
    if (scene->view.fault && scene->view.failed == MENTOR_WISH_CLEAR) {
        not_cleared(stack, scene);
    } else if (scene->view.fault) {
        mentor_say_fault(stack, scene, scene->view.fault);
        mentor_say_text(stack, scene, STRINGS_EXPORT_AGAIN);
    }
    if (scene->folder_count == 0) {
        mentor_say_text(stack, scene, STRINGS_EXPORT_NONE);
    }
    stack_gap(stack, 6);
    for (uint16_t i = 0; i < scene->folder_count; i++) {
        stack_row(stack, scene->folders[i], ACTION_MENTOR + MENTOR_PICK, i);
    }
}

void closing_pages_cleared(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct stack_button row[] = {
        {.text = ""}, {.text = ""}, mentor_say_button(scene, STRINGS_CLEARED_DONE, MENTOR_WRITTEN_DOWN)};
    struct strings_value values[] = {{"erased", NULL, scene->clearing.erased},
                                     {"kept", NULL, scene->clearing.kept}};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    mentor_say_title(stack, scene,
                     scene->clearing.erased > 0 ? STRINGS_CLEARED_TITLE : STRINGS_CLEARED_NOTHING);
    if (scene->clearing.erased > 0) {
        mentor_say_filled(stack, scene, THEME_BODY, STRINGS_CLEARED_ERASED, values, 2);
    }
    if (scene->clearing.kept > 0) {
        mentor_say_filled(stack, scene, THEME_BODY, STRINGS_CLEARED_KEPT, values, 2);
    }
}

static void receipt(struct stack *stack, const struct mentor_pages_scene *scene,
                    const struct bundle_export_receipt *item) {
    struct strings_value values[] = {
        {"class", scene->class_label, 0}, {"count", NULL, item->count}, {"damaged", NULL, item->damaged}};
    mentor_say_filled(stack, scene, THEME_QUESTION,
                      item->damaged > 0 ? STRINGS_RECEIPT_DAMAGED : STRINGS_RECEIPT_COUNT, values, 3);
    stack_text(stack, THEME_CODE, THEME_INK, item->code);
    stack_gap(stack, 6);
    stack_text(stack, THEME_SMALL, THEME_HELP, item->name);
}

/* Which machines are still to come, by the labels on their screens. */
static void still_to_come(struct stack *stack, const struct mentor_pages_scene *scene) {
    enum { SHOWN = 12 };
    char labels[SHOWN * (STICK_LIST_LABEL_SIZE + 2)] = "";
    size_t at = 0;
    const struct stick_list *list = scene->unexported;
    if (!list || list->count == 0) {
        return;
    }
    for (uint16_t i = 0; i < list->count && i < SHOWN; i++) {
        at += (size_t)snprintf(labels + at, sizeof labels - at, "%s%s", i ? ", " : "", list->label[i]);
    }
    struct strings_value values[] = {{"count", NULL, list->count}, {"labels", labels, 0}};
    mentor_say_filled(stack, scene, THEME_BODY, STRINGS_RECEIPT_TO_COME, values, 2);
}

/* One code a page: nobody copies the wrong one. */
void closing_pages_receipt(struct stack *stack, const struct mentor_pages_scene *scene) {
    char more[STRINGS_TEXT_SIZE] = "";
    unsigned part = scene->receipt_count == 0 ? 0U : (unsigned)scene->part % scene->receipt_count;
    struct strings_value values[] = {{"page", NULL, part + 1}, {"pages", NULL, scene->receipt_count}};
    if (scene->receipt_count > 1) {
        strings_format(more, sizeof more, scene->strings, STRINGS_RECEIPT_MORE, values, 2);
    }
    struct stack_button row[] = {{.text = ""},
                                 {.text = more, .action = ACTION_MORE},
                                 mentor_say_button(scene, STRINGS_RECEIPT_DONE, MENTOR_WRITTEN_DOWN)};
    row[2].main = true;
    stack_buttons(stack, row, 3);
    mentor_say_title(stack, scene, STRINGS_RECEIPT_TITLE);
    mentor_say_text(stack, scene, STRINGS_RECEIPT_TEXT);
    stack_gap(stack, 15);
    if (scene->receipt_count > 0) {
        receipt(stack, scene, scene->receipts[part]);
    }
    still_to_come(stack, scene);
}
