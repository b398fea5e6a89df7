/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/mentor_say.h"

#include <stdio.h>

#include "kiosk/ui/action.h"

const char *mentor_say(const struct mentor_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

struct stack_button mentor_say_button(const struct mentor_pages_scene *scene, enum strings_key key,
                                      enum mentor_event event) {
    return (struct stack_button){.text = mentor_say(scene, key), .action = ACTION_MENTOR + (int)event};
}

void mentor_say_title(struct stack *stack, const struct mentor_pages_scene *scene, enum strings_key key) {
    struct strings_value value = {"class", scene->class_label, 0};
    char text[STRINGS_TEXT_SIZE];
    strings_format(text, sizeof text, scene->strings, key, &value, 1);
    stack_gap(stack, 10);
    stack_text(stack, THEME_TITLE, THEME_INK, text);
    stack_gap(stack, 6);
}

void mentor_say_text(struct stack *stack, const struct mentor_pages_scene *scene, enum strings_key key) {
    mentor_say_filled(stack, scene, THEME_BODY, key, NULL, 0);
}

void mentor_say_filled(struct stack *stack, const struct mentor_pages_scene *scene, enum theme_text style,
                       enum strings_key key, const struct strings_value *values, size_t value_count) {
    char text[STRINGS_TEXT_SIZE];
    strings_format(text, sizeof text, scene->strings, key, values, value_count);
    stack_gap(stack, 6);
    stack_text(stack, style, THEME_INK, text);
    stack_gap(stack, 6);
}

void mentor_say_machine(struct stack *stack, const struct mentor_pages_scene *scene) {
    struct strings_value value = {"label", scene->session_label, 0};
    if (scene->session_label && scene->session_label[0]) {
        mentor_say_filled(stack, scene, THEME_SMALL, STRINGS_OVERVIEW_MACHINE, &value, 1);
    }
}

/* What a school can live with and should know: said in one breath. */
void mentor_say_worries(struct stack *stack, const struct mentor_pages_scene *scene) {
    static const struct {
        enum machine_worry worry;
        enum strings_key name;
    } said[] = {{MACHINE_FILES_OPEN, STRINGS_MACHINE_NO_LANDLOCK},
                {MACHINE_CALLS_OPEN, STRINGS_MACHINE_NO_SECCOMP},
                {MACHINE_DEBUGGABLE, STRINGS_MACHINE_DEBUGGABLE}};
    char what[STRINGS_TEXT_SIZE] = "";
    size_t at = 0;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (scene->worries & said[i].worry) {
            at += (size_t)snprintf(what + at, sizeof what - at, "%s%s", at ? ", " : "",
                                   mentor_say(scene, said[i].name));
        }
    }
    struct strings_value value = {"what", what, 0};
    if (at > 0) {
        mentor_say_filled(stack, scene, THEME_BODY, STRINGS_MACHINE_WORRY, &value, 1);
    }
}

void mentor_say_fault(struct stack *stack, const struct mentor_pages_scene *scene, enum fault fault) {
    bool english = scene->strings->language == STRINGS_EN;
    if (fault) {
        stack_gap(stack, 6);
        stack_text(stack, THEME_LABEL, THEME_INK,
                   fault_text(fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL));
        stack_gap(stack, 6);
    }
}
