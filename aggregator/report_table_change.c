/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report_table_row.h"
#include "trend.h"

static const struct report_table_column columns[REPORT_CHANGE_COLUMNS] = {
    {"about", "round: de hele ronde; scale: een schaal; item: een vraag",
     "round: the whole round; scale: a scale; item: a question", 9},
    {"subject", "naam van de vraag of schaal in de vragenlijst van deze ronde",
     "name of the question or scale in this round's questionnaire", 18},
    {"figure",
     "mean: gemiddelde van een schaal; option, group: aandeel van een antwoord of een groep antwoorden",
     "mean: mean of a scale; option, group: share of an answer or of a group of answers", 10},
    {"option", "naam van het antwoord, of nummer van de groep antwoorden",
     "name of the answer, or number of the group of answers", 16},
    {"label", "hetzelfde in woorden", "the same in words", 40},
    {"status",
     "compared: vergeleken; too_few_classes: verschil zonder uitspraak over toeval; new: niet gevraagd in de "
     "vorige "
     "ronde; changed: toen anders gevraagd; hidden: een van beide wordt niet getoond of is te onnauwkeurig "
     "bekend; "
     "wrong_order, other_season: de rondes zijn niet te vergelijken",
     "compared; too_few_classes: a change without a word on chance; new: not asked in the previous round; "
     "changed: "
     "asked differently then; hidden: one of the two is not shown or not known closely enough; wrong_order, "
     "other_season: the rounds cannot be compared",
     16},
    {"unit", "score: punten van de schaal; percent: procenten van wie antwoord gaf",
     "score: points of the scale; percent: percent of who answered", 9},
    {"before", "vorige ronde; bij een aandeel dat binnen grenzen bekend is, het midden",
     "previous round; of a share that is known within limits, the middle", 9},
    {"now", "deze ronde, net zo", "this round, likewise", 9},
    {"change", "now min before", "now less before", 9},
    {"low", "95%-interval van het verschil, klassen als clusters: ondergrens",
     "95 % interval of the change, classes as clusters: lower limit", 9},
    {"high", "bovengrens daarvan", "its upper limit", 9},
    {"effect",
     "effectgrootte: het verschil gemeten aan hoeveel leerlingen onderling verschillen; onder 0,2 zeer "
     "klein, onder 0,5 "
     "klein, onder 0,8 middelgroot, daarboven groot",
     "effect size: the change measured by how much pupils differ from each other; below 0.2 very small, "
     "below 0.5 "
     "small, below 0.8 medium, else large",
     9},
    {"effect_measure", "hedges_g: van gemiddelden (Hedges 1981); cohen_h: van aandelen (Cohen 1988)",
     "hedges_g: of means (Hedges 1981); cohen_h: of shares (Cohen 1988)", 14},
    {"least", "kleinste verschil dat in vier van de vijf zulke paren rondes zou opvallen",
     "smallest change that four of five such pairs of rounds would show", 9},
    {"p_adjusted",
     "kans op zo'n verschil zonder oorzaak, verhoogd omdat er veel tegelijk wordt vergeleken (Holm 1979)",
     "chance of such a change without a cause, raised because many are compared at once (Holm 1979)", 11},
    {"verdict",
     "chance: kan goed toeval zijn; hard_to_explain_by_chance: moeilijk met toeval te verklaren; "
     "too_few_classes: te "
     "weinig klassen om het te zeggen",
     "chance: could well be chance; hard_to_explain_by_chance; too_few_classes: too few classes to tell",
     25}};

const struct report_table_shape report_table_changes = {"changes", REPORT_CHANGE_COLUMNS, columns};

struct changes {
    const struct report_table_source *source;
    struct report_label_language words;
    report_table_put *put;
    void *context;
    struct report_table_row row;
    char label[REPORT_LABEL_SIZE], option[16];
};

