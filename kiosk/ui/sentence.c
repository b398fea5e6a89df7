/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/sentence.h"

#include <string.h>

static bool ends_with(const char *text, size_t at, const char *sign) {
    size_t size = strlen(sign);
    return at >= size && memcmp(text + at - size, sign, size) == 0;
}

/* How many bytes the last of these signs has that the text ends with before `at`; 0: none of them. */
static size_t sign_before(const char *text, size_t at, const char *const *sign, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count && size == 0; i++) {
        size = ends_with(text, at, sign[i]) ? strlen(sign[i]) : 0;
    }
    return size;
}

bool sentence_ends_at(const char *text, size_t at) {
    static const char *const closing[] = {")", "\"", "'", "\u2019", "\u201D", "\u00BB", "\u200F"};
    static const char *const ending[] = {".", "?", "!", "\u2026", "\u061F"};
    if (text[at] == '\n' || text[at] == '\0') {
        return true;
    }
    bool goes_on =
        (text[at + 1] >= 'a' && text[at + 1] <= 'z') || (text[at + 1] >= '0' && text[at + 1] <= '9');
    if (text[at] != ' ' || goes_on) {
        return false;
    }
    size_t size = 0;
    do {
        at -= size;
        size = sign_before(text, at, closing, sizeof closing / sizeof closing[0]);
    } while (size > 0);
    return sign_before(text, at, ending, sizeof ending / sizeof ending[0]) > 0;
}
