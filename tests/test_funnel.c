/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/stat_funnel.h"

/*
 * False alarms of the funnel on made-up schools whose classes do not differ, judged as a report judges them:
 * means rounded to a decimal, and how many count in a class estimated from the school. KLANKBORD_SOAK=yes:
 * many more schools.
 */

enum { CLASSES = 60, QUESTIONS = 8 };

static double uniform(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state) {
    return sqrt(-2 * log(uniform(state))) * cos(6.283185307179586 * uniform(state));
}

/* A mean of eight questions of 1 to 5, of which most pupils are content. */
static double score_of(uint64_t *state, double lean) {
    double sum = 0, own = lean + 0.7 * normal(state);
    for (int i = 0; i < QUESTIONS; i++) {
        sum += fmin(5, fmax(1, round(4.1 + own + 0.9 * normal(state))));
    }
    return sum / QUESTIONS;
}

struct made {
    struct stat_funnel_class class[CLASSES];
    uint32_t came[CLASSES];
    double mean, sd;
    uint32_t counts;
    uint64_t all;
};

/* Of every class another part does not count: who declined, stopped or skipped too much. */
static void make_school(struct made *made, uint64_t *state, size_t classes, double between) {
    double total = 0, squares = 0;
    *made = (struct made){.counts = 0};
    for (size_t i = 0; i < classes; i++) {
        double lean = between * normal(state), counting = 0.75 + 0.25 * uniform(state), sum = 0;
        made->came[i] = 10 + (uint32_t)(20 * uniform(state));
        made->all += made->came[i];
        for (uint32_t j = 0; j < made->came[i]; j++) {
            if (j >= 5 && uniform(state) > counting) {
                continue;
            }
            double score = score_of(state, lean);
            made->class[i].n++;
            sum += score;
            squares += score * score;
        }
        made->class[i].mean = round(10 * sum / made->class[i].n) / 10;
        made->counts += made->class[i].n;
        total += sum;
    }
    made->mean = round(10 * total / made->counts) / 10;
    made->sd = round(100 * sqrt((squares - total * total / made->counts) / (made->counts - 1.0))) / 100;
}

struct alarms {
    double classes; /* share of classes that are outside */
    double funnels; /* share of funnels with any */
};

static struct alarms alarms_of(size_t classes, double between, int schools, uint64_t *state) {
    struct alarms out = {0};
    for (int i = 0; i < schools; i++) {
        static struct made made;
        struct stat_funnel funnel;
        size_t outside = 0;
        make_school(&made, state, classes, between);
        for (size_t j = 0; j < classes; j++) {
            made.class[j].n = stat_funnel_size(made.came[j], made.counts, made.all);
        }
        stat_funnel_judge(&funnel, made.class, classes, made.mean, made.sd, 0.05);
        for (size_t j = 0; j < classes; j++) {
            outside += made.class[j].outside;
        }
        out.classes += (double)outside / (double)classes / schools;
        out.funnels += (outside > 0) / (double)schools;
    }
    return out;
}

static int schools_to_make(void) {
    const char *soak = getenv("KLANKBORD_SOAK");
    return soak && strcmp(soak, "yes") == 0 ? 20000 : 400;
}

static void classes_that_do_not_differ_are_hardly_ever_named(void **state) {
    (void)state;
    static const size_t sizes[] = {5, 12, 18, 30, 60};
    uint64_t random = 11;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct alarms none = alarms_of(sizes[i], 0, schools_to_make(), &random);
        print_message("%zu classes that do not differ: %.3f %% of classes and %.2f %% of funnels outside\n",
                      sizes[i], 100 * none.classes, 100 * none.funnels);
        assert_true(none.classes <= 0.002);
        assert_true(none.funnels <= 0.05);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct alarms ordinary = alarms_of(sizes[i], 0.17, schools_to_make(), &random);
        print_message("%zu classes that differ as classes do: %.3f %% of classes, %.2f %% of funnels\n",
                      sizes[i], 100 * ordinary.classes, 100 * ordinary.funnels);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_that_do_not_differ_are_hardly_ever_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
