/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_CONDITION_H
#define DISCLOSURE_CONDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/questionnaire.h"

/* Items that hang together because one is asked only after some answer to another. */

/* Whether a condition on one item holds when `chosen` (a bit an option) is chosen there. */
bool disclosure_condition_holds(const struct questionnaire_item *item, uint32_t chosen);

/* The one item that a condition names; QUESTIONNAIRE_NONE when there is no condition or it names several. */
uint16_t disclosure_condition_parent(const struct questionnaire_item *item);

/* Whether an item has a condition, or another item's condition names it. */
bool disclosure_condition_links(const struct questionnaire *questionnaire, uint16_t item);

#endif
