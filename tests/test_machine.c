/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/bundle.h"
#include "kiosk/machine.h"
#include "sample_kiosk.h"

/* The address checker answers for mlock itself, and locks nothing. */
#if defined(__SANITIZE_ADDRESS__)
#define CHECKED true
#else
#define CHECKED false
#endif

static struct machine sound(void) {
    return (struct machine){.confined = {.landlock = 1, .calls = 1},
                            .hardened = true,
                            .lock_limit = MACHINE_LOCK_NEEDED,
                            .volume_known = true,
                            .volume = VOLUME_IN_PLACE};
}

static void each_worry_comes_from_its_own_fact(void **state) {
    (void)state;
    struct machine machine = sound();
    assert_int_equal(machine_worries(&machine), 0);
    machine.confined.landlock = 0;
    assert_int_equal(machine_worries(&machine), MACHINE_FILES_OPEN);
    machine = sound();
    machine.confined.calls = 0;
    assert_int_equal(machine_worries(&machine), MACHINE_CALLS_OPEN);
    machine = sound();
    machine.hardened = false;
    assert_int_equal(machine_worries(&machine), MACHINE_DEBUGGABLE);
    machine = sound();
    machine.swaps = true;
    assert_int_equal(machine_worries(&machine), MACHINE_SWAPS);
    machine = sound();
    machine.lock_limit--;
    assert_int_equal(machine_worries(&machine), MACHINE_LOCK_LOW);
    for (enum volume_kind kind = VOLUME_KEEPS_OLD; kind <= VOLUME_UNKNOWN; kind++) {
        machine = sound();
        machine.volume = kind;
        assert_int_equal(machine_worries(&machine), MACHINE_DISK_UNFIT);
        machine.volume_known = false;
        assert_int_equal(machine_worries(&machine), 0);
        machine.allow_cow = true;
        assert_int_equal(machine_worries(&machine), MACHINE_OLD_VERSIONS);
    }
}

static void the_coordinator_is_told_what_concerns_her(void **state) {
    (void)state;
    struct machine machine = sound();
    machine.swaps = true;
    assert_int_equal(machine_flags(&machine), 0);
    machine.allow_cow = true; /* allowed, and not needed */
    assert_int_equal(machine_flags(&machine), 0);
    machine.volume = VOLUME_KEEPS_OLD;
    assert_int_equal(machine_flags(&machine), BUNDLE_FLAG_OLD_VERSIONS);
    for (int i = 0; i < 3; i++) {
        machine = sound();
        machine.confined.landlock = i != 0;
        machine.confined.calls = i != 1;
        machine.hardened = i != 2;
        assert_int_equal(machine_flags(&machine), BUNDLE_FLAG_UNCONFINED);
    }
    machine = sound();
    machine.lock_limit--;
    assert_int_equal(machine_flags(&machine), BUNDLE_FLAG_LOCK_LOW);
}

static void what_is_seen_is_what_there_is(void **state) {
    (void)state;
    struct sample_kiosk kiosk;
    struct machine machine;
    struct confine_report held = {.landlock = 3, .calls = 0};
    enum volume_kind kind = VOLUME_UNKNOWN;
    sample_kiosk_new(&kiosk);
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    check_fault(volume_kind_of(&kind, kiosk.state_folder), FAULT_NONE);
    machine_look(&machine, open, &held);
    assert_int_equal(machine.confined.landlock, 3);
    assert_int_equal(machine.confined.calls, 0);
    assert_true(machine.volume_known && machine.volume == kind);
    assert_true(machine.allow_cow); /* the sample's settings */
    assert_true((machine.locked > 0 || CHECKED) && machine.lock_limit >= machine.locked);
    machine_look(&machine, NULL, NULL);
    struct confine_report offered = confine_look();
    assert_int_equal(machine.confined.landlock, offered.landlock);
    assert_int_equal(machine.confined.calls, offered.calls);
    assert_false(machine.volume_known || machine.allow_cow);
    kiosk_state_close(open);
    sample_kiosk_release(&kiosk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_worry_comes_from_its_own_fact),
        cmocka_unit_test(the_coordinator_is_told_what_concerns_her),
        cmocka_unit_test(what_is_seen_is_what_there_is),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
