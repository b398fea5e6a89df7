/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/face.h"
#include "sample_questionnaire.h"
#include "screen_rules.h"

/*
 * A question and its answers: how much fits, how they stand, what is chosen of them, and which keys reach
 * them.
 */

/* Answers that have an order stand under one another; those that are no opinion may share a line. */
static void check_one_column(const struct screen *screen, uint16_t item) {
    const struct questionnaire *questionnaire = screen->sample->round->questionnaire;
    const struct questionnaire_list *list = &questionnaire->list[questionnaire->item[item].list];
    const struct page_item *first = &screen->page->item[page_card(screen->page, 1)];
    for (int i = 1; i < list->option_count && list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER; i++) {
        const struct page_item *card = &screen->page->item[page_card(screen->page, i + 1)];
        assert_int_equal(card->rect.x, first->rect.x);
        assert_int_equal(card->rect.w, first->rect.w);
        assert_true(card->rect.y >= card[-1].rect.y + card[-1].rect.h);
    }
}

/*
 * Seven answers under a question of twenty words with an explanation of twenty-five: the most that authors
 * are allowed.
 */
static void the_longest_question_that_is_allowed_fits(void **state) {
    struct screen *screen = *state;
    struct questionnaire_item *item = &screen->sample->round->questionnaire->item[SAMPLE_SAFE_HALL];
    screen_replace(
        &item->label.in[0],
        "Hoe vaak voelde jij je in de afgelopen vier weken veilig in de gangen, in de kantine en op "
        "het schoolplein?");
    screen_replace(
        &item->hint.in[0],
        "Met de afgelopen vier weken bedoelen we de tijd sinds de laatste vakantie; weet je het niet "
        "meer precies, kies dan wat het meest klopt voor jou.");
    screen->most_words = 80; /* authors are warned of each of its texts, not of all together */
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        screen_go_to(screen, SAMPLE_SAFE_HALL);
        screen_rules_see(screen, "pupil-longest");
        if (screen->theme.width >= 1024) {
            assert_int_equal(screen_count_cards(screen->page),
                             7); /* all at once: what is out of sight is chosen less */
            check_one_column(screen, SAMPLE_SAFE_HALL);
        }
    }
}

static void set_faces(struct screen *screen, uint16_t item, bool faces) {
    screen->sample->round->questionnaire->item[item].faces = faces;
}

/*
 * Faces of one size in one column, wider for a better answer; none for who has no opinion; other items have
 * none.
 */
static void faces_stand_beside_the_answers_only_where_they_are_asked_for(void **state) {
    struct screen *screen = *state;
    const struct questionnaire *questionnaire = screen->sample->round->questionnaire;
    const struct questionnaire_item *asked = &questionnaire->item[SAMPLE_SAFE_HALL];
    const struct questionnaire_list *list = &questionnaire->list[asked->list];
    bool rises = questionnaire->scale[asked->scale].high_is_good != asked->reverse;
    set_faces(screen, SAMPLE_SAFE_HALL, true);
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        screen_go_to(screen, SAMPLE_SAFE_HALL);
        screen_rules_see(screen, "pupil-faces");
        int before = rises ? 0 : FACE_WIDEST + 1;
        for (int i = 0; screen->theme.width >= 1024 && i < list->option_count; i++) {
            int face = screen->page->item[page_card(screen->page, i + 1)].face;
            if (!list->option[i].has_score) {
                assert_int_equal(face, FACE_NONE);
                continue;
            }
            assert_in_range(face, FACE_STRAIGHT, FACE_WIDEST);
            assert_true(rises ? face > before : face < before);
            before = face;
        }
    }
    set_faces(screen, SAMPLE_SAFE_HALL, false);
    screen_go_to(screen, SAMPLE_SAFE_HALL);
    screen_build(screen, 0);
    for (int i = 0; i < screen->page->item_count; i++) {
        assert_int_equal(screen->page->item[i].face, FACE_NONE);
    }
}

static void see_nothing_chosen(struct screen *screen) {
    screen_build(screen, 0);
    for (int i = 0; i < screen->page->item_count; i++) {
        assert_false(screen->page->item[i].chosen);
    }
    assert_int_equal(screen->page->focus, PAGE_NOTHING);
}

