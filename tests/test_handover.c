/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/handover.h"
#include "aggregator/release_inside.h"
#include "tests/sample_opening.h"

enum { COLUMNS = 32 };

static struct sample_opening *school;
static struct release *release;

/* A round whose texts try to break out of a table and a page. */
static int set_up(void **state) {
    (void)state;
    static const struct sample_class classes[] = {{"<i>1\"A", 1, 62, 2}, {"1B", 1, 60, 0}, {"2A", 2, 90, 0}};
    school = sample_opening_new(classes, 3, 41);
    for (uint16_t i = 0; i < 3; i++) {
        (void)sample_opening_add(school, (uint16_t)(i + 1), i, 55);
        if (sample_opening_merge(school, i).fault) {
            return 1;
        }
    }
    sample_opening_close(school);
    return sample_opening_run(&release, school, NULL) ? 1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    release = release_free(release);
    school = sample_opening_free(school);
    return 0;
}

static struct handover make(void) {
    struct handover handover = {.release = release, .round = school->sample->round};
    strcpy(handover.code, "12AB");
    check_fault(handover_make(&handover), FAULT_NONE);
    return handover;
}

static char *text_of(struct bytes_buffer *out) {
    bytes_put_u8(out, 0);
    check_fault(out->fault, FAULT_NONE);
    return (char *)out->data;
}

static char *table_of(const struct handover *handover) {
    struct bytes_buffer out = {0};
    handover_csv(&out, handover);
    return text_of(&out);
}

static char *page_of(const struct handover *handover, enum fault_language language) {
    struct bytes_buffer out = {0};
    handover_page(&out, handover, language);
    return text_of(&out);
}

/* Cell `column` of row `row` (0: the header), split by hand; the sample has no quoted separators. */
static const char *cell(const char *table, int row, const char *column) {
    static char found[512];
    const char *at = strstr(table, column);
    int number = 0;
    assert_non_null(at);
    for (const char *head = table; head < at; head++) {
        number += *head == ';';
    }
    at = table;
    for (int i = 0; i < row; i++) {
        at = strchr(at, '\n') + 1;
    }
    for (int i = 0; i < number; i++) {
        at = strchr(at, ';') + 1;
    }
    size_t size = strcspn(at, ";\r");
    memcpy(found, at, size);
    found[size] = '\0';
    return found;
}

static void the_file_has_a_row_for_each_legal_subject_and_as_many_cells_as_columns(void **state) {
    (void)state;
    struct handover handover = make();
    char *table = table_of(&handover);
    int cells = 1;
    size_t rows = 0;
    for (const char *at = table; *at; at++) {
        cells += *at == ';';
        if (*at == '\n') {
            assert_int_equal(cells, COLUMNS);
            cells = 1;
            rows++;
        }
    }
    assert_int_equal(rows, 1 + handover.mean_count);
    assert_true(handover.mean_count >= 3);
    assert_non_null(strstr(table, ";violation_of_safety;"));
    assert_non_null(strstr(table, ";perceived_safety;"));
    assert_non_null(strstr(table, ";wellbeing;"));
    assert_string_equal(cell(table, 1, "pupils_asked"), "210");
    assert_string_equal(cell(table, 1, "pupils_enrolled"), "212");
    assert_string_equal(cell(table, 1, "pupils_not_asked"), "2");
    assert_string_equal(cell(table, 1, "contributions"), "165");
    assert_string_equal(cell(table, 1, "response_percent"), "78.6");
    assert_string_equal(cell(table, 1, "response_status"), "published");
    assert_string_equal(cell(table, 1, "validity"), "not_from_a_recognised_instrument");
    assert_string_equal(cell(table, 1, "school_code"), "12AB");
    free(table);
}

