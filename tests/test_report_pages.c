/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/report_edition.h"
#include "aggregator/report_style.h"
#include "aggregator/report_view.h"
#include "aggregator/trend.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_release.h"

static struct sample_class classes[6] = {{"1A", 1, 74, 0}, {"1B", 1, 66, 0}, {"2A", 2, 75, 0},
                                         {"2B", 2, 63, 0}, {"3A", 4, 12, 0}, {"3B", 4, 77, 0}};
static const struct sample_release_school now = {
    .classes = classes, .class_count = 6, .mood = 70, .absent_percent = 5, .seed = 8};
static struct release *release, *before;
static struct sample_round *sample, *sample_before;
static const struct measures *measures; /* beside every page of a test that sets it */

static int set_up(void **state) {
    (void)state;
    struct sample_release_school earlier = now;
    earlier.mood = 55;
    earlier.years_back = 1;
    sample_release_make(&release, &sample, sample_questionnaire(), &now);
    sample_release_make(&before, &sample_before, sample_questionnaire(), &earlier);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    release_free(release);
    release_free(before);
    sample_round_free(sample);
    sample_round_free(sample_before);
    return 0;
}

static char *page_of(const struct release *of, const struct sample_round *from, enum report_edition edition,
                     uint16_t unit, const struct release *previous, const char *language) {
    struct bytes_buffer out = {0};
    const struct report_beside beside = {previous, measures, NULL};
    check_fault(report_edition_write(&out, of, &beside, from->round, edition, unit, language), FAULT_NONE);
    bytes_put_u8(&out, 0);
    return (char *)out.data;
}

static size_t count_of(const char *page, const char *words) {
    size_t count = 0;
    for (const char *at = strstr(page, words); at; at = strstr(at + 1, words)) {
        count++;
    }
    return count;
}

static void what_is_read_has_contrast_aa(void **state) {
    (void)state;
    static const enum report_style_colour grounds[] = {REPORT_STYLE_PAPER, REPORT_STYLE_TINT,
                                                       REPORT_STYLE_NOTICE};
    static const enum report_style_colour inks[] = {REPORT_STYLE_INK, REPORT_STYLE_SOFT, REPORT_STYLE_ACCENT};
    assert_int_equal(report_style_contrast(REPORT_STYLE_PAPER, REPORT_STYLE_PAPER), 100);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            assert_true(report_style_contrast(grounds[i], inks[j]) >= 450);
        }
    }
    for (int i = REPORT_STYLE_WORSE_2; i < REPORT_STYLE_COLOURS; i++) {
        enum report_style_colour ground = (enum report_style_colour)i;
        assert_true(report_style_contrast(ground, report_style_text_on(ground)) >= 450);
    }
    /* What one key names differs in grey too, each from every other. */
    for (uint16_t count = 2; count <= 5; count++) {
        for (uint16_t i = 0; i < count; i++) {
            for (uint16_t j = (uint16_t)(i + 1); j < count; j++) {
                assert_true(report_style_contrast(report_style_step(i, count), report_style_step(j, count)) >=
                            120);
                assert_true(report_style_contrast(report_style_diverging(i, count),
                                                  report_style_diverging(j, count)) >= 120);
            }
        }
    }
    for (int i = 0; i <= REPORT_STYLE_ACCENT; i++) {
        assert_non_null(strstr(report_style_sheet(), report_style_hex((enum report_style_colour)i)));
    }
}

