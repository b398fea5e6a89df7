/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/pupil_pages.h"
#include "sample_questionnaire.h"
#include "screen.h"

/*
 * Saying no, stopping and finishing look the same from two metres: the same things in the same places, and
 * pictures that cannot be told apart once everything smaller than a sixth of the screen's height is blurred
 * away. Letters that a pupil made larger blur from as much farther: there the spot grows as they do, for who
 * can read the words knows anyhow.
 */

enum { BLUR = 6, SAME = 62 /* thousandths of grey, in any spot */ };

enum way { SAYS_NO, STOPS_AND_DISCARDS, STOPS_AND_SENDS, FINISHES, WAYS };

struct fixture {
    struct sample_round *sample;
    struct strings strings[STRINGS_LANGUAGES];
    struct theme theme;
    struct font_set fonts;
    struct view view;
    struct page *page[WAYS];
    struct picture picture[WAYS];
    struct page *first; /* a copy */
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
    check_fault(page_new(&f->first), FAULT_NONE);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < WAYS; i++) {
        page_free(f->page[i]);
    }
    page_free(f->first);
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

/* How each way ends, in this fixture's language. */
struct end {
    struct flow flow;
    struct pupil_pages_scene scene;
};

static void open_end(struct end *end, struct fixture *f, enum way way) {
    static const uint16_t languages[] = {0, 1};
    memset(end, 0, sizeof *end);
    check_fault(flow_open(&end->flow, f->sample->round->questionnaire, languages, 2), FAULT_NONE);
    walk(&end->flow, way);
    const char *code = end->flow.questionnaire->language[flow_look(&end->flow).language].code;
    end->scene = (struct pupil_pages_scene){.flow = &end->flow,
                                            .round = f->sample->round,
                                            .strings = &f->strings[strings_language_of(code)],
                                            .view = &f->view};
}

static void build(struct fixture *f, struct end *end, enum way way, uint16_t part) {
    end->scene.part = part;
    stack_fit(f->page[way], &f->theme, &f->fonts, false, pupil_pages_build, &end->scene);
    assert_false(f->page[way]->overflow);
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
static double worst(const struct picture *a, const struct picture *b, int percent) {
    int side = a->height / BLUR * percent / 100;
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

/* A page that tells its own reader nothing would be a button pressed for nothing. */
static void check_words(const struct page *page) {
    bool any = false;
    for (int i = 0; i < page->item_count; i++) {
        any = any || (page->item[i].kind == PAGE_TEXT && page->item[i].line_count > 0);
    }
    assert_true(any);
}

static bool has_more(const struct page *page) {
    return page_find(page, ACTION_MORE, 0) != PAGE_NOTHING;
}

/* One part of every way, beside that of a no. False: it is the last one, for all of them. */
static bool compare_part(struct fixture *f, struct end *ends, const char *what, uint16_t part) {
    for (enum way way = 0; way < WAYS; way++) {
        struct page *page = f->page[way];
        build(f, &ends[way], way, part);
        picture_draw(&f->picture[way], page, &f->theme, &f->fonts);
        check_words(page);
        if (has_more(page) != has_more(f->page[0])) {
            fail_msg("%s: a no comes in parts, or way %d does, not both", what, (int)way);
        }
        check_places(page, f->page[0]);
        double apart = worst(&f->picture[way], &f->picture[0], f->theme.percent);
        if (apart > SAME) {
            fail_msg("%s: part %d of way %d differs by %.0f thousandths from a no", what, (int)part, (int)way,
                     apart);
        }
    }
    return has_more(f->page[0]);
}

/* After the last part comes the first again, with the same words: the button says which of how many it is. */
static bool is_first_again(const struct page *page, const struct page *first) {
    return page->storage_used == first->storage_used &&
           memcmp(page->storage, first->storage, first->storage_used) == 0;
}

/* In the second language, which becomes this one. Gives in how many parts they come. */
static int compare(struct fixture *f, const char *code, int size, int letters, enum theme_look look) {
    enum { MOST = 20 };
    struct questionnaire *questionnaire = f->sample->round->questionnaire;
    struct end ends[WAYS];
    char what[96];
    int part = 0;
    snprintf(questionnaire->language[1].code, sizeof questionnaire->language[1].code, "%s", code);
    snprintf(what, sizeof what, "%s at %dx%d, %d %%, look %d", code, screen_sizes[size][0],
             screen_sizes[size][1], theme_percents[letters], (int)look);
    screen_dress(&f->theme, &f->fonts, size, theme_percents[letters]);
    f->theme.look = look;
    for (enum way way = 0; way < WAYS; way++) {
        open_end(&ends[way], f, way);
        picture_open(&f->picture[way], f->theme.width, f->theme.height);
    }
    while (part < MOST && compare_part(f, ends, what, (uint16_t)part)) {
        part++;
        build(f, &ends[0], 0, 0);
        memcpy(f->first, f->page[0], sizeof *f->first);
        build(f, &ends[0], 0, (uint16_t)part);
        if (is_first_again(f->page[0], f->first)) {
            part--;
            break;
        }
    }
    for (enum way way = 0; way < WAYS; way++) {
        picture_close(&f->picture[way]);
        flow_release(&ends[way].flow);
    }
    font_close(&f->fonts);
    return part + 1;
}

/* In six languages, on three screens, with letters of four sizes; where the letters are largest in all looks. */
static void a_no_a_stop_and_an_end_look_the_same_from_two_metres(void **state) {
    struct fixture *f = *state;
    bool any_in_parts = false;
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        for (int size = 0; size < SCREEN_USUAL_SIZES; size++) {
            for (int letters = 0; letters < THEME_SIZES; letters++) {
                int parts = compare(f, strings_code(language), size, letters, THEME_NORMAL);
                any_in_parts = any_in_parts || parts > 1;
            }
        }
        compare(f, strings_code(language), 0, 0, THEME_CONTRAST);
        compare(f, strings_code(language), 0, THEME_SIZES - 1, THEME_DARK);
    }
    assert_true(any_in_parts); /* else the parts were not compared */
}

/* Who wants to know it still, may: the same words as in the explanation. */
static void after_the_thanks_the_page_tells_who_sees_what(void **state) {
    struct fixture *f = *state;
    static const uint16_t languages[] = {0, 1};
    struct flow flow = {0};
    strcpy(f->sample->round->questionnaire->language[1].code, "en");
    screen_dress(&f->theme, &f->fonts, 0, 100);
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
