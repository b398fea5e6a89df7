/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "sample_questionnaire.h"
#include "screen_rules.h"

/*
 * A page that is too much for a screen first uses longer lines, and then comes in parts: everything on one of
 * them, and what it is about on all of them.
 */

/*
 * Room for one line, the air above it and half a line: what takes two lines in short ones fits in a long
 * one.
 */
static void build_just(struct stack *stack, const void *view) {
    (void)view;
    int air = stack->theme->unit * 14 / 300;
    stack->bottom = stack->top + air + text_line_height(stack->theme, THEME_BODY) * 3 / 2;
    stack_gap(stack, 14);
    (void)stack_text(stack, THEME_BODY, THEME_INK,
                     "How often do you feel safe at school, in the yard and on the way there?");
}

static void a_page_that_fits_in_longer_lines_keeps_its_air(void **state) {
    struct screen *screen = *state;
    screen_set_size(screen, 2);
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, build_just, NULL);
    assert_false(screen->page->overflow);
    assert_int_equal(screen->page->item[0].line_count, 1);
    assert_int_equal(screen->page->item[0].rect.y, screen->theme.margin + screen->theme.unit * 14 / 300);
}

/* A page of one long text, a row of two cards and a last card, in a room for a few lines. */
static void build_long(struct stack *stack, const void *view) {
    const struct screen *screen = view;
    static const struct stack_card cards[] = {{.text = "een", .action = 1}, {.text = "twee", .action = 2}};
    static const struct stack_button end = {.text = "Verder", .action = 9, .main = true};
    char text[1000] = "";
    for (int i = 0; i < 60; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "w%02d%s", i, i % 2 == 0 ? " " : "\n");
    }
    stack_in_parts(stack, &screen->strings[0], (uint16_t)screen->flow.item);
    stack_buttons(stack, &end, 1);
    stack_text(stack, THEME_QUESTION, THEME_INK, text);
    stack_grid(stack, cards, 2, 2, false);
    stack_row(stack, "drie", 3, 0);
}

static bool shows(const struct page *page, const char *word) {
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        for (int j = 0; j < item->line_count; j++) {
            const struct paragraph_line *line = &page->line[item->line_first + j];
            const char *text = page_text(page, item) + line->first;
            const char *at = strstr(text, word);
            if (at != NULL && at < text + line->size) {
                return true;
            }
        }
    }
    return false;
}

/* A question with an explanation that takes all the room, and answers. */
static void build_question_again(struct stack *stack, const void *view) {
    const struct screen *screen = view;
    struct stack_button next = {.text = "Next", .action = 9};
    stack_in_parts(stack, &screen->strings[0], (uint16_t)screen->flow.item);
    stack_buttons(stack, &next, 1);
    struct page_item *question = stack_text(stack, THEME_QUESTION, THEME_INK, "How often?");
    assert_non_null(question);
    question->again = true;
    for (int i = 0; i < 12; i++) {
        stack_text(stack, THEME_QUESTION, THEME_HELP, "It is explained at length.");
    }
    for (int i = 0; i < 12; i++) {
        stack_row(stack, "Answer", 1, i);
    }
}

/* An explanation as high as a part, and then the question: as on the practice page. */
static void build_question_last(struct stack *stack, const void *view) {
    const struct screen *screen = view;
    struct stack_button next = {.text = "Next", .action = 9};
    stack_in_parts(stack, &screen->strings[0], (uint16_t)screen->flow.item);
    stack_buttons(stack, &next, 1);
    int line = text_line_height(stack->theme, THEME_QUESTION);
    int more = stack->theme->target + stack->theme->gap * 3 / 2;
    char text[200] = "one";
    for (int lines = (stack->bottom - stack->y - more) / line - 2; lines > 0; lines--) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "\none");
    }
    stack_text(stack, THEME_QUESTION, THEME_HELP, text);
    struct page_item *question = stack_text(stack, THEME_QUESTION, THEME_INK, "Which one?\nOf these?");
    assert_non_null(question);
    question->again = true;
    for (int i = 0; i < 12; i++) {
        stack_row(stack, "Answer", 1, i);
    }
}

static void a_long_explanation_before_it_does_not_take_the_question_away(void **state) {
    struct screen *screen = *state;
    screen->flow.item = 2;
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, build_question_last, screen);
    int questions = 0;
    int answers = 0;
    for (int i = 0; i < screen->page->item_count; i++) {
        questions += screen->page->item[i].again;
        answers += screen->page->item[i].action == 1;
    }
    assert_int_equal(questions, 1);
    assert_in_range(answers, 1, 11);
    screen->flow.item = 0;
}