static void a_hidden_cell_is_no_number_anywhere(void **state) {
    (void)state;
    const struct release_content *content = release_content(release);
    uint32_t hidden = 0;
    for (uint32_t at = 0; at < content->item_count * 6u; at++) {
        struct report_view view;
        report_view_item(&view, release, RELEASE_CLASS, (uint16_t)(at % 6), (uint16_t)(at / 6));
        for (uint16_t i = 0; i < view.count; i++) {
            if (view.cell[i].figure->status == RELEASE_HIDDEN) {
                assert_int_equal(view.cell[i].percent_low, 0);
                assert_int_equal(view.cell[i].percent_high, 100);
                hidden++;
            }
        }
        assert_true(view.answered_low <= view.answered_high);
    }
    char *page = page_of(release, sample, REPORT_EDITION_CLASS, 4, NULL, "nl");
    assert_true(hidden > 0);
    assert_non_null(strstr(page, "<td>•</td>"));
    assert_non_null(strstr(page, "url(#h"));
    assert_null(strstr(page, "<td>0–100&nbsp;%</td>"));
    free(page);
}

static void no_class_leaves_the_school_and_nothing_sensitive_hangs_on_the_wall(void **state) {
    (void)state;
    static const enum report_edition editions[] = {REPORT_EDITION_BOARD, REPORT_EDITION_PARENTS,
                                                   REPORT_EDITION_GUIDE, REPORT_EDITION_POSTER};
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
        char *page = page_of(release, sample, editions[i], 0, before, "nl");
        for (size_t j = 0; j < 6; j++) {
            assert_null(strstr(page, classes[j].label));
        }
        free(page);
    }
    const struct questionnaire *questionnaire = sample->round->questionnaire;
    char *poster = page_of(release, sample, REPORT_EDITION_POSTER, 0, NULL, "nl");
    assert_null(strstr(poster, questionnaire_text_in(&questionnaire->item[SAMPLE_HAPPENED].label, 0, NULL)));
    assert_non_null(strstr(poster, "van de 100"));
    free(poster);
}

static void a_class_sheet_shows_its_own_class_and_no_other(void **state) {
    (void)state;
    char *page = page_of(release, sample, REPORT_EDITION_CLASS, 1, NULL, "nl");
    char file[REPORT_EDITION_FILE];
    assert_non_null(strstr(page, "<h2>Klas 1B</h2>"));
    assert_null(strstr(page, "2A"));
    /* No sheet of paper ends with the mean of what the next one draws. */
    assert_int_equal(count_of(page, "deze klas gemiddeld"), count_of(page, "<p class=\"mean\"><strong>"));
    assert_true(count_of(page, "<p class=\"mean\">") > 0);
    assert_non_null(strstr(report_style_media(), ".mean,.intro{break-after:avoid}"));
    free(page);
    report_edition_file(file, release, sample->round, REPORT_EDITION_CLASS, 1);
    assert_string_equal(file, "class-02-1B.html");
    assert_true(report_edition_exists(release, REPORT_EDITION_CLASS, 1));
}

/*
 * Who counts in a class's mean is told of no class: without an estimate there would be no funnel of any real
 * school.
 */
static void classes_stand_in_a_funnel_though_who_counts_is_not_told(void **state) {
    (void)state;
    char *page = page_of(release, sample, REPORT_EDITION_TEAM, 0, NULL, "en");
    char *sheet = page_of(release, sample, REPORT_EDITION_CLASS, 1, NULL, "en");
    const struct release_figure *mean =
        release_find_at(release, RELEASE_CLASS, 1, RELEASE_SCALE, 0, RELEASE_MEAN, 0);
    assert_true(mean && mean->status == RELEASE_PUBLISHED && mean->n == 0);
    assert_non_null(strstr(page, "This is not a ranking."));
    char expected[64];
    uint32_t contributions = release_content(release)->batch[1].contributions;
    snprintf(expected, sizeof expected, "<td>about %u</td>", contributions - contributions / 20 - 1);
    assert_non_null(strstr(page, expected));
    assert_true(strstr(sheet, "could well be chance") || strstr(sheet, "than chance explains"));
    free(page);
    free(sheet);
}

