/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECOVERY_H
#define RECOVERY_H

#include <stdbool.h>

#include "core/digest.h"

/*
 * The recovery sheet: a key holder's identity and one round key on paper (docs/format.md, "Secret keys").
 *
 *   70 bytes = version u8, zero u8, tag[4], seed[32], box secret[32]; in 7 lines of 10 bytes. tag = first
 *   bytes of digest(seed || box secret)
 *   line     = "3: 7K3M-9QX2-04TB-HW5Z-P1R8": number, 16 characters of base 32, and 4 more that check number
 *   and content
 *
 * A typing error is found in the line where it was made; lines of two sheets do not mix, for the tag.
 */

enum {
    RECOVERY_VERSION = 1,
    RECOVERY_LINES = 7,
    RECOVERY_LINE_BYTES = 10,
    RECOVERY_LINE_SIZE = 25,       /* five groups of four, hyphens, final zero */
    RECOVERY_TEXT_LIMIT = 64 << 10 /* a sheet that is read back */
};

/* In secret memory. */
struct recovery {
    uint8_t seed[32];
    uint8_t box_secret[32];
};

/* Line `number` (1..RECOVERY_LINES) without the number before it. `out` in secret memory. */
void recovery_line(char out[RECOVERY_LINE_SIZE], const struct recovery *sheet, int number);

/*
 * Reads one line as typed: capitals or not, hyphens and spaces anywhere or nowhere, O for 0, I and L for 1.
 * FAULT_RECOVERY_SHEET. `out` in secret memory.
 */
enum fault recovery_line_read(uint8_t out[RECOVERY_LINE_BYTES], const char *text,
                              int number) FAULT_MUST_CHECK;

/* Puts the lines together. FAULT_VERSION; FAULT_RECOVERY_SHEET when they are not of one sheet. */
enum fault recovery_join(struct recovery *out,
                         const uint8_t lines[RECOVERY_LINES][RECOVERY_LINE_BYTES]) FAULT_MUST_CHECK;

/*
 * Finds the lines "1: …" to "7: …" in the text of a sheet (zero-terminated) and the name after "Naam:" or
 * "Name:"; everything else is skipped. wrong[n - 1] tells for line n whether it is missing, doubled or
 * mistyped. `name` ("" when not found) may be NULL. Faults of recovery_join; FAULT_RECOVERY_SHEET when any is
 * wrong.
 */
enum fault recovery_read(struct recovery *out, bool wrong[RECOVERY_LINES], char *name, size_t name_size,
                         const char *text) FAULT_MUST_CHECK;

#endif
