/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sample_opening.h"
#include "tests/sample_questionnaire.h"

/* Releases of the same contributions at several levels (docs/statistics.md, "Another level"). */

/* One release at this level, by the steps of two machines or at one. */
static enum fault release_at(struct release **out, struct sample_opening *school, enum release_level finest) {
    struct opening opening = {0};
    struct prepare pair[2] = {{.holder = 0}};
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    *out = NULL;
    check_fault(sample_opening_init(&opening, school), FAULT_NONE);
    opening.finest = (int)finest;
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    check_fault(aggregate_make(&file, &opening, &school->holder[1], pair, &at), FAULT_NONE);
    enum fault fault =
        disclosure_open(out, &opening, &school->holder[0], pair, bytes_buffer_view(&file), &at);
    bytes_buffer_release(&file);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
    return fault;
}

static uint32_t count_at(const struct release *release, enum release_level level) {
    const struct release_content *content = release_content(release);
    uint32_t count = 0;
    for (uint32_t i = 0; i < content->figure_count; i++) {
        count += content->figure[i].level == level;
    }
    return count;
}

static size_t entries(const struct sample_opening *school, enum ledger_kind kind) {
    struct ledger ledger = {0};
    size_t count = 0;
    check_fault(ledger_open(&ledger, school->ledger[0], school->sample->round->holder[0].sign_key),
                FAULT_NONE);
    for (size_t i = 0; i < ledger.entry_count; i++) {
        count += ledger.entry[i].kind == kind;
    }
    ledger_release(&ledger);
    return count;
}

static void check_same(const struct release *a, const struct release *b) {
    assert_int_equal(release_file(a).size, release_file(b).size);
    assert_memory_equal(release_file(a).data, release_file(b).data, release_file(a).size);
}

/* Everything that `part` says stands in `whole`, as it stands there. */
static void check_part(const struct release *part, const struct release *whole) {
    const struct release_content *content = release_content(part);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        const struct release_figure *a = &content->figure[i];
        const struct release_figure *b =
            release_find_at(whole, a->level, a->unit, a->about, a->subject, a->kind, a->index);
        assert_true(b && a->status == b->status && a->low == b->low && a->high == b->high && a->n == b->n);
    }
    assert_true(release_holds(whole, release_digest(part)));
}

static void a_finer_level_may_follow_and_says_nothing_else(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(11);
    struct release *release[3], *again = NULL;
    for (int i = 0; i < 3; i++) {
        enum release_level finest = (enum release_level)(RELEASE_SCHOOL - i);
        check_fault(release_at(&release[i], school, finest), FAULT_NONE);
        assert_int_equal(release_finest(release_content(release[i])), finest);
        assert_int_equal(count_at(release[i], RELEASE_CLASS) > 0, i == 2);
        assert_int_equal(count_at(release[i], RELEASE_YEAR) > 0, i >= 1);
        assert_true(count_at(release[i], RELEASE_SCHOOL) > 0);
        assert_int_equal(entries(school, LEDGER_RELEASED), i + 1);
    }
    assert_int_equal(entries(school, LEDGER_OPENED), 1);
    check_part(release[0], release[1]);
    check_part(release[1], release[2]);
    assert_false(release_holds(release[0], release_digest(release[1])));
    for (int i = 0; i < 3; i++) {
        check_fault(release_at(&again, school, (enum release_level)(RELEASE_SCHOOL - i)), FAULT_NONE);
        check_same(again, release[i]);
        release_free(again);
        release_free(release[i]);
    }
    assert_int_equal(entries(school, LEDGER_RELEASED), 3);
    sample_opening_free(school);
}

