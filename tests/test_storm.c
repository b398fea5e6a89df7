/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <SDL.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/pupil.h"
#include "hands.h"
#include "platform/file.h"
#include "sample_kiosk.h"
#include "sample_voices.h"
#include "screens/picture.h"

/*
 * A class full of hands on one kiosk: ten thousand events, as SDL gives them to the window (hands.h). Once in
 * a class with a ballot box and a mentor, whose PIN nobody knows; once in all six languages of a shipped
 * questionnaire with recordings. Both must end, pixel for pixel, where they began.
 *   KLANKBORD_STORM_SEED    another sequence (20261)
 *   KLANKBORD_STORM_EVENTS  how many (10000)
 */

enum { EVENTS = 10000, SEED = 20261, PICTURE_EVERY = 20, WIDTH = 1024, HEIGHT = 768 };

static struct window window;
static struct stage stage;
static struct hands hands;
static struct picture first, last;

static long number_or(const char *name, long usual) {
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : usual;
}

static void open_glass(void) {
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct window_setup glass = {.windowed = true, .width = WIDTH, .height = HEIGHT};
    check_fault(window_open(&window, &glass), FAULT_NONE);
    picture_open(&first, WIDTH, HEIGHT);
    picture_open(&last, WIDTH, HEIGHT);
}

static void close_glass(void) {
    picture_close(&first);
    picture_close(&last);
    window_close(&window);
}

static void see(struct picture *out) {
    stage.dirty = true;
    stage_refresh(&stage, hands_now_ms());
    picture_draw(out, stage.page, &stage.theme, &stage.fonts);
}

/* What the window shows, of which only what changed was drawn, is what drawing everything gives. */
static void show(void) {
    struct picture whole;
    assert_true(window_draw(&window, &stage));
    const SDL_Surface *surface = SDL_GetWindowSurface(window.handle);
    picture_open(&whole, WIDTH, HEIGHT);
    picture_draw(&whole, stage.page, &stage.theme, &stage.fonts);
    for (int y = 0; y < HEIGHT; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)((const uint8_t *)surface->pixels +
                                                               (size_t)y * (size_t)surface->pitch);
        for (int x = 0; x < WIDTH; x++) {
            assert_int_equal(row[x] & 0xFFFFFF, picture_pixel(&whole, x, y));
        }
    }
    picture_close(&whole);
}

static void begin(bool is_preview) {
    hands = (struct hands){.window = &window,
                           .stage = &stage,
                           .is_preview = is_preview,
                           .seed = (uint32_t)number_or("KLANKBORD_STORM_SEED", SEED)};
    see(&first);
    print_message("%s: %ld events, seed %u\n", is_preview ? "six languages" : "a class",
                  number_or("KLANKBORD_STORM_EVENTS", EVENTS), hands.seed);
}

static void tell(const char *what, const int *seen, int count) {
    print_message("  %s:", what);
    for (int i = 0; i < count; i++) {
        print_message(" %d", seen[i]);
    }
    print_message("\n");
}

/* Which other sequences come by is not known. */
static bool is_usual(void) {
    return getenv("KLANKBORD_STORM_SEED") == NULL && number_or("KLANKBORD_STORM_EVENTS", EVENTS) >= EVENTS;
}

static void end(void) {
    tell("states", hands.states, FLOW_STATES);
    tell("languages", hands.languages, 6);
    tell("sizes", hands.sizes, THEME_SIZES);
    tell("looks", hands.looks, THEME_LOOKS);
    tell("panels", hands.panels, PANEL_WHO + 1);
    print_message("  hidden %d, warned %d, forgotten %d, scanning %d, listening %d, fingers %d\n",
                  hands.hidden, hands.warned, hands.forgotten, hands.scanned, hands.listened, hands.fingers);
    if (!is_usual()) {
        return;
    }
    assert_true(hands.states[FLOW_WELCOME] && hands.states[FLOW_DECLINED_QUIET] &&
                hands.states[FLOW_QUESTION] && hands.states[FLOW_STOP_ASK] && hands.states[FLOW_CHECK] &&
                hands.states[FLOW_THANKS]);
    assert_true(hands.hidden && hands.warned && hands.forgotten && hands.scanned && hands.fingers);
}

/* ---- a class ---- */

static struct sample_kiosk kiosk;
static struct desk *desk;

static void mentor(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, hands_now_ms());
    desk_work(desk, hands_now_ms());
    stage.dirty = true;
}

static enum mentor_state mentor_state_now(void) {
    return desk_mentor_view(desk, hands_now_ms()).state;
}

static void type_pin(void) {
    mentor(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        mentor(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    mentor(MENTOR_ENTER, 0);
}

static void open_class(void) {
    type_pin();
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_OPEN, 0);
    mentor(MENTOR_OPEN, 0); /* the sample's period may be over */
    assert_int_equal(mentor_state_now(), MENTOR_PUPILS);
}

static uint64_t stored(void) {
    return session_count(desk_session(desk));
}

static void new_class(void) {
    sample_kiosk_new(&kiosk);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), hands_now_ms()), FAULT_NONE);
    struct stage_setup setup = {.desk = desk, .width = WIDTH, .height = HEIGHT};
    check_fault(stage_open(&stage, &setup, hands_now_ms()), FAULT_NONE);
    open_class();
    stage_refresh(&stage, hands_now_ms());
}

static void end_class(void) {
    stage_close(&stage);
    desk = desk_free(desk);
    sample_kiosk_release(&kiosk);
}

