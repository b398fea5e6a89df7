/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STRINGS_DATA_H
#define STRINGS_DATA_H

/*
 * The files assets/strings/<language>.strings as they are, zero-terminated, in the order of enum
 * strings_language; put here at build time.
 */
extern const unsigned char *const strings_data[];

#endif
