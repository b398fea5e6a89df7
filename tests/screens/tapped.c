/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/screens/tapped.h"

void tapped_heading(FILE *out, const struct questionnaire *questionnaire) {
    fputs("class,participation", out);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].kind != QUESTIONNAIRE_NOTE) {
            fprintf(out, ",%s", questionnaire->item[i].name);
        }
    }
    fputc('\n', out);
}

static void cell(FILE *out, const struct questionnaire_list *list, uint32_t chosen) {
    const char *between = "";
    for (uint16_t i = 0; i < list->option_count; i++) {
        if ((chosen >> i & 1) != 0) {
            fprintf(out, "%s%s", between, list->option[i].name);
            between = " ";
        }
    }
}

void tapped_row(FILE *out, const struct questionnaire *questionnaire, const char *class_label,
                const struct tapped *tapped) {
    static const char *const participation[] = {"answered", "stopped", "declined"};
    fprintf(out, "%s,%s", class_label, participation[tapped->participation]);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].kind != QUESTIONNAIRE_NOTE) {
            fputc(',', out);
            if (tapped->participation != ANSWERS_DECLINED) {
                cell(out, questionnaire_list_of(questionnaire, i), tapped->chosen[i]);
            }
        }
    }
    fputc('\n', out);
}
