/* SPDX-License-Identifier: Apache-2.0 */
#include "report_csv.h"

#include <stdio.h>
#include <string.h>

#include "report_label.h"

static void put_text(struct bytes_buffer *out, const char *text) {
    bytes_put(out, text, strlen(text));
}

/*
 * Quoted when RFC 4180 asks for it. A text that a spreadsheet would take for a formula gets an apostrophe;
 * our own numbers do not come through here.
 */
static void put_cell(struct bytes_buffer *out, const char *text) {
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    put_text(out, quoted ? "\"" : "");
    put_text(out, text[0] && strchr("=+-@\t\r", text[0]) ? "'" : "");
    for (const char *at = text; *at; at++) {
        bytes_put(out, at, 1);
        put_text(out, *at == '"' ? "\"" : "");
    }
    put_text(out, quoted ? "\"" : "");
}

static void put_row(struct bytes_buffer *out, const char *const cells[7], const char *numbers) {
    for (int i = 0; i < 7; i++) {
        put_cell(out, cells[i]);
        put_text(out, ",");
    }
    put_text(out, numbers);
    put_text(out, "\r\n");
}

enum { VALUE_SIZE = 24 };

/* A value with its decimals: 37 with one decimal is 3.7. Digits are put in from the last to the first. */
static void print_value(char out[VALUE_SIZE], uint32_t value, uint8_t decimals) {
    char reversed[VALUE_SIZE];
    size_t count = 0;
    for (uint32_t digits = 0; digits <= decimals || value; digits++) {
        if (digits == decimals && decimals) {
            reversed[count++] = '.';
        }
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    out[count] = '\0';
}

static void put_figure(struct bytes_buffer *out, const struct questionnaire *questionnaire,
                       const struct release_figure *figure, struct report_label_language language) {
    static const char *const levels[] = {"class", "year", "school", "breakdown"};
    static const char *const statuses[] = {"published", "banded", "hidden"};
    static const char *const about[] = {"participation", "item", "scale"};
    char label[REPORT_LABEL_SIZE], low[VALUE_SIZE], high[VALUE_SIZE], n[VALUE_SIZE] = "", numbers[96] = ",,";
    const struct questionnaire_list *list =
        figure->about == RELEASE_ITEM ? questionnaire_list_of(questionnaire, figure->subject) : NULL;
    bool has_option = list && (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_CHOSEN);
    const char *subject = figure->about == RELEASE_ITEM    ? questionnaire->item[figure->subject].name
                          : figure->about == RELEASE_SCALE ? questionnaire->scale[figure->subject].name
                                                           : "";
    report_label_figure(label, questionnaire, figure, language);
    if (figure->status != RELEASE_HIDDEN) {
        print_value(low, figure->low, figure->decimals);
        print_value(high, figure->high, figure->decimals);
        if (figure->n) {
            print_value(n, figure->n, 0);
        }
        (void)snprintf(numbers, sizeof numbers, "%s,%s,%s", low, high, n);
    }
    char group[16] = "";
    if (figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY) {
        (void)snprintf(group, sizeof group, "%u", (unsigned)figure->index);
    }
    const char *const cells[7] = {levels[figure->level],
                                  about[figure->about],
                                  subject,
                                  report_label_kind(figure->kind),
                                  has_option ? list->option[figure->index].name : group,
                                  label,
                                  statuses[figure->status]};
    put_row(out, cells, numbers);
}

static void put_rate(struct bytes_buffer *out, const char *level, const char *unit, uint64_t contributions,
                     uint64_t asked, bool english) {
    char numbers[96];
    unsigned long rate = report_label_percent(contributions, asked);
    (void)snprintf(numbers, sizeof numbers, "%lu,%lu,%lu", rate, rate, (unsigned long)asked);
    const char *const cells[7] = {level,
                                  "response",
                                  unit,
                                  "percent",
                                  "",
                                  english ? "response in percent of pupils asked"
                                          : "respons in procenten van de gevraagde leerlingen",
                                  "published"};
    if (asked) {
        put_row(out, cells, numbers);
    }
}

static void put_rates(struct bytes_buffer *out, const struct release_content *content,
                      const struct round *round, bool english) {
    uint64_t contributions = 0, asked = 0;
    for (uint16_t i = 0; i < content->class_count; i++) {
        const struct release_class *item = &content->class_list[i];
        put_rate(out, "class", round->class_list[i].label, item->contributions, item->asked, english);
        contributions += item->contributions;
        asked += item->asked;
    }
    put_rate(out, "school", "", contributions, asked, english);
}

enum fault report_csv(struct bytes_buffer *out, const struct release *release, const struct round *round,
                      const char *language) {
    enum fault fault = release_belongs(release, round);
    if (fault) {
        return fault;
    }
    const struct release_content *content = release_content(release);
    struct report_label_language words = report_label_language(round->questionnaire, language);
    put_text(out, "level,about,subject,figure,option,label,status,low,high,n\r\n");
    put_rates(out, content, round, words.english);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        put_figure(out, round->questionnaire, &content->figure[i], words);
    }
    return out->fault;
}
