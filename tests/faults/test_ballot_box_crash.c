/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "crash_vfs.h"
#include "kiosk/ballot_box.h"
#include "platform/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * Whatever moment a kiosk dies at: what was acknowledged is there once, what was not is there at most once,
 * and the session goes on.
 */

enum { COUNTERS = 900, FEW = 6 };

static char folder[64];
static char path[128];
static char journal[160];

/* What a child has told before it died. Shared memory: a store to it cannot be lost by a kill. */
struct told {
    volatile bool made;
    volatile bool closed;
    volatile uint32_t tried;        /* contributions first .. first + tried - 1 were given to put */
    volatile uint32_t acknowledged; /* of these, that many from the first on came back without a fault */
    volatile long steps;
};
static struct told *told;

static const uint8_t *contribution(uint32_t n) {
    static uint8_t bytes[64 * 1024];
    uint8_t seed[randombytes_SEEDBYTES] = {0};
    memcpy(seed, &n, sizeof n);
    randombytes_buf_deterministic(bytes, contribution_bytes(COUNTERS, false), seed);
    return bytes;
}

static struct ballot_box_head head_for_tests(uint16_t slots) {
    return (struct ballot_box_head){.state = BALLOT_BOX_OPEN,
                                    .class_label = "2B",
                                    .class_number = 7,
                                    .limit = slots,
                                    .slots = slots,
                                    .counter_count = COUNTERS};
}

static void remove_box(void) {
    unlink(path);
    unlink(journal);
}

static void make(uint16_t slots) {
    struct ballot_box *box = NULL;
    struct ballot_box_head head = head_for_tests(slots);
    remove_box();
    check_fault(ballot_box_create(&box, path, &head, true, NULL), FAULT_NONE);
    ballot_box_free(box);
}

/* The child's part: opens, puts contributions `first` .. `first` + count - 1, telling after each. */
static enum fault put_and_tell(struct ballot_box *box, uint32_t first, uint32_t count) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; i < count && !fault; i++) {
        const uint8_t *bytes = contribution(first + i);
        told->tried = i + 1;
        fault = ballot_box_put(box, bytes);
        if (!fault) {
            told->acknowledged = i + 1;
        }
    }
    return fault;
}

static int occurrences(const struct bytes_buffer *records, uint32_t n) {
    size_t size = contribution_bytes(COUNTERS, false);
    const uint8_t *wanted = contribution(n);
    int found = 0;
    for (size_t at = 0; at < records->size; at += size) {
        found += memcmp(records->data + at, wanted, size) == 0;
    }
    return found;
}

/*
 * `there` remembers for every contribution ever tried whether it must be there. Returns how many
 * unacknowledged ones were kept.
 */
static uint32_t check_records(struct ballot_box *box, uint8_t *there, uint32_t first) {
    struct bytes_buffer records = {0};
    uint32_t count = 0;
    uint32_t damaged = 0;
    uint32_t expected = 0;
    uint32_t kept = 0;
    check_fault(ballot_box_read(&records, &count, &damaged, box), FAULT_NONE);
    assert_int_equal(damaged, 0);
    for (uint32_t i = 0; i < told->tried; i++) {
        int found = occurrences(&records, first + i);
        bool sure = i < told->acknowledged;
        assert_true(sure ? found == 1 : found <= 1);
        there[first + i] = found == 1;
        kept += !sure && found == 1;
    }
    for (uint32_t n = 0; n < first; n++) {
        expected += there[n];
        assert_int_equal(occurrences(&records, n), there[n]);
    }
    for (uint32_t n = first; n < first + told->tried; n++) {
        expected += there[n];
    }
    assert_int_equal(count, expected);
    assert_true(kept <= 1);
    bytes_buffer_release(&records);
    return kept;
}

static void nap(uint32_t microseconds) {
    struct timespec time = {.tv_nsec = (long)microseconds * 1000};
    nanosleep(&time, NULL);
}

static pid_t start_putting(uint32_t first, uint32_t count) {
    memset((void *)told, 0, sizeof *told);
    pid_t child = fork();
    if (child == 0) {
        struct ballot_box *box = NULL;
        if (ballot_box_open(&box, path, true, NULL)) {
            _exit(1);
        }
        told->made = true;
        _exit(put_and_tell(box, first, count) ? 1 : 0);
    }
    while (!told->made) {
        nap(100);
    }
    return child;
}

static void kills_at_random_instants_lose_nothing_that_was_acknowledged(void **state) {
    (void)state;
    enum { BOX = 400, MOST = 10000 };
    static uint8_t there[2 * BOX + MOST]; /* a kill leaves at most one number that is not in the box */
    int kills = check_amount(250, MOST);
    uint32_t most = (uint32_t)check_amount(4, 30); /* there is room for 60 */
    uint32_t acknowledged = 0;
    uint32_t kept = 0;
    uint32_t first = 0;
    make(BOX);
    for (int kill_count = 0; kill_count < kills; kill_count++) {
        int status = 0;
        struct ballot_box *box = NULL;
        pid_t child = start_putting(first, BOX);
        /*
         * On a slow disk a nap alone would always end in the first write: every other kill waits for some
         * acknowledgements.
         */
        uint32_t least = kill_count % 2 ? 1 + randombytes_uniform(most) : 0;
        while (told->acknowledged < least) {
            nap(200);
        }
        nap(randombytes_uniform(7000));
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 1); /* 1: the box is full */
        check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
        kept += check_records(box, there, first);
        acknowledged += told->acknowledged;
        first += told->tried;
        if (ballot_box_count(box) + 60 > BOX) {
            box = ballot_box_free(box);
            first = 0;
            memset(there, 0, sizeof there);
            make(BOX);
        }
        ballot_box_free(box);
    }
    print_message("%d kills, %u acknowledged, 0 lost, %u kept without acknowledgement\n", kills,
                  (unsigned)acknowledged, (unsigned)kept);
    assert_true(acknowledged >= (uint32_t)kills / 3);
}

