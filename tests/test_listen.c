/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/stage.h"
#include "platform/file.h"
#include "sample_questionnaire.h"
#include "sample_voices.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A preview with recordings, on a stage without a window; what is played is noted. */

enum { HEARD = 64 };

static struct heard {
    int plays, hushes, rests;
    int value[HEARD];
    uint32_t count;
    bool playing, deaf;
} heard;

static bool is_there(void *context) {
    return !((struct heard *)context)->deaf;
}

static bool play(void *context, const int16_t *sample, uint32_t count, uint32_t rate) {
    struct heard *to = context;
    assert_int_equal(rate, SAMPLE_VOICES_RATE);
    assert_true(to->plays < HEARD);
    to->value[to->plays++] = sample[count / 2] - SAMPLE_VOICES_FIRST;
    to->count = count;
    to->playing = true;
    return true;
}

static void hush(void *context) {
    struct heard *to = context;
    to->hushes++;
    to->playing = false;
}

static bool is_playing(void *context) {
    return ((struct heard *)context)->playing;
}

static void rest(void *context) {
    ((struct heard *)context)->rests++;
}

static const struct speech_device device = {is_there, play, hush, is_playing, rest, &heard};

static char folder[64];
static struct questionnaire *questionnaire;
static struct preview *preview;
static struct stage stage;
static uint64_t now;

