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
    assert_true(ends("Doe het!| Vertel het."));
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
    assert_false(ends("Bel:| De Kindertelefoon."));
    assert_false(ends("Dit| leest iedereen."));
    assert_false(ends("Bel bijv.| je oma."));
    assert_false(ends("Bel tel.| 113."));
    assert_false(ends("Bel 0.|8 keer."));
    assert_false(ends(".|x"));
    assert_false(ends("| x"));
}

/* Small letters beyond a to z: of Polish, Turkish and Ukrainian. */
static void a_small_letter_of_any_language_goes_on(void **state) {
    (void)state;
    assert_false(ends("np.| \u015Bnieg"));
    assert_false(ends("z\u0142.| \u0142\u00F3d\u017A"));
    assert_false(ends("dk.| \u0131\u015F\u0131k"));
    assert_false(ends("\u0442.| \u0434."));                                     /* т. д. */
    assert_false(ends("\u0442\u0430 \u0456\u043D.| \u0443\u0447\u043D\u0456")); /* та ін. учні */
    assert_false(ends("\u0440\u043E\u043A.| \u0457\u0457"));                    /* рок. її */
    assert_true(ends("Nie.| \u015Awietnie."));                                  /* capitals */
    assert_true(ends("Evet.| \u0130yi."));                                      /* İ */
    assert_true(ends("\u0422\u0430\u043A.| \u0406\u043D\u0448\u0456"));         /* Так. Інші */
    assert_true(ends("\u0442\u0430 \u0456\u043D.| \u0423\u0447\u043D\u0456"));  /* та ін. Учні */
    assert_true(ends("\u0646\u0639\u0645.| \u0644\u0627"));                     /* no letter is small */
}

static void neither_an_initial_nor_a_shortened_word_before_a_name_ends_one(void **state) {
    (void)state;
    assert_false(ends("Bel dhr.| Jansen."));
    assert_false(ends("bijv.| Nederland"));
    assert_false(ends("Met J.| Jansen."));
    assert_false(ends("Met een ander (J.| Jansen)."));
    assert_false(ends("m.b.v.| Jan"));
    assert_false(ends("Ask Mr.| Smith."));
    assert_false(ends("\u043D\u0430\u043F\u0440.| \u041A\u0438\u0457\u0432")); /* напр. Київ */
    assert_false(ends("\u0432\u0443\u043B.| \u041B\u0435\u0441\u0456"));       /* вул. Лесі */
    assert_false(ends("\u0456 \u0442. \u0434.| \u0410\u043B\u0435"));          /* і т. д. Але */
    assert_false(ends("\u0645\u0639 \u062F.| \u0623\u062D\u0645\u062F"));      /* مع د. أحمد */
    assert_true(ends("So do I.| Then we go."));
    assert_true(ends("\u0426\u0435 \u044F.| \u0422\u0438?")); /* Це я. Ти? */
    assert_true(ends("Weet je wat?| Jan"));
    assert_true(ends("(Zie 2A.)| Goed."));
}

static void a_number_ends_one_but_where_it_numbers_what_follows(void **state) {
    (void)state;
    assert_true(ends("Bel 0800-0432.| Dit leest iedereen."));
    assert_true(ends("Bel 0800\u20110432.| Dit leest iedereen."));
    assert_true(ends("Het zijn er 3.| Kies er een."));
    assert_true(ends("Zijn het er 3?| Kies er een."));
    assert_false(ends("Bel 0800.| 0432"));
    assert_false(ends("in de 3.| klas"));
    assert_false(ends("1.| Ga zitten."));
    assert_false(ends("Doe dit:\n12.| Ga zitten."));
    assert_true(ends("Doe dit:\n12 keer.| Ga zitten."));
}

static void a_space_at_the_end_of_the_text_is_no_fault(void **state) {
    (void)state;
    assert_true(ends("Goed.| "));
    assert_false(ends("Goed| "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_ends_with_its_sign),
        cmocka_unit_test(a_line_feed_ends_whatever_stands_before_it),
        cmocka_unit_test(neither_a_colon_nor_a_word_nor_an_abbreviation_ends_one),
        cmocka_unit_test(a_small_letter_of_any_language_goes_on),
        cmocka_unit_test(neither_an_initial_nor_a_shortened_word_before_a_name_ends_one),
        cmocka_unit_test(a_number_ends_one_but_where_it_numbers_what_follows),
        cmocka_unit_test(a_space_at_the_end_of_the_text_is_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
