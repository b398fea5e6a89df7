/* SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "check.h"
#include "foreign_signs.h"
#include "kiosk/strings.h"
#include "platform/file.h"
#include "platform/folder.h"

/* ---- reading ---- */

/* Every key with the text "x", so that one line can be changed at a time. */
static char *all_keys(void) {
    char *text = calloc(STRINGS_COUNT, 80);
    assert_non_null(text);
    for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
        strcat(text, strings_key_name(i));
        strcat(text, " = x\n");
    }
    return text;
}

static enum fault read_with(const char *extra) {
    struct strings strings;
    char *text = all_keys();
    char *whole = malloc(strlen(text) + strlen(extra) + 1);
    assert_non_null(whole);
    strcpy(whole, text);
    strcat(whole, extra);
    enum fault fault = strings_read(&strings, STRINGS_NL, whole, NULL);
    strings_close(&strings);
    free(whole);
    free(text);
    return fault;
}

static void one_defect_gives_one_fault(void **state) {
    (void)state;
    check_fault(read_with(""), FAULT_NONE);
    check_fault(read_with("# a comment\n\n"), FAULT_NONE);
    check_fault(read_with("no equals sign\n"), FAULT_TEXT);
    check_fault(read_with("ready.title =\n"), FAULT_TEXT);
    check_fault(read_with("ready.title = \n"), FAULT_TEXT);
    check_fault(read_with("no.such.key = x\n"), FAULT_FIELD_UNKNOWN);
    check_fault(read_with("ready.title = again\n"), FAULT_FIELD_ORDER);
    check_fault(read_with("# \xC3\x28\n"), FAULT_TEXT);
    check_fault(read_with("# a\tb\n"), FAULT_TEXT);
}

static void a_missing_key_is_noticed(void **state) {
    struct strings strings;
    char *text = all_keys();
    (void)state;
    check_fault(strings_read(&strings, STRINGS_NL, strchr(text, '\n') + 1, NULL), FAULT_FIELD_MISSING);
    assert_null(strings.storage);
    free(text);
}

static void a_text_that_is_too_long_is_refused(void **state) {
    struct strings strings;
    char text[STRINGS_TEXT_SIZE + 40];
    int at = snprintf(text, sizeof text, "%s = ", strings_key_name(0));
    (void)state;
    memset(text + at, 'a', STRINGS_TEXT_SIZE);
    text[at + STRINGS_TEXT_SIZE] = '\0';
    check_fault(strings_read(&strings, STRINGS_NL, text, NULL), FAULT_LIMIT);
    text[at + STRINGS_TEXT_SIZE - 1] = '\0';
    check_fault(strings_read(&strings, STRINGS_NL, text, NULL), FAULT_FIELD_MISSING);
}

static void a_missing_text_is_lent_and_marked(void **state) {
    struct strings dutch;
    struct strings strings;
    char text[96];
    (void)state;
    snprintf(text, sizeof text, "%s = eigen\n", strings_key_name(STRINGS_READY_TITLE));
    check_fault(strings_open(&dutch, STRINGS_NL), FAULT_NONE);
    check_fault(strings_read(&strings, STRINGS_TR, text, &dutch), FAULT_NONE);
    strings_close(&dutch);
    assert_string_equal(strings_get(&strings, STRINGS_READY_TITLE), "eigen");
    assert_false(strings_is_lent(&strings, STRINGS_READY_TITLE));
    assert_string_equal(strings_get(&strings, STRINGS_QUESTION_BACK), "[NL] Terug");
    assert_true(strings_is_lent(&strings, STRINGS_QUESTION_BACK));
    strings_close(&strings);
    check_fault(strings_read(&strings, STRINGS_TR, "no.such.key = x\n", &dutch), FAULT_FIELD_UNKNOWN);
    assert_null(strings.storage);
    assert_null(strings.lent);
}

static void a_language_is_known_by_its_code(void **state) {
    (void)state;
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        assert_int_equal(strings_language_of(strings_code(i)), i);
    }
    assert_int_equal(strings_language_of("fr"), STRINGS_NL);
    assert_true(strings_run_from_right("ar"));
    assert_false(strings_run_from_right("uk"));
}

/* ---- filling in ---- */

static void formatted(char *out, size_t capacity, const char *text) {
    struct strings strings = {0};
    struct strings_value values[] = {{"count", NULL, 7}, {"class", "2A", 0}};
    strings.text[0] = text;
    strings_format(out, capacity, &strings, (enum strings_key)0, values, 2);
}

