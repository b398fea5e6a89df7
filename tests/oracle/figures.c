/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "aggregator/reference.h"
#include "aggregator/release_inside.h"
#include "aggregator/stat_effect.h"
#include "aggregator/stat_funnel.h"
#include "aggregator/stat_math.h"
#include "aggregator/stat_mean.h"
#include "aggregator/stat_multiple.h"
#include "aggregator/stat_proportion.h"
#include "aggregator/stat_reliability.h"
#include "aggregator/stat_response.h"
#include "aggregator/trend.h"

/* See README.md beside this file. */

enum { CLASSES = 14, ITEMS = 5, SCORES = 5, SUMS = ITEMS * (SCORES - 1) + 1 };

struct made {
    uint64_t state;
    size_t classes;
    struct stat_class score[CLASSES]; /* of the sum of the items, from 0 */
    struct stat_group group[CLASSES];
    struct stat_stratum stratum[3];
    uint64_t item_counts[ITEMS * SCORES];
    uint64_t sum_counts[SUMS];
    uint64_t squares;
    uint64_t high[CLASSES]; /* pupils of the class whose first item is 3 or 4 */
    FILE *out;
};

static uint32_t below(uint64_t *state, uint32_t limit) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % limit);
}

static void say(const struct made *made, const char *name, double value) {
    fprintf(made->out, "%s\t%.17g\n", name, value);
}

static void say_interval(const struct made *made, const char *name, struct stat_interval interval) {
    fprintf(made->out, "%s_low\t%.17g\n%s_high\t%.17g\n", name, interval.low, name, interval.high);
}

static FILE *open_file(const char *folder, const char *name) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "figures: %s cannot be written\n", path);
        exit(2);
    }
    return file;
}

/*
 * A pupil leans to a level of his own, and that to his class: otherwise there is no reliability and no class
 * effect.
 */
static void add_pupil(struct made *made, size_t at, uint32_t lean, FILE *csv) {
    uint32_t own = lean + below(&made->state, 3);
    uint32_t sum = 0;
    fprintf(csv, "%zu,%u,%" PRIu32, at, made->score[at].stratum, made->score[at].heads);
    for (int i = 0; i < ITEMS; i++) {
        uint32_t score = own + below(&made->state, 3);
        score = score > 1 ? score - 2 : 0;
        score = score >= SCORES ? SCORES - 1 : score;
        made->item_counts[i * SCORES + (int)score]++;
        made->high[at] += i == 0 && score >= 3;
        sum += score;
        fprintf(csv, ",%" PRIu32, score);
    }
    fprintf(csv, "\n");
    made->sum_counts[sum]++;
    made->score[at].n++;
    made->score[at].sum += sum;
    made->squares += (uint64_t)sum * sum;
    made->stratum[made->score[at].stratum].squares += (uint64_t)sum * sum;
}

static void make_school(struct made *made, FILE *csv) {
    fprintf(csv, "class,stratum,heads,a,b,c,d,e\n");
    made->classes = 6 + below(&made->state, CLASSES - 5);
    for (size_t i = 0; i < made->classes; i++) {
        uint32_t lean = below(&made->state, 3);
        made->score[i].stratum = (uint16_t)(i * 3 / made->classes);
        made->score[i].heads = 14 + below(&made->state, 17);
        uint32_t absent = below(&made->state, 6);
        for (uint32_t j = absent; j < made->score[i].heads; j++) {
            add_pupil(made, i, lean, csv);
        }
        made->group[i] = (struct stat_group){made->score[i].heads, made->score[i].n};
    }
}

static void say_means(const struct made *made) {
    struct stat_mean mean;
    struct stat_spread spread;
    stat_mean_clusters(&mean, made->score, made->classes, false);
    say(made, "clusters_mean", mean.mean);
    say(made, "clusters_se", mean.se);
    say(made, "clusters_df", mean.df);
    say_interval(made, "clusters_interval", stat_mean_interval(mean.mean, mean.se, mean.df, 0.95));
    stat_mean_clusters(&mean, made->score, made->classes, true);
    say(made, "weighted_mean", mean.mean);
    say(made, "weighted_se", mean.se);
    stat_mean_strata(&mean, made->score, made->classes, made->stratum, 3);
    say(made, "strata_mean", mean.mean);
    say(made, "strata_se", mean.se);
    say(made, "strata_df", mean.df);
    stat_mean_spread(&spread, made->score, made->classes, made->squares);
    say(made, "spread_sd", spread.sd);
    say(made, "spread_within", spread.within);
    say(made, "spread_between", spread.between);
    say(made, "spread_icc", spread.icc);
    say(made, "spread_deff", spread.deff);
}

