/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/mentor_pages.h"
#include "screen_rules.h"

/*
 * The mentor's pages obey the rules of a page, and say what the mentor must know. With
 * KLANKBORD_PICTURES=FOLDER they are written there, to be looked at.
 */

static struct mentor_pages_scene mentor_scene(struct screen *screen, enum mentor_state state) {
    static const char *const folders[] = {"/media/begeleider/KLANKBORD-STICK", "/run/media/begeleider/USB"};
    static const struct bundle_export_receipt receipt = {.count = 23,
                                                         .damaged = 1,
                                                         .code = "0123-4567-89AB",
                                                         .name = "2A-00112233445566778899aabbccddeeff.klb"};
    static const struct bundle_export_receipt *const receipts[] = {&receipt, &receipt};
    static const struct stick_list others = {3, {"3F9A-01BC", "77E0-D4C2", "A0B1-C2D3"}};
    return (struct mentor_pages_scene){
        .round = screen->sample->round,
        .strings = &screen->strings[screen->language],
        .view = {.state = state,
                 .session_open = true,
                 .clock_wrong = true,
                 .warned = true,
                 .sum = 23,
                 .asked = 24,
                 .number = {24, 21, 1, 1, 0, 1}},
        .class_label = "gr. 7/8 De Regenboog",
        .count = 23,
        .limit = 24,
        .others = 1,
        .pupil_is_busy = true,
        .session_fault = FAULT_DISK_FULL,
        .is_full = true,
        .may_admit = true,
        .session_label = "3F9A-01BC",
        .allows_old_versions = true,
        .worries = MACHINE_FILES_OPEN | MACHINE_CALLS_OPEN | MACHINE_DEBUGGABLE,
        .unexported = &others,
        .folder_count = 2,
        .folders = folders,
        .receipt_count = 2,
        .receipts = receipts,
    };
}

static void see_mentor(struct screen *screen, const struct mentor_pages_scene *scene, const char *name) {
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, mentor_pages_build, scene);
    screen_rules_check(screen, name);
    screen_take_picture(screen, name);
}

/* Every part of a page that comes in parts; the second is drawn too. */
static void see_parts(struct screen *screen, struct mentor_pages_scene scene, const char *name) {
    char first[PAGE_STORAGE];
    char second[64];
    see_mentor(screen, &scene, name);
    size_t used = screen->page->storage_used;
    memcpy(first, screen->page->storage, used);
    snprintf(second, sizeof second, "%s-2", name);
    bool comes_in_parts = page_find(screen->page, ACTION_MORE, 0) != PAGE_NOTHING;
    bool more = comes_in_parts;
    for (scene.part = 1; more; scene.part++) {
        stack_fit(screen->page, &screen->theme, &screen->fonts, false, mentor_pages_build, &scene);
        more = screen->page->storage_used != used || memcmp(screen->page->storage, first, used) != 0;
        if (more) {
            see_mentor(screen, &scene, second);
        }
    }
    assert_int_equal(scene.part, comes_in_parts ? 3 : 1); /* the third is the first again */
}

static void see_classes(struct screen *screen) {
    struct mentor_pages_scene scene = mentor_scene(screen, MENTOR_CLASSES);
    struct desk_class classes[40];
    for (int i = 0; i < 40; i++) {
        classes[i] = (struct desk_class){.class_item = &screen->sample->round->class_list[i % 3],
                                         .closed_sessions = (uint32_t)i % 2,
                                         .contributions = (uint32_t)i};
    }
    scene.classes = classes;
    for (scene.class_count = 3; scene.class_count <= 40; scene.class_count += 37) {
        for (scene.part = 0; scene.part < 2; scene.part++) {
            see_mentor(screen, &scene, scene.part == 0 ? "mentor-classes" : "mentor-classes-2");
        }
    }
}

