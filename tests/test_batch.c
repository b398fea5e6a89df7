/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "core/batch.h"
#include "sample_questionnaire.h"
#include "sample_round.h"

/* A round and a list with nothing but what batches follow from; everything else is tested elsewhere. */
struct school {
    struct round round;
    struct closing closing;
};

enum { RECORDS_MAX = ROUND_CLASSES * 40 };

static int compare_records(const void *a, const void *b) {
    return memcmp(((const struct closing_record *)a)->id, ((const struct closing_record *)b)->id,
                  SHARE_ID_BYTES);
}

static void fill(void *out, size_t size, uint64_t *random) {
    for (size_t i = 0; i < size; i++) {
        ((uint8_t *)out)[i] = (uint8_t)sample_random(random);
    }
}

/* Class i has number `number[i]` (NULL: i + 1), years[i] and counts[i] records with ids from `seed`. */
static struct school *school_of(uint16_t classes, const uint16_t *number, const uint16_t *years,
                                const uint32_t *counts, uint64_t seed) {
    struct school *school = calloc(1, sizeof *school);
    assert_non_null(school);
    school->round.k_unit = 10;
    school->round.class_count = classes;
    school->round.class_list = calloc(classes, sizeof *school->round.class_list);
    school->closing.record = calloc(RECORDS_MAX, sizeof *school->closing.record);
    assert_non_null(school->closing.record);
    for (uint16_t i = 0; i < classes; i++) {
        school->round.class_list[i].number = number ? number[i] : (uint16_t)(i + 1);
        school->round.class_list[i].years = years[i];
        for (uint32_t j = 0; j < counts[i]; j++) {
            struct closing_record *record = &school->closing.record[school->closing.record_count++];
            fill(record->id, sizeof record->id, &seed);
            record->class_number = school->round.class_list[i].number;
        }
    }
    if (school->closing.record_count) {
        qsort(school->closing.record, school->closing.record_count, sizeof *school->closing.record,
              compare_records);
    }
    return school;
}

static void school_free(struct school *school) {
    free(school->round.class_list);
    free(school->closing.record);
    free(school);
}

static enum fault derive(struct batch_list *out, const struct school *school) {
    return batch_derive(out, &school->round, &school->closing, NULL, 0);
}

static void check_batch(const struct batch_list *list, uint16_t at, uint32_t records, uint16_t stratum,
                        uint16_t class_count, const uint16_t *classes) {
    assert_true(at < list->batch_count);
    assert_int_equal(list->batch[at].record_count, records);
    assert_int_equal(list->batch[at].stratum, stratum);
    assert_int_equal(list->batch[at].class_count, class_count);
    assert_memory_equal(list->batch[at].class_number, classes, class_count * sizeof *classes);
}
#define CLASSES(...)                                                                                         \
    (sizeof((uint16_t[]){__VA_ARGS__}) / sizeof(uint16_t)), (const uint16_t[]) {                             \
        __VA_ARGS__                                                                                          \
    }

enum { YEAR_1 = 1, YEAR_2 = 2, YEAR_3 = 4, YEAR_4 = 8, YEAR_5 = 16 };

static void a_class_that_is_large_enough_is_a_batch(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_1, YEAR_2};
    const uint32_t counts[] = {10, 25, 11};
    struct school *school = school_of(3, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 3);
    check_batch(&list, 0, 10, 0, CLASSES(1));
    check_batch(&list, 1, 25, 0, CLASSES(2));
    check_batch(&list, 2, 11, 1, CLASSES(3));
    assert_int_equal(list.stratum_count, 2);
    assert_int_equal(list.stratum_years[0], YEAR_1);
    assert_int_equal(list.stratum_years[1], YEAR_2);
    batch_list_release(&list);
    school_free(school);
}

static void the_worked_sample_of_the_format_page_holds(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_1, YEAR_2, YEAR_2, YEAR_2 | YEAR_3, YEAR_4};
    const uint32_t counts[] = {12, 4, 11, 15, 6, 3};
    struct school *school = school_of(6, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 3);
    check_batch(&list, 0, 19, 0, CLASSES(1, 2, 6));
    check_batch(&list, 1, 17, 1, CLASSES(3, 5));
    check_batch(&list, 2, 15, 1, CLASSES(4));
    assert_int_equal(list.batch[0].years, YEAR_1 | YEAR_4);
    assert_int_equal(list.stratum_count, 2);
    assert_int_equal(list.stratum_years[0], YEAR_1 | YEAR_4);
    assert_int_equal(list.stratum_years[1], YEAR_2 | YEAR_3);
    batch_list_release(&list);
    school_free(school);
}

