/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/bundle.h"
#include "core/receipt.h"
#include "kiosk/bundle_export.h"
#include "kiosk/clearing.h"
#include "kiosk/session.h"
#include "sample_kiosk.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <string.h>

/* A kiosk with three sessions: two closed (the first and the second made), one open. */
static struct sample_kiosk kiosk;
static struct kiosk_state *open_state;
static uint8_t digest[2][DIGEST_BYTES];

static struct session_setup setup_of(void) {
    return (struct session_setup){.round = open_state->round,
                                  .layout = &open_state->layout,
                                  .kiosk_key = open_state->public_key,
                                  .allow_cow = true};
}

static void add_session(uint8_t out[DIGEST_BYTES], bool close) {
    static const uint16_t nobody[BUNDLE_ABSENCES] = {0};
    char path[KIOSK_STATE_PATH_SIZE];
    struct session_setup setup = setup_of();
    struct session *session = NULL;
    struct ballot_box *box = NULL;
    struct bytes_buffer content = {0};
    struct bundle_export_receipt ignored;
    struct bundle bundle;
    check_fault(kiosk_state_new_box(path, open_state), FAULT_NONE);
    check_fault(session_open(&session, &setup, path, 1, 4, 0), FAULT_NONE);
    if (close) {
        check_fault(session_close(session, 4, nobody), FAULT_NONE);
    }
    session_free(session);
    if (close) {
        check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
        check_fault(bundle_export_make(&content, &ignored, box, open_state->secret_key), FAULT_NONE);
        check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
        memcpy(out, bundle.digest, DIGEST_BYTES);
        bytes_buffer_release(&content);
        ballot_box_free(box);
    }
}

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    open_state = sample_kiosk_open(&kiosk);
    add_session(digest[0], true);
    add_session(digest[1], true);
    add_session(NULL, false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    open_state = kiosk_state_close(open_state);
    sample_kiosk_release(&kiosk);
    return 0;
}

/* A receipt for the first `bundles` sessions, signed by the first `signers` holders. */
static void write_receipt(int bundles, int signers, bool other_round) {
    struct closing_bundle list[2];
    struct closing closing = {
        .number = 1, .bundle = list, .bundle_count = (uint32_t)bundles, .is_signed = {true, true}};
    struct receipt receipt = {0};
    struct bytes_buffer content = {0};
    char path[256];
    bool swapped = bundles == 2 && memcmp(digest[0], digest[1], DIGEST_BYTES) > 0;
    for (int i = 0; i < bundles; i++) {
        memcpy(list[i].digest, digest[swapped ? 1 - i : i], DIGEST_BYTES);
    }
    memcpy(closing.round_digest, open_state->round->digest, DIGEST_BYTES);
    check_fault(receipt_make(&receipt, &closing), FAULT_NONE);
    for (int i = 0; i < signers; i++) {
        check_fault(receipt_sign(&receipt, open_state->round, i, kiosk.sample->sign_secret[i]), FAULT_NONE);
    }
    receipt.round_digest[0] ^= other_round;
    check_fault(receipt_encode(&content, &receipt), FAULT_NONE);
    snprintf(path, sizeof path, "%s/bewijs.klo", kiosk.export_folder);
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_SHARED), FAULT_NONE);
    bytes_buffer_release(&content);
    receipt_release(&receipt);
}

static enum fault clear(struct clearing *out) {
    char *names[] = {kiosk.export_folder};
    struct folder_names folders = {names, 1};
    return clearing_run(out, open_state, &folders);
}

static void check_sessions(uint32_t expected) {
    struct kiosk_state_sessions sessions = {0};
    check_fault(kiosk_state_list_sessions(&sessions, open_state), FAULT_NONE);
    assert_int_equal(sessions.count, expected);
    kiosk_state_sessions_release(&sessions);
}

static void what_both_have_received_is_erased_and_nothing_else(void **state) {
    (void)state;
    struct clearing clearing;
    write_receipt(1, 2, false);
    check_fault(clear(&clearing), FAULT_NONE);
    assert_int_equal(clearing.erased, 1);
    assert_int_equal(clearing.kept, 1);
    check_sessions(2);
    check_fault(clear(&clearing), FAULT_NONE); /* again: there is nothing left to erase */
    assert_int_equal(clearing.erased, 0);
    check_sessions(2);
    write_receipt(2, 2, false);
    check_fault(clear(&clearing), FAULT_NONE);
    assert_int_equal(clearing.erased, 1);
    assert_int_equal(clearing.kept, 0);
    check_sessions(1); /* the one that is open */
}

static void nothing_is_erased_without_both_signatures_or_for_another_round(void **state) {
    (void)state;
    struct clearing clearing;
    check_fault(clear(&clearing), FAULT_FILE_MISSING);
    for (int signers = 0; signers < 2; signers++) {
        write_receipt(2, signers, false);
        check_fault(clear(&clearing), FAULT_SIGNATURE_MISSING);
    }
    write_receipt(2, 2, true);
    check_fault(clear(&clearing), FAULT_ROUND_OTHER);
    assert_int_equal(clearing.erased, 0);
    check_sessions(3);
}

static void a_receipt_whose_bundle_is_another_erases_nothing(void **state) {
    (void)state;
    struct clearing clearing;
    digest[0][5] ^= 1;
    digest[1][5] ^= 1;
    write_receipt(2, 2, false);
    check_fault(clear(&clearing), FAULT_NONE);
    assert_int_equal(clearing.erased, 0);
    assert_int_equal(clearing.kept, 2);
    check_sessions(3);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(what_both_have_received_is_erased_and_nothing_else),
        case_of(nothing_is_erased_without_both_signatures_or_for_another_round),
        case_of(a_receipt_whose_bundle_is_another_erases_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
