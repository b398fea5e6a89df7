/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_PARTS_H
#define XLSX_PARTS_H

#include "core/bytes.h"

/*
 * The parts of a workbook by name, wherever they come from: a ZIP file (xlsx_zip.h), or a fuzzer's hands.
 */
struct xlsx_parts {
    /*
     * The whole part into `out`, which starts zeroed and is the caller's to release. FAULT_FILE_MISSING:
     * there is no such part. FAULT_FILE_TOO_LARGE: it, or all parts read so far together, are larger than any
     * questionnaire's.
     * FAULT_FILE_READ: it is damaged or encrypted. FAULT_MEMORY.
     */
    enum fault (*read)(void *context, struct bytes_buffer *out, const char *name);
    void *context;
};

#endif
