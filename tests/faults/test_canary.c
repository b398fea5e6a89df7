/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/faults/canary.h"

/*
 * Where one pupil's secrets lie: the whole memory of this process, and every file of the kiosk, is searched
 * for the choices, the measurement, the seed, the second share and its mask seed while they have to be
 * somewhere, and again when the pupil is thanked. What leaves memory by other ways, test_canary_leaves.c asks.
 */

static void a_pupils_secrets_are_nowhere_when_the_pupil_is_thanked(void **state) {
    int afterwards[CANARY_SECRETS];
    struct canary_kiosk kiosk;
    (void)state;
    canary_set_up(&kiosk);
    canary_send(&kiosk, NULL, NULL);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        enum canary_which which = (enum canary_which)i;
        afterwards[i] = canary_in_memory(which) + canary_in_folder(which, kiosk.kiosk.folder);
        print_message("%s (%zu bytes): %d places while needed, %d afterwards\n", canary_names[i],
                      canary_size(which), canary_while_needed(which), afterwards[i]);
    }
    canary_tear_down(&kiosk);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        assert_true(canary_size((enum canary_which)i) >= 32);
        assert_true(canary_while_needed((enum canary_which)i) >= 1);
        assert_int_equal(afterwards[i], 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pupils_secrets_are_nowhere_when_the_pupil_is_thanked),
    };
    return canary_begin() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
