/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "screen_rules.h"

/*
 * Every page that a pupil can meet obeys the rules of a page: at every size, in every language, with larger
 * letters.
 */

static void see_questions(struct screen *screen) {
    char name[64];
    while (screen->flow.state == FLOW_QUESTION) {
        snprintf(name, sizeof name, "pupil-question-%02d", screen->flow.item);
        screen_rules_see(screen, name);
        if (!flow_look(&screen->flow).note) {
            screen_hear(screen, FLOW_NEXT, 0);
            snprintf(name, sizeof name, "pupil-question-%02d-nudge", screen->flow.item);
            screen_rules_see(screen, name);
        }
        screen_hear(screen, flow_look(&screen->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
}

static void see_panels(struct screen *screen) {
    screen->panel = PANEL_LANGUAGE;
    screen_rules_see(screen, "pupil-panel-language");
    screen->panel = PANEL_VIEW;
    for (uint16_t part = 0; part < 3; part++) {
        char name[40];
        snprintf(name, sizeof name, "pupil-panel-view-%u", part);
        screen_build(screen, part);
        screen_rules_check(screen, name);
        screen_take_picture(screen, name);
    }
    screen->panel = PANEL_NONE;
}

/* On a question: what is said before the first text is heard, and where nothing can be. */
static void see_listening(struct screen *screen) {
    screen->panel = PANEL_LISTEN;
    screen_rules_see(screen, "pupil-panel-listen");
    int heads = 0;
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        heads += item->kind == PAGE_TEXT && item->icon == ICON_ROBOT;
    }
    assert_int_equal(heads, screen->page->parted ? heads : 1); /* beside the sentence that a computer reads */
    uint16_t *file = screen->voices.file;
    screen->voices.file = calloc((size_t)screen->voices.named + 1, sizeof *file);
    assert_non_null(screen->voices.file);
    screen_rules_see(screen, "pupil-panel-listen-missing");
    screen->panel = PANEL_NONE;
    screen_rules_see(screen, "pupil-question-mute");
    free(screen->voices.file);
    screen->voices.file = file;
}

static void see_the_explanation(struct screen *screen) {
    char name[40];
    screen->most_characters = screen->theme.width >= 1024 && screen->theme.percent == 100 ? 60 : 80;
    for (enum flow_page page = 0; page < FLOW_PAGES; page++) {
        for (int mode = ROUND_TWO_MACHINES; mode <= ROUND_SOLO; mode++) {
            snprintf(name, sizeof name, "pupil-welcome-%d-%d", (int)page, mode);
            screen->sample->round->mode = (enum round_mode)mode;
            screen_rules_see(screen, name);
        }
        if (page == FLOW_PAGE_WHO) {
            screen->sample->round->choices = ROUND_INCIDENTS_IN_CLASS;
            screen_rules_see(screen, "pupil-welcome-incidents");
            screen->sample->round->choices = 0;
        }
        if (page == FLOW_PAGE_PRACTICE) {
            screen_hear(screen, FLOW_NEXT, 0);
            screen_rules_see(screen, "pupil-practice-nudge");
            screen_hear(screen, FLOW_CHOOSE, 1);
            screen_rules_see(screen, "pupil-practice-chosen");
        }
        screen_hear(screen, FLOW_NEXT, 0);
    }
    screen->most_characters = 80;
}

static void see_the_way_of_a_pupil(struct screen *screen, uint16_t language) {
    screen_start(screen, 2);
    screen_rules_see(screen, "pupil-ready");
    screen_hear(screen, FLOW_START, 0);
    screen_rules_see(screen, "pupil-language");
    screen_hear(screen, FLOW_CHOOSE_LANGUAGE, language);
    see_panels(screen);
    see_the_explanation(screen);
    screen_hear(screen, FLOW_DECLINE, 0);
    screen_rules_see(screen, "pupil-quiet");
    screen_hear(screen, FLOW_BACK, 0);
    screen_hear(screen, FLOW_AGREE, 0);
    see_listening(screen);
    see_questions(screen);
    screen_rules_see(screen, "pupil-check");
    screen_hear(screen, FLOW_STOP, 0);
    screen_rules_see(screen, "pupil-stop");
    screen_hear(screen, FLOW_TICK, 0);
    flow_hear(&screen->flow, FLOW_TICK, 0, 10 + FLOW_HIDE_MS);
    screen_rules_see(screen, "pupil-hidden");
    flow_hear(&screen->flow, FLOW_TICK, 0, 10 + FLOW_WARN_MS);
    assert_int_equal(flow_look(&screen->flow).countdown, 45);
    screen_rules_see(screen, "pupil-hidden-countdown");
    screen_hear(screen, FLOW_NEXT, 0);
    screen_hear(screen, FLOW_STOP_RETURN, 0);
    screen_hear(screen, FLOW_SEND, 0);
    screen_rules_see(screen, "pupil-sending");
    screen_hear(screen, FLOW_SAVED, 0);
    screen_rules_see(screen, "pupil-thanks");
}

static void every_page_of_a_pupil_fits_at_every_size_in_every_language(void **state) {
    struct screen *screen = *state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        for (uint16_t language = 0; language < 2; language++) {
            see_the_way_of_a_pupil(screen, language);
        }
    }
}

static void every_page_of_a_pupil_fits_in_the_other_languages(void **state) {
    struct screen *screen = *state;
    for (enum strings_language language = STRINGS_MENTOR_LANGUAGES; language < STRINGS_LANGUAGES;
         language++) {
        screen_set_second_language(screen, strings_code(language));
        for (int size = 0; size < SCREEN_SIZES; size++) {
            screen_set_size(screen, size);
            see_the_way_of_a_pupil(screen, 1);
        }
    }
}

static void every_page_of_a_pupil_fits_with_larger_letters(void **state) {
    struct screen *screen = *state;
    for (enum strings_language language = STRINGS_EN; language < STRINGS_LANGUAGES; language++) {
        screen_set_second_language(screen, strings_code(language));
        for (int size = 0; size < SCREEN_USUAL_SIZES; size++) {
            for (int i = 1; i < THEME_SIZES; i++) {
                screen_set_percent(screen, size, theme_percents[i]);
                see_the_way_of_a_pupil(screen, 1);
            }
        }
    }
}

static void the_page_of_a_failed_store_fits(void **state) {
    struct screen *screen = *state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        screen_agree(screen, 0);
        screen_hear(screen, FLOW_STOP, 0);
        screen_hear(screen, FLOW_STOP_SEND, 0);
        screen_hear(screen, FLOW_FAILED, 0);
        screen_rules_see(screen, "pupil-sorry");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_at_every_size_in_every_language,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_in_the_other_languages, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_with_larger_letters, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(the_page_of_a_failed_store_fits, screen_setup, screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
