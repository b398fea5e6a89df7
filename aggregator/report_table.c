/* SPDX-License-Identifier: Apache-2.0 */
#include "report_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report_bounds.h"
#include "report_label.h"
#include "report_table_row.h"
#include "report_view.h"

struct table {
    const struct release *release;
    const struct round *round;
    struct report_label_language words;
    report_table_put *put;
    void *context;
    bool late;
    /* The row of the item that was looked at last: percentages need all of it. */
    struct report_view view;
    const struct release_figure *viewed;
    struct report_table_row row;
    char label[REPORT_LABEL_SIZE], unit_label[REPORT_LABEL_SIZE], option[16];
};

static const struct report_table_column columns[REPORT_TABLE_COLUMNS] = {
    {"level",
     "class: een klas of samengevoegde klassen; year: een leerjaar; school; breakdown: een achtergrondgroep",
     "class: a class or joined classes; year: a school year; school; breakdown: a background group", 10},
    {"about",
     "response: wie achter de computer zat; participation: hoe ver men kwam; item: een vraag; scale: een "
     "schaal",
     "response: who sat at the computer; participation: how far they came; item: a question; scale: a scale",
     13},
    {"subject", "naam van de vraag of schaal in de vragenlijst",
     "name of the question or scale in the questionnaire", 18},
    {"figure",
     "soort cijfer: option, group, chosen, any, dont_know, rather_not_say, no_answer, not_asked, missing "
     "(aantallen); score, "
     "not_counted (aantallen per deel van de schaal); mean, deviation, error_classes, alpha; asked, came_in, "
     "percent",
     "kind of figure: option, group, chosen, any, dont_know, rather_not_say, no_answer, not_asked, missing "
     "(counts); score, "
     "not_counted (counts by part of the scale); mean, deviation, error_classes, alpha; asked, came_in, "
     "percent",
     14},
    {"option", "naam van het antwoord, of nummer van de groep antwoorden of het deel van de schaal",
     "name of the answer, or number of the group of answers or part of the scale", 16},
    {"label", "hetzelfde in woorden", "the same in words", 40},
    {"status",
     "published: low en high zijn gelijk; banded: de waarde ligt ergens van low tot en met high; hidden: "
     "niet getoond, om "
     "leerlingen te beschermen; head_count_wrong: er kwam meer binnen dan er leerlingen gevraagd waren, van "
     "de school ook als dat van één klas zo is",
     "published: low and high are equal; banded: the value lies somewhere from low up to and including high; "
     "hidden: not shown, "
     "to protect pupils; head_count_wrong: more came in than pupils were asked, of the school also when that "
     "is so of one class",
     12},
    {"low", "waarde, of de laagst mogelijke; leeg als die niet getoond wordt",
     "value, or the lowest possible; empty when not shown", 8},
    {"high", "waarde, of de hoogst mogelijke", "value, or the highest possible", 8},
    {"n",
     "waarover: leerlingen in de rij; bij error_classes het aantal groepen; leeg als dat niet getoond wordt",
     "over how many: pupils in the row; of error_classes the number of groups; empty when not shown", 8},
    {"unit", "nummer van de klas, het leerjaar of de groep op dit niveau",
     "number of the class, year or group at this level", 6},
    {"unit_label", "naam daarvan", "its name", 16},
    {"percent_low",
     "laagst mogelijke percentage van wie antwoord gaf, naar beneden afgerond op een heel getal",
     "lowest possible percentage of who answered, a whole number", 12},
    {"percent_high", "hoogst mogelijke percentage daarvan", "highest possible percentage of them", 12},
    {"everybody_low",
     "als iedereen die gevraagd is had geantwoord, wat de anderen ook hadden gezegd: het laagst mogelijke "
     "percentage "
     "(naar beneden afgerond), of het laagst mogelijke gemiddelde; leeg als het niet te geven is",
     "had everybody who was asked answered, whatever the others had said: the lowest possible percentage "
     "(rounded down), or the lowest possible mean; empty where it cannot be told",
     13},
    {"everybody_high", "het hoogst mogelijke daarvan, naar boven afgerond",
     "the highest possible, rounded up", 13},
    {"breakdown", "bij een achtergrondgroep: naam van de achtergrondvraag",
     "of a background group: name of the background question", 14}};

