/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/bundle_export.h"
#include "platform/folder.h"
#include "platform/process.h"
#include "tests/faults/canary.h"

/*
 * The ways by which a pupil's secrets might leave memory without anybody writing them: a core dump, swap, and
 * whatever a file system keeps besides its files. Each with a guard taken away as control: then the same
 * search finds them.
 * Needs a kernel and disks of its own (with_disks): all of this concerns a whole machine.
 */

enum { SKIPPED = 77, PAGE = 4096, MIB = 1 << 20, HOG = 300 };
#define SWAP_DISK "/dev/ubda"
#define STATE_DISK "/dev/ubdb"
#define STICK_DISK "/dev/ubdc"
static const char dumps[] = "/tmp/dumps", state_folder[] = "/tmp/state", stick_folder[] = "/tmp/stick";

static int wait_status(pid_t child) {
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* Everything that this process has mapped and may be advised about. */
static void advise_all(int advice) {
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps)) {
        unsigned long from = 0;
        unsigned long to = 0;
        if (sscanf(line, "%lx-%lx", &from, &to) == 2 && !strstr(line, "[v")) {
            /* NOLINTNEXTLINE(performance-no-int-to-ptr): so the kernel writes it */
            (void)madvise((void *)from, to - from, advice);
        }
    }
    if (maps) {
        (void)fclose(maps);
    }
}

/*
 * Core dumps. The guards, each enough alone: no room for one, nobody may dump, and secret memory is left out.
 */
enum guard { LIMITED = 1, UNDUMPABLE = 2, LEFT_OUT = 4 };
static const struct dump_case {
    const char *name;
    unsigned guards;
    int signal;
    bool written;
    bool secrets;
} dump_cases[] = {
    {"as the kiosk runs", LIMITED | UNDUMPABLE | LEFT_OUT, SIGSEGV, false, false},
    {"as the kiosk runs, aborted", LIMITED | UNDUMPABLE | LEFT_OUT, SIGABRT, false, false},
    {"ulimit -c unlimited", UNDUMPABLE | LEFT_OUT, SIGSEGV, false, false},
    {"dumpable", LIMITED | LEFT_OUT, SIGSEGV, false, false},
    {"dumpable, ulimit -c unlimited", LEFT_OUT, SIGSEGV, true, false},
    {"no guard at all", 0, SIGABRT, true, true},
};
enum { DUMP_CASES = sizeof dump_cases / sizeof dump_cases[0] };

static uint8_t *planted; /* ordinary memory */

static void die(void *context) {
    const struct dump_case *dump = context;
    const struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};
    int undone = 0;
    if (!(dump->guards & LIMITED)) {
        undone |= setrlimit(RLIMIT_CORE, &unlimited);
    }
    if (!(dump->guards & UNDUMPABLE)) {
        undone |= prctl(PR_SET_DUMPABLE, 1);
    }
    if (!(dump->guards & LEFT_OUT)) {
        advise_all(MADV_DODUMP);
    }
    if (undone == 0) {
        (void)signal(dump->signal, SIG_DFL);
        (void)raise(dump->signal);
    }
    _exit(1);
}

static uint64_t dumped_bytes(void) {
    struct folder_names names = {0};
    uint64_t sum = 0;
    char path[128];
    check_fault(folder_list(&names, dumps, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", dumps, names.names[i]);
        assert_int_equal(stat(path, &about), 0);
        sum += (uint64_t)about.st_size;
    }
    folder_names_release(&names);
    return sum;
}

/* A pupil's kiosk that is killed while all secrets are in memory. */
static void kill_while_needed(const struct dump_case *dump) {
    pid_t child = fork();
    if (child == 0) {
        struct canary_kiosk kiosk;
        struct dump_case copy = *dump;
        bool hardened = process_harden() == FAULT_NONE && chdir(dumps) == 0;
        canary_set_up(&kiosk);
        if (hardened) {
            canary_send(&kiosk, die, &copy);
        }
        _exit(1);
    }
    int status = wait_status(child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), dump->signal);
    assert_int_equal(WCOREDUMP(status) != 0, dump->written);
}

static void look_into_dumps(const struct dump_case *dump) {
    uint64_t size = dumped_bytes();
    int found[CANARIES];
    print_message("killed, %s: %llu bytes of core", dump->name, (unsigned long long)size);
    for (int i = 0; i < CANARIES; i++) {
        found[i] = canary_in_folder((enum canary_which)i, dumps);
        print_message(", %s %d", canary_names[i], found[i]);
    }
    print_message("\n");
    assert_int_equal(size > 0, dump->written);
    assert_int_equal(found[CANARY_PLANTED] > 0, dump->written);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        assert_true(canary_while_needed((enum canary_which)i) > 0);
        assert_int_equal(found[i] > 0, dump->secrets);
    }
}

