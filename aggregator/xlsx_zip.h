/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_ZIP_H
#define XLSX_ZIP_H

#include "aggregator/xlsx_parts.h"

/*
 * The parts of a ZIP file in memory, read with libzip. What a part says about its own size is not believed:
 * reading stops at the limits, so that a few bytes cannot unpack to gigabytes.
 */

enum {
    XLSX_ZIP_PARTS = 500,           /* entries in the file */
    XLSX_ZIP_PART_BYTES = 16 << 20, /* unpacked, one part */
    XLSX_ZIP_BYTES = 48 << 20       /* unpacked, all parts that were read */
};

struct xlsx_zip {
    void *archive; /* libzip's; NULL when not open */
    size_t read;   /* bytes unpacked so far */
};

/*
 * `content` must outlive the archive. FAULT_MAGIC: no ZIP file, or damaged beyond its list of parts;
 * FAULT_LIMIT: more than XLSX_ZIP_PARTS parts; FAULT_MEMORY. Closed by the caller when FAULT_NONE.
 */
enum fault xlsx_zip_open(struct xlsx_zip *out, struct bytes content) FAULT_MUST_CHECK;
void xlsx_zip_close(struct xlsx_zip *zip); /* accepts zeroed and closed ones */

/* The parts; valid as long as the archive is open. */
struct xlsx_parts xlsx_zip_parts(struct xlsx_zip *zip);

#endif