static void put_numbers(struct changes *changes, const struct trend_line *line) {
    static const char *const verdicts[] = {"chance", "hard_to_explain_by_chance", "too_few_classes"};
    struct report_table_row *row = &changes->row;
    const struct trend_change *change = &line->change;
    bool is_mean = line->about == RELEASE_SCALE;
    double factor = is_mean ? 1 : 100;
    uint8_t decimals = is_mean ? 3 : 1;
    report_table_row_text(row, REPORT_CHANGE_UNIT, is_mean ? "score" : "percent");
    uint8_t published = is_mean ? line->decimals : decimals;
    report_table_row_real(row, REPORT_CHANGE_BEFORE, factor * line->before, published);
    report_table_row_real(row, REPORT_CHANGE_NOW, factor * line->now, published);
    report_table_row_real(row, REPORT_CHANGE_CHANGE, factor * change->change, published);
    report_table_row_real(row, REPORT_CHANGE_EFFECT, change->effect, 2);
    if (isfinite(change->effect)) {
        report_table_row_text(row, REPORT_CHANGE_EFFECT_MEASURE, is_mean ? "hedges_g" : "cohen_h");
    }
    if (change->verdict != TREND_TOO_FEW) {
        report_table_row_real(row, REPORT_CHANGE_LOW, factor * change->interval.low, decimals);
        report_table_row_real(row, REPORT_CHANGE_HIGH, factor * change->interval.high, decimals);
        report_table_row_real(row, REPORT_CHANGE_LEAST, factor * change->least, decimals);
        report_table_row_real(row, REPORT_CHANGE_P, change->adjusted, 4);
    }
    report_table_row_text(row, REPORT_CHANGE_VERDICT, verdicts[change->verdict]);
}

static void put_line(struct changes *changes, const struct trend_line *line) {
    static const char *const states[] = {"compared", "new", "changed", "hidden"};
    const struct questionnaire *questionnaire = changes->source->round->questionnaire;
    const struct release_figure figure = {
        .about = line->about, .subject = line->subject, .kind = line->kind, .index = line->index};
    struct report_table_row *row = &changes->row;
    bool is_mean = line->about == RELEASE_SCALE;
    bool few = line->state == TREND_COMPARED && line->change.verdict == TREND_TOO_FEW;
    report_table_row_clear(row);
    report_table_row_text(row, REPORT_CHANGE_ABOUT, is_mean ? "scale" : "item");
    report_table_row_text(row, REPORT_CHANGE_SUBJECT,
                          is_mean ? questionnaire->scale[line->subject].name
                                  : questionnaire->item[line->subject].name);
    report_table_row_text(row, REPORT_CHANGE_FIGURE, report_label_kind(line->kind));
    report_table_row_option(row, REPORT_CHANGE_OPTION, changes->option, questionnaire, &figure);
    report_label_figure(changes->label, questionnaire, &figure, changes->words);
    report_table_row_text(row, REPORT_CHANGE_LABEL, changes->label);
    report_table_row_text(row, REPORT_CHANGE_STATUS, few ? "too_few_classes" : states[line->state]);
    if (line->state == TREND_COMPARED) {
        put_numbers(changes, line);
    }
    changes->put(changes->context, row->cell);
}

static void put_basis(struct changes *changes, enum trend_basis basis) {
    struct report_table_row *row = &changes->row;
    report_table_row_clear(row);
    report_table_row_text(row, REPORT_CHANGE_ABOUT, "round");
    report_table_row_text(row, REPORT_CHANGE_STATUS,
                          basis == TREND_BASIS_ORDER ? "wrong_order" : "other_season");
    report_table_row_text(
        row, REPORT_CHANGE_LABEL,
        trend_basis_text(basis, changes->words.english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL));
    changes->put(changes->context, row->cell);
}

enum fault report_table_each_change(const struct report_table_source *source, report_table_put *put,
                                    void *context) {
    struct trend trend = {0};
    struct changes changes = {.source = source,
                              .words = report_label_language(source->round->questionnaire, source->language),
                              .put = put,
                              .context = context};
    enum fault fault = trend_compare(&trend, source->previous, source->release);
    if (!fault && trend.basis != TREND_BASIS_GOOD) {
        put_basis(&changes, trend.basis);
    }
    for (size_t i = 0; !fault && i < trend.count; i++) {
        put_line(&changes, &trend.line[i]);
    }
    trend_release(&trend);
    return fault;
}