/* Numbers that are not places: ties are by number, and class 7 is second. */
static void ties_go_to_the_lowest_class_number(void **state) {
    (void)state;
    const uint16_t number[] = {3, 7, 20, 31};
    const uint16_t years[] = {YEAR_1, YEAR_1, YEAR_1, YEAR_1};
    const uint32_t counts[] = {12, 9, 9, 12};
    struct school *school = school_of(4, number, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    /* 7 goes first, to 20, which is the smallest other: together they are enough. */
    assert_int_equal(list.batch_count, 3);
    check_batch(&list, 0, 12, 0, CLASSES(3));
    check_batch(&list, 1, 18, 0, CLASSES(7, 20));
    check_batch(&list, 2, 12, 0, CLASSES(31));
    batch_list_release(&list);
    school_free(school);
    const uint32_t one_small[] = {12, 12, 2, 12};
    school = school_of(4, number, years, one_small, 1);
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 3);
    check_batch(&list, 0, 14, 0, CLASSES(3, 20));
    check_batch(&list, 1, 12, 0, CLASSES(7));
    batch_list_release(&list);
    school_free(school);
}

/* 2 (9) and 3 (2) are small. 3 joins 2, the smallest of its year, and 11 is enough: 1 stays alone. */
static void the_smallest_goes_first(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_1, YEAR_1};
    const uint32_t counts[] = {30, 9, 2};
    struct school *school = school_of(3, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 2);
    check_batch(&list, 0, 30, 0, CLASSES(1));
    check_batch(&list, 1, 11, 0, CLASSES(2, 3));
    batch_list_release(&list);
    school_free(school);
}

/* Its own year comes before a smaller class of another year. */
static void the_own_year_comes_first(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_2, YEAR_2};
    const uint32_t counts[] = {10, 28, 4};
    struct school *school = school_of(3, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 2);
    check_batch(&list, 0, 10, 0, CLASSES(1));
    check_batch(&list, 1, 32, 1, CLASSES(2, 3));
    batch_list_release(&list);
    school_free(school);
}

static void joining_across_years_joins_their_strata(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_2, YEAR_3, YEAR_3, YEAR_1};
    const uint32_t counts[] = {12, 5, 14, 20, 11};
    struct school *school = school_of(5, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    /* Class 2 is alone in its year and joins 5, the smallest of the school. */
    assert_int_equal(list.batch_count, 4);
    check_batch(&list, 0, 12, 0, CLASSES(1));
    check_batch(&list, 1, 16, 0, CLASSES(2, 5));
    check_batch(&list, 2, 14, 1, CLASSES(3));
    check_batch(&list, 3, 20, 1, CLASSES(4));
    assert_int_equal(list.stratum_count, 2);
    assert_int_equal(list.stratum_years[0], YEAR_1 | YEAR_2);
    assert_int_equal(list.stratum_years[1], YEAR_3);
    batch_list_release(&list);
    school_free(school);
}

/* 1-2, 2-3 and 3-4 hang together through each other; the link is found from the far end too. */
static void combination_classes_chain_strata(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_4, YEAR_1 | YEAR_2, YEAR_5, YEAR_3 | YEAR_4, YEAR_2 | YEAR_3};
    const uint32_t counts[] = {10, 10, 10, 10, 10};
    struct school *school = school_of(5, NULL, years, counts, 1);
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 5);
    assert_int_equal(list.stratum_count, 2);
    assert_int_equal(list.stratum_years[0], YEAR_1 | YEAR_2 | YEAR_3 | YEAR_4);
    assert_int_equal(list.stratum_years[1], YEAR_5);
    for (uint16_t i = 0; i < 5; i++) {
        assert_int_equal(list.batch[i].stratum, i == 2 ? 1 : 0);
    }
    batch_list_release(&list);
    school_free(school);
}

