/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/paragraph.h"
#include "kiosk/ui/paragraph_cache.h"

/*
 * Run lists and positions, with fonts that are easy to reckon with: every character is ten pixels wide, marks
 * none.
 * Written as in UAX #9: capitals stand for Arabic letters, ' for an Arabic mark above, # for a soft hyphen,
 * small letters and digits for themselves. Font 0 has Latin and Cyrillic letters, digits and signs; font 1
 * has Arabic letters and signs; nobody has U+4F60.
 */

enum { LINE = 60 };

/* ---- texts ---- */

static void put_utf8(char **to, uint32_t character) {
    if (character < 0x80) {
        *(*to)++ = (char)character;
    } else if (character < 0x800) {
        *(*to)++ = (char)(0xC0 | character >> 6);
        *(*to)++ = (char)(0x80 | (character & 0x3F));
    } else {
        *(*to)++ = (char)(0xE0 | character >> 12);
        *(*to)++ = (char)(0x80 | (character >> 6 & 0x3F));
        *(*to)++ = (char)(0x80 | (character & 0x3F));
    }
}

/* A to Z are letters of Arabic in a row, all of them of the type AL. */
static uint32_t stands_for(char letter) {
    return letter >= 'A' && letter <= 'G'   ? (uint32_t)(0x0628 + letter - 'A')
           : letter >= 'H' && letter <= 'Z' ? (uint32_t)(0x0671 + letter - 'H')
           : letter == '\''                 ? 0x064B
           : letter == '#'                  ? 0x00AD
                                            : (unsigned char)letter;
}

