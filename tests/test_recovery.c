/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/recovery.h"

static struct recovery sample(uint8_t start) {
    struct recovery sheet;
    for (uint8_t i = 0; i < 32; i++) {
        sheet.seed[i] = (uint8_t)(start + 7 * i);
        sheet.box_secret[i] = (uint8_t)(start + 100 + 5 * i);
    }
    return sheet;
}

/* The seven lines with their numbers, as on the sheet. */
static void print(char *out, const struct recovery *sheet) {
    out[0] = '\0';
    for (int i = 1; i <= RECOVERY_LINES; i++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, sheet, i);
        sprintf(out + strlen(out), "  %d: %s\n", i, line);
    }
}

static void what_was_printed_is_read_back(void **state) {
    (void)state;
    struct recovery sheet = sample(3), read;
    char text[2000] =
        "KLANKBORD\n\n  Naam: veiligheidscoördinator\r\nVingerafdruk: 7K3M-9QX2-04TB-HW5Z\n 8: niets\n\n",
         name[49];
    bool wrong[RECOVERY_LINES];
    print(text + strlen(text), &sheet);
    check_fault(recovery_read(&read, wrong, name, sizeof name, text), FAULT_NONE);
    assert_memory_equal(&read, &sheet, sizeof sheet);
    assert_string_equal(name, "veiligheidscoördinator");
}

/*
 * What people do: small letters, O for 0, I and l for 1, no hyphens, spaces instead, a dot behind the number.
 */
static void a_sloppy_hand_is_understood(void **state) {
    (void)state;
    struct recovery sheet = sample(11), read;
    char text[1000] = "", *at = text;
    bool wrong[RECOVERY_LINES];
    for (int i = 1; i <= RECOVERY_LINES; i++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, &sheet, i);
        at += sprintf(at, "%d%c", i, i % 2 ? '.' : ')');
        for (size_t k = 0; line[k]; k++) {
            char letter = line[k];
            letter = letter == '0' ? (i % 2 ? 'O' : 'o') : letter == '1' ? (i % 2 ? 'l' : 'I') : letter;
            if (letter != '-') {
                *at++ = (char)tolower((unsigned char)letter);
            } else if (i % 3 == 0) {
                *at++ = ' ';
            }
        }
        at += sprintf(at, i % 2 ? "\n" : " \r\n");
    }
    check_fault(recovery_read(&read, wrong, NULL, 0, text), FAULT_NONE);
    assert_memory_equal(&read, &sheet, sizeof sheet);
}

static void every_mistyped_character_is_found_in_its_line(void **state) {
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZU*";
    struct recovery sheet = sample(5);
    uint8_t out[RECOVERY_LINE_BYTES];
    for (int number = 1; number <= RECOVERY_LINES; number++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, &sheet, number);
        check_fault(recovery_line_read(out, line, number), FAULT_NONE);
        for (size_t k = 0; line[k]; k++) {
            char right = line[k];
            for (const char *wrong = alphabet; *wrong && right != '-'; wrong++) {
                line[k] = *wrong;
                check_fault(recovery_line_read(out, line, number),
                            *wrong == right ? FAULT_NONE : FAULT_RECOVERY_SHEET);
            }
            line[k] = right;
        }
    }
}

static void swapped_neighbours_and_a_line_too_short_or_too_long_are_found(void **state) {
    (void)state;
    struct recovery sheet = sample(9);
    uint8_t out[RECOVERY_LINE_BYTES];
    char line[RECOVERY_LINE_SIZE + 1];
    recovery_line(line, &sheet, 4);
    for (size_t k = 0; line[k + 1]; k++) {
        char a = line[k], b = line[k + 1];
        line[k] = b;
        line[k + 1] = a;
        if (a != b && a != '-' && b != '-') {
            check_fault(recovery_line_read(out, line, 4), FAULT_RECOVERY_SHEET);
        }
        line[k] = a;
        line[k + 1] = b;
    }
    strcat(line, "7");
    check_fault(recovery_line_read(out, line, 4), FAULT_RECOVERY_SHEET);
    line[RECOVERY_LINE_SIZE - 2] = '\0';
    check_fault(recovery_line_read(out, line, 4), FAULT_RECOVERY_SHEET);
    check_fault(recovery_line_read(out, "", 4), FAULT_RECOVERY_SHEET);
}

