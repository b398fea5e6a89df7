/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUNDLE_EXPORT_H
#define BUNDLE_EXPORT_H

#include "ballot_box.h"

/*
 * From a closed ballot box to the file that leaves the room. Asked again, it gives the same bytes and the
 * same name.
 */

enum { BUNDLE_EXPORT_NAME_SIZE = BALLOT_BOX_LABEL_SIZE + 2 * BUNDLE_ID_BYTES + 8 };

/* What the mentor writes down, once for each key holder. */
struct bundle_export_receipt {
    uint32_t count;
    uint32_t damaged;
    char code[DIGEST_CODE_SIZE];        /* check code */
    char name[BUNDLE_EXPORT_NAME_SIZE]; /* file name: class label, hyphen, bundle id, ".klb" */
};

/*
 * The bundle's bytes. FAULT_NOT_CLOSED; FAULT_KEY_WRONG: not the key of the kiosk that filled the box;
 * FAULT_MEMORY.
 */
enum fault bundle_export_make(struct bytes_buffer *out, struct bundle_export_receipt *receipt,
                              struct ballot_box *box,
                              const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

/*
 * Makes and writes it into `folder`, durably. FAULT_FILE_EXISTS: something else has this name; faults of
 * platform/file.h and of bundle_export_make.
 */
enum fault bundle_export_write(struct bundle_export_receipt *receipt, const char *folder,
                               struct ballot_box *box,
                               const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

#endif
