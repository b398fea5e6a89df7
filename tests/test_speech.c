/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/speech.h"
#include "kiosk/speech_stretch.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "sample_kiosk.h"
#include "sample_questionnaire.h"
#include "sample_voices.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- stretching ---- */

enum { RATE = 22050, SECONDS = 2, COUNT = RATE * SECONDS };

/* Something like a vowel: a tone that glides, with overtones and a slow swell. */
static int16_t *vowel(void) {
    int16_t *sample = calloc(COUNT, sizeof *sample);
    double phase = 0;
    assert_non_null(sample);
    for (int i = 0; i < COUNT; i++) {
        double at = (double)i / RATE;
        phase += 2 * 3.14159265358979 * (140 + 25 * sin(3 * at)) / RATE;
        double wave = sin(phase) + 0.5 * sin(2 * phase) + 0.25 * sin(5 * phase);
        sample[i] = (int16_t)(9000 * (0.6 + 0.4 * sin(9 * at)) * wave);
    }
    return sample;
}

/*
 * How alike a piece of the output is to the most alike piece of the input near where it should come from,
 * -1..1.
 */
static double likeness_at(const int16_t *out, size_t at, const int16_t *in, size_t from) {
    enum { PIECE = RATE / 50, NEAR = RATE / 25 };
    double most = -1;
    for (size_t place = from > NEAR ? from - NEAR : 0; place < from + NEAR && place + PIECE < COUNT;
         place++) {
        double product = 0, a = 1, b = 1;
        for (size_t i = 0; i < PIECE; i++) {
            product += (double)out[at + i] * in[place + i];
            a += (double)out[at + i] * out[at + i];
            b += (double)in[place + i] * in[place + i];
        }
        most = product / sqrt(a * b) > most ? product / sqrt(a * b) : most;
    }
    return most;
}

static void stretched_speech_is_as_long_as_asked_and_sounds_the_same(void **state) {
    (void)state;
    static const unsigned percents[] = {80, 120, 50, 200};
    int16_t *in = vowel();
    for (size_t p = 0; p < sizeof percents / sizeof *percents; p++) {
        size_t count = speech_stretch_count(COUNT, percents[p]);
        int16_t *out = calloc(count, sizeof *out);
        assert_non_null(out);
        assert_int_equal(count, (size_t)COUNT * 100 / percents[p]);
        speech_stretch(out, in, COUNT, RATE, percents[p]);
        double sum = 0;
        size_t pieces = 0;
        for (size_t at = 0; at + RATE / 25 < count; at += RATE / 10) {
            double alike = likeness_at(out, at, in, at * percents[p] / 100);
            assert_true(alike > 0.9); /* also at the pitch: a slower record would be 0.5 */
            sum += alike;
            pieces++;
        }
        assert_true(sum / (double)pieces > 0.98);
        free(out);
    }
    free(in);
}

static void at_its_own_speed_speech_is_copied(void **state) {
    (void)state;
    int16_t *in = vowel();
    int16_t *out = calloc(COUNT, sizeof *out);
    assert_non_null(out);
    speech_stretch(out, in, COUNT, RATE, 100);
    assert_memory_equal(out, in, COUNT * sizeof *in);
    free(out);
    free(in);
}

static void what_is_too_short_to_stretch_is_filled_up_with_silence(void **state) {
    (void)state;
    int16_t in[100];
    int16_t out[200];
    memset(in, 0x11, sizeof in);
    memset(out, 0x22, sizeof out);
    speech_stretch(out, in, 100, RATE, 80);
    assert_memory_equal(out, in, sizeof in);
    for (size_t i = 100; i < 125; i++) {
        assert_int_equal(out[i], 0);
    }
    assert_int_equal(out[125], 0x2222);
}

/* Silence is like everything: nothing divides by it. */
static void silence_stays_silent(void **state) {
    (void)state;
    static int16_t in[COUNT];
    static int16_t out[COUNT * 2];
    memset(out, 1, sizeof out);
    speech_stretch(out, in, COUNT, RATE, 80);
    for (size_t i = 0; i < speech_stretch_count(COUNT, 80); i++) {
        assert_int_equal(out[i], 0);
    }
}

/* ---- recordings on disk ---- */

