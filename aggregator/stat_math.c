/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_math.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

/* Bisection halves an interval of doubles at most this often before it cannot be halved any more. */
enum { HALVINGS = 1100, TERMS = 100000 };

double stat_math_normal(double x) {
    return 0.5 * erfc(-x / sqrt(2));
}

/*
 * Where an increasing function reaches p, between two bounds. Slow and certain; there are few quantiles in a
 * report.
 */
struct search {
    double (*function)(double x, const double *parameter);
    const double *parameter;
    double low, high;
};

static double find(struct search search, double p) {
    for (int i = 0; i < HALVINGS; i++) {
        double middle = search.low + (search.high - search.low) / 2;
        if (middle <= search.low || middle >= search.high) {
            break;
        }
        if (search.function(middle, search.parameter) < p) {
            search.low = middle;
        } else {
            search.high = middle;
        }
    }
    return search.high;
}

static double normal_at(double x, const double *parameter) {
    (void)parameter;
    return stat_math_normal(x);
}

/* The upper half is the lower one mirrored: a small tail keeps its digits, one near 1 does not. */
double stat_math_normal_quantile(double p) {
    if (!(p > 0 && p < 1)) {
        return NAN;
    }
    if (p > 0.5) {
        return -stat_math_normal_quantile(1 - p);
    }
    return find((struct search){normal_at, NULL, -40, 0}, p);
}

/* The fraction of DLMF 8.17.22 by Lentz's method: converges quickly where x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b) {
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
    double value = d;
    for (int m = 1; m < TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int part = 0; part < 2; part++) {
            double term = part ? odd : even;
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
            c = fabs(c) < DBL_MIN ? DBL_MIN : c;
            step *= d * c;
        }
        value *= step;
        if (fabs(step - 1) < 4 * DBL_EPSILON) {
            break;
        }
    }
    return value;
}

double stat_math_beta(double x, double a, double b) {
    if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
        return NAN;
    }
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
        return 1 - stat_math_beta(1 - x, b, a);
    }
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return front * beta_fraction(x, a, b) / a;
}

static double gamma_lower_series(double a, double x) {
    double term = 1 / a, sum = term;
    for (int i = 1; i < TERMS && term > sum * DBL_EPSILON; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * exp(-x + a * log(x) - lgamma(a));
}

static double gamma_upper_fraction(double a, double x) {
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, value = d;
    for (int i = 1; i < TERMS; i++) {
        double term = -i * (i - a);
        b += 2;
        d = term * d + b;
        c = b + term / c;
        d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        value *= d * c;
        if (fabs(d * c - 1) < 4 * DBL_EPSILON) {
            break;
        }
    }
    return value * exp(-x + a * log(x) - lgamma(a));
}

double stat_math_gamma_upper(double a, double x) {
    if (!(a > 0 && x >= 0)) {
        return NAN;
    }
    if (x <= 0) {
        return 1;
    }
    return x < a + 1 ? 1 - gamma_lower_series(a, x) : gamma_upper_fraction(a, x);
}

double stat_math_t_two_sided(double t, double df) {
    if (!(df > 0)) {
        return NAN;
    }
    /* Near the middle the tail is nearly 1 and says nothing of t any more; what is left of it does. */
    return t * t < df ? 1 - stat_math_beta(t * t / (df + t * t), 0.5, df / 2)
                      : stat_math_beta(df / (df + t * t), df / 2, 0.5);
}

/* P(T <= x) for x <= 0, where it is half of the two-sided tail. */
static double t_lower(double x, const double *df) {
    return stat_math_t_two_sided(x, *df) / 2;
}

double stat_math_t_quantile(double p, double df) {
    if (!(p > 0 && p < 1 && df > 0)) {
        return NAN;
    }
    if (p > 0.5) {
        return -stat_math_t_quantile(1 - p, df);
    }
    return find((struct search){t_lower, &df, -1e12, 0}, p);
}

double stat_math_chi_square_upper(double x, double df) {
    return stat_math_gamma_upper(df / 2, x / 2);
}

static double beta_at(double x, const double *parameter) {
    return stat_math_beta(x, parameter[0], parameter[1]);
}

double stat_math_f_quantile(double p, double df1, double df2) {
    if (!(p > 0 && p < 1 && df1 > 0 && df2 > 0)) {
        return NAN;
    }
    const double halves[2] = {df1 / 2, df2 / 2};
    double y = find((struct search){beta_at, halves, 0, 1}, p);
    return df2 * y / (df1 * (1 - y));
}

double stat_math_binomial(int64_t k, int64_t n, double p) {
    if (k < 0 || n < 0) {
        return n < 0 ? NAN : 0;
    }
    if (k >= n || p <= 0) {
        return 1;
    }
    return p >= 1 ? 0 : stat_math_beta(1 - p, (double)(n - k), (double)k + 1);
}

int64_t stat_math_binomial_quantile(double probability, int64_t n, double p) {
    int64_t low = -1, high = n; /* P(X <= low) < probability <= P(X <= high) */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (stat_math_binomial(middle, n, p) < probability) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

static double log_choose(int64_t n, int64_t k) {
    return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1);
}

double stat_math_hypergeometric(int64_t x, int64_t n, int64_t marked, int64_t heads) {
    int64_t least = n + marked > heads ? n + marked - heads : 0;
    int64_t most = n < marked ? n : marked;
    double sum = 0;
    if (n < 0 || marked < 0 || n > heads || marked > heads) {
        return NAN;
    }
    if (x >= most) {
        return 1;
    }
    double all = log_choose(heads, n);
    for (int64_t i = least; i <= x; i++) {
        sum += exp(log_choose(marked, i) + log_choose(heads - marked, n - i) - all);
    }
    return sum < 1 ? sum : 1;
}