static void see_mentors_pages(struct screen *screen) {
    static const struct {
        enum mentor_state state;
        const char *name;
    } pages[] = {{MENTOR_LOCKED, "mentor-locked"},   {MENTOR_PIN, "mentor-pin"},
                 {MENTOR_SETUP, "mentor-setup"},     {MENTOR_OVERVIEW, "mentor-overview"},
                 {MENTOR_CLOSE, "mentor-close"},     {MENTOR_EXPORT, "mentor-export"},
                 {MENTOR_RECEIPT, "mentor-receipt"}, {MENTOR_CLOSING, "mentor-waiting"}};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        see_parts(screen, mentor_scene(screen, pages[i].state), pages[i].name);
    }
    struct mentor_pages_scene pin = mentor_scene(screen, MENTOR_PIN);
    pin.view.digits = MENTOR_PIN_DIGITS;
    pin.view.fault = FAULT_PIN;
    pin.view.leaving = true;
    see_mentor(screen, &pin, "mentor-pin-wrong");
    pin.view.wait_s = 300;
    see_mentor(screen, &pin, "mentor-pin-wait");
    struct mentor_pages_scene none = mentor_scene(screen, MENTOR_EXPORT);
    none.folder_count = 0;
    see_mentor(screen, &none, "mentor-export-none");
    none.folder_count = 2;
    none.view.fault = FAULT_FILE_WRITE;
    see_mentor(screen, &none, "mentor-export-failed");
    struct mentor_pages_scene full = mentor_scene(screen, MENTOR_OVERVIEW);
    full.pupil_is_busy = false;
    full.session_fault = FAULT_NONE;
    see_mentor(screen, &full, "mentor-overview-full");
    struct mentor_pages_scene waiting = mentor_scene(screen, MENTOR_EXPORTING);
    see_mentor(screen, &waiting, "mentor-exporting");
    struct mentor_pages_scene cleared = mentor_scene(screen, MENTOR_CLEARED);
    cleared.clearing = (struct clearing){.receipts = 1, .erased = 12, .kept = 3};
    see_mentor(screen, &cleared, "mentor-cleared");
    struct mentor_pages_scene again = mentor_scene(screen, MENTOR_SETUP);
    again.view.catching_up = true;
    see_mentor(screen, &again, "mentor-setup-again");
    see_classes(screen);
}

/* Where the first of what is drawn in a place stands, from its left. */
static int first_ink(const struct screen *screen, const struct picture *picture, struct paint_rect rect) {
    int x = 0;
    while (x < rect.w && !screen_is_painted(screen, picture,
                                            (struct paint_rect){rect.x + x, rect.y, 1, rect.h}, THEME_INK)) {
        x++;
    }
    return x;
}

/* What stands before a counter is no button: it begins where the text above it does. */
static void the_labels_of_counters_begin_where_texts_begin(void **state) {
    static const enum mentor_state states[] = {MENTOR_SETUP, MENTOR_CLOSE};
    struct screen *screen = *state;
    for (int i = 0; i < 2 * SCREEN_SIZES; i++) {
        struct picture picture;
        screen_set_size(screen, i / 2);
        struct mentor_pages_scene scene = mentor_scene(screen, states[i % 2]);
        stack_fit(screen->page, &screen->theme, &screen->fonts, false, mentor_pages_build, &scene);
        picture_open(&picture, screen->theme.width, screen->theme.height);
        picture_draw(&picture, screen->page, &screen->theme, &screen->fonts);
        int labels = 0;
        for (int j = 0; j < screen->page->item_count; j++) {
            const struct page_item *item = &screen->page->item[j];
            if (item->kind == PAGE_ROW && item->action == 0 && !item->centred) {
                assert_int_equal(item->rect.x, screen->theme.column_x);
                assert_in_range(first_ink(screen, &picture, item->rect), 0,
                                screen->theme.text[THEME_LABEL] / 4);
                labels++;
            }
        }
        assert_int_equal(labels, i % 2 == 0 ? 1 : 1 + BUNDLE_ABSENCES);
        picture_close(&picture);
    }
}

static void every_page_of_the_mentor_fits_at_every_size_in_every_language(void **state) {
    struct screen *screen = *state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        for (screen->language = 0; screen->language < STRINGS_MENTOR_LANGUAGES; screen->language++) {
            see_mentors_pages(screen);
        }
    }
}

/* With all that can be the matter at once; the button is as wide as the others of the page, in one of their places. */
static void the_button_to_the_next_part_is_as_wide_as_the_others(void **state) {
    struct screen *screen = *state;
    struct voices voices = {.named = 9, .there = 9};
    int in_parts[STRINGS_MENTOR_LANGUAGES] = {0};
    for (int run = 0; run < SCREEN_SIZES * STRINGS_MENTOR_LANGUAGES; run++) {
        screen_set_size(screen, run / 2);
        screen->language = (enum strings_language)(run % 2);
        struct mentor_pages_scene scene = mentor_scene(screen, MENTOR_LOCKED);
        scene.voices = &voices;
        see_parts(screen, scene, "mentor-locked-soundless");
        const struct page *page = screen->page;
        int more = page_find(page, ACTION_MORE, 0);
        int unlock = page_find(page, ACTION_MENTOR + MENTOR_UNLOCK, 0);
        assert_int_not_equal(unlock, PAGE_NOTHING);
        in_parts[run % 2] += more != PAGE_NOTHING;
        if (more != PAGE_NOTHING) {
            assert_int_equal(page->item[more].rect.x, page->item[unlock].rect.x);
            assert_int_equal(page->item[more].rect.w, page->item[unlock].rect.w);
        }
    }
    assert_true(in_parts[STRINGS_NL] > 0 && in_parts[STRINGS_EN] > 0);
}