const struct report_table_shape report_table_figures = {"figures", REPORT_TABLE_COLUMNS, columns};

static void set_unit(struct table *table, enum release_level level, uint16_t unit) {
    static const char *const levels[RELEASE_LEVELS] = {"class", "year", "school", "breakdown"};
    report_table_row_text(&table->row, REPORT_TABLE_LEVEL, levels[level]);
    report_table_row_number(&table->row, REPORT_TABLE_UNIT, unit, 0);
    report_label_unit(table->unit_label, table->release, table->round, level, unit, table->words);
    report_table_row_text(&table->row, REPORT_TABLE_UNIT_LABEL, table->unit_label);
    if (level == RELEASE_BREAKDOWN) {
        report_table_row_text(&table->row, REPORT_TABLE_BREAKDOWN,
                              table->round->questionnaire->item[unit / RELEASE_CATEGORY_STRIDE].name);
    }
}

static void set_everybody(struct table *table, const struct release_figure *figure) {
    uint32_t low = 0, high = 0;
    if (!table->late &&
        report_bounds_share(&low, &high, table->release, table->round->questionnaire, &table->view, figure)) {
        report_table_row_number(&table->row, REPORT_TABLE_EVERYBODY_LOW, low, 0);
        report_table_row_number(&table->row, REPORT_TABLE_EVERYBODY_HIGH, high, 0);
    }
}

/* To one decimal, outwards. */
static void set_everybody_mean(struct table *table, const struct release_figure *figure) {
    struct stat_interval bounds;
    if (!table->late && figure->kind == RELEASE_MEAN && report_bounds_mean(&bounds, table->release, figure)) {
        report_table_row_number(&table->row, REPORT_TABLE_EVERYBODY_LOW,
                                (uint64_t)floor(10 * bounds.low + 1e-9), 1);
        report_table_row_number(&table->row, REPORT_TABLE_EVERYBODY_HIGH,
                                (uint64_t)ceil(10 * bounds.high - 1e-9), 1);
    }
}

static void set_percent(struct table *table, const struct release_figure *figure) {
    const struct release_figure *viewed = table->viewed;
    if (figure->about != RELEASE_ITEM || figure->status == RELEASE_HIDDEN || figure->kind > RELEASE_ANY) {
        return;
    }
    if (!viewed || viewed->level != figure->level || viewed->unit != figure->unit ||
        viewed->subject != figure->subject) {
        report_view_item(&table->view, table->release, figure->level, figure->unit, figure->subject);
        table->viewed = figure;
    }
    for (uint16_t i = 0; i < table->view.count; i++) {
        const struct report_view_cell *cell = &table->view.cell[i];
        if (cell->figure == figure && table->view.answered_low) {
            report_table_row_number(&table->row, REPORT_TABLE_PERCENT_LOW, cell->percent_low, 0);
            report_table_row_number(&table->row, REPORT_TABLE_PERCENT_HIGH, cell->percent_high, 0);
            set_everybody(table, figure);
        }
    }
}

