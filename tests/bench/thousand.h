/* SPDX-License-Identifier: Apache-2.0 */
#ifndef THOUSAND_H
#define THOUSAND_H

#include "tests/sample_contribution.h"

/* A session with a questionnaire of about 1,000 counters; any failure ends the program. */
void thousand_session_new(struct sample_session *out);

/* Ends the program with a message unless `holds`. */
void thousand_must(int holds, const char *what);

#endif
