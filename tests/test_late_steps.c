/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aggregator/report_files.h"
#include "tests/sample_opening.h"
#include "tests/sample_questionnaire.h"

/*
 * What happens between the steps of a late list: programs that end, a list that takes the place of one that
 * was opened, and what both releases say together.
 */

static void come(struct sample_opening *school, uint16_t class_number, uint16_t kiosk, uint32_t count) {
    uint32_t bundle = sample_opening_add(school, class_number, kiosk, count);
    check_fault(sample_opening_merge(school, bundle).fault, FAULT_NONE);
}

static struct sample_opening *four_classes(uint64_t seed, uint32_t pupils) {
    static const struct sample_class classes[] = {
        {"1A", 1, 90, 0}, {"1B", 1, 90, 0}, {"2A", 2, 90, 0}, {"2B", 2, 90, 0}};
    struct sample_opening *school = sample_opening_new(classes, 4, seed);
    for (uint16_t i = 0; i < 4; i++) {
        come(school, (uint16_t)(i + 1), i, pupils);
    }
    return school;
}

/* ---- Ends at every boundary ---- */

static void check_same(const struct release *a, const struct release *b) {
    assert_int_equal(release_file(a).size, release_file(b).size);
    assert_memory_equal(release_file(a).data, release_file(b).data, release_file(a).size);
}

/* The first list is opened anew for each, so that the ledgers are as they are before a late list. */
static void open_first(struct sample_opening *school, struct closing *late, const struct release *expected) {
    struct release *release = NULL;
    (void)unlink(school->ledger[0]);
    (void)unlink(school->ledger[1]);
    school->closing = school->first;
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    check_same(release, expected);
    release_free(release);
    school->closing = late;
}

static void ending_between_any_two_steps_of_a_late_list_changes_nothing(void **state) {
    (void)state;
    struct sample_opening *school = four_classes(31, 20);
    struct release *first = NULL, *expected = NULL;
    int ends = 0;
    sample_opening_close(school);
    check_fault(sample_opening_run(&first, school, NULL), FAULT_NONE);
    come(school, 1, 4, 11);
    come(school, 3, 4, 12);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&expected, school, NULL), FAULT_NONE);
    for (int run = 0; run < 4; run++) {
        school->one_machine = run >= 2;
        int holder = run % 2;
        for (int boundary = 0; boundary < OPENING_BOUNDARIES; boundary++) {
            struct release *release = NULL;
            if (holder == 1 && boundary == OPENING_AFTER_RELEASE_ENTRY) {
                continue;
            }
            open_first(school, school->closing, first);
            assert_true(sample_opening_ends_at(school, (enum opening_boundary)boundary, holder));
            check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
            check_same(release, expected);
            release_free(release);
            ends++;
        }
    }
    assert_int_equal(ends, 14);
    release_free(first);
    release_free(expected);
    sample_opening_free(school);
}

/* ---- A list in the place of one that somebody opened ---- */

/*
 * The second holder added up list 1; before the first one combined, another list 1 was made without asking
 * her.
 */
