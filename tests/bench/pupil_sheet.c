/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

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
