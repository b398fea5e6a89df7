/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/file.h"
#include "tests/sample_opening.h"

static const struct sample_class two_classes[] = {{"1A", 1, 30, 0}, {"1B", 1, 30, 0}};

/*
 * A bundle with the first `count` records of another one, as kiosk `kiosk` for `class_number`; `flip` changes
 * a sealed byte of each, so that ids are the same and digests are not.
 */
static void forge(struct bytes_buffer *out, struct sample_opening *school, uint32_t from, uint32_t count,
                  uint16_t class_number, uint16_t kiosk, bool flip) {
    struct bundle bundle;
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&school->bundle[from])), FAULT_NONE);
    size_t size = SHARE_ID_BYTES + bundle.record_size;
    uint8_t *records = malloc(count * size);
    assert_non_null(records);
    for (uint32_t i = 0; i < count; i++) {
        struct bundle_record record;
        check_fault(bundle_record_at(&record, &bundle, i), FAULT_NONE);
        memcpy(records + i * size, record.id, SHARE_ID_BYTES);
        memcpy(records + i * size + SHARE_ID_BYTES, record.sealed1, bundle.record_size);
        records[i * size + SHARE_ID_BYTES + 60] ^= flip;
    }
    struct bundle_header header =
        sample_bundle_header(school->sample, class_number, kiosk, count, &school->state);
    check_fault(bundle_encode(out, &header, records, school->sample->kiosk_secret[kiosk]), FAULT_NONE);
    free(records);
}

struct counts {
    uint32_t counted, damaged, duplicate, conflicting;
};

static struct counts counts_of(struct sample_opening *school) {
    struct closing *closing = sample_opening_draft(school);
    struct counts counts = {0};
    for (uint32_t i = 0; i < closing->bundle_count; i++) {
        counts.counted += closing->bundle[i].counted;
        counts.damaged += closing->bundle[i].damaged;
        counts.duplicate += closing->bundle[i].duplicate;
        counts.conflicting += closing->bundle[i].conflicting;
    }
    assert_int_equal(closing->record_count, counts.counted);
    closing_free(closing);
    return counts;
}

static void check_counts(struct sample_opening *school, uint32_t counted, uint32_t damaged,
                         uint32_t duplicate, uint32_t conflicting) {
    struct counts counts = counts_of(school);
    assert_int_equal(counts.counted, counted);
    assert_int_equal(counts.damaged, damaged);
    assert_int_equal(counts.duplicate, duplicate);
    assert_int_equal(counts.conflicting, conflicting);
}

static void a_wrong_clock_is_told_of_the_bundle_it_stands_in(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 1);
    struct bytes_buffer flagged = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    struct bundle_header header = sample_bundle_header(school->sample, 1, 0, 0, &school->state);
    header.flags |= BUNDLE_FLAG_CLOCK;
    check_fault(bundle_encode(&flagged, &header, NULL, school->sample->kiosk_secret[0]), FAULT_NONE);
    assert_int_equal(sample_opening_merge(school, 0).flags & BUNDLE_FLAG_CLOCK, 0);
    assert_int_equal(sample_opening_merge_bytes(school, bytes_buffer_view(&flagged)).flags &
                         BUNDLE_FLAG_CLOCK,
                     BUNDLE_FLAG_CLOCK);
    bytes_buffer_release(&flagged);
    sample_opening_free(school);
}

static void the_same_record_twice_counts_once(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 1);
    struct bytes_buffer copy = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    forge(&copy, school, 0, 5, 1, 0, false);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&copy)).fault, FAULT_NONE);
    check_counts(school, 12, 0, 5, 0);
    bytes_buffer_release(&copy);
    sample_opening_free(school);
}

static void one_id_with_other_bytes_sets_both_aside_in_either_order(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 2);
    struct bytes_buffer other = {0}, first = {0}, second = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    forge(&other, school, 0, 3, 1, 1, true);
    for (int order = 0; order < 2; order++) {
        sample_opening_empty(school);
        struct bytes a = bytes_buffer_view(order ? &other : &school->bundle[0]);
        struct bytes b = bytes_buffer_view(order ? &school->bundle[0] : &other);
        check_fault(sample_opening_merge_bytes(school, a).fault, FAULT_NONE);
        check_fault(sample_opening_merge_bytes(school, b).fault, FAULT_NONE);
        check_counts(school, 9, 0, 0, 6);
        sample_opening_close(school);
        check_fault(closing_encode(order ? &second : &first, school->closing), FAULT_NONE);
    }
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    bytes_buffer_release(&first);
    bytes_buffer_release(&second);
    bytes_buffer_release(&other);
    sample_opening_free(school);
}