static void the_question_stands_on_every_part_above_its_answers(void **state) {
    struct screen *screen = *state;
    unsigned pages = 1;
    int answers = 0;
    for (unsigned part = 0; part < pages; part++) {
        screen->flow.item = (uint16_t)part;
        stack_fit(screen->page, &screen->theme, &screen->fonts, false, build_question_again, screen);
        screen_rules_check(screen, "question again");
        int more = page_find(screen->page, ACTION_MORE, 0);
        assert_int_not_equal(more, PAGE_NOTHING);
        assert_int_equal(
            sscanf(page_text(screen->page, &screen->page->item[more]), "Meer (%*u van %u)", &pages), 1);
        int questions = 0;
        for (int i = 0; i < screen->page->item_count; i++) {
            questions += screen->page->item[i].again;
            answers += screen->page->item[i].action == 1;
        }
        assert_int_equal(questions, 1);
    }
    assert_in_range(pages, 2, 8);
    assert_int_equal(answers, 12);
}

static void a_page_in_parts_shows_everything_once_and_its_buttons_always(void **state) {
    struct screen *screen = *state;
    int seen[61] = {0};
    int parts = 0;
    unsigned pages = 1;
    for (unsigned part = 0; part < pages; part++, parts++) {
        char word[8];
        screen->flow.item = (uint16_t)part;
        stack_fit(screen->page, &screen->theme, &screen->fonts, false, build_long, screen);
        screen_rules_check(screen, "in parts");
        int more = page_find(screen->page, ACTION_MORE, 0);
        assert_int_not_equal(more, PAGE_NOTHING);
        assert_int_equal(
            sscanf(page_text(screen->page, &screen->page->item[more]), "Meer (%*u van %u)", &pages), 1);
        assert_int_not_equal(page_find(screen->page, 9, 0), PAGE_NOTHING);
        for (int i = 0; i < 60; i++) {
            snprintf(word, sizeof word, "w%02d", i);
            seen[i] += shows(screen->page, word);
        }
        assert_int_equal(page_find(screen->page, 1, 0) != PAGE_NOTHING,
                         page_find(screen->page, 2, 0) != PAGE_NOTHING);
        seen[60] += page_find(screen->page, 3, 0) != PAGE_NOTHING;
    }
    for (int i = 0; i < 61; i++) {
        assert_int_equal(seen[i], 1);
    }
    assert_in_range(parts, 3, 8);
    screen->flow.item = (uint16_t)(pages + 1); /* round and round */
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, build_long, screen);
    assert_true(shows(screen->page, "van") && !shows(screen->page, "w00"));
    screen->flow.item = 0;
}

enum { LONGEST_ANSWER = 1000 };

/* Every answer on one part, none on two, whatever way the page is cut. */
static void see_every_answer_once(struct screen *screen, uint16_t options) {
    bool seen[QUESTIONNAIRE_OPTIONS] = {false};
    int total = 0;
    screen_go_to(screen, SAMPLE_SAFE_WAY);
    for (uint16_t part = 0; total < options; part++) {
        screen_build(screen, part);
        screen_rules_check(screen, "pupil-parts");
        screen_take_picture(screen, part == 0 ? "pupil-parts-1" : "pupil-parts-2");
        int cards = screen_count_cards(screen->page);
        assert_in_range(cards, 1, options);
        for (int i = 1; i <= cards; i++) {
            uint16_t option = screen->page->item[page_card(screen->page, i)].value;
            assert_false(seen[option]);
            seen[option] = true;
        }
        total += cards;
    }
    assert_int_equal(total, options);
}

/* More answers than a screen holds come in parts; also when one of them fills most of a screen. */
static void too_many_answers_come_in_parts_that_fit(void **state) {
    struct screen *screen = *state;
    struct questionnaire *questionnaire = screen->sample->round->questionnaire;
    struct questionnaire_list *list = &questionnaire->list[questionnaire->item[SAMPLE_SAFE_WAY].list];
    uint16_t before = list->option_count;
    for (uint16_t i = before; i < QUESTIONNAIRE_OPTIONS; i++) {
        list->option[i] = list->option[0];
        list->option[i].label.in[0] = calloc(1, LONGEST_ANSWER);
        list->option[i].label.in[1] = NULL;
        snprintf(list->option[i].label.in[0], LONGEST_ANSWER,
                 "Antwoord nummer %d van een veel te lange lijst", i);
    }
    list->option_count = QUESTIONNAIRE_OPTIONS;
    for (int words = 0; words < 12; words += 2) {
        char *text = list->option[before + 5].label.in[0];
        for (int i = 0; i < 2 && words > 0; i++) {
            strcat(text, " woorden");
        }
        for (int size = 0; size < (words ? SCREEN_USUAL_SIZES : SCREEN_SIZES); size++) {
            screen_set_percent(screen, size, 100);
            see_every_answer_once(screen, QUESTIONNAIRE_OPTIONS);
            screen_set_percent(screen, size, 200);
            see_every_answer_once(screen, QUESTIONNAIRE_OPTIONS);
        }
    }
    list->option_count = before;
}