/* The child's part: a whole session, dying or failing at one step of it. */
static void whole_session(enum crash_mode mode, long step, unsigned seed) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    struct ballot_box *box = NULL;
    struct ballot_box_head head = head_for_tests(FEW);
    crash_vfs_install(mode, step, seed);
    enum fault fault = ballot_box_create(&box, path, &head, true, NULL);
    told->made = !fault;
    if (!fault) {
        fault = put_and_tell(box, 0, FEW - 1);
    }
    if (!fault) {
        fault = ballot_box_close(box, FEW - 1, absent);
        told->closed = !fault;
    }
    told->steps = crash_vfs_steps();
    if (mode != CRASH_ERROR || !box) {
        _exit(fault ? 1 : 0);
    }
    /* Once an error was seen nothing may be acknowledged any more. */
    bool quiet = ballot_box_head(box)->state != BALLOT_BOX_OPEN || !ballot_box_is_faulty(box) ||
                 ballot_box_put(box, contribution(FEW)) != FAULT_NONE;
    _exit(quiet ? 1 : 2);
}

static int run_session(enum crash_mode mode, long step, unsigned seed) {
    int status = 0;
    memset((void *)told, 0, sizeof *told);
    remove_box();
    pid_t child = fork();
    if (child == 0) {
        whole_session(mode, step, seed);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* After the crash: everything that was told is true, and the mentor can go on to the end. */
static void check_goes_on(void) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    uint8_t there[FEW + 1] = {0};
    struct ballot_box *box = NULL;
    enum fault fault = ballot_box_open(&box, path, true, NULL);
    if (fault == FAULT_TRUNCATED || fault == FAULT_FILE_MISSING) {
        assert_false(told->made);
        assert_int_equal(told->acknowledged, 0);
        return;
    }
    check_fault(fault, FAULT_NONE);
    check_records(box, there, 0);
    assert_true(!told->closed || ballot_box_head(box)->state == BALLOT_BOX_CLOSED);
    if (ballot_box_head(box)->state == BALLOT_BOX_OPEN) {
        uint32_t count = ballot_box_count(box);
        check_fault(ballot_box_put(box, contribution(FEW)), FAULT_NONE);
        assert_int_equal(ballot_box_count(box), count + 1);
        check_fault(ballot_box_close(box, FEW, absent), FAULT_NONE);
    }
    ballot_box_free(box);
    assert_false(file_exists(journal));
}

static void check_mode(enum crash_mode mode, unsigned seeds) {
    assert_int_equal(run_session(CRASH_KILL, 0, 0), 0);
    assert_true(told->closed);
    long steps = told->steps;
    for (long step = 1; step <= steps; step++) {
        for (unsigned seed = 0; seed < seeds; seed++) {
            int status = run_session(mode, step, seed + (unsigned)step * 16);
            assert_int_equal(status, mode == CRASH_ERROR ? 1 : CRASH_VFS_STATUS);
            check_goes_on();
        }
    }
    print_message("%ld steps of a session of %d contributions\n", steps, FEW - 1);
}

static void a_kill_before_any_step_loses_nothing(void **state) {
    (void)state;
    check_mode(CRASH_KILL, 1);
}

static void a_kill_in_the_middle_of_any_write_loses_nothing(void **state) {
    (void)state;
    check_mode(CRASH_TORN, 1);
}

static void a_power_cut_that_loses_all_unsynced_writes_loses_nothing_acknowledged(void **state) {
    (void)state;
    check_mode(CRASH_ALL_LOST, 1);
}

static void a_power_cut_that_loses_some_unsynced_writes_loses_nothing_acknowledged(void **state) {
    (void)state;
    check_mode(CRASH_SOME_LOST, (unsigned)check_amount(3, 12)); /* of some 100 steps */
}

static void a_disk_that_fails_from_any_step_on_acknowledges_nothing_more(void **state) {
    (void)state;
    check_mode(CRASH_ERROR, 1);
}

static int set_up_in(const char *parent) {
    snprintf(folder, sizeof folder, "%s/klankbord-crash-XXXXXX", parent);
    if (sodium_init() < 0 || !mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/a.box", folder);
    snprintf(journal, sizeof journal, "%s-journal", path);
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return told == MAP_FAILED ? -1 : 0;
}

/* Kills: on a real disk, with the time that it takes. */
static int set_up_on_disk(void **state) {
    (void)state;
    return set_up_in("/tmp");
}

/* Steps: what the disk does is imitated, so the faster one will do. */
static int set_up_in_memory(void **state) {
    (void)state;
    return set_up_in(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

static int tear_down(void **state) {
    (void)state;
    remove_box();
    return rmdir(folder);
}

#define on_disk(test) cmocka_unit_test_setup_teardown(test, set_up_on_disk, tear_down)
#define in_memory(test) cmocka_unit_test_setup_teardown(test, set_up_in_memory, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        on_disk(kills_at_random_instants_lose_nothing_that_was_acknowledged),
        in_memory(a_kill_before_any_step_loses_nothing),
        in_memory(a_kill_in_the_middle_of_any_write_loses_nothing),
        in_memory(a_power_cut_that_loses_all_unsynced_writes_loses_nothing_acknowledged),
        in_memory(a_power_cut_that_loses_some_unsynced_writes_loses_nothing_acknowledged),
        in_memory(a_disk_that_fails_from_any_step_on_acknowledges_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