static void means_are_those_of_the_release_and_bounds_hold_every_possible_answer(void **state) {
    (void)state;
    struct handover handover = make();
    bool seen = false;
    for (size_t i = 0; i < handover.mean_count; i++) {
        const struct handover_mean *mean = &handover.mean[i];
        if (mean->status != HANDOVER_PUBLISHED) {
            continue;
        }
        const struct release_figure *figure =
            release_find(release, RELEASE_SCALE, mean->scale, RELEASE_MEAN, 0);
        assert_ptr_equal(mean->mean, figure);
        if (!mean->has_bounds) {
            assert_int_equal(figure->n, 0);
            continue;
        }
        const struct release_scale *scale = &release->content.scale[mean->scale];
        double unit = pow(10, -(double)figure->decimals);
        double absent = 210.0 - figure->n;
        double low = ((figure->low - 0.5) * unit * figure->n + scale->score_min * absent) / 210;
        double high = ((figure->low + 0.5) * unit * figure->n + scale->score_max * absent) / 210;
        assert_true(fabs(mean->bounds.low - low) < 1e-9 && fabs(mean->bounds.high - high) < 1e-9);
        seen = true;
    }
    assert_true(seen || handover.mean_count > 0);
}

static void a_wrong_head_count_is_said_and_never_clipped(void **state) {
    (void)state;
    uint32_t *asked = &release->content.class_list[1].asked;
    uint32_t before = *asked;
    *asked = 54; /* 55 came in; the school as a whole stays below 100 % */
    struct handover handover = make();
    char *table = table_of(&handover);
    char *dutch = page_of(&handover, FAULT_LANGUAGE_NL);
    char *english = page_of(&handover, FAULT_LANGUAGE_EN);
    assert_string_equal(cell(table, 1, "response_percent"), "");
    assert_string_equal(cell(table, 1, "response_status"), "head_count_wrong");
    assert_string_equal(cell(table, 1, "lowest_if_absent"), "");
    assert_non_null(strstr(dutch, "Het aantal leerlingen klopt niet"));
    assert_non_null(strstr(english, "Head count wrong"));
    assert_non_null(strstr(english, "in 1 class more contributions"));
    assert_null(strstr(dutch, "\u00a0%)"));
    free(table);
    free(dutch);
    free(english);
    *asked = before;
}

/* Each of the three says what the others do not. */
static void a_difference_between_classes_is_called_chance_when_it_may_be(void **state) {
    (void)state;
    static const uint32_t asked[3][3] = {{60, 60, 60}, {100, 85, 112}, {62, 60, 90}}; /* 55 of each came in */
    static const char *const said[3][2] = {
        {"De klassen deden ongeveer even vaak mee.", "The classes took part about equally."},
        {"dat verschil kan goed toeval zijn.", "that difference could well be chance."},
        {"meer dan door toeval te verklaren is;", "more than chance explains;"}};
    uint32_t before[3];
    for (size_t i = 0; i < 3; i++) {
        before[i] = release->content.class_list[i].asked;
    }
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            release->content.class_list[j].asked = asked[i][j];
        }
        struct handover handover = make();
        char *dutch = page_of(&handover, FAULT_LANGUAGE_NL), *english = page_of(&handover, FAULT_LANGUAGE_EN);
        for (size_t j = 0; j < 3; j++) {
            assert_true(!strstr(dutch, said[j][0]) == (i != j));
            assert_true(!strstr(english, said[j][1]) == (i != j));
        }
        free(dutch);
        free(english);
    }
    for (size_t i = 0; i < 3; i++) {
        release->content.class_list[i].asked = before[i];
    }
}

static void what_is_hidden_or_was_not_asked_says_so_and_is_never_empty(void **state) {
    (void)state;
    struct handover handover = make();
    handover.mean[0] = (struct handover_mean){.subject = QUESTIONNAIRE_SUBJECT_INCIDENTS,
                                              .scale = QUESTIONNAIRE_NONE,
                                              .status = HANDOVER_NOT_ASKED};
    handover.mean[1] = (struct handover_mean){
        .subject = QUESTIONNAIRE_SUBJECT_SAFETY, .scale = 0, .status = HANDOVER_HIDDEN};
    char *table = table_of(&handover);
    char *page = page_of(&handover, FAULT_LANGUAGE_NL);
    assert_string_equal(cell(table, 1, "status;mean"), "not_asked");
    assert_string_equal(cell(table, 2, "status;mean"), "hidden");
    assert_non_null(strstr(page, "niet gevraagd</td>"));
    assert_non_null(strstr(page, "om leerlingen te beschermen"));
    free(table);
    free(page);
}

