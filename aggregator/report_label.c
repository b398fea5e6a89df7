/* SPDX-License-Identifier: Apache-2.0 */
#include "report_label.h"

#include <stdio.h>
#include <string.h>

struct report_label_language report_label_language(const struct questionnaire *questionnaire,
                                                   const char *code) {
    uint16_t found = questionnaire_find_language(questionnaire, code);
    return (struct report_label_language){.english = strcmp(code, "en") == 0,
                                          .questionnaire = found == QUESTIONNAIRE_NONE ? 0 : found};
}

static void append(char out[REPORT_LABEL_SIZE], const char *text) {
    size_t used = strlen(out);
    (void)snprintf(out + used, REPORT_LABEL_SIZE - used, "%s", text);
}

static void join_group(char out[REPORT_LABEL_SIZE], const struct questionnaire_list *list, uint16_t group,
                       uint16_t language) {
    out[0] = '\0';
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        if (option->kind == QUESTIONNAIRE_OPTION_ANSWER && option->coarse == group) {
            append(out, out[0] ? " / " : "");
            append(out, questionnaire_text_in(&option->label, language, NULL));
        }
    }
}

static const char *missing_label(const struct questionnaire_list *list, enum questionnaire_option_kind kind,
                                 uint16_t language) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == kind) {
            return questionnaire_text_in(&list->option[i].label, language, NULL);
        }
    }
    return "";
}

static const char *fixed_label(enum release_kind kind, bool english) {
    switch (kind) {
    case RELEASE_ANSWERED: return english ? "filled in to the end" : "tot het einde ingevuld";
    case RELEASE_STOPPED: return english ? "stopped on the way" : "onderweg gestopt";
    case RELEASE_DECLINED: return english ? "did not want to take part" : "wilde niet meedoen";
    case RELEASE_NO_ANSWER: return english ? "no answer" : "geen antwoord";
    case RELEASE_MISSING:
        return english ? "no answer, or does not want to say" : "geen antwoord, of wil het niet zeggen";
    case RELEASE_MEAN: return english ? "mean" : "gemiddelde";
    case RELEASE_NOT_ASKED: return english ? "not asked" : "niet gevraagd";
    case RELEASE_NOT_COUNTED: return english ? "too few answers" : "te weinig antwoorden";
    case RELEASE_DEVIATION: return english ? "standard deviation" : "standaardafwijking";
    case RELEASE_ERROR_CLASSES: return english ? "standard error" : "standaardfout";
    case RELEASE_ALPHA: return english ? "Cronbach's alpha" : "Cronbachs alfa";
    case RELEASE_OPTION:
    case RELEASE_GROUP:
    case RELEASE_CHOSEN:
    case RELEASE_ANY:
    case RELEASE_DONT_KNOW:
    case RELEASE_RATHER_NOT:
    case RELEASE_SCORE:
    case RELEASE_KINDS:
    default: return "";
    }
}

void report_label_figure(char out[REPORT_LABEL_SIZE], const struct questionnaire *questionnaire,
                         const struct release_figure *figure, struct report_label_language language) {
    const struct questionnaire_list *list =
        figure->about == RELEASE_ITEM ? questionnaire_list_of(questionnaire, figure->subject) : NULL;
    const char *label = fixed_label(figure->kind, language.english);
    if (list && (figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY)) {
        join_group(out, list, figure->index, language.questionnaire);
        return;
    }
    if (list && (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_CHOSEN)) {
        label = questionnaire_text_in(&list->option[figure->index].label, language.questionnaire, NULL);
    } else if (list && figure->kind == RELEASE_DONT_KNOW) {
        label = missing_label(list, QUESTIONNAIRE_OPTION_DONT_KNOW, language.questionnaire);
        label = label[0] ? label : language.english ? "does not know" : "weet het niet";
    } else if (list && figure->kind == RELEASE_RATHER_NOT) {
        label = missing_label(list, QUESTIONNAIRE_OPTION_RATHER_NOT, language.questionnaire);
        label = label[0] ? label : language.english ? "would rather not say" : "wil het niet zeggen";
    }
    (void)snprintf(out, REPORT_LABEL_SIZE, "%s", label);
}

