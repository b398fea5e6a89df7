/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/pupil_pages.h"
#include "sample_questionnaire.h"
#include "sample_round.h"
#include "screens/picture.h"

/*
 * Saying no, stopping and finishing look the same from two metres: the same things in the same places, and
 * pictures that cannot be told apart once everything smaller than a sixth of the screen's height is blurred
 * away.
 */

static const int sizes[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}};
enum { SIZES = sizeof sizes / sizeof sizes[0], BLUR = 6, SAME = 62 /* thousandths of grey, in any spot */ };

enum way { SAYS_NO, STOPS_AND_DISCARDS, STOPS_AND_SENDS, FINISHES, WAYS };

struct fixture {
    struct sample_round *sample;
    struct strings strings[STRINGS_LANGUAGES];
    struct theme theme;
    struct font_set fonts;
    struct view view;
    struct page *page[WAYS];
    struct picture picture[WAYS];
};

static int setup(void **state) {
    static const struct sample_class classes[] = {{"2A", 2, 24, 0}};
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->sample = sample_round_new(classes, 1, 1);
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        check_fault(strings_open(&f->strings[i], i), FAULT_NONE);
    }
    for (int i = 0; i < WAYS; i++) {
        check_fault(page_new(&f->page[i]), FAULT_NONE);
    }
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < WAYS; i++) {
        page_free(f->page[i]);
    }
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        strings_close(&f->strings[i]);
    }
    sample_round_free(f->sample);
    free(f);
    return 0;
}

/* From the first page to the page on which this way ends for whoever looks on. */
static void walk(struct flow *flow, enum way way) {
    static const enum flow_event ends[WAYS][4] = {
        [SAYS_NO] = {FLOW_DECLINE},
        [STOPS_AND_DISCARDS] = {FLOW_AGREE, FLOW_STOP, FLOW_STOP_DISCARD},
        [STOPS_AND_SENDS] = {FLOW_AGREE, FLOW_STOP, FLOW_STOP_SEND, FLOW_SAVED},
        [FINISHES] = {FLOW_AGREE},
    };
    flow_hear(flow, FLOW_START, 0, 1);
    flow_hear(flow, FLOW_CHOOSE_LANGUAGE, 1, 1);
    for (int i = 0; i < 4 && (i == 0 || ends[way][i] != FLOW_START); i++) {
        flow_hear(flow, ends[way][i], 0, 1);
    }
    while (flow->state == FLOW_QUESTION) {
        flow_hear(flow, flow_look(flow).note ? FLOW_NEXT : FLOW_SKIP, 0, 1);
    }
    if (way == FINISHES) {
        flow_hear(flow, FLOW_SEND, 0, 1);
        flow_hear(flow, FLOW_SAVED, 0, 1);
    }
    bool quiet = way == SAYS_NO || way == STOPS_AND_DISCARDS;
    assert_int_equal(flow->state, quiet ? FLOW_DECLINED_QUIET : FLOW_THANKS);
}

static void draw(struct fixture *f, enum way way) {
    static const uint16_t languages[] = {0, 1};
    struct flow flow = {0};
    check_fault(flow_open(&flow, f->sample->round->questionnaire, languages, 2), FAULT_NONE);
    walk(&flow, way);
    const char *code = flow.questionnaire->language[flow_look(&flow).language].code;
    struct pupil_pages_scene scene = {.flow = &flow,
                                      .round = f->sample->round,
                                      .strings = &f->strings[strings_language_of(code)],
                                      .view = &f->view};
    stack_fit(f->page[way], &f->theme, &f->fonts, false, pupil_pages_build, &scene);
    picture_open(&f->picture[way], f->theme.width, f->theme.height);
    picture_draw(&f->picture[way], f->page[way], &f->theme, &f->fonts);
    flow_release(&flow);
}

static double grey_at(const struct picture *picture, int x, int y) {
    uint32_t pixel = picture->pixel[(size_t)y * (size_t)picture->width + (size_t)x];
    return (0.2126 * (pixel >> 16 & 0xFF) + 0.7152 * (pixel >> 8 & 0xFF) + 0.0722 * (pixel & 0xFF)) / 255;
}

/* How grey a spot is when it is seen as one. */
static double spot(const struct picture *picture, int x, int y, int side) {
    double sum = 0;
    int count = 0;
    for (int j = y; j < y + side && j < picture->height; j++) {
        for (int i = x; i < x + side && i < picture->width; i++) {
            sum += grey_at(picture, i, j);
            count++;
        }
    }
    return sum / count;
}