static void the_page_needs_nothing_from_elsewhere_and_escapes_what_others_wrote(void **state) {
    (void)state;
    struct handover handover = make();
    strcpy(school->sample->round->class_list[0].reason, "<b>ill & away");
    for (int language = 0; language < 2; language++) {
        char *page = page_of(&handover, (enum fault_language)language);
        static const char *const forbidden[] = {
            "<script", "http:", "https:", "src=", "href=", "url(", "<b>ill"};
        for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
            assert_null(strstr(page, forbidden[i]));
        }
        assert_non_null(strstr(page, language ? "<html lang=\"en\">" : "<html lang=\"nl\">"));
        assert_non_null(strstr(page, "&lt;b&gt;ill &amp; away"));
        assert_non_null(
            strstr(page, language ? "Not from a recognised instrument" : "Niet van een erkend instrument"));
        assert_true(bytes_are_utf8(page, strlen(page)));
        free(page);
    }
}

static void no_single_pupils_reason_stands_alone(void **state) {
    (void)state;
    static const struct {
        uint32_t absent[BUNDLE_ABSENCES];
        struct handover_absence expected;
    } cases[] = {{{12, 1, 2, 7}, {{12, 0, 0, 7}, 3, true}},
                 {{12, 4, 4, 7}, {{12, 0, 0, 7}, 8, false}},
                 {{5, 0, 0, 0}, {{5, 0, 0, 0}, 0, false}},
                 {{4, 0, 0, 0}, {{0, 0, 0, 0}, 4, true}},
                 {{0, 0, 0, 0}, {{0, 0, 0, 0}, 0, false}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct handover_absence out;
        handover_absences(&out, cases[i].absent, 5);
        assert_memory_equal(out.told, cases[i].expected.told, sizeof out.told);
        assert_int_equal(out.rest, cases[i].expected.rest);
        assert_int_equal(out.rest_is_small, cases[i].expected.rest_is_small);
    }
    struct handover handover = make();
    handover.has_absences = true;
    handover.absent[BUNDLE_ABSENT_ILL] = 12;
    handover.absent[BUNDLE_ABSENT_PARENTS] = 1;
    char *page = page_of(&handover, FAULT_LANGUAGE_NL);
    assert_null(strstr(page, "bezwaar van ouders"));
    free(page);
}

/* Whole sentences, whatever is told. */
static void absences_are_told_in_a_sentence(void **state) {
    (void)state;
    static const struct {
        uint32_t absent[BUNDLE_ABSENCES];
        const char *sentence[2];
    } cases[] = {
        {{12, 0, 1, 0},
         {"telden wie er afwezig waren: 12 leerlingen door ziekte en minder dan 5 om andere redenen.",
          "counted who was absent: 12 pupils through illness and fewer than 5 for other reasons."}},
        {{12, 6, 0, 7},
         {"12 leerlingen door ziekte, 6 doordat zij elders waren (bijvoorbeeld op stage) en 7 om een reden "
          "die "
          "niet op de lijst staat.",
          "12 pupils through illness, 6 because they were elsewhere (on a placement, for instance) and 7 for "
          "a "
          "reason that is not on the list."}},
        {{0, 0, 9, 0},
         {"wie er afwezig waren: 9 leerlingen door bezwaar van ouders.",
          "who was absent: 9 pupils because parents objected."}},
        {{4, 0, 0, 0},
         {"telden minder dan 5 afwezige leerlingen; bij zo weinig staan de redenen er niet bij.",
          "counted fewer than 5 absent pupils; of so few the reasons are not told."}},
        {{4, 3, 0, 0},
         {"telden 7 afwezige leerlingen, om redenen die elk voor minder dan 5 van hen golden.",
          "counted 7 absent pupils, for reasons that each held for fewer than 5 of them."}},
        {{0, 0, 0, 0}, {"telden geen afwezige leerlingen.", "counted no absent pupils."}}};
    struct handover handover = make();
    handover.has_absences = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(handover.absent, cases[i].absent, sizeof handover.absent);
        for (int language = 0; language < 2; language++) {
            char *page = page_of(&handover, (enum fault_language)language);
            assert_non_null(strstr(page, cases[i].sentence[language]));
            free(page);
        }
    }
}