static void another_level_of_another_judgement_is_refused(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(12);
    struct release *release = NULL;
    struct ledger ledger = {0};
    uint8_t other[DIGEST_BYTES] = {7};
    check_fault(release_at(&release, school, RELEASE_SCHOOL), FAULT_NONE);
    release_free(release);
    check_fault(ledger_open(&ledger, school->ledger[0], school->sample->round->holder[0].sign_key),
                FAULT_NONE);
    check_fault(ledger_add_released(&ledger, school->closing, school->sample->round, 0, other), FAULT_NONE);
    check_fault(ledger_write(&ledger, school->ledger[0]), FAULT_NONE);
    ledger_release(&ledger);
    for (int i = RELEASE_CLASS; i <= RELEASE_SCHOOL; i++) {
        check_fault(release_at(&release, school, (enum release_level)i), FAULT_RELEASED);
        assert_null(release);
    }
    assert_int_equal(entries(school, LEDGER_RELEASED), 2);
    sample_opening_free(school);
}

/* Leaving a contribution out afterwards gives other counts: the difference is that pupil. */
static void another_level_with_one_pupil_less_is_refused(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(13);
    struct release *release = NULL;
    check_fault(release_at(&release, school, RELEASE_SCHOOL), FAULT_NONE);
    release_free(release);
    check_fault(sample_opening_run(&release, school, school->closing->record[3].id), FAULT_BATCH_OVERLAP);
    assert_null(release);
    sample_opening_free(school);
}

static void a_late_release_goes_with_every_level_that_holds_the_first(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(14);
    struct release *first = NULL, *finer = NULL, *late[2] = {NULL, NULL};
    check_fault(release_at(&first, school, RELEASE_SCHOOL), FAULT_NONE);
    uint32_t bundle = sample_opening_add(school, 3, 4, 12);
    check_fault(sample_opening_merge(school, bundle).fault, FAULT_NONE);
    sample_opening_close_late(school);
    check_fault(release_at(&late[0], school, RELEASE_CLASS), FAULT_NONE);
    struct closing *second = school->closing;
    school->closing = school->first;
    check_fault(release_at(&finer, school, RELEASE_CLASS), FAULT_NONE);
    school->closing = second;
    check_fault(release_at(&late[1], school, RELEASE_CLASS), FAULT_NONE);
    check_same(late[0], late[1]);
    assert_true(release_holds(first, release_content(late[0])->previous_digest));
    assert_true(release_holds(finer, release_content(late[0])->previous_digest));
    assert_false(release_holds(late[0], release_digest(first)));
    release_free(first);
    release_free(finer);
    release_free(late[0]);
    release_free(late[1]);
    sample_opening_free(school);
}

/* A release that says it tells the school only, and tells of classes, is none. */
static void figures_finer_than_the_level_are_refused(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(15);
    struct release *release = NULL, *wrong = NULL;
    check_fault(release_at(&release, school, RELEASE_CLASS), FAULT_NONE);
    struct bytes file = release_file(release);
    const struct release_content *content = release_content(release);
    /* From the end of the fixed part: choices, five counts of 2 bytes, two of 4. */
    uint8_t *copy = malloc(file.size);
    assert_non_null(copy);
    memcpy(copy, file.data, file.size);
    size_t at = 8 + 8 + 2 + strlen(content->program) + 32 * 8 + 2 + strlen(content->instrument) + 2 +
                strlen(content->instrument_version) + 1 + 2 + 4 + 4;
    assert_int_equal(copy[at], content->choices);
    for (uint8_t finest = 1; finest <= 3; finest++) {
        copy[at] = (uint8_t)(content->choices | finest << RELEASE_FINEST_SHIFT);
        check_fault(release_decode(&wrong, (struct bytes){copy, file.size}), FAULT_LIMIT);
        assert_null(wrong);
    }
    free(copy);
    release_free(release);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finer_level_may_follow_and_says_nothing_else),
        cmocka_unit_test(another_level_of_another_judgement_is_refused),
        cmocka_unit_test(another_level_with_one_pupil_less_is_refused),
        cmocka_unit_test(a_late_release_goes_with_every_level_that_holds_the_first),
        cmocka_unit_test(figures_finer_than_the_level_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