static void real(char *out, const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x80) {
            put_utf8(&out, stands_for(*text));
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

static void put_readable(char **to, uint32_t character) {
    for (char letter = ' '; letter < 127; letter++) {
        if (stands_for(letter) == character) {
            *(*to)++ = letter;
            return;
        }
    }
    put_utf8(to, character);
}

/* ---- fonts ---- */

static bool is_arabic(uint32_t character) {
    return character >= 0x0600 && character <= 0x06FF;
}

static bool font_has(const void *context, unsigned font, uint32_t character) {
    (void)context;
    bool sign = character < 0x80 && strchr(" .,:;!?()-/", (int)character) != NULL;
    return character != 0x4F60 && (font == 1 ? is_arabic(character) || sign : !is_arabic(character));
}

static int font_of(const void *context, uint32_t character) {
    return font_has(context, 0, character) ? 0 : font_has(context, 1, character) ? 1 : -1;
}

static int ten_each(const void *context, const struct paragraph_run *run, const char *text) {
    char drawn[2048];
    const char *at = drawn;
    int width = 0;
    (void)context;
    paragraph_copy_run(drawn, sizeof drawn, run, text);
    while (*at != '\0') {
        width += bidi_next(&at) == 0x064B ? 0 : 10;
    }
    return width;
}

static const struct paragraph_letters letters = {NULL, font_of, font_has, ten_each};

/* ---- what comes out, as a text ---- */

struct laid {
    struct paragraph_line line[32];
    struct paragraph_run run[128];
    struct paragraph_room room;
    struct paragraph_fit fit;
    char text[4096];
};

static void lay(struct laid *out, const char *text, int width, bool page_from_right) {
    real(out->text, text);
    out->room = (struct paragraph_room){out->line, 32, 0, out->run, 128, 0};
    out->fit = paragraph_lay(&out->room, &letters, out->text,
                             (struct paragraph_measure){width, LINE, page_from_right, false, false});
}

/*
 * One line a line: "<" or ">" for the paragraph's direction, then for each run its place, font, direction and
 * text.
 */
static void put_run(char **to, const struct laid *laid, const struct paragraph_run *run) {
    char drawn[2048];
    const char *at = drawn;
    paragraph_copy_run(drawn, sizeof drawn, run, laid->text);
    *to += sprintf(*to, " %d%c%s[", run->x, run->font == 0 ? 'a' : 'b', run->from_right ? "<" : "");
    while (*at != '\0') {
        put_readable(to, bidi_next(&at));
    }
    *to += sprintf(*to, "]");
}

static void check_runs(const char *text, int width, bool page_from_right, const char *expected) {
    struct laid laid;
    char found[4096];
    char *to = found;
    lay(&laid, text, width, page_from_right);
    assert_true(laid.fit.complete);
    for (size_t i = 0; i < laid.room.line_count; i++) {
        const struct paragraph_line *line = &laid.line[i];
        *to++ = line->from_right ? '<' : '>';
        for (size_t j = 0; j < line->run_count; j++) {
            put_run(&to, &laid, &laid.run[line->run_first + j]);
        }
        *to++ = '\n';
    }
    *to = '\0';
    assert_string_equal(found, expected);
}

static void check_levels(const char *text, bool page_from_right, const char *expected) {
    static struct bidi_text bidi;
    char whole[512];
    char found[512];
    real(whole, text);
    assert_true(bidi_read(&bidi, whole, strlen(whole), page_from_right));
    for (size_t i = 0; i < bidi.count; i++) {
        found[i] = (char)('0' + bidi.level[i]);
    }
    found[bidi.count] = '\0';
    assert_string_equal(found, expected);
}

/* ---- levels, after the kinds of the Unicode bidi tests ---- */

static void letters_and_spaces_have_their_levels(void **state) {
    (void)state;
    check_levels("abc", false, "000");
    check_levels("ABC", true, "111");
    check_levels("abc DEF ghi", false, "00001110000");
    check_levels("ABC def GHI", true, "11112221111");
    check_levels("abc DEF GHI jkl", false, "000011111110000"); /* N1: a space between two of a kind */
    check_levels("ab CD, ef", false, "000110000");
    check_levels("", false, "");
}

static void numbers_have_their_levels(void **state) {
    (void)state;
    check_levels("abc 12", false, "000000");
    check_levels("ABC 12", true, "111122");
    check_levels("ABC 12 DEF", true, "1111221111");
    check_levels("abc DEF 12", false, "0000111122"); /* W2: after an Arabic letter */
    check_levels("ABC def 12", true, "1111222222");  /* W7: after a Latin letter the number goes along */
    check_levels("ABC 1,5", true, "1111222");        /* W4 */
    check_levels("ABC 1.500,25 D", true, "11112222222211");
    check_levels("\xD9\xA3\xD9\xA4 A", true, "2211"); /* Arabic-Indic digits */
    check_levels("12 A", true, "2211");
    check_levels("ABC 50%", true, "1111221");
}

static void telephone_numbers_and_dates_stay_whole(void **state) {
    (void)state;
    check_levels("ABC 0800-0432", true, "1111222222222");
    check_levels("ABC 25/11/2026 D", true, "1111222222222211");
    check_levels("ABC 06 12345678", true, "111122222222222");
    check_levels("ABC +31 6", true, "111122222");
    check_levels("ABC 5 - 6", true, "111121112"); /* two numbers */
    check_levels("ABC-12", true, "111122");
}

static void brackets_go_together(void **state) {
    (void)state;
    check_levels("abc (DEF)", false, "000001110"); /* N0 */
    check_levels("ABC (def)", true, "111112221");
    check_levels("ABC (12 DEF)", true, "111112211111");
    check_levels("ABC (def) ghi", true, "1111122211222");
}

static void isolates_and_overrides_have_their_levels(void **state) {
    (void)state;
    check_levels("a\xE2\x81\xA7"
                 "B\xE2\x81\xA9"
                 "c",
                 false, "00100"); /* RLI B PDI */
    check_levels("A\xE2\x81\xA6"
                 "b 1\xE2\x81\xA9"
                 "C",
                 true, "1122211"); /* LRI b 1 PDI */
    check_levels("A\xE2\x80\x8E"
                 "1",
                 true, "122"); /* LRM, and the number goes along */
}

static void the_paragraph_runs_as_its_letters_do(void **state) {
    (void)state;
    check_runs("whatsapp AB", 500, true, "< 0b<[ AB] 30a[whatsapp]\n");
    check_runs("abc", 500, true, "> 0a[abc]\n");
    check_runs("ABC", 500, false, "< 0b<[ABC]\n");
    check_runs("12", 500, true, "< 0a[12]\n");
    check_runs("12", 500, false, "> 0a[12]\n");
    check_runs("AB cd", 500, false, "> 0b<[AB] 20a[ cd]\n");
}

/* ---- runs and places ---- */

static void runs_stand_in_visual_order(void **state) {
    (void)state;
    check_runs("abc DEF ghi", 500, false, "> 0a[abc ] 40b<[DEF] 70a[ ghi]\n");
    check_runs("AB 180 CD", 500, true, "< 0b<[ CD] 30a[180] 60b<[AB ]\n");
    check_runs("AB (180 CD)", 500, true, "< 0b<[ CD)] 40a[180] 70b<[AB (]\n");
    check_runs("AB (1 CD 2)", 500, true, "< 0b<[)] 10a[2] 20b<[ CD ] 60a[1] 70b<[AB (]\n");
    check_runs("AB (cd)", 500, true, "< 0b<[)] 10a[cd] 30b<[AB (]\n");
    check_runs("ab (CD).", 500, false, "> 0a[ab (] 40b<[CD] 60a[).]\n");
    check_runs("AB cd 12 E", 500, true, "< 0b<[ E] 20a[cd 12] 70b<[AB ]\n");
}

static void levels_are_turned_from_the_highest_down(void **state) {
    static const uint8_t level[] = {0, 1, 2, 1, 0, 2, 3, 2};
    uint16_t order[8];
    (void)state;
    bidi_order(order, level, 8);
    for (size_t i = 0; i < 8; i++) {
        static const uint16_t expected[] = {0, 3, 2, 1, 4, 5, 6, 7};
        assert_int_equal(order[i], expected[i]);
    }
    static const uint8_t nested[] = {1, 2, 3, 2, 1};
    static const uint16_t turned[] = {4, 1, 2, 3, 0};
    bidi_order(order, nested, 5);
    assert_memory_equal(order, turned, sizeof turned);
    bidi_order(order, nested, 0);
}

static void fonts_follow_the_letters(void **state) {
    (void)state;
    check_runs("AB!", 500, true, "< 0b<[AB!]\n");
    check_runs("(AB)", 500, true, "< 0b<[(AB)]\n");
    check_runs("ab!", 500, false, "> 0a[ab!]\n");
    check_runs("A\xCC\x81", 500, true,
               "< 0b<[A\xCC\x81]\n"); /* a mark stays with its letter, though only font 0 has it */
    check_runs("A'B", 500, true, "< 0b<[A'B]\n");
    check_runs("A\xE2\x80\xA6", 500, true, "< 0a<[\xE2\x80\xA6] 10b<[A]\n"); /* the second font lacks it */
    check_runs("a\xE4\xBD\xA0", 500, false, "> 0a[a\xE4\xBD\xA0]\n");        /* nobody has it */
}

/* ---- lines ---- */

static void lines_break_after_spaces_and_hyphens(void **state) {
    (void)state;
    check_runs("aa bb cc", 50, false, "> 0a[aa bb]\n> 0a[cc]\n");
    check_runs("aa bb cc", 49, false, "> 0a[aa]\n> 0a[bb]\n> 0a[cc]\n");
    check_runs("aa  bb", 45, false, "> 0a[aa]\n> 0a[bb]\n");
    check_runs("aa-bb", 30, false, "> 0a[aa-]\n> 0a[bb]\n");
    check_runs("aa -5", 30, false, "> 0a[aa]\n> 0a[-5]\n");
    check_runs("aa\nbb", 500, false, "> 0a[aa]\n> 0a[bb]\n");
    check_runs("aa\n\nbb\n", 500, false, "> 0a[aa]\n>\n> 0a[bb]\n");
    check_runs("aa\xC2\xA0"
               "bb cc",
               50, false,
               "> 0a[aa\xC2\xA0"
               "bb]\n> 0a[cc]\n");
    check_runs("aa\xE2\x80\x8B"
               "bb",
               30, false, "> 0a[aa]\n> 0a[bb]\n");
    check_runs("", 30, false, "");
}

static void soft_hyphens_are_seen_only_at_a_break(void **state) {
    (void)state;
    check_runs("school#plein", 110, false, "> 0a[schoolplein]\n");
    check_runs("school#plein", 70, false, "> 0a[school-]\n> 0a[plein]\n");
    check_runs("school#plein", 69, false,
               "> 0a[school-]\n> 0a[plein]\n"); /* too wide, but nowhere narrower */
    check_runs("a school#plein", 80, false, "> 0a[a]\n> 0a[school-]\n> 0a[plein]\n");
}

static void arabic_lines_break_in_reading_order(void **state) {
    (void)state;
    check_runs("AB CD EF", 50, true, "< 0b<[AB CD]\n< 0b<[EF]\n");
    check_runs("AB 180 CD", 60, true, "< 0a[180] 30b<[AB ]\n< 0b<[CD]\n");
    check_runs("abc AB cd", 60, true, "< 0a[abc]\n< 0a[cd] 20b<[AB ]\n");
}

static void numbers_and_names_of_machines_stay_whole(void **state) {
    (void)state;
    check_runs("aa 0800-0432", 80, false, "> 0a[aa]\n> 0a[0800-0432]\n");
    check_runs("AB 0800-0432", 80, true, "< 0b<[AB]\n< 0a[0800-0432]\n");
    check_runs("aa b-cc-dd ee", 90, false, "> 0a[aa]\n> 0a[b-cc-dd]\n> 0a[ee]\n");
    check_runs("aa /m/b-c/dd ee", 110, false, "> 0a[aa]\n> 0a[/m/b-c/dd]\n> 0a[ee]\n");
    check_runs("aa bbb -l ee", 60, false, "> 0a[aa]\n> 0a[bbb -l]\n> 0a[ee]\n");
    check_runs("aa bbb --l ee", 70, false, "> 0a[aa]\n> 0a[bbb --l]\n> 0a[ee]\n");
    check_runs("aa b-cc --l ee", 80, false, "> 0a[aa]\n> 0a[b-cc --l]\n> 0a[ee]\n");
    check_runs("aa b-cc dd", 50, false, "> 0a[aa b-]\n> 0a[cc dd]\n"); /* two words, and no option */
    check_runs("aa b-cc --l ee", 60, false, "> 0a[aa b-]\n> 0a[cc --l]\n> 0a[ee]\n"); /* wider than a line */
    check_runs("aa b-cc-dd", 50, false, "> 0a[aa b-]\n> 0a[cc-dd]\n");                /* wider than a line */
    struct laid laid;
    lay(&laid, "aa \xD0\x96-\xD0\x96", 50, false); /* letters of words: may */
    assert_int_equal(laid.room.line_count, 2);
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    struct paragraph_fit fit = paragraph_lay(&laid.room, &letters, "aa FACE-BEAD",
                                             (struct paragraph_measure){80, LINE, false, false, false});
    assert_true(fit.complete);
    assert_int_equal(laid.line[1].size, 9);
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    real(laid.text, "aa b-cc-dd");
    paragraph_lay(&laid.room, &letters, laid.text, (struct paragraph_measure){80, LINE, false, true, false});
    assert_int_equal(laid.line[0].size, 5); /* where room is short */
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    real(laid.text, "aa b-cc --l");
    paragraph_lay(&laid.room, &letters, laid.text, (struct paragraph_measure){80, LINE, false, true, false});
    assert_int_equal(laid.line[0].size, 2); /* but a command stays whole there too */
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    real(laid.text, "aa /m/b-c/dd");
    paragraph_lay(&laid.room, &letters, laid.text, (struct paragraph_measure){90, LINE, false, true, false});
    assert_int_equal(laid.line[0].size, 2); /* and a path */
    static const char *const names[] = {"aa FACE-BEAD", "aa face-A0B1", "aa face-FACE", "aa face-A0B1-00C2",
                                        "aa --no"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
        fit = paragraph_lay(&laid.room, &letters, names[i],
                            (struct paragraph_measure){50, LINE, false, false, false});
        assert_true(fit.complete);
        assert_int_equal(laid.room.line_count, 2);
        assert_int_equal(laid.line[1].size, strlen(names[i]) - 3);
    }
    lay(&laid, "face-Bead aa", 60, false); /* two words, and a class is one of them with its letter */
    assert_int_equal(laid.line[0].size, 5);
}

static void no_line_has_more_characters_than_are_easily_read(void **state) {
    struct laid laid;
    char text[400] = "";
    (void)state;
    for (int i = 0; i < 40; i++) {
        strcat(text, i % 7 == 3 ? "A'B'C' " : "abcdef ");
    }
    lay(&laid, text, 10000, false);
    assert_int_equal(laid.room.line_count, 5);
    for (size_t i = 0; i < laid.room.line_count; i++) {
        assert_in_range(laid.line[i].width, 200, 10 * LINE);
    }
    memset(text, 'a', LINE + 1);
    text[LINE + 1] = '\0';
    lay(&laid, text, 10000, false); /* one word: it is not broken for that */
    assert_int_equal(laid.room.line_count, 1);
    assert_int_equal(laid.fit.excess, 0);
}

static void a_single_letter_or_a_small_number_goes_along_with_the_next(void **state) {
    (void)state;
    check_runs("aaa b cc dd", 60, false, "> 0a[aaa]\n> 0a[b cc]\n> 0a[dd]\n");
    check_runs("aaa 13 c dd", 60, false, "> 0a[aaa]\n> 0a[13 c]\n> 0a[dd]\n");
    check_runs("aaaa 100 cc ddd", 80, false, "> 0a[aaaa]\n> 0a[100 cc]\n> 0a[ddd]\n");
    check_runs("aaaa 10. cc ddd", 80, false, "> 0a[aaaa 10.]\n> 0a[cc ddd]\n"); /* it ends a sentence */
    check_runs("aaaaa 2026 cc ddd", 100, false,
               "> 0a[aaaaa 2026]\n> 0a[cc ddd]\n"); /* a large one ends what it is in */
    check_runs("aaa (b cc dd", 60, false, "> 0a[aaa]\n> 0a[(b cc]\n> 0a[dd]\n");
    check_runs("a b cccccc", 60, false, "> 0a[a b]\n> 0a[cccccc]\n");
    check_runs("aaa b\ncc", 60, false, "> 0a[aaa b]\n> 0a[cc]\n");
    /* nor where a word gives company to the last one, or follows another such word */
    check_runs("aaaaaa b cc dd", 110, false, "> 0a[aaaaaa]\n> 0a[b cc dd]\n");
    check_runs("aaaaaa b c dd", 100, false, "> 0a[aaaaaa]\n> 0a[b c dd]\n");
    check_runs("aaaaaa b cccc ddddd", 130, false, "> 0a[aaaaaa b]\n> 0a[cccc ddddd]\n"); /* a line more */
}

static void no_word_stands_alone_on_the_last_line(void **state) {
    (void)state;
    check_runs("aa bb cc dd", 90, false, "> 0a[aa bb]\n> 0a[cc dd]\n");
    check_runs("aaaa bbbb cccc dd\nee", 140, false, "> 0a[aaaa bbbb]\n> 0a[cccc dd]\n> 0a[ee]\n");
    struct laid laid;
    real(laid.text, "aaaa bbb ccc"); /* as long as it may be, in a place where twice as much would fit */
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    paragraph_lay(&laid.room, &letters, laid.text, (struct paragraph_measure){400, 8, false, false, false});
    assert_int_equal(laid.line[0].size, 4);
    check_runs("aa bbbb cc", 80, false, "> 0a[aa bbbb]\n> 0a[cc]\n"); /* the line above would be too short */
    check_runs("aaaa bbb ccc", 80, false, "> 0a[aaaa]\n> 0a[bbb ccc]\n");
    check_runs("aaaa bbb cccccc", 80, false, "> 0a[aaaa bbb]\n> 0a[cccccc]\n"); /* two do not fit */
    check_runs("AAAA BBB CCC", 80, true, "< 0b<[AAAA]\n< 0b<[BBB CCC]\n");
}

static void no_scrap_is_left_on_the_last_line(void **state) {
    (void)state;
    check_runs("aaaa bbbb cccc dddd ee ff", 200, false, "> 0a[aaaa bbbb cccc]\n> 0a[dddd ee ff]\n");
    check_runs("AAAA BBBB CCCC DDDD EE FF", 200, true, "< 0b<[AAAA BBBB CCCC]\n< 0b<[DDDD EE FF]\n");
    /* each of its paragraphs by itself */
    check_runs("aaaa bbbb cccc dddd ee ff\ngg", 200, false,
               "> 0a[aaaa bbbb cccc]\n> 0a[dddd ee ff]\n> 0a[gg]\n");
    /* where it would cost a line, or help nothing, every line is as full as it can be */
    check_runs("aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd ee f", 200, false,
               "> 0a[aaaaaaaaa bbbbbbbbb]\n> 0a[ccccccccc ddddddddd]\n> 0a[ee f]\n");
    check_runs("aaaaaaaaaaaaaaaaaaa bb c", 190, false, "> 0a[aaaaaaaaaaaaaaaaaaa]\n> 0a[bb c]\n");
    /* a third is no scrap */
    check_runs("aaaa bbbb ccc dddd ee fff", 180, false, "> 0a[aaaa bbbb ccc dddd]\n> 0a[ee fff]\n");
}

static void no_word_is_ever_broken(void **state) {
    struct laid laid;
    (void)state;
    lay(&laid, "ab cdefghij kl", 50, false);
    assert_int_equal(laid.room.line_count, 3);
    assert_int_equal(laid.line[1].width, 80);
    assert_int_equal(laid.fit.excess, 30);
    lay(&laid, "A'B'C'D'E'F'G'", 50, true);
    assert_int_equal(laid.room.line_count, 1);
    assert_int_equal(laid.fit.excess, 20);
    lay(&laid, "abcde fghij", 50, false);
    assert_int_equal(laid.fit.excess, 0);
}

static void a_room_that_is_too_small_is_said(void **state) {
    struct laid laid;
    char text[1200];
    (void)state;
    lay(&laid, "a b c d", 10, false);
    assert_true(laid.fit.complete);
    assert_int_equal(laid.room.line_count, 4);
    laid.room = (struct paragraph_room){laid.line, 3, 0, laid.run, 128, 0};
    assert_false(paragraph_lay(&laid.room, &letters, "a b c d",
                               (struct paragraph_measure){10, LINE, false, false, false})
                     .complete);
    assert_int_equal(laid.room.line_count, 3);
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 3, 0};
    assert_false(paragraph_lay(&laid.room, &letters, "a b c d",
                               (struct paragraph_measure){10, LINE, false, false, false})
                     .complete);
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    lay(&laid, text, 100000, false);
    assert_false(laid.fit.complete);
    text[BIDI_CHARACTERS] = '\0';
    lay(&laid, text, 100000, false);
    assert_true(laid.fit.complete);
}

