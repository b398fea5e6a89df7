/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/disclosure_protect.h"
#include "aggregator/disclosure_search.h"
#include "tests/sample_questionnaire.h"

/* Every table of whole numbers that obeys what is told, one after another; what each cell can be. */
struct found {
    uint32_t low[16], high[16];
    uint64_t tables;
};

static bool obeys(const struct protect *protect, const uint32_t *value) {
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        const struct protect_relation *relation = &protect->relation[i];
        int64_t sum = 0;
        for (uint32_t j = 0; j < relation->count; j++) {
            const struct protect_term *term = &protect->term[relation->first + j];
            sum += (int64_t)term->factor * value[term->cell];
        }
        if (relation->equal ? sum != relation->limit : sum > relation->limit) {
            return false;
        }
    }
    return true;
}

static uint32_t from(const struct protect_cell *cell) {
    return cell->state == PROTECT_EXACT ? cell->value : cell->state == PROTECT_BANDED ? cell->low : 0;
}

static uint32_t upto(const struct protect_cell *cell) {
    return cell->state == PROTECT_EXACT    ? cell->value
           : cell->state == PROTECT_BANDED ? cell->high
                                           : cell->cap;
}

static void enumerate(struct found *out, const struct protect *protect) {
    uint32_t value[16];
    memset(out, 0, sizeof *out);
    memset(out->low, 0xFF, sizeof out->low);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        value[i] = from(&protect->cell[i]);
    }
    for (;;) {
        if (obeys(protect, value)) {
            out->tables++;
            for (uint32_t i = 0; i < protect->cell_count; i++) {
                out->low[i] = value[i] < out->low[i] ? value[i] : out->low[i];
                out->high[i] = value[i] > out->high[i] ? value[i] : out->high[i];
            }
        }
        uint32_t at = 0;
        while (at < protect->cell_count && value[at] == upto(&protect->cell[at])) {
            value[at] = from(&protect->cell[at]);
            at++;
        }
        if (at == protect->cell_count) {
            return;
        }
        value[at]++;
    }
}

static void band(struct protect_cell *cell, uint32_t k, uint32_t n) {
    bool below = cell->value < k, above = !below && cell->value + k > n;
    cell->needs = below || above;
    cell->low = cell->need_low = below ? 0 : n - k + 1;
    cell->high = cell->need_high = below ? k - 1 : n;
    cell->state = cell->needs ? PROTECT_BANDED : PROTECT_EXACT;
}

/* Two rows and their sum, each row with its public total; and now and then a bound between two cells. */
static void make_table(struct protect *protect, uint64_t *chance, uint32_t columns) {
    uint32_t cell[3][4], n[3] = {0, 0, 0};
    uint32_t value[3][4] = {{0}};
    for (uint32_t row = 0; row < 2; row++) {
        for (uint32_t i = 0; i < columns; i++) {
            value[row][i] = sample_below(chance, 3) ? sample_below(chance, 4) : 3 + sample_below(chance, 3);
            n[row] += value[row][i];
            value[2][i] += value[row][i];
        }
        while (n[row] < 6) {
            uint32_t i = sample_below(chance, columns);
            value[row][i]++;
            value[2][i]++;
            n[row]++;
        }
        n[2] += n[row];
    }
    for (uint32_t row = 0; row < 3; row++) {
        protect_begin(protect);
        for (uint32_t i = 0; i < columns; i++) {
            cell[row][i] = protect_add(protect, row, value[row][i], n[row], row == 2 ? 30 : 1);
            band(&protect->cell[cell[row][i]], 3, n[row]);
            protect_term(protect, cell[row][i], 1);
        }
        protect_end_equal(protect);
    }
    for (uint32_t i = 0; i < columns; i++) {
        protect_begin(protect);
        protect_term(protect, cell[0][i], 1);
        protect_term(protect, cell[1][i], 1);
        protect_term(protect, cell[2][i], -1);
        protect_end_equal(protect);
    }
    if (value[0][0] <= value[0][1] && sample_below(chance, 2)) {
        protect_begin(protect);
        protect_term(protect, cell[0][0], 1);
        protect_term(protect, cell[0][1], -1);
        protect_end_at_most(protect, 0);
    }
}