static void empty_dumps(void) {
    struct folder_names names = {0};
    char path[128];
    check_fault(folder_list(&names, dumps, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        snprintf(path, sizeof path, "%s/%s", dumps, names.names[i]);
        assert_int_equal(unlink(path), 0);
    }
    folder_names_release(&names);
}

static void who_kills_the_kiosk_gets_no_core(void **state) {
    (void)state;
    assert_int_equal(mkdir(dumps, 0700), 0);
    for (int i = 0; i < DUMP_CASES; i++) {
        kill_while_needed(&dump_cases[i]);
        look_into_dumps(&dump_cases[i]);
        empty_dumps();
    }
}

/* Swap. Two pipes: the pupil's process says where it is, and waits until the search is done. */
struct halt {
    int say[2], go[2];
    bool locked; /* as it should be; otherwise everything is unlocked before the pupil sends */
};

static void halt(void *context) {
    const struct halt *between = context;
    char byte = 0;
    advise_all(MADV_PAGEOUT);
    if (write(between->say[1], &byte, 1) != 1 || read(between->go[0], &byte, 1) != 1) {
        _exit(1);
    }
}

static void at_seal_with_secrets(void *context) {
    const struct halt *between = context;
    if (!between->locked && munlockall() != 0) {
        _exit(1);
    }
    halt(context);
}

static pid_t start_pupil(struct halt *between) {
    assert_int_equal(pipe(between->say), 0);
    assert_int_equal(pipe(between->go), 0);
    pid_t child = fork();
    if (child == 0) {
        struct canary_kiosk kiosk;
        canary_set_up(&kiosk);
        canary_send(&kiosk, at_seal_with_secrets, between);
        halt(between);
        canary_tear_down(&kiosk);
        _exit(0);
    }
    return child;
}

/* More than there is, so that everything else has to go. */
static void press(void) {
    pid_t child = fork();
    if (child == 0) {
        uint8_t *all =
            mmap(NULL, (size_t)HOG * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (size_t at = 0; all != MAP_FAILED && at < (size_t)HOG * MIB; at += PAGE) {
            randombytes_buf(all + at, 64);
        }
        _exit(all == MAP_FAILED);
    }
    int status = wait_status(child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Of a process, in kB: what /proc calls so. */
static long of_status(pid_t process, const char *name) {
    char path[64];
    char line[256];
    long value = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "r");
    assert_non_null(status);
    while (fgets(line, sizeof line, status)) {
        if (strncmp(line, name, strlen(name)) == 0) {
            value = strtol(line + strlen(name) + 1, NULL, 10);
        }
    }
    (void)fclose(status);
    return value;
}

/* At one halt: press, look, let go. */
static void search_swap(int found[CANARIES], const struct halt *between, pid_t pupil, const char *when) {
    char byte = 0;
    assert_int_equal(read(between->say[0], &byte, 1), 1);
    press();
    long swapped = of_status(pupil, "VmSwap");
    long locked = of_status(pupil, "VmLck");
    print_message("swap, %s, %s: %ld kB of the pupil's process swapped, %ld kB locked",
                  between->locked ? "locked" : "unlocked by hand", when, swapped, locked);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        found[i] = canary_in_file((enum canary_which)i, SWAP_DISK);
        print_message(", %s %d", canary_names[i], found[i]);
    }
    print_message("\n");
    assert_true(swapped > 0);
    assert_int_equal(locked > 0, between->locked);
    assert_int_equal(write(between->go[1], &byte, 1), 1);
}

static void one_pupil_under_pressure(int needed[CANARIES], int thanked[CANARIES], bool locked) {
    struct halt between = {.locked = locked};
    pid_t pupil = start_pupil(&between);
    search_swap(needed, &between, pupil, "while needed");
    search_swap(thanked, &between, pupil, "thanked");
    int status = wait_status(pupil);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void nothing_locked_is_ever_swapped_out(void **state) {
    (void)state;
    int needed[CANARIES];
    int thanked[CANARIES];
    assert_int_equal(swapon(SWAP_DISK, 0), 0);
    one_pupil_under_pressure(needed, thanked, true);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        assert_int_equal(needed[i] + thanked[i], 0);
    }
    one_pupil_under_pressure(needed, thanked, false);
    for (int i = 0; i < CANARY_SECRETS; i++) {
        assert_true(needed[i] > 0);
    }
    assert_int_equal(swapoff(SWAP_DISK), 0);
}

/* Disks, raw: files, what files were, journals, and what lies between. */
static void mount_both(const char *options) {
    assert_int_equal(mount(STATE_DISK, state_folder, "ext4", 0, options), 0);
    assert_int_equal(mount(STICK_DISK, stick_folder, "vfat", 0, NULL), 0);
}

static void unmount_both(void) {
    assert_int_equal(umount(state_folder), 0);
    assert_int_equal(umount(stick_folder), 0);
}

static int on_disks(enum canary_which which) {
    return canary_in_file(which, STATE_DISK) + canary_in_file(which, STICK_DISK);
}

/* A whole class of one pupil, on the disk and out on the stick. */
static void hold_class(struct bytes_buffer *bundle) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    struct canary_kiosk kiosk;
    char path[KIOSK_STATE_PATH_SIZE];
    struct ballot_box *box = NULL;
    struct bundle_export_receipt receipt;
    struct kiosk_state_sessions sessions = {0};
    canary_set_up(&kiosk);
    canary_send(&kiosk, NULL, NULL);
    check_fault(session_close(kiosk.session, 1, absent), FAULT_NONE);
    kiosk.session = session_free(kiosk.session);
    check_fault(kiosk_state_list_sessions(&sessions, kiosk.state), FAULT_NONE);
    assert_int_equal(sessions.count, 1);
    snprintf(path, sizeof path, "%s", sessions.session[0].path);
    kiosk_state_sessions_release(&sessions);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    check_fault(bundle_export_make(bundle, &receipt, box, kiosk.state->secret_key), FAULT_NONE);
    check_fault(bundle_export_write(&receipt, stick_folder, box, kiosk.state->secret_key), FAULT_NONE);
    ballot_box_free(box);
    kiosk.state = kiosk_state_close(kiosk.state);
    /* The folder stays: the raw disk is to be searched with everything that lies on it. */
}

/* The secrets written as somebody might who does not think of it: a file, flushed, then removed. */
static void write_and_remove(const char *folder, const uint8_t *bytes, size_t size) {
    char path[128];
    snprintf(path, sizeof path, "%s/draft", folder);
    check_fault(file_write(path, (struct bytes){bytes, size}, FILE_PRIVATE), FAULT_NONE);
    check_fault(file_remove(path), FAULT_NONE);
}

static void the_raw_disks_hold_no_secret(void **state) {
    (void)state;
    struct bytes_buffer bundle = {0};
    assert_int_equal(mkdir(state_folder, 0700) | mkdir(stick_folder, 0700), 0);
    mount_both(NULL);
    (void)setenv("KLANKBORD_SAMPLES", state_folder, 1);
    hold_class(&bundle);
    unmount_both();
    for (int i = 0; i < CANARY_SECRETS; i++) {
        int found = on_disks((enum canary_which)i);
        print_message("raw disk and stick: %s %d\n", canary_names[i], found);
        assert_int_equal(found, 0);
    }
    /* What has to be there is found by the same search: the bundle on the stick. */
    canary_take(CANARY_PLANTED, bundle.data, BUNDLE_HEADER_BYTES);
    bytes_buffer_release(&bundle);
    int exported = canary_in_file(CANARY_PLANTED, STICK_DISK);
    /* And so is what was there and is no more: in free blocks of both, and in a journal that has data. */
    canary_take(CANARY_PLANTED, planted, PAGE / 4);
    mount_both("data=journal");
    write_and_remove(state_folder, planted, PAGE / 4);
    write_and_remove(stick_folder, planted, PAGE / 4);
    unmount_both();
    int on_state = canary_in_file(CANARY_PLANTED, STATE_DISK);
    int on_stick = canary_in_file(CANARY_PLANTED, STICK_DISK);
    print_message("controls: the bundle on the stick %d; a removed file: disk and journal %d, stick %d\n",
                  exported, on_state, on_stick);
    assert_true(exported > 0 && on_state > 1 && on_stick > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_kills_the_kiosk_gets_no_core),
        cmocka_unit_test(nothing_locked_is_ever_swapped_out),
        cmocka_unit_test(the_raw_disks_hold_no_secret),
    };
    if (access(SWAP_DISK, R_OK) != 0 || !canary_begin() || !(planted = malloc(PAGE))) {
        (void)fprintf(stderr, "run me by with_disks\n");
        return SKIPPED;
    }
    randombytes_buf(planted, PAGE);
    canary_take(CANARY_PLANTED, planted, PAGE / 4);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
