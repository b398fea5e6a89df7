/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_TYPE_H
#define AUTHOR_TYPE_H

#include "aggregator/author_message.h"
#include "core/questionnaire.h"

/* The column `type`: XLSForm's types, what becomes of each, and the list that a select names. */

enum author_type_kind {
    AUTHOR_TYPE_KIND_ITEM, /* a question or a note: see `item` */
    AUTHOR_TYPE_KIND_BEGIN_GROUP,
    AUTHOR_TYPE_KIND_END_GROUP,
    AUTHOR_TYPE_KIND_BEGIN_REPEAT, /* refused, but it nests as a group does */
    AUTHOR_TYPE_KIND_END_REPEAT,
    AUTHOR_TYPE_KIND_DROPPED, /* left out, with the note `message` */
    AUTHOR_TYPE_KIND_REFUSED  /* with the error `message` */
};

struct author_type {
    enum author_type_kind kind;
    enum questionnaire_kind item;
    enum author_message message;
    char list[QUESTIONNAIRE_NAME_SIZE];    /* of a select; "" when missing or not a name */
    char written[QUESTIONNAIRE_NAME_SIZE]; /* the type's word, for messages */
    const char *guess;                     /* for AUTHOR_TYPE_GUESS; a constant */
};

void author_type_read(struct author_type *out, const char *text);

#endif