/* The most that any spot differs, in thousandths, spots overlapping by half. */
static double worst(const struct picture *a, const struct picture *b) {
    int side = a->height / BLUR;
    double most = 0;
    for (int y = 0; y + side <= a->height; y += side / 2) {
        for (int x = 0; x + side <= a->width; x += side / 2) {
            double apart = spot(a, x, y, side) - spot(b, x, y, side);
            apart = apart < 0 ? -apart : apart;
            most = apart > most ? apart : most;
        }
    }
    return 1000 * most;
}

/* What is on it stands where it stands on the other. */
static void check_places(const struct page *page, const struct page *other) {
    assert_int_equal(page->item_count, other->item_count);
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        const struct page_item *its = &other->item[i];
        bool same = item->kind == its->kind && item->rect.x == its->rect.x && item->rect.y == its->rect.y &&
                    item->rect.w == its->rect.w && (item->action == 0) == (its->action == 0) &&
                    (item->action == 0 || item->rect.h == its->rect.h) && item->main == its->main &&
                    item->style == its->style && item->icon == its->icon;
        if (!same) {
            fail_msg("\"%s\" and \"%s\" stand elsewhere or look different", page_text(page, item),
                     page_text(other, its));
        }
    }
}

/* In the second language, which becomes this one. */
static void compare(struct fixture *f, const char *code, int size, int percent) {
    struct questionnaire *questionnaire = f->sample->round->questionnaire;
    snprintf(questionnaire->language[1].code, sizeof questionnaire->language[1].code, "%s", code);
    f->theme = theme_for(sizes[size][0], sizes[size][1]);
    theme_enlarge(&f->theme, percent);
    check_fault(font_open(&f->fonts, NULL, &f->theme), FAULT_NONE);
    for (enum way way = 0; way < WAYS; way++) {
        draw(f, way);
        check_places(f->page[way], f->page[0]);
        double apart = worst(&f->picture[way], &f->picture[0]);
        if (apart > SAME) {
            fail_msg("%s at %dx%d, %d %%: way %d differs by %.0f thousandths from a no", code, sizes[size][0],
                     sizes[size][1], percent, (int)way, apart);
        }
    }
    for (enum way way = 0; way < WAYS; way++) {
        picture_close(&f->picture[way]);
    }
    font_close(&f->fonts);
}

static void a_no_a_stop_and_an_end_look_the_same_from_two_metres(void **state) {
    struct fixture *f = *state;
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        for (int size = 0; size < SIZES; size++) {
            compare(f, strings_code(language), size, 100);
        }
        compare(f, strings_code(language), 1, 125);
    }
}

/* Who wants to know it still, may: the same words as in the explanation. */
static void after_the_thanks_the_page_tells_who_sees_what(void **state) {
    struct fixture *f = *state;
    static const uint16_t languages[] = {0, 1};
    struct flow flow = {0};
    strcpy(f->sample->round->questionnaire->language[1].code, "en");
    f->theme = theme_for(1024, 768);
    check_fault(font_open(&f->fonts, NULL, &f->theme), FAULT_NONE);
    check_fault(flow_open(&flow, f->sample->round->questionnaire, languages, 2), FAULT_NONE);
    walk(&flow, FINISHES);
    struct page *page = f->page[0];
    struct pupil_pages_scene scene = {
        .flow = &flow, .round = f->sample->round, .strings = &f->strings[STRINGS_EN], .view = &f->view};
    stack_fit(page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
    assert_int_not_equal(page_find(page, ACTION_PANEL, PANEL_WHO), PAGE_NOTHING);
    for (enum round_mode mode = ROUND_TWO_MACHINES; mode <= ROUND_SOLO; mode++) {
        static const enum strings_key told[] = {[ROUND_TWO_MACHINES] = STRINGS_WELCOME_TWO_MACHINES,
                                                [ROUND_ONE_MACHINE] = STRINGS_WELCOME_ONE_MACHINE,
                                                [ROUND_SOLO] = STRINGS_WELCOME_SOLO};
        bool found = false;
        f->sample->round->mode = mode;
        scene.panel = PANEL_WHO;
        stack_fit(page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
        for (int i = 0; i < page->item_count; i++) {
            found = found || strcmp(page_text(page, &page->item[i]),
                                    strings_get(&f->strings[STRINGS_EN], told[mode])) == 0;
        }
        assert_true(found);
        assert_int_not_equal(page_find(page, ACTION_PANEL, PANEL_NONE), PAGE_NOTHING);
    }
    flow_release(&flow);
    font_close(&f->fonts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_no_a_stop_and_an_end_look_the_same_from_two_metres, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(after_the_thanks_the_page_tells_who_sees_what, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