/* ---- the cache ---- */

static void keep(struct paragraph_cache *cache, struct laid *laid, const char *text, int width) {
    struct paragraph_key key = {laid->text, 1, {width, LINE, false, false, false}};
    lay(laid, text, width, false);
    paragraph_cache_keep(cache, &key, &laid->room, 0, 0, laid->fit);
}

static bool is_kept(struct paragraph_cache *cache, const char *text, int width, struct laid *out) {
    struct paragraph_key key = {text, 1, {width, LINE, false, false, false}};
    out->room.line_count = 1; /* behind what is there already */
    out->room.run_count = 5;
    out->room.line_capacity = 32;
    out->room.run_capacity = 128;
    out->room.line = out->line;
    out->room.run = out->run;
    return paragraph_cache_find(cache, &key, &out->room, &out->fit);
}

static void what_was_laid_out_is_remembered_exactly(void **state) {
    struct paragraph_cache *cache = NULL;
    static struct laid laid;
    static struct laid again;
    (void)state;
    check_fault(paragraph_cache_new(&cache), FAULT_NONE);
    keep(cache, &laid, "aa bbbbbb cc", 50);
    assert_false(is_kept(cache, "aa bbbbbb cc", 51, &again));
    assert_false(is_kept(cache, "aa bbbbbb cd", 50, &again));
    assert_true(is_kept(cache, "aa bbbbbb cc", 50, &again));
    assert_int_equal(again.room.line_count, 4);
    assert_int_equal(again.fit.excess, 10);
    assert_memory_equal(&again.run[5], laid.run, laid.room.run_count * sizeof laid.run[0]);
    assert_int_equal(again.line[1].run_first, 5);
    assert_int_equal(again.line[3].run_first, laid.line[2].run_first + 5);
    paragraph_cache_wipe(cache);
    assert_false(is_kept(cache, "aa bbbbbb cc", 50, &again));
    assert_int_equal(paragraph_cache_count(cache), 0);
    paragraph_cache_free(cache);
}

