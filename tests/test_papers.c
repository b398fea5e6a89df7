/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/papers.h"
#include "aggregator/papers_data.h"
#include "aggregator/papers_template.h"
#include "aggregator/papers_values.h"
#include "sample_round.h"

static const enum round_mode modes[] = {ROUND_TWO_MACHINES, ROUND_ONE_MACHINE, ROUND_SOLO};
static struct bytes_buffer page;

/* Makes one paper into `page`, zero-terminated. */
static const char *make(size_t which, const struct round *round, const struct papers_extra *extra) {
    bytes_buffer_release(&page);
    check_fault(papers_make(&page, which, round, extra), FAULT_NONE);
    bytes_put_u8(&page, 0);
    assert_int_equal(strlen((const char *)page.data), page.size - 1);
    return (const char *)page.data;
}

static int tear_down(void **state) {
    (void)state;
    bytes_buffer_release(&page);
    return 0;
}

/*
 * Every element closes what it opened, in the right order; attributes are quoted; an ampersand begins a
 * character.
 */
static void check_html(const char *html, const char *file) {
    char open[32][16];
    size_t depth = 0;
    if (strncmp(html, "<!DOCTYPE html>\n<html lang=\"nl\">", 31) != 0) {
        fail_msg("%s: does not begin as a page", file);
    }
    for (const char *at = html + 15; *at; at++) {
        if (*at == '&' && strcspn(at, "; <") > 6) {
            fail_msg("%s: a bare ampersand: %.20s", file, at);
        }
        if (*at != '<') {
            continue;
        }
        bool closes = at[1] == '/';
        char name[16] = "";
        size_t size = strspn(at + 1 + closes, "abcdefghijklmnopqrstuvwxyz0123456789");
        assert_true(size > 0 && size < sizeof name);
        memcpy(name, at + 1 + closes, size);
        const char *end = strchr(at, '>');
        assert_non_null(end);
        if (strcmp(name, "meta") == 0) {
            continue;
        }
        if (!closes) {
            assert_true(depth < 32);
            memcpy(open[depth++], name, sizeof name);
        } else if (depth == 0 || strcmp(open[--depth], name) != 0) {
            fail_msg("%s: </%s> closes <%s>", file, name, open[depth]);
        }
    }
    assert_int_equal(depth, 0);
}

static void every_paper_of_every_mode_is_a_page_without_gaps(void **state) {
    (void)state;
    const struct papers_extra extras[] = {{NULL, NULL}, {"de directie, 010-1234567", "Kamer 12"}};
    for (size_t mode = 0; mode < 3; mode++) {
        struct sample_round *sample = sample_round_small();
        struct round *round = sample->round;
        round->mode = modes[mode];
        for (size_t i = 0; i < 2 * papers_count(); i++) {
            const char *html = make(i / 2, round, &extras[i % 2]);
            check_html(html, papers_file(i / 2));
            assert_null(strstr(html, "[["));
            assert_null(strstr(html, "]]"));
            assert_null(strstr(html, "<script"));
            assert_null(strstr(html, "http"
                                     "://"));
            assert_non_null(strstr(html, "default-src 'none'"));
            assert_true(papers_is_one(bytes_buffer_view(&page)));
        }
        sample_round_free(sample);
    }
}

/* No template is left unused, and every file has its own name. */
static void every_template_is_a_paper_or_a_part(void **state) {
    (void)state;
    for (size_t i = 0; papers_data[i].name; i++) {
        bool used = papers_data[i].name[0] == '_';
        for (size_t j = 0; j < papers_count() && !used; j++) {
            used = strncmp(papers_file(j), papers_data[i].name, strlen(papers_data[i].name)) == 0;
        }
        if (!used) {
            fail_msg("%s", papers_data[i].name);
        }
    }
}

static void what_the_school_wrote_is_text_and_never_markup(void **state) {
    (void)state;
    const struct papers_extra extra = {"<b>A</b> & \"B\" 'C'", "<i>"};
    struct sample_round *sample = sample_round_small();
    struct round *round = sample->round;
    round->mode = ROUND_TWO_MACHINES;
    (void)snprintf(round->school, sizeof round->school, "%s", "De <script>Boom</script> & Co");
    (void)snprintf(round->class_list[0].label, sizeof round->class_list[0].label, "%s", "<2A>");
    for (size_t i = 0; i < papers_count(); i++) {
        const char *html = make(i, round, &extra);
        check_html(html, papers_file(i));
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, "<2A>"));
        assert_non_null(strstr(html, "De &lt;script&gt;Boom&lt;/script&gt; &amp; Co"));
    }
    assert_non_null(strstr(make(1, round, &extra), "&lt;b&gt;A&lt;/b&gt; &amp; &quot;B&quot; &#39;C&#39;"));
    assert_non_null(strstr(make(5, round, &extra), "klas &lt;2A&gt;, voor"));
    sample_round_free(sample);
}