static void a_line_in_another_lines_place_is_found(void **state) {
    (void)state;
    struct recovery sheet = sample(5);
    uint8_t out[RECOVERY_LINE_BYTES];
    char line[RECOVERY_LINE_SIZE];
    recovery_line(line, &sheet, 2);
    check_fault(recovery_line_read(out, line, 3), FAULT_RECOVERY_SHEET);
    assert_true(sodium_is_zero(out, sizeof out));
}

static void missing_doubled_and_mistyped_lines_are_named(void **state) {
    (void)state;
    struct recovery sheet = sample(5), read;
    bool wrong[RECOVERY_LINES];
    char text[1000];
    print(text, &sheet);
    char *second = strstr(text, "2: "), *fourth = strstr(text, "4: "), *sixth = strstr(text, "6: ");
    second[0] = '9';
    fourth[5] = fourth[5] == 'A' ? 'B' : 'A';
    sixth[0] = '7';
    check_fault(recovery_read(&read, wrong, NULL, 0, text), FAULT_RECOVERY_SHEET);
    const bool expected[RECOVERY_LINES] = {false, true, false, true, false, true, true};
    assert_memory_equal(wrong, expected, sizeof expected);
    assert_true(sodium_is_zero((const uint8_t *)&read, sizeof read));
}

static void lines_of_two_sheets_do_not_mix(void **state) {
    (void)state;
    struct recovery one = sample(5), two = sample(5), read;
    two.box_secret[31] ^= 1; /* the next round's sheet of the same person */
    bool wrong[RECOVERY_LINES];
    char first[1000], second[1000];
    print(first, &one);
    print(second, &two);
    char *seventh = strstr(first, "7: ");
    strcpy(seventh, strstr(second, "7: "));
    check_fault(recovery_read(&read, wrong, NULL, 0, first), FAULT_RECOVERY_SHEET);
    assert_true(sodium_is_zero((const uint8_t *)&read, sizeof read));
}

static void the_sheet_of_a_later_version_is_recognised(void **state) {
    (void)state;
    struct recovery sheet = sample(5), read;
    uint8_t lines[RECOVERY_LINES][RECOVERY_LINE_BYTES];
    for (int i = 0; i < RECOVERY_LINES; i++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, &sheet, i + 1);
        check_fault(recovery_line_read(lines[i], line, i + 1), FAULT_NONE);
    }
    check_fault(recovery_join(&read, (const uint8_t(*)[RECOVERY_LINE_BYTES])lines), FAULT_NONE);
    lines[0][0] = 2;
    check_fault(recovery_join(&read, (const uint8_t(*)[RECOVERY_LINE_BYTES])lines), FAULT_VERSION);
    lines[0][0] = 1;
    lines[0][1] = 1;
    check_fault(recovery_join(&read, (const uint8_t(*)[RECOVERY_LINE_BYTES])lines), FAULT_RECOVERY_SHEET);
}

/* So that a sheet printed by an earlier build is still read: seed 00 01 … 1f, box secret 20 21 … 3f. */
static void a_sheet_from_before_still_reads(void **state) {
    (void)state;
    static const char *const lines[RECOVERY_LINES] = {
        "0401-4WZP-ZW00-20G3-MDPK", "0G2G-C1R8-1450-P30D-XCZ1", "1R7H-048J-2CA1-A5GQ-8172",
        "30CH-M6RW-3MF1-Y811-WSKH", "48HJ-8996-4WM2-JAHB-ASHP", "5GPJ-WBSG-64S3-6D1N-KR8W",
        "6RVK-GE9T-7CY3-TFHZ-QAN1",
    };
    struct recovery sheet;
    for (uint8_t i = 0; i < 32; i++) {
        sheet.seed[i] = i;
        sheet.box_secret[i] = (uint8_t)(32 + i);
    }
    for (int i = 0; i < RECOVERY_LINES; i++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, &sheet, i + 1);
        assert_string_equal(line, lines[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_printed_is_read_back),
        cmocka_unit_test(a_sloppy_hand_is_understood),
        cmocka_unit_test(every_mistyped_character_is_found_in_its_line),
        cmocka_unit_test(swapped_neighbours_and_a_line_too_short_or_too_long_are_found),
        cmocka_unit_test(a_line_in_another_lines_place_is_found),
        cmocka_unit_test(missing_doubled_and_mistyped_lines_are_named),
        cmocka_unit_test(lines_of_two_sheets_do_not_mix),
        cmocka_unit_test(the_sheet_of_a_later_version_is_recognised),
        cmocka_unit_test(a_sheet_from_before_still_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