static void say_shares(const struct made *made) {
    const struct stat_class *first = &made->score[0];
    const struct stat_class *second = &made->score[1];
    double x1 = (double)made->high[0];
    double x2 = (double)made->high[1];
    uint32_t x = (uint32_t)made->high[0];
    struct stat_counts exact = stat_proportion_exact(x, first->n, first->heads, 0.95);
    say_interval(made, "wilson", stat_proportion_wilson(x1, first->n, 0.95));
    say_interval(made, "finite", stat_proportion_wilson_finite(x, first->n, first->heads + 1, 0.95));
    say(made, "exact_low", exact.low);
    say(made, "exact_high", exact.high);
    say_interval(made, "newcombe",
                 stat_proportion_difference(x1, first->n, x2, second->n, stat_math_normal_quantile(0.975)));
    say(made, "cohen_h", stat_effect_cohen(x1 / first->n, x2 / second->n));
    say_interval(made, "funnel", stat_funnel_share(0.3, first->n, 0.95, 1));
    say_interval(made, "funnel_wide", stat_funnel_share(0.3, first->n, 0.998, 1));
}

static size_t points_of(struct stat_point *out, const uint64_t *counts) {
    size_t used = 0;
    for (size_t i = 0; i < SCORES; i++) {
        if (counts[i]) {
            out[used++] = (struct stat_point){i, counts[i]};
        }
    }
    return used;
}

static void say_effects(const struct made *made) {
    struct stat_point first[SCORES];
    struct stat_point second[SCORES];
    struct stat_order order;
    size_t first_count = points_of(first, made->item_counts);
    stat_effect_order(&order, first, first_count, second, points_of(second, made->item_counts + SCORES));
    say(made, "superiority", order.superiority);
    say(made, "cliff", order.cliff);
    say(made, "hedges", stat_effect_hedges(3.4, 1.1, made->score[0].n, 3.1, 0.9, made->score[1].n));
}

static void say_change(const struct made *made, const char *name, const struct trend_change *change) {
    const double values[6] = {
        change->interval.low, change->interval.high, change->effect, change->least, change->p,
        change->verdict};
    static const char *const names[6] = {"low", "high", "effect", "least", "p", "verdict"};
    for (size_t i = 0; i < 6; i++) {
        fprintf(made->out, "%s_%s\t%.17g\n", name, names[i], values[i]);
    }
}

/* The first half of the classes stands for the year before, the second for now. */
static void say_trend(const struct made *made) {
    struct trend_side mean[2] = {{.half = 0.05, .sd = 3}, {.half = 0.005, .sd = 2.5}};
    struct trend_side share[2] = {{.half = 0.01}, {.half = 0}};
    struct trend_change change;
    size_t half = made->classes / 2;
    for (size_t i = 0; i < 2; i++) {
        size_t first = i ? half : 0, count = i ? made->classes - half : half;
        struct stat_mean clusters;
        double pupils = 0, high = 0;
        stat_mean_clusters(&clusters, made->score + first, count, false);
        for (size_t j = first; j < first + count; j++) {
            pupils += made->score[j].n;
            high += (double)made->high[j];
        }
        mean[i].value = clusters.mean;
        mean[i].error = clusters.se;
        mean[i].n = pupils;
        share[i].value = high / pupils;
        share[i].n = pupils / 1.5;                                /* a design effect */
        mean[i].classes = share[i].classes = (uint32_t)count + 4; /* enough to be judged */
    }
    trend_mean(&change, &mean[0], &mean[1]);
    say_change(made, "trend_mean", &change);
    trend_least(&change, 7);
    say(made, "trend_mean_least_of_7", change.least);
    trend_share(&change, &share[0], &share[1]);
    say_change(made, "trend_share", &change);
}

/* What the absent could change, and classes in a funnel around the mean of all. */
static void say_bounds(const struct made *made) {
    const struct stat_class *first = &made->score[0];
    struct stat_counts counts = stat_proportion_bounds((uint32_t)made->high[0], first->n, first->heads);
    say(made, "bounds_low", counts.low);
    say(made, "bounds_high", counts.high);
    say_interval(made, "mean_bounds",
                 stat_mean_bounds((double)first->sum / first->n, 0.05, first->n, first->heads, 0, SUMS - 1));
}

