/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BALLOT_BOX_HEAD_H
#define BALLOT_BOX_HEAD_H

#include "ballot_box.h"

/* The head of a ballot box as bytes. Used by ballot_box*.c and its tests only. */

enum { BALLOT_BOX_HEAD_BYTES = 220 };

/* The head as bytes (docs/format.md). Decoding: FAULT_VERSION, FAULT_STORE_DAMAGED. */
void ballot_box_head_encode(uint8_t out[BALLOT_BOX_HEAD_BYTES], const struct ballot_box_head *head);
enum fault ballot_box_head_decode(struct ballot_box_head *out,
                                  const uint8_t head[BALLOT_BOX_HEAD_BYTES]) FAULT_MUST_CHECK;

/* FAULT_LIMIT or FAULT_TEXT when a head holds a value that the format does not allow. */
enum fault ballot_box_head_check(const struct ballot_box_head *head) FAULT_MUST_CHECK;

#endif
