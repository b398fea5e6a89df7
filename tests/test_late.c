/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "aggregator/report_files.h"
#include "platform/file.h"
#include "tests/sample_opening.h"

/*
 * What came in after closing: a list, an opening and a release of its own, judged with what was released
 * before.
 */

/* Four classes with room for late pupils, opened and released once. */
static struct sample_opening *opened(uint64_t seed, struct release **first) {
    static const struct sample_class classes[] = {
        {"1A", 1, 40, 0}, {"1B", 1, 40, 0}, {"2A", 2, 40, 0}, {"2B", 2, 40, 0}};
    struct sample_opening *school = sample_opening_new(classes, 4, seed);
    for (uint16_t i = 0; i < 4; i++) {
        check_fault(sample_opening_merge(school, sample_opening_add(school, (uint16_t)(i + 1), i, 20)).fault,
                    FAULT_NONE);
    }
    sample_opening_close(school);
    check_fault(sample_opening_run(first, school, NULL), FAULT_NONE);
    return school;
}

static void come_late(struct sample_opening *school, uint16_t class_number, uint32_t count) {
    uint32_t bundle = sample_opening_add(school, class_number, 4, count);
    check_fault(sample_opening_merge(school, bundle).fault, FAULT_NONE);
}

static const struct closing *swap(struct sample_opening *school, struct closing *closing) {
    const struct closing *before = school->closing;
    school->closing = closing;
    return before;
}

static void what_came_late_gets_a_release_that_names_the_one_before(void **state) {
    (void)state;
    const uint8_t zero[DIGEST_BYTES] = {0};
    struct release *first = NULL, *late = NULL, *again = NULL;
    struct sample_opening *school = opened(3, &first);
    assert_memory_equal(release_content(first)->previous_digest, zero, DIGEST_BYTES);
    come_late(school, 1, 11);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    const struct release_content *content = release_content(late);
    assert_memory_equal(content->previous_digest, release_digest(first), DIGEST_BYTES);
    assert_memory_equal(content->closing_digest, school->closing->digest, DIGEST_BYTES);
    assert_int_equal(content->batch_count, 2);
    assert_int_equal(content->batch[0].contributions + content->batch[1].contributions, 23);
    assert_null(release_find(late, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0));
    for (uint16_t i = 0; i < content->batch_count; i++) {
        for (uint16_t j = 0; j < release_content(first)->batch_count; j++) {
            assert_memory_not_equal(content->batch[i].digest, release_content(first)->batch[j].digest,
                                    DIGEST_BYTES);
        }
    }
    /* The same again, at one machine; and the first list, which the late one does not close. */
    school->one_machine = true;
    check_fault(sample_opening_run(&again, school, NULL), FAULT_NONE);
    assert_memory_equal(release_digest(again), release_digest(late), DIGEST_BYTES);
    again = release_free(again);
    const struct closing *second = swap(school, school->first);
    check_fault(sample_opening_run(&again, school, NULL), FAULT_NONE);
    assert_memory_equal(release_digest(again), release_digest(first), DIGEST_BYTES);
    (void)swap(school, (struct closing *)second);
    release_free(again);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

static void too_few_late_ones_stay_sealed(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct sample_opening *school = opened(5, &first);
    come_late(school, 1, 4);
    come_late(school, 3, 5);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_BATCH_TOO_SMALL);
    assert_null(late);
    release_free(first);
    sample_opening_free(school);
}