static void say_funnel(const struct made *made) {
    struct stat_mean mean;
    struct stat_spread spread;
    struct stat_funnel funnel;
    struct stat_funnel_class classes[CLASSES];
    double distances[CLASSES];
    stat_mean_clusters(&mean, made->score, made->classes, false);
    stat_mean_spread(&spread, made->score, made->classes, made->squares);
    for (size_t i = 0; i < made->classes; i++) {
        double own = (double)made->score[i].sum / made->score[i].n;
        classes[i] = (struct stat_funnel_class){made->score[i].n, own, false};
        distances[i] = (own - mean.mean) / (spread.sd / sqrt(made->score[i].n));
    }
    say(made, "funnel_dispersion", stat_funnel_dispersion(distances, made->classes));
    say_interval(made, "funnel_mean", stat_funnel_mean(mean.mean, spread.sd, classes[0].n, 0.95, 1.7));
    say_interval(made, "funnel_spread", stat_funnel_share(0.3, classes[0].n, 0.95, 1.7));
    stat_funnel_judge(&funnel, classes, made->classes, mean.mean, spread.sd, 0.05);
    say(made, "funnel_level", funnel.level);
    double outside = 0;
    for (size_t i = 0; i < made->classes; i++) {
        outside += classes[i].outside ? pow(2, (double)i) : 0;
    }
    say(made, "funnel_outside", outside); /* which, as the bits of a number */
    say(made, "funnel_size", stat_funnel_size(made->score[0].heads, made->score[0].n, 97));
}

static void say_rest(const struct made *made) {
    struct stat_reliability reliability;
    struct stat_response response;
    double p[CLASSES];
    double adjusted[CLASSES];
    stat_reliability_alpha(&reliability, made->item_counts, ITEMS, SCORES, made->sum_counts, false, 0.95);
    if (reliability.state == STAT_OK) {
        say(made, "alpha", reliability.alpha);
        say_interval(made, "alpha", reliability.interval);
    }
    stat_response_describe(&response, made->group, made->classes);
    say(made, "response_rate", response.rate);
    say(made, "response_r", response.r_indicator);
    say(made, "response_cv", response.cv);
    if (response.test != STAT_RESPONSE_NO_TEST) {
        say(made, "response_chi_square", response.chi_square);
    }
    if (response.test == STAT_RESPONSE_CHI_SQUARE) {
        say(made, "response_p", response.p);
    }
    for (size_t i = 0; i < made->classes; i++) {
        p[i] = (double)made->high[i] / (made->score[i].n * 4.0);
    }
    stat_multiple_holm(adjusted, p, made->classes);
    say(made, "holm_first", adjusted[0]);
    say(made, "holm_last", adjusted[made->classes - 1]);
    stat_multiple_false_discovery(adjusted, p, made->classes);
    say(made, "fdr_first", adjusted[0]);
    say(made, "fdr_last", adjusted[made->classes - 1]);
}

/* What a release would tell of the mean of the five items: one decimal of the mean, two of how sure it is. */
static void publish(struct release_figure *out, const struct made *made, uint32_t pupils) {
    struct stat_mean mean;
    struct stat_spread spread;
    stat_mean_clusters(&mean, made->score, made->classes, false);
    stat_mean_spread(&spread, made->score, made->classes, made->squares);
    const struct {
        enum release_kind kind;
        double units;
        uint8_t decimals;
        uint32_t n;
    } told[3] = {{RELEASE_MEAN, 10 * mean.mean / ITEMS, 1, pupils},
                 {RELEASE_DEVIATION, 100 * spread.sd / ITEMS, 2, pupils},
                 {RELEASE_ERROR_CLASSES, 100 * mean.se / ITEMS, 2, (uint32_t)made->classes}};
    for (size_t i = 0; i < 3; i++) {
        uint32_t rounded = (uint32_t)floor(told[i].units + 0.5);
        out[i] = (struct release_figure){.level = RELEASE_SCHOOL,
                                         .about = RELEASE_SCALE,
                                         .kind = told[i].kind,
                                         .status = RELEASE_PUBLISHED,
                                         .low = rounded,
                                         .high = rounded,
                                         .decimals = told[i].decimals,
                                         .n = told[i].n};
    }
}

