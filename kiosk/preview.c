/* SPDX-License-Identifier: Apache-2.0 */
#include "preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/file.h"

/* Just enough of a round for its pages. */
static enum fault wrap(struct round **out, struct bytes content) {
    struct round *round = round_new();
    *out = round;
    if (!round) {
        return FAULT_MEMORY;
    }
    enum fault fault = questionnaire_decode(&round->questionnaire, content);
    if (!fault) {
        round->mode = ROUND_TWO_MACHINES;
        round->language_count = round->questionnaire->language_count;
        for (uint16_t i = 0; i < round->language_count; i++) {
            memcpy(round->language[i], round->questionnaire->language[i].code, sizeof round->language[i]);
        }
    }
    return fault;
}

static enum fault open_flow(struct preview *preview) {
    uint16_t languages[QUESTIONNAIRE_LANGUAGES];
    const struct round *round = preview->round;
    for (uint16_t i = 0; i < round->language_count; i++) {
        languages[i] = questionnaire_find_language(round->questionnaire, round->language[i]);
    }
    return flow_open(&preview->flow, round->questionnaire, languages, round->language_count);
}

static enum fault read_stream(struct bytes_buffer *out, FILE *file) {
    uint8_t some[4096];
    size_t size = 0;
    while ((size = fread(some, 1, sizeof some, file)) > 0 && out->size <= ROUND_BYTES_LIMIT) {
        bytes_put(out, some, size);
    }
    return ferror(file) ? FAULT_FILE_READ : out->size > ROUND_BYTES_LIMIT ? FAULT_FILE_TOO_LARGE : out->fault;
}

enum fault preview_read(struct round **out, const char *path) {
    struct bytes_buffer file = {0};
    *out = NULL;
    enum fault fault =
        strcmp(path, "-") == 0 ? read_stream(&file, stdin) : file_read(&file, path, ROUND_BYTES_LIMIT);
    if (!fault) {
        fault = round_decode(out, bytes_buffer_view(&file));
    }
    if (fault == FAULT_MAGIC) {
        fault = wrap(out, bytes_buffer_view(&file));
    }
    if (fault) {
        round_free(*out);
        *out = NULL;
    }
    bytes_buffer_release(&file);
    return fault;
}

static enum fault open_voices(struct preview *preview, const char *path) {
    char folder[KIOSK_STATE_PATH_SIZE];
    enum fault fault = voices_beside(folder, strcmp(path, "-") == 0 ? "/dev/null/-" : path);
    return fault ? fault : voices_open(&preview->voices, preview->round->questionnaire, folder);
}

enum fault preview_open(struct preview **out, const char *path) {
    struct preview *preview = calloc(1, sizeof *preview);
    enum fault fault = preview ? preview_read(&preview->round, path) : FAULT_MEMORY;
    if (!fault) {
        fault = open_flow(preview);
    }
    if (!fault) {
        fault = open_voices(preview, path);
    }
    if (fault) {
        preview = preview_free(preview);
    }
    *out = preview;
    return fault;
}

struct preview *preview_free(struct preview *preview) {
    if (preview) {
        flow_release(&preview->flow);
        voices_close(&preview->voices);
        round_free(preview->round);
        free(preview);
    }
    return NULL;
}

bool preview_hear(struct preview *preview, enum flow_event event, uint16_t value, uint64_t now_ms) {
    bool theirs = event != FLOW_SAVED && event != FLOW_FAILED;
    return theirs && flow_hear(&preview->flow, event, value, now_ms);
}

bool preview_work(struct preview *preview, uint64_t now_ms) {
    return flow_sending(&preview->flow) && flow_hear(&preview->flow, FLOW_SAVED, 0, now_ms);
}
