/* SPDX-License-Identifier: Apache-2.0 */
#include "voices.h"

#include "kiosk_state_parts.h"
#include "platform/volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a folder ---- */

/* Every recording with this digest has this file: texts that are alike may share one. */
static void note(struct voices *voices, const struct questionnaire *questionnaire,
                 const uint8_t digest[DIGEST_BYTES], size_t name) {
    for (uint16_t i = 0; i < questionnaire->recording_count; i++) {
        if (voices->file[i] == 0 && memcmp(questionnaire->recording[i].digest, digest, DIGEST_BYTES) == 0) {
            voices->file[i] = (uint16_t)(name + 1);
            voices->there++;
        }
    }
}

static enum fault read_sound(struct bytes_buffer *content, struct recording *out,
                             uint8_t digest[DIGEST_BYTES], const char *folder, const char *name) {
    char path[KIOSK_STATE_PATH_SIZE];
    enum fault fault = kiosk_state_path(path, folder, name);
    fault = fault ? fault : file_read(content, path, RECORDING_BYTES_LIMIT);
    if (!fault) {
        recording_digest(digest, bytes_buffer_view(content));
        fault = recording_decode(out, bytes_buffer_view(content));
    }
    return fault;
}

static void look_at(struct voices *voices, const struct questionnaire *questionnaire, size_t name) {
    struct bytes_buffer content = {0};
    struct recording recording;
    uint8_t digest[DIGEST_BYTES];
    if (!read_sound(&content, &recording, digest, voices->folder, voices->names.names[name])) {
        note(voices, questionnaire, digest, name);
    }
    bytes_buffer_release(&content);
}

enum fault voices_open(struct voices *out, const struct questionnaire *questionnaire, const char *folder) {
    *out = (struct voices){.named = questionnaire->recording_count};
    if (out->named == 0) {
        return FAULT_NONE;
    }
    if (strlen(folder) >= sizeof out->folder) {
        return FAULT_LIMIT;
    }
    memcpy(out->folder, folder, strlen(folder) + 1);
    out->file = calloc(out->named, sizeof *out->file);
    enum fault fault = out->file ? folder_list(&out->names, folder, ".wav") : FAULT_MEMORY;
    if (fault == FAULT_MEMORY) {
        voices_close(out);
        return fault;
    }
    for (size_t i = 0; !fault && i < out->names.count && i < VOICES_FILES && out->there < out->named; i++) {
        look_at(out, questionnaire, i);
    }
    return FAULT_NONE; /* a folder that cannot be listed has none */
}

void voices_close(struct voices *voices) {
    folder_names_release(&voices->names);
    free(voices->file);
    memset(voices, 0, sizeof *voices);
}

enum fault voices_load(struct recording *out, struct bytes_buffer *content, const struct voices *voices,
                       const struct questionnaire *questionnaire, uint16_t recording) {
    uint8_t digest[DIGEST_BYTES];
    *out = (struct recording){0};
    if (recording >= voices->named || voices->file[recording] == 0) {
        return FAULT_FILE_MISSING;
    }
    const char *name = voices->names.names[voices->file[recording] - 1];
    enum fault fault = read_sound(content, out, digest, voices->folder, name);
    if (!fault && memcmp(digest, questionnaire->recording[recording].digest, DIGEST_BYTES) != 0) {
        *out = (struct recording){0};
        fault = FAULT_DIGEST;
    }
    return fault;
}

/* ---- the state ---- */

enum fault voices_state_folder(char out[KIOSK_STATE_PATH_SIZE], const char *state_folder) {
    return kiosk_state_path(out, state_folder, "voices");
}

enum fault voices_beside(char out[KIOSK_STATE_PATH_SIZE], const char *path) {
    const char *slash = strrchr(path, '/');
    struct folder_names names = {0};
    bool is_folder = folder_list(&names, path, ".klr") == FAULT_NONE;
    int size = is_folder ? snprintf(out, KIOSK_STATE_PATH_SIZE, "%s/audio", path)
                         : snprintf(out, KIOSK_STATE_PATH_SIZE, "%.*saudio",
                                    slash ? (int)(slash - path) + 1 : 0, path);
    folder_names_release(&names);
    return size < 0 || size >= KIOSK_STATE_PATH_SIZE ? FAULT_LIMIT : FAULT_NONE;
}

