/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BYTES_H
#define BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"

/*
 * Bytes, in and out. All numbers are little-endian and of fixed width. Errors stick: after the first one
 * every later call does nothing, so a codec is written straight down and asked once at the end. Nothing here
 * is for secrets: a buffer that grows leaves copies behind (use core/secret.h for those).
 */

/* A view; never owns. */
struct bytes {
    const uint8_t *data;
    size_t size;
};

/*
 * A growing buffer. A zeroed one is empty and valid. `data` belongs to the buffer until bytes_buffer_release.
 */
struct bytes_buffer {
    uint8_t *data;
    size_t size;
    size_t capacity;
    enum fault fault; /* FAULT_MEMORY after a failed growth; sticks */
};

void bytes_buffer_release(
    struct bytes_buffer *buffer); /* accepts zeroed and released ones; leaves it zeroed */
struct bytes bytes_buffer_view(const struct bytes_buffer *buffer);
void bytes_put(struct bytes_buffer *buffer, const void *data, size_t size);
void bytes_put_u8(struct bytes_buffer *buffer, uint8_t value);
void bytes_put_u16(struct bytes_buffer *buffer, uint16_t value);
void bytes_put_u32(struct bytes_buffer *buffer, uint32_t value);
void bytes_put_u64(struct bytes_buffer *buffer, uint64_t value);
/* u16 length and the bytes, without a final zero. FAULT_LIMIT sticks when longer than 65,535. */
void bytes_put_text(struct bytes_buffer *buffer, const char *text);

/* A bounded reader over a view. */
struct bytes_reader {
    const uint8_t *data;
    size_t size;
    size_t at;
    enum fault fault; /* FAULT_TRUNCATED, FAULT_LIMIT or FAULT_TEXT; sticks; all later reads give zero */
};

struct bytes_reader bytes_reader_of(struct bytes view);
size_t bytes_left(const struct bytes_reader *reader);
/* Copies `size` bytes; zeroes `out` when they are not there. */
void bytes_take(struct bytes_reader *reader, void *out, size_t size);
/* A view of the next `size` bytes without copying; an empty view on failure. */
struct bytes bytes_take_view(struct bytes_reader *reader, size_t size);
uint8_t bytes_take_u8(struct bytes_reader *reader);
uint16_t bytes_take_u16(struct bytes_reader *reader);
uint32_t bytes_take_u32(struct bytes_reader *reader);
uint64_t bytes_take_u64(struct bytes_reader *reader);
/*
 * Reads what bytes_put_text wrote into `out` of `capacity` bytes, zero-terminated.
 * FAULT_LIMIT when it does not fit, FAULT_TEXT when it is not valid UTF-8 or holds a control character
 * (below U+0020, U+007F..U+009F) other than a line feed.
 */
void bytes_take_text(struct bytes_reader *reader, char *out, size_t capacity);
/*
 * How every file begins: 8 bytes of magic and a u16 version. FAULT_FILE_TOO_LARGE when the reader holds more
 * than `limit` bytes, FAULT_MAGIC (also when there are fewer than 8), FAULT_TRUNCATED, FAULT_VERSION, in this
 * order. Does not stick.
 */
enum fault bytes_take_beginning(struct bytes_reader *reader, const uint8_t magic[8], uint16_t version,
                                size_t limit) FAULT_MUST_CHECK;
/* Makes the reader fail with `fault`, unless it failed before. */
void bytes_fail(struct bytes_reader *reader, enum fault fault);
/* A u16 that may be at most `limit`: FAULT_LIMIT sticks, and 0 is given, when it is more. */
uint16_t bytes_take_count(struct bytes_reader *reader, uint16_t limit);
/* FAULT_TRAILING when bytes are left and nothing failed before; else the fault so far. */
enum fault bytes_finish(const struct bytes_reader *reader) FAULT_MUST_CHECK;

/* True when the bytes are valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF; RFC 3629). */
bool bytes_are_utf8(const void *data, size_t size);
/*
 * True for valid UTF-8 without control characters; line feeds allowed when `lines`. What every text field
 * must be.
 */
bool bytes_are_plain_text(const void *data, size_t size, bool lines);
/*
 * A text in an array of `capacity` bytes: FAULT_LIMIT when it is shorter than `least` or has no final zero,
 * FAULT_TEXT when it is no plain text.
 */
enum fault bytes_check_text(const char *text, size_t capacity, size_t least, bool lines) FAULT_MUST_CHECK;

/* Little-endian access to single numbers in place. */
uint32_t bytes_load_u32(const uint8_t data[4]);
void bytes_store_u32(uint8_t data[4], uint32_t value);

#endif
