/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_SAVE_CLOSE_H
#define AUTHOR_SAVE_CLOSE_H

#include "core/fault.h"

struct lxw_workbook;

/*
 * Writes and frees a workbook of libxlsxwriter. The library says on standard error why it cannot write, and here
 * only that: it is not heard (process_hush). Gives its error, 0 for none; `*why` is then what the system said:
 * FAULT_DISK_FULL, FAULT_READ_ONLY, or FAULT_FILE_WRITE.
 */
int author_save_close(struct lxw_workbook *book, enum fault *why);

#endif
