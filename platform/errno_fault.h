/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ERRNO_FAULT_H
#define ERRNO_FAULT_H

#include "core/fault.h"

/*
 * The fault for an errno value of a call on a file or folder: FAULT_FILE_MISSING, FAULT_FILE_EXISTS,
 * FAULT_DISK_FULL, FAULT_READ_ONLY, FAULT_MEMORY, and `otherwise` for everything that has no meaning of its
 * own.
 */
enum fault errno_fault(int error, enum fault otherwise) FAULT_MUST_CHECK;

#endif