static void too_few_in_all_is_no_batch(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_2};
    const uint32_t nine[] = {4, 5};
    const uint32_t ten[] = {5, 5};
    const uint32_t none[] = {0, 0};
    struct batch_list list;
    struct school *school = school_of(2, NULL, years, nine, 1);
    check_fault(derive(&list, school), FAULT_BATCH_TOO_SMALL);
    assert_null(list.batch);
    school_free(school);
    school = school_of(2, NULL, years, none, 1);
    check_fault(derive(&list, school), FAULT_BATCH_TOO_SMALL);
    school_free(school);
    school = school_of(2, NULL, years, ten, 1);
    check_fault(derive(&list, school), FAULT_NONE);
    assert_int_equal(list.batch_count, 1);
    check_batch(&list, 0, 10, 0, CLASSES(1, 2));
    batch_list_release(&list);
    school_free(school);
}

/* Leaving one record out of a class of ten changes the batches: it is done before anything else. */
static void excluded_records_are_left_out_first(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_1};
    const uint32_t counts[] = {10, 12};
    struct school *school = school_of(2, NULL, years, counts, 1);
    struct batch_list list;
    uint32_t excluded = 0;
    while (school->closing.record[excluded].class_number != 1) {
        excluded++;
    }
    check_fault(batch_derive(&list, &school->round, &school->closing, &excluded, 1), FAULT_NONE);
    assert_int_equal(list.batch_count, 1);
    check_batch(&list, 0, 21, 0, CLASSES(1, 2));
    for (uint32_t i = 0; i < 21; i++) {
        assert_int_not_equal(list.batch[0].record[i], excluded);
    }
    batch_list_release(&list);
    const uint32_t out_of_range = 22;
    check_fault(batch_derive(&list, &school->round, &school->closing, &out_of_range, 1), FAULT_MISUSE);
    const uint32_t twice[2] = {4, 4};
    check_fault(batch_derive(&list, &school->round, &school->closing, twice, 2), FAULT_MISUSE);
    const uint32_t descending[2] = {5, 4};
    check_fault(batch_derive(&list, &school->round, &school->closing, descending, 2), FAULT_MISUSE);
    uint32_t all[22];
    for (uint32_t i = 0; i < 22; i++) {
        all[i] = i;
    }
    check_fault(batch_derive(&list, &school->round, &school->closing, all, 22), FAULT_BATCH_TOO_SMALL);
    check_fault(batch_derive(&list, &school->round, &school->closing, all, 12), FAULT_NONE);
    assert_int_equal(list.batch_count, 1);
    assert_int_equal(list.batch[0].record[0], 12);
    batch_list_release(&list);
    school_free(school);
}

static void the_digest_is_over_the_round_and_the_ids(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1};
    const uint32_t counts[] = {11};
    struct school *school = school_of(1, NULL, years, counts, 1);
    struct batch_list list;
    struct bytes_buffer message = {0};
    uint8_t digest[DIGEST_BYTES];
    uint64_t random = 3;
    fill(school->round.digest, sizeof school->round.digest, &random);
    bytes_put(&message, school->round.digest, DIGEST_BYTES);
    for (uint32_t i = 0; i < 11; i++) {
        bytes_put(&message, school->closing.record[i].id, 16);
    }
    digest_make(digest, DIGEST_BATCH, bytes_buffer_view(&message));
    check_fault(derive(&list, school), FAULT_NONE);
    assert_memory_equal(list.batch[0].digest, digest, DIGEST_BYTES);
    batch_list_release(&list);
    bytes_buffer_release(&message);
    school_free(school);
}

/* ---- any school ---- */

/* The rules of docs/format.md once more, as naively as they are written: groups are lists of classes. */
struct group {
    uint32_t size;
    uint16_t years;
    uint16_t classes;
    uint16_t class_number[ROUND_CLASSES];
    bool gone;
};

static uint16_t lowest(const struct group *group) {
    uint16_t best = UINT16_MAX;
    for (uint16_t i = 0; i < group->classes; i++) {
        best = group->class_number[i] < best ? group->class_number[i] : best;
    }
    return best;
}