/* Beside figures from elsewhere, and in the units of a table from raw sums. */
static void say_references(const struct made *made) {
    struct release_figure figure[3];
    struct release_scale about = {.digest = {0}};
    struct release release = {
        .content = {.scale_count = 1, .scale = &about, .figure_count = 3, .figure = figure}};
    struct questionnaire_scale asked = {.item_count = ITEMS, .score_min = 0, .score_max = SCORES - 1};
    struct questionnaire_reference elsewhere[2] = {{.mean = 2100, .deviation = 900, .pupils = 9000},
                                                   {.mean = 1650, .deviation = 1100, .pupils = 60}};
    struct questionnaire_conversion table = {.count = SUMS};
    struct questionnaire questionnaire = {.scale_count = 1,
                                          .scale = &asked,
                                          .reference_count = 2,
                                          .reference = elsewhere,
                                          .conversion_count = 1,
                                          .conversion = &table};
    struct reference_list list;
    struct stat_interval value;
    uint32_t pupils = 0;
    for (size_t i = 0; i < made->classes; i++) {
        pupils += made->score[i].n;
    }
    for (int32_t i = 0; i < SUMS; i++) {
        table.value[i] = 1000 * i * i - 30000;
    }
    publish(figure, made, pupils);
    reference_compare(&list, &release, &questionnaire);
    for (uint16_t i = 0; i < list.count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "reference_%u", i);
        say_change(made, name, &list.line[i].change);
        fprintf(made->out, "%s_adjusted\t%.17g\n", name, list.line[i].change.adjusted);
    }
    if (reference_convert(&value, &release, &questionnaire, 0)) {
        say_interval(made, "converted", value);
    }
}

/* Names carry their arguments, so that the other side needs no list. */
static void say_points(const char *folder) {
    static const double levels[] = {1e-9, 0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999};
    static const double freedoms[] = {1, 2.5, 5, 30, 400};
    struct made made = {.out = open_file(folder, "points.figures")};
    for (size_t i = 0; i < 8; i++) {
        double p = levels[i];
        fprintf(made.out, "qnorm(%.17g)\t%.17g\n", p, stat_math_normal_quantile(p));
        fprintf(made.out, "pnorm(%.17g)\t%.17g\n", 8 * p - 4, stat_math_normal(8 * p - 4));
        for (size_t j = 0; j < 5; j++) {
            double df = freedoms[j];
            fprintf(made.out, "qt(%.17g,%.17g)\t%.17g\n", p, df, stat_math_t_quantile(p, df));
            fprintf(made.out, "2*pt(-%.17g,%.17g)\t%.17g\n", 5 * p, df, stat_math_t_two_sided(5 * p, df));
            fprintf(made.out, "pchisq(%.17g,%.17g,lower.tail=FALSE)\t%.17g\n", 90 * p, df,
                    stat_math_chi_square_upper(90 * p, df));
            fprintf(made.out, "qf(%.17g,%.17g,40)\t%.17g\n", p, df, stat_math_f_quantile(p, df, 40));
            fprintf(made.out, "pbeta(%.17g,%.17g,3.5)\t%.17g\n", p, df, stat_math_beta(p, df, 3.5));
        }
        for (int k = 0; k <= 25; k += 5) {
            fprintf(made.out, "pbinom(%d,25,%.17g)\t%.17g\n", k, p, stat_math_binomial(k, 25, p));
            fprintf(made.out, "phyper(%d,40,60,25)\t%.17g\n", k, stat_math_hypergeometric(k, 25, 40, 100));
        }
        fprintf(made.out, "qbinom(%.17g,60,0.3)\t%.17g\n", p,
                (double)stat_math_binomial_quantile(p, 60, 0.3));
    }
    (void)fclose(made.out);
}

static void say_school(const char *folder, uint64_t seed) {
    char name[64];
    struct made made = {.state = seed * 7919 + 1};
    (void)snprintf(name, sizeof name, "%" PRIu64 ".csv", seed);
    FILE *csv = open_file(folder, name);
    make_school(&made, csv);
    (void)fclose(csv);
    (void)snprintf(name, sizeof name, "%" PRIu64 ".figures", seed);
    made.out = open_file(folder, name);
    say_means(&made);
    say_shares(&made);
    say_effects(&made);
    say_trend(&made);
    say_bounds(&made);
    say_funnel(&made);
    say_references(&made);
    say_rest(&made);
    (void)fclose(made.out);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "figures FOLDER FIRST LAST\n");
        return 2;
    }
    uint64_t last = strtoull(argv[3], NULL, 10);
    for (uint64_t seed = strtoull(argv[2], NULL, 10); seed <= last; seed++) {
        say_school(argv[1], seed);
    }
    say_points(argv[1]);
    return 0;
}