static void numbers_have_the_decimal_sign_of_the_language(void **state) {
    (void)state;
    char *dutch = page_of(release, sample, REPORT_EDITION_TEAM, 0, NULL, "nl");
    char *english = page_of(release, sample, REPORT_EDITION_TEAM, 0, NULL, "en");
    assert_non_null(strstr(dutch, "alfa): 0,83."));
    assert_non_null(strstr(english, "alpha): 0.83."));
    assert_null(strstr(english, "alpha): 0,83"));
    assert_null(strstr(english, "leerlingen"));
    free(dutch);
    free(english);
}

static void change_is_told_only_with_an_earlier_round(void **state) {
    (void)state;
    char *alone = page_of(release, sample, REPORT_EDITION_TEAM, 0, NULL, "nl");
    char *both = page_of(release, sample, REPORT_EDITION_TEAM, 0, before, "nl");
    char *wrong = page_of(before, sample_before, REPORT_EDITION_TEAM, 0, release, "nl");
    assert_null(strstr(alone, "Verandering sinds"));
    assert_non_null(strstr(both, "deze ronde"));
    assert_non_null(strstr(both, "antwoorden die te vergelijken waren"));
    assert_non_null(strstr(wrong, "Verandering sinds"));
    assert_null(strstr(wrong, "antwoorden die te vergelijken waren"));
    free(alone);
    free(both);
    free(wrong);
}

static void more_answers_than_pupils_is_a_wrong_head_count_and_never_a_percentage(void **state) {
    (void)state;
    struct release *odd = NULL;
    struct sample_round *from = NULL;
    struct sample_release_school school = now;
    school.too_many = 7;
    sample_release_make(&odd, &from, sample_questionnaire(), &school);
    char *page = page_of(odd, from, REPORT_EDITION_TEAM, 0, NULL, "nl");
    char *guide = page_of(odd, from, REPORT_EDITION_GUIDE, 0, NULL, "nl");
    assert_non_null(strstr(page, "Aantal leerlingen klopt niet"));
    assert_non_null(strstr(page, "<td>aantal leerlingen klopt niet</td>"));
    assert_non_null(strstr(guide, "aantal leerlingen klopt niet"));
    assert_non_null(strstr(page, "<b>?</b> respons"));
    free(page);
    free(guide);
    release_free(odd);
    sample_round_free(from);
}

/* Goals stand beside results where they belong, and nothing about them is told to whom it is not for. */
static void goals_and_measures_stand_where_they_belong(void **state) {
    (void)state;
    static const struct {
        enum report_edition edition;
        bool done, plans, owner;
    } expected[] = {{REPORT_EDITION_TEAM, true, true, true},     {REPORT_EDITION_BOARD, true, true, true},
                    {REPORT_EDITION_PARENTS, true, true, true},  {REPORT_EDITION_GUIDE, false, true, false},
                    {REPORT_EDITION_POSTER, false, true, false}, {REPORT_EDITION_CLASS, false, true, false}};
    struct measures list = {.count = 2};
    list.row[0] = (struct measures_row){.name = "yard",
                                        .goal = "Rust & <orde>",
                                        .text_nl = "toezicht",
                                        .text_en = "supervision",
                                        .owner = "conrector",
                                        .date = sample->round->first_day - 10000};
    list.row[1] = list.row[0];
    snprintf(list.row[1].name, sizeof list.row[1].name, "later");
    snprintf(list.row[1].goal, sizeof list.row[1].goal, "Nog te doen");
    list.row[1].date = sample->round->first_day;
    snprintf(list.row[0].about, sizeof list.row[0].about, "%s",
             sample->round->questionnaire->item[SAMPLE_HAPPENED].name);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *without = page_of(release, sample, expected[i].edition, 1, before, "nl");
        measures = &list;
        char *page = page_of(release, sample, expected[i].edition, 1, before, "nl");
        measures = NULL;
        assert_null(strstr(without, "Nog te doen"));
        assert_int_equal(strstr(page, "Rust &amp; &lt;orde&gt;") != NULL, expected[i].done);
        assert_int_equal(strstr(page, "Nog te doen") != NULL, expected[i].plans);
        assert_int_equal(strstr(page, "conrector") != NULL, expected[i].owner);
        assert_int_equal(strstr(page, "is dit jaar niet gevraagd") != NULL, expected[i].done);
        free(without);
        free(page);
    }
}

