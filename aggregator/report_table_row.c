/* SPDX-License-Identifier: Apache-2.0 */
#include "report_table_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void report_table_row_clear(struct report_table_row *row) {
    for (int i = 0; i < REPORT_TABLE_MOST; i++) {
        row->cell[i] = (struct report_table_cell){REPORT_TABLE_EMPTY, "", 0};
    }
}

void report_table_row_text(struct report_table_row *row, int column, const char *text) {
    row->cell[column] = (struct report_table_cell){text[0] ? REPORT_TABLE_TEXT : REPORT_TABLE_EMPTY, text, 0};
}

static double power_of_ten(uint8_t decimals) {
    double units = 1;
    for (uint8_t i = 0; i < decimals; i++) {
        units *= 10;
    }
    return units;
}

void report_table_row_number(struct report_table_row *row, int column, uint64_t value, uint8_t decimals) {
    report_label_decimal(row->number[column], value, decimals, '.');
    row->cell[column] = (struct report_table_cell){REPORT_TABLE_NUMBER, row->number[column],
                                                   (double)value / power_of_ten(decimals)};
}

void report_table_row_real(struct report_table_row *row, int column, double value, uint8_t decimals) {
    if (!isfinite(value)) {
        return;
    }
    long long units = llround(fabs(value) * power_of_ten(decimals));
    report_table_row_number(row, column, (uint64_t)units, decimals);
    if (value < 0 && units > 0) {
        size_t size = strlen(row->number[column]);
        memmove(row->number[column] + 1, row->number[column], size + 1);
        row->number[column][0] = '-';
        row->cell[column].number = -row->cell[column].number;
    }
}

void report_table_row_option(struct report_table_row *row, int column, char room[16],
                             const struct questionnaire *questionnaire, const struct release_figure *figure) {
    const struct questionnaire_list *list =
        figure->about == RELEASE_ITEM ? questionnaire_list_of(questionnaire, figure->subject) : NULL;
    if (list && (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_CHOSEN)) {
        report_table_row_text(row, column, list->option[figure->index].name);
    } else if (figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY ||
               figure->kind == RELEASE_SCORE) {
        (void)snprintf(room, 16, "%u", (unsigned)figure->index);
        report_table_row_text(row, column, room);
    }
}
