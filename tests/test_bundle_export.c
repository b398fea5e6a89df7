/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/bundle_export.h"
#include "platform/file.h"
#include "sample_kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COUNTERS = 50, PUT = 5 };

static struct sample_kiosk kiosk;
static struct kiosk_state *open_state;
static char path[KIOSK_STATE_PATH_SIZE];
static struct ballot_box *box;

static struct ballot_box *make_box(const char *label) {
    struct ballot_box *made = NULL;
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_number = 1,
                                   .limit = 8,
                                   .slots = 8,
                                   .flags = BUNDLE_FLAG_CLOCK | BUNDLE_FLAG_COMMITTED,
                                   .counter_count = COUNTERS};
    snprintf(head.class_label, sizeof head.class_label, "%s", label);
    memcpy(head.round_digest, open_state->round->digest, DIGEST_BYTES);
    memcpy(head.layout_digest, open_state->layout.digest, DIGEST_BYTES);
    memcpy(head.kiosk_key, open_state->public_key, sizeof head.kiosk_key);
    check_fault(kiosk_state_new_box(path, open_state), FAULT_NONE);
    check_fault(ballot_box_create(&made, path, &head, true, NULL), FAULT_NONE);
    for (int i = 0; i < PUT; i++) {
        uint8_t contribution[4096];
        randombytes_buf(contribution, contribution_bytes(COUNTERS, true));
        check_fault(ballot_box_put(made, contribution), FAULT_NONE);
    }
    return made;
}

static void close_box(struct ballot_box *open_box) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {3, 0, 1, 2};
    check_fault(ballot_box_close(open_box, 6, absent), FAULT_NONE);
}

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    open_state = sample_kiosk_open(&kiosk);
    box = make_box("2B/C \xC3\xA9\xC3\xA9n  groep 7!");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    box = ballot_box_free(box);
    open_state = kiosk_state_close(open_state);
    sample_kiosk_release(&kiosk);
    return 0;
}

static void only_a_closed_session_is_exported(void **state) {
    (void)state;
    struct bundle_export_receipt receipt;
    check_fault(bundle_export_write(&receipt, kiosk.export_folder, box, open_state->secret_key),
                FAULT_NOT_CLOSED);
    struct folder_names names = {0};
    check_fault(folder_list(&names, kiosk.export_folder, ""), FAULT_NONE);
    assert_int_equal(names.count, 0);
    folder_names_release(&names);
}

static void the_bundle_says_what_the_session_was(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle_export_receipt receipt;
    struct bundle bundle;
    char code[DIGEST_CODE_SIZE];
    close_box(box);
    check_fault(bundle_export_make(&content, &receipt, box, open_state->secret_key), FAULT_NONE);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
    const struct bundle_header *header = &bundle.header;
    assert_int_equal(header->count, PUT);
    assert_int_equal(header->present, 6);
    assert_int_equal(header->absent[BUNDLE_ABSENT_PARENTS], 1);
    assert_int_equal(header->limit, 8);
    assert_int_equal(header->damaged, 0);
    assert_int_equal(header->flags, BUNDLE_FLAG_CLOCK | BUNDLE_FLAG_COMMITTED);
    assert_int_equal(header->class_number, 1);
    assert_int_equal(header->counter_count, COUNTERS);
    assert_memory_equal(header->id, ballot_box_head(box)->bundle_id, BUNDLE_ID_BYTES);
    check_fault(bundle_belongs(&bundle, open_state->round, COUNTERS), FAULT_NONE);
    for (uint32_t i = 0; i < PUT; i++) {
        struct bundle_record record;
        check_fault(bundle_record_at(&record, &bundle, i), FAULT_NONE);
    }
    digest_check_code(code, bundle.digest);
    assert_string_equal(receipt.code, code);
    assert_int_equal(receipt.count, PUT);
    bytes_buffer_release(&content);
}

