/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_save_close.h"

#include <errno.h>
#include <xlsxwriter.h>

#include "platform/errno_fault.h"
#include "platform/process.h"

int author_save_close(struct lxw_workbook *book, enum fault *why) {
    int hushed = process_hush();
    errno = 0;
    lxw_error error = workbook_close(book);
    *why = errno_fault(errno, FAULT_FILE_WRITE);
    process_speak(hushed);
    return (int)error;
}
