/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAGE_CHECK_H
#define PAGE_CHECK_H

#include "tests/screens/picture.h"

/*
 * What a picture of a page must be, whatever is on it: something is drawn; nothing in the outer margin; and
 * everything in the rectangle of a text, a button or a card, no letter beside one.
 *
 * And no two pages may look the same that are not meant to: kept are the pictures' names and digests, of one
 * run of the program.
 */

/* Says on stderr what is wrong. False when something is. `name`: pages of one name may look the same. */
bool page_check(const struct picture *picture, const struct page *page, const struct theme *theme,
                const char *name);

#endif
