/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "aggregator/author.h"
#include "platform/file.h"
#include "pupil.h"
#include "thousand.h"

void pupil_questionnaire(const char *path, const char *name) {
    struct bytes_buffer sheet = {0};
    struct bytes_buffer content = {0};
    struct author_report report = {0};
    struct questionnaire *questionnaire = NULL;
    char source[512];
    snprintf(source, sizeof source, BENCH_SOURCE_FOLDER "/questionnaires/%s/questionnaire.csv", name);
    thousand_must(file_read(&sheet, source, QUESTIONNAIRE_BYTES_LIMIT) == FAULT_NONE &&
                      author_compile(&questionnaire, &report, bytes_buffer_view(&sheet)) == FAULT_NONE &&
                      questionnaire_encode(&content, questionnaire) == FAULT_NONE &&
                      file_write(path, bytes_buffer_view(&content), FILE_PRIVATE) == FAULT_NONE,
                  "no questionnaire");
    questionnaire_free(questionnaire);
    author_report_release(&report);
    bytes_buffer_release(&content);
    bytes_buffer_release(&sheet);
}

struct preview *pupil_preview(const char *name) {
    struct preview *preview = NULL;
    char path[] = "/tmp/pupil_preview-XXXXXX";
    int file = mkstemp(path);
    thousand_must(file >= 0 && close(file) == 0, "no place for a questionnaire");
    pupil_questionnaire(path, name);
    thousand_must(preview_open(&preview, path) == FAULT_NONE, "no preview");
    (void)unlink(path);
    return preview;
}