static void placeholders_are_filled_in_and_others_stay(void **state) {
    char out[64];
    (void)state;
    formatted(out, sizeof out, "{class}: {count} of {limit} {");
    assert_string_equal(out, "2A: 7 of {limit} {");
    formatted(out, sizeof out, "{count}{class}");
    assert_string_equal(out, "72A");
    formatted(out, sizeof out, "");
    assert_string_equal(out, "");
}

static void a_cut_falls_between_characters(void **state) {
    char out[6];
    (void)state;
    formatted(out, sizeof out, "abcd\xE2\x82\xAC");
    assert_string_equal(out, "abcd");
    formatted(out, sizeof out,
              "ab\xE2\x82\xAC"
              "c{count}");
    assert_string_equal(out, "ab\xE2\x82\xAC");
}

/* ---- the texts themselves ---- */

static void next_placeholder(const char **at, char out[32]) {
    const char *open = strchr(*at, '{');
    out[0] = '\0';
    if (open != NULL) {
        const char *close = strchr(open, '}');
        assert_non_null(close);
        assert_true(close - open < 32);
        memcpy(out, open, (size_t)(close - open));
        out[close - open] = '\0';
        *at = close;
    }
}

static bool has_all_placeholders(const char *of, const char *in) {
    char name[32];
    for (next_placeholder(&of, name); name[0] != '\0'; next_placeholder(&of, name)) {
        if (strstr(in, name) == NULL) {
            return false;
        }
    }
    return true;
}

/* The mentor's texts are only in the first languages; whatever is there must be right. */
static void every_language_has_its_keys_and_placeholders(void **state) {
    struct strings nl;
    struct strings own;
    (void)state;
    check_fault(strings_open(&nl, STRINGS_NL), FAULT_NONE);
    for (enum strings_language language = STRINGS_EN; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&own, language), FAULT_NONE);
        for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
            const char *dutch = strings_get(&nl, i);
            const char *text = strings_get(&own, i);
            bool needed = language < STRINGS_MENTOR_LANGUAGES || strings_key_reader(i) == STRINGS_FOR_PUPILS;
            if (needed && strings_is_lent(&own, i)) {
                fail_msg("assets/strings/%s.strings lacks %s", strings_code(language), strings_key_name(i));
            }
            if (!needed && !strings_is_lent(&own, i)) {
                fail_msg("assets/strings/%s.strings has %s, which only the mentor sees",
                         strings_code(language), strings_key_name(i));
            }
            if (!has_all_placeholders(dutch, text) || !has_all_placeholders(text, dutch)) {
                fail_msg("%s: the placeholders of %s differ", strings_code(language), strings_key_name(i));
            }
        }
        strings_close(&own);
    }
    strings_close(&nl);
}

static void every_language_writes_its_own_signs(void **state) {
    struct strings own;
    (void)state;
    for (enum strings_language language = STRINGS_NL; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&own, language), FAULT_NONE);
        for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
            const char *sign = foreign_sign(strings_code(language), strings_get(&own, i));
            if (!strings_is_lent(&own, i) && sign != NULL) {
                fail_msg("%s: %s has %s", strings_code(language), strings_key_name(i), sign);
            }
        }
        strings_close(&own);
    }
}

static bool begins_with_a_capital(const char *text) {
    wchar_t first = 0;
    return strncmp(text, "I ", 2) != 0 && mbtowc(&first, text, strlen(text)) > 0 && iswupper((wint_t)first);
}

static void check_practice(const struct strings *own, const char *questionnaire) {
    struct bytes_buffer sheet = {0};
    check_fault(file_read(&sheet, questionnaire, 1 << 20), FAULT_NONE);
    bytes_put_u8(&sheet, 0);
    for (enum strings_key i = STRINGS_PRACTICE_FIRST; i <= STRINGS_PRACTICE_RATHER_NOT; i++) {
        if (begins_with_a_capital(strings_get(own, i))) {
            fail_msg("%s begins with a capital: %s", strings_key_name(i), strings_get(own, i));
        }
    }
    for (enum strings_key i = STRINGS_PRACTICE_DONT_KNOW; i <= STRINGS_PRACTICE_RATHER_NOT; i++) {
        char cell[256];
        snprintf(cell, sizeof cell, ",%s,", strings_get(own, i));
        if (strstr((const char *)sheet.data, cell) == NULL) {
            fail_msg("%s is said otherwise in %s: %s", strings_key_name(i), questionnaire,
                     strings_get(own, i));
        }
    }
    bytes_buffer_release(&sheet);
}

