/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/bytes.h"

#include <stdlib.h>
#include <string.h>

static struct bytes text_of(const char *text) {
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

static void numbers_are_little_endian_and_of_fixed_width(void **state) {
    (void)state;
    static const uint8_t expected[] = {0x01, 0x03, 0x02, 0x07, 0x06, 0x05, 0x04, 0x0F,
                                       0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 0x09, 0x08};
    struct bytes_buffer buffer = {0};
    bytes_put_u8(&buffer, 0x01);
    bytes_put_u16(&buffer, 0x0203);
    bytes_put_u32(&buffer, 0x04050607);
    bytes_put_u64(&buffer, UINT64_C(0x08090A0B0C0D0E0F));
    assert_int_equal(buffer.size, sizeof expected);
    assert_memory_equal(buffer.data, expected, sizeof expected);
    struct bytes_reader reader = bytes_reader_of(bytes_buffer_view(&buffer));
    assert_int_equal(bytes_take_u8(&reader), 0x01);
    assert_int_equal(bytes_take_u16(&reader), 0x0203);
    assert_int_equal(bytes_take_u32(&reader), 0x04050607);
    assert_true(bytes_take_u64(&reader) == UINT64_C(0x08090A0B0C0D0E0F));
    check_fault(bytes_finish(&reader), FAULT_NONE);
    bytes_buffer_release(&buffer);
}

static void a_buffer_grows_and_is_released_to_zero(void **state) {
    (void)state;
    struct bytes_buffer buffer = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        bytes_put_u32(&buffer, i);
    }
    check_fault(buffer.fault, FAULT_NONE);
    assert_int_equal(buffer.size, 400000);
    assert_int_equal(bytes_load_u32(buffer.data + 4 * 99999), 99999);
    bytes_put(&buffer, NULL, 0);
    assert_int_equal(buffer.size, 400000);
    bytes_buffer_release(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.size + buffer.capacity, 0);
    bytes_buffer_release(&buffer);
}

static void what_cannot_be_had_fails_and_sticks(void **state) {
    (void)state;
    struct bytes_buffer buffer = {0};
    uint8_t one = 1;
    bytes_put_u8(&buffer, 1);
    bytes_put(&buffer, &one, SIZE_MAX);
    check_fault(buffer.fault, FAULT_MEMORY);
    bytes_put_u8(&buffer, 2);
    assert_int_equal(buffer.size, 1);
    bytes_buffer_release(&buffer);
}

static void a_text_has_its_length_before_it(void **state) {
    (void)state;
    struct bytes_buffer buffer = {0};
    char out[6];
    bytes_put_text(&buffer, "caf\xC3\xA9");
    assert_memory_equal(buffer.data,
                        "\x05\x00"
                        "caf\xC3\xA9",
                        7);
    struct bytes_reader reader = bytes_reader_of(bytes_buffer_view(&buffer));
    bytes_take_text(&reader, out, sizeof out);
    assert_string_equal(out, "caf\xC3\xA9");
    check_fault(bytes_finish(&reader), FAULT_NONE);
    reader = bytes_reader_of(bytes_buffer_view(&buffer));
    bytes_take_text(&reader, out, 5);
    assert_string_equal(out, "");
    check_fault(bytes_finish(&reader), FAULT_LIMIT);
    bytes_buffer_release(&buffer);
}

static void a_text_of_more_than_65535_bytes_is_refused(void **state) {
    (void)state;
    struct bytes_buffer buffer = {0};
    char *text = malloc(65537);
    assert_non_null(text);
    memset(text, 'a', 65536);
    text[65536] = '\0';
    bytes_put_text(&buffer, text);
    check_fault(buffer.fault, FAULT_LIMIT);
    bytes_buffer_release(&buffer);
    text[65535] = '\0';
    bytes_put_text(&buffer, text);
    check_fault(buffer.fault, FAULT_NONE);
    assert_int_equal(buffer.size, 65537);
    bytes_buffer_release(&buffer);
    free(text);
}

static void reading_past_the_end_gives_zeros_and_sticks(void **state) {
    (void)state;
    static const uint8_t data[3] = {1, 2, 3};
    uint8_t out[4] = {9, 9, 9, 9};
    struct bytes_reader reader = bytes_reader_of((struct bytes){data, 3});
    bytes_take(&reader, out, 4);
    assert_int_equal(out[0] + out[1] + out[2] + out[3], 0);
    assert_int_equal(bytes_take_u8(&reader), 0); /* it is there, but the fault sticks */
    assert_null(bytes_take_view(&reader, 1).data);
    check_fault(bytes_finish(&reader), FAULT_TRUNCATED);
    reader = bytes_reader_of((struct bytes){data, 3});
    assert_ptr_equal(bytes_take_view(&reader, 3).data, data);
    assert_int_equal(bytes_left(&reader), 0);
    check_fault(bytes_finish(&reader), FAULT_NONE);
}