static void the_cache_is_bounded_and_drops_what_is_not_used(void **state) {
    struct paragraph_cache *cache = NULL;
    static struct laid laid;
    static struct laid again;
    char text[16];
    (void)state;
    check_fault(paragraph_cache_new(&cache), FAULT_NONE);
    for (int i = 0; i < PARAGRAPH_CACHE_SIZE; i++) {
        snprintf(text, sizeof text, "n%d", i);
        keep(cache, &laid, text, 500);
    }
    assert_true(is_kept(cache, "n0", 500, &again));
    keep(cache, &laid, "one more", 500);
    assert_int_equal(paragraph_cache_count(cache), PARAGRAPH_CACHE_SIZE);
    assert_true(is_kept(cache, "n0", 500, &again));
    assert_false(is_kept(cache, "n1", 500, &again));
    assert_true(is_kept(cache, "n2", 500, &again));
    paragraph_cache_free(cache);
}

static void balanced_lines_are_alike(void **state) {
    (void)state;
    static const char text[] = "ja ik doe mee";
    struct laid laid;
    lay(&laid, text, 110, false);
    assert_int_equal(laid.room.line_count, 2);
    assert_int_equal(laid.line[0].size, 9);
    laid.room = (struct paragraph_room){laid.line, 32, 0, laid.run, 128, 0};
    struct paragraph_fit fit = paragraph_lay(&laid.room, &letters, laid.text,
                                             (struct paragraph_measure){110, LINE, false, false, true});
    assert_true(fit.complete && fit.excess == 0);
    assert_int_equal(laid.room.line_count, 2);
    assert_int_equal(laid.line[0].size, 5);
    assert_int_equal(laid.line[1].size, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balanced_lines_are_alike),
        cmocka_unit_test(letters_and_spaces_have_their_levels),
        cmocka_unit_test(numbers_have_their_levels),
        cmocka_unit_test(telephone_numbers_and_dates_stay_whole),
        cmocka_unit_test(brackets_go_together),
        cmocka_unit_test(isolates_and_overrides_have_their_levels),
        cmocka_unit_test(the_paragraph_runs_as_its_letters_do),
        cmocka_unit_test(runs_stand_in_visual_order),
        cmocka_unit_test(levels_are_turned_from_the_highest_down),
        cmocka_unit_test(fonts_follow_the_letters),
        cmocka_unit_test(lines_break_after_spaces_and_hyphens),
        cmocka_unit_test(soft_hyphens_are_seen_only_at_a_break),
        cmocka_unit_test(arabic_lines_break_in_reading_order),
        cmocka_unit_test(numbers_and_names_of_machines_stay_whole),
        cmocka_unit_test(no_line_has_more_characters_than_are_easily_read),
        cmocka_unit_test(a_single_letter_or_a_small_number_goes_along_with_the_next),
        cmocka_unit_test(no_word_stands_alone_on_the_last_line),
        cmocka_unit_test(no_scrap_is_left_on_the_last_line),
        cmocka_unit_test(no_word_is_ever_broken),
        cmocka_unit_test(a_room_that_is_too_small_is_said),
        cmocka_unit_test(what_was_laid_out_is_remembered_exactly),
        cmocka_unit_test(the_cache_is_bounded_and_drops_what_is_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