/* With few classes no change can be told from chance: then none is said to be chance. */
static void too_few_classes_are_not_said_to_have_changed_by_chance(void **state) {
    (void)state;
    for (uint16_t count = 4; count <= 6; count += 2) {
        struct release *few = NULL, *few_before = NULL;
        struct sample_round *round = NULL, *round_before = NULL;
        struct sample_release_school school = now, earlier = now;
        struct trend trend = {0};
        size_t compared = 0, judged = 0;
        school.class_count = earlier.class_count = count;
        earlier.mood = 55;
        earlier.years_back = 1;
        sample_release_make(&few, &round, sample_questionnaire(), &school);
        sample_release_make(&few_before, &round_before, sample_questionnaire(), &earlier);
        check_fault(trend_compare(&trend, few_before, few), FAULT_NONE);
        for (size_t i = 0; i < trend.count; i++) {
            bool is_one = trend.line[i].about == RELEASE_ITEM && trend.line[i].state == TREND_COMPARED;
            compared += is_one;
            judged += is_one && trend.line[i].change.verdict != TREND_TOO_FEW;
        }
        assert_true(compared > 0);
        assert_int_equal(judged > 0, count >= TREND_CLASSES);
        char *page = page_of(few, round, REPORT_EDITION_TEAM, 0, few_before, "en");
        assert_int_equal(strstr(page, "than chance explains.</p>") != NULL, judged > 0);
        assert_int_equal(strstr(page, "too few classes to tell whether") != NULL, judged == 0);
        free(page);
        trend_release(&trend);
        release_free(few);
        release_free(few_before);
        sample_round_free(round);
        sample_round_free(round_before);
    }
}

/* No page but the team's has a table of classes, and so none sends its reader there. */
static void only_the_team_is_sent_to_the_table_of_classes(void **state) {
    (void)state;
    struct sample_class uneven[6] = {{"1A", 1, 3, 0}, {"1B", 1, 4, 0}, {"2A", 2, 3, 0},
                                     {"2B", 2, 4, 0}, {"3A", 4, 3, 0}, {"3B", 4, 4, 0}};
    struct sample_release_school school = now;
    struct release *few = NULL;
    struct sample_round *round = NULL;
    school.classes = uneven;
    school.absent_percent = 30; /* of four one, of three none */
    sample_release_make(&few, &round, sample_questionnaire(), &school);
    char *team = page_of(few, round, REPORT_EDITION_TEAM, 0, NULL, "nl");
    char *board = page_of(few, round, REPORT_EDITION_BOARD, 0, NULL, "nl");
    assert_non_null(strstr(team, "<figcaption>Respons per klas</figcaption>"));
    assert_non_null(strstr(team, "kijk in de tabel welke klassen minder meededen"));
    assert_non_null(strstr(board, "als die van wie meedeed."));
    assert_null(strstr(board, "kijk in de tabel"));
    free(team);
    free(board);
    release_free(few);
    sample_round_free(round);
}

static void hide_at(struct release_content *content, uint32_t at, enum release_subject about) {
    struct release_figure *figure = &content->figure[at];
    if (figure->about == about && figure->level == RELEASE_SCHOOL) {
        figure->status = RELEASE_HIDDEN;
    }
}

static size_t compared_answers(const struct release *from, const struct release *to) {
    struct trend trend = {0};
    size_t count = 0;
    check_fault(trend_compare(&trend, from, to), FAULT_NONE);
    for (size_t i = 0; i < trend.count; i++) {
        count += trend.line[i].about == RELEASE_ITEM && trend.line[i].state == TREND_COMPARED;
    }
    trend_release(&trend);
    return count;
}

