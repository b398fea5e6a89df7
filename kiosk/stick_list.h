/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STICK_LIST_H
#define STICK_LIST_H

#include "core/digest.h"
#include "core/fault.h"

/*
 * Which machines were opened and not exported yet, on the stick that readied them, so that a mentor with
 * twelve machines forgets none. One small file a session, the same text in each:
 *
 *   klankbord-open-<8 digits of the round's digest>-<label>.txt
 *
 * The label is random (the first digits of the ballot box's random name), stands on the machine's screen, and
 * names nobody. The files' times are set to a constant. A stick that takes no such file stops no lesson: the
 * list is a help to people, and nothing is decided by it.
 */

enum { STICK_LIST_LABEL_SIZE = 10, STICK_LIST_LABELS = 64, STICK_LIST_NAME_SIZE = 64 };

/* "3F9A-01BC" for a ballot box's path; "" when its name is none of ours. */
void stick_list_label(char out[STICK_LIST_LABEL_SIZE], const char *box_path);

/* Puts a session on the list, durably; again is no fault. Faults of platform/file.h. */
enum fault stick_list_add(const char *folder, const uint8_t round_digest[DIGEST_BYTES],
                          const char *label) FAULT_MUST_CHECK;
/* Takes it off; one that is not on it is no fault. Faults of platform/file.h. */
enum fault stick_list_remove(const char *folder, const uint8_t round_digest[DIGEST_BYTES],
                             const char *label) FAULT_MUST_CHECK;

struct stick_list {
    uint16_t count; /* at most STICK_LIST_LABELS; more are left out */
    char label[STICK_LIST_LABELS][STICK_LIST_LABEL_SIZE];
};
/* What the list in `folder` holds of this round, in order; empty when the folder cannot be read. */
void stick_list_read(struct stick_list *out, const char *folder, const uint8_t round_digest[DIGEST_BYTES]);

#endif
