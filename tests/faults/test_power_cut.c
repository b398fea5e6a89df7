/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "kiosk/ballot_box.h"
#include "platform/file.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * The power goes at any instant of a lesson. The kiosk's disk is an image with ext4 that lies on a file
 * system that can share blocks (xfs); what the kernel still has in memory for it is not in the image (the
 * loop device writes past the page cache). A clone of the image is what the disk held at that instant. The
 * clone is mounted, so that its journal is replayed, and the kiosk's own code opens the box. Needs root and
 * loop devices; ends with 77, SKIPPED, without.
 */

enum { COUNTERS = 900, SLOTS = 120, SKIPPED = 77, CUTS_PER_LESSON = 12 };

static char folder[64], image[128], cut[128], disk[128], after[128];
static bool possible;

/* What the lesson's process has told. */
struct told {
    volatile bool made;
    volatile bool closed;
    volatile uint32_t tried;
    volatile uint32_t acknowledged;
};
static struct told *told;
static pid_t running; /* the lesson's process; 0: none */

/* These take the C library's place, for SQLite too. A deaf disk is the control. */
static bool deaf;
int fsync(int handle) { /* NOLINT(readability-inconsistent-declaration-parameter-name) */
    return deaf ? 0 : (int)syscall(SYS_fsync, handle);
}
int fdatasync(int handle) { /* NOLINT(readability-inconsistent-declaration-parameter-name) */
    return deaf ? 0 : (int)syscall(SYS_fdatasync, handle);
}

static bool shell(const char *line) {
    char command[1024];
    snprintf(command, sizeof command, "set -- '%s'; { %s; } >/dev/null 2>&1", folder, line);
    return system(command) == 0; /* NOLINT(cert-env33-c,concurrency-mt-unsafe): a test */
}

static const char mount_all[] =
    "truncate -s 400M \"$1/outer\" && mkfs.xfs -q -m reflink=1 \"$1/outer\" && mkdir \"$1/xfs\" \"$1/disk\" "
    "\"$1/after\" && "
    "mount -o loop \"$1/outer\" \"$1/xfs\" && truncate -s 24M \"$1/xfs/image\" && "
    "mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 \"$1/xfs/image\" && sync -f \"$1/xfs/image\" "
    "&& "
    "device=$(losetup -f --show --direct-io=on \"$1/xfs/image\") && "
    "{ grep -q 1 \"/sys/block/${device#/dev/}/loop/dio\" && mount -o data=ordered \"$device\" \"$1/disk\"; "
    "r=$?; "
    "losetup -d \"$device\"; exit $r; }";

/*
 * Somebody else may be taking the same loop device at this moment: asked again. A damaged file system stays
 * damaged.
 */
static void mount_cut(void) {
    static const char line[] =
        "for i in 1 2 3 4 5 6; do mount -o loop \"$1/xfs/cut\" \"$1/after\" 2>\"$1/why\" && exit 0; "
        "sleep 0.$i; done; exit 1";
    if (!shell(line)) {
        char path[160];
        struct bytes_buffer why = {0};
        snprintf(path, sizeof path, "%s/why", folder);
        check_fault(file_read(&why, path, 4096), FAULT_NONE);
        fail_msg("what the power cut left cannot be mounted: %.*s", (int)why.size, (const char *)why.data);
    }
}

static const uint8_t *contribution(uint32_t n) {
    static uint8_t bytes[64 * 1024];
    uint8_t seed[randombytes_SEEDBYTES] = {9};
    memcpy(seed + 1, &n, sizeof n);
    randombytes_buf_deterministic(bytes, contribution_bytes(COUNTERS, false), seed);
    return bytes;
}

static void nap(uint32_t microseconds) {
    struct timespec time = {.tv_nsec = (long)microseconds * 1000};
    nanosleep(&time, NULL);
}

/* A whole lesson, in a process of its own. */
static void lesson(const char *path) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_label = "2B",
                                   .class_number = 7,
                                   .limit = SLOTS,
                                   .slots = SLOTS,
                                   .counter_count = COUNTERS};
    struct ballot_box *box = NULL;
    enum fault fault = ballot_box_create(&box, path, &head, false, NULL);
    told->made = !fault;
    for (uint32_t i = 0; i < SLOTS && !fault; i++) {
        const uint8_t *bytes = contribution(i);
        told->tried = i + 1;
        fault = ballot_box_put(box, bytes);
        told->acknowledged += !fault;
    }
    if (!fault) {
        fault = ballot_box_close(box, SLOTS, absent);
        told->closed = !fault;
    }
    _exit(fault ? 1 : 0);
}

