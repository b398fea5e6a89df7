/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <pthread.h>
#include <stdbool.h>

#include "platform/crew.h"

static int refuse_from = 1000;
static int created;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                          void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                          void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                          void *argument) {
    return created++ >= refuse_from ? 11 : __real_pthread_create(thread, attributes, start, argument);
}

struct member {
    struct crew_lock *lock;
    uint64_t *total;
    uint32_t runs;
    bool is_ours; /* ran in the thread that asked */
    pthread_t asked_by;
};

static void add(void *argument) {
    struct member *member = argument;
    member->is_ours = pthread_equal(member->asked_by, pthread_self()) != 0;
    member->runs++;
    for (int i = 0; i < 20000; i++) {
        crew_lock_take(member->lock);
        ++*member->total;
        crew_lock_give(member->lock);
    }
}

static void run(uint32_t count, uint32_t wanted_ours) {
    struct member members[CREW_LIMIT];
    struct crew_lock *lock = crew_lock_new();
    uint64_t total = 0;
    uint32_t ours = 0;
    assert_non_null(lock);
    for (uint32_t i = 0; i < count; i++) {
        members[i] = (struct member){.lock = lock, .total = &total, .asked_by = pthread_self()};
    }
    created = 0;
    crew_run(add, members, sizeof *members, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(members[i].runs, 1);
        ours += members[i].is_ours;
    }
    assert_true(count == 0 || members[0].is_ours);
    assert_int_equal(ours, wanted_ours);
    assert_int_equal(total, 20000ull * count);
    crew_lock_free(lock);
}

static void everybody_works_once_and_the_first_one_here(void **state) {
    (void)state;
    run(0, 0);
    run(1, 1);
    run(4, 1);
    run(CREW_LIMIT, 1);
}

static void what_gets_no_thread_is_done_here(void **state) {
    (void)state;
    refuse_from = 2;
    run(6, 4);
    refuse_from = 0;
    run(3, 3);
    refuse_from = 1000;
    crew_lock_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_works_once_and_the_first_one_here),
        cmocka_unit_test(what_gets_no_thread_is_done_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
