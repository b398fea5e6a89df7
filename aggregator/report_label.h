/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_LABEL_H
#define REPORT_LABEL_H

#include "aggregator/release.h"

/* Words and numbers that every form of the report shares. */

enum { REPORT_LABEL_SIZE = 4096 };

/*
 * What the report is written in, and the questionnaire's own language for it (the default when it lacks that
 * one).
 */
struct report_label_language {
    bool english;
    uint16_t questionnaire; /* index of the language */
};
struct report_label_language report_label_language(const struct questionnaire *questionnaire,
                                                   const char *code);

/*
 * What a figure counts, in words: an option's label, a group's labels joined, "dat wil ik niet zeggen",
 * "gemiddelde". Cut to the room.
 */
void report_label_figure(char out[REPORT_LABEL_SIZE], const struct questionnaire *questionnaire,
                         const struct release_figure *figure, struct report_label_language language);

/* A stable name for programs: "option", "group", "mean"; a constant. */
const char *report_label_kind(enum release_kind kind);

/* `value` units of 10^-decimals with this decimal sign: 37 with one decimal is "3.7". decimals <= 9. */
enum { REPORT_LABEL_NUMBER = 32 };
void report_label_decimal(char out[REPORT_LABEL_NUMBER], uint64_t value, uint8_t decimals, char sign);

/*
 * `value` rounded to so many decimals; but what lies below `limit` and would be rounded up to it is cut off after
 * one decimal more: 0.8996 below 0.9 is "0.899". So a number never contradicts what is said of it. Both from 0 to
 * 1, decimals <= 8.
 */
void report_label_below(char out[REPORT_LABEL_NUMBER], double value, uint8_t decimals, double limit,
                        char sign);

/*
 * A unit in words: "1A", "1A + 1B", "leerjaar 2", "groep 5 en 6", "school", or the label of a breakdown's
 * category.
 */
void report_label_unit(char out[REPORT_LABEL_SIZE], const struct release *release, const struct round *round,
                       enum release_level level, uint16_t unit, struct report_label_language language);

/* Whole percent of `of`, rounded half up; 0 when `of` is 0. */
uint32_t report_label_percent(uint64_t part, uint64_t of);

/*
 * The subject that a select item belongs to: its scale's; else that of the first item with a scale in its
 * section; else OTHER.
 */
enum questionnaire_subject report_label_subject(const struct questionnaire *questionnaire, uint16_t item);

#endif