/* Of all means, and of all answers but one, something is hidden, as it may be in a small school. */
static void what_is_left_to_compare_is_told_in_its_own_words(void **state) {
    (void)state;
    struct sample_release_school earlier = now;
    struct release *hiding = NULL;
    struct sample_round *round = NULL;
    earlier.mood = 55;
    earlier.years_back = 1;
    sample_release_make(&hiding, &round, sample_questionnaire(), &earlier);
    struct release_content *content = (struct release_content *)release_content(hiding);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        hide_at(content, i, RELEASE_SCALE);
    }
    for (uint32_t i = 0; i < content->figure_count && compared_answers(hiding, release) > 1; i++) {
        hide_at(content, i, RELEASE_ITEM);
    }
    assert_int_equal(compared_answers(hiding, release), 1);
    char *dutch = page_of(release, sample, REPORT_EDITION_TEAM, 0, hiding, "nl");
    char *english = page_of(release, sample, REPORT_EDITION_TEAM, 0, hiding, "en");
    assert_non_null(strstr(dutch, "<p>Eén antwoord was te vergelijken, maar "));
    assert_non_null(strstr(english, "<p>One answer could be compared, but "));
    char *all = page_of(release, sample, REPORT_EDITION_TEAM, 0, before, "nl");
    assert_non_null(strstr(all, "de laatste kolom zegt"));
    assert_null(strstr(dutch, "In woorden</th>"));
    assert_null(strstr(dutch, "de laatste kolom zegt"));
    free(all);
    free(dutch);
    free(english);
    release_free(hiding);
    sample_round_free(round);
}

/* An English page has the goal in English, and marks as Dutch what the school wrote in Dutch alone. */
static void a_goal_is_told_in_the_pages_language(void **state) {
    (void)state;
    struct measures list = {.count = 2};
    list.row[0] = (struct measures_row){.name = "later",
                                        .goal = "Minder lawaai",
                                        .goal_en = "Less noise",
                                        .text_nl = "toezicht",
                                        .text_en = "supervision",
                                        .owner = "conrector",
                                        .date = sample->round->first_day};
    list.row[1] = list.row[0];
    list.row[1].goal_en[0] = '\0';
    measures = &list;
    for (int i = 0; i < REPORT_EDITIONS; i++) {
        if (i == REPORT_EDITION_LATE) {
            continue;
        }
        char *dutch = page_of(release, sample, (enum report_edition)i, 1, NULL, "nl");
        char *english = page_of(release, sample, (enum report_edition)i, 1, NULL, "en");
        assert_null(strstr(dutch, "Less noise"));
        assert_null(strstr(dutch, "lang=\"nl\"><span"));
        assert_null(strstr(dutch, "<span lang"));
        assert_non_null(strstr(dutch, "Minder lawaai"));
        assert_non_null(strstr(english, "Less noise"));
        assert_non_null(strstr(english, "<span lang=\"nl\">Minder lawaai</span>"));
        bool owner = strstr(english, "conrector");
        assert_int_equal(strstr(english, "<span lang=\"nl\">conrector</span>") != NULL, owner);
        free(dutch);
        free(english);
    }
    measures = NULL;
}

/*
 * What the questionnaire brings to compare with stands with the mean, with its date and source, and only
 * there where means are.
 */
