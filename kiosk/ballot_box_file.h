/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BALLOT_BOX_FILE_H
#define BALLOT_BOX_FILE_H

#include "ballot_box_head.h"

/*
 * What ballot_box.c asks of SQLite: one connection with the settings of docs/format.md, "Ballot box", and
 * single statements on it. Nothing here knows which slot is free or when to stop. Used by ballot_box.c and
 * its tests only.
 *
 * Faults of all: FAULT_MAGIC (not SQLite), FAULT_STORE_DAMAGED, FAULT_BUSY, FAULT_DISK_FULL, FAULT_READ_ONLY,
 * FAULT_MEMORY, FAULT_STORE.
 */

struct sqlite3;

/*
 * Makes the tables with the head and `slots` random records, in one transaction, at a path where an empty
 * file lies. Nothing stays open.
 */
enum fault ballot_box_file_fill(const char *path, const uint8_t head[BALLOT_BOX_HEAD_BYTES], uint16_t slots,
                                size_t record_bytes, const struct ballot_box_chance *chance) FAULT_MUST_CHECK;

/*
 * Connects to a filled file, alone, with every setting verified. *out is NULL on a fault. FAULT_TRUNCATED: it
 * has no page. FAULT_MAGIC, FAULT_VERSION, FAULT_STORE_DAMAGED (other objects) as in docs/format.md.
 */
enum fault ballot_box_file_connect(struct sqlite3 **out, const char *path) FAULT_MUST_CHECK;
struct sqlite3 *ballot_box_file_disconnect(struct sqlite3 *db); /* accepts NULL, gives NULL */

/* FAULT_STORE_DAMAGED when it is not exactly 220 bytes. */
enum fault ballot_box_file_read_head(uint8_t head[BALLOT_BOX_HEAD_BYTES],
                                     struct sqlite3 *db) FAULT_MUST_CHECK;
enum fault ballot_box_file_write_head(struct sqlite3 *db,
                                      const uint8_t head[BALLOT_BOX_HEAD_BYTES]) FAULT_MUST_CHECK;

/*
 * One slot. `record` may be NULL when only `*used` is wanted. FAULT_RECORD_DAMAGED: the row is not there or
 * not as it should be; FAULT_MEMORY.
 */
enum fault ballot_box_file_read_slot(bool *used, uint8_t *record, size_t record_bytes, struct sqlite3 *db,
                                     uint16_t id) FAULT_MUST_CHECK;
/* Overwrites a slot that is not used, in one transaction. FAULT_STORE when it is used. */
enum fault ballot_box_file_write_slot(struct sqlite3 *db, uint16_t id, bool used, const uint8_t *record,
                                      size_t record_bytes) FAULT_MUST_CHECK;

#endif