static void the_same_round_gives_the_same_bytes(void **state) {
    (void)state;
    const struct papers_extra none = {NULL, NULL};
    struct sample_round *sample = sample_round_small();
    struct round *round = sample->round;
    round->mode = ROUND_ONE_MACHINE;
    for (size_t i = 0; i < papers_count(); i++) {
        struct bytes_buffer again = {0};
        (void)make(i, round, &none);
        check_fault(papers_make(&again, i, round, &none), FAULT_NONE);
        assert_int_equal(again.size, page.size - 1);
        assert_memory_equal(again.data, page.data, again.size);
        bytes_buffer_release(&again);
    }
    sample_round_free(sample);
}

/* Who can read an answer is told as it is, to parents, pupils, mentors and the council. */
static void the_text_follows_the_opening_mode(void **state) {
    (void)state;
    static const size_t told[] = {1, 2, 3, 9};
    static const char *const said[3] = {"Niemand kan in zijn eentje lezen", "met één computer", "persoon"};
    static const char *const alone = "kan lezen wat elke leerling kiest";
    const struct papers_extra none = {NULL, NULL};
    for (size_t mode = 0; mode < 3; mode++) {
        struct sample_round *sample = sample_round_small();
        struct round *round = sample->round;
        round->mode = modes[mode];
        for (size_t i = 0; i < 4; i++) {
            const char *html = make(told[i], round, &none);
            if (!strstr(html, said[mode])) {
                fail_msg("%s does not say: %s", papers_file(told[i]), said[mode]);
            }
            assert_true(mode == 0 || !strstr(html, said[0]));
            assert_true(mode == 2 || !strstr(html, alone));
            assert_true(mode == 1 || !strstr(html, said[1]));
        }
        assert_true((mode == 2) == (strstr(make(2, round, &none), alone) != NULL));
        sample_round_free(sample);
    }
}

static void incidents_by_class_are_told_only_where_they_are_shown(void **state) {
    (void)state;
    static const size_t told[] = {1, 2, 8, 9};
    const struct papers_extra none = {NULL, NULL};
    struct sample_round *sample = sample_round_small();
    for (uint16_t choices = 0; choices <= ROUND_INCIDENTS_IN_CLASS; choices++) {
        sample->round->choices = choices;
        for (size_t i = 0; i < 4; i++) {
            bool said = strstr(make(told[i], sample->round, &none), "ook per klas") != NULL;
            if (said != (choices != 0)) {
                fail_msg("%s with choices %u", papers_file(told[i]), choices);
            }
        }
    }
    sample_round_free(sample);
}

static void dates_and_what_is_missing_are_said(void **state) {
    (void)state;
    const struct papers_extra none = {NULL, NULL};
    struct sample_round *sample = sample_round_small();
    struct round *round = sample->round;
    round->mode = ROUND_TWO_MACHINES;
    round->first_day = 20261102;
    round->last_day = 20261113;
    round->retention_day = 20270201;
    round->is_signed[0] = round->is_signed[1] = false;
    round->help_count = 0;
    const char *html = make(1, round, &none);
    assert_non_null(strstr(html, "maandag 2 november 2026"));
    assert_non_null(strstr(html, "vrijdag 13 november 2026"));
    assert_non_null(strstr(html, "maandag 1 februari 2027"));
    assert_non_null(strstr(make(0, round, &none), "nog niet door beide sleutelhouders ondertekend"));
    assert_non_null(strstr(make(0, round, &none), "niet erkend"));
    assert_null(strstr(make(3, round, &none), "op het scherm: "));
    assert_null(strstr(make(9, round, &none), "nog niet nagelezen"));
    round->questionnaire->language[0].translation = QUESTIONNAIRE_TRANSLATION_DRAFT;
    assert_non_null(strstr(make(9, round, &none), "Nederlands*"));
    assert_non_null(strstr(make(9, round, &none), "nog niet nagelezen"));
    round->is_signed[0] = round->is_signed[1] = true;
    round->questionnaire->validated = true;
    assert_null(strstr(make(0, round, &none), "nog niet door beide sleutelhouders ondertekend"));
    assert_null(strstr(make(0, round, &none), "niet erkend"));
    sample_round_free(sample);
}

static void a_receipt_for_each_holder_of_each_class_and_an_envelope_for_each_holder(void **state) {
    (void)state;
    const struct papers_extra none = {NULL, NULL};
    struct sample_round *sample = sample_round_small();
    struct round *round = sample->round;
    round->mode = ROUND_TWO_MACHINES;
    size_t slips = 0, fronts = 0;
    for (const char *at = make(5, round, &none); (at = strstr(at, "<section class=\"slip\"")); at++) {
        slips++;
    }
    for (const char *at = make(7, round, &none); (at = strstr(at, "<h1>Herstelblad van ")); at++) {
        fronts++;
    }
    assert_int_equal(slips, 2U * round->class_count);
    assert_int_equal(fronts, 2);
    char line[2][96];
    for (int i = 0; i < 2; i++) {
        (void)snprintf(line[i], sizeof line[i], "niet bij de envelop van %s.", round->holder[i].name);
    }
    const char *html = make(7, round, &none), *first = strstr(html, line[1]), *second = strstr(html, line[0]);
    assert_true(first && second && first < second); /* the first holder's envelope names the second holder */
    sample_round_free(sample);
}