static void references_and_tables_stand_with_the_mean(void **state) {
    (void)state;
    struct questionnaire *questionnaire = sample->round->questionnaire;
    const struct questionnaire kept = *questionnaire;
    const struct questionnaire_scale *scale = &questionnaire->scale[0];
    const struct release_figure *mean = release_find(release, RELEASE_SCALE, 0, RELEASE_MEAN, 0);
    struct questionnaire_reference reference = {.scale = 0,
                                                .year = 2024,
                                                .month = 5,
                                                .source = "Yearbook <2024>",
                                                .mean = 3000,
                                                .deviation = 800,
                                                .pupils = 9001};
    static struct questionnaire_conversion table;
    char value[96];
    reference.whom = questionnaire->title;
    table.scale = 0;
    table.count = (uint16_t)(scale->item_count * (scale->score_max - scale->score_min) + 1);
    for (int32_t i = 0; i < table.count; i++) {
        table.value[i] = 2000 * i - 10000;
    }
    questionnaire->reference = &reference;
    questionnaire->reference_count = 1;
    questionnaire->conversion = &table;
    questionnaire->conversion_count = 1;
    char *page = page_of(release, sample, REPORT_EDITION_BOARD, 0, NULL, "en");
    char *poster = page_of(release, sample, REPORT_EDITION_POSTER, 0, NULL, "en");
    *questionnaire = kept;
    assert_int_equal(mean->decimals, 2);
    double raw = (mean->low / 100.0 - scale->score_min) * scale->item_count, half = .005 * scale->item_count;
    double low = floor((2 * (raw - half) - 10) * 10 + 1e-9) / 10,
           high = ceil((2 * (raw + half) - 10) * 10 - 1e-9) / 10;
    snprintf(value, sizeof value, "<strong>%s%.1f–%s%.1f</strong>", low < 0 ? "−" : "", fabs(low),
             high < 0 ? "−" : "", fabs(high));
    assert_non_null(strstr(page, value));
    assert_non_null(
        strstr(page, ", May 2024 <em>Yearbook &lt;2024&gt;</em></th><td>9001</td><td>3.00</td><td>"));
    assert_non_null(strstr(page, "An indication, not a norm."));
    assert_null(strstr(poster, "Yearbook"));
    free(page);
    free(poster);
    page = page_of(release, sample, REPORT_EDITION_BOARD, 0, NULL, "en");
    assert_null(strstr(page, "An indication, not a norm."));
    assert_null(strstr(page, "Converted by"));
    free(page);
}

static void check_said(enum report_edition edition, const char *language, const char *said,
                       const char *figures, const char *other) {
    char *page = page_of(release, sample, edition, 0, NULL, language);
    assert_non_null(strstr(page, said));
    assert_non_null(strstr(page, figures));
    assert_null(strstr(page, other));
    free(page);
}

/* As if so many of a hundred pupils of each class had come. */
static void ask(const uint32_t percent[6]) {
    const struct release_content *content = release_content(release);
    for (uint16_t i = 0; i < content->class_count; i++) {
        content->class_list[i].asked = 100 * content->class_list[i].contributions / percent[i];
    }
}

/* What is said of the classes and the probability beside it are of one mind. */
static void classes_are_called_uneven_beyond_chance_only_when_they_are(void **state) {
    (void)state;
    static const uint32_t even[6] = {90, 90, 90, 90, 90, 90}, perhaps[6] = {61, 56, 50, 44, 50, 50},
                          uneven[6] = {95, 60, 90, 60, 90, 90};
    const struct release_content *content = release_content(release);
    uint32_t asked[6];
    assert_int_equal(content->class_count, 6);
    for (uint16_t i = 0; i < 6; i++) {
        asked[i] = content->class_list[i].asked;
    }
    ask(even);
    check_said(REPORT_EDITION_TEAM, "nl", "De klassen deden ongeveer even veel mee. ", "; p = 1,000.",
               "toeval zijn. Lees");
    check_said(REPORT_EDITION_BOARD, "en", "The classes took part about equally. ",
               "; p = ", "chance explains. Read");
    ask(perhaps);
    check_said(REPORT_EDITION_TEAM, "nl", "dat verschil kan goed toeval zijn. Lees ", "; p = 0,1",
               "door toeval te verklaren is. Lees");
    check_said(REPORT_EDITION_BOARD, "en", "that difference could well be chance. Read ", "; p = 0.1",
               "chance explains. Read");
    ask(uneven);
    check_said(REPORT_EDITION_TEAM, "nl", "meer dan door toeval te verklaren is. Lees ", "; p &lt; 0,001.",
               "toeval zijn. Lees");
    check_said(REPORT_EDITION_BOARD, "en", "more than chance explains. Read ", "; p &lt; 0.001.",
               "chance. Read");
    for (uint16_t i = 0; i < 6; i++) {
        content->class_list[i].asked = asked[i];
    }
}

