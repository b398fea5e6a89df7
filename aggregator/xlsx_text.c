/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/xlsx_text.h"

#include <string.h>

void xlsx_text_start(struct xlsx_text *text, const char *name) {
    text->aids += strcmp(name, "rPh") == 0;
    text->inside = text->inside || (text->aids == 0 && strcmp(name, "t") == 0);
}

void xlsx_text_end(struct xlsx_text *text, const char *name) {
    text->aids -= text->aids > 0 && strcmp(name, "rPh") == 0;
    text->inside = text->inside && strcmp(name, "t") != 0;
}

void xlsx_text_add(struct xlsx_text *text, const char *data, size_t size) {
    if (text->inside) {
        bytes_put(&text->value, data, size);
    }
}
