/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_BOUNDS_H
#define REPORT_BOUNDS_H

#include "aggregator/report_view.h"
#include "aggregator/stat.h"

/*
 * What the absent could change at worst (Manski): had everybody who was asked answered, whatever they would
 * have said. Made of what the release tells and of head counts only.
 */

/*
 * How many pupils were asked in a unit. False where nobody was, at breakdown level, and where more came in
 * from a class than were asked in it: then the head count is wrong.
 */
bool report_bounds_asked(uint32_t *asked, const struct release *release, enum release_level level,
                         uint16_t unit);

/*
 * A share in whole percent of all who were asked, rounded outwards: lowest / asked to (highest + asked -
 * answered) / asked. False of a hidden figure, of a question that not everybody is asked, and as above.
 */
bool report_bounds_share(uint32_t *low, uint32_t *high, const struct release *release,
                         const struct questionnaire *questionnaire, const struct report_view *view,
                         const struct release_figure *figure);

/*
 * How many percentage points, rounded up, any share of this row can lie from what is told: (asked - answered)
 * / asked. False as above.
 */
bool report_bounds_shift(uint32_t *points, const struct release *release,
                         const struct questionnaire *questionnaire, const struct report_view *view);

/*
 * Of a mean, rounding included (stat_mean.h); to be rounded outwards. False where it or who counts in it is
 * not told, and as above.
 */
bool report_bounds_mean(struct stat_interval *out, const struct release *release,
                        const struct release_figure *mean);

#endif
