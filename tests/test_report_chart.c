/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>

#include "aggregator/report_chart.h"

static struct bytes_buffer out;
static struct report_page page = {.out = &out};

/* The wide one, or the narrow one. */
static const char *drawing(bool narrow) {
    bytes_put_u8(&out, 0);
    char *other = strstr((char *)out.data, "<svg class=\"narrow\"");
    assert_non_null(other);
    other[-1] = '\0';
    return narrow ? other : (const char *)out.data;
}

static int tear_down(void **state) {
    (void)state;
    bytes_buffer_release(&out);
    return 0;
}

static size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, what)); at++) {
        count++;
    }
    return count;
}

static void every_bar_says_its_share_or_between_what_it_lies(void **state) {
    (void)state;
    static const struct report_chart_row rows[] = {
        {.label = "exact", .count = 1, .part = {{.share = 371, .low = 37, .high = 37}}},
        {.label = "limits", .count = 1, .part = {{.share = 504, .low = 50, .high = 55}}},
        {.label = "band", .count = 1, .part = {{.unknown = true, .low = 0, .high = 7}}},
        {.label = "hidden", .count = 1, .part = {{.unknown = true, .low = 0, .high = 100}}}};
    report_chart_bars(&page, "Bars", rows, 4);
    const char *svg = drawing(false);
    assert_non_null(strstr(svg, ">37\u00A0%</text>"));
    assert_non_null(strstr(svg, ">50–55\u00A0%</text>"));
    assert_non_null(strstr(svg, ">0–7\u00A0%</text>"));
    assert_non_null(strstr(svg, ">•</text>"));
    assert_int_equal(count_of(svg, "url(#h"), 3); /* between limits, the band, and what is hidden */
    assert_int_equal(count_of(svg, "</text>"), 8);
}

static void a_part_says_its_limits_where_there_is_room(void **state) {
    (void)state;
    static const struct report_chart_row rows[] = {
        {.label = "one",
         .count = 5,
         .part = {{.share = 350, .low = 35, .high = 40},     /* room for both */
                  {.share = 400, .low = 40, .high = 40},     /* one number */
                  {.share = 61, .low = 6, .high = 7},        /* room for one, and both are near */
                  {.share = 62, .low = 16, .high = 29},      /* room for neither */
                  {.unknown = true, .low = 0, .high = 3}}}}; /* its length says nothing */
    report_chart_stacked(&page, "Parts", rows, 1);
    const char *svg = drawing(false);
    assert_non_null(strstr(svg, ">35–40</text>"));
    assert_non_null(strstr(svg, ">40</text>"));
    assert_non_null(strstr(svg, ">6</text>"));
    assert_null(strstr(svg, ">16"));
    assert_null(strstr(svg, "–3<"));
    assert_int_equal(count_of(svg, "class=\"soft\">"), 5); /* the axis */
}

/* Half as wide, with letters as large: long labels stand above, short ones before. */
static void a_telephone_has_a_drawing_of_its_own(void **state) {
    (void)state;
    static const struct report_chart_row rows[] = {
        {.label = "A question of more than twelve letters",
         .count = 1,
         .part = {{.share = 504, .low = 50, .high = 55}}},
        {.label = "short", .count = 1, .part = {{.share = 371, .low = 37, .high = 37}}}};
    report_chart_bars(&page, "Bars", rows, 2);
    const char *svg = drawing(true);
    assert_non_null(strstr(svg, "viewBox=\"0 0 3600 "));
    assert_non_null(strstr(svg, "text-anchor=\"start\" class=\"name\">short</text>"));
    assert_non_null(strstr(svg, ">50–55\u00A0%</text>"));
    bytes_buffer_release(&out);
    report_chart_bars(&page, "Bars", rows + 1, 1);
    assert_non_null(strstr(drawing(true), "text-anchor=\"end\" class=\"name\">short</text>"));
}

/* Of as many letters, those with an m or a w in every word are much wider. */
static void no_line_of_a_label_reaches_beyond_the_edge(void **state) {
    (void)state;
    static const struct report_chart_row rows[] = {{.label = "Hoe vaak deed iemand gemeen om wie je bent?",
                                                    .count = 1,
                                                    .part = {{.share = 100, .low = 10, .high = 10}}}};
    report_chart_bars(&page, "Bars", rows, 1);
    const char *wide = drawing(false), *narrow = wide + strlen(wide) + 1;
    assert_non_null(strstr(wide, ">Hoe vaak deed iemand gemeen om</text>"));
    assert_non_null(strstr(wide, ">wie je bent?</text>"));
    assert_non_null(strstr(narrow, ">Hoe vaak deed iemand gemeen om wie je bent?</text>"));
}

/* Of 21 in 22 a table says 95 %; a drawing that rounded twice would say 96. */
static void what_is_written_is_what_the_table_says(void **state) {
    (void)state;
    static const struct report_chart_row rows[] = {
        {.label = "twice", .count = 1, .part = {{.share = 955, .low = 95, .high = 95}}}};
    report_chart_bars(&page, "Bars", rows, 1);
    assert_non_null(strstr(drawing(false), ">95\u00A0%</text>"));
}

static void classes_of_the_same_size_and_mean_do_not_cover_each_other(void **state) {
    (void)state;
    static const uint32_t size[2] = {5, 20},
                          limit[2][4] = {{1000, 2000, 4000, 5000}, {2000, 2500, 3500, 4000}};
    static const struct report_chart_funnel funnel = {.least = 1000,
                                                      .most = 5000,
                                                      .middle = 3000,
                                                      .smallest = 5,
                                                      .largest = 20,
                                                      .steps = 2,
                                                      .size = size,
                                                      .limit = limit};
    static const struct report_chart_point points[] = {{.n = 12, .value = 3000},
                                                       {.n = 12, .value = 3000},
                                                       {.n = 12, .value = 3000},
                                                       {.n = 13, .value = 3000}};
    report_chart_draw_funnel(&page, "Funnel", &funnel, points, 4);
    const char *const drawn[2] = {drawing(true), (const char *)out.data};
    for (size_t i = 0; i < 2; i++) {
        long across[4] = {0};
        size_t count = 0;
        for (const char *at = drawn[i]; (at = strstr(at, "<circle cx=\"")); at++, count++) {
            assert_true(count < 4);
            across[count] = strtol(at + strlen("<circle cx=\""), NULL, 10);
            assert_true(count == 0 || across[count] > across[count - 1]);
        }
        assert_int_equal(count, 4);
        /* The middle one is where it belongs, and its brothers are nearer to it than to the next size. */
        assert_true(across[2] - across[1] == across[1] - across[0]);
        assert_true(across[2] - across[1] < across[3] - across[2]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_bar_says_its_share_or_between_what_it_lies, tear_down),
        cmocka_unit_test_teardown(a_part_says_its_limits_where_there_is_room, tear_down),
        cmocka_unit_test_teardown(a_telephone_has_a_drawing_of_its_own, tear_down),
        cmocka_unit_test_teardown(no_line_of_a_label_reaches_beyond_the_edge, tear_down),
        cmocka_unit_test_teardown(what_is_written_is_what_the_table_says, tear_down),
        cmocka_unit_test_teardown(classes_of_the_same_size_and_mean_do_not_cover_each_other, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
