/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_voices.h"

#include "check.h"
#include "core/recording.h"
#include "platform/file.h"
#include "platform/folder.h"

#include <stdio.h>

static void make(struct bytes_buffer *out, int number) {
    int16_t sample[SAMPLE_VOICES_COUNT];
    for (int i = 0; i < SAMPLE_VOICES_COUNT; i++) {
        sample[i] = (int16_t)(SAMPLE_VOICES_FIRST + number);
    }
    check_fault(recording_encode(out, SAMPLE_VOICES_RATE, sample, SAMPLE_VOICES_COUNT), FAULT_NONE);
}

static void add(struct questionnaire *out, const struct questionnaire_text *label,
                struct questionnaire_recording recording) {
    for (uint16_t i = 0; i < out->language_count; i++) {
        struct bytes_buffer content = {0};
        if (label->in[i] != NULL) {
            make(&content, out->recording_count);
            recording.language = i;
            recording.robot = out->recording_count % 3 == 0;
            recording_digest(recording.digest, bytes_buffer_view(&content));
            out->recording[out->recording_count++] = recording;
        }
        bytes_buffer_release(&content);
    }
}

void sample_voices_add(struct questionnaire *questionnaire) {
    struct questionnaire_recording recording = {.kind = QUESTIONNAIRE_RECORDED_ITEM};
    for (recording.part = 0; recording.part < questionnaire->item_count; recording.part++) {
        add(questionnaire, &questionnaire->item[recording.part].label, recording);
    }
    recording.kind = QUESTIONNAIRE_RECORDED_OPTION;
    for (recording.part = 0; recording.part < questionnaire->list_count; recording.part++) {
        const struct questionnaire_list *list = &questionnaire->list[recording.part];
        for (recording.option = 0; recording.option < list->option_count; recording.option++) {
            add(questionnaire, &list->option[recording.option].label, recording);
        }
    }
    check_fault(questionnaire_check(questionnaire), FAULT_NONE);
}

void sample_voices_write(const struct questionnaire *questionnaire, const char *folder) {
    check_fault(folder_create(folder), FAULT_NONE);
    for (int i = 0; i < questionnaire->recording_count; i++) {
        char path[512];
        struct bytes_buffer content = {0};
        snprintf(path, sizeof path, "%s/%04d.wav", folder, i);
        make(&content, i);
        check_fault(file_write(path, bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
        bytes_buffer_release(&content);
    }
}