static void put_figure(struct table *table, const struct release_figure *figure) {
    static const char *const statuses[] = {"published", "banded", "hidden"};
    static const char *const about[] = {"participation", "item", "scale"};
    const struct questionnaire *questionnaire = table->round->questionnaire;
    report_table_row_clear(&table->row);
    set_unit(table, figure->level, figure->unit);
    report_table_row_text(&table->row, REPORT_TABLE_ABOUT, about[figure->about]);
    if (figure->about != RELEASE_PARTICIPATION) {
        report_table_row_text(&table->row, REPORT_TABLE_SUBJECT,
                              figure->about == RELEASE_ITEM ? questionnaire->item[figure->subject].name
                                                            : questionnaire->scale[figure->subject].name);
    }
    report_table_row_text(&table->row, REPORT_TABLE_FIGURE, report_label_kind(figure->kind));
    report_table_row_option(&table->row, REPORT_TABLE_OPTION, table->option, questionnaire, figure);
    report_label_figure(table->label, questionnaire, figure, table->words);
    report_table_row_text(&table->row, REPORT_TABLE_LABEL, table->label);
    report_table_row_text(&table->row, REPORT_TABLE_STATUS, statuses[figure->status]);
    if (figure->status != RELEASE_HIDDEN) {
        report_table_row_number(&table->row, REPORT_TABLE_LOW, figure->low, figure->decimals);
        report_table_row_number(&table->row, REPORT_TABLE_HIGH, figure->high, figure->decimals);
        if (figure->n) {
            report_table_row_number(&table->row, REPORT_TABLE_N, figure->n, 0);
        }
    }
    set_percent(table, figure);
    set_everybody_mean(table, figure);
    table->put(table->context, table->row.cell);
}

/* Of one class of the round, or of the school (`label` empty). */
static void put_response(struct table *table, uint16_t at, const char *label, uint64_t asked, uint64_t came,
                         bool heads_wrong) {
    static const char *const names[3] = {"asked", "came_in", "percent"};
    static const char *const words[3][2] = {
        {"gevraagde leerlingen", "pupils asked"},
        {"binnengekomen bijdragen", "contributions that came in"},
        {"respons in procenten van de gevraagde leerlingen", "response in percent of pupils asked"}};
    uint64_t value[3] = {asked, came, report_label_percent(came, asked)};
    for (size_t i = 0; i < 3; i++) {
        bool wrong = i == 2 && heads_wrong;
        report_table_row_clear(&table->row);
        report_table_row_text(&table->row, REPORT_TABLE_LEVEL, label[0] ? "class" : "school");
        report_table_row_number(&table->row, REPORT_TABLE_UNIT, at, 0);
        report_table_row_text(&table->row, REPORT_TABLE_UNIT_LABEL, label[0] ? label : "school");
        report_table_row_text(&table->row, REPORT_TABLE_ABOUT, "response");
        report_table_row_text(&table->row, REPORT_TABLE_FIGURE, names[i]);
        report_table_row_text(&table->row, REPORT_TABLE_LABEL, words[i][table->words.english ? 1 : 0]);
        report_table_row_text(&table->row, REPORT_TABLE_STATUS, wrong ? "head_count_wrong" : "published");
        if (!wrong) {
            report_table_row_number(&table->row, REPORT_TABLE_LOW, value[i], 0);
            report_table_row_number(&table->row, REPORT_TABLE_HIGH, value[i], 0);
        }
        report_table_row_number(&table->row, REPORT_TABLE_N, asked, 0);
        if (i < 2 || asked) {
            table->put(table->context, table->row.cell);
        }
    }
}

enum fault report_table_each(const struct report_table_source *source, report_table_put *put, void *context) {
    const struct round *round = source->round;
    enum fault fault = release_belongs(source->release, round);
    if (fault || source->shape == &report_table_changes) {
        return fault ? fault : report_table_each_change(source, put, context);
    }
    struct table table = {.release = source->release,
                          .late = source->late,
                          .round = round,
                          .words = report_label_language(round->questionnaire, source->language),
                          .put = put,
                          .context = context};
    const struct release_content *content = release_content(source->release);
    uint64_t asked = 0, came = 0;
    for (uint16_t i = 0; i < content->class_count; i++) {
        const struct release_class *item = &content->class_list[i];
        put_response(&table, i, round->class_list[i].label, item->asked, item->contributions,
                     item->contributions > item->asked);
        asked += item->asked;
        came += item->contributions;
    }
    put_response(&table, 0, "", asked, came, release_heads_wrong(content));
    for (uint32_t i = 0; i < content->figure_count; i++) {
        put_figure(&table, &content->figure[i]);
    }
    return FAULT_NONE;
}
