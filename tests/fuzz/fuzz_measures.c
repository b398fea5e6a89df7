/* SPDX-License-Identifier: Apache-2.0 */
/* What is read as a list of measures keeps its rules, and reads the same when it is written. */
#include <stdlib.h>
#include <string.h>

#include "aggregator/measures.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct measures measures, again;
    struct bytes_buffer content = {0}, rewritten = {0};
    uint32_t line, column;
    if (measures_read(&measures, &line, &column, (struct bytes){data, size})) {
        return 0;
    }
    for (size_t i = 0; i < measures.count; i++) {
        if (measures_wrong(&measures.row[i])) {
            abort();
        }
    }
    if (measures_write(&content, &measures) ||
        measures_read(&again, &line, &column, bytes_buffer_view(&content)) ||
        measures_write(&rewritten, &again) || rewritten.size != content.size ||
        memcmp(rewritten.data, content.data, content.size) != 0) {
        abort();
    }
    bytes_buffer_release(&rewritten);
    bytes_buffer_release(&content);
    return 0;
}