/* Of `heads` pupils in each of the six classes so many came. */
static void came(uint32_t heads, const uint32_t count[6]) {
    const struct release_content *content = release_content(release);
    for (uint16_t i = 0; i < 6; i++) {
        content->class_list[i].asked = heads;
        content->class_list[i].contributions = count[i];
    }
}

/* R = 0.8972, 0.8998 and 0.9001; p = 0.0498 and 0.0501. */
static void no_number_is_rounded_past_the_limit_that_was_judged(void **state) {
    (void)state;
    static const uint32_t uneven[6] = {39, 43, 35, 41, 38, 41}, hardly[6] = {39, 41, 39, 44, 38, 36},
                          even[6] = {41, 37, 45, 40, 39, 42}, beyond[6] = {58, 50, 50, 57, 51, 50},
                          chance[6] = {40, 45, 44, 43, 34, 39};
    static const enum report_edition editions[3] = {REPORT_EDITION_TEAM, REPORT_EDITION_BOARD,
                                                    REPORT_EDITION_PARENTS};
    struct release_class kept[6];
    const struct release_content *content = release_content(release);
    memcpy(kept, content->class_list, sizeof kept);
    for (size_t i = 0; i < 3; i++) {
        came(50, uneven);
        check_said(editions[i], "nl", "dat verschil kan goed toeval zijn.", "indicator 0,897 (", "0,90 (");
        came(50, hardly);
        check_said(editions[i], "en", "that difference could well be chance.", "indicator 0.899 (", "0.90 (");
        came(50, even);
        check_said(editions[i], "nl", "deden ongeveer even veel mee.", "indicator 0,90 (", "toeval zijn.");
        came(60, beyond);
        check_said(editions[i], "en", "more than chance explains.", "; p = 0.0497.", "0.050");
        came(50, chance);
        check_said(editions[i], "nl", "dat verschil kan goed toeval zijn.", "; p = 0,050.", "0,0501");
    }
    memcpy(content->class_list, kept, sizeof kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_has_contrast_aa),
        cmocka_unit_test(a_hidden_cell_is_no_number_anywhere),
        cmocka_unit_test(no_class_leaves_the_school_and_nothing_sensitive_hangs_on_the_wall),
        cmocka_unit_test(a_class_sheet_shows_its_own_class_and_no_other),
        cmocka_unit_test(classes_stand_in_a_funnel_though_who_counts_is_not_told),
        cmocka_unit_test(numbers_have_the_decimal_sign_of_the_language),
        cmocka_unit_test(change_is_told_only_with_an_earlier_round),
        cmocka_unit_test(goals_and_measures_stand_where_they_belong),
        cmocka_unit_test(a_goal_is_told_in_the_pages_language),
        cmocka_unit_test(too_few_classes_are_not_said_to_have_changed_by_chance),
        cmocka_unit_test(classes_are_called_uneven_beyond_chance_only_when_they_are),
        cmocka_unit_test(no_number_is_rounded_past_the_limit_that_was_judged),
        cmocka_unit_test(only_the_team_is_sent_to_the_table_of_classes),
        cmocka_unit_test(what_is_left_to_compare_is_told_in_its_own_words),
        cmocka_unit_test(references_and_tables_stand_with_the_mean),
        cmocka_unit_test(more_answers_than_pupils_is_a_wrong_head_count_and_never_a_percentage),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