/* Whatever cannot be copied stays behind, and is counted as missing by who opens the folder. */
static void copy(const char *to, const struct voices *from, const struct questionnaire *questionnaire,
                 uint16_t recording) {
    char hex[2 * DIGEST_BYTES + 1];
    char name[sizeof hex + 4];
    char path[KIOSK_STATE_PATH_SIZE];
    struct bytes_buffer content = {0};
    struct recording sound;
    digest_hex(hex, questionnaire->recording[recording].digest, DIGEST_BYTES);
    snprintf(name, sizeof name, "%s.wav", hex);
    enum fault fault = voices_load(&sound, &content, from, questionnaire, recording);
    fault = fault ? fault : kiosk_state_path(path, to, name);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_PRIVATE);
    bytes_buffer_release(&content);
    (void)fault;
}

/* What another round left, or a file that was damaged. */
static void tidy(const struct voices *kept) {
    char path[KIOSK_STATE_PATH_SIZE];
    for (size_t i = 0; i < kept->names.count && i < VOICES_FILES; i++) {
        bool used = false;
        for (uint16_t k = 0; k < kept->named && !used; k++) {
            used = kept->file[k] == i + 1;
        }
        if (!used && !kiosk_state_path(path, kept->folder, kept->names.names[i])) {
            enum fault fault = file_remove(path);
            (void)fault;
        }
    }
}

enum fault voices_bring(const char *state_folder, const struct questionnaire *questionnaire,
                        const char *from) {
    char to[KIOSK_STATE_PATH_SIZE];
    struct voices kept = {0};
    struct voices brought = {0};
    if (questionnaire->recording_count == 0) {
        return FAULT_NONE;
    }
    enum fault fault = voices_state_folder(to, state_folder);
    fault = fault ? fault : voices_open(&kept, questionnaire, to);
    if (!fault && kept.there < kept.named) {
        fault = voices_open(&brought, questionnaire, from);
    }
    if (!fault) {
        tidy(&kept);
    }
    if (!fault && brought.there > 0 && !folder_create(to)) {
        for (uint16_t i = 0; i < kept.named; i++) {
            if (kept.file[i] == 0 && brought.file[i] != 0) {
                copy(to, &brought, questionnaire, i);
            }
        }
    }
    voices_close(&brought);
    voices_close(&kept);
    return fault;
}

static bool is_complete(const struct kiosk_state *state) {
    char folder[KIOSK_STATE_PATH_SIZE];
    struct voices voices = {0};
    bool complete = !voices_state_folder(folder, state->folder) &&
                    !voices_open(&voices, state->round->questionnaire, folder) &&
                    voices.there == voices.named;
    voices_close(&voices);
    return complete;
}

static enum fault seek_in(const struct kiosk_state *state, const char *folder) {
    char from[KIOSK_STATE_PATH_SIZE];
    if (folder[0] == '\0') {
        return FAULT_NONE;
    }
    enum fault fault = kiosk_state_path(from, folder, "audio");
    return fault ? fault : voices_bring(state->folder, state->round->questionnaire, from);
}

enum fault voices_seek(const struct kiosk_state *state) {
    struct folder_names sticks = {0};
    if (!state->round || is_complete(state)) {
        return FAULT_NONE;
    }
    enum fault fault = volume_list_sticks(&sticks);
    fault = fault ? fault : seek_in(state, state->round_folder);
    fault = fault ? fault : seek_in(state, state->export_folder);
    for (size_t i = 0; i < sticks.count && !fault; i++) {
        fault = seek_in(state, sticks.names[i]);
    }
    folder_names_release(&sticks);
    return fault;
}