/* A text that says what a button does stands clear of it. */
static void no_text_clings_to_the_button_under_it(void **state) {
    static const struct { bool busy, warned; } pages[] = {{true, false}, {false, false}, {false, true}};
    struct screen *screen = *state;
    for (int run = 0; run < SCREEN_SIZES * STRINGS_MENTOR_LANGUAGES * 3; run++) {
        screen_set_size(screen, run / 6);
        screen->language = (enum strings_language)(run / 3 % 2);
        struct mentor_pages_scene scene = mentor_scene(screen, MENTOR_OVERVIEW);
        scene.pupil_is_busy = pages[run % 3].busy;
        scene.view.warned = pages[run % 3].warned;
        stack_fit(screen->page, &screen->theme, &screen->fonts, false, mentor_pages_build, &scene);
        const struct page *page = screen->page;
        int reset = page_find(page, ACTION_RESET_PUPIL, 0);
        int admit = page_find(page, ACTION_MENTOR + MENTOR_ADMIT, 0);
        int button = reset != PAGE_NOTHING ? reset : admit;
        for (int i = 0; i < page->item_count && button > 0; i++) {
            const struct paint_rect *rect = &page->item[i].rect;
            assert_false(page->item[i].kind == PAGE_TEXT && rect->y < page->item[button].rect.y &&
                         rect->y + rect->h + screen->theme.gap > page->item[button].rect.y);
        }
    }
}

static bool page_says(const struct screen *screen, enum strings_key key) {
    for (int i = 0; i < screen->page->item_count; i++) {
        if (strcmp(page_text(screen->page, &screen->page->item[i]),
                   strings_get(&screen->strings[screen->language], key)) == 0) {
            return true;
        }
    }
    return false;
}

static void the_mentor_is_told_of_a_second_screen_before_pupils_begin(void **state) {
    struct screen *screen = *state;
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_SETUP};
    for (size_t i = 0; i < 2; i++) {
        for (int others = 0; others < 3; others++) {
            struct mentor_pages_scene scene = mentor_scene(screen, states[i]);
            scene.others = others;
            scene.view.session_open = false;
            see_mentor(screen, &scene, "mentor-second-screen");
            assert_int_equal(page_says(screen, STRINGS_DISPLAY_SECOND), others > 0);
            assert_false(page_says(screen, STRINGS_DISPLAY_WAS));
        }
    }
}

/* On any part of the mentor's page. */
static bool parts_say(struct screen *screen, struct mentor_pages_scene *scene, enum strings_key key,
                      const char *name) {
    bool says = false;
    for (scene->part = 0; scene->part < 3; scene->part++) {
        see_mentor(screen, scene, name);
        says = says || page_says(screen, key);
    }
    return says;
}

/* On what she comes to in the middle of a lesson, at every size: a screen that is there, and one that was. */
static void the_mentor_is_told_of_a_second_screen_in_the_middle_of_a_lesson(void **state) {
    struct screen *screen = *state;
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_OVERVIEW};
    for (int run = 0; run < SCREEN_SIZES * STRINGS_MENTOR_LANGUAGES * 2 * 4; run++) {
        bool there = (run & 1) != 0;
        bool was = (run & 2) != 0;
        struct mentor_pages_scene scene;
        screen_set_size(screen, run / 8 % SCREEN_SIZES);
        screen->language = (enum strings_language)(run / 8 / SCREEN_SIZES);
        scene = mentor_scene(screen, states[run / 4 % 2]);
        scene.others = there;
        scene.had_others = was;
        const char *name = there ? "mentor-second-now" : was ? "mentor-second-was" : "mentor-alone";
        assert_int_equal(parts_say(screen, &scene, STRINGS_DISPLAY_DURING, name), there);
        assert_int_equal(parts_say(screen, &scene, STRINGS_DISPLAY_WAS, name), was && !there);
    }
}