const char *report_label_kind(enum release_kind kind) {
    static const char *const names[RELEASE_KINDS] = {[RELEASE_ANSWERED] = "answered",
                                                     [RELEASE_STOPPED] = "stopped",
                                                     [RELEASE_DECLINED] = "declined",
                                                     [RELEASE_OPTION] = "option",
                                                     [RELEASE_GROUP] = "group",
                                                     [RELEASE_CHOSEN] = "chosen",
                                                     [RELEASE_ANY] = "any",
                                                     [RELEASE_DONT_KNOW] = "dont_know",
                                                     [RELEASE_RATHER_NOT] = "rather_not_say",
                                                     [RELEASE_NO_ANSWER] = "no_answer",
                                                     [RELEASE_MISSING] = "missing",
                                                     [RELEASE_NOT_ASKED] = "not_asked",
                                                     [RELEASE_SCORE] = "score",
                                                     [RELEASE_NOT_COUNTED] = "not_counted",
                                                     [RELEASE_MEAN] = "mean",
                                                     [RELEASE_DEVIATION] = "deviation",
                                                     [RELEASE_ERROR_CLASSES] = "error_classes",
                                                     [RELEASE_ALPHA] = "alpha"};
    return kind < RELEASE_KINDS ? names[kind] : "";
}

void report_label_decimal(char out[REPORT_LABEL_NUMBER], uint64_t value, uint8_t decimals, char sign) {
    char reversed[REPORT_LABEL_NUMBER];
    size_t count = 0;
    for (uint32_t digits = 0; digits <= decimals || value; digits++) {
        if (digits == decimals && decimals) {
            reversed[count++] = sign;
        }
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    out[count] = '\0';
}

void report_label_below(char out[REPORT_LABEL_NUMBER], double value, uint8_t decimals, double limit,
                        char sign) {
    double units = 1;
    for (uint8_t i = 0; i < decimals; i++) {
        units *= 10;
    }
    uint64_t rounded = (uint64_t)(units * value + 0.5);
    if (value < limit && rounded >= (uint64_t)(units * limit + 0.5)) {
        report_label_decimal(out, (uint64_t)(10 * units * value), (uint8_t)(decimals + 1), sign);
    } else {
        report_label_decimal(out, rounded, decimals, sign);
    }
}

static unsigned first_year(uint16_t years) {
    unsigned year = 1;
    while (year < ROUND_YEARS && !(years & (1u << (year - 1)))) {
        year++;
    }
    return year;
}

static void put_years(char out[REPORT_LABEL_SIZE], uint16_t years, bool groups, bool english) {
    bool many = (years & (years - 1)) != 0;
    char number[8];
    append(out, english  ? (many ? "years" : "year")
                : groups ? (many ? "groepen" : "groep")
                : many   ? "leerjaren"
                         : "leerjaar");
    uint16_t left = years;
    for (unsigned year = 1; year <= ROUND_YEARS; year++) {
        if (!(years & (1u << (year - 1)))) {
            continue;
        }
        left = (uint16_t)(left & ~(1u << (year - 1)));
        append(out, year == first_year(years) ? " " : left ? ", " : english ? " and " : " en ");
        (void)snprintf(number, sizeof number, "%u", year);
        append(out, number);
    }
}

void report_label_unit(char out[REPORT_LABEL_SIZE], const struct release *release, const struct round *round,
                       enum release_level level, uint16_t unit, struct report_label_language language) {
    const struct release_content *content = release_content(release);
    out[0] = '\0';
    if (level == RELEASE_CLASS) {
        for (uint16_t i = 0; i < content->batch[unit].class_count; i++) {
            append(out, i ? " + " : "");
            append(out, round_find_class(round, content->batch[unit].class_number[i])->label);
        }
    } else if (level == RELEASE_YEAR) {
        bool groups = round->school_type == ROUND_SCHOOL_PO || round->school_type == ROUND_SCHOOL_SBO;
        put_years(out, content->stratum[unit].years, groups, language.english);
    } else if (level == RELEASE_BREAKDOWN) {
        const struct questionnaire_list *list =
            questionnaire_list_of(round->questionnaire, unit / RELEASE_CATEGORY_STRIDE);
        append(out, questionnaire_text_in(&list->option[unit % RELEASE_CATEGORY_STRIDE].label,
                                          language.questionnaire, NULL));
    } else {
        append(out, "school");
    }
}

uint32_t report_label_percent(uint64_t part, uint64_t of) {
    return of ? (uint32_t)((200 * part + of) / (2 * of)) : 0;
}

enum questionnaire_subject report_label_subject(const struct questionnaire *questionnaire, uint16_t item) {
    const struct questionnaire_item *wanted = &questionnaire->item[item];
    if (wanted->scale != QUESTIONNAIRE_NONE) {
        return questionnaire->scale[wanted->scale].subject;
    }
    for (uint16_t i = 0; wanted->section != QUESTIONNAIRE_NONE && i < questionnaire->item_count; i++) {
        const struct questionnaire_item *other = &questionnaire->item[i];
        if (other->section == wanted->section && other->scale != QUESTIONNAIRE_NONE) {
            return questionnaire->scale[other->scale].subject;
        }
    }
    return QUESTIONNAIRE_SUBJECT_OTHER;
}
