/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/machine.h"

#include "core/bundle.h"
#include "platform/process.h"

void machine_look(struct machine *out, const struct kiosk_state *state, const struct confine_report *held) {
    *out = (struct machine){.confined = held ? *held : confine_look(),
                            .hardened = process_is_hardened(),
                            .swaps = process_may_swap(),
                            .lock_limit = process_locked_memory_limit(),
                            .locked = process_locked_memory()};
    if (state) {
        out->allow_cow = state->allow_cow;
        out->volume_known = !volume_kind_of(&out->volume, state->folder);
    }
}

unsigned machine_worries(const struct machine *machine) {
    bool unfit = machine->volume_known && machine->volume != VOLUME_IN_PLACE;
    unsigned worries = machine->confined.landlock > 0 ? 0 : MACHINE_FILES_OPEN;
    worries |= machine->confined.calls ? 0 : MACHINE_CALLS_OPEN;
    worries |= machine->hardened ? 0 : MACHINE_DEBUGGABLE;
    worries |= machine->swaps ? MACHINE_SWAPS : 0;
    worries |= machine->lock_limit < MACHINE_LOCK_NEEDED ? MACHINE_LOCK_LOW : 0;
    worries |= machine->allow_cow ? MACHINE_OLD_VERSIONS : unfit ? MACHINE_DISK_UNFIT : 0;
    return worries;
}

uint16_t machine_flags(const struct machine *machine) {
    unsigned worries = machine_worries(machine);
    bool unfit = machine->volume_known && machine->volume != VOLUME_IN_PLACE;
    unsigned flags =
        worries & (MACHINE_FILES_OPEN | MACHINE_CALLS_OPEN | MACHINE_DEBUGGABLE) ? BUNDLE_FLAG_UNCONFINED : 0;
    flags |= worries & MACHINE_LOCK_LOW ? BUNDLE_FLAG_LOCK_LOW : 0;
    flags |= worries & MACHINE_OLD_VERSIONS && unfit ? BUNDLE_FLAG_OLD_VERSIONS : 0;
    return (uint16_t)flags;
}
