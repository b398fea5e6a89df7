/* SPDX-License-Identifier: Apache-2.0 */
#include "errno_fault.h"

#include <errno.h>

enum fault errno_fault(int error, enum fault otherwise) {
    switch (error) {
    case ENOENT:
    case ENOTDIR: return FAULT_FILE_MISSING;
    case EEXIST: return FAULT_FILE_EXISTS;
    case ENOSPC:
    case EDQUOT: return FAULT_DISK_FULL;
    case EROFS: return FAULT_READ_ONLY;
    case ENOMEM: return FAULT_MEMORY;
    default: return otherwise;
    }
}