static void whatever_is_told_every_small_cell_keeps_its_whole_band(void **state) {
    (void)state;
    uint64_t chance = 5;
    uint32_t hidden = 0, exact = 0, tightened_before = 0, protected_cells = 0;
    for (int i = 0; i < 250; i++) {
        struct protect protect = {0};
        struct found found;
        make_table(&protect, &chance, i % 2 ? 2 : 3);
        check_fault(protect.fault, FAULT_NONE);
        enumerate(&found, &protect);
        for (uint32_t j = 0; j < protect.cell_count; j++) {
            const struct protect_cell *cell = &protect.cell[j];
            tightened_before +=
                cell->needs && (found.low[j] > cell->need_low || found.high[j] < cell->need_high);
        }
        check_fault(protect_run(&protect), FAULT_NONE);
        bool told = false;
        for (uint32_t j = 0; j < protect.cell_count; j++) {
            told = told || protect.cell[j].state != PROTECT_HIDDEN;
        }
        enumerate(&found, &protect);
        assert_true(found.tables > 0);
        for (uint32_t j = 0; j < protect.cell_count; j++) {
            const struct protect_cell *cell = &protect.cell[j];
            hidden += cell->state == PROTECT_HIDDEN;
            exact += cell->state == PROTECT_EXACT;
            protected_cells += cell->needs;
            if (cell->needs && told) {
                assert_true(found.low[j] <= cell->need_low);
                assert_true(found.high[j] >= cell->need_high);
            }
        }
        protect_release(&protect);
    }
    assert_true(tightened_before > 100); /* the tables are such that it matters */
    assert_true(protected_cells > 500 && hidden > 0 && exact > 100);
}

static void a_row_whose_total_is_known_hides_a_second_cell(void **state) {
    (void)state;
    struct protect protect = {0};
    const uint32_t value[] = {2, 9, 14};
    protect_begin(&protect);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t cell = protect_add(&protect, 0, value[i], 25, 1 + i);
        band(&protect.cell[cell], 5, 25);
        protect_term(&protect, cell, 1);
    }
    protect_end_equal(&protect);
    check_fault(protect_run(&protect), FAULT_NONE);
    assert_int_equal(protect.cell[0].state, PROTECT_BANDED);
    assert_int_equal(protect.cell[1].state, PROTECT_HIDDEN); /* the cheaper one */
    assert_int_equal(protect.cell[2].state, PROTECT_EXACT);
    protect_release(&protect);
}

static void an_audit_hides_nothing_and_names_the_cell(void **state) {
    (void)state;
    struct protect protect = {0};
    bool holds = true;
    uint32_t failed = 9;
    const uint32_t value[] = {11, 2, 12};
    protect_begin(&protect);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t cell = protect_add(&protect, 0, value[i], 25, 1);
        band(&protect.cell[cell], 5, 25);
        protect_term(&protect, cell, 1);
    }
    protect_end_equal(&protect);
    check_fault(protect_audit(&holds, &protect, &failed), FAULT_NONE);
    assert_false(holds);
    assert_int_equal(failed, 1);
    assert_int_equal(protect.cell[0].state, PROTECT_EXACT);
    protect.cell[0].state = PROTECT_HIDDEN;
    check_fault(protect_audit(&holds, &protect, NULL), FAULT_NONE);
    assert_true(holds);
    protect_release(&protect);
}

/*
 * Twice the one is the other, which is at most 1: half a pupil of the one satisfies the linear program, and
 * rounds to a whole one.
 */
static void half_a_pupil_does_not_count(void **state) {
    (void)state;
    struct protect protect = {0};
    bool holds = true;
    uint32_t one = protect_add(&protect, 0, 0, 25, 1), other = protect_add(&protect, 0, 0, 1, 1);
    protect.cell[one].needs = true;
    protect.cell[one].need_high = 1;
    protect_begin(&protect);
    protect_term(&protect, one, 2);
    protect_term(&protect, other, -1);
    protect_end_equal(&protect);
    check_fault(protect_audit(&holds, &protect, NULL), FAULT_NONE);
    assert_false(holds);
    protect_release(&protect);
}

/* Where only some cells move, every relation that one of them is in is verified all the same, and its ends. */
static void a_table_of_a_part_is_verified_like_any_other(void **state) {
    (void)state;
    for (int fractions = 0; fractions < 2; fractions++) {
        struct protect protect = {0};
        struct search search;
        uint32_t moving[] = {0, 1}, bearing[] = {0};
        protect_begin(&protect);
        for (uint32_t i = 0; i < 2; i++) {
            protect_term(&protect, protect_add(&protect, 0, 2, 5, 1), 1);
        }
        protect_end_equal(&protect);
        protect.fractions = fractions;
        protect.cell[0].needs = true;
        protect.cell[0].need_high = 4;
        check_fault(search_init(&search, &protect), FAULT_NONE);
        search.moving = moving;
        search.bearing = bearing;
        search.moving_count = 2;
        search.bearing_count = 1;
        search.point[0] = 2;
        (void)search_learn(&search);
        assert_false(search.verified); /* one more than all of them */
        search.point[1] = -3;
        (void)search_learn(&search);
        assert_false(search.verified); /* and fewer than none */
        assert_false(protect.cell[0].met_high);
        search.point[1] = -2;
        assert_int_equal(search_learn(&search), 1);
        assert_true(search.verified && protect.cell[0].met_high);
        search_release(&search);
        protect_release(&protect);
    }
}