static struct group *pick(struct group *groups, uint16_t count, const struct group *except, bool same_year) {
    struct group *best = NULL;
    for (uint16_t i = count; i-- > 0;) {
        struct group *each = &groups[i];
        if (each->gone || each == except || (same_year && !(each->years & except->years))) {
            continue;
        }
        if (!best || each->size < best->size || (each->size == best->size && lowest(each) < lowest(best))) {
            best = each;
        }
    }
    return best;
}

static bool group_naively(struct group *groups, uint16_t count, uint32_t k_unit) {
    for (;;) {
        struct group *small = pick(groups, count, NULL, false);
        if (!small) {
            return false;
        }
        if (small->size >= k_unit) {
            return true;
        }
        struct group *partner = pick(groups, count, small, true);
        partner = partner ? partner : pick(groups, count, small, false);
        if (!partner) {
            return false;
        }
        memcpy(partner->class_number + partner->classes, small->class_number,
               small->classes * sizeof small->class_number[0]);
        partner->classes = (uint16_t)(partner->classes + small->classes);
        partner->size += small->size;
        partner->years |= small->years;
        small->gone = true;
    }
}

static bool holds(const uint16_t *list, uint16_t count, uint16_t wanted) {
    for (uint16_t i = 0; i < count; i++) {
        if (list[i] == wanted) {
            return true;
        }
    }
    return false;
}

static void check_like_naive(const struct batch_list *list, const struct group *groups, uint16_t count) {
    uint16_t left = 0;
    for (uint16_t g = 0; g < count; g++) {
        if (groups[g].gone) {
            continue;
        }
        left++;
        uint16_t first = lowest(&groups[g]);
        const struct batch *found = NULL;
        for (uint16_t i = 0; i < list->batch_count; i++) {
            found = list->batch[i].class_number[0] == first ? &list->batch[i] : found;
        }
        if (!found) {
            fail_msg("the group of class %u is no batch", first);
            return;
        }
        assert_int_equal(found->record_count, groups[g].size);
        assert_int_equal(found->years, groups[g].years);
        assert_int_equal(found->class_count, groups[g].classes);
        for (uint16_t i = 0; i < groups[g].classes; i++) {
            assert_true(holds(found->class_number, found->class_count, groups[g].class_number[i]));
        }
    }
    assert_int_equal(left, list->batch_count);
}

static void check_partition(const struct batch_list *list, const struct school *school,
                            const bool *excluded) {
    uint8_t *seen = calloc(school->closing.record_count + (size_t)1, 1);
    assert_non_null(seen);
    for (uint16_t i = 0; i < list->batch_count; i++) {
        const struct batch *batch = &list->batch[i];
        assert_true(batch->record_count >= school->round.k_unit);
        assert_true(i == 0 || list->batch[i - 1].class_number[0] < batch->class_number[0]);
        for (uint32_t j = 0; j < batch->record_count; j++) {
            assert_true(j == 0 || batch->record[j - 1] < batch->record[j]);
            seen[batch->record[j]]++;
            assert_true(holds(batch->class_number, batch->class_count,
                              school->closing.record[batch->record[j]].class_number));
        }
        for (uint16_t j = 1; j < batch->class_count; j++) {
            assert_true(batch->class_number[j - 1] < batch->class_number[j]);
        }
    }
    for (uint32_t i = 0; i < school->closing.record_count; i++) {
        assert_int_equal(seen[i], excluded[i] ? 0 : 1);
    }
    free(seen);
}

static void check_strata(const struct batch_list *list) {
    uint16_t next = 0;
    uint16_t years[ROUND_CLASSES] = {0};
    for (uint16_t i = 0; i < list->batch_count; i++) {
        assert_true(list->batch[i].stratum <= next);
        next = list->batch[i].stratum == next ? (uint16_t)(next + 1) : next;
        years[list->batch[i].stratum] |= list->batch[i].years;
        for (uint16_t j = 0; j < i; j++) {
            bool share = list->batch[i].years & list->batch[j].years;
            assert_true(!share || list->batch[i].stratum == list->batch[j].stratum);
        }
    }
    assert_int_equal(next, list->stratum_count);
    for (uint16_t i = 0; i < next; i++) {
        assert_int_equal(years[i], list->stratum_years[i]);
        for (uint16_t j = 0; j < i; j++) {
            assert_int_equal(years[i] & years[j], 0);
        }
    }
}