static void exporting_again_gives_the_same_bytes_under_the_same_name(void **state) {
    (void)state;
    struct bundle_export_receipt first;
    struct bundle_export_receipt second;
    struct bytes_buffer a = {0};
    struct bytes_buffer b = {0};
    struct bundle_export_receipt ignored;
    close_box(box);
    check_fault(bundle_export_write(&first, kiosk.export_folder, box, open_state->secret_key), FAULT_NONE);
    check_fault(bundle_export_make(&a, &ignored, box, open_state->secret_key), FAULT_NONE);
    ballot_box_free(box);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    check_fault(bundle_export_write(&second, kiosk.export_folder, box, open_state->secret_key), FAULT_NONE);
    check_fault(bundle_export_make(&b, &ignored, box, open_state->secret_key), FAULT_NONE);
    assert_memory_equal(&first, &second, sizeof first);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    bytes_buffer_release(&a);
    bytes_buffer_release(&b);
}

static void names_hold_only_what_every_stick_takes(void **state) {
    (void)state;
    struct bundle_export_receipt receipt;
    char id[2 * BUNDLE_ID_BYTES + 1];
    char expected[BUNDLE_EXPORT_NAME_SIZE];
    close_box(box);
    digest_hex(id, ballot_box_head(box)->bundle_id, BUNDLE_ID_BYTES);
    check_fault(bundle_export_write(&receipt, kiosk.export_folder, box, open_state->secret_key), FAULT_NONE);
    snprintf(expected, sizeof expected, "2B-C-n-groep-7-%s.klb", id);
    assert_string_equal(receipt.name, expected);

    ballot_box_free(box);
    box = make_box("\xC3\xA9"); /* nothing of the label is left */
    close_box(box);
    digest_hex(id, ballot_box_head(box)->bundle_id, BUNDLE_ID_BYTES);
    check_fault(bundle_export_write(&receipt, kiosk.export_folder, box, open_state->secret_key), FAULT_NONE);
    snprintf(expected, sizeof expected, "%s.klb", id);
    assert_string_equal(receipt.name, expected);
}

static void another_file_of_that_name_is_not_overwritten(void **state) {
    (void)state;
    static const uint8_t other[] = "somebody else's";
    struct bundle_export_receipt receipt;
    struct bytes_buffer content = {0};
    char taken[256];
    close_box(box);
    check_fault(bundle_export_make(&content, &receipt, box, open_state->secret_key), FAULT_NONE);
    snprintf(taken, sizeof taken, "%s/%s", kiosk.export_folder, receipt.name);
    check_fault(file_write(taken, (struct bytes){other, sizeof other}, FILE_PRIVATE), FAULT_NONE);
    check_fault(bundle_export_write(&receipt, kiosk.export_folder, box, open_state->secret_key),
                FAULT_FILE_EXISTS);
    check_fault(bundle_export_write(&receipt, "/nowhere/at/all", box, open_state->secret_key),
                FAULT_FILE_MISSING);
    bytes_buffer_release(&content);
}

static void the_key_of_another_kiosk_does_not_sign(void **state) {
    (void)state;
    struct bundle_export_receipt receipt;
    uint8_t public_key[32];
    uint8_t secret_key[64];
    close_box(box);
    sample_sign_key(public_key, secret_key, 99);
    check_fault(bundle_export_write(&receipt, kiosk.export_folder, box, secret_key), FAULT_KEY_WRONG);
}

static void an_empty_session_gives_an_empty_bundle(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle_export_receipt receipt;
    struct ballot_box_head head = *ballot_box_head(box);
    ballot_box_free(box);
    check_fault(kiosk_state_new_box(path, open_state), FAULT_NONE);
    check_fault(ballot_box_create(&box, path, &head, true, NULL), FAULT_NONE);
    close_box(box);
    check_fault(bundle_export_make(&content, &receipt, box, open_state->secret_key), FAULT_NONE);
    assert_int_equal(receipt.count, 0);
    bytes_buffer_release(&content);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(only_a_closed_session_is_exported),
        case_of(the_bundle_says_what_the_session_was),
        case_of(exporting_again_gives_the_same_bytes_under_the_same_name),
        case_of(names_hold_only_what_every_stick_takes),
        case_of(another_file_of_that_name_is_not_overwritten),
        case_of(the_key_of_another_kiosk_does_not_sign),
        case_of(an_empty_session_gives_an_empty_bundle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
