/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/author.h"
#include "aggregator/author_extend.h"
#include "aggregator/author_save.h"
#include "scarce_memory.h"
#include "vector_file.h"

static struct author_table core, own, copy;
static struct author_report report;
static struct questionnaire *before, *after;

static void read_text(struct author_table *out, const char *csv) {
    author_report_release(&report);
    check_fault(author_table_read(out, &report, (struct bytes){(const uint8_t *)csv, strlen(csv)}),
                FAULT_NONE);
}

static int set_up(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    vector_file_read(&content, "tests/vectors/author/valid.csv");
    check_fault(author_table_read(&core, &report, bytes_buffer_view(&content)), FAULT_NONE);
    bytes_buffer_release(&content);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scarce_memory_left = -1;
    author_table_release(&core);
    author_table_release(&own);
    author_table_release(&copy);
    author_report_release(&report);
    before = questionnaire_free(before);
    after = questionnaire_free(after);
    return 0;
}

static void compile(struct questionnaire **out, const struct author_table *table) {
    struct bytes_buffer csv = {0};
    author_report_release(&report);
    check_fault(author_save_csv(&csv, table), FAULT_NONE);
    check_fault(author_compile(out, &report, bytes_buffer_view(&csv)), FAULT_NONE);
    bytes_buffer_release(&csv);
}

/* Both compiled; whether the copy kept the core. */
static bool keeps(void) {
    bool kept = false;
    compile(&before, &core);
    compile(&after, &copy);
    check_fault(author_extend_keeps(&kept, before, after), FAULT_NONE);
    return kept;
}

static const char OWN[] = "survey\n,name,type,label::English (en),label::Nederlands (nl)\n"
                          ",yard,select_one yn,Do you like the yard?,Vind je het plein leuk?\n"
                          "choices\n,list_name,name,label::Nederlands (nl),label::English (en)\n"
                          ",yn,yes,ja,yes\n,yn,no,nee,no\n";

static void the_schools_own_stand_behind_the_core_under_their_columns(void **state) {
    (void)state;
    read_text(&own, OWN);
    struct author_extend extend = {.core = &core, .own = &own, .version = "1-school"};
    check_fault(author_extend(&copy, &report, &extend), FAULT_NONE);
    assert_true(keeps());
    assert_int_equal(after->item_count, before->item_count + 1);
    const struct questionnaire_item *added = &after->item[before->item_count];
    assert_string_equal(added->name, "yard");
    assert_true(added->own);
    assert_string_equal(added->label.in[0], "Vind je het plein leuk?");
    assert_string_equal(added->label.in[1], "Do you like the yard?");
    assert_string_equal(after->version, "1-school");
    assert_string_equal(before->version, "1");
}

static struct measures two_measures(void) {
    struct measures measures = {
        .count = 2,
        .row = {{.name = "pump", .goal = "x", .text_nl = "de pomp", .text_en = "the pump", .date = 20260301},
                {.name = "wall", .goal = "y", .text_nl = "de muur", .text_en = "the wall", .date = 20260801}},
    };
    return measures;
}

static void a_measure_becomes_a_question_since_a_day(void **state) {
    (void)state;
    const struct measures measures = two_measures();
    struct author_extend extend = {.core = &core, .measures = &measures, .since = 20260302};
    check_fault(author_extend(&copy, &report, &extend), FAULT_NONE);
    assert_true(keeps());
    assert_int_equal(after->item_count, before->item_count + 1);
    const struct questionnaire_item *added = &after->item[before->item_count];
    assert_string_equal(added->name, "noticed_wall");
    assert_string_equal(added->measure, "wall");
    assert_string_equal(added->label.in[0], "Heb je iets gemerkt van de muur?");
    assert_string_equal(added->label.in[1], "Have you noticed the wall?");
    assert_string_equal(after->version, before->version);
}

/*
 * Last year's copy is extended with this year's measure: its list of answers is there, and is not added
 * twice.
 */
static void a_copy_is_extended_once_more(void **state) {
    (void)state;
    struct measures measures = two_measures();
    struct author_extend extend = {.core = &core, .measures = &measures, .since = 20260302};
    check_fault(author_extend(&copy, &report, &extend), FAULT_NONE);
    author_table_release(&core);
    core = copy;
    copy = (struct author_table){0};
    measures.count = 1;
    extend.since = 0;
    check_fault(author_extend(&copy, &report, &extend), FAULT_NONE);
    assert_true(keeps());
    assert_int_equal(after->list_count, before->list_count);
    assert_int_equal(after->item_count, before->item_count + 1);
}

static void a_changed_core_is_noticed(void **state) {
    (void)state;
    read_text(&own, OWN);
    struct author_extend extend = {.core = &core, .own = &own};
    check_fault(author_extend(&copy, &report, &extend), FAULT_NONE);
    compile(&before, &core);
    compile(&after, &copy);
    bool kept = true;
    after->item[0].scale = after->item[0].scale ? 0 : 1;
    check_fault(author_extend_keeps(&kept, before, after), FAULT_NONE);
    assert_false(kept);
    kept = true;
    check_fault(author_extend_keeps(&kept, after, before), FAULT_NONE); /* a copy that lost a question */
    assert_false(kept);
}

static void what_lacks_a_sheet_is_refused(void **state) {
    (void)state;
    read_text(&own, "choices\n,list_name,name,label::English (en)\n,yn,yes,yes\n");
    struct author_extend extend = {.core = &core, .own = &own};
    check_fault(author_extend(&copy, &report, &extend), FAULT_QUESTIONNAIRE);
    author_table_release(&copy);
    extend = (struct author_extend){.core = &own, .own = &own};
    check_fault(author_extend(&copy, &report, &extend), FAULT_QUESTIONNAIRE);
}

static void memory_that_runs_out_anywhere_is_a_fault(void **state) {
    (void)state;
    const struct measures measures = two_measures();
    read_text(&own, OWN);
    struct author_extend extend = {.core = &core, .own = &own, .measures = &measures};
    enum fault fault = FAULT_MEMORY;
    int limit = 0;
    for (; fault && limit < 1000; limit++) {
        author_table_release(&copy);
        scarce_memory_left = limit;
        fault = author_extend(&copy, &report, &extend);
        scarce_memory_left = -1;
        assert_true(fault == FAULT_NONE || fault == FAULT_MEMORY);
    }
    check_fault(fault, FAULT_NONE);
    assert_true(limit > 1);
    assert_true(keeps());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_schools_own_stand_behind_the_core_under_their_columns, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_measure_becomes_a_question_since_a_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_is_extended_once_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_core_is_noticed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_lacks_a_sheet_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_that_runs_out_anywhere_is_a_fault, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