enum { SCHOOL_CLASSES = 24 };

static uint16_t random_school(uint16_t *number, uint16_t *years, uint32_t *counts, uint64_t *random) {
    uint16_t classes = (uint16_t)(1 + sample_below(random, SCHOOL_CLASSES));
    uint32_t span = 1 + sample_below(random, 6);
    uint32_t largest = 1 + sample_below(random, 30);
    uint16_t last = 0;
    for (uint16_t i = 0; i < classes; i++) {
        uint32_t year = sample_below(random, span);
        years[i] = (uint16_t)(1u << year | (sample_below(random, 5) == 0 ? 1u << (year + 1) : 0u));
        counts[i] = sample_below(random, largest + 1);
        last = number[i] = (uint16_t)(last + 1 + sample_below(random, 3));
    }
    return classes;
}

static uint32_t random_exclusion(bool *excluded, uint32_t *list, const struct school *school,
                                 uint64_t *random) {
    uint32_t count = 0;
    uint32_t rarity = 1 + sample_below(random, 40);
    for (uint32_t i = 0; i < school->closing.record_count; i++) {
        excluded[i] = rarity > 20 ? false : sample_below(random, rarity + 3) == 0;
        if (excluded[i]) {
            list[count++] = i;
        }
    }
    return count;
}

static uint16_t naive_groups(struct group *groups, const struct school *school, const bool *excluded) {
    uint16_t count = 0;
    memset(groups, 0, SCHOOL_CLASSES * sizeof *groups);
    for (uint16_t i = 0; i < school->round.class_count; i++) {
        struct group *group = &groups[count];
        *group = (struct group){.years = school->round.class_list[i].years, .classes = 1};
        group->class_number[0] = school->round.class_list[i].number;
        for (uint32_t j = 0; j < school->closing.record_count; j++) {
            group->size += !excluded[j] && school->closing.record[j].class_number == group->class_number[0];
        }
        count = (uint16_t)(count + (group->size > 0));
    }
    return count;
}

static void any_school_is_partitioned_by_the_rules(void **state) {
    (void)state;
    static struct group groups[SCHOOL_CLASSES];
    static bool excluded[RECORDS_MAX];
    static uint32_t excluded_list[RECORDS_MAX];
    uint64_t random = 2026;
    unsigned small = 0, joined = 0;
    for (int i = 0; i < 3000; i++) {
        uint16_t number[SCHOOL_CLASSES], years[SCHOOL_CLASSES];
        uint32_t counts[SCHOOL_CLASSES];
        uint16_t classes = random_school(number, years, counts, &random);
        struct school *school = school_of(classes, number, years, counts, random);
        school->round.k_unit = (uint16_t)(5 + sample_below(&random, 20));
        uint32_t excluded_count = random_exclusion(excluded, excluded_list, school, &random);
        uint16_t count = naive_groups(groups, school, excluded);
        bool possible = group_naively(groups, count, school->round.k_unit);
        struct batch_list list;
        check_fault(batch_derive(&list, &school->round, &school->closing, excluded_list, excluded_count),
                    possible ? FAULT_NONE : FAULT_BATCH_TOO_SMALL);
        if (possible) {
            check_like_naive(&list, groups, count);
            check_partition(&list, school, excluded);
            check_strata(&list);
            joined += list.batch_count < count;
        }
        small += !possible;
        batch_list_release(&list);
        school_free(school);
    }
    assert_true(small > 50 && joined > 1000);
}

