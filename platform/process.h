/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

/* This process, its limits, and the only clock there is: the date. */

/*
 * To be called first in main: no core dumps, no debugger of the same user, and new files for this user only.
 * FAULT_MEMORY_LOCK when the system refuses any of it.
 */
enum fault process_harden(void) FAULT_MUST_CHECK;

/*
 * How many bytes this process may lock in memory, after raising its own limit as far as the system allows;
 * UINT64_MAX when unlimited. A limit, not a promise: core/secret.h still checks every lock.
 */
uint64_t process_locked_memory_limit(void);

/* How many bytes of this process are locked in memory now; 0 also when the system does not say. */
uint64_t process_locked_memory(void);

/*
 * For memory that libraries take and secrets pass through: from now on all memory of this process stays out
 * of swap, and what is given back to the heap is overwritten, but for the few small pieces that it keeps at
 * hand. Cannot be undone: that would unlock core/secret.h's memory as well. False, with nothing changed but
 * the overwriting, where the limit on locked memory is below `least` bytes: memory would run out.
 */
bool process_hold_heap(uint64_t least);

/* Whether what process_harden asked for holds. */
bool process_is_hardened(void);

/* Whether the system has anywhere to swap to; false also when it does not say. */
bool process_may_swap(void);

/*
 * Between the two, whoever asks this process to end (SIGHUP, SIGINT, SIGQUIT, SIGTERM) waits: what is being
 * stored is stored, and no call of this thread is interrupted on the way, SQLite's among them, which takes an
 * interrupted flush for a failed one. Threads that are made in between wait as well, for as long as they
 * live. What the first gives, the second wants back: who waited already goes on waiting.
 */
unsigned process_hold_signals(void);
void process_release_signals(unsigned held);

/*
 * Between the two, nothing that is printed on standard error is seen: for other people's code that talks where
 * its caller has something to say, in the reader's own language. What the first gives, the second wants back.
 * For programs with one thread.
 */
int process_hush(void);
void process_speak(int hushed);

/* How many processors this process may use; at least 1. */
uint32_t process_processors(void);

/* The path of the program that runs here, cut at `capacity` bytes; "" when the system does not say. */
void process_program(char *out, size_t capacity);

/* A day of the proleptic Gregorian calendar: year 1..9999, month 1..12, day 1..31. */
struct process_date {
    int year;
    int month;
    int day;
};

/*
 * Today in local time. The environment variable KLANKBORD_TODAY=YYYY-MM-DD, when set, is the date instead, so
 * that a run can be repeated exactly; whoever sets a program's environment could set the clock as well, and
 * nothing secret rests on it. FAULT_USAGE when that variable is not a date; FAULT_MISUSE when the clock is
 * outside the years 1..9999.
 */
enum fault process_today(struct process_date *out) FAULT_MUST_CHECK;

/* FAULT_USAGE unless `text` is exactly YYYY-MM-DD and a day that exists; *out is then zeroed. */
enum fault process_date_parse(struct process_date *out, const char *text) FAULT_MUST_CHECK;

#endif
