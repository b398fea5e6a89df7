/* SPDX-License-Identifier: Apache-2.0 */
#include "round_search.h"

#include "kiosk_state_parts.h"
#include "platform/process.h"
#include "platform/volume.h"

#include <stdio.h>
#include <string.h>

/* The best so far: among the files that pass the one that is taken, else the one that came furthest. */
struct hunt {
    struct round_search *out;
    const struct kiosk_state *state;
    bool any_date;
    enum fault fault;
    uint8_t digest[DIGEST_BYTES]; /* of the one that is taken */
};

enum fault round_search_period(const struct round *round) {
    struct process_date date;
    if (process_today(&date)) {
        return FAULT_NONE;
    }
    uint32_t today = (uint32_t)(date.year * 10000 + date.month * 100 + date.day);
    return today < round->first_day  ? FAULT_ROUND_EARLY
           : today > round->last_day ? FAULT_ROUND_OVER
                                     : FAULT_NONE;
}

/* How far a file came: what a person has to hear is what stands between the best file and a lesson. */
static int distance_come(enum fault fault) {
    static const enum fault order[] = {FAULT_ROUND_MISSING,   FAULT_VERSION,       FAULT_ROUND_NOT_VALID,
                                       FAULT_ROUND_UNTRUSTED, FAULT_KIOSK_UNKNOWN, FAULT_ROUND_EARLY,
                                       FAULT_ROUND_OVER,      FAULT_ROUND_SEVERAL, FAULT_NONE};
    int place = 0;
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++) {
        place = order[i] == fault ? 2 * i : place;
    }
    return fault == FAULT_ROUND_MISSING || place > 0 ? place : 1; /* damaged, or no round at all */
}

static void note(struct hunt *hunt, enum fault fault, const struct round *round, const char *path) {
    if (distance_come(fault) <= distance_come(hunt->fault)) {
        return;
    }
    hunt->fault = fault;
    snprintf(hunt->out->path, sizeof hunt->out->path, "%s", path);
    hunt->out->first_day = round ? round->first_day : 0;
    hunt->out->last_day = round ? round->last_day : 0;
}

static void look_at(struct hunt *hunt, const char *path) {
    struct round *round = NULL;
    enum fault fault = kiosk_state_examine(&round, hunt->state, path);
    hunt->out->files++;
    if (!fault && !hunt->any_date) {
        fault = round_search_period(round);
    }
    bool passes = !fault && round;
    if (passes && hunt->fault == FAULT_NONE && memcmp(hunt->digest, round->digest, DIGEST_BYTES) != 0) {
        hunt->fault = FAULT_ROUND_SEVERAL;
    } else if (hunt->fault != FAULT_ROUND_SEVERAL) {
        note(hunt, fault, round, path);
    }
    if (passes) {
        memcpy(hunt->digest, round->digest, DIGEST_BYTES);
    }
    round_free(round);
}

static void look_in(struct hunt *hunt, const char *folder) {
    struct folder_names names = {0};
    if (folder[0] == '\0' || folder_list(&names, folder, ".klr")) {
        return; /* not there, or not now */
    }
    for (size_t i = 0; i < names.count && hunt->out->files < ROUND_SEARCH_FILES; i++) {
        char path[KIOSK_STATE_PATH_SIZE];
        if (!kiosk_state_path(path, folder, names.names[i])) {
            look_at(hunt, path);
        }
    }
    folder_names_release(&names);
}

enum fault round_search_look(struct round_search *out, const struct kiosk_state *state, bool any_date) {
    struct hunt hunt = {.out = out, .state = state, .any_date = any_date, .fault = FAULT_ROUND_MISSING};
    struct folder_names sticks = {0};
    *out = (struct round_search){0};
    enum fault fault = volume_list_sticks(&sticks);
    if (fault) {
        return fault;
    }
    look_in(&hunt, state->round_folder);
    if (strcmp(state->round_folder, state->export_folder) != 0) {
        look_in(&hunt, state->export_folder);
    }
    for (size_t i = 0; i < sticks.count; i++) {
        look_in(&hunt, sticks.names[i]);
    }
    folder_names_release(&sticks);
    return hunt.fault;
}

enum fault round_search_load(struct round_search *out, struct kiosk_state *state, bool any_date) {
    enum fault fault = round_search_look(out, state, any_date);
    return fault ? fault : kiosk_state_load_round(state, out->path);
}
