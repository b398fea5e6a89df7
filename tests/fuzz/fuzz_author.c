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

/* Every recording is there, except those whose name begins with a z. */
static enum fault find_sound(void *context, uint8_t out[DIGEST_BYTES], const char *name) {
    (void)context;
    memset(out, name[0], DIGEST_BYTES);
    return name[0] == 'z' ? FAULT_MAGIC : FAULT_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct author_media media = {find_sound, NULL, size % 2 == 1};
    struct questionnaire *made = NULL;
    struct author_report report = {0};
    enum fault fault = author_compile_with(&made, &report, (struct bytes){data, size}, &media);
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
