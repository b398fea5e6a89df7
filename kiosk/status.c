/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/status.h"

#include "kiosk/period.h"
#include "platform/file.h"
#include "platform/process.h"

#include <stdio.h>
#include <string.h>

/* Where packaging/ puts the program, and where dpkg says that it did. */
static const char package_program[] = "/usr/bin/klankbord-kiosk";
static const char package_list[] = "/var/lib/dpkg/info/klankbord.list";

static bool is_packaged(void) {
    char self[KIOSK_STATE_PATH_SIZE];
    process_program(self, sizeof self);
    return strcmp(self, package_program) == 0 && file_exists(package_list);
}

static void look_at_state(struct status *out, const struct kiosk_state *state) {
    snprintf(out->label, sizeof out->label, "%s", state->label);
    digest_fingerprint(out->own, state->public_key);
    out->trusts = state->is_trusting;
    for (int i = 0; i < 2 && state->is_trusting; i++) {
        digest_fingerprint(out->trusted[i], state->trusted[i]);
    }
    out->compared = kiosk_state_is_compared(state);
    out->has_round = state->round != NULL;
    out->round_fault = state->round_fault;
    if (state->round) {
        snprintf(out->school, sizeof out->school, "%s", state->round->school);
        out->first_day = state->round->first_day;
        out->last_day = state->round->last_day;
    }
    out->fault = kiosk_state_count_boxes(&out->boxes, state);
}

void status_look(struct status *out, const char *folder, const struct kiosk_state *state, enum fault fault,
                 const struct machine *machine, bool runs) {
    struct volume_facts volume;
    *out = (struct status){.fault = fault, .machine = *machine, .runs = runs, .packaged = is_packaged()};
    snprintf(out->folder, sizeof out->folder, "%s", folder);
    if (state) {
        look_at_state(out, state);
    }
    out->space_known = !volume_look(&volume, folder);
    if (out->space_known) {
        snprintf(out->file_system, sizeof out->file_system, "%s", volume.name);
        out->free_bytes = volume.free_bytes;
    }
}

/* ---- in words ---- */

struct say {
    struct status_line *line;
    const struct status *status;
    const struct strings *strings;
};

static void begin(struct say *say, struct status_line *line, enum strings_key topic) {
    *line = (struct status_line){.topic = topic};
    say->line = line;
}

/* Sentence by sentence, a space between them. */
static void add(struct say *say, enum strings_key key, const struct strings_value *values, size_t count) {
    char sentence[STRINGS_TEXT_SIZE];
    char *text = say->line->text;
    size_t at = strlen(text);
    strings_format(sentence, sizeof sentence, say->strings, key, values, count);
    snprintf(text + at, STRINGS_TEXT_SIZE - at, "%s%s", at ? " " : "", sentence);
}

/* The same, about something that somebody has to do. */
static void call(struct say *say, enum strings_key key, const struct strings_value *values, size_t count) {
    say->line->calls = true;
    add(say, key, values, count);
}

static const char *words_of(const struct say *say, enum fault fault) {
    bool english = say->strings->language == STRINGS_EN;
    return fault_text(fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL);
}

/* "512 kB", "16 MB", "3 GB": as the administrator's other tools round. */
static void size_text(char out[32], uint64_t bytes) {
    static const char *const unit[] = {"kB", "MB", "GB", "TB"};
    uint64_t size = bytes / 1024;
    size_t i = 0;
    while (size >= 10240 && i + 1 < sizeof unit / sizeof unit[0]) {
        size /= 1024;
        i++;
    }
    snprintf(out, 32, "%llu %s", (unsigned long long)size, unit[i]);
}

static void say_program(struct say *say) {
    struct strings_value version = {"version", KLANKBORD_VERSION, 0};
    add(say, say->status->packaged ? STRINGS_STATUS_PACKAGED : STRINGS_STATUS_UNPACKAGED, &version, 1);
    add(say, STRINGS_STATUS_OFFLINE, NULL, 0);
}

static void say_machine(struct say *say) {
    const struct status *status = say->status;
    struct strings_value values[] = {{"label", status->label, 0}, {"code", status->own, 0}};
    struct strings_value why = {"why", words_of(say, status->fault), 0};
    if (status->fault == FAULT_FILE_MISSING) {
        call(say, STRINGS_STATUS_NOT_ENROLLED, NULL, 0);
    } else if (status->fault) {
        call(say, STRINGS_STATUS_UNREADABLE, &why, 1);
    } else {
        add(say, STRINGS_STATUS_ENROLLED, values, 2);
    }
}

static void say_round(struct say *say) {
    const struct status *status = say->status;
    struct strings_value school = {"school", status->school, 0};
    struct strings_value why = {"why", words_of(say, status->round_fault), 0};
    char period[STRINGS_TEXT_SIZE];
    if (status->has_round) {
        add(say, STRINGS_STATUS_ROUND, &school, 1);
        period_say(period, say->strings, status->first_day, status->last_day);
        struct strings_value text = {"text", period, 0};
        add(say, STRINGS_STATUS_AS_IT_IS, &text, 1);
    } else if (status->round_fault) {
        call(say, STRINGS_STATUS_ROUND_REFUSED, &why, 1);
    } else {
        add(say, STRINGS_STATUS_NO_ROUND, NULL, 0);
    }
}

