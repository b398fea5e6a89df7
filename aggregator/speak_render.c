/* SPDX-License-Identifier: Apache-2.0 */
/* A computer's voice: espeak-ng is run, as any other program, and what it says is kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/speak.h"
#include "core/recording.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "platform/program.h"

enum { HEAD = 44, RATE_AT = 24, SOUND_LIMIT = RECORDING_BYTES_LIMIT };

static enum fault read_all(struct bytes_buffer *out, FILE *file) {
    uint8_t some[4096];
    size_t size = 0;
    rewind(file);
    while ((size = fread(some, 1, sizeof some, file)) > 0 && out->size <= SOUND_LIMIT) {
        bytes_put(out, some, size);
    }
    return ferror(file) ? FAULT_FILE_READ : out->fault;
}

/*
 * Into a pipe it cannot say in the head how much will follow: only the rate is taken from there, the rest is
 * samples.
 */
static enum fault encode(struct bytes_buffer *out, struct bytes said) {
    if (said.size <= HEAD || memcmp(said.data, "RIFF", 4) != 0) {
        return FAULT_MISUSE;
    }
    uint32_t count = (uint32_t)((said.size - HEAD) / 2);
    int16_t *sample = malloc(count * sizeof *sample + 1);
    if (sample == NULL) {
        return FAULT_MEMORY;
    }
    struct recording view = {.count = count, .sample = said.data + HEAD};
    for (uint32_t i = 0; i < count; i++) {
        sample[i] = recording_sample(&view, i);
    }
    enum fault fault = recording_encode(out, bytes_load_u32(said.data + RATE_AT), sample, count);
    free(sample);
    return fault;
}

/*
 * Slower than it speaks by itself, and a little silence between words: it is heard by children who are
 * learning the language.
 */
enum fault speak_say(struct bytes_buffer *out, const char *program, const char *language, const char *text) {
    char name[] = "espeak-ng", voice[24], bytes[] = "-b1", rate[] = "-s140", gap[] = "-g2", in[] = "--stdin",
         to[] = "--stdout";
    char *words[] = {name, voice, bytes, rate, gap, in, to, NULL};
    struct bytes_buffer said = {0};
    FILE *asked = tmpfile();
    FILE *heard = tmpfile();
    int code = 0;
    snprintf(voice, sizeof voice, "-v%s", language);
    enum fault fault = asked == NULL || heard == NULL ? FAULT_FILE_WRITE : FAULT_NONE;
    if (!fault && fputs(text, asked) < 0) {
        fault = FAULT_FILE_WRITE;
    }
    fault = fault ? fault : program_run(&code, program, words, asked, heard);
    fault = fault ? fault : code != 0 ? FAULT_MISUSE : read_all(&said, heard);
    fault = fault ? fault : encode(out, bytes_buffer_view(&said));
    if (asked != NULL) {
        fclose(asked);
    }
    if (heard != NULL) {
        fclose(heard);
    }
    bytes_buffer_release(&said);
    return fault;
}

enum fault speak_render(struct speak *speak, size_t line, const char *program) {
    struct speak_line *to = &speak->line[line];
    const struct questionnaire *questionnaire = speak->questionnaire;
    char text[SPEAK_TEXT_SIZE];
    char path[SPEAK_PATH_SIZE];
    struct bytes_buffer content = {0};
    speak_text(text, questionnaire, to->kind, to->part, to->option, to->language);
    int size = snprintf(path, sizeof path, "%s/%s.robot.wav", speak->folder, to->name);
    enum fault fault = size < 0 || size >= SPEAK_PATH_SIZE ? FAULT_LIMIT : FAULT_NONE;
    fault = fault ? fault : speak_say(&content, program, questionnaire->language[to->language].code, text);
    fault = fault ? fault : folder_create(speak->folder);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    if (!fault) {
        recording_digest(to->digest, bytes_buffer_view(&content));
        to->state = SPEAK_ROBOT;
    }
    bytes_buffer_release(&content);
    return fault;
}
