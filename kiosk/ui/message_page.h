/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MESSAGE_PAGE_H
#define MESSAGE_PAGE_H

#include "kiosk/round_search.h"
#include "kiosk/strings.h"
#include "kiosk/ui/stack.h"

/* Why this machine cannot begin: what happened, what is safe, what to do next. */

struct message_page_scene {
    const struct strings *strings;
    enum fault fault;
    enum strings_key remedy;
    const struct round_search *found; /* the file that came furthest, and its dates; NULL: none */
    uint16_t part;                    /* of a message that is too long; counted round and round */
    bool can_administer;              /* the administrator's page may be shown */
    bool can_search;                  /* a round may be found on a stick */
};

/* A `build` for stack_fit; the view is a struct message_page_scene. */
void message_page_build(struct stack *stack, const void *view);

/*
 * What happened, in words for who holds a stick and not a manual: of a round's file (`of_round`), how exactly
 * it is damaged is not in them.
 */
const char *message_page_words(const struct strings *strings, enum fault fault, bool of_round);

/* Which file it is about: its name and its folder, each cut where it is too long for a line. */
void message_page_file(char out[STRINGS_TEXT_SIZE], const struct strings *strings, const char *path);

/* What a person can do about a fault while the state folder or the round is opened. */
enum strings_key message_page_remedy(enum fault fault);

#endif
