/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_TEMPLATE_H
#define AUTHOR_TEMPLATE_H

#include "core/bytes.h"

/*
 * What `klankbord questionnaire template` begins with: the CSV twin of a small questionnaire that is whole
 * and without a warning, in Dutch and English, with every column of our own, and a sheet of notes that
 * explains them in both languages.
 */
enum fault author_template_csv(struct bytes_buffer *out) FAULT_MUST_CHECK; /* FAULT_MEMORY */

#endif