static struct sample_kiosk kiosk;
static struct kiosk_state *state;
static struct questionnaire *questionnaire;
static struct voices voices;

static int set_up(void **unused) {
    (void)unused;
    sample_kiosk_new(&kiosk);
    questionnaire = kiosk.sample->round->questionnaire;
    sample_voices_add(questionnaire);
    check_fault(questionnaire_digest(kiosk.sample->round->questionnaire_digest, questionnaire), FAULT_NONE);
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    sample_kiosk_write_round(&kiosk);
    sample_voices_write(questionnaire, sample_kiosk_path(&kiosk, "audio"));
    state = sample_kiosk_open(&kiosk);
    return 0;
}

static int tear_down(void **unused) {
    (void)unused;
    voices_close(&voices);
    state = kiosk_state_close(state);
    sample_kiosk_release(&kiosk);
    return 0;
}

static void open_voices(void) {
    char folder[KIOSK_STATE_PATH_SIZE];
    voices_close(&voices);
    check_fault(voices_state_folder(folder, kiosk.state_folder), FAULT_NONE);
    check_fault(voices_open(&voices, questionnaire, folder), FAULT_NONE);
}

static const char *voice_path(uint16_t recording) {
    static char path[512];
    char hex[2 * DIGEST_BYTES + 1];
    digest_hex(hex, questionnaire->recording[recording].digest, DIGEST_BYTES);
    snprintf(path, sizeof path, "%s/voices/%s.wav", kiosk.state_folder, hex);
    return path;
}

static void a_round_brings_its_recordings_along(void **unused) {
    (void)unused;
    open_voices();
    assert_true(voices.named > 50);
    assert_int_equal(voices.there, 0);
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    open_voices();
    assert_int_equal(voices.there, voices.named);
    for (uint16_t i = 0; i < voices.named; i++) {
        struct recording sound;
        struct bytes_buffer content = {0};
        check_fault(voices_load(&sound, &content, &voices, questionnaire, i), FAULT_NONE);
        assert_int_equal(recording_sample(&sound, 7), SAMPLE_VOICES_FIRST + i);
        bytes_buffer_release(&content);
    }
    assert_true(file_exists(voice_path(0)));
}

/* Half of them came the first time, the folder of the round was on the stick, and names say nothing. */
static void what_was_missing_is_brought_later(void **unused) {
    (void)unused;
    char from[512], to[512];
    for (int i = 0; i < questionnaire->recording_count; i += 2) {
        snprintf(from, sizeof from, "%s/audio/%04d.wav", kiosk.folder, i);
        snprintf(to, sizeof to, "%s/audio/%04d.kept", kiosk.folder, i);
        assert_int_equal(rename(from, to), 0);
    }
    check_fault(kiosk_state_load_round(state, kiosk.folder), FAULT_NONE);
    open_voices();
    assert_int_equal(voices.there, voices.named / 2);
    for (int i = 0; i < questionnaire->recording_count; i += 2) {
        snprintf(from, sizeof from, "%s/audio/%04d.kept", kiosk.folder, i);
        snprintf(to, sizeof to, "%s/audio/another name %d.wav", kiosk.folder, i);
        assert_int_equal(rename(from, to), 0);
    }
    snprintf(state->round_folder, sizeof state->round_folder, "%s", kiosk.folder);
    check_fault(voices_seek(state), FAULT_NONE);
    open_voices();
    assert_int_equal(voices.there, voices.named);
}

