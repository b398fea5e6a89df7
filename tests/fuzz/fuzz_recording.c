/* SPDX-License-Identifier: Apache-2.0 */
/* Property: the samples of what decodes lie inside it, and encoded anew they decode to the same. */
#include <stdlib.h>

#include "core/recording.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct recording recording;
    struct recording again;
    struct bytes_buffer content = {0};
    if (recording_decode(&recording, (struct bytes){data, size})) {
        must(recording.sample == NULL && recording.count == 0);
        return 0;
    }
    must(recording.sample >= data && (size_t)(recording.sample - data) + 2 * (size_t)recording.count <= size);
    int16_t *sample = malloc(recording.count * sizeof *sample);
    must(sample != NULL);
    for (uint32_t i = 0; i < recording.count; i++) {
        sample[i] = recording_sample(&recording, i);
    }
    must(!recording_encode(&content, recording.rate, sample, recording.count));
    must(!recording_decode(&again, bytes_buffer_view(&content)));
    must(again.rate == recording.rate && again.count == recording.count);
    for (uint32_t i = 0; i < again.count; i++) {
        must(recording_sample(&again, i) == sample[i]);
    }
    bytes_buffer_release(&content);
    free(sample);
    return 0;
}