static void nothing_is_chosen_before_the_pupil_chooses(void **state) {
    struct screen *screen = *state;
    screen_start(screen, 1);
    screen_hear(screen, FLOW_START, 0);
    while (flow_look(&screen->flow).page != FLOW_PAGE_PRACTICE) {
        screen_hear(screen, FLOW_NEXT, 0);
    }
    see_nothing_chosen(screen);
    assert_int_equal(screen_count_cards(screen->page), FLOW_PRACTICE_OPTIONS);
    screen_agree(screen, 0);
    while (screen->flow.state == FLOW_QUESTION) {
        see_nothing_chosen(screen);
        screen_hear(screen, flow_look(&screen->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
}

static int presses_to(struct page *page, enum page_step step, int wanted) {
    page->focus = PAGE_NOTHING;
    for (int i = 1; i <= 40; i++) {
        page_walk(page, step);
        if (page->focus == wanted) {
            return i;
        }
    }
    return 99;
}

static void every_target_of_a_question_is_reached_by_keys_alone(void **state) {
    struct screen *screen = *state;
    screen_go_to(screen, SAMPLE_HAPPENED);
    screen_build(screen, 0);
    for (int i = 0; i < screen->page->item_count; i++) {
        if (screen->page->item[i].action != 0) {
            int forward = presses_to(screen->page, PAGE_NEXT_CARD, i);
            int backward = presses_to(screen->page, PAGE_PREVIOUS_CARD, i);
            assert_in_range(forward < backward ? forward : backward, 1, 12);
        }
    }
}

static void tab_takes_the_answers_as_one_stop(void **state) {
    struct screen *screen = *state;
    screen_go_to(screen, SAMPLE_SAFE_HALL);
    screen_hear(screen, FLOW_CHOOSE, 3);
    screen_build(screen, 0);
    int next = page_find(screen->page, ACTION_PUPIL + FLOW_NEXT, 0);
    page_walk(screen->page, PAGE_NEXT);
    assert_int_equal(screen->page->item[screen->page->focus].action, ACTION_PUPIL + FLOW_CHOOSE);
    assert_int_equal(screen->page->item[screen->page->focus].value, 3);
    assert_int_equal(presses_to(screen->page, PAGE_NEXT, next), 5);
    assert_int_equal(presses_to(screen->page, PAGE_PREVIOUS, next), 1 + 6); /* the tools beside come last */
}

static void a_digit_is_the_card_at_that_place(void **state) {
    struct screen *screen = *state;
    screen_go_to(screen, SAMPLE_SAFE_HALL);
    screen_build(screen, 0);
    for (int i = 1; i <= 7; i++) {
        assert_int_equal(screen->page->item[page_card(screen->page, i)].value, i - 1);
    }
    assert_int_equal(page_card(screen->page, 8), PAGE_NOTHING);
    assert_int_equal(page_card(screen->page, 0), PAGE_NOTHING);
}

/* A note is no question: only its first sentence is bold, and nothing tells of questions before there was one. */
static void the_first_sentence_of_a_note_is_bold_and_the_rest_is_not(void **state) {
    struct screen *screen = *state;
    struct questionnaire_item *item = &screen->sample->round->questionnaire->item[SAMPLE_WELCOME];
    static const struct {
        const char *label, *first, *rest; /* NULL: there is none */
    } notes[] = {{"Een zin.", "Een zin.", NULL},
                 {"Een zin zonder punt", "Een zin zonder punt", NULL},
                 {"Een zin en een spatie. ", "Een zin en een spatie. ", NULL},
                 {"Een zin. Nog een. En nog een.", "Een zin.", "Nog een. En nog een."},
                 {"Een titel\nEen zin. Nog een.", "Een titel", "Een zin. Nog een."},
                 {"Bel bijv. Nederland. Of niet.", "Bel bijv. Nederland.", "Of niet."}};
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        screen_replace(&item->label.in[0], notes[i].label);
        screen_go_to(screen, SAMPLE_WELCOME);
        screen_rules_see(screen, "pupil-note");
        int bold = 0;
        int plain = 0;
        for (int j = 0; j < screen->page->item_count; j++) {
            const struct page_item *part = &screen->page->item[j];
            const char *text = page_text(screen->page, part);
            bold += part->style == THEME_QUESTION && strcmp(text, notes[i].first) == 0;
            plain += part->style == THEME_BODY && notes[i].rest != NULL && strcmp(text, notes[i].rest) == 0;
            assert_true(part->kind != PAGE_TEXT || text[0] != '\0');
        }
        assert_int_equal(bold, 1);
        assert_int_equal(plain, notes[i].rest != NULL);
    }
}

/* The page to practise on is one of them. */
static void every_page_of_the_explanation_says_which_it_is(void **state) {
    struct screen *screen = *state;
    screen_start(screen, 1);
    screen_hear(screen, FLOW_START, 0);
    for (int page = 0; page < FLOW_PAGES; page++) {
        char words[32];
        assert_int_equal(flow_look(&screen->flow).page, page);
        snprintf(words, sizeof words, "Uitleg %d van %d", page + 1, FLOW_PAGES);
        screen_build(screen, 0);
        assert_true(screen_holds(screen, words));
        assert_int_equal(screen_holds(screen, "Even oefenen"), page == FLOW_PAGE_PRACTICE);
        screen_hear(screen, page == FLOW_PAGE_PRACTICE ? FLOW_SKIP : FLOW_NEXT, 0);
    }
}

/* Each paragraph of the text stands there, with air above it where another came before. */
static void see_paragraphs(struct screen *screen, enum strings_key key, int expected) {
    const char *whole = strings_get(&screen->strings[STRINGS_NL], key);
    int paragraphs = 0;
    int end = 0;
    screen_build(screen, 0);
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        if (item->kind == PAGE_TEXT && strstr(whole, page_text(screen->page, item)) != NULL) {
            assert_null(strchr(page_text(screen->page, item), '\n'));
            assert_true(paragraphs == 0 || item->rect.y >= end + screen->theme.unit / 60);
            end = item->rect.y + item->rect.h;
            paragraphs++;
        }
    }
    assert_int_equal(paragraphs, expected);
}

static void paragraphs_stand_apart(void **state) {
    struct screen *screen = *state;
    screen_start(screen, 1);
    screen_hear(screen, FLOW_START, 0);
    see_paragraphs(screen, STRINGS_WELCOME_WHAT, 2);
    screen_hear(screen, FLOW_DECLINE, 0);
    see_paragraphs(screen, STRINGS_QUIET_TEXT, 3);
    screen_hear(screen, FLOW_LEAVE, 0);
    screen_hear(screen, FLOW_SAVED, 0);
    see_paragraphs(screen, STRINGS_THANKS_TEXT, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_longest_question_that_is_allowed_fits, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(faces_stand_beside_the_answers_only_where_they_are_asked_for,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_chosen_before_the_pupil_chooses, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_target_of_a_question_is_reached_by_keys_alone, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(the_first_sentence_of_a_note_is_bold_and_the_rest_is_not,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(every_page_of_the_explanation_says_which_it_is, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(paragraphs_stand_apart, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(tab_takes_the_answers_as_one_stop, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(a_digit_is_the_card_at_that_place, screen_setup, screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
