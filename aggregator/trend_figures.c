/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "stat_math.h"
#include "stat_mean.h"
#include "stat_proportion.h"
#include "trend.h"

#define LEVEL 0.95

static uint32_t fewer_classes(const struct trend_side *before, const struct trend_side *now) {
    return before->classes < now->classes ? before->classes : now->classes;
}

void trend_least(struct trend_change *change, size_t together) {
    double tail = (1 - LEVEL) / 2 / (double)together;
    change->least =
        (stat_math_t_quantile(1 - tail, change->df) + stat_math_t_quantile(0.8, change->df)) * change->error +
        change->rounding;
}

/* What chance has to explain is what is left when the rounding took all it could. */
static void judge(struct trend_change *out, const struct trend_side *before, const struct trend_side *now,
                  double error) {
    double df = (double)fewer_classes(before, now) - 1;
    out->error = error;
    out->df = df;
    out->rounding = before->half + now->half;
    double left = fmax(0, fabs(out->change) - out->rounding);
    out->verdict = TREND_TOO_FEW;
    out->p = 1;
    if (fewer_classes(before, now) >= TREND_CLASSES && error > 0) {
        out->p = stat_math_t_two_sided(left / error, df);
        trend_least(out, 1);
        out->verdict = out->p < 1 - LEVEL ? TREND_HARD : TREND_CHANCE;
    }
    out->adjusted = out->p;
}

void trend_mean(struct trend_change *out, const struct trend_side *before, const struct trend_side *now) {
    double error = hypot(before->error, now->error);
    *out = (struct trend_change){.change = now->value - before->value, .effect = NAN, .least = NAN};
    judge(out, before, now, error);
    if (out->verdict != TREND_TOO_FEW) {
        out->interval = stat_mean_interval(out->change, error, (double)fewer_classes(before, now) - 1, LEVEL);
        out->interval.low -= out->rounding;
        out->interval.high += out->rounding;
    }
    if (!isnan(before->sd) && !isnan(now->sd) && before->n >= 1 && now->n >= 1) {
        out->effect = stat_effect_hedges(before->value, before->sd, (uint32_t)before->n, now->value, now->sd,
                                         (uint32_t)now->n);
    }
}

void trend_share(struct trend_change *out, const struct trend_side *before, const struct trend_side *now) {
    double pooled = (before->value * before->n + now->value * now->n) / (before->n + now->n);
    double error = sqrt(pooled * (1 - pooled) * (1 / before->n + 1 / now->n));
    *out = (struct trend_change){.change = now->value - before->value, .least = NAN};
    out->effect = stat_effect_cohen(before->value, now->value);
    judge(out, before, now, error);
    if (out->verdict != TREND_TOO_FEW) {
        double quantile = stat_math_t_quantile(0.5 + LEVEL / 2, (double)fewer_classes(before, now) - 1);
        out->interval = stat_proportion_difference(before->value * before->n, before->n, now->value * now->n,
                                                   now->n, quantile);
        out->interval.low -= out->rounding;
        out->interval.high += out->rounding;
    }
}

const char *trend_verdict_text(enum trend_verdict verdict, enum fault_language language) {
    static const char *const texts[][2] = {
        {"kan goed toeval zijn", "could well be chance"},
        {"is moeilijk door toeval te verklaren", "hard to explain by chance"},
        {"te weinig klassen om iets te zeggen", "too few classes to tell"}};
    return texts[verdict][language == FAULT_LANGUAGE_EN];
}

const char *trend_state_text(enum trend_state state, enum fault_language language) {
    static const char *const texts[][2] = {
        {"vergeleken", "compared"},
        {"vorige keer niet gevraagd", "not asked last time"},
        {"vorige keer anders gevraagd, dus niet te vergelijken",
         "asked differently last time, so not compared"},
        {"niet te vergelijken, omdat een cijfer ter bescherming van leerlingen niet is gegeven",
         "not compared, because a figure is withheld to protect pupils"}};
    return texts[state][language == FAULT_LANGUAGE_EN];
}

const char *trend_basis_text(enum trend_basis basis, enum fault_language language) {
    static const char *const texts[][2] = {
        {"De twee rondes zijn te vergelijken.", "The two rounds can be compared."},
        {"De andere ronde is niet van een eerder schooljaar; er is niets vergeleken.",
         "The other round is not of an earlier school year; nothing was compared."},
        {"De rondes begonnen meer dan zes weken uit elkaar in het schooljaar; dan is niet te zien wat door "
         "het "
         "seizoen komt. Er is niets vergeleken.",
         "The rounds began more than six weeks apart in the school year; what comes from the season cannot "
         "be "
         "told. Nothing was compared."}};
    return texts[basis][language == FAULT_LANGUAGE_EN];
}
