/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STRINGS_DATA_H
#define STRINGS_DATA_H

/* The files assets/strings/<language>.strings as they are, zero-terminated; put here at build time. */
extern const unsigned char strings_data_nl[];
extern const unsigned char strings_data_en[];

#endif
