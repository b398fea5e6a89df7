/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/recording.h"
#include "kiosk/spoken.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/pupil_pages.h"
#include "platform/file.h"
#include "sample_questionnaire.h"
#include "sample_round.h"
#include "sample_voices.h"

/*
 * The program's own words: which file reads which text, and what that makes of the pages around the
 * questions.
 */

static char folder[64];
static struct strings strings[STRINGS_LANGUAGES];

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/klankbord-spoken-XXXXXX");
    assert_non_null(mkdtemp(folder));
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        check_fault(strings_open(&strings[i], i), FAULT_NONE);
    }
    return 0;
}

static const char *path_of(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int tear_down(void **state) {
    (void)state;
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        for (int k = 0; k < 2 * SPOKEN_KEYS; k++) {
            char name[SPOKEN_NAME_SIZE];
            spoken_name(name, &strings[i], spoken_keys[k / 2], k % 2 == 1);
            unlink(path_of(name));
        }
        strings_close(&strings[i]);
    }
    return rmdir(folder);
}

static void write_sound(const char *name, int16_t value) {
    static int16_t sample[SAMPLE_VOICES_COUNT];
    struct bytes_buffer content = {0};
    for (int i = 0; i < SAMPLE_VOICES_COUNT; i++) {
        sample[i] = value;
    }
    check_fault(recording_encode(&content, SAMPLE_VOICES_RATE, sample, SAMPLE_VOICES_COUNT), FAULT_NONE);
    check_fault(file_write(path_of(name), bytes_buffer_view(&content), FILE_SHARED), FAULT_NONE);
    bytes_buffer_release(&content);
}

static void write_text(enum strings_language language, enum strings_key key, bool robot, int16_t value) {
    char name[SPOKEN_NAME_SIZE];
    spoken_name(name, &strings[language], key, robot);
    write_sound(name, value);
}

static int16_t first_sample(const struct spoken *spoken, uint16_t text) {
    struct recording recording;
    check_fault(recording_decode(&recording, spoken->sound[text]), FAULT_NONE);
    return recording_sample(&recording, 0);
}

static void every_text_that_is_read_is_a_pupils_and_is_listed_once(void **state) {
    (void)state;
    for (int i = 0; i < SPOKEN_KEYS; i++) {
        assert_int_equal(strings_key_reader(spoken_keys[i]), STRINGS_FOR_PUPILS);
        assert_null(strchr(strings_get(&strings[STRINGS_NL], spoken_keys[i]), '{'));
        for (int k = 0; k < i; k++) {
            assert_int_not_equal(spoken_keys[k], spoken_keys[i]);
        }
    }
}

static void a_name_says_the_text_the_language_and_the_wording(void **state) {
    (void)state;
    char name[SPOKEN_NAME_SIZE];
    char other[SPOKEN_NAME_SIZE];
    spoken_name(name, &strings[STRINGS_NL], STRINGS_WELCOME_WHAT, false);
    assert_memory_equal(name, "welcome.what.nl.", 16);
    assert_string_equal(name + 24, ".wav");
    spoken_name(other, &strings[STRINGS_NL], STRINGS_WELCOME_WHAT, true);
    assert_memory_equal(name, other, 24);
    assert_string_equal(other + 24, ".robot.wav");
    struct strings changed = strings[STRINGS_NL];
    changed.text[STRINGS_WELCOME_WHAT] = "Iets anders.";
    spoken_name(other, &changed, STRINGS_WELCOME_WHAT, false);
    assert_memory_equal(name, other, 16);
    assert_memory_not_equal(name + 16, other + 16, 8);
}