static void figures_from_elsewhere_stand_beside_the_schools_own(void **state) {
    (void)state;
    struct handover handover = make();
    struct questionnaire *questionnaire = school->sample->round->questionnaire;
    static char whom[] = "Pupils <elsewhere>";
    struct questionnaire_reference reference = {.year = 2024,
                                                .month = 5,
                                                .whom = {.in = {whom}},
                                                .source = "A & B",
                                                .mean = 3456,
                                                .deviation = 900,
                                                .pupils = 90};
    char *without = page_of(&handover, FAULT_LANGUAGE_NL);
    assert_null(strstr(without, "Ter vergelijking"));
    struct questionnaire_reference *own = questionnaire->reference;
    uint16_t own_count = questionnaire->reference_count;
    questionnaire->reference = &reference;
    questionnaire->reference_count = 1;
    char *page = page_of(&handover, FAULT_LANGUAGE_NL);
    assert_non_null(strstr(page, "Ter vergelijking"));
    assert_non_null(strstr(page, "Pupils &lt;elsewhere&gt;, mei 2024: 3,46 (A &amp; B); "));
    questionnaire->reference = own;
    questionnaire->reference_count = own_count;
    free(without);
    free(page);
}

/* Comma languages write 3,4 wherever a floating point number is printed; nothing here prints one. */
static void the_locale_has_no_say(void **state) {
    (void)state;
    struct handover handover = make();
    char *before = table_of(&handover);
    char *page = page_of(&handover, FAULT_LANGUAGE_EN);
    char number[8];
    assert_non_null(setlocale(LC_ALL, "nl_NL.UTF-8")); /* LOCPATH says where it is */
    assert_int_equal(snprintf(number, sizeof number, "%.1f", 3.4), 3);
    assert_string_equal(number, "3,4");
    char *after = table_of(&handover);
    char *page_after = page_of(&handover, FAULT_LANGUAGE_EN);
    setlocale(LC_ALL, "C");
    assert_string_equal(before, after);
    assert_string_equal(page, page_after);
    char text[HANDOVER_VALUE_SIZE];
    handover_value(text, 305, 2, false);
    assert_string_equal(text, "3.05");
    handover_value(text, 5, 1, true);
    assert_string_equal(text, "0,5");
    handover_value(text, 4294967295u, 0, true);
    assert_string_equal(text, "4294967295");
    free(before);
    free(after);
    free(page);
    free(page_after);
}

static void a_release_of_another_round_is_refused(void **state) {
    (void)state;
    struct sample_round *other = sample_round_small();
    struct handover handover = {.release = release, .round = other->round};
    check_fault(handover_make(&handover), FAULT_ROUND_OTHER);
    sample_round_free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_has_a_row_for_each_legal_subject_and_as_many_cells_as_columns),
        cmocka_unit_test(means_are_those_of_the_release_and_bounds_hold_every_possible_answer),
        cmocka_unit_test(a_wrong_head_count_is_said_and_never_clipped),
        cmocka_unit_test(a_difference_between_classes_is_called_chance_when_it_may_be),
        cmocka_unit_test(what_is_hidden_or_was_not_asked_says_so_and_is_never_empty),
        cmocka_unit_test(the_page_needs_nothing_from_elsewhere_and_escapes_what_others_wrote),
        cmocka_unit_test(no_single_pupils_reason_stands_alone),
        cmocka_unit_test(absences_are_told_in_a_sentence),
        cmocka_unit_test(figures_from_elsewhere_stand_beside_the_schools_own),
        cmocka_unit_test(the_locale_has_no_say),
        cmocka_unit_test(a_release_of_another_round_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
