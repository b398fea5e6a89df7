/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever bytes come in: no crash, and what decodes is written again as the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "aggregator/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth) {
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct bytes content = {data, size};
    struct ledger ledger;
    if (ledger_decode(&ledger, content) == FAULT_NONE) {
        must(ledger.content.size + ledger.torn == size &&
             memcmp(ledger.content.data, data, ledger.content.size) == 0);
        struct ledger again;
        must(ledger_decode(&again, bytes_buffer_view(&ledger.content)) == FAULT_NONE);
        must(again.torn == 0 && again.entry_count == ledger.entry_count);
        ledger_release(&again);
        ledger_release(&ledger);
    }
    return 0;
}