static void a_person_is_heard_before_a_computer_and_what_is_missing_is_not(void **state) {
    (void)state;
    struct spoken spoken = {0};
    write_text(STRINGS_NL, STRINGS_WELCOME_WHAT, true, 1);
    write_text(STRINGS_NL, STRINGS_WELCOME_HELP, true, 2);
    write_text(STRINGS_NL, STRINGS_WELCOME_HELP, false, 3);
    write_text(STRINGS_PL, STRINGS_WELCOME_HELP, false, 4);
    spoken_open(&spoken, strings, folder);
    uint16_t what = spoken_find(&spoken, STRINGS_NL, STRINGS_WELCOME_WHAT);
    uint16_t help = spoken_find(&spoken, STRINGS_NL, STRINGS_WELCOME_HELP);
    uint16_t polish = spoken_find(&spoken, STRINGS_PL, STRINGS_WELCOME_HELP);
    assert_int_equal(first_sample(&spoken, what), 1);
    assert_int_equal(first_sample(&spoken, help), 3);
    assert_int_equal(first_sample(&spoken, polish), 4);
    assert_true(spoken.robot[what]);
    assert_false(spoken.robot[help]);
    assert_true(spoken_has_robot(&spoken, STRINGS_NL));
    assert_false(spoken_has_robot(&spoken, STRINGS_PL));
    assert_int_equal(spoken.there[STRINGS_NL], 2);
    assert_int_equal(spoken.there[STRINGS_EN], 0);
    assert_int_equal(spoken_find(&spoken, STRINGS_EN, STRINGS_WELCOME_WHAT), QUESTIONNAIRE_NONE);
    assert_int_equal(spoken_find(&spoken, STRINGS_NL, STRINGS_QUIET_TEXT), QUESTIONNAIRE_NONE);
    assert_int_equal(spoken_find(&spoken, STRINGS_NL, STRINGS_READY_TITLE), QUESTIONNAIRE_NONE);
    spoken_close(&spoken);
    spoken_open(&spoken, strings, "/nowhere/at/all");
    assert_int_equal(spoken.there[STRINGS_NL], 0);
    spoken_close(&spoken);
}

/* Who listens to "you do not have to fill in anything" leaves no time of it. */
static void listening_leaves_no_time_behind(void **state) {
    (void)state;
    struct stat before;
    struct stat after;
    struct spoken spoken = {0};
    char name[SPOKEN_NAME_SIZE];
    write_text(STRINGS_NL, STRINGS_QUIET_TEXT, true, 7);
    spoken_name(name, &strings[STRINGS_NL], STRINGS_QUIET_TEXT, true);
    spoken_open(&spoken, strings, folder);
    const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 2000}};
    assert_int_equal(utimensat(AT_FDCWD, path_of(name), long_ago, 0), 0);
    assert_int_equal(stat(path_of(name), &before), 0);
    assert_int_equal(first_sample(&spoken, spoken_find(&spoken, STRINGS_NL, STRINGS_QUIET_TEXT)), 7);
    assert_int_equal(stat(path_of(name), &after), 0);
    assert_int_equal(after.st_atim.tv_sec, 1000);
    assert_int_equal(before.st_atim.tv_sec, after.st_atim.tv_sec);
    spoken_close(&spoken);
}

/* ---- the pages ---- */

struct fixture {
    struct sample_round *sample;
    struct theme theme;
    struct font_set fonts;
    struct page *page;
    struct flow flow;
    struct view view;
    struct voices voices;
    struct spoken spoken;
};

static void open_pages(struct fixture *f) {
    static const struct sample_class classes[] = {{"2A", 2, 24, 0}};
    static const uint16_t languages[] = {0, 1};
    *f = (struct fixture){.sample = sample_round_new(classes, 1, 1), .theme = theme_for(1024, 768)};
    spoken_pretend(&f->spoken);
    check_fault(listen_pretend(&f->voices, f->sample->round->questionnaire), FAULT_NONE);
    check_fault(font_open(&f->fonts, NULL, &f->theme), FAULT_NONE);
    check_fault(page_new(&f->page), FAULT_NONE);
    check_fault(flow_open(&f->flow, f->sample->round->questionnaire, languages, 2), FAULT_NONE);
}

static void close_pages(struct fixture *f) {
    flow_release(&f->flow);
    page_free(f->page);
    font_close(&f->fonts);
    voices_close(&f->voices);
    sample_round_free(f->sample);
}

