/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_TEXT_H
#define XLSX_TEXT_H

#include <stdbool.h>

#include "core/bytes.h"

/*
 * The text of a shared or inline string: all its `t` elements one after another, those of rich text (`r`)
 * too, without the reading aids of East Asian text (`rPh`). Fed with what happens inside the string's
 * element. A zeroed one is empty.
 */
struct xlsx_text {
    struct bytes_buffer value; /* released by the caller */
    bool inside;               /* a `t` that counts */
    unsigned aids;             /* `rPh` elements that are open */
};

void xlsx_text_start(struct xlsx_text *text, const char *name);
void xlsx_text_end(struct xlsx_text *text, const char *name);
void xlsx_text_add(struct xlsx_text *text, const char *data, size_t size); /* ignored outside `t` */

#endif