/* Nine and ten together are two classes that join: never the nine alone. */
static void a_small_late_class_joins_another_late_one(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct sample_opening *school = opened(7, &first);
    come_late(school, 2, 9);
    come_late(school, 4, 10);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    assert_int_equal(release_content(late)->batch_count, 1);
    assert_int_equal(release_content(late)->batch[0].class_count, 2);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

/*
 * What a class must not show, it does not show by coming late: then it is all there is, and would look like a
 * school.
 */
static void one_late_class_is_no_school(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct sample_opening *school = opened(9, &first);
    come_late(school, 1, 20);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    const struct release_content *content = release_content(late);
    assert_true(content->figure_count > 0);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        const struct release_figure *figure = &content->figure[i];
        assert_int_equal(figure->level, RELEASE_SCHOOL);
        assert_int_not_equal(figure->about, RELEASE_PARTICIPATION);
        assert_int_not_equal(figure->kind, RELEASE_SCORE);
        uint16_t scale =
            figure->about == RELEASE_ITEM ? content->item[figure->subject].scale : figure->subject;
        assert_true(scale == QUESTIONNAIRE_NONE ||
                    content->scale[scale].subject != QUESTIONNAIRE_SUBJECT_INCIDENTS);
    }
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

static const struct report_file *file_of(const struct report_files *files, const char *name) {
    for (uint16_t i = 0; i < files->count; i++) {
        if (strcmp(files->file[i].name, name) == 0) {
            return &files->file[i];
        }
    }
    return NULL;
}

static void the_report_has_a_page_of_what_came_late(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct report_files *files = NULL;
    struct sample_opening *school = opened(27, &first);
    const struct round *round = school->sample->round;
    char scratch[160];
    come_late(school, 1, 11);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    (void)snprintf(scratch, sizeof scratch, "%s/scratch", school->folder);
    const struct report_beside beside = {.late = late}, swapped = {.late = first};
    check_fault(report_files_make(&files, first, &beside, round, "nl", scratch), FAULT_NONE);
    assert_non_null(file_of(files, "late.html"));
    assert_non_null(file_of(files, "figures-late.csv"));
    struct bytes page = bytes_buffer_view(&file_of(files, "report.html")->content);
    assert_non_null(memmem(page.data, page.size, "Later kwamen er nog 23 bij", 26));
    assert_non_null(memmem(page.data, page.size, "Samen zijn het er 103 van de 160", 32));
    page = bytes_buffer_view(&file_of(files, "late.html")->content);
    assert_non_null(memmem(page.data, page.size, "<td>20</td><td>11</td><td>78\u00A0%", 31));
    files = report_files_free(files);
    /* Alone there is no such page; beside a release that it does not name nothing is made. */
    check_fault(report_files_make(&files, first, NULL, round, "nl", scratch), FAULT_NONE);
    assert_null(file_of(files, "late.html"));
    files = report_files_free(files);
    check_fault(report_files_make(&files, late, &swapped, round, "nl", scratch), FAULT_DIGEST);
    assert_null(files);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

static bool holds(const struct report_files *files, const char *name, const char *words) {
    struct bytes content = bytes_buffer_view(&file_of(files, name)->content);
    return memmem(content.data, content.size, words, strlen(words)) != NULL;
}

/* How many rows of a table give the lowest that it would have been, had everybody answered. */
static size_t rows_with_everybody(const struct report_files *files, const char *name) {
    struct bytes_buffer copy = {0};
    struct bytes content = bytes_buffer_view(&file_of(files, name)->content);
    bytes_put(&copy, content.data, content.size);
    bytes_put_u8(&copy, 0);
    size_t count = 0, column = 0, found = 0;
    char *rest = (char *)copy.data;
    for (char *row = strsep(&rest, "\r\n"); row; row = strsep(&rest, "\r\n"), column = 0) {
        for (char *cell = strsep(&row, ","); cell; cell = strsep(&row, ","), column++) {
            found = strcmp(cell, "everybody_low") == 0 ? column : found;
            count += found && column == found && *cell >= '0' && *cell <= '9';
        }
    }
    assert_true(found > 0);
    bytes_buffer_release(&copy);
    return count;
}

/* Beside the late ones, those who came first are not absent. */
static void what_the_absent_could_change_is_not_said_of_late_ones(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct report_files *files = NULL;
    struct sample_opening *school = opened(31, &first);
    char scratch[160];
    for (uint16_t i = 1; i <= 4; i++) {
        come_late(school, i, 19);
    }
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    (void)snprintf(scratch, sizeof scratch, "%s/scratch", school->folder);
    const struct report_beside beside = {.late = late};
    check_fault(report_files_make(&files, first, &beside, school->sample->round, "en", scratch), FAULT_NONE);
    assert_true(holds(files, "report.html", "ad everybody"));
    assert_false(holds(files, "late.html", "ad everybody"));
    assert_true(rows_with_everybody(files, "figures.csv") > 0);
    assert_int_equal(rows_with_everybody(files, "figures-late.csv"), 0);
    report_files_free(files);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

/* Both at one machine, and step by step. */
static void check_refused(struct sample_opening *school, enum fault expected) {
    struct release *release = NULL;
    school->one_machine = true;
    check_fault(sample_opening_run(&release, school, NULL), expected);
    assert_null(release);
    school->one_machine = false;
    check_fault(sample_opening_run(&release, school, NULL), expected);
    assert_null(release);
}

static void the_late_list_comes_after_the_first_release(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(11);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_refused(school, FAULT_LEDGER_GAP);
    sample_opening_free(school);
}

/* Opened, but the power went before there was a release: her ledger knows, and the late list waits. */
static void an_interrupted_first_opening_is_finished_first(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(13);
    struct opening opening;
    struct prepare pair[2] = {{.holder = 0}};
    struct batch_list batches[2] = {{0}};
    struct release *release = NULL;
    uint8_t head[DIGEST_BYTES];
    uint16_t at = 0;
    check_fault(sample_opening_init(&opening, school), FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        check_fault(aggregate_commit(&batches[i], head, &opening, &school->holder[i], pair,
                                     pair[1 - i].own_head, &at),
                    FAULT_NONE);
        batch_list_release(&batches[i]);
    }
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_refused(school, FAULT_LEDGER_GAP);
    struct closing *late = school->closing;
    (void)swap(school, school->first);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    release = release_free(release);
    (void)swap(school, late);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    release_free(release);
    sample_opening_free(school);
}

static void a_lost_ledger_does_not_open_the_late_list(void **state) {
    (void)state;
    for (int lost = 0; lost < 2; lost++) {
        struct release *first = NULL;
        struct sample_opening *school = opened(15, &first);
        assert_int_equal(unlink(school->ledger[lost]), 0);
        come_late(school, 3, 12);
        sample_opening_close_late(school);
        /*
         * Holder 0 knows a head of the other's, which an empty ledger does not have; holder 1 adds up first,
         * so knows none of hers.
         */
        check_refused(school, lost ? FAULT_LEDGER_OLD : FAULT_LEDGER_GAP);
        /* Both lost: nobody knows what was opened, and that is said by name. */
        assert_int_equal(unlink(school->ledger[1 - lost]), 0);
        check_refused(school, FAULT_LEDGER_GAP);
        release_free(first);
        sample_opening_free(school);
    }
}

/* A copy from before the late opening, put back: the other holder cites what came after. */
static void a_ledger_put_back_is_noticed(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct bytes_buffer before = {0};
    struct sample_opening *school = opened(17, &first);
    check_fault(file_read(&before, school->ledger[1], LEDGER_BYTES_LIMIT), FAULT_NONE);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    check_fault(file_write(school->ledger[1], bytes_buffer_view(&before), FILE_SHARED), FAULT_NONE);
    check_refused(school, FAULT_LEDGER_OLD);
    bytes_buffer_release(&before);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

/* Two late lists after one first list: whichever is opened, the other is not. */
static void of_two_late_lists_one_is_opened(void **state) {
    (void)state;
    struct release *first = NULL, *late = NULL;
    struct sample_opening *school = opened(19, &first);
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(sample_opening_run(&late, school, NULL), FAULT_NONE);
    struct closing *list_1 = school->first, *list_2 = school->closing;
    school->first = NULL;
    school->closing = list_1;
    come_late(school, 4, 15);
    sample_opening_close_late(school);
    check_refused(school, FAULT_ALREADY_CLOSED);
    closing_free(list_2);
    release_free(late);
    release_free(first);
    sample_opening_free(school);
}

/* The late ones a second time, on a list that says so: refused before anything is looked at. */
static void nobody_counts_twice(void **state) {
    (void)state;
    struct release *first = NULL;
    struct opening opening;
    struct sample_opening *school = opened(21, &first);
    sample_opening_close(school); /* all of list 1, */
    struct closing *twice = school->closing;
    come_late(school, 3, 12);
    school->closing = sample_opening_draft(school); /* and once more with the late ones */
    school->closing->number = 2;
    memcpy(school->closing->previous, twice->digest, DIGEST_BYTES);
    check_fault(closing_seal_body(school->closing, school->sample->round), FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        check_fault(closing_sign(school->closing, school->sample->round, i, school->sample->sign_secret[i]),
                    FAULT_NONE);
    }
    check_fault(opening_init_late(&opening, school->workspace, school->sample->round, school->closing, twice),
                FAULT_RECORD_CONFLICT);
    closing_free(twice);
    release_free(first);
    sample_opening_free(school);
}

static void a_late_list_needs_the_list_that_it_names(void **state) {
    (void)state;
    struct release *first = NULL;
    struct opening opening;
    struct sample_opening *school = opened(23, &first);
    const struct round *round = school->sample->round;
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(opening_init(&opening, school->workspace, round, school->closing), FAULT_MISUSE);
    check_fault(opening_init_late(&opening, school->workspace, round, school->first, school->first),
                FAULT_MISUSE);
    struct closing *other = sample_opening_draft(school);
    for (int i = 0; i < 2; i++) {
        check_fault(closing_sign(other, round, i, school->sample->sign_secret[i]), FAULT_NONE);
    }
    check_fault(opening_init_late(&opening, school->workspace, round, school->closing, other), FAULT_DIGEST);
    closing_free(other);
    school->first->is_signed[0] = false;
    check_fault(opening_init_late(&opening, school->workspace, round, school->closing, school->first),
                FAULT_SIGNATURE_MISSING);
    school->first->is_signed[0] = true;
    release_free(first);
    sample_opening_free(school);
}

/*
 * Of the same answers, what another version or another level would let out: judged against what cannot be
 * taken back.
 */
static void the_same_answers_get_no_other_release(void **state) {
    (void)state;
    const uint8_t other[DIGEST_BYTES] = {1};
    struct release *first = NULL;
    struct ledger ledger;
    struct sample_opening *school = opened(25, &first);
    const struct round *round = school->sample->round;
    come_late(school, 3, 12);
    sample_opening_close_late(school);
    check_fault(ledger_open(&ledger, school->ledger[0], round->holder[0].sign_key), FAULT_NONE);
    check_fault(ledger_add_released(&ledger, school->closing, round, 0, other), FAULT_NONE);
    check_fault(ledger_write(&ledger, school->ledger[0]), FAULT_NONE);
    ledger_release(&ledger);
    check_refused(school, FAULT_RELEASED);
    release_free(first);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_late_gets_a_release_that_names_the_one_before),
        cmocka_unit_test(too_few_late_ones_stay_sealed),
        cmocka_unit_test(a_small_late_class_joins_another_late_one),
        cmocka_unit_test(one_late_class_is_no_school),
        cmocka_unit_test(the_report_has_a_page_of_what_came_late),
        cmocka_unit_test(what_the_absent_could_change_is_not_said_of_late_ones),
        cmocka_unit_test(the_late_list_comes_after_the_first_release),
        cmocka_unit_test(an_interrupted_first_opening_is_finished_first),
        cmocka_unit_test(a_lost_ledger_does_not_open_the_late_list),
        cmocka_unit_test(a_ledger_put_back_is_noticed),
        cmocka_unit_test(of_two_late_lists_one_is_opened),
        cmocka_unit_test(nobody_counts_twice),
        cmocka_unit_test(a_late_list_needs_the_list_that_it_names),
        cmocka_unit_test(the_same_answers_get_no_other_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
