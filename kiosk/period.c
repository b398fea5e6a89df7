/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/period.h"

#include <stdio.h>
#include <string.h>

#include "platform/process.h"

/* The months stand in one text, in order, a space between them. */
static void month_name(char out[PERIOD_DAY_SIZE], const struct strings *strings, uint32_t month) {
    const char *name = strings_get(strings, STRINGS_PERIOD_MONTHS);
    for (uint32_t i = 1; i < month && name; i++) {
        name = strchr(name, ' ');
        name = name ? name + 1 : NULL;
    }
    snprintf(out, PERIOD_DAY_SIZE, "%.*s", name ? (int)strcspn(name, " ") : 0, name ? name : "");
}

void period_day(char out[PERIOD_DAY_SIZE], const struct strings *strings, uint32_t day) {
    char month[PERIOD_DAY_SIZE];
    uint32_t number = day / 100 % 100;
    out[0] = '\0';
    if (number < 1 || number > 12 || day % 100 < 1 || day % 100 > 31) {
        return;
    }
    month_name(month, strings, number);
    struct strings_value values[] = {
        {"day", NULL, day % 100}, {"month", month, 0}, {"year", NULL, day / 10000}};
    strings_format(out, PERIOD_DAY_SIZE, strings, STRINGS_PERIOD_DAY, values, 3);
}

void period_say(char out[STRINGS_TEXT_SIZE], const struct strings *strings, uint32_t first_day,
                uint32_t last_day) {
    struct process_date date;
    char first[PERIOD_DAY_SIZE];
    char last[PERIOD_DAY_SIZE];
    char today[PERIOD_DAY_SIZE] = "";
    period_day(first, strings, first_day);
    period_day(last, strings, last_day);
    if (!process_today(&date)) {
        period_day(today, strings, (uint32_t)(date.year * 10000 + date.month * 100 + date.day));
    }
    struct strings_value values[] = {{"first", first, 0}, {"last", last, 0}, {"today", today, 0}};
    strings_format(out, STRINGS_TEXT_SIZE, strings, today[0] ? STRINGS_PERIOD_RUNS : STRINGS_PERIOD_ALONE,
                   values, 3);
}