static void say_trust(struct say *say) {
    const struct status *status = say->status;
    struct strings_value values[] = {{"a", status->trusted[0], 0}, {"b", status->trusted[1], 0}};
    if (!status->trusts) {
        call(say, STRINGS_STATUS_TRUSTS_NOBODY, NULL, 0);
        return;
    }
    add(say, STRINGS_STATUS_TRUSTS, values, 2);
    if (status->compared) {
        add(say, STRINGS_STATUS_COMPARED, NULL, 0);
    } else {
        call(say, STRINGS_STATUS_NOT_COMPARED, NULL, 0);
    }
}

static void say_folder(struct say *say) {
    const struct status *status = say->status;
    unsigned worries = machine_worries(&status->machine);
    char space[32];
    size_text(space, status->free_bytes);
    struct strings_value values[] = {{"folder", status->folder, 0},
                                     {"kind", status->file_system[0] ? status->file_system : "?", 0},
                                     {"free", space, 0}};
    add(say, status->space_known ? STRINGS_STATUS_FOLDER : STRINGS_STATUS_FOLDER_ALONE, values, 3);
    if (worries & MACHINE_DISK_UNFIT) {
        call(say, STRINGS_STATUS_DISK_UNFIT, NULL, 0);
    } else if (worries & MACHINE_OLD_VERSIONS) {
        call(say, STRINGS_STATUS_DISK_ALLOWED, NULL, 0);
    }
}

static void say_memory(struct say *say) {
    const struct machine *machine = &say->status->machine;
    unsigned worries = machine_worries(machine);
    char needed[32];
    char limit[32];
    char locked[32];
    size_text(needed, MACHINE_LOCK_NEEDED);
    size_text(limit, machine->lock_limit);
    size_text(locked, machine->locked);
    struct strings_value values[] = {{"limit", limit, 0}, {"needed", needed, 0}, {"locked", locked, 0}};
    bool unlimited = machine->lock_limit == UINT64_MAX;
    add(say, unlimited ? STRINGS_STATUS_LOCK_UNLIMITED : STRINGS_STATUS_LOCK_LIMIT, values, 2);
    if (say->status->runs) {
        add(say, STRINGS_STATUS_LOCKED, values, 3);
    }
    if (worries & MACHINE_LOCK_LOW) {
        call(say, STRINGS_STATUS_LOCK_LOW, NULL, 0);
    }
    if (worries & MACHINE_SWAPS) {
        call(say, STRINGS_STATUS_SWAPS, NULL, 0);
    }
}

static void say_confinement(struct say *say) {
    const struct machine *machine = &say->status->machine;
    bool runs = say->status->runs;
    struct strings_value version = {"version", NULL, (unsigned)machine->confined.landlock};
    if (machine->confined.landlock > 0) {
        add(say, runs ? STRINGS_STATUS_LANDLOCK : STRINGS_STATUS_LANDLOCK_OFFERED, &version, 1);
    } else {
        call(say, STRINGS_STATUS_NO_LANDLOCK, NULL, 0);
    }
    if (machine->confined.calls) {
        add(say, runs ? STRINGS_STATUS_SECCOMP : STRINGS_STATUS_SECCOMP_OFFERED, NULL, 0);
    } else {
        call(say, STRINGS_STATUS_NO_SECCOMP, NULL, 0);
    }
    if (machine->hardened) {
        add(say, STRINGS_STATUS_HARDENED, NULL, 0);
    } else {
        call(say, STRINGS_STATUS_DEBUGGABLE, NULL, 0);
    }
}

static void say_answers(struct say *say) {
    struct strings_value count = {"count", NULL, say->status->boxes};
    add(say, say->status->boxes ? STRINGS_STATUS_BOXES : STRINGS_STATUS_NO_BOXES, &count, 1);
}

static void say_logs(struct say *say) {
    add(say, STRINGS_STATUS_LOGGED, NULL, 0);
}

static void say_removal(struct say *say) {
    add(say, say->status->packaged ? STRINGS_STATUS_REMOVE_PACKAGE : STRINGS_STATUS_REMOVE_FILES, NULL, 0);
    add(say, say->status->boxes ? STRINGS_STATUS_REMOVE_LOSES : STRINGS_STATUS_REMOVE_SAFE, NULL, 0);
}

void status_say(struct status_line out[STATUS_LINES], const struct status *status,
                const struct strings *strings) {
    static const struct {
        enum strings_key topic;
        void (*tell)(struct say *say);
    } topics[STATUS_LINES] = {
        {STRINGS_STATUS_TOPIC_MACHINE, say_machine},  {STRINGS_STATUS_TOPIC_ROUND, say_round},
        {STRINGS_STATUS_TOPIC_TRUST, say_trust},      {STRINGS_STATUS_TOPIC_ANSWERS, say_answers},
        {STRINGS_STATUS_TOPIC_FOLDER, say_folder},    {STRINGS_STATUS_TOPIC_MEMORY, say_memory},
        {STRINGS_STATUS_TOPIC_SHUT, say_confinement}, {STRINGS_STATUS_TOPIC_LOGS, say_logs},
        {STRINGS_STATUS_TOPIC_PROGRAM, say_program},  {STRINGS_STATUS_TOPIC_REMOVAL, say_removal}};
    struct say say = {NULL, status, strings};
    for (int i = 0; i < STATUS_LINES; i++) {
        begin(&say, &out[i], topics[i].topic);
        topics[i].tell(&say);
    }
}

bool status_is_well(const struct status_line line[STATUS_LINES]) {
    bool well = true;
    for (int i = 0; i < STATUS_LINES; i++) {
        well = well && !line[i].calls;
    }
    return well;
}
