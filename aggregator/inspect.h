/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INSPECT_H
#define INSPECT_H

#include "core/round.h"

/*
 * What is in a file of any of our formats, as lines of text for people: kind, version, digest, main contents,
 * signatures. Never a secret: of a secret key file only its open header is shown.
 */

/*
 * Writes "name<TAB>value\\n" lines to `out`, names and values in `language`. `round` may be NULL: then
 * signatures that need it are said to be unchecked. The fault is the file's own (what is wrong with it); the
 * lines so far are there all the same. FAULT_MAGIC: none of our formats.
 */
enum fault inspect_file(struct bytes_buffer *out, struct bytes content, const struct round *round,
                        enum fault_language language) FAULT_MUST_CHECK;

#endif