static void see_hint_once(struct screen *screen) {
    int answers = 0;
    bool more = true;
    for (uint16_t part = 0; more && answers < 7; part++) {
        screen_build(screen, part);
        screen_rules_check(screen, "pupil-hint");
        screen_take_picture(screen, part == 0 ? "pupil-hint-1" : "pupil-hint-2");
        more = page_find(screen->page, ACTION_MORE, 0) != PAGE_NOTHING;
        assert_true(shows(screen->page, "gang."));
        assert_int_equal(shows(screen->page, "zomervakantie"), part == 0);
        answers += screen_count_cards(screen->page);
    }
    assert_int_equal(answers, 7);
}

/* The hint is read once: on the other parts there is room for more answers, and the question itself. */
static void a_hint_stands_on_the_first_part_of_the_answers_alone(void **state) {
    struct screen *screen = *state;
    struct questionnaire_item *item = &screen->sample->round->questionnaire->item[SAMPLE_SAFE_HALL];
    screen_replace(&item->hint.in[0],
                   "Denk aan de gangen, de trappen en de kantine, sinds de zomervakantie.");
    for (int size = 0; size < SCREEN_USUAL_SIZES; size++) {
        for (int i = 2; i < THEME_SIZES; i++) {
            screen_set_percent(screen, size, theme_percents[i]);
            screen_go_to(screen, SAMPLE_SAFE_HALL);
            see_hint_once(screen);
        }
    }
}

struct numbered {
    const struct screen *screen;
    uint16_t part;
    int line; /* where the number stands */
};

/* A text of a word in each line and no end of a sentence: it is cut where there is no more room. */
static void build_numbered(struct stack *stack, const void *view) {
    enum { LINES = 24 };
    const struct numbered *numbered = view;
    struct stack_button next = {.text = "Next", .action = 9};
    char text[LINES * 16] = "";
    stack_in_parts(stack, &numbered->screen->strings[0], numbered->part);
    stack_buttons(stack, &next, 1);
    stack->width = stack->theme->text[THEME_QUESTION] * 8;
    for (int i = 0; i < LINES; i++) {
        const char *word = i == numbered->line ? "0800-0432" : "wordofaline";
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i == 0 ? "" : " ", word);
    }
    stack_text(stack, THEME_QUESTION, THEME_INK, text);
}

/* Who copies a number must know whose it is. */
static void a_number_is_on_the_part_of_the_word_before_it(void **state) {
    struct numbered numbered = {.screen = *state};
    struct page *page = numbered.screen->page;
    for (numbered.line = 1; numbered.line < 24; numbered.line++) {
        int seen = 0;
        for (numbered.part = 0; numbered.part < 3; numbered.part++) {
            stack_fit(page, &numbered.screen->theme, &numbered.screen->fonts, false, build_numbered,
                      &numbered);
            assert_int_not_equal(page_find(page, ACTION_MORE, 0), PAGE_NOTHING);
            const struct paragraph_line *line = &page->line[page->item[0].line_first];
            assert_int_equal(page_text(page, &page->item[0])[line->first], 'w');
            assert_true(line->size < 2 * strlen("wordofaline"));
            seen += shows(page, "0800-0432");
        }
        assert_in_range(seen, 1, 2); /* where there are two parts the third is the first */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_that_fits_in_longer_lines_keeps_its_air, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(a_long_explanation_before_it_does_not_take_the_question_away,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_question_stands_on_every_part_above_its_answers, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(a_page_in_parts_shows_everything_once_and_its_buttons_always,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(too_many_answers_come_in_parts_that_fit, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(a_number_is_on_the_part_of_the_word_before_it, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(a_hint_stands_on_the_first_part_of_the_answers_alone, screen_setup,
                                        screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
