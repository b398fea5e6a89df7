/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/inspect.h"
#include "aggregator/report_csv.h"
#include "aggregator/report_edition.h"
#include "aggregator/report_table.h"
#include "tests/sample_opening.h"

static struct sample_opening *school;
static struct release *release;

/* A round whose texts try to break out of the page. */
static int set_up(void **state) {
    (void)state;
    static const struct sample_class classes[] = {
        {"<i>1\"A", 1, 60, 0}, {"=1+1", 1, 60, 0}, {"1,C", 2, 90, 0}};
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

static char *html_in(const char *language) {
    struct bytes_buffer out = {0};
    check_fault(
        report_edition_write(&out, release, NULL, school->sample->round, REPORT_EDITION_TEAM, 0, language),
        FAULT_NONE);
    bytes_put_u8(&out, 0);
    return (char *)out.data;
}

static uint32_t count_of(const char *text, const char *part) {
    uint32_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void the_page_needs_nothing_from_elsewhere_and_runs_nothing(void **state) {
    (void)state;
    char *page = html_in("nl");
    static const char *const forbidden[] = {
        "<script", "http:", "https:", "src=", "href=", "@import", "javascript"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        assert_null(strstr(page, forbidden[i]));
    }
    for (const char *at = strstr(page, "url("); at; at = strstr(at + 1, "url(")) {
        assert_memory_equal(at, "url(#h", 6); /* the hatching of the drawing it stands in */
    }
    assert_non_null(strstr(page, "<html lang=\"nl\">"));
    assert_non_null(strstr(page, "default-src 'none'"));
    assert_true(bytes_are_utf8(page, strlen(page)));
    free(page);
}

static void what_others_wrote_is_escaped(void **state) {
    (void)state;
    char *page = html_in("en");
    assert_null(strstr(page, "<i>1"));
    assert_non_null(strstr(page, "&lt;i&gt;1&quot;A"));
    free(page);
}

static void headings_go_down_one_level_at_a_time_and_every_chart_has_a_table(void **state) {
    (void)state;
    char *page = html_in("nl");
    int level = 0;
    for (const char *at = strstr(page, "<h"); at; at = strstr(at + 1, "<h")) {
        if (at[2] >= '1' && at[2] <= '6') {
            assert_true(at[2] - '0' <= level + 1);
            level = at[2] - '0';
        }
    }
    assert_int_equal(count_of(page, "<h1>"), 1);
    uint32_t charts = count_of(page, "<svg class=\"wide\"");
    assert_int_equal(count_of(page, "<svg class=\"narrow\""), charts);
    assert_int_equal(count_of(page, "<svg"), 2 * charts);
    assert_true(charts > 0);
    assert_int_equal(count_of(page, "role=\"img\" aria-label=\""), 2 * charts);
    assert_int_equal(count_of(page, "\"><title>"), 2 * charts);
    assert_int_equal(count_of(page, "tabindex=\"0\" role=\"group\""), count_of(page, "<table"));
    assert_true(count_of(page, "<table") >= charts);
    for (const char *at = page; (at = strstr(at, "<svg class=\"narrow\"")); at++) {
        const char *table = strstr(at, "<table"), *next = strstr(at, "<svg class=\"wide\"");
        assert_true(table && (!next || table < next));
    }
    free(page);
}

static void hidden_results_say_so_and_not_why(void **state) {
    (void)state;
    char *page = html_in("nl");
    const struct release_content *content = release_content(release);
    uint32_t items = 0;
    for (uint16_t item = 0; item < content->item_count; item++) {
        uint32_t told = 0, all = 0;
        for (uint32_t i = 0; i < content->figure_count; i++) {
            const struct release_figure *figure = &content->figure[i];
            bool about =
                figure->level == RELEASE_SCHOOL && figure->about == RELEASE_ITEM && figure->subject == item;
            told += about && figure->status != RELEASE_HIDDEN;
            all += about;
        }
        items += all && !told;
    }
    assert_true(count_of(page, "niet getoond") >= items);
    assert_null(strstr(page, "te weinig antwoorden"));
    assert_non_null(strstr(page, "Niet van een erkend instrument"));
    assert_non_null(strstr(page, "class=\"watermark\""));
    free(page);
}

static void the_csv_has_one_row_a_figure_with_as_many_cells_as_the_header(void **state) {
    (void)state;
    struct bytes_buffer out = {0};
    check_fault(report_csv(&out, &(struct report_table_source){.shape = &report_table_figures,
                                                               .release = release,
                                                               .round = school->sample->round,
                                                               .language = "nl"}),
                FAULT_NONE);
    bytes_put_u8(&out, 0);
    const char *text = (const char *)out.data;
    uint32_t cells = 1, rows = 0;
    bool quoted = false;
    for (const char *at = text; *at; at++) {
        quoted = *at == '"' ? !quoted : quoted;
        cells += !quoted && *at == ',';
        if (!quoted && *at == '\n') {
            assert_int_equal(at[-1], '\r');
            assert_int_equal(cells, REPORT_TABLE_COLUMNS);
            cells = 1;
            rows++;
        }
    }
    assert_false(quoted);
    assert_int_equal(rows, 1 + 3 * 4 + release_content(release)->figure_count);
    assert_non_null(strstr(text, "leerlingen,published,92,92,60,1,'=1+1,,,,,\r\n"));
    assert_non_null(strstr(text, ",2,\"1,C\",,,,,\r\n"));
    assert_non_null(strstr(text, ",0,\"<i>1\"\"A\",,,,,\r\n"));
    bytes_buffer_release(&out);
}

static void a_release_of_another_round_gives_no_report(void **state) {
    (void)state;
    struct bytes_buffer out = {0};
    struct sample_round *other = sample_round_small();
    check_fault(report_edition_write(&out, release, NULL, other->round, REPORT_EDITION_TEAM, 0, "nl"),
                FAULT_ROUND_OTHER);
    check_fault(report_csv(&out, &(struct report_table_source){.shape = &report_table_figures,
                                                               .release = release,
                                                               .round = other->round,
                                                               .language = "nl"}),
                FAULT_ROUND_OTHER);
    assert_int_equal(out.size, 0);
    sample_round_free(other);
}

static bool inspected_in(enum fault_language language, struct bytes content, const char *kind,
                         enum fault fault) {
    struct bytes_buffer lines = {0};
    enum fault found = inspect_file(&lines, content, school->sample->round, language);
    bytes_put_u8(&lines, 0);
    bool well = found == fault && strstr((const char *)lines.data, kind) != NULL;
    bytes_buffer_release(&lines);
    return well;
}

static bool inspected_as(struct bytes content, const char *kind, enum fault fault) {
    return inspected_in(FAULT_LANGUAGE_EN, content, kind, fault);
}

static void inspecting_speaks_the_language_asked_for(void **state) {
    (void)state;
    struct bytes_buffer round = {0};
    check_fault(round_encode(&round, school->sample->round), FAULT_NONE);
    assert_true(inspected_in(FAULT_LANGUAGE_NL, bytes_buffer_view(&round), "soort\tronde\n", FAULT_NONE));
    assert_true(
        inspected_in(FAULT_LANGUAGE_NL, release_file(release), "\nhandtekening\tgeldig\n", FAULT_NONE));
    assert_true(
        inspected_in(FAULT_LANGUAGE_NL, release_file(release), "hoort bij de ronde\tja\n", FAULT_NONE));
    assert_false(inspected_in(FAULT_LANGUAGE_NL, release_file(release), "signature", FAULT_NONE));
    assert_true(inspected_in(FAULT_LANGUAGE_EN, release_file(release), "\nsignature\tvalid\n", FAULT_NONE));
    assert_false(inspected_in(FAULT_LANGUAGE_EN, release_file(release), "handtekening", FAULT_NONE));
    bytes_buffer_release(&round);
}

static void inspecting_names_the_kind_and_the_fault(void **state) {
    (void)state;
    struct bytes_buffer list = {0}, round = {0};
    check_fault(closing_encode(&list, school->closing), FAULT_NONE);
    check_fault(round_encode(&round, school->sample->round), FAULT_NONE);
    assert_true(inspected_as(release_file(release), "kind\trelease\n", FAULT_NONE));
    assert_true(inspected_as(bytes_buffer_view(&list), "kind\tclosing list\n", FAULT_NONE));
    assert_true(inspected_as(bytes_buffer_view(&round), "kind\tround\n", FAULT_NONE));
    assert_true(inspected_as(bytes_buffer_view(&school->bundle[0]), "damaged records\t0\n", FAULT_NONE));
    list.data[list.size - 1] ^= 1;
    assert_true(inspected_as(bytes_buffer_view(&list), "kind\tclosing list\n", FAULT_SIGNATURE));
    school->bundle[0].data[school->bundle[0].size - 1] ^= 1;
    assert_true(inspected_as(bytes_buffer_view(&school->bundle[0]), "damaged records\t1\n", FAULT_NONE));
    assert_true(inspected_as((struct bytes){(const uint8_t *)"no such file", 12}, "", FAULT_MAGIC));
    bytes_buffer_release(&list);
    bytes_buffer_release(&round);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_needs_nothing_from_elsewhere_and_runs_nothing),
        cmocka_unit_test(what_others_wrote_is_escaped),
        cmocka_unit_test(headings_go_down_one_level_at_a_time_and_every_chart_has_a_table),
        cmocka_unit_test(hidden_results_say_so_and_not_why),
        cmocka_unit_test(the_csv_has_one_row_a_figure_with_as_many_cells_as_the_header),
        cmocka_unit_test(a_release_of_another_round_gives_no_report),
        cmocka_unit_test(inspecting_speaks_the_language_asked_for),
        cmocka_unit_test(inspecting_names_the_kind_and_the_fault),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