static void a_changed_recording_is_never_played(void **unused) {
    (void)unused;
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    open_voices();
    struct bytes_buffer content = {0};
    struct recording sound;
    check_fault(file_read(&content, voice_path(3), RECORDING_BYTES_LIMIT), FAULT_NONE);
    content.data[100] ^= 1;
    check_fault(file_write(voice_path(3), bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    bytes_buffer_release(&content);
    check_fault(voices_load(&sound, &content, &voices, questionnaire, 3), FAULT_DIGEST);
    assert_null(sound.sample);
    bytes_buffer_release(&content);
    check_fault(file_write(voice_path(4), (struct bytes){(const uint8_t *)"RIFF", 4}, FILE_PRIVATE),
                FAULT_NONE);
    check_fault(voices_load(&sound, &content, &voices, questionnaire, 4), FAULT_MAGIC);
    bytes_buffer_release(&content);
    check_fault(file_remove(voice_path(5)), FAULT_NONE);
    check_fault(voices_load(&sound, &content, &voices, questionnaire, 5), FAULT_FILE_MISSING);
    check_fault(voices_load(&sound, &content, &voices, questionnaire, voices.named), FAULT_FILE_MISSING);
    bytes_buffer_release(&content);
    open_voices();
    assert_int_equal(voices.there, voices.named - 3);
    /* The damaged ones go, and the good ones come again. */
    check_fault(voices_bring(kiosk.state_folder, questionnaire, sample_kiosk_path(&kiosk, "audio")),
                FAULT_NONE);
    open_voices();
    assert_int_equal(voices.there, voices.named);
    assert_int_equal(voices.names.count, voices.named);
}

static void another_round_takes_the_recordings_of_the_first_away(void **unused) {
    (void)unused;
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    questionnaire->recording_count = 5;
    check_fault(voices_bring(kiosk.state_folder, questionnaire, "/nowhere"), FAULT_NONE);
    open_voices();
    assert_int_equal(voices.names.count, 5);
    assert_int_equal(voices.there, 5);
}

/* Which follow-up question a pupil listened to would otherwise be read from the file's times. */
static void listening_leaves_no_time_on_the_file(void **unused) {
    (void)unused;
    struct stat before, after;
    struct recording sound;
    struct bytes_buffer content = {0};
    const struct timespec old[2] = {{1000, 0},
                                    {2000, 0}}; /* read before it was written: relatime would note it */
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    open_voices();
    assert_int_equal(utimensat(AT_FDCWD, voice_path(2), old, 0), 0);
    assert_int_equal(stat(voice_path(2), &before), 0);
    check_fault(voices_load(&sound, &content, &voices, questionnaire, 2), FAULT_NONE);
    assert_int_equal(stat(voice_path(2), &after), 0);
    assert_int_equal(after.st_atim.tv_sec, 1000);
    assert_memory_equal(&before, &after, sizeof before);
    bytes_buffer_release(&content);
}

/* ---- reading ---- */

static struct heard {
    int plays, hushes, rests;
    int16_t value; /* of the sample played last */
    uint32_t count, rate;
    bool playing, broken;
} heard;

static bool is_there(void *context) {
    (void)context;
    return true;
}

static bool play(void *context, const int16_t *sample, uint32_t count, uint32_t rate) {
    struct heard *to = context;
    to->plays++;
    to->value = sample[count / 2];
    to->count = count;
    to->rate = rate;
    to->playing = !to->broken;
    return !to->broken;
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
static struct speech speech;
static struct speech_source source;
static uint64_t now;

static int set_up_reading(void **unused) {
    set_up(unused);
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    open_voices();
    heard = (struct heard){0};
    speech = (struct speech){.device = &device};
    source = (struct speech_source){.voices = &voices, .questionnaire = questionnaire};
    now = 5000;
    return 0;
}

/* The clock goes to where something is due. */
static bool wait(void) {
    assert_true(speech_due_ms(&speech) != UINT64_MAX);
    now = speech_due_ms(&speech);
    return speech_tick(&speech, &source, now);
}

static void texts_are_read_one_after_another_with_silence_between(void **unused) {
    (void)unused;
    static const uint16_t text[] = {4, 9, 6};
    assert_int_equal(speech_due_ms(&speech), UINT64_MAX);
    speech_begin(&speech, &source, text, 3, SPEECH_NORMAL, now);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(speech_reads(&speech), text[i]);
        assert_int_equal(heard.value, SAMPLE_VOICES_FIRST + text[i]);
        assert_int_equal(heard.count, SAMPLE_VOICES_COUNT);
        assert_int_equal(heard.rate, SAMPLE_VOICES_RATE);
        assert_int_equal(heard.plays, i + 1);
        assert_false(wait()); /* still playing */
        heard.playing = false;
        uint64_t over = now;
        assert_int_equal(wait(), i == 2);
        if (i < 2) {
            assert_int_equal(speech_reads(&speech), text[i]); /* the mark stays in the silence */
            assert_true(wait());
            assert_true(now >= over + SPEECH_GAP_MS);
        }
    }
    assert_int_equal(speech_reads(&speech), QUESTIONNAIRE_NONE);
    assert_int_equal(heard.rests, 0);
    assert_false(wait());
    assert_int_equal(heard.rests, 1);
    assert_int_equal(speech_due_ms(&speech), UINT64_MAX);
}

static void stop_is_heard_at_once_and_again_begins_the_same_text(void **unused) {
    (void)unused;
    static const uint16_t text[] = {4, 9, 6};
    speech_begin(&speech, &source, text, 3, SPEECH_NORMAL, now);
    heard.playing = false;
    (void)wait();
    (void)wait();
    assert_int_equal(speech_reads(&speech), 9);
    speech_stop(&speech, now);
    assert_int_equal(heard.hushes, 1);
    assert_int_equal(speech_reads(&speech), QUESTIONNAIRE_NONE);
    speech_again(&speech, &source, SPEECH_SLOW, now);
    assert_int_equal(speech_reads(&speech), 9);
    assert_int_equal(heard.count, SAMPLE_VOICES_COUNT * 100 / 80);
    heard.playing = false;
    (void)wait();
    (void)wait();
    assert_int_equal(speech_reads(&speech), 6); /* and goes on */
    speech_forget(&speech, now);
    int plays = heard.plays;
    speech_again(&speech, &source, SPEECH_NORMAL, now);
    assert_int_equal(heard.plays, plays);
}

static void one_text_is_not_followed_by_another(void **unused) {
    (void)unused;
    speech_one(&speech, &source, 12, SPEECH_FAST, now);
    assert_int_equal(heard.value, SAMPLE_VOICES_FIRST + 12);
    assert_int_equal(heard.count, SAMPLE_VOICES_COUNT * 100 / 120);
    heard.playing = false;
    assert_true(wait());
    assert_int_equal(speech_reads(&speech), QUESTIONNAIRE_NONE);
    assert_int_equal(heard.plays, 1);
}

static void what_is_missing_is_passed_over(void **unused) {
    (void)unused;
    static const uint16_t text[] = {4, 9, 6};
    check_fault(file_remove(voice_path(4)), FAULT_NONE);
    speech_begin(&speech, &source, text, 3, SPEECH_NORMAL, now);
    assert_int_equal(speech_reads(&speech), 9);
    assert_false(speech.failed);
    check_fault(file_remove(voice_path(6)), FAULT_NONE);
    heard.playing = false;
    (void)wait();
    assert_true(wait());
    assert_int_equal(speech_reads(&speech), QUESTIONNAIRE_NONE);
    speech_begin(&speech, &source, text, 1, SPEECH_NORMAL, now);
    assert_true(speech.failed);
    heard.broken = true;
    speech_begin(&speech, &source, text, 3, SPEECH_NORMAL, now);
    assert_true(speech.failed);
    assert_int_equal(speech_reads(&speech), QUESTIONNAIRE_NONE);
}

static void without_a_device_nothing_is_read(void **unused) {
    (void)unused;
    static const uint16_t text[] = {4};
    speech.device = NULL;
    speech_begin(&speech, &source, text, 1, SPEECH_NORMAL, now);
    assert_true(speech.failed);
    speech_stop(&speech, now);
    assert_false(speech_tick(&speech, &source, now + 100000));
    speech_begin(&speech, &source, text, 0, SPEECH_NORMAL, now);
    assert_false(speech.failed);
}

#define on_disk(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define reading(test) cmocka_unit_test_setup_teardown(test, set_up_reading, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretched_speech_is_as_long_as_asked_and_sounds_the_same),
        cmocka_unit_test(at_its_own_speed_speech_is_copied),
        cmocka_unit_test(what_is_too_short_to_stretch_is_filled_up_with_silence),
        cmocka_unit_test(silence_stays_silent),
        on_disk(a_round_brings_its_recordings_along),
        on_disk(what_was_missing_is_brought_later),
        on_disk(a_changed_recording_is_never_played),
        on_disk(another_round_takes_the_recordings_of_the_first_away),
        on_disk(listening_leaves_no_time_on_the_file),
        reading(texts_are_read_one_after_another_with_silence_between),
        reading(stop_is_heard_at_once_and_again_begins_the_same_text),
        reading(one_text_is_not_followed_by_another),
        reading(what_is_missing_is_passed_over),
        reading(without_a_device_nothing_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