static const char *path_of(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void open_stage(void) {
    struct stage_setup setup = {.width = 1024, .height = 768, .sound = &device};
    check_fault(preview_open(&preview, path_of("q.klq")), FAULT_NONE);
    setup.preview = preview;
    check_fault(stage_open(&stage, &setup, now), FAULT_NONE);
}

static void close_stage(void) {
    stage_close(&stage);
    preview = preview_free(preview);
}

static int set_up(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    heard = (struct heard){0};
    now = 1000;
    snprintf(folder, sizeof folder, "/tmp/klankbord-listen-XXXXXX");
    assert_non_null(mkdtemp(folder));
    questionnaire = sample_questionnaire();
    sample_voices_add(questionnaire);
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path_of("q.klq"), bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    bytes_buffer_release(&content);
    sample_voices_write(questionnaire, path_of("audio"));
    open_stage();
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int tear_down(void **state) {
    (void)state;
    close_stage();
    questionnaire = questionnaire_free(questionnaire);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- hands and ears ---- */

static void settle(void) {
    (void)stage_refresh(&stage, now);
    now += STAGE_DEAF_MS;
}

static void touch(int action, int value) {
    settle();
    int item = page_find(stage.page, action, value);
    assert_int_not_equal(item, PAGE_NOTHING);
    struct paint_rect rect = stage.page->item[item].rect;
    stage_press(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    stage_release(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    settle();
}

static void press(enum stage_key key) {
    settle();
    stage_key(&stage, key, now);
    settle();
}

static void pupil(enum flow_event event, uint16_t value) {
    preview_hear(preview, event, value, now);
    stage.dirty = true;
    settle();
}

static void go_to(uint16_t item) {
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    pupil(FLOW_AGREE, 0);
    while (flow_look(&preview->flow).item != item) {
        pupil(FLOW_SKIP, 0);
        pupil(FLOW_NEXT, 0);
    }
}

/* Lets everything be read to its end. */
static void listen_to_the_end(void) {
    for (int i = 0; i < 1000 && (stage.speech.reading || stage.reads_next); i++) {
        heard.playing = false;
        now += 500;
        stage_tick(&stage, now);
        (void)stage_refresh(&stage, now);
    }
    assert_false(stage.speech.reading);
}

static void turn_on(void) {
    touch(ACTION_LISTEN, LISTEN_SWITCH);
    assert_int_equal(stage.panel, PANEL_LISTEN);
    touch(ACTION_LISTEN, LISTEN_BEGIN);
    stage_tick(&stage, now);
    settle();
}

/* The recording of a label in the first language. */
static int voice_of(enum questionnaire_recorded kind, uint16_t part, uint16_t option) {
    const struct questionnaire_recording *found =
        questionnaire_find_recording(questionnaire, kind, part, option, 0);
    assert_non_null(found);
    return (int)(found - questionnaire->recording);
}

/* How many marked things a page shows, and of which recording. */
static int marked(int *voice) {
    int count = 0;
    for (int i = 0; i < stage.page->item_count; i++) {
        if (stage.page->reading != 0 && stage.page->item[i].voice == stage.page->reading) {
            *voice = stage.page->item[i].voice - 1;
            count++;
        }
    }
    return count;
}

/* ---- what is promised ---- */

static void nothing_is_heard_before_the_headphones_are_mentioned(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    assert_int_equal(heard.plays, 0);
    touch(ACTION_LISTEN, LISTEN_SWITCH);
    assert_int_equal(stage.panel, PANEL_LISTEN);
    assert_int_equal(heard.plays, 0);
    int found = 0;
    for (int i = 0; i < stage.page->item_count; i++) {
        const char *text = page_text(stage.page, &stage.page->item[i]);
        const char *told = strings_get(&stage.strings[0], STRINGS_LISTEN_TEXT);
        found += text[0] != '\0' && strncmp(text, told, strlen(text)) == 0; /* its first paragraph */
        found += strcmp(text, strings_get(&stage.strings[0], STRINGS_LISTEN_ROBOT)) == 0;
    }
    assert_int_equal(found, 2);
    touch(ACTION_PANEL, PANEL_NONE);
    stage_tick(&stage, now);
    assert_int_equal(heard.plays, 0);
    assert_false(stage.view.listens);
}

/* Its first sentence and the rest are two texts of the page. */
static void a_note_is_read_once_and_marked_whole(void **state) {
    static const char text[] = "Fijn dat je meedoet. Elk antwoord is goed.";
    char **label = &preview->round->questionnaire->item[SAMPLE_WELCOME].label.in[0];
    int voice = 0;
    (void)state;
    free(*label);
    *label = malloc(sizeof text);
    assert_non_null(*label);
    memcpy(*label, text, sizeof text);
    go_to(SAMPLE_WELCOME);
    turn_on();
    assert_int_equal(marked(&voice), 2);
    assert_int_equal(voice, voice_of(QUESTIONNAIRE_RECORDED_ITEM, SAMPLE_WELCOME, 0));
    listen_to_the_end();
    assert_int_equal(heard.plays, 1);
}

static void the_question_is_read_and_then_every_answer_in_order(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    uint16_t list = questionnaire->item[SAMPLE_SAFE_CLASS].list;
    uint16_t options = questionnaire->list[list].option_count;
    turn_on();
    for (uint16_t i = 0; i <= options; i++) {
        int voice = -1;
        int expected = i == 0 ? voice_of(QUESTIONNAIRE_RECORDED_ITEM, SAMPLE_SAFE_CLASS, 0)
                              : voice_of(QUESTIONNAIRE_RECORDED_OPTION, list, (uint16_t)(i - 1));
        assert_int_equal(heard.plays, i + 1);
        assert_int_equal(heard.value[i], expected);
        assert_int_equal(marked(&voice), 1);
        assert_int_equal(voice, expected);
        heard.playing = false;
        for (int k = 0; k < 4; k++) {
            now += SPEECH_GAP_MS / 2;
            stage_tick(&stage, now);
        }
        (void)stage_refresh(&stage, now);
    }
    int none;
    assert_int_equal(marked(&none), 0);
    assert_false(flow_look(&preview->flow).chosen);
    assert_int_equal(heard.plays, options + 1);
}

static void what_was_chosen_changes_nothing_that_is_heard(void **state) {
    (void)state;
    struct heard without;
    go_to(SAMPLE_SAFE_CLASS);
    turn_on();
    listen_to_the_end();
    without = heard;
    for (uint16_t option = 0; option < 3; option++) {
        heard = (struct heard){0};
        touch(ACTION_PUPIL + FLOW_CHOOSE, option);
        assert_int_equal(heard.plays, 0);
        touch(ACTION_LISTEN, LISTEN_SWITCH);
        listen_to_the_end();
        assert_int_equal(heard.plays, without.plays);
        assert_memory_equal(heard.value, without.value, sizeof heard.value);
    }
}

static void begin_reading(void) {
    if (!stage.view.listens) {
        turn_on();
    } else if (!stage.speech.reading) {
        touch(ACTION_LISTEN, LISTEN_SWITCH);
    }
    assert_true(stage.speech.reading);
    assert_true(heard.playing);
}

static void whatever_else_is_done_there_is_silence(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    begin_reading();
    touch(ACTION_LISTEN, LISTEN_SWITCH); /* it says stop now */
    assert_false(heard.playing);
    begin_reading();
    settle();
    stage_digit(&stage, 2, now);
    assert_false(heard.playing);
    begin_reading();
    touch(ACTION_PUPIL + FLOW_NEXT, 0);
    assert_int_equal(flow_look(&preview->flow).item, SAMPLE_SAFE_HALL);
    assert_false(heard.playing);
    begin_reading();
    touch(ACTION_PUPIL + FLOW_STOP, 0);
    assert_false(heard.playing);
    touch(ACTION_PUPIL + FLOW_STOP_RETURN, 0);
    begin_reading();
    touch(ACTION_PANEL, PANEL_VIEW);
    assert_false(heard.playing);
    touch(ACTION_PANEL, PANEL_NONE);
    begin_reading();
    (void)stage_refresh(&stage, now);
    stage_key(&stage, STAGE_HIDE, now); /* before anything is drawn */
    assert_false(heard.playing);
    settle();
    assert_true(stage.place.hidden);
    assert_int_equal(page_find(stage.page, ACTION_LISTEN, LISTEN_SWITCH), PAGE_NOTHING);
    touch(ACTION_PUPIL + FLOW_NEXT, 0);
    begin_reading();
    press(STAGE_PAGE_UP);
    assert_int_equal(flow_look(&preview->flow).item, SAMPLE_SAFE_CLASS);
    assert_false(heard.playing);
}

/* Who only listens is there; who has stopped listening is not. */
static void the_page_does_not_hide_while_it_is_read(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    begin_reading();
    for (int i = 0; i < 100; i++) {
        now += 1000;
        stage_tick(&stage, now);
        (void)stage_refresh(&stage, now);
    }
    assert_false(stage.place.hidden);
    assert_true(heard.playing);
    listen_to_the_end();
    now += FLOW_HIDE_MS + 1000;
    stage_tick(&stage, now);
    (void)stage_refresh(&stage, now);
    assert_true(stage.place.hidden);
}

static void the_next_pupil_begins_in_silence(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    begin_reading();
    touch(ACTION_PANEL, PANEL_LISTEN);
    touch(ACTION_PACE, SPEECH_SLOW);
    touch(ACTION_LISTEN, LISTEN_BEGIN);
    stage_tick(&stage, now);
    settle();
    assert_int_equal(heard.count, SAMPLE_VOICES_COUNT * 100 / 80);
    pupil(FLOW_STOP, 0);
    pupil(FLOW_STOP_SEND, 0);
    (void)stage_work(&stage, now);
    settle();
    assert_int_equal(flow_look(&preview->flow).state, FLOW_THANKS);
    assert_false(heard.playing);
    pupil(FLOW_LEAVE, 0);
    assert_int_equal(flow_look(&preview->flow).state, FLOW_READY);
    assert_false(stage.view.listens);
    assert_int_equal(stage.view.pace, SPEECH_NORMAL);
    assert_int_equal(stage.speech.count, 0);
    int plays = heard.plays;
    go_to(SAMPLE_SAFE_CLASS);
    press(STAGE_AGAIN);
    assert_int_equal(heard.plays, plays);
    press(STAGE_LISTEN);
    assert_int_equal(stage.panel, PANEL_LISTEN);
    assert_int_equal(heard.plays, plays);
    touch(ACTION_LISTEN, LISTEN_BEGIN);
    stage_tick(&stage, now);
    assert_int_equal(heard.count, SAMPLE_VOICES_COUNT);
}

static void it_works_with_keys_alone(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    uint16_t list = questionnaire->item[SAMPLE_SAFE_CLASS].list;
    press(STAGE_LISTEN);
    press(STAGE_ENTER); /* the main button of the panel */
    stage_tick(&stage, now);
    settle();
    assert_int_equal(heard.plays, 1);
    press(STAGE_LISTEN);
    assert_false(heard.playing);
    press(STAGE_AGAIN);
    assert_int_equal(heard.plays, 2);
    assert_int_equal(heard.value[1], voice_of(QUESTIONNAIRE_RECORDED_ITEM, SAMPLE_SAFE_CLASS, 0));
    press(STAGE_DOWN); /* the ring comes to the first answer, and that one is read */
    assert_int_equal(heard.value[2], voice_of(QUESTIONNAIRE_RECORDED_OPTION, list, 0));
    press(STAGE_DOWN);
    assert_int_equal(heard.value[3], voice_of(QUESTIONNAIRE_RECORDED_OPTION, list, 1));
    press(STAGE_SPACE); /* chooses: silence */
    assert_false(heard.playing);
    assert_int_equal(heard.plays, 4);
    assert_true(flow_is_chosen(&preview->flow, 1));
    press(STAGE_AGAIN); /* the answer under the ring, because it was read last */
    listen_to_the_end();
    assert_int_equal(heard.plays, 5);
}

static void rings_that_scan_do_not_stop_it(void **state) {
    (void)state;
    go_to(SAMPLE_SAFE_CLASS);
    press(STAGE_SCAN);
    begin_reading();
    for (int i = 0; i < 20; i++) {
        now += 700;
        stage_tick(&stage, now);
        (void)stage_refresh(&stage, now);
    }
    assert_true(heard.playing);
    assert_int_equal(heard.plays, 1);
}

static void a_machine_without_sound_says_so(void **state) {
    (void)state;
    close_stage();
    heard.deaf = true;
    open_stage();
    go_to(SAMPLE_SAFE_CLASS);
    int item = page_find(stage.page, ACTION_LISTEN, LISTEN_SWITCH);
    assert_int_not_equal(item, PAGE_NOTHING);
    assert_int_equal(stage.page->item[item].icon, ICON_MUTE);
    touch(ACTION_LISTEN, LISTEN_SWITCH);
    assert_int_equal(stage.panel, PANEL_LISTEN);
    assert_int_equal(page_find(stage.page, ACTION_LISTEN, LISTEN_BEGIN), PAGE_NOTHING);
    assert_int_equal(heard.plays, 0);
}

static void recordings_that_did_not_come_along_are_said_to_be_missing(void **state) {
    (void)state;
    close_stage();
    assert_int_equal(nftw(path_of("audio"), remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    open_stage();
    go_to(SAMPLE_SAFE_CLASS);
    int item = page_find(stage.page, ACTION_LISTEN, LISTEN_SWITCH);
    assert_int_not_equal(item, PAGE_NOTHING);
    assert_int_equal(stage.page->item[item].icon, ICON_MUTE);
    press(STAGE_LISTEN);
    press(STAGE_DOWN);
    assert_int_equal(heard.plays, 0);
}

static void a_questionnaire_without_recordings_has_no_button(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    close_stage();
    questionnaire->recording_count = 0;
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path_of("q.klq"), bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    bytes_buffer_release(&content);
    open_stage();
    go_to(SAMPLE_SAFE_CLASS);
    assert_int_equal(page_find(stage.page, ACTION_LISTEN, LISTEN_SWITCH), PAGE_NOTHING);
    press(STAGE_LISTEN);
    assert_int_equal(stage.panel, PANEL_NONE);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(nothing_is_heard_before_the_headphones_are_mentioned),
        case_of(a_note_is_read_once_and_marked_whole),
        case_of(the_question_is_read_and_then_every_answer_in_order),
        case_of(what_was_chosen_changes_nothing_that_is_heard),
        case_of(whatever_else_is_done_there_is_silence),
        case_of(the_page_does_not_hide_while_it_is_read),
        case_of(the_next_pupil_begins_in_silence),
        case_of(it_works_with_keys_alone),
        case_of(rings_that_scan_do_not_stop_it),
        case_of(a_machine_without_sound_says_so),
        case_of(recordings_that_did_not_come_along_are_said_to_be_missing),
        case_of(a_questionnaire_without_recordings_has_no_button),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
