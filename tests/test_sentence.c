/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check.h"
#include "kiosk/ui/sentence.h"

/* Whether the text ends a sentence where its first bar stands, which is left out. */
static bool ends(const char *marked) {
    char text[200];
    const char *bar = strchr(marked, '|');
    assert_non_null(bar);
    size_t at = (size_t)(bar - marked);
    memcpy(text, marked, at);
    strcpy(text + at, bar + 1);
    return sentence_ends_at(text, at);
}

static void a_sentence_ends_with_its_sign(void **state) {
    (void)state;
    assert_true(ends("Heb je hulp nodig?| Vertel het."));
    assert_true(ends("Vertel het.| Dit leest iedereen."));
    assert_true(ends("Doe het!|"));
    assert_true(ends("Kies \u2018dat\u2019.\u2019| Goed."));
    assert_true(ends("Kies (dat.)| Goed."));
    assert_true(ends("\u0647\u0644\u061F| \u0646\u0639\u0645"));
}

static void a_line_feed_ends_whatever_stands_before_it(void **state) {
    (void)state;
    assert_true(ends("Kindertelefoon|\n0800-0432"));
}

static void neither_a_colon_nor_a_word_nor_an_abbreviation_ends_one(void **state) {
    (void)state;
    assert_false(ends("de Kindertelefoon:| 0800-0432."));
    assert_false(ends("Dit| leest iedereen."));
    assert_false(ends("Bel bijv.| je oma."));
    assert_false(ends("Bel tel.| 113."));
    assert_false(ends("Bel 0.|8 keer."));
    assert_false(ends(".|x"));
    assert_false(ends("| x"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_ends_with_its_sign),
        cmocka_unit_test(a_line_feed_ends_whatever_stands_before_it),
        cmocka_unit_test(neither_a_colon_nor_a_word_nor_an_abbreviation_ends_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
