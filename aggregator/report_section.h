/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SECTION_H
#define REPORT_SECTION_H

#include "aggregator/report_page.h"

/*
 * The parts that editions are put together from. Each writes its own headings, from <h2> or <h3> down, and
 * nothing when it has nothing to say.
 */

/* How to read figures, bands and what is hidden. */
void report_section_reading(struct report_page *page);

/*
 * Who took part: rate, participation where told; with `classes` a drawing and table per class. A response
 * above 100 % says "head count wrong".
 */
void report_section_response(struct report_page *page, bool classes);
/* How many came in later and what the response is with them; nothing without page->late. */
void report_section_late(struct report_page *page);
/* Classes that nobody has come in from, and classes whose sums contradict each other. */
void report_section_missing(struct report_page *page);

/* True when the questionnaire asks anything about the subject. */
bool report_section_has(const struct report_page *page, enum questionnaire_subject subject);
/* "Veiligheidsbeleving: hoe veilig leerlingen zich voelen". */
const char *report_section_title(const struct report_page *page, enum questionnaire_subject subject);
/*
 * One subject in one unit: the scales' means (school level only), then its questions. `with_means` false
 * leaves means out.
 */
void report_section_subject(struct report_page *page, enum questionnaire_subject subject,
                            enum release_level level, uint16_t unit, bool with_means);
/* The questions of a subject as drawings and tables. */
void report_section_items(struct report_page *page, enum questionnaire_subject subject,
                          enum release_level level, uint16_t unit);
/*
 * The questions of a subject by year, beside the school: of frequencies the share for whom it happened often
 * enough (the item's cut, else at all), of others the share that gave a favourable answer. Nothing when there
 * is one year or none.
 */
void report_section_years(struct report_page *page, enum questionnaire_subject subject);
/*
 * The one share that stands for an item of a scale in one unit, as above, in whole percent between limits;
 * false when nothing of it is told.
 */
bool report_section_share(const struct report_page *page, enum release_level level, uint16_t unit,
                          uint16_t item, uint32_t *low, uint32_t *high);
/* The same in pupils: counted[0]..counted[1] of answered[0]..answered[1]. */
bool report_section_share_counts(const struct report_page *page, enum release_level level, uint16_t unit,
                                 uint16_t item, uint32_t counted[2], uint32_t answered[2]);
/* The answers that count in it: "vaak of altijd". */
void report_section_share_words(const struct report_page *page, uint16_t item, char out[REPORT_LABEL_SIZE]);
/*
 * Classes in a funnel: within which limits a class of its size lies when it differs from the school by chance
 * alone. Nothing when fewer than five class means are told, or the spread is not.
 */
void report_section_funnel(struct report_page *page, uint16_t scale);
/* The verdict on one class's mean in words, by the same limits; nothing when it cannot be told. */
void report_section_verdict(struct report_page *page, uint16_t scale, uint16_t batch);
/*
 * For each background question that the questionnaire declares a breakdown: the school beside the groups that
 * are told, means of scales, and with `questions` every question that is told by group. Says so when no group
 * is told. Nothing when the questionnaire has no breakdown.
 */
void report_section_breakdowns(struct report_page *page, bool questions);
/*
 * The mean of one scale for the school and these units of breakdown level; nothing when none of them is told.
 */
void report_section_scale_groups(struct report_page *page, uint16_t scale, const uint16_t *units,
                                 uint16_t count);
/* The mean of one scale: school, years, and with `classes` the classes in a funnel. */
void report_section_scale(struct report_page *page, uint16_t scale, bool years, bool classes);

/*
 * What the questionnaire brings to compare this scale with: its value by the questionnaire's own table, and
 * dated figures from elsewhere with their source (reference.h).
 * Nothing when it brings nothing.
 */
void report_section_references(struct report_page *page, uint16_t scale);

/*
 * What changed since page->previous, or why it cannot be told (trend.h). Questions are listed when their
 * change is hard to explain by chance, and when they cannot be compared. Nothing without a previous release.
 */
void report_section_trend(struct report_page *page);

/*
 * What the school did before this round, each goal and measure with the figure that it is about and what
 * pupils noticed, this round and, where it can be compared, the one before; then what it will do. Earlier is
 * what was decided before the round's first day. Nothing without page->measures.
 */
void report_section_measures(struct report_page *page);
/*
 * Whether the school has recorded anything that it will do; and that as a short list, for pupils and for the
 * school guide.
 */
bool report_section_has_plans(const struct report_page *page);
void report_section_plans(struct report_page *page);
/*
 * "This is what we did", with how many noticed it, for the poster: only where that is told within two
 * percent.
 */
void report_section_noticed(struct report_page *page);
/* Whether anything was decided before this round. */
bool report_section_has_done(const struct report_page *page);
/* The scale or select item of that name, or QUESTIONNAIRE_NONE. */
uint16_t report_section_about_scale(const struct questionnaire *questionnaire, const char *name);
uint16_t report_section_about_item(const struct questionnaire *questionnaire, const char *name);

/* A figure's count in a table: "12", "0–4", or the symbol for everything that is not shown. */
void report_section_count(struct report_page *page, const struct release_figure *figure);
/* "34 %", "0–7 %". */
void report_section_percent(struct report_page *page, uint32_t low, uint32_t high);
/* The same; between nothing and everybody nothing is told, so that is the symbol for what is not shown. */
void report_section_limits(struct report_page *page, uint32_t low, uint32_t high);

#define REPORT_SECTION_HIDDEN "•"

#endif
