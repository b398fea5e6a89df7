/* SPDX-License-Identifier: Apache-2.0 */
/* What decodes obeys its rules, can be asked about, and is written as the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "core/questionnaire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct questionnaire *questionnaire = NULL;
    struct bytes_buffer again = {0};
    uint32_t chosen[QUESTIONNAIRE_ITEMS];
    enum fault fault = questionnaire_decode(&questionnaire, (struct bytes){data, size});
    if ((fault == FAULT_NONE) != (questionnaire != NULL)) {
        abort();
    }
    if (questionnaire) {
        for (uint16_t i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
            chosen[i] = size ? (uint32_t)data[i % size] * 0x01010101u : 0;
        }
        for (uint16_t i = 0; i < questionnaire->item_count; i++) {
            (void)questionnaire_asks(questionnaire, i, chosen);
        }
        if (questionnaire_check(questionnaire) || questionnaire_encode(&again, questionnaire) ||
            again.size != size || memcmp(again.data, data, size) != 0) {
            abort();
        }
    }
    bytes_buffer_release(&again);
    questionnaire_free(questionnaire);
    return 0;
}
