/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exports to sticks that are pulled out, full, or write-protected at every single call: nothing that is a
 * whole bundle is ever wrong, nothing is lost on the machine, and the next try gives the same bytes.
 * test_stick_formats.c does it on the file systems that sticks have.
 */
#include "../check.h"

#include "stick_desk.h"

#include <errno.h>
#include <stdio.h>

static void a_stick_may_be_pulled_out_full_or_protected_at_every_call(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int error;
        bool for_good;
    } ways[] = {{"pulled out", EIO, true},
                {"failing once", EIO, false},
                {"full", ENOSPC, true},
                {"write-protected", EROFS, true},
                {"gone", ENODEV, true}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int calls = stick_desk_every_call(ways[i].error, ways[i].for_good, NULL);
        printf("stick %s at each of %d calls: no wrong bundle, nothing lost, the same bytes again\n",
               ways[i].name, calls);
        assert_true(calls > 4);
    }
}

static void a_poor_file_system_is_enough(void **state) {
    (void)state;
    stick_calls.poor = true;
    int calls = stick_desk_every_call(EIO, true, NULL);
    printf("stick without any promise, pulled out at each of %d calls: the same\n", calls);
    assert_true(calls > 4);
}

static void check_anothers_place(void) {
    char path[512];
    stick_desk_say(MENTOR_PICK, 0);
    snprintf(path, sizeof path, "%s/%s", stick_desk.kiosk.export_folder,
             desk_receipt_at(stick_desk.desk, 0)->name);
    stick_desk_say(MENTOR_BACK, 0);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)"mine", 4}, FILE_SHARED), FAULT_NONE);
    stick_desk_say(MENTOR_PICK, 0);
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(stick_desk.desk, 0).fault, FAULT_FILE_EXISTS);
    struct bytes_buffer content = {0};
    check_fault(file_read(&content, path, 100), FAULT_NONE);
    assert_int_equal(content.size, 4);
    bytes_buffer_release(&content);
    assert_int_equal(remove(path), 0);
}

static void a_bundle_never_takes_anothers_place(void **state) {
    (void)state;
    check_anothers_place();
    stick_calls.poor = true;
    check_anothers_place();
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, stick_desk_open, stick_desk_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(a_stick_may_be_pulled_out_full_or_protected_at_every_call),
        case_of(a_poor_file_system_is_enough),
        case_of(a_bundle_never_takes_anothers_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