static void bytes_left_over_are_trailing(void **state) {
    (void)state;
    static const uint8_t data[3] = {1, 2, 3};
    struct bytes_reader reader = bytes_reader_of((struct bytes){data, 3});
    assert_int_equal(bytes_take_u16(&reader), 0x0201);
    assert_int_equal(bytes_left(&reader), 1);
    check_fault(bytes_finish(&reader), FAULT_TRAILING);
}

static void check_taken_text(const char *raw, size_t size, enum fault expected) {
    char out[64];
    struct bytes_reader reader = bytes_reader_of((struct bytes){(const uint8_t *)raw, size});
    bytes_take_text(&reader, out, sizeof out);
    check_fault(bytes_finish(&reader), expected);
}

static void a_text_with_control_characters_is_refused_on_reading(void **state) {
    (void)state;
    check_taken_text("\x03\x00"
                     "a\nb",
                     5, FAULT_NONE);
    check_taken_text("\x03\x00"
                     "a\rb",
                     5, FAULT_TEXT);
    check_taken_text("\x03\x00"
                     "a\0b",
                     5, FAULT_TEXT);
    check_taken_text("\x02\x00\xC2\x85", 4, FAULT_TEXT);
    check_taken_text("\x01\x00\xC3", 3, FAULT_TEXT);
    check_taken_text("\x04\x00"
                     "abc",
                     5, FAULT_TRUNCATED);
    check_taken_text("\x04", 1, FAULT_TRUNCATED);
}

/* Each row one defect of RFC 3629, or the last or first that is allowed. */
static void utf8_is_checked_to_the_letter(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool valid;
    } rows[] = {
        {"", true},
        {"abc", true},
        {"\x7F", true},
        {"\xC2\x80", true},
        {"\xDF\xBF", true},
        {"\xE0\xA0\x80", true},
        {"\xED\x9F\xBF", true},
        {"\xEE\x80\x80", true},
        {"\xEF\xBF\xBF", true},
        {"\xF0\x90\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\xF0\x9F\x98\x80 ok", true},
        {"\x80", false},
        {"\xBF", false},
        {"\xC0\x80", false},
        {"\xC1\xBF", false},
        {"\xE0\x9F\xBF", false},
        {"\xED\xA0\x80", false},
        {"\xED\xBF\xBF", false},
        {"\xF0\x8F\xBF\xBF", false},
        {"\xF4\x90\x80\x80", false},
        {"\xF5\x80\x80\x80", false},
        {"\xF8\x88\x80\x80\x80", false},
        {"\xFE", false},
        {"\xFF", false},
        {"\xC2", false},
        {"\xE2\x82", false},
        {"\xF0\x9F\x98", false},
        {"\xC2"
         "a",
         false},
        {"\xE2\x82"
         "a",
         false},
        {"ok \xC3", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes text = text_of(rows[i].text);
        assert_int_equal(bytes_are_utf8(text.data, text.size), rows[i].valid);
    }
}

static void plain_text_has_no_control_characters(void **state) {
    (void)state;
    for (unsigned point = 0; point < 0x100; point++) {
        uint8_t raw[2] = {(uint8_t)(0xC0 | point >> 6), (uint8_t)(0x80 | (point & 0x3F))};
        uint8_t one = (uint8_t)point;
        const uint8_t *data = point < 0x80 ? &one : raw;
        size_t size = point < 0x80 ? 1 : 2;
        bool control = point < 0x20 || (point >= 0x7F && point <= 0x9F);
        assert_int_equal(bytes_are_plain_text(data, size, false), !control);
        assert_int_equal(bytes_are_plain_text(data, size, true), !control || point == '\n');
        assert_true(bytes_are_utf8(data, size));
    }
}

static void single_numbers_go_in_and_out_in_place(void **state) {
    (void)state;
    uint8_t data[4];
    bytes_store_u32(data, 0xFEDCBA98);
    assert_memory_equal(data, "\x98\xBA\xDC\xFE", 4);
    assert_int_equal(bytes_load_u32(data), 0xFEDCBA98);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_little_endian_and_of_fixed_width),
        cmocka_unit_test(a_buffer_grows_and_is_released_to_zero),
        cmocka_unit_test(what_cannot_be_had_fails_and_sticks),
        cmocka_unit_test(a_text_has_its_length_before_it),
        cmocka_unit_test(a_text_of_more_than_65535_bytes_is_refused),
        cmocka_unit_test(reading_past_the_end_gives_zeros_and_sticks),
        cmocka_unit_test(bytes_left_over_are_trailing),
        cmocka_unit_test(a_text_with_control_characters_is_refused_on_reading),
        cmocka_unit_test(utf8_is_checked_to_the_letter),
        cmocka_unit_test(plain_text_has_no_control_characters),
        cmocka_unit_test(single_numbers_go_in_and_out_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