static void a_list_in_the_place_of_an_opened_one_is_opened_by_nobody(void **state) {
    (void)state;
    struct sample_opening *school = four_classes(33, 20);
    struct opening opening = {0};
    struct prepare pair[2] = {{.holder = 0}};
    struct bytes_buffer share = {0};
    struct release *release = NULL;
    uint16_t at = 0;
    sample_opening_close(school);
    check_fault(sample_opening_init(&opening, school), FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    check_fault(aggregate_make(&share, &opening, &school->holder[1], pair, &at), FAULT_NONE);
    opening_release(&opening);
    come(school, 2, 4, 15);
    struct closing *opened = school->closing;
    school->closing = NULL;
    sample_opening_close(school); /* signed by both: the second holder did not look into her ledger */
    assert_memory_not_equal(school->closing->digest, opened->digest, DIGEST_BYTES);
    for (int alone = 0; alone < 2; alone++) {
        school->one_machine = alone;
        check_fault(sample_opening_run(&release, school, NULL), FAULT_ALREADY_CLOSED);
        assert_null(release);
    }
    /* Her share of the list that she opened does not go with the other list, and still goes with its own. */
    struct closing *other = school->closing;
    check_fault(sample_opening_init(&opening, school), FAULT_NONE);
    enum fault fault =
        disclosure_open(&release, &opening, &school->holder[0], pair, bytes_buffer_view(&share), &at);
    assert_int_not_equal(fault, FAULT_NONE);
    assert_null(release);
    opening_release(&opening);
    school->closing = opened;
    check_fault(sample_opening_init(&opening, school), FAULT_NONE);
    check_fault(disclosure_open(&release, &opening, &school->holder[0], pair, bytes_buffer_view(&share), &at),
                FAULT_NONE);
    opening_release(&opening);
    release_free(release);
    closing_free(other);
    bytes_buffer_release(&share);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    sample_opening_free(school);
}

/* ---- Together, and what is true ---- */

static char *file_text(const struct report_files *files, const char *name) {
    for (uint16_t i = 0; i < files->count; i++) {
        if (strcmp(files->file[i].name, name) == 0) {
            return strndup((const char *)files->file[i].content.data, files->file[i].content.size);
        }
    }
    return NULL;
}

/*
 * The third number of the row of this scale: false when it is not told. "3,4" or "3,4–3,6", in either
 * language.
 */
static bool read_together(double told[2], const char *page, const char *label) {
    char head[128], number[64] = "";
    (void)snprintf(head, sizeof head, "<th scope=\"row\">%s</th>", label);
    const char *at = strstr(page, head);
    for (int i = 0; at && i < 3; i++) {
        at = strstr(at, "<td>");
        at = at ? at + 4 : NULL;
    }
    assert_non_null(at);
    for (size_t i = 0; i + 1 < sizeof number && at[i] != '<'; i++) {
        number[i] = at[i] == ',' ? '.' : at[i];
    }
    char *end = NULL;
    told[0] = strtod(number, &end);
    if (end == number) {
        return false;
    }
    const char *dash = strstr(number, "–");
    told[1] = dash ? strtod(dash + strlen("–"), NULL) : told[0];
    return true;
}

static unsigned check_means(const struct sample_opening *school, const char *page) {
    const struct questionnaire *questionnaire = school->sample->round->questionnaire;
    const struct layout *layout = &school->sample->layout;
    unsigned seen = 0;
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        const struct layout_block *block =
            layout_find(layout, LAYOUT_CLASS, LAYOUT_SCALE_SUM, i, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
        double n = (double)school->sums[block->first], sum = (double)school->sums[block->first + 1];
        double truth = sum / (n * (double)layout->scale[i].unit), told[2];
        if (read_together(told, page, questionnaire->scale[i].label.in[0])) {
            assert_true(told[0] <= told[1]);
            assert_true(told[0] - 0.0501 <= truth && truth <= told[1] + 0.0501);
            assert_true(told[1] - told[0] < 0.5);
            seen++;
        }
    }
    return seen;
}

static void what_both_releases_say_together_is_true_of_all_pupils(void **state) {
    (void)state;
    unsigned seen = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct sample_opening *school = four_classes(seed, 60);
        struct release *first = NULL, *late = NULL;
        struct report_files *files = NULL;
        char scratch[200];
        sample_opening_close(school);
        check_fault(sample_opening_run(&first, school, NULL), FAULT_NONE);
        for (uint16_t i = 1; i <= 4; i++) {
            come(school, i, 4, (uint32_t)(20 + seed));
        }
        sample_opening_close_late(school);
        check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
        (void)snprintf(scratch, sizeof scratch, "%s/scratch", school->folder);
        const struct report_beside beside = {.late = late};
        check_fault(report_files_make(&files, first, &beside, school->sample->round, "nl", scratch),
                    FAULT_NONE);
        char *page = file_text(files, "late.html");
        assert_non_null(page);
        seen += check_means(school, page);
        free(page);
        report_files_free(files);
        release_free(first);
        release_free(late);
        sample_opening_free(school);
    }
    assert_true(seen >= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ending_between_any_two_steps_of_a_late_list_changes_nothing),
        cmocka_unit_test(a_list_in_the_place_of_an_opened_one_is_opened_by_nobody),
        cmocka_unit_test(what_both_releases_say_together_is_true_of_all_pupils),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
