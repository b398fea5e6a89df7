/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_SWITCH_H
#define DISCLOSURE_SWITCH_H

#include <stdbool.h>

/*
 * The rules of docs/statistics.md by number, so that tests can ask what each is good for. Only code that is
 * compiled with DISCLOSURE_SWITCHES can do without one, and only tests/attacker and
 * tests/bench/bench_survival.c are compiled so; everywhere else the question is a constant, and the test
 * "no_switches" looks for it in what is installed
 * (docs/decisions/0027).
 */

enum disclosure_switch {
    DISCLOSURE_MINIMUM_GROUPS = 2,
    DISCLOSURE_BANDS = 4,
    DISCLOSURE_WHOLE_BAND = 5,
    DISCLOSURE_COMPLEMENT = 6,
    DISCLOSURE_DIFFERENCES = 7,
    DISCLOSURE_MEANS = 8,
    DISCLOSURE_BREAKDOWNS = 9
};

#ifdef DISCLOSURE_SWITCHES
extern unsigned disclosure_switch_off; /* the rules that are off, 1 << rule each; 0: none */
static inline bool disclosure_keeps(enum disclosure_switch rule) {
    return !(disclosure_switch_off >> rule & 1);
}
#else
static inline bool disclosure_keeps(enum disclosure_switch rule) {
    (void)rule;
    return true;
}
#endif

#endif