static void the_mentor_is_told_what_does_not_shut_the_program_off(void **state) {
    struct screen *screen = *state;
    static const struct {
        unsigned worries;
        const char *said, *unsaid;
    } cases[] = {
        {0, "", "verzegeld. Meld"},
        {MACHINE_SWAPS, "", "verzegeld. Meld"},
        {MACHINE_FILES_OPEN, ": Landlock ontbreekt. ", "seccomp"},
        {MACHINE_CALLS_OPEN, ": seccomp ontbreekt. ", "Landlock"},
        {MACHINE_FILES_OPEN | MACHINE_CALLS_OPEN, "Landlock ontbreekt, seccomp ontbreekt.", "geheugen"}};
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_SETUP};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t j = 0; j < 2; j++) {
            struct mentor_pages_scene scene = mentor_scene(screen, states[j]);
            scene.worries = cases[i].worries;
            scene.view.clock_wrong = scene.view.warned = false; /* all of it on one part */
            see_mentor(screen, &scene, "mentor-worries");
            assert_true(screen_holds(screen, cases[i].said));
            assert_false(screen_holds(screen, cases[i].unsaid));
        }
    }
}

static void the_mentor_sees_that_an_unfit_disk_is_allowed(void **state) {
    struct screen *screen = *state;
    for (int allowed = 0; allowed < 2; allowed++) {
        struct mentor_pages_scene scene = mentor_scene(screen, MENTOR_SETUP);
        scene.allows_old_versions = allowed;
        see_mentor(screen, &scene, "mentor-old-versions");
        assert_int_equal(page_says(screen, STRINGS_SETUP_OLD_VERSIONS), allowed);
    }
}

/* What can be heard, at both places where a mentor comes by before a pupil does. */
static void the_mentor_is_told_what_can_be_heard(void **state) {
    static const struct {
        uint16_t named, there;
        bool works;
        int locked, setup; /* a text, or -1 for none */
    } cases[] = {{0, 0, true, -1, -1},
                 {9, 9, true, -1, STRINGS_SETUP_HEADPHONES},
                 {9, 9, false, STRINGS_SETUP_SOUNDLESS, STRINGS_SETUP_SOUNDLESS}};
    static const enum strings_key all[] = {STRINGS_SETUP_HEADPHONES, STRINGS_SETUP_SOUNDLESS};
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct voices voices = {.named = cases[i].named, .there = cases[i].there};
        for (int setup_page = 0; setup_page < 2; setup_page++) {
            struct mentor_pages_scene scene = mentor_scene(screen, setup_page ? MENTOR_SETUP : MENTOR_LOCKED);
            scene.view.clock_wrong = scene.view.warned = false; /* all of it on one part */
            scene.voices = &voices;
            scene.can_listen = cases[i].works;
            see_mentor(screen, &scene, "mentor-listening");
            for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
                assert_int_equal(page_says(screen, all[k]),
                                 (setup_page ? cases[i].setup : cases[i].locked) == (int)all[k]);
            }
        }
    }
}

/* The number that is missing is in the text: it is looked for by its beginning. */
static void the_mentor_is_told_how_many_recordings_are_missing(void **state) {
    struct screen *screen = *state;
    struct voices voices = {.named = 90, .there = 41};
    struct mentor_pages_scene scene = mentor_scene(screen, MENTOR_SETUP);
    scene.view.warned = false; /* all of it on one part */
    scene.voices = &voices;
    scene.can_listen = true;
    see_mentor(screen, &scene, "mentor-recordings");
    int found = 0;
    for (int i = 0; i < screen->page->item_count; i++) {
        const char *text = page_text(screen->page, &screen->page->item[i]);
        found += strstr(text, "90") != NULL && strstr(text, "41") != NULL;
    }
    assert_int_equal(found, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_labels_of_counters_begin_where_texts_begin, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_page_of_the_mentor_fits_at_every_size_in_every_language,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_button_to_the_next_part_is_as_wide_as_the_others, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(no_text_clings_to_the_button_under_it, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_of_a_second_screen_before_pupils_begin,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_of_a_second_screen_in_the_middle_of_a_lesson,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_what_does_not_shut_the_program_off, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_sees_that_an_unfit_disk_is_allowed, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_what_can_be_heard, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_how_many_recordings_are_missing, screen_setup,
                                        screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
