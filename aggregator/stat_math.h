/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_MATH_H
#define STAT_MATH_H

#include <stdint.h>

/*
 * The distributions that the statistics need, tested against R to ten digits in tests/oracle/. Sources are
 * sections of the NIST Digital Library of Mathematical Functions (DLMF). Arguments outside the ranges given
 * are a caller's mistake; they give NaN, never a plausible number.
 */

double stat_math_normal(double x);          /* P(Z <= x); DLMF 7.2.2 */
double stat_math_normal_quantile(double p); /* its inverse; 0 < p < 1 */

/* Regularised incomplete beta function I_x(a, b); 0 <= x <= 1, a, b > 0. Continued fraction DLMF 8.17.22. */
double stat_math_beta(double x, double a, double b);

/*
 * Regularised upper incomplete gamma function Q(a, x); a > 0, x >= 0. Series DLMF 8.11.4, continued fraction
 * 8.9.2.
 */
double stat_math_gamma_upper(double a, double x);

double stat_math_t_two_sided(double t, double df); /* P(|T| >= |t|); df > 0, need not be whole */
double stat_math_t_quantile(double p, double df);  /* 0 < p < 1 */
double stat_math_chi_square_upper(double x, double df);
double stat_math_f_quantile(double p, double df1, double df2); /* 0 < p < 1 */

/* P(X <= k) for X binomial(n, p); 0 for k < 0. And the smallest k with P(X <= k) >= probability. */
double stat_math_binomial(int64_t k, int64_t n, double p);
int64_t stat_math_binomial_quantile(double probability, int64_t n, double p);

/*
 * P(X <= x), for X the number of marked among n drawn without replacement from `heads`, of whom `marked` are
 * marked.
 */
double stat_math_hypergeometric(int64_t x, int64_t n, int64_t marked, int64_t heads);

#endif