static void a_record_under_another_class_or_kiosk_is_a_conflict_not_a_duplicate(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 3);
    struct bytes_buffer other_class = {0}, other_kiosk = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    forge(&other_class, school, 0, 2, 2, 0, false);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&other_class)).fault, FAULT_NONE);
    check_counts(school, 10, 0, 0, 4);
    sample_opening_empty(school);
    forge(&other_kiosk, school, 0, 2, 1, 1, false);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&other_kiosk)).fault, FAULT_NONE);
    check_counts(school, 10, 0, 0, 4);
    bytes_buffer_release(&other_class);
    bytes_buffer_release(&other_kiosk);
    sample_opening_free(school);
}

static void a_damaged_record_blocks_no_other_and_a_good_copy_counts(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 4);
    struct bytes_buffer copy = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    forge(&copy, school, 0, 12, 1, 0, false);
    school->bundle[0].data[school->bundle[0].size - 1] ^= 1;
    struct merge_event event = sample_opening_merge(school, 0);
    check_fault(event.fault, FAULT_NONE);
    assert_int_equal(event.damaged, 1);
    check_counts(school, 11, 1, 0, 0);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&copy)).fault, FAULT_NONE);
    check_counts(school, 12, 1, 11, 0);
    bytes_buffer_release(&copy);
    sample_opening_free(school);
}

static void a_good_copy_of_a_damaged_bundle_heals_it(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 5);
    (void)sample_opening_add(school, 1, 0, 12);
    struct bytes_buffer first = {0}, last = {0};
    bytes_put(&first, school->bundle[0].data, school->bundle[0].size);
    bytes_put(&last, school->bundle[0].data, school->bundle[0].size);
    struct bundle bundle;
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&first)), FAULT_NONE);
    first.data[(size_t)(bundle.records.data - first.data)] ^= 1;
    last.data[last.size - 1] ^= 1;
    /* Each has what the other lacks: together they are whole, in either order. */
    for (int order = 0; order < 2; order++) {
        sample_opening_empty(school);
        struct merge_event event =
            sample_opening_merge_bytes(school, bytes_buffer_view(order ? &last : &first));
        assert_int_equal(event.outcome, WORKSPACE_NEW);
        assert_int_equal(event.damaged, 1);
        event = sample_opening_merge_bytes(school, bytes_buffer_view(order ? &first : &last));
        assert_int_equal(event.outcome, WORKSPACE_HEALED);
        assert_int_equal(event.damaged, 0);
        check_counts(school, 12, 0, 0, 0);
        event = sample_opening_merge(school, 0);
        assert_int_equal(event.outcome, WORKSPACE_KNOWN);
    }
    bytes_buffer_release(&first);
    bytes_buffer_release(&last);
    sample_opening_free(school);
}

static void foreign_and_damaged_files_are_named_and_stop_nothing(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 6);
    struct sample_opening *other = sample_opening_new(two_classes, 1, 7);
    struct workspace_inventory inventory;
    (void)sample_opening_add(school, 1, 0, 12);
    (void)sample_opening_add(school, 2, 1, 12);
    (void)sample_opening_add(other, 1, 0, 12);
    /*
     * Of another round; with a flipped bit in its index; no bundle at all; of a machine that is not enrolled.
     */
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&other->bundle[0])).fault,
                FAULT_ROUND_OTHER);
    school->bundle[1].data[BUNDLE_HEADER_BYTES + 20] ^= 4;
    check_fault(sample_opening_merge(school, 1).fault, FAULT_SIGNATURE);
    check_fault(sample_opening_merge_bytes(school, (struct bytes){(const uint8_t *)"holiday.jpg", 11}).fault,
                FAULT_MAGIC);
    struct bundle_header header = sample_bundle_header(school->sample, 1, 0, 0, &school->state);
    uint8_t secret[64];
    struct bytes_buffer stranger = {0};
    sample_sign_key(header.kiosk_key, secret, 999);
    check_fault(bundle_encode(&stranger, &header, NULL, secret), FAULT_NONE);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&stranger)).fault, FAULT_KIOSK_UNKNOWN);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&stranger)).fault, FAULT_KIOSK_UNKNOWN);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_counts(school, 12, 0, 0, 0);
    check_fault(workspace_list(&inventory, school->workspace), FAULT_NONE);
    assert_int_equal(inventory.refused_count, 4);
    assert_string_equal(inventory.refused[0].name, "sample.klb");
    workspace_inventory_release(&inventory);
    bytes_buffer_release(&stranger);
    sample_opening_free(other);
    sample_opening_free(school);
}

