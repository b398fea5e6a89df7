/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/preview.h"
#include "kiosk/ui/show.h"
#include "platform/file.h"
#include "sample_questionnaire.h"

/*
 * The program's loop, whole, on a preview. Every picture that it presents comes by here
 * (SDL_UpdateWindowSurfaceRects is wrapped), and somebody who has seen it presses the next keys: so a test knows
 * which picture followed which key, and no clock decides.
 */

enum { WIDTH = 1024, HEIGHT = 768, STEPS = 32, KEYS = 12 };

struct step {
    SDL_Scancode keys[KEYS]; /* pressed together, after the picture before has been seen */
    const char *keep;        /* what the picture that follows is called, or NULL */
};

struct kept {
    const char *name;
    uint32_t *pixels;
};

static struct {
    const struct step *steps;
    int step;
    int pictures; /* since the last keys */
    int most;     /* pictures between two steps */
    struct kept kept[STEPS];
    int kept_count;
} script;

int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count);
int __real_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count);

static void keep(const char *name, const SDL_Surface *surface) {
    size_t row = (size_t)WIDTH * 4;
    struct kept *kept = &script.kept[script.kept_count++];
    assert_int_equal(surface->w, WIDTH);
    assert_int_equal(surface->h, HEIGHT);
    kept->name = name;
    kept->pixels = malloc(row * HEIGHT);
    assert_non_null(kept->pixels);
    for (int y = 0; y < HEIGHT; y++) {
        memcpy(kept->pixels + (size_t)y * WIDTH, (const uint8_t *)surface->pixels + y * surface->pitch, row);
    }
}

static const uint32_t *picture(const char *name) {
    for (int i = 0; i < script.kept_count; i++) {
        if (strcmp(script.kept[i].name, name) == 0) {
            return script.kept[i].pixels;
        }
    }
    fail_msg("there was no picture '%s'", name);
    return NULL;
}

static bool same(const char *a, const char *b) {
    return memcmp(picture(a), picture(b), (size_t)WIDTH * HEIGHT * 4) == 0;
}

static void press(const SDL_Scancode keys[KEYS]) {
    for (int i = 0; i < KEYS && keys[i] != SDL_SCANCODE_UNKNOWN; i++) {
        SDL_Event event = {.type = SDL_KEYDOWN};
        event.key.keysym.scancode = keys[i];
        assert_int_equal(SDL_PushEvent(&event), 1);
    }
}

/*
 * The picture is there: looked at, and after the moment in which a new page is deaf the next keys are
 * pressed.
 */
int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count) {
    if (SDL_GetWindowSurface(window)->w != WIDTH) {
        return __real_SDL_UpdateWindowSurfaceRects(window, rects, count);
    }
    if (script.step > 0 && script.steps[script.step - 1].keep != NULL && script.pictures == 0) {
        keep(script.steps[script.step - 1].keep, SDL_GetWindowSurface(window));
    }
    script.pictures++;
    if (!SDL_HasEvent(SDL_KEYDOWN)) {
        script.most = script.step > 0 && script.pictures > script.most ? script.pictures : script.most;
        script.pictures = 0;
        SDL_Delay(STAGE_DEAF_MS + 10);
        press(script.steps[script.step++].keys);
    }
    return 0;
}

static struct preview *preview;

static int set_up(void **state) {
    (void)state;
    char path[] = "/tmp/test_show-XXXXXX";
    struct bytes_buffer content = {0};
    struct questionnaire *questionnaire = sample_questionnaire();
    int file = mkstemp(path);
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_true(file >= 0);
    close(file);
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    check_fault(preview_open(&preview, path), FAULT_NONE);
    bytes_buffer_release(&content);
    questionnaire_free(questionnaire);
    unlink(path);
    memset(&script, 0, sizeof script);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (int i = 0; i < script.kept_count; i++) {
        free(script.kept[i].pixels);
    }
    preview = preview_free(preview);
    return 0;
}

static void play(const struct step *steps) {
    struct show_setup setup = {.window = {.windowed = true, .width = WIDTH, .height = HEIGHT},
                               .stage = {.preview = preview}};
    script.steps = steps;
    check_fault(show_run(&setup), FAULT_NONE);
}

/* From the beginning to the first question, which is about who one is. */
#define TO_A_QUESTION                                                                                        \
    {{SDL_SCANCODE_RETURN}, NULL}, {{SDL_SCANCODE_TAB}, NULL}, {{SDL_SCANCODE_RETURN}, NULL},                \
        {{SDL_SCANCODE_PAGEDOWN}, NULL}, {{SDL_SCANCODE_PAGEDOWN}, NULL}, {{SDL_SCANCODE_PAGEDOWN}, NULL},   \
        {{SDL_SCANCODE_1}, NULL}, {{SDL_SCANCODE_PAGEDOWN}, NULL},                                           \
        {{SDL_SCANCODE_TAB, SDL_SCANCODE_TAB, SDL_SCANCODE_TAB, SDL_SCANCODE_RETURN}, NULL}, {               \
        {SDL_SCANCODE_PAGEDOWN}, "question"                                                                  \
    }

static void the_picture_after_the_hide_key_tells_nothing(void **state) {
    (void)state;
    const struct step steps[] = {
        TO_A_QUESTION,
        {{SDL_SCANCODE_1}, "answered 1"},
        {{SDL_SCANCODE_F12}, "hidden 1"},
        {{SDL_SCANCODE_SPACE}, "shown again"},
        {{SDL_SCANCODE_2}, "answered 2"},
        {{SDL_SCANCODE_ESCAPE}, "hidden 2"},
        {{SDL_SCANCODE_SPACE}, NULL},
        {{SDL_SCANCODE_PAGEDOWN}, "next question"},
        {{SDL_SCANCODE_F12}, "hidden at the next"},
        {{SDL_SCANCODE_F10}, NULL},
    };
    play(steps);
    assert_false(same("question", "answered 1"));
    assert_false(same("answered 1", "hidden 1"));
    assert_false(same("answered 1", "answered 2"));
    assert_false(same("answered 1", "next question"));
    assert_true(same("hidden 1", "hidden 2"));
    assert_true(same("hidden 1", "hidden at the next"));
    assert_true(same("shown again", "answered 1"));
    assert_int_equal(script.most, 1); /* one picture after each key: none of the page in between */
}

/* Whoever hammers on the keys before: what came in is heard first, and only then there is a picture. */
static void however_much_came_before_it_no_picture_of_the_page_follows(void **state) {
    (void)state;
    const struct step steps[] = {
        TO_A_QUESTION,
        {{SDL_SCANCODE_F12}, "hidden"},
        {{SDL_SCANCODE_SPACE}, NULL},
        {{SDL_SCANCODE_DOWN, SDL_SCANCODE_DOWN, SDL_SCANCODE_SPACE, SDL_SCANCODE_DOWN, SDL_SCANCODE_1,
          SDL_SCANCODE_2, SDL_SCANCODE_UP, SDL_SCANCODE_UP, SDL_SCANCODE_F12},
         "hidden after much"},
        {{SDL_SCANCODE_F10}, NULL},
    };
    play(steps);
    assert_true(same("hidden", "hidden after much"));
    assert_int_equal(script.most, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_picture_after_the_hide_key_tells_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(however_much_came_before_it_no_picture_of_the_page_follows, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