/* The hash is all that the round has of a PIN, and not even that is printed. */
static void no_paper_shows_anything_of_a_pin(void **state) {
    (void)state;
    const struct papers_extra none = {NULL, NULL};
    struct sample_round *sample = sample_round_small();
    struct round *round = sample->round;
    round->mode = ROUND_TWO_MACHINES;
    for (size_t i = 0; i < papers_count(); i++) {
        assert_null(strstr(make(i, round, &none), "argon2"));
    }
    assert_non_null(strstr(make(6, round, &none), "<p class=\"pin\"></p>"));
    sample_round_free(sample);
}

static void weekdays_are_those_of_the_calendar(void **state) {
    (void)state;
    static const struct {
        uint32_t date;
        const char *text;
    } days[] = {{20000101, "zaterdag 1 januari 2000"},   {20240229, "donderdag 29 februari 2024"},
                {20261125, "woensdag 25 november 2026"}, {21000301, "maandag 1 maart 2100"},
                {21991231, "dinsdag 31 december 2199"},  {20260230, ""}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char text[64];
        papers_values_day(text, sizeof text, days[i].date);
        assert_string_equal(text, days[i].text);
    }
}

static bool give_text(const char **out, void *self, const struct papers_template_row *row, const char *name) {
    (void)self;
    *out = row && row->at == 1 ? "b&" : "a";
    return strcmp(name, "x") == 0;
}

static bool give_flag(bool *out, void *self, const struct papers_template_row *row, const char *name) {
    (void)self;
    (void)row;
    *out = name[0] == 'y';
    return name[0] == 'y' || name[0] == 'n';
}

static bool give_rows(size_t *out, void *self, const char *name) {
    (void)self;
    *out = 2;
    return strcmp(name, "l") == 0;
}

static bool give_part(const char **out, void *self, const char *name) {
    (void)self;
    *out = strcmp(name, "p") == 0 ? "<[[x]]>" : "[[>r]]";
    return name[0] == 'p' || name[0] == 'r';
}

static const struct papers_template_source source = {NULL, give_text, give_flag, give_rows, give_part};

static void a_template_is_filled_in(void **state) {
    (void)state;
    static const struct {
        const char *html, *made;
    } all[] = {{"", ""},
               {"<p>[[x]]</p>", "<p>a</p>"},
               {"[[?y]]1[[/]][[?n]]2[[/]][[!y]]3[[/]][[!n]]4[[/]]", "14"},
               {"[[?n]][[?y]]1[[/]][[*l]]2[[/]][[/]]3", "3"},
               {"[[*l]]([[x]][[>p]])[[/]]", "(a<a>)(b&amp;<b&amp;>)"},
               {"[ ] [x] ]]", "[ ] [x] ]]"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bytes_buffer_release(&page);
        check_fault(papers_template_fill(&page, all[i].html, &source), FAULT_NONE);
        bytes_put_u8(&page, 0);
        assert_string_equal((const char *)page.data, all[i].made);
    }
}

static void a_broken_template_is_our_mistake(void **state) {
    (void)state;
    static const char *const broken[] = {"[[z]]",
                                         "[[x",
                                         "[[]]",
                                         "[[?y]]1",
                                         "1[[/]]",
                                         "[[?z]]1[[/]]",
                                         "[[*z]]1[[/]]",
                                         "[[>z]]",
                                         "[[>r]]",
                                         "[[?n]][[x[[/]]",
                                         "[[a_name_that_is_longer_than_any_name_of_ours]]"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        bytes_buffer_release(&page);
        check_fault(papers_template_fill(&page, broken[i], &source), FAULT_MISUSE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_paper_of_every_mode_is_a_page_without_gaps, tear_down),
        cmocka_unit_test_teardown(every_template_is_a_paper_or_a_part, tear_down),
        cmocka_unit_test_teardown(what_the_school_wrote_is_text_and_never_markup, tear_down),
        cmocka_unit_test_teardown(the_same_round_gives_the_same_bytes, tear_down),
        cmocka_unit_test_teardown(the_text_follows_the_opening_mode, tear_down),
        cmocka_unit_test_teardown(incidents_by_class_are_told_only_where_they_are_shown, tear_down),
        cmocka_unit_test_teardown(dates_and_what_is_missing_are_said, tear_down),
        cmocka_unit_test_teardown(a_receipt_for_each_holder_of_each_class_and_an_envelope_for_each_holder,
                                  tear_down),
        cmocka_unit_test_teardown(no_paper_shows_anything_of_a_pin, tear_down),
        cmocka_unit_test_teardown(weekdays_are_those_of_the_calendar, tear_down),
        cmocka_unit_test_teardown(a_template_is_filled_in, tear_down),
        cmocka_unit_test_teardown(a_broken_template_is_our_mistake, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