static void a_folder_gives_its_bundles_and_a_missing_file_is_said(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 8);
    struct merge_totals totals = {0};
    char path[200];
    for (uint32_t i = 0; i < 3; i++) {
        (void)sample_opening_add(school, 1, 0, 3);
        (void)snprintf(path, sizeof path, "%s/%u.klb", school->folder, (unsigned)i);
        check_fault(file_write(path, bytes_buffer_view(&school->bundle[i]), FILE_PRIVATE), FAULT_NONE);
    }
    uint32_t counters = school->sample->layout.counter_count;
    check_fault(
        merge_path(&totals, school->workspace, school->sample->round, counters, school->folder, NULL, NULL),
        FAULT_NONE);
    assert_int_equal(totals.files, 3);
    assert_int_equal(totals.added, 3);
    check_fault(merge_path(&totals, school->workspace, school->sample->round, counters, path, NULL, NULL),
                FAULT_NONE);
    assert_int_equal(totals.known, 1);
    check_fault(
        merge_path(&totals, school->workspace, school->sample->round, counters, "/nowhere/x.klb", NULL, NULL),
        FAULT_NONE);
    assert_int_equal(totals.refused, 1);
    sample_opening_free(school);
}

static enum fault draft_fault(struct sample_opening *school, const struct closing *first,
                              const uint16_t *surplus, uint16_t surplus_count, struct closing_draft *draft) {
    struct workspace_inventory inventory;
    check_fault(workspace_list(&inventory, school->workspace), FAULT_NONE);
    enum fault fault =
        closing_draft_make(draft, &inventory, school->sample->round, first, surplus, surplus_count);
    workspace_inventory_release(&inventory);
    return fault;
}

static void more_contributions_than_pupils_are_refused_unless_accepted_by_class(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 9);
    struct closing_draft draft;
    const uint16_t class_2 = 2, class_1 = 1;
    (void)sample_opening_add(school, 1, 0, 31);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(draft_fault(school, NULL, NULL, 0, &draft), FAULT_TOO_MANY);
    assert_int_equal(draft.class_list[0].counted, 31);
    assert_int_equal(draft.class_list[0].asked, 30);
    closing_draft_release(&draft);
    check_fault(draft_fault(school, NULL, &class_2, 1, &draft), FAULT_TOO_MANY);
    closing_draft_release(&draft);
    check_fault(draft_fault(school, NULL, &class_1, 1, &draft), FAULT_NONE);
    assert_int_equal(draft.closing->surplus_count, 1);
    assert_int_equal(draft.closing->surplus[0], 1);
    closing_draft_release(&draft);
    sample_opening_free(school);
}

static void late_bundles_make_a_second_list_that_names_the_first(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 10);
    struct closing_draft draft;
    struct bytes_buffer copy = {0};
    (void)sample_opening_add(school, 1, 0, 12);
    (void)sample_opening_add(school, 2, 1, 14);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    sample_opening_close(school);
    check_fault(draft_fault(school, school->closing, NULL, 0, &draft), FAULT_ALREADY_CLOSED);
    closing_draft_release(&draft);
    forge(&copy, school, 0, 4, 1, 0, false);
    check_fault(sample_opening_merge_bytes(school, bytes_buffer_view(&copy)).fault, FAULT_NONE);
    check_fault(sample_opening_merge(school, 1).fault, FAULT_NONE);
    check_fault(draft_fault(school, school->closing, NULL, 0, &draft), FAULT_NONE);
    assert_int_equal(draft.closing->number, 2);
    assert_int_equal(draft.closing->record_count, 14);
    assert_int_equal(draft.class_list[0].duplicate, 4);
    assert_memory_equal(draft.closing->previous, school->closing->digest, DIGEST_BYTES);
    check_fault(closing_follows(draft.closing, school->closing, school->sample->round), FAULT_NONE);
    closing_draft_release(&draft);
    bytes_buffer_release(&copy);
    sample_opening_free(school);
}

static void machines_without_a_bundle_are_listed(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(two_classes, 2, 11);
    struct closing_draft draft;
    (void)sample_opening_add(school, 1, 1, 12);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(draft_fault(school, NULL, NULL, 0, &draft), FAULT_NONE);
    assert_int_equal(draft.idle_count, 2);
    for (uint32_t i = 0; i < draft.idle_count; i++) {
        assert_ptr_not_equal(draft.idle[i], &school->sample->round->kiosk[1]);
    }
    closing_draft_release(&draft);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_clock_is_told_of_the_bundle_it_stands_in),
        cmocka_unit_test(the_same_record_twice_counts_once),
        cmocka_unit_test(one_id_with_other_bytes_sets_both_aside_in_either_order),
        cmocka_unit_test(a_record_under_another_class_or_kiosk_is_a_conflict_not_a_duplicate),
        cmocka_unit_test(a_damaged_record_blocks_no_other_and_a_good_copy_counts),
        cmocka_unit_test(a_good_copy_of_a_damaged_bundle_heals_it),
        cmocka_unit_test(foreign_and_damaged_files_are_named_and_stop_nothing),
        cmocka_unit_test(a_folder_gives_its_bundles_and_a_missing_file_is_said),
        cmocka_unit_test(more_contributions_than_pupils_are_refused_unless_accepted_by_class),
        cmocka_unit_test(late_bundles_make_a_second_list_that_names_the_first),
        cmocka_unit_test(machines_without_a_bundle_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
