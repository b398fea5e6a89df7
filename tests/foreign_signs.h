/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FOREIGN_SIGNS_H
#define FOREIGN_SIGNS_H

#include <stddef.h>
#include <string.h>

/*
 * The first sign in a text that its language does not write, or NULL: letters of Russian in Ukrainian; Latin
 * punctuation, another set of digits than the Dutch keyboard's, and a doubled vowel mark behind its letter in
 * Arabic; straight quotation marks in any language. Other languages than ar and uk have no more rules here.
 */
static inline const char *foreign_sign(const char *code, const char *text) {
    static const char *const ukrainian[] = {"ы", "э", "ъ", "ё", "Ы", "Э", "Ъ", "Ё"};
    static const char *const arabic[] = {",", ";", "?", "'", "اً", "٠", "١", "٢", "٣", "٤",
                                         "٥", "٦", "٧", "٨", "٩", "۰", "۱", "۲", "۳", "۴"};
    size_t count = strcmp(code, "uk") == 0   ? sizeof ukrainian / sizeof *ukrainian
                   : strcmp(code, "ar") == 0 ? sizeof arabic / sizeof *arabic
                                             : 0;
    const char *const *sign = strcmp(code, "uk") == 0 ? ukrainian : arabic;
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, sign[i]) != NULL) {
            return sign[i];
        }
    }
    return strchr(text, '"') != NULL ? "\"" : NULL;
}

#endif
