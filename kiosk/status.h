/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STATUS_H
#define STATUS_H

#include "kiosk/kiosk_state.h"
#include "kiosk/machine.h"
#include "kiosk/strings.h"

/*
 * What an administrator wants to know of this machine, on the screen (kiosk/ui/admin_page.h) and on a
 * terminal
 * (--status): no secret, no answer, nothing about when anybody answered.
 */

struct status {
    char folder[KIOSK_STATE_PATH_SIZE]; /* of the state */
    enum fault fault; /* why it cannot be read; FAULT_FILE_MISSING: this machine is not enrolled */
    char label[ROUND_LABEL_SIZE];
    char own[DIGEST_CODE_SIZE]; /* fingerprint of its key */
    bool trusts;
    char trusted[2][DIGEST_CODE_SIZE];
    bool compared; /* somebody said that both holders compared theirs */
    bool has_round;
    enum fault round_fault; /* why the round in the folder is not loaded; FAULT_NONE: there is none */
    char school[ROUND_TEXT_SIZE];
    uint32_t first_day, last_day;
    uint32_t boxes; /* sealed answers, of whichever round */
    bool space_known;
    char file_system[32]; /* "" for one that this program does not know */
    uint64_t free_bytes;
    bool packaged; /* the program is the Debian package's */
    bool runs; /* it is asked of the kiosk itself: `machine` tells what holds, not what the system offers */
    struct machine machine;
};

/*
 * `state` NULL: the folder could not be opened, for this `fault`. `machine` is copied; `runs` as above.
 */
void status_look(struct status *out, const char *folder, const struct kiosk_state *state, enum fault fault,
                 const struct machine *machine, bool runs);

/* One subject: what is said about it, and whether somebody has to do something. */
struct status_line {
    enum strings_key topic;
    char text[STRINGS_TEXT_SIZE];
    bool calls; /* for somebody to act */
};
enum { STATUS_LINES = 10 };

/* Fills every line, in the order in which they are read. */
void status_say(struct status_line out[STATUS_LINES], const struct status *status,
                const struct strings *strings);

/* Whether no line calls for anybody. */
bool status_is_well(const struct status_line line[STATUS_LINES]);

#endif
