/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heard RAW [--speed PERCENT] [WAV ...]: what went to the sound card (16-bit samples, as SDL's disk driver writes them) is
 * these recordings, in this order, each whole, with silence around them and nothing else. `heard RAW --begin
 * WAV`: it is silence and the first part of this one, which was broken off. With a speed of 50 to 200 the
 * recordings are taken as kiosk/speech_stretch.h makes them. Sample by sample, so there is no gap in any.
 * Exits with 1 and says where it differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/recording.h"
#include "kiosk/speech_stretch.h"

enum { LIMIT = 64 << 20 };

static void read_file(struct bytes_buffer *out, const char *path) {
    uint8_t some[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "heard: cannot read %s\n", path);
        exit(2);
    }
    for (size_t size; (size = fread(some, 1, sizeof some, file)) > 0 && out->size < LIMIT;) {
        bytes_put(out, some, size);
    }
    fclose(file);
}

static size_t after_silence(const struct bytes_buffer *raw, size_t at) {
    while (at + 1 < raw->size && raw->data[at] == 0 && raw->data[at + 1] == 0) {
        at += 2;
    }
    return at;
}

/* At another speed; `room` keeps it. */
static void stretch(struct recording *recording, struct bytes_buffer *room, unsigned percent) {
    size_t count = speech_stretch_count(recording->count, percent);
    int16_t *spoken = malloc(recording->count * sizeof *spoken);
    int16_t *out = malloc(count * sizeof *out);
    if (spoken == NULL || out == NULL) {
        exit(2);
    }
    memcpy(spoken, recording->sample, recording->count * sizeof *spoken);
    speech_stretch(out, spoken, recording->count, recording->rate, percent);
    bytes_put(room, (const uint8_t *)out, count * sizeof *out);
    recording->sample = room->data;
    recording->count = (uint32_t)count;
    free(spoken);
    free(out);
}

/* Without the silence that a recording begins and ends with: it cannot be told from that around it. */
static struct bytes sounding(const struct recording *recording) {
    size_t first = 0;
    size_t end = 2 * (size_t)recording->count;
    while (first < end && recording->sample[first] == 0 && recording->sample[first + 1] == 0) {
        first += 2;
    }
    while (end > first && recording->sample[end - 2] == 0 && recording->sample[end - 1] == 0) {
        end -= 2;
    }
    return (struct bytes){recording->sample + first, end - first};
}

static size_t alike(const struct bytes_buffer *raw, size_t at, struct bytes sound) {
    size_t same = 0;
    while (same < sound.size && at + same < raw->size && raw->data[at + same] == sound.data[same]) {
        same++;
    }
    return same;
}

/* Where the sound ends in the raw samples, having begun at `at`. */
static size_t must_hear(const struct bytes_buffer *raw, size_t at, const char *path, int broken_off,
                        unsigned percent) {
    struct bytes_buffer content = {0};
    struct bytes_buffer room = {0};
    struct recording recording;
    read_file(&content, path);
    if (recording_decode(&recording, bytes_buffer_view(&content))) {
        fprintf(stderr, "heard: %s is no recording\n", path);
        exit(2);
    }
    if (percent != 100) {
        stretch(&recording, &room, percent);
    }
    struct bytes sound = sounding(&recording);
    size_t same = alike(raw, at, sound);
    if (broken_off ? same == 0 || same == sound.size : same < sound.size) {
        fprintf(stderr, "heard: %s: %zu of %zu bytes, from byte %zu on\n", path, same, sound.size, at);
        exit(1);
    }
    bytes_buffer_release(&content);
    bytes_buffer_release(&room);
    return at + same;
}

int main(int argc, char **argv) {
    struct bytes_buffer raw = {0};
    if (argc < 2) {
        return 2;
    }
    int broken_off = argc == 4 && strcmp(argv[2], "--begin") == 0;
    int sped = argc > 4 && strcmp(argv[2], "--speed") == 0;
    unsigned percent = sped ? (unsigned)strtoul(argv[3], NULL, 10) : 100;
    if (percent < SPEECH_STRETCH_SLOWEST || percent > SPEECH_STRETCH_FASTEST) {
        return 2;
    }
    read_file(&raw, argv[1]);
    size_t at = after_silence(&raw, 0);
    for (int i = 2 + broken_off + 2 * sped; i < argc; i++) {
        at = after_silence(&raw, must_hear(&raw, at, argv[i], broken_off, percent));
    }
    if (at + 1 < raw.size) {
        fprintf(stderr, "heard: something else at byte %zu of %zu\n", at, raw.size);
        return 1;
    }
    bytes_buffer_release(&raw);
    return 0;
}
