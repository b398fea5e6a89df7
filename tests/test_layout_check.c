/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/layout_check.h"
#include "kiosk/preview.h"
#include "platform/file.h"
#include "sample_questionnaire.h"
#include "sample_round.h"

/* What was told, of one page or of all. */
struct told {
    const char *page; /* NULL: all of them */
    int count, kind[6], widest, largest_percent;
};

static void note(void *context, const struct layout_check_finding *finding) {
    struct told *told = context;
    if (told->page != NULL && strcmp(told->page, finding->page) != 0) {
        return;
    }
    assert_true(finding->kind != LAYOUT_CHECK_EXCESS || finding->excess > 0);
    told->count++;
    told->kind[finding->kind]++;
    told->widest = finding->excess > told->widest ? finding->excess : told->widest;
    told->largest_percent =
        finding->percent > told->largest_percent ? finding->percent : told->largest_percent;
}

static int setup(void **state) {
    static const struct sample_class classes[] = {{"2A", 2, 24, 0}};
    *state = sample_round_new(classes, 1, 1);
    return 0;
}

static int teardown(void **state) {
    sample_round_free(*state);
    return 0;
}

static struct told look(const struct sample_round *sample, const char *page) {
    struct told told = {.page = page};
    struct layout_check_totals totals;
    check_fault(layout_check_run(&totals, sample->round, NULL, note, &told), FAULT_NONE);
    assert_true(totals.pages > 0 && totals.findings >= (unsigned)told.count);
    return told;
}

/* The first question, and its Dutch label as it was. */
static struct questionnaire_item *first_question(const struct sample_round *sample) {
    struct questionnaire_item *item = sample->round->questionnaire->item;
    while (item->kind == QUESTIONNAIRE_NOTE) {
        item++;
    }
    return item;
}

static void set_label(struct questionnaire_item *item, const char *text) {
    free(item->label.in[0]);
    item->label.in[0] = strdup(text);
    assert_non_null(item->label.in[0]);
}

static void a_short_question_fits_on_every_screen_in_every_size(void **state) {
    struct questionnaire_item *item = first_question(*state);
    set_label(item, "Hoe gaat het?");
    assert_int_equal(look(*state, item->name).count, 0);
}

static void label_of_sentences(struct questionnaire_item *item, int count) {
    char text[1300] = "";
    for (int i = 0; i < count; i++) {
        strcat(text, "Nog een zin. ");
    }
    set_label(item, text);
}

/* Behind a button there is always more room, but up to 125 % all answers must be seen at once. */
static void a_question_that_is_too_long_is_named_with_its_pixels(void **state) {
    struct questionnaire_item *item = first_question(*state);
    label_of_sentences(item, 60);
    struct told told = look(*state, item->name);
    assert_int_equal(told.count, 6); /* three screens, two sizes, one language; the other's label is short */
    assert_int_equal(told.kind[LAYOUT_CHECK_PARTED], 6);
    assert_in_range(told.widest, 200, 1500);
    assert_int_equal(told.largest_percent, 125);
}

static void a_text_that_no_page_can_hold_is_named(void **state) {
    struct questionnaire_item *item = first_question(*state);
    label_of_sentences(item, 90); /* more than BIDI_CHARACTERS without a line feed */
    struct told told = look(*state, item->name);
    assert_int_equal(told.kind[LAYOUT_CHECK_FULL], 12);
}

/* One word that fits only where the letters are small: its soft hyphen is the remedy. */
static void a_word_that_is_too_wide_is_named_until_it_may_be_broken(void **state) {
    struct questionnaire_item *item = first_question(*state);
    set_label(item, "Meervoudigepersoonlijkheidsstoornissenbehandeling?");
    struct told told = look(*state, item->name);
    assert_true(told.count > 0 && told.count < 12);
    assert_int_equal(told.largest_percent, 200);
    set_label(item, "Meervoudige\xC2\xADpersoonlijkheids\xC2\xADstoornissen\xC2\xAD"
                    "behandeling?");
    assert_true(look(*state, item->name).count < told.count);
}

