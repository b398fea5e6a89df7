/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_RELEASE_FILE_H
#define ATTACKER_RELEASE_FILE_H

#include "published.h"

/*
 * Reads a release (docs/format.md, "Release") into rows, with a parser of its own. A later release of the
 * same round adds its batches behind those that are there; a batch with a digest seen before is that batch.
 * Signatures are not looked at: an attacker believes what it reads. Exits with 2 for bytes that it cannot
 * read.
 */

struct release_file_state {
    int count;
    unsigned char digest[KNOWN_BATCHES][32];
    int beside[KNOWN_BATCHES]; /* of a part of a breakdown: the first batch of its release */
};

void release_file_read(struct published *out, struct release_file_state *state, const struct known *known,
                       const char *path);

#endif
