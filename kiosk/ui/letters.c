/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/letters.h"

#include <string.h>

struct search {
    const struct font_set *fonts;
    struct letters_gap *gap;
    enum fault fault;
};

static void look(struct search *search, const char *text, const char *where) {
    if (search->fault || text == NULL) {
        return;
    }
    search->fault = font_check(search->fonts, text);
    if (search->fault) {
        search->gap->character = font_missing(search->fonts, text);
        search->gap->where = where;
    }
}

enum fault letters_check_language(struct letters_gap *gap, const struct font_set *fonts,
                                  const struct questionnaire *questionnaire, uint16_t language) {
    struct search search = {.fonts = fonts, .gap = gap};
    *gap = (struct letters_gap){.language = language};
    look(&search, questionnaire->language[language].name, questionnaire->language[language].code);
    for (uint16_t i = 0; i < questionnaire->section_count; i++) {
        look(&search, questionnaire->section[i].label.in[language], questionnaire->name);
    }
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        look(&search, item->label.in[language], item->name);
        look(&search, item->hint.in[language], item->name);
    }
    for (uint16_t i = 0; i < questionnaire->list_count; i++) {
        const struct questionnaire_list *list = &questionnaire->list[i];
        for (uint16_t j = 0; j < list->option_count; j++) {
            look(&search, list->option[j].label.in[language], list->name);
        }
    }
    return search.fault;
}

static bool is_met(const struct round *round, uint16_t language) {
    for (uint16_t i = 0; i < round->language_count; i++) {
        if (strcmp(round->language[i], round->questionnaire->language[language].code) == 0) {
            return true;
        }
    }
    return language == 0;
}

enum fault letters_check_round(const struct font_set *fonts, const struct round *round) {
    struct letters_gap gap = {0};
    enum fault fault = font_check(fonts, round->school);
    for (uint16_t i = 0; !fault && i < round->help_count; i++) {
        fault = font_check(fonts, round->help[i].line);
    }
    for (uint16_t i = 0; !fault && i < round->questionnaire->language_count; i++) {
        if (is_met(round, i)) {
            fault = letters_check_language(&gap, fonts, round->questionnaire, i);
        }
    }
    return fault;
}
