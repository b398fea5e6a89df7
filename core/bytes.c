/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"

#include <stdlib.h>
#include <string.h>

void bytes_buffer_release(struct bytes_buffer *buffer) {
    free(buffer->data);
    *buffer = (struct bytes_buffer){0};
}

struct bytes bytes_buffer_view(const struct bytes_buffer *buffer) {
    return (struct bytes){buffer->data, buffer->size};
}

static bool reserve(struct bytes_buffer *buffer, size_t more) {
    if (buffer->fault) {
        return false;
    }
    if (more <= buffer->capacity - buffer->size) {
        return true;
    }
    size_t capacity = buffer->capacity < 256 ? 256 : buffer->capacity;
    while (capacity - buffer->size < more && capacity <= SIZE_MAX / 2) {
        capacity *= 2;
    }
    uint8_t *data = capacity - buffer->size < more ? NULL : realloc(buffer->data, capacity);
    if (!data) {
        buffer->fault = FAULT_MEMORY;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void bytes_put(struct bytes_buffer *buffer, const void *data, size_t size) {
    if (size == 0 || !reserve(buffer, size)) {
        return;
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

static void put_number(struct bytes_buffer *buffer, uint64_t value, size_t size) {
    uint8_t raw[8];
    for (size_t i = 0; i < size; i++) {
        raw[i] = (uint8_t)(value >> (8 * i));
    }
    bytes_put(buffer, raw, size);
}

void bytes_put_u8(struct bytes_buffer *buffer, uint8_t value) {
    put_number(buffer, value, 1);
}

void bytes_put_u16(struct bytes_buffer *buffer, uint16_t value) {
    put_number(buffer, value, 2);
}

void bytes_put_u32(struct bytes_buffer *buffer, uint32_t value) {
    put_number(buffer, value, 4);
}

void bytes_put_u64(struct bytes_buffer *buffer, uint64_t value) {
    put_number(buffer, value, 8);
}

void bytes_put_text(struct bytes_buffer *buffer, const char *text) {
    size_t size = strlen(text);
    if (size > UINT16_MAX) {
        buffer->fault = buffer->fault ? buffer->fault : FAULT_LIMIT;
        return;
    }
    bytes_put_u16(buffer, (uint16_t)size);
    bytes_put(buffer, text, size);
}

struct bytes_reader bytes_reader_of(struct bytes view) {
    return (struct bytes_reader){view.data, view.size, 0, FAULT_NONE};
}

size_t bytes_left(const struct bytes_reader *reader) {
    return reader->size - reader->at;
}

struct bytes bytes_take_view(struct bytes_reader *reader, size_t size) {
    if (reader->fault || size > bytes_left(reader)) {
        reader->fault = reader->fault ? reader->fault : FAULT_TRUNCATED;
        return (struct bytes){0};
    }
    struct bytes view = {reader->data + reader->at, size};
    reader->at += size;
    return view;
}

void bytes_take(struct bytes_reader *reader, void *out, size_t size) {
    struct bytes view = bytes_take_view(reader, size);
    if (!reader->fault && size) {
        memcpy(out, view.data, size);
    } else {
        memset(out, 0, size);
    }
}

static uint64_t take_number(struct bytes_reader *reader, size_t size) {
    uint8_t raw[8];
    bytes_take(reader, raw, size);
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value |= (uint64_t)raw[i] << (8 * i);
    }
    return value;
}

uint8_t bytes_take_u8(struct bytes_reader *reader) {
    return (uint8_t)take_number(reader, 1);
}

uint16_t bytes_take_u16(struct bytes_reader *reader) {
    return (uint16_t)take_number(reader, 2);
}

uint32_t bytes_take_u32(struct bytes_reader *reader) {
    return (uint32_t)take_number(reader, 4);
}

uint64_t bytes_take_u64(struct bytes_reader *reader) {
    return take_number(reader, 8);
}

void bytes_take_text(struct bytes_reader *reader, char *out, size_t capacity) {
    size_t size = bytes_take_u16(reader);
    struct bytes view = bytes_take_view(reader, size);
    out[0] = '\0';
    if (reader->fault) {
        return;
    }
    if (size >= capacity) {
        reader->fault = FAULT_LIMIT;
    } else if (!bytes_are_plain_text(view.data, size, true)) {
        reader->fault = FAULT_TEXT;
    } else {
        memcpy(out, view.data, size);
        out[size] = '\0';
    }
}

enum fault bytes_take_beginning(struct bytes_reader *reader, const uint8_t magic[8], uint16_t version,
                                size_t limit) {
    if (reader->size > limit) {
        return FAULT_FILE_TOO_LARGE;
    }
    struct bytes found = bytes_take_view(reader, 8);
    if (reader->fault || memcmp(found.data, magic, 8) != 0) {
        return FAULT_MAGIC;
    }
    uint16_t found_version = bytes_take_u16(reader);
    if (reader->fault) {
        return reader->fault;
    }
    return found_version == version ? FAULT_NONE : FAULT_VERSION;
}

void bytes_fail(struct bytes_reader *reader, enum fault fault) {
    reader->fault = reader->fault ? reader->fault : fault;
}

uint16_t bytes_take_count(struct bytes_reader *reader, uint16_t limit) {
    uint16_t count = bytes_take_u16(reader);
    if (count > limit) {
        bytes_fail(reader, FAULT_LIMIT);
    }
    return reader->fault ? 0 : count;
}

enum fault bytes_finish(const struct bytes_reader *reader) {
    if (reader->fault) {
        return reader->fault;
    }
    return bytes_left(reader) ? FAULT_TRAILING : FAULT_NONE;
}

/* The code point at `data`, its length in *used; 0 length when it is not valid UTF-8. */
static uint32_t decode_point(const uint8_t *data, size_t size, size_t *used) {
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t lead = data[0];
    size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    *used = 0;
    if (length == 0 || length > size) {
        return 0;
    }
    uint32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (data[i] >> 6 != 2) {
            return 0;
        }
        point = point << 6 | (data[i] & 0x3Fu);
    }
    if (point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return 0;
    }
    *used = length;
    return point;
}

static bool scan(const uint8_t *data, size_t size, bool plain, bool lines) {
    for (size_t at = 0, used; at < size; at += used) {
        uint32_t point = decode_point(data + at, size - at, &used);
        if (used == 0) {
            return false;
        }
        bool control = point < 0x20 || (point >= 0x7F && point <= 0x9F);
        if (plain && control && !(lines && point == '\n')) {
            return false;
        }
    }
    return true;
}

bool bytes_are_utf8(const void *data, size_t size) {
    return scan(data, size, false, false);
}

bool bytes_are_plain_text(const void *data, size_t size, bool lines) {
    return scan(data, size, true, lines);
}

enum fault bytes_check_text(const char *text, size_t capacity, size_t least, bool lines) {
    const char *end = memchr(text, '\0', capacity);
    if (!end || (size_t)(end - text) < least) {
        return FAULT_LIMIT;
    }
    return bytes_are_plain_text(text, (size_t)(end - text), lines) ? FAULT_NONE : FAULT_TEXT;
}

uint32_t bytes_load_u32(const uint8_t data[4]) {
    return (uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
}

void bytes_store_u32(uint8_t data[4], uint32_t value) {
    for (size_t i = 0; i < 4; i++) {
        data[i] = (uint8_t)(value >> (8 * i));
    }
}
