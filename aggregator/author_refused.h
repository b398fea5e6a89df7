/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_REFUSED_H
#define AUTHOR_REFUSED_H

#include <stdbool.h>

#include "aggregator/author_message.h"

/*
 * What XLSForm has and Klankbord does not take, beyond the types of rows (author_type.h): each is refused by
 * its name.
 */

/*
 * What to say of a column that has content, or AUTHOR_MESSAGE_COUNT for one that XLSForm does not know
 * either.
 */
enum author_message author_refused_column(const char *header);

/* Whether XLSForm gives this sheet a meaning that Klankbord has no use for. */
bool author_refused_sheet(const char *name);

#endif