static int set_up_class(void **state) {
    (void)state;
    open_glass();
    new_class();
    return 0;
}

static int tear_down_class(void **state) {
    (void)state;
    end_class();
    close_glass();
    return 0;
}

/*
 * Nobody who does not know the PIN gets further than the pad for it: the mentor sees it there and turns it
 * away.
 */
static void keep_order(uint32_t limit) {
    assert_true(mentor_state_now() == MENTOR_PUPILS || mentor_state_now() == MENTOR_PIN);
    assert_non_null(desk_session(desk));
    assert_in_range(stored(), 0, limit);
    if (mentor_state_now() == MENTOR_PIN) {
        mentor(MENTOR_BACK, 0);
        stage_refresh(&stage, hands_now_ms());
    }
}

static void ten_thousand_events_leave_a_class_where_it_should_be(void **state) {
    (void)state;
    begin(false);
    hands.stored = stored;
    uint32_t limit = session_head(desk_session(desk))->limit;
    long thanked = 0;
    long events = number_or("KLANKBORD_STORM_EVENTS", EVENTS);
    for (long i = 0; i < events; i++) {
        hands_act(&hands);
        if (i % PICTURE_EVERY == 0) {
            show();
        }
        keep_order(limit);
        if (session_is_full(desk_session(desk)) && stage.place.pupil == FLOW_READY) {
            thanked += (long)stored();
            end_class();
            new_class();
        }
    }
    end();
    print_message("  %ld pupils\n", thanked + (long)stored());
    assert_true(thanked + (long)stored() > 0);
    hands_leave(&hands);
    see(&last);
    /* When everybody was there it says so. */
    assert_true(session_is_full(desk_session(desk)) || picture_pixels_apart(&first, &last) == 0);
    hands_pass(1000000); /* for wrong PINs there is a time to wait */
    type_pin();
    assert_int_equal(mentor_state_now(), MENTOR_OVERVIEW);
}

/* ---- a shipped questionnaire in six languages, with recordings ---- */

static char folder[64];
static struct preview *preview;
static bool playing;

static bool is_there(void *context) {
    (void)context;
    return true;
}

static bool play(void *context, const int16_t *sample, uint32_t count, uint32_t rate) {
    (void)context, (void)sample, (void)count, (void)rate;
    playing = true;
    return true;
}

static void hush(void *context) {
    (void)context;
    playing = false;
}

static bool is_playing(void *context) {
    (void)context;
    return playing;
}

static bool hears(void) {
    return playing;
}

static void rest(void *context) {
    (void)context;
}

static const struct speech_device device = {is_there, play, hush, is_playing, rest, NULL};

static const char *path_of(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The shipped questionnaire, and a recording of each of its labels. */
static void record(void) {
    struct bytes_buffer content = {0};
    struct questionnaire *questionnaire = NULL;
    pupil_questionnaire(path_of("q.klq"), "secondary");
    check_fault(file_read(&content, path_of("q.klq"), QUESTIONNAIRE_BYTES_LIMIT), FAULT_NONE);
    check_fault(questionnaire_decode(&questionnaire, bytes_buffer_view(&content)), FAULT_NONE);
    bytes_buffer_release(&content);
    sample_voices_add(questionnaire);
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path_of("q.klq"), bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    sample_voices_write(questionnaire, path_of("audio"));
    bytes_buffer_release(&content);
    questionnaire_free(questionnaire);
}

static int set_up_languages(void **state) {
    (void)state;
    open_glass();
    playing = false;
    snprintf(folder, sizeof folder, "/tmp/klankbord-storm-XXXXXX");
    assert_non_null(mkdtemp(folder));
    record();
    check_fault(preview_open(&preview, path_of("q.klq")), FAULT_NONE);
    struct stage_setup setup = {.preview = preview, .width = WIDTH, .height = HEIGHT, .sound = &device};
    check_fault(stage_open(&stage, &setup, hands_now_ms()), FAULT_NONE);
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int tear_down_languages(void **state) {
    (void)state;
    stage_close(&stage);
    close_glass();
    preview = preview_free(preview);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void ten_thousand_events_in_six_languages_end_where_they_began(void **state) {
    (void)state;
    begin(true);
    hands.is_playing = hears;
    long events = number_or("KLANKBORD_STORM_EVENTS", EVENTS);
    for (long i = 0; i < events; i++) {
        hands_act(&hands);
        playing = playing && i % 7 != 0; /* a recording ends */
        if (i % PICTURE_EVERY == 0) {
            show();
        }
    }
    end();
    assert_true(hands.listened > 0 || !is_usual());
    assert_int_equal(preview->flow.language_count, 6);
    for (int i = 0; i < 6 && is_usual(); i++) {
        assert_true(hands.languages[i]);
    }
    for (int i = 0; i < THEME_SIZES && is_usual(); i++) {
        assert_true(hands.sizes[i]);
    }
    for (int i = 0; i < THEME_LOOKS && is_usual(); i++) {
        assert_true(hands.looks[i]);
    }
    hands_leave(&hands);
    see(&last);
    assert_int_equal(picture_pixels_apart(&first, &last), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ten_thousand_events_leave_a_class_where_it_should_be, set_up_class,
                                        tear_down_class),
        cmocka_unit_test_setup_teardown(ten_thousand_events_in_six_languages_end_where_they_began,
                                        set_up_languages, tear_down_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
