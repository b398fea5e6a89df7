/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FILES_H
#define REPORT_FILES_H

#include "aggregator/report_edition.h"

/*
 * Everything that `klankbord report` writes, made in memory first: when anything goes wrong, nothing has been
 * written.
 */

enum { REPORT_FILES = ROUND_CLASSES + 24 };

struct report_file {
    char name[REPORT_EDITION_FILE];
    struct bytes_buffer content;
};

struct report_files {
    uint16_t count;
    struct report_file file[REPORT_FILES];
};

/*
 * `beside` may be NULL. All editions that exist, the figures in every format, with a previous release the
 * changes likewise, and last `manifest.txt`, which has the digest of every file (`b2sum -l 256 -c
 * manifest.txt`). `scratch` is the path of a file that does not exist, in a folder that can be written to:
 * used while the workbook is made, gone afterwards.
 * `*out` is the caller's to free; NULL on failure. FAULT_MEMORY, FAULT_FILE_WRITE, FAULT_FILE_READ; faults of
 * report_edition_write.
 */
enum fault report_files_make(struct report_files **out, const struct release *release,
                             const struct report_beside *beside, const struct round *round,
                             const char *language, const char *scratch) FAULT_MUST_CHECK;
struct report_files *report_files_free(struct report_files *files); /* accepts NULL, gives NULL */

#endif