static void clone_image(void) {
    int from = open(image, O_RDONLY);
    int to = open(cut, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(from >= 0 && to >= 0);
    assert_int_equal(ioctl(to, FICLONE, from), 0);
    close(from);
    close(to);
}

/* What one cut, or all, did. */
struct toll {
    uint32_t cuts, in_making, acknowledged, lost, doubled, kept, unreadable;
};

/*
 * The contributions there must be the first so many: the later of two was only tried when the first was told
 * of.
 */
static void count_records(struct toll *toll, const struct bytes_buffer *records, const struct told *before,
                          const struct told *later) {
    size_t size = contribution_bytes(COUNTERS, false);
    for (uint32_t n = 0; n < SLOTS; n++) {
        uint32_t found = 0;
        const uint8_t *wanted = contribution(n);
        for (size_t at = 0; at < records->size; at += size) {
            found += memcmp(records->data + at, wanted, size) == 0;
        }
        toll->lost += n < before->acknowledged && found == 0;
        toll->doubled += found > 1;
        toll->kept += n >= later->acknowledged && found > 0;
    }
    toll->acknowledged += before->acknowledged;
}

/* The lesson goes on: the rest of the class, and the closing. */
static void go_on(struct ballot_box *box) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    if (ballot_box_head(box)->state == BALLOT_BOX_OPEN) {
        if (ballot_box_count(box) < SLOTS) {
            check_fault(ballot_box_put(box, contribution(SLOTS)), FAULT_NONE);
        }
        check_fault(ballot_box_close(box, SLOTS, absent), FAULT_NONE);
    }
}

static void judge(struct toll *toll, const char *name, const struct told *before, const struct told *later) {
    char path[256];
    struct ballot_box *box = NULL;
    struct bytes_buffer records = {0};
    uint32_t count = 0;
    uint32_t damaged = 0;
    mount_cut();
    snprintf(path, sizeof path, "%s/%s", after, name);
    enum fault fault = ballot_box_open(&box, path, false, NULL);
    toll->cuts++;
    if (!before->made && (fault == FAULT_FILE_MISSING || fault == FAULT_TRUNCATED)) {
        toll->in_making++;
    } else if (fault) {
        toll->unreadable++;
        toll->lost += before->acknowledged;
        toll->acknowledged += before->acknowledged;
    } else {
        check_fault(ballot_box_read(&records, &count, &damaged, box), FAULT_NONE);
        toll->unreadable +=
            damaged > 0 || (before->closed && ballot_box_head(box)->state != BALLOT_BOX_CLOSED);
        count_records(toll, &records, before, later);
        if (!deaf) {
            go_on(box);
        }
    }
    bytes_buffer_release(&records);
    ballot_box_free(box);
    assert_int_equal(umount(after), 0);
}

static struct toll cut_power(int cuts) {
    struct toll toll = {0};
    for (int number = 0; (int)toll.cuts < cuts; number++) {
        char name[32];
        char path[256];
        int status = 0;
        snprintf(name, sizeof name, "%d.box", number);
        snprintf(path, sizeof path, "%s/%s", disk, name);
        memset((void *)told, 0, sizeof *told);
        pid_t child = running = fork();
        if (child == 0) {
            lesson(path);
        }
        for (int i = 0; i < CUTS_PER_LESSON && (int)toll.cuts < cuts; i++) {
            nap(randombytes_uniform(15000));
            uint32_t kept_before = toll.kept;
            const struct told before = *told;
            clone_image();
            const struct told later = *told;
            kill(child, SIGSTOP); /* else the lesson were over by the time that one cut is judged */
            judge(&toll, name, &before, &later);
            assert_true(toll.kept - kept_before <= 1);
            kill(child, SIGCONT);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        running = 0;
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        assert_int_equal(unlink(path), 0);
    }
    return toll;
}

static void a_power_cut_at_any_instant_loses_nothing_that_was_acknowledged(void **state) {
    (void)state;
    if (!possible) {
        skip();
    }
    struct toll toll = cut_power(check_amount(150, 1000));
    print_message("%u power cuts with journal replay (%u before the box was made): %u acknowledged, %u lost, "
                  "%u doubled, "
                  "%u kept without acknowledgement, %u unreadable\n",
                  toll.cuts, toll.in_making, toll.acknowledged, toll.lost, toll.doubled, toll.kept,
                  toll.unreadable);
    assert_true(toll.acknowledged > toll.cuts);
    assert_int_equal(toll.lost, 0);
    assert_int_equal(toll.doubled, 0);
    assert_int_equal(toll.unreadable, 0);
}

static void a_disk_that_is_not_flushed_loses_answers_and_the_same_cuts_show_it(void **state) {
    (void)state;
    if (!possible) {
        skip();
    }
    deaf = true;
    struct toll toll = cut_power(check_amount(12, 60));
    deaf = false;
    print_message("the same without flushing: %u power cuts, %u acknowledged, %u lost\n", toll.cuts,
                  toll.acknowledged, toll.lost);
    assert_true(toll.lost > 0);
}

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "%s/klankbord-power-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (sodium_init() < 0 || !mkdtemp(folder)) {
        return -1;
    }
    snprintf(image, sizeof image, "%s/xfs/image", folder);
    snprintf(cut, sizeof cut, "%s/xfs/cut", folder);
    snprintf(disk, sizeof disk, "%s/disk", folder);
    snprintf(after, sizeof after, "%s/after", folder);
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    possible = geteuid() == 0 && shell(mount_all);
    return told == MAP_FAILED ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    if (running > 0) {
        kill(running, SIGKILL);
        waitpid(running, NULL, 0);
    }
    (void)umount2(after, MNT_DETACH);
    return shell("umount \"$1/disk\"; umount \"$1/xfs\"; rm -r \"$1\"") ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_at_any_instant_loses_nothing_that_was_acknowledged),
        cmocka_unit_test(a_disk_that_is_not_flushed_loses_answers_and_the_same_cuts_show_it),
    };
    int failed = cmocka_run_group_tests(tests, set_up, tear_down);
    return failed ? failed : possible ? 0 : SKIPPED;
}
