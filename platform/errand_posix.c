/* SPDX-License-Identifier: Apache-2.0 */
#include "errand.h"

#include "process.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct errand {
    void (*work)(void *context);
    void *context;
    pthread_t thread;
    atomic_bool over;
};

static void *run(void *argument) {
    struct errand *errand = argument;
    errand->work(errand->context);
    atomic_store(&errand->over, true);
    return NULL;
}

struct errand *errand_start(void (*work)(void *context), void *context) {
    struct errand *errand = calloc(1, sizeof *errand);
    if (!errand) {
        return NULL;
    }
    errand->work = work;
    errand->context = context;
    /* Signals are for the thread that has the screen: no call of an errand is interrupted. */
    unsigned held = process_hold_signals();
    int refused = pthread_create(&errand->thread, NULL, run, errand);
    process_release_signals(held);
    if (refused) {
        free(errand);
        return NULL;
    }
    return errand;
}

bool errand_is_over(const struct errand *errand) {
    return atomic_load(&errand->over);
}

struct errand *errand_end(struct errand *errand) {
    if (errand) {
        (void)pthread_join(errand->thread, NULL);
        free(errand);
    }
    return NULL;
}