static void practice_answers_are_written_as_those_of_the_questionnaires(void **state) {
    struct strings own;
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    assert_true(begins_with_a_capital("\u00D6l") && !begins_with_a_capital("\u00F6l"));
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&own, language), FAULT_NONE);
        check_practice(&own, TEST_SOURCE_FOLDER "/questionnaires/primary/questionnaire.csv");
        check_practice(&own, TEST_SOURCE_FOLDER "/questionnaires/secondary/questionnaire.csv");
        strings_close(&own);
    }
    setlocale(LC_CTYPE, "C");
}

static size_t characters(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

static size_t longest_for(const char *name) {
    static const char *const buttons[] = {"ready.start",   "question.back", "question.stop",
                                          "question.skip", "question.next", "check.send",
                                          "pin.erase",     "pin.enter",     "app.mentor"};
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
        if (strcmp(buttons[i], name) == 0) {
            return 16; /* beside three others on a small screen */
        }
    }
    return strstr(name, ".title") != NULL ? 40 : 260;
}

/* Pages are made for Dutch: a third more and a few letters is what they have room for. */
static size_t longest_beside(const char *dutch) {
    return characters(dutch) * 4 / 3 + 14;
}

static void no_text_is_longer_than_its_place(void **state) {
    struct strings nl;
    struct strings strings;
    (void)state;
    check_fault(strings_open(&nl, STRINGS_NL), FAULT_NONE);
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&strings, language), FAULT_NONE);
        for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
            size_t size = characters(strings_get(&strings, i));
            size_t longest = longest_for(strings_key_name(i));
            size_t beside = longest_beside(strings_get(&nl, i));
            if (!strings_is_lent(&strings, i) && (size > longest || size > beside)) {
                fail_msg("%s: %s has %zu characters, which is too long: %s", strings_code(language),
                         strings_key_name(i), size, strings_get(&strings, i));
            }
        }
        strings_close(&strings);
    }
    strings_close(&nl);
}

/* Latin and Cyrillic; what other signs there are breaks a row of them, which only makes this laxer. */
static bool is_capital(const char *at) {
    const unsigned char *byte = (const unsigned char *)at;
    return (*at >= 'A' && *at <= 'Z') || (byte[0] == 0xD0 && byte[1] >= 0x90 && byte[1] <= 0xAF);
}

static int capitals_in_a_row(const char *text) {
    int most = 0;
    int row = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (((unsigned char)*at & 0xC0) == 0x80) {
            continue; /* the second byte of a letter */
        }
        row = is_capital(at) ? row + 1 : 0;
        most = row > most ? row : most;
    }
    return most;
}

/* Who learns to read knows a word by its shape. The two marks are for whoever passes by and sees a screen. */
static void no_word_that_pupils_read_is_in_capitals(void **state) {
    struct strings turkish; /* has what pupils see, and nothing else */
    struct strings strings;
    (void)state;
    check_fault(strings_open(&turkish, STRINGS_TR), FAULT_NONE);
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&strings, language), FAULT_NONE);
        for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
            bool mark = i == STRINGS_PREVIEW_MARK || i == STRINGS_APP_REHEARSAL;
            const char *text = strings_get(&strings, i);
            if (!mark && !strings_is_lent(&turkish, i) && capitals_in_a_row(text) > 2) {
                fail_msg("%s: %s is in capitals: %s", strings_code(language), strings_key_name(i), text);
            }
        }
        strings_close(&strings);
    }
    strings_close(&turkish);
}

/* A text that slipped through untranslated; names and OK are the same everywhere. */
static void nothing_was_left_in_dutch(void **state) {
    struct strings nl;
    struct strings strings;
    (void)state;
    check_fault(strings_open(&nl, STRINGS_NL), FAULT_NONE);
    for (enum strings_language language = STRINGS_EN; language < STRINGS_LANGUAGES; language++) {
        check_fault(strings_open(&strings, language), FAULT_NONE);
        for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
            const char *dutch = strings_get(&nl, i);
            bool words = characters(dutch) > 12 && strchr(dutch, ' ') != NULL && strchr(dutch, '{') == NULL;
            if (words && strcmp(dutch, strings_get(&strings, i)) == 0) {
                fail_msg("%s: %s is still Dutch", strings_code(language), strings_key_name(i));
            }
        }
        strings_close(&strings);
    }
    strings_close(&nl);
}