static void build(struct fixture *f) {
    const char *code = f->flow.questionnaire->language[flow_look(&f->flow).language].code;
    struct pupil_pages_scene scene = {.flow = &f->flow,
                                      .round = f->sample->round,
                                      .strings = &strings[strings_language_of(code)],
                                      .view = &f->view,
                                      .can_listen = true,
                                      .voices = &f->voices,
                                      .spoken = &f->spoken};
    stack_fit(f->page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
}

static void hear(struct fixture *f, enum flow_event event, uint16_t value) {
    flow_hear(&f->flow, event, value, 1);
    build(f);
}

static enum icon listen_icon(const struct page *page) {
    int item = page_find(page, ACTION_LISTEN, LISTEN_SWITCH);
    return item == PAGE_NOTHING ? ICON_NONE : page->item[item].icon;
}

static bool is_heard(const struct page *page, enum strings_language language, enum strings_key key) {
    const char *text = strings_get(&strings[language], key);
    for (int i = 0; i < page->item_count; i++) {
        size_t paragraph = strlen(page_text(page, &page->item[i])); /* the first, where there are more */
        if (page->item[i].voice > SPEECH_WORDS && paragraph > 0 &&
            strncmp(page_text(page, &page->item[i]), text, paragraph) == 0) {
            int read = page->item[i].voice - 1 - SPEECH_WORDS;
            return read / SPOKEN_KEYS == (int)language && spoken_keys[read % SPOKEN_KEYS] == key;
        }
    }
    return false;
}

/* How many texts of the page are marked while this is heard. */
static int pieces(const struct page *page, enum strings_language language, enum strings_key key) {
    int count = 0;
    for (int i = 0; i < page->item_count; i++) {
        int read = page->item[i].voice - 1 - SPEECH_WORDS;
        count += read >= 0 && read / SPOKEN_KEYS == (int)language && spoken_keys[read % SPOKEN_KEYS] == key;
    }
    return count;
}

/* On every page around the questions, in the pupil's language: all that a pupil who cannot read must know. */
static void the_pages_around_the_questions_can_be_heard(void **state) {
    (void)state;
    struct fixture f;
    open_pages(&f);
    hear(&f, FLOW_START, 0);
    assert_int_equal(listen_icon(f.page), ICON_NONE);
    hear(&f, FLOW_CHOOSE_LANGUAGE, 1);
    assert_int_equal(listen_icon(f.page), ICON_ROBOT);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_WHAT));
    uint16_t texts[SPEECH_TEXTS];
    assert_int_equal(listen_texts(texts, f.page), 2); /* a text of two paragraphs once */
    assert_int_equal(pieces(f.page, STRINGS_EN, STRINGS_WELCOME_WHAT), 2);
    hear(&f, FLOW_NEXT, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_WHO_TITLE));
    hear(&f, FLOW_NEXT, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_HELP));
    hear(&f, FLOW_NEXT, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_PRACTICE_QUESTION));
    assert_int_equal(pieces(f.page, STRINGS_EN, STRINGS_PRACTICE_TITLE), 1);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_PRACTICE_RATHER_NOT));
    hear(&f, FLOW_NEXT, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_QUESTION_NUDGE));
    hear(&f, FLOW_SKIP, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_CHOICE));
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_YES));
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_NO));
    hear(&f, FLOW_DECLINE, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_QUIET_TEXT));
    assert_int_equal(listen_icon(f.page), ICON_ROBOT);
    hear(&f, FLOW_BACK, 0);
    hear(&f, FLOW_AGREE, 0);
    hear(&f, FLOW_STOP, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_STOP_DISCARD));
    hear(&f, FLOW_STOP_SEND, 0);
    assert_int_equal(listen_icon(f.page), ICON_NONE);
    hear(&f, FLOW_SAVED, 0);
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_THANKS_TEXT));
    assert_true(is_heard(f.page, STRINGS_EN, STRINGS_THANKS_HELP));
    close_pages(&f);
}

/*
 * Who was welcomed aloud is not left alone with questions that nobody reads; and a person's voice has a
 * drawing of its own.
 */
static void words_are_heard_where_the_questions_are(void **state) {
    (void)state;
    struct fixture f;
    open_pages(&f);
    memset(f.spoken.robot, 0, sizeof f.spoken.robot);
    hear(&f, FLOW_START, 0);
    hear(&f, FLOW_CHOOSE_LANGUAGE, 1);
    assert_int_equal(listen_icon(f.page), ICON_SOUND);
    f.sample->round->questionnaire->recording_count = 0;
    build(&f);
    assert_int_equal(listen_icon(f.page), ICON_NONE);
    assert_false(is_heard(f.page, STRINGS_EN, STRINGS_WELCOME_WHAT));
    close_pages(&f);
    open_pages(&f);
    memset(&f.spoken, 0, sizeof f.spoken);
    hear(&f, FLOW_START, 0);
    hear(&f, FLOW_CHOOSE_LANGUAGE, 1);
    assert_int_equal(listen_icon(f.page), ICON_NONE);
    hear(&f, FLOW_AGREE, 0);
    hear(&f, FLOW_NEXT, 0);
    assert_int_equal(listen_icon(f.page), ICON_ROBOT); /* the sample's recordings */
    close_pages(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_text_that_is_read_is_a_pupils_and_is_listed_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_name_says_the_text_the_language_and_the_wording, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_person_is_heard_before_a_computer_and_what_is_missing_is_not,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(listening_leaves_no_time_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_pages_around_the_questions_can_be_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_heard_where_the_questions_are, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