static void a_letter_that_no_font_has_is_told_once_with_its_place(void **state) {
    struct questionnaire_item *item = first_question(*state);
    set_label(item, "\xE4\xBD\xA0?");
    struct told told = look(*state, item->name);
    assert_int_equal(told.kind[LAYOUT_CHECK_LETTER], 1);
    set_label(item, "\xD8\xB3?");
    assert_int_equal(look(*state, item->name).kind[LAYOUT_CHECK_LETTER], 0);
}

/* ---- the file and what is printed ---- */

static void write_file(const char *path, struct bytes content) {
    (void)remove(path);
    check_fault(file_write_new(path, content, FILE_SHARED), FAULT_NONE);
}

static void a_compiled_questionnaire_is_read_and_other_files_are_refused(void **state) {
    struct sample_round *sample = *state;
    struct bytes_buffer content = {0};
    struct round *round = NULL;
    (void)sample;
    check_fault(questionnaire_encode(&content, sample->round->questionnaire), FAULT_NONE);
    write_file("layout_check.klq", bytes_buffer_view(&content));
    check_fault(preview_read(&round, "layout_check.klq"), FAULT_NONE);
    assert_int_equal(round->language_count, sample->round->questionnaire->language_count);
    round = round_free(round);
    content.data[content.size - 1] ^= 1;
    write_file("layout_check.klq", (struct bytes){content.data, content.size - 1});
    check_fault(preview_read(&round, "layout_check.klq"), FAULT_TRUNCATED);
    assert_null(round);
    write_file("layout_check.klq", (struct bytes){(const uint8_t *)"type,name", 9});
    check_fault(preview_read(&round, "layout_check.klq"), FAULT_MAGIC);
    (void)remove("layout_check.klq");
    check_fault(preview_read(&round, "layout_check.klq"), FAULT_FILE_MISSING);
    bytes_buffer_release(&content);
}

static void printed(char *out, size_t capacity, enum strings_language language, enum fault expected) {
    struct strings strings;
    FILE *file = tmpfile();
    assert_non_null(file);
    check_fault(strings_open(&strings, language), FAULT_NONE);
    check_fault(layout_check_print(file, &strings, "layout_check.klq", NULL), expected);
    rewind(file);
    out[fread(out, 1, capacity - 1, file)] = '\0';
    strings_close(&strings);
    fclose(file);
}

static void the_command_says_which_page_where_and_by_how_much(void **state) {
    struct sample_round *sample = *state;
    struct bytes_buffer content = {0};
    static char text[65536];
    char line[200];
    int excess = 0;
    set_label(first_question(sample), "Meervoudigepersoonlijkheidsstoornissenbehandelingsmethodes?");
    check_fault(questionnaire_encode(&content, sample->round->questionnaire), FAULT_NONE);
    write_file("layout_check.klq", bytes_buffer_view(&content));
    printed(text, sizeof text, STRINGS_EN, FAULT_QUESTIONNAIRE);
    snprintf(line, sizeof line, "nl 1024x768 200%%: %s is ", first_question(sample)->name);
    const char *at = strstr(text, line);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(line), "%d pixels too large", &excess), 1);
    assert_true(excess > 0);
    printed(text, sizeof text, STRINGS_NL, FAULT_QUESTIONNAIRE);
    assert_non_null(strstr(text, "pixels te groot\n"));
    assert_non_null(strstr(text, "\n2 talen, "));
    (void)remove("layout_check.klq");
    bytes_buffer_release(&content);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(a_short_question_fits_on_every_screen_in_every_size),
        case_of(a_question_that_is_too_long_is_named_with_its_pixels),
        case_of(a_text_that_no_page_can_hold_is_named),
        case_of(a_word_that_is_too_wide_is_named_until_it_may_be_broken),
        case_of(a_letter_that_no_font_has_is_told_once_with_its_place),
        case_of(a_compiled_questionnaire_is_read_and_other_files_are_refused),
        case_of(the_command_says_which_page_where_and_by_how_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
