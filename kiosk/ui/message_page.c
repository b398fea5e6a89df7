/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/message_page.h"

#include "kiosk/ui/action.h"

struct remedy {
    enum fault fault;
    enum strings_key key;
};

static const struct remedy remedies[] = {
    {FAULT_ROUND_NOT_VALID, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_SIGNATURE, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_SIGNATURE_MISSING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_DATES, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_UNTRUSTED, STRINGS_MESSAGE_NEXT_TRUST},
    {FAULT_KIOSK_UNKNOWN, STRINGS_MESSAGE_NEXT_KIOSK},
    {FAULT_FILE_MISSING, STRINGS_MESSAGE_NEXT_ENROL},
    {FAULT_BUSY, STRINGS_MESSAGE_NEXT_BUSY},
    {FAULT_MEMORY_LOCK, STRINGS_MESSAGE_NEXT_MEMORY},
    {FAULT_MEMORY, STRINGS_MESSAGE_NEXT_MEMORY},
    {FAULT_NOT_CLOSED, STRINGS_MESSAGE_NEXT_SESSION},
    {FAULT_FONT, STRINGS_MESSAGE_NEXT_FONT},
    {FAULT_FONT_ARABIC, STRINGS_MESSAGE_NEXT_FONT_ARABIC},
    {FAULT_MAGIC, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_VERSION, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_TRUNCATED, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_LIMIT, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_TRAILING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_CHECKSUM, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FILE_READ, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_TEXT, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_KEY_INVALID, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_UNKNOWN, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_MISSING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_ORDER, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_QUESTIONNAIRE, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_NOT_CANONICAL, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_DIGEST, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_OTHER, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_MISSING, STRINGS_MESSAGE_NEXT_STICK},
    {FAULT_ROUND_OVER, STRINGS_MESSAGE_NEXT_CLOCK},
    {FAULT_ROUND_EARLY, STRINGS_MESSAGE_NEXT_CLOCK},
    {FAULT_ROUND_SEVERAL, STRINGS_MESSAGE_NEXT_SEVERAL},
};

enum strings_key message_page_remedy(enum fault fault) {
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++) {
        if (remedies[i].fault == fault) {
            return remedies[i].key;
        }
    }
    return STRINGS_MESSAGE_NEXT_OTHER;
}

void message_page_build(struct stack *stack, const void *view) {
    const struct message_page_scene *scene = view;
    bool english = scene->strings->language == STRINGS_EN;
    const char *paragraphs[] = {fault_text(scene->fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL),
                                strings_get(scene->strings, STRINGS_MESSAGE_SAFE),
                                strings_get(scene->strings, scene->remedy)};
    bool only_date = scene->fault == FAULT_ROUND_OVER || scene->fault == FAULT_ROUND_EARLY;
    struct stack_button row[] = {
        {.text = scene->can_search && only_date ? strings_get(scene->strings, STRINGS_MESSAGE_CLOCK) : "",
         .action = ACTION_SEARCH_ANY_DATE},
        {.text = scene->can_search ? strings_get(scene->strings, STRINGS_MESSAGE_SEARCH) : "",
         .action = ACTION_SEARCH},
        {.text = strings_get(scene->strings, STRINGS_MESSAGE_CLOSE), .action = ACTION_CLOSE, .main = true}};
    stack_buttons(stack, row, 3);
    stack_gap(stack, 30);
    stack_text(stack, THEME_TITLE, THEME_INK, strings_get(scene->strings, STRINGS_MESSAGE_TITLE));
    for (int i = 0; i < 3; i++) {
        stack_gap(stack, 12);
        stack_text(stack, THEME_BODY, THEME_INK, paragraphs[i]);
    }
}
