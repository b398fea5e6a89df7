/* SPDX-License-Identifier: Apache-2.0 */
#include <SDL_ttf.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/message_page.h"
#include "screen.h"

/*
 * Letters: their sizes on every screen, what they are like, and that there is one for everything that is
 * said.
 */

static void letters_of_one_hundred_percent_are_the_same_after_all_others(void **state) {
    (void)state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        struct theme theme = theme_for(screen_sizes[size][0], screen_sizes[size][1]);
        struct theme before = theme;
        for (int i = 0; i < 5 * THEME_SIZES; i++) {
            theme_enlarge(&theme, theme_percents[(i + 1) % THEME_SIZES]);
        }
        assert_int_equal(theme.percent, 100);
        assert_memory_equal(theme.text, before.text, sizeof before.text);
    }
}

static void sizes_follow_the_rules_on_every_screen(void **state) {
    (void)state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        struct theme theme = theme_for(screen_sizes[size][0], screen_sizes[size][1]);
        int unit = screen_sizes[size][0] * 3 / 4 < screen_sizes[size][1] ? screen_sizes[size][0] * 3 / 4
                                                                         : screen_sizes[size][1];
        assert_in_range(theme.text[THEME_QUESTION], unit / 24, unit / 22);
        assert_in_range(theme.text[THEME_LABEL], unit / 30, unit / 28);
        for (int i = 0; i < THEME_TEXTS; i++) {
            assert_true(theme.text[i] >= unit / 34);
        }
        assert_true(theme.target >= 64 && theme.target >= unit / 12);
        assert_true(theme.gap >= 10 && theme.ring >= 5 && theme.ring_gap >= 2);
        assert_true(theme.ring >= 2 * theme.border); /* told apart from an edge by more than its colour */
        for (enum theme_text i = 0; i < THEME_TEXTS; i++) {
            assert_in_range(text_line_height(&theme, i) * 10, theme.text[i] * 13, theme.text[i] * 16);
        }
        int tools_x = theme.width - theme.margin - theme.target;
        assert_true(theme.column_x == theme.margin ||
                    theme.column_x + theme.column_width <= tools_x - theme.gap - theme.ring_gap);
    }
}

static void a_font_without_the_letters_is_refused(void **state) {
    struct screen *screen = *state;
    struct font_set fonts;
    check_fault(font_open(&fonts, "no-such-font.ttf", &screen->theme), FAULT_FONT);
    check_fault(font_open(&fonts, TEST_SOURCE_FOLDER "/LICENSE", &screen->theme), FAULT_FONT);
    assert_int_equal(font_missing(&screen->fonts, "\xC5\x82\xC4\xB0\n\xD0\x87\xD8\xB3\xC2\xAD"),
                     0); /* Polish, Turkish, Ukrainian, Arabic */
    assert_int_equal(font_missing(&screen->fonts, "a\xE4\xBD\xA0"), 0x4F60);
    check_fault(font_check(&screen->fonts, "a\xE4\xBD\xA0"), FAULT_FONT);
}

/* As on a machine where only the first font is installed. */
static void without_the_arabic_font_the_fault_says_which(void **state) {
    struct screen *screen = *state;
    struct font_set fonts = screen->fonts;
    memset(fonts.font[FONT_ARABIC], 0, sizeof fonts.font[FONT_ARABIC]);
    check_fault(font_check(&fonts, "a"), FAULT_NONE);
    check_fault(font_check(&fonts, "a\xD8\xB3"), FAULT_FONT_ARABIC);
    check_fault(font_check(&fonts, "a\xE4\xBD\xA0"), FAULT_FONT);
    assert_int_equal(message_page_remedy(FAULT_FONT_ARABIC), STRINGS_MESSAGE_NEXT_FONT_ARABIC);
}

static void letters_are_upright_and_not_underlined(void **state) {
    struct screen *screen = *state;
    for (int font = 0; font < FONT_STACK; font++) {
        for (enum theme_text style = 0; style < THEME_TEXTS; style++) {
            int found = TTF_GetFontStyle(screen->fonts.font[font][style]);
            assert_true(found == TTF_STYLE_NORMAL || found == TTF_STYLE_BOLD); /* titles are bold */
        }
    }
}

static void every_text_of_the_interface_can_be_written(void **state) {
    struct screen *screen = *state;
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        for (enum strings_key key = 0; key < STRINGS_COUNT; key++) {
            uint32_t missing = font_missing(&screen->fonts, strings_get(&screen->strings[language], key));
            if (missing != 0) {
                fail_msg("%s, %s: no font has U+%04X", strings_code(language), strings_key_name(key),
                         missing);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_one_hundred_percent_are_the_same_after_all_others),
        cmocka_unit_test(sizes_follow_the_rules_on_every_screen),
        cmocka_unit_test_setup_teardown(a_font_without_the_letters_is_refused, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(without_the_arabic_font_the_fault_says_which, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(letters_are_upright_and_not_underlined, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_text_of_the_interface_can_be_written, screen_setup,
                                        screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
