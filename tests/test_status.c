/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/status.h"
#include "sample_kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sample_kiosk kiosk;
static struct strings strings;
static struct kiosk_state *look;

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    look = NULL;
    return strings_open(&strings, STRINGS_EN) ? 1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    look = kiosk_state_close(look);
    strings_close(&strings);
    sample_kiosk_release(&kiosk);
    return 0;
}

static struct machine sound(void) {
    return (struct machine){.confined = {.landlock = 1, .calls = 1},
                            .hardened = true,
                            .lock_limit = MACHINE_LOCK_NEEDED,
                            .volume_known = true,
                            .volume = VOLUME_IN_PLACE};
}

/* What the kiosk's folder says now, on this machine. */
static void say(struct status_line line[STATUS_LINES], const struct machine *machine) {
    struct status status;
    look = kiosk_state_close(look);
    enum fault fault = kiosk_state_look(&look, kiosk.state_folder);
    status_look(&status, kiosk.state_folder, look, fault, machine, true);
    status_say(line, &status, &strings);
}

static const char *text_of(const struct status_line line[STATUS_LINES], enum strings_key topic) {
    for (int i = 0; i < STATUS_LINES; i++) {
        if (line[i].topic == topic) {
            return line[i].text;
        }
    }
    return "";
}

static void a_machine_that_is_as_it_should_be_calls_nobody(void **state) {
    (void)state;
    struct status_line line[STATUS_LINES];
    struct machine machine = sound();
    say(line, &machine);
    assert_false(status_is_well(line)); /* the keys were not compared */
    check_fault(kiosk_state_compare(look), FAULT_NONE);
    say(line, &machine);
    assert_true(status_is_well(line));
    assert_non_null(strstr(text_of(line, STRINGS_STATUS_TOPIC_MACHINE), "laptop 07"));
    assert_non_null(strstr(text_of(line, STRINGS_STATUS_TOPIC_ROUND), kiosk.sample->round->school));
    assert_non_null(strstr(text_of(line, STRINGS_STATUS_TOPIC_TRUST), "have compared"));
    assert_non_null(strstr(text_of(line, STRINGS_STATUS_TOPIC_FOLDER), kiosk.state_folder));
    for (int i = 0; i < STATUS_LINES; i++) {
        assert_true(strlen(line[i].text) > 4);
    }
}

static void whoever_was_compared_before_others_were_pinned_was_not_compared(void **state) {
    (void)state;
    struct status_line line[STATUS_LINES];
    struct machine machine = sound();
    say(line, &machine);
    check_fault(kiosk_state_compare(look), FAULT_NONE);
    assert_true(kiosk_state_is_compared(look));
    look->trusted[1][0] ^= 1;
    assert_false(kiosk_state_is_compared(look));
    look->trusted[1][0] ^= 1;
    look->is_trusting = false;
    assert_false(kiosk_state_is_compared(look));
    check_fault(kiosk_state_compare(look), FAULT_ROUND_UNTRUSTED);
}

static void each_trouble_calls_in_its_own_line(void **state) {
    (void)state;
    struct status_line line[STATUS_LINES];
    for (int trouble = 0; trouble < 6; trouble++) {
        static const enum strings_key topics[] = {STRINGS_STATUS_TOPIC_SHUT,   STRINGS_STATUS_TOPIC_SHUT,
                                                  STRINGS_STATUS_TOPIC_SHUT,   STRINGS_STATUS_TOPIC_MEMORY,
                                                  STRINGS_STATUS_TOPIC_MEMORY, STRINGS_STATUS_TOPIC_FOLDER};
        struct machine machine = sound();
        say(line, &machine);
        check_fault(kiosk_state_compare(look), FAULT_NONE);
        switch (trouble) {
        case 0: machine.confined.landlock = 0; break;
        case 1: machine.confined.calls = 0; break;
        case 2: machine.hardened = false; break;
        case 3: machine.swaps = true; break;
        case 4: machine.lock_limit = 1024; break;
        default: machine.volume = VOLUME_KEEPS_OLD; break;
        }
        say(line, &machine);
        assert_false(status_is_well(line));
        for (int i = 0; i < STATUS_LINES; i++) {
            assert_int_equal(line[i].calls, line[i].topic == topics[trouble]);
        }
    }
}

static void looking_works_beside_a_running_kiosk_and_changes_nothing(void **state) {
    (void)state;
    struct status_line line[STATUS_LINES];
    struct machine machine = sound();
    struct kiosk_state *running = sample_kiosk_open(&kiosk);
    struct kiosk_state *second = NULL;
    check_fault(kiosk_state_open(&second, kiosk.state_folder), FAULT_BUSY);
    say(line, &machine);
    assert_non_null(look);
    look = kiosk_state_close(look);
    check_fault(kiosk_state_open(&second, kiosk.state_folder), FAULT_BUSY); /* looking freed no lock */
    kiosk_state_close(running);
    struct status status;
    char nowhere[160];
    snprintf(nowhere, sizeof nowhere, "%s/nowhere", kiosk.folder);
    check_fault(kiosk_state_look(&look, nowhere), FAULT_FILE_MISSING);
    status_look(&status, nowhere, NULL, FAULT_FILE_MISSING, &machine, false);
    status_say(line, &status, &strings);
    assert_true(line[0].calls);
    assert_false(file_exists(nowhere));
}

/* The same request as at enrolling, and nobody's file is written over. */
static void the_request_is_written_again_byte_for_byte(void **state) {
    (void)state;
    struct bytes_buffer before = {0};
    struct bytes_buffer after = {0};
    char name[KIOSK_STATE_REQUEST_SIZE];
    check_fault(kiosk_state_look(&look, kiosk.state_folder), FAULT_NONE);
    check_fault(kiosk_state_request(name, look, kiosk.export_folder), FAULT_NONE);
    check_fault(kiosk_state_request(name, look, kiosk.export_folder), FAULT_NONE);
    char path[256];
    snprintf(path, sizeof path, "%s/%s", kiosk.export_folder, name);
    check_fault(file_read(&before, sample_kiosk_path(&kiosk, "request.kle"), 4096), FAULT_NONE);
    check_fault(file_read(&after, path, 4096), FAULT_NONE);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)"mine", 4}, FILE_SHARED), FAULT_NONE);
    check_fault(kiosk_state_request(name, look, kiosk.export_folder), FAULT_FILE_EXISTS);
    check_fault(kiosk_state_request(name, look, "/nowhere/at/all"), FAULT_FILE_MISSING);
    bytes_buffer_release(&before);
    bytes_buffer_release(&after);
}

/* The seed is in the folder; of its bytes, and of the PIN's hash, nothing is said. */
static void no_secret_is_told(void **state) {
    (void)state;
    struct status_line line[STATUS_LINES];
    struct machine machine = sound();
    say(line, &machine);
    char hex[65];
    for (int i = 0; i < 32; i++) {
        snprintf(hex + (size_t)2 * (size_t)i, 3, "%02x", look->secret_key[i]);
    }
    for (int i = 0; i < STATUS_LINES; i++) {
        assert_null(strstr(line[i].text, hex));
        assert_null(strstr(line[i].text, "argon2"));
        assert_null(strstr(line[i].text, SAMPLE_PIN));
    }
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(a_machine_that_is_as_it_should_be_calls_nobody),
        case_of(whoever_was_compared_before_others_were_pinned_was_not_compared),
        case_of(each_trouble_calls_in_its_own_line),
        case_of(looking_works_beside_a_running_kiosk_and_changes_nothing),
        case_of(the_request_is_written_again_byte_for_byte),
        case_of(no_secret_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
