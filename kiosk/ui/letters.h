/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LETTERS_H
#define LETTERS_H

#include "core/round.h"
#include "kiosk/ui/font.h"

/*
 * Whether everything that pupils will be shown can be written: a box where a letter should be is found before
 * they see it.
 */

struct letters_gap {
    uint32_t character; /* that no font has */
    uint16_t language;  /* of the questionnaire, in which it stands */
    const char *where;  /* name of the item or of the list of options; belongs to the questionnaire */
};

/*
 * All of a questionnaire's texts in one of its languages, and the language's name. FAULT_NONE, FAULT_FONT or
 * FAULT_FONT_ARABIC as font_check; *gap is the first one then.
 */
enum fault letters_check_language(struct letters_gap *gap, const struct font_set *fonts,
                                  const struct questionnaire *questionnaire,
                                  uint16_t language) FAULT_MUST_CHECK;

/*
 * All of a round's texts that its pupils can meet: of the languages offered, of language 0, which stands in
 * where a translation is missing, the school's name and the lines about help.
 */
enum fault letters_check_round(const struct font_set *fonts, const struct round *round) FAULT_MUST_CHECK;

#endif