/* Who relies on a translation must be able to see whether somebody who speaks it has read it. */
static void every_translation_says_who_has_read_it(void **state) {
    (void)state;
    for (enum strings_language language = STRINGS_MENTOR_LANGUAGES; language < STRINGS_LANGUAGES;
         language++) {
        struct bytes_buffer content = {0};
        char path[1024];
        snprintf(path, sizeof path, "%s/assets/strings/%s.strings", TEST_SOURCE_FOLDER,
                 strings_code(language));
        check_fault(file_read(&content, path, 1 << 20), FAULT_NONE);
        bytes_put_u8(&content, 0);
        check_fault(content.fault, FAULT_NONE);
        const char *mark = strstr((const char *)content.data, "\n# Read by a native speaker: ");
        if (mark == NULL || (strncmp(mark + 29, "no\n", 3) != 0 && strncmp(mark + 29, "yes, 20", 7) != 0)) {
            fail_msg("%s: no line \"# Read by a native speaker: no\", or \"yes, \" with the date", path);
        }
        bytes_buffer_release(&content);
    }
}

/* ---- every key is used: the constant occurs in the kiosk's source ---- */

static void add_folder(struct bytes_buffer *all, const char *folder) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, ".c"), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        struct bytes_buffer content = {0};
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        check_fault(file_read(&content, path, 1 << 20), FAULT_NONE);
        bytes_put(all, content.data, content.size);
        bytes_buffer_release(&content);
    }
    folder_names_release(&names);
}

static void constant_of(char out[96], const char *name) {
    int size = snprintf(out, 96, "STRINGS_%s", name);
    assert_true(size > 0 && size < 96);
    for (char *at = out; *at != '\0'; at++) {
        *at = *at == '.' ? '_' : *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
    }
}

static bool contains_word(const char *text, const char *word) {
    size_t size = strlen(word);
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        char after = at[size];
        if (after != '_' && !(after >= 'A' && after <= 'Z') && !(after >= '0' && after <= '9')) {
            return true;
        }
    }
    return false;
}

static void every_key_is_used(void **state) {
    struct bytes_buffer all = {0};
    (void)state;
    add_folder(&all, TEST_SOURCE_FOLDER "/kiosk");
    add_folder(&all, TEST_SOURCE_FOLDER "/kiosk/ui");
    bytes_put_u8(&all, 0);
    check_fault(all.fault, FAULT_NONE);
    for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
        char constant[96];
        constant_of(constant, strings_key_name(i));
        if (!contains_word((const char *)all.data, constant)) {
            fail_msg("%s is used nowhere", strings_key_name(i));
        }
    }
    bytes_buffer_release(&all);
}

static int line_feeds(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\n';
    }
    return count;
}

/* They stand in the same places on the screen. */
static void both_endings_have_as_many_paragraphs_in_every_language(void **state) {
    (void)state;
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        struct strings strings;
        check_fault(strings_open(&strings, language), FAULT_NONE);
        assert_int_equal(line_feeds(strings_get(&strings, STRINGS_QUIET_TEXT)), 2);
        assert_int_equal(line_feeds(strings_get(&strings, STRINGS_THANKS_TEXT)), 2);
        strings_close(&strings);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_defect_gives_one_fault),
        cmocka_unit_test(a_missing_key_is_noticed),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
        cmocka_unit_test(placeholders_are_filled_in_and_others_stay),
        cmocka_unit_test(a_cut_falls_between_characters),
        cmocka_unit_test(a_missing_text_is_lent_and_marked),
        cmocka_unit_test(a_language_is_known_by_its_code),
        cmocka_unit_test(every_language_has_its_keys_and_placeholders),
        cmocka_unit_test(every_language_writes_its_own_signs),
        cmocka_unit_test(practice_answers_are_written_as_those_of_the_questionnaires),
        cmocka_unit_test(no_text_is_longer_than_its_place),
        cmocka_unit_test(no_word_that_pupils_read_is_in_capitals),
        cmocka_unit_test(nothing_was_left_in_dutch),
        cmocka_unit_test(every_translation_says_who_has_read_it),
        cmocka_unit_test(every_key_is_used),
        cmocka_unit_test(both_endings_have_as_many_paragraphs_in_every_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