/* The ids decide which record lies where, and nothing about which classes are together. */
static void which_classes_join_does_not_depend_on_the_ids(void **state) {
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 300; i++) {
        uint16_t number[SCHOOL_CLASSES], years[SCHOOL_CLASSES];
        uint32_t counts[SCHOOL_CLASSES];
        uint16_t classes = random_school(number, years, counts, &random);
        struct school *a = school_of(classes, number, years, counts, random);
        struct school *b = school_of(classes, number, years, counts, random + 1);
        struct batch_list list_a, list_b;
        enum fault fault = derive(&list_a, a);
        check_fault(derive(&list_b, b), fault);
        assert_int_equal(list_a.batch_count, list_b.batch_count);
        for (uint16_t j = 0; j < list_a.batch_count; j++) {
            assert_memory_equal(list_a.batch[j].class_number, list_b.batch[j].class_number,
                                sizeof list_a.batch[j].class_number);
            assert_int_equal(list_a.batch[j].record_count, list_b.batch[j].record_count);
            assert_memory_not_equal(list_a.batch[j].digest, list_b.batch[j].digest, DIGEST_BYTES);
        }
        batch_list_release(&list_a);
        batch_list_release(&list_b);
        school_free(a);
        school_free(b);
    }
}

/* However its records came into bundles and in whatever order those were merged: the list is sorted by id. */
static void the_bundles_do_not_matter(void **state) {
    (void)state;
    const uint16_t years[] = {YEAR_1, YEAR_1, YEAR_2};
    const uint32_t counts[] = {12, 4, 13};
    struct school *school = school_of(3, NULL, years, counts, 8);
    struct batch_list before, after;
    uint64_t random = 1;
    check_fault(derive(&before, school), FAULT_NONE);
    for (uint32_t i = 0; i < school->closing.record_count; i++) {
        school->closing.record[i].bundle = (uint16_t)sample_below(&random, 4000);
    }
    check_fault(derive(&after, school), FAULT_NONE);
    assert_int_equal(before.batch_count, after.batch_count);
    for (uint16_t i = 0; i < before.batch_count; i++) {
        assert_memory_equal(before.batch[i].digest, after.batch[i].digest, DIGEST_BYTES);
    }
    batch_list_release(&before);
    batch_list_release(&after);
    school_free(school);
}

static void a_real_list_of_a_real_round_is_partitioned(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    const uint32_t counts[3] = {12, 4, 11};
    uint64_t random = 6;
    struct closing *closing = sample_closing(sample, counts, &random);
    struct batch_list list;
    check_fault(sample_closing_sign(closing, sample), FAULT_NONE);
    check_fault(batch_derive(&list, sample->round, closing, NULL, 0), FAULT_NONE);
    assert_int_equal(list.batch_count, 2);
    check_batch(&list, 0, 16, 0, CLASSES(1, 2));
    check_batch(&list, 1, 11, 1, CLASSES(3));
    batch_list_release(&list);
    batch_list_release(&list);
    closing_free(closing);
    sample_round_free(sample);
}

static void the_largest_school_is_partitioned_quickly(void **state) {
    (void)state;
    static uint16_t years[ROUND_CLASSES];
    static uint32_t counts[ROUND_CLASSES];
    for (unsigned i = 0; i < ROUND_CLASSES; i++) {
        years[i] = (uint16_t)(1u << i % 16);
        counts[i] = 1 + i % 9;
    }
    struct school *school = school_of(ROUND_CLASSES, NULL, years, counts, 1);
    static bool nobody[RECORDS_MAX];
    struct batch_list list;
    check_fault(derive(&list, school), FAULT_NONE);
    check_partition(&list, school, nobody);
    check_strata(&list);
    batch_list_release(&list);
    school_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_class_that_is_large_enough_is_a_batch),
        cmocka_unit_test(the_worked_sample_of_the_format_page_holds),
        cmocka_unit_test(ties_go_to_the_lowest_class_number),
        cmocka_unit_test(the_smallest_goes_first),
        cmocka_unit_test(the_own_year_comes_first),
        cmocka_unit_test(joining_across_years_joins_their_strata),
        cmocka_unit_test(combination_classes_chain_strata),
        cmocka_unit_test(too_few_in_all_is_no_batch),
        cmocka_unit_test(excluded_records_are_left_out_first),
        cmocka_unit_test(the_digest_is_over_the_round_and_the_ids),
        cmocka_unit_test(any_school_is_partitioned_by_the_rules),
        cmocka_unit_test(which_classes_join_does_not_depend_on_the_ids),
        cmocka_unit_test(the_bundles_do_not_matter),
        cmocka_unit_test(a_real_list_of_a_real_round_is_partitioned),
        cmocka_unit_test(the_largest_school_is_partitioned_quickly),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
