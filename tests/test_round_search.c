/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/round_search.h"
#include "kiosk/ui/message_page.h"
#include "sample_kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A kiosk without a round, and a folder that is searched. */
static struct sample_kiosk kiosk;
static struct kiosk_state *open_state;

static void set_today(uint32_t day) {
    char today[16];
    snprintf(today, sizeof today, "%04u-%02u-%02u", (unsigned)(day / 10000), (unsigned)(day / 100 % 100),
             (unsigned)(day % 100));
    setenv("KLANKBORD_TODAY", today, 1);
}

static int set_up(void **state) {
    (void)state;
    char path[256];
    sample_kiosk_new(&kiosk);
    set_today(kiosk.sample->round->first_day);
    snprintf(path, sizeof path, "%s/round.klr", kiosk.state_folder);
    assert_int_equal(remove(path), 0);
    open_state = sample_kiosk_open(&kiosk);
    assert_null(open_state->round);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    open_state = kiosk_state_close(open_state);
    sample_kiosk_release(&kiosk);
    unsetenv("KLANKBORD_TODAY");
    return 0;
}

/* Encodes a round, flips bits of a byte (the last one beyond the end), and puts it where the kiosk looks. */
static void put_round(const struct round *round, const char *name, size_t at, uint8_t flip) {
    struct bytes_buffer content = {0};
    char path[256];
    check_fault(round_encode(&content, round), FAULT_NONE);
    content.data[at < content.size ? at : content.size - 1] ^= flip;
    snprintf(path, sizeof path, "%s/%s", kiosk.export_folder, name);
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_SHARED), FAULT_NONE);
    bytes_buffer_release(&content);
}

static void expect(enum fault expected, bool any_date) {
    struct round_search search;
    check_fault(round_search_load(&search, open_state, any_date), expected);
    assert_int_equal(open_state->round != NULL, expected == FAULT_NONE);
}

static void the_round_on_a_stick_is_found_and_kept(void **state) {
    (void)state;
    struct round_search search;
    expect(FAULT_ROUND_MISSING, false);
    put_round(kiosk.sample->round, "ronde.klr", 0, 0);
    put_round(kiosk.sample->round, "ronde (kopie).klr", 0, 0);
    check_fault(round_search_load(&search, open_state, false), FAULT_NONE);
    assert_int_equal(search.files, 2);
    assert_int_equal(search.first_day, kiosk.sample->round->first_day);
    open_state = kiosk_state_close(open_state);
    open_state = sample_kiosk_open(&kiosk);
    assert_non_null(open_state->round);
}

static void a_round_that_is_over_or_to_come_is_named_so_and_taken_when_the_clock_is_wrong(void **state) {
    (void)state;
    put_round(kiosk.sample->round, "ronde.klr", 0, 0);
    set_today(kiosk.sample->round->last_day + 100000);
    expect(FAULT_ROUND_OVER, false);
    set_today(kiosk.sample->round->first_day - 100000);
    expect(FAULT_ROUND_EARLY, false);
    expect(FAULT_NONE, true);
    assert_true(kiosk_state_clock_is_wrong(open_state));
}

static void every_round_that_must_not_run_here_has_its_own_word(void **state) {
    (void)state;
    struct round *round = kiosk.sample->round;
    put_round(round, "1.klr", (size_t)-1, 1);
    expect(FAULT_SIGNATURE, false);
    put_round(round, "2.klr", 8, 2); /* the version */
    expect(FAULT_VERSION, false);
    round->is_signed[1] = false;
    put_round(round, "3.klr", 0, 0);
    expect(FAULT_ROUND_NOT_VALID, false);
    static const struct sample_class classes[] = {{"1A", 1, 12, 2}};
    struct sample_round *foreign = sample_round_new(classes, 1, 1);
    crypto_sign_keypair(foreign->round->holder[0].sign_key, foreign->sign_secret[0]);
    check_fault(sample_round_sign_again(foreign), FAULT_NONE);
    put_round(foreign->round, "4.klr", 0, 0);
    expect(FAULT_ROUND_UNTRUSTED, false);
    sample_round_free(foreign);
    uint8_t key[32];
    memcpy(key, round->kiosk[0].key, sizeof key);
    crypto_sign_keypair(round->kiosk[0].key, kiosk.sample->kiosk_secret[0]);
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    put_round(round, "5.klr", 0, 0);
    expect(FAULT_KIOSK_UNKNOWN, false);
    memcpy(round->kiosk[0].key, key, sizeof key);
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    put_round(round, "6.klr", 0, 0);
    expect(FAULT_NONE, false);
}

static void of_two_different_rounds_neither_is_guessed(void **state) {
    (void)state;
    put_round(kiosk.sample->round, "a.klr", 0, 0);
    kiosk.sample->round->last_day++;
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    put_round(kiosk.sample->round, "b.klr", 0, 0);
    put_round(kiosk.sample->round, "c.klr", 0, 0);
    expect(FAULT_ROUND_SEVERAL, false);
}

static void the_folder_of_the_settings_is_searched_too(void **state) {
    (void)state;
    char path[256];
    char text[512];
    char folder[128];
    snprintf(folder, sizeof folder, "%s/rondes", kiosk.folder);
    check_fault(folder_create(folder), FAULT_NONE);
    int size = snprintf(text, sizeof text, "allow_cow=yes\nexport_folder=%s\nround_folder=%s\n",
                        kiosk.export_folder, folder);
    snprintf(path, sizeof path, "%s/settings", kiosk.state_folder);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)text, (size_t)size}, FILE_PRIVATE),
                FAULT_NONE);
    open_state = kiosk_state_close(open_state);
    open_state = sample_kiosk_open(&kiosk);
    put_round(kiosk.sample->round, "a.klr", 0, 0);
    snprintf(path, sizeof path, "%s/a.klr", kiosk.export_folder);
    snprintf(text, sizeof text, "%s/a.klr", folder);
    assert_int_equal(rename(path, text), 0);
    expect(FAULT_NONE, false);
}

static void every_refusal_says_what_a_mentor_can_do(void **state) {
    (void)state;
    static const enum fault refusals[] = {FAULT_ROUND_MISSING,   FAULT_SIGNATURE,     FAULT_VERSION,
                                          FAULT_ROUND_NOT_VALID, FAULT_KIOSK_UNKNOWN, FAULT_ROUND_UNTRUSTED,
                                          FAULT_ROUND_OVER,      FAULT_ROUND_EARLY,   FAULT_ROUND_SEVERAL,
                                          FAULT_TRUNCATED,       FAULT_MAGIC,         FAULT_LIMIT,
                                          FAULT_TRAILING,        FAULT_CHECKSUM,      FAULT_FILE_READ};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (message_page_remedy(refusals[i]) == STRINGS_MESSAGE_NEXT_OTHER) {
            fail_msg("%s has no remedy of its own", fault_name(refusals[i]));
        }
    }
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(the_round_on_a_stick_is_found_and_kept),
        case_of(a_round_that_is_over_or_to_come_is_named_so_and_taken_when_the_clock_is_wrong),
        case_of(every_round_that_must_not_run_here_has_its_own_word),
        case_of(of_two_different_rounds_neither_is_guessed),
        case_of(the_folder_of_the_settings_is_searched_too),
        cmocka_unit_test(every_refusal_says_what_a_mentor_can_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
