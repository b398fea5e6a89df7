/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/admin_page.h"

#include "kiosk/mentor.h"
#include "kiosk/ui/action.h"

static const char *say(const struct admin_page_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

/* What belongs together stands together; each part has room on the smallest screen. */
static const struct {
    int first, count; /* of status_say's lines */
} parts[] = {{0, 2}, {2, 2}, {4, 3}, {7, 3}};
enum { PARTS = sizeof parts / sizeof parts[0], TRUST_PART = 1 };

/* The keys may be said to be compared on the part that shows them. */
static void buttons(struct stack *stack, const struct admin_page_scene *scene, int part) {
    bool comparable =
        part == TRUST_PART && scene->behind_pin && scene->status->trusts && !scene->status->compared;
    char more[STRINGS_TEXT_SIZE];
    struct strings_value values[] = {{"page", NULL, (unsigned)part + 1}, {"pages", NULL, PARTS}};
    strings_format(more, sizeof more, scene->strings, STRINGS_PAGE_MORE, values, 2);
    struct stack_button row[] = {
        {.text = comparable ? say(scene, STRINGS_ADMIN_COMPARE) : "", .action = ACTION_ADMIN_COMPARED},
        {.text = more, .action = ACTION_MORE},
        {.text = say(scene, STRINGS_ADMIN_BACK),
         .action = scene->behind_pin ? ACTION_MENTOR + MENTOR_BACK : ACTION_ADMIN,
         .main = true}};
    stack_buttons(stack, row, 3);
}

/* What was done just now comes first: whoever did it looks for that. */
static void done(struct stack *stack, const struct admin_page_scene *scene) {
    char text[STRINGS_TEXT_SIZE];
    struct strings_value value = {"file", scene->file, 0};
    if (scene->done == STRINGS_COUNT) {
        return;
    }
    if (scene->fault) {
        bool english = scene->strings->language == STRINGS_EN;
        stack_text(stack, THEME_LABEL, THEME_INK,
                   fault_text(scene->fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL));
    } else {
        strings_format(text, sizeof text, scene->strings, scene->done, &value, 1);
        stack_text(stack, THEME_LABEL, THEME_INK, text);
    }
    stack_gap(stack, 8);
}

static void facts(struct stack *stack, const struct admin_page_scene *scene, int part) {
    struct status_line line[STATUS_LINES];
    status_say(line, scene->status, scene->strings);
    for (int i = parts[part].first; i < parts[part].first + parts[part].count; i++) {
        char text[STRINGS_TEXT_SIZE];
        struct strings_value value = {"text", line[i].text, 0};
        strings_format(text, sizeof text, scene->strings,
                       line[i].calls ? STRINGS_ADMIN_ATTENTION : STRINGS_STATUS_AS_IT_IS, &value, 1);
        stack_text(stack, THEME_SMALL, THEME_HELP, say(scene, line[i].topic));
        stack_text(stack, THEME_BODY, THEME_INK, text);
        stack_gap(stack, 14);
    }
}

static void requests(struct stack *stack, const struct admin_page_scene *scene) {
    if (scene->status->fault) {
        return; /* there is no key to ask for */
    }
    if (scene->folders->count == 0) {
        stack_text(stack, THEME_BODY, THEME_HELP, say(scene, STRINGS_ADMIN_NO_STICK));
    }
    for (size_t i = 0; i < scene->folders->count; i++) {
        char text[STRINGS_TEXT_SIZE];
        struct strings_value value = {"folder", scene->folders->names[i], 0};
        strings_format(text, sizeof text, scene->strings, STRINGS_ADMIN_REQUEST, &value, 1);
        stack_row(stack, text, ACTION_ADMIN_REQUEST, (int)i);
    }
}

void admin_page_build(struct stack *stack, const void *view) {
    const struct admin_page_scene *scene = view;
    if (scene->waits) {
        stack->y = stack->theme->height / 3;
        stack_centred(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_APP_WAIT));
        stack_centred(stack, THEME_BODY, THEME_INK, say(scene, STRINGS_EXPORT_WAIT));
        return;
    }
    int part = scene->part % PARTS;
    buttons(stack, scene, part);
    stack_gap(stack, 10);
    stack_text(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_ADMIN_TITLE));
    stack_gap(stack, 8);
    done(stack, scene);
    facts(stack, scene, part);
    if (part == 0) {
        requests(stack, scene);
    }
}
