/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever an author saves: either a questionnaire comes out that survives its binary form, or errors that
 * say why; never our own contradiction (FAULT_MISUSE), which would be a rule that the compiler forgot to
 * explain.
 */
#include <stdlib.h>
#include <string.h>

#include "aggregator/author.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text) {
    if (!bytes_are_plain_text(text, strlen(text), false)) {
        abort();
    }
}

static void check_report(const struct author_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        check_text(report->finding[i].sheet);
        check_text(report->finding[i].header);
        for (int language = 0; language < 2; language++) {
            check_text(report->finding[i].reason[language]);
            check_text(report->finding[i].remedy[language]);
        }
    }
}

static void check_round_trip(const struct questionnaire *made) {
    struct bytes_buffer content = {0};
    struct questionnaire *read = NULL;
    if (questionnaire_encode(&content, made) || questionnaire_decode(&read, bytes_buffer_view(&content))) {
        abort();
    }
    questionnaire_free(read);
    bytes_buffer_release(&content);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct questionnaire *made = NULL;
    struct author_report report = {0};
    enum fault fault = author_compile(&made, &report, (struct bytes){data, size});
    if (fault == FAULT_NONE ? made == NULL || report.errors
                            : fault != FAULT_QUESTIONNAIRE || made != NULL || report.errors == 0) {
        abort();
    }
    if (made) {
        check_round_trip(made);
    }
    check_report(&report);
    author_report_release(&report);
    questionnaire_free(made);
    return 0;
}