/*
 * A count that nobody took: of a group of 10 in two classes, one of which has 8 pupils, 2 at least are in the
 * other.
 */
static void a_count_that_nobody_took_may_not_follow_from_where_there_is_room(void **state) {
    (void)state;
    struct protect protect = {0};
    uint32_t sum = protect_add(&protect, 0, 10, 28, 1);
    protect.cell[sum].state = PROTECT_EXACT;
    uint32_t cell[2] = {protect_add(&protect, 1, 0, 8, 1), protect_add(&protect, 2, 0, 20, 1)};
    protect.cell[cell[1]].needs = protect.cell[cell[1]].from_zero = true;
    protect.cell[cell[1]].spread = 4;
    protect_begin(&protect);
    protect_term(&protect, sum, -1);
    protect_term(&protect, cell[0], 1);
    protect_term(&protect, cell[1], 1);
    protect_end_exactly(&protect, 0);
    check_fault(protect_run(&protect), FAULT_NONE);
    assert_int_equal(protect.cell[sum].state, PROTECT_HIDDEN);
    protect_release(&protect);
}

/*
 * What must be possible at once: two cells that can each take the place of the other, and a choice that needs
 * both.
 */
static void a_choice_is_possible_only_where_all_that_it_needs_is_at_once(void **state) {
    (void)state;
    for (int rooms = 1; rooms <= 2; rooms++) {
        struct protect protect = {0};
        bool holds = false;
        uint32_t cell[3];
        for (uint32_t i = 0; i < 3; i++) {
            cell[i] = protect_add(&protect, i, 0, i == 2 ? 20 : 4, 1);
        }
        uint32_t total = protect_add(&protect, 3, 4 * (uint32_t)rooms, 40, 1);
        protect.cell[total].state = PROTECT_EXACT;
        protect.cell[cell[2]].value = 4 * (uint32_t)rooms;
        protect_begin(&protect);
        for (uint32_t i = 0; i < 3; i++) {
            protect_term(&protect, cell[i], 1);
        }
        protect_term(&protect, total, -1);
        protect_end_equal(&protect);
        uint32_t choice = protect_add_choice(&protect);
        for (uint32_t i = 0; i < 2; i++) {
            protect_begin(&protect);
            protect_term(&protect, cell[i], -1);
            protect_term(&protect, choice, 4);
            protect_end_at_most(&protect, 0);
        }
        check_fault(protect_audit(&holds, &protect, NULL), FAULT_NONE);
        assert_true(holds == (rooms == 2));
        check_fault(protect_run(&protect), FAULT_NONE);
        assert_true(protect.cell[total].state == (rooms == 2 ? PROTECT_EXACT : PROTECT_HIDDEN));
        protect_release(&protect);
    }
}

/*
 * A count that nobody took is 3 to 6 for who knows that the two are 10: fewer values than it needs, and 3 is not
 * surely many. That it can be nothing but 6 while the other part stays as it is says nothing of that.
 */
static void what_is_large_in_a_part_may_be_small_elsewhere(void **state) {
    static const struct protect_part part[] = {{1, 1}, {1, 2}};
    struct protect protect = {0};
    (void)state;
    uint32_t nobody = protect_add_unknown(&protect, 0, 10), told = protect_add(&protect, 1, 4, 10, 1);
    protect.cell[nobody].needs = true;
    protect.cell[nobody].spread = 4;
    protect.cell[told].state = PROTECT_BANDED;
    protect.cell[told].low = 4;
    protect.cell[told].high = 7;
    protect_begin(&protect);
    protect_term(&protect, nobody, 1);
    protect_term(&protect, told, 1);
    protect_end_exactly(&protect, 10);
    protect.fractions = true;
    protect.part = part;
    protect.part_rows = 2;
    check_fault(protect_run(&protect), FAULT_NONE);
    assert_int_equal(protect.cell[told].state, PROTECT_HIDDEN);
    protect_release(&protect);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_told_every_small_cell_keeps_its_whole_band),
        cmocka_unit_test(a_row_whose_total_is_known_hides_a_second_cell),
        cmocka_unit_test(an_audit_hides_nothing_and_names_the_cell),
        cmocka_unit_test(half_a_pupil_does_not_count),
        cmocka_unit_test(a_table_of_a_part_is_verified_like_any_other),
        cmocka_unit_test(a_count_that_nobody_took_may_not_follow_from_where_there_is_room),
        cmocka_unit_test(what_is_large_in_a_part_may_be_small_elsewhere),
        cmocka_unit_test(a_choice_is_possible_only_where_all_that_it_needs_is_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
