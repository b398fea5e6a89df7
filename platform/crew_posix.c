/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "crew.h"

struct crew_lock {
    pthread_mutex_t mutex;
};

struct member {
    void (*work)(void *member);
    void *self;
    pthread_t thread;
    bool is_started;
};

static void *start(void *argument) {
    struct member *member = argument;
    member->work(member->self);
    return NULL;
}

void crew_run(void (*work)(void *member), void *members, size_t size, uint32_t count) {
    struct member crew[CREW_LIMIT];
    for (uint32_t i = 0; i < count; i++) {
        crew[i] = (struct member){.work = work, .self = (char *)members + i * size};
        crew[i].is_started = i > 0 && pthread_create(&crew[i].thread, NULL, start, &crew[i]) == 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!crew[i].is_started) {
            work(crew[i].self);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (crew[i].is_started) {
            (void)pthread_join(crew[i].thread, NULL);
        }
    }
}

struct crew_lock *crew_lock_new(void) {
    struct crew_lock *lock = malloc(sizeof *lock);
    if (lock && pthread_mutex_init(&lock->mutex, NULL) != 0) {
        free(lock);
        return NULL;
    }
    return lock;
}

void crew_lock_free(struct crew_lock *lock) {
    if (lock) {
        (void)pthread_mutex_destroy(&lock->mutex);
        free(lock);
    }
}

/* A mutex of the default kind, taken and given in turn by one thread, has no error to report. */
void crew_lock_take(struct crew_lock *lock) {
    (void)pthread_mutex_lock(&lock->mutex);
}

void crew_lock_give(struct crew_lock *lock) {
    (void)pthread_mutex_unlock(&lock->mutex);
}
