/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exports to sticks that are pulled out, full, or write-protected at every single call, and to a real FAT file
 * system: nothing that is a whole bundle is ever wrong, nothing is lost on the machine, and the next try gives the
 * same bytes. The part on FAT needs a loop device, so root; the program ends with 77, SKIPPED, without.
 */
#include "../check.h"

#include "../sample_kiosk.h"
#include "core/bundle.h"
#include "kiosk/desk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PUPILS = 3, SKIPPED = 77 };

/* From the armed call on every call to the stick gives this error (pulled out), or that one only. */
static int armed, error_given;
static bool for_good;
static bool
    poor; /* as FAT and exFAT are, at their poorest: no promise not to replace, no permissions, no fsync of folders */

static bool fails(void) {
    if (armed == 0) {
        return false;
    }
    if (armed > 1) {
        armed--;
        return false;
    }
    armed = for_good ? 1 : 0;
    errno = error_given;
    return true;
}

ssize_t __real_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size) {
    return fails() ? -1 : __real_write(handle, data, size);
}
ssize_t __real_read(int handle, void *data, size_t size);
ssize_t __wrap_read(int handle, void *data, size_t size);
ssize_t __wrap_read(int handle, void *data, size_t size) {
    return fails() ? -1 : __real_read(handle, data, size);
}
int __real_fsync(int handle);
int __wrap_fsync(int handle);
int __wrap_fsync(int handle) {
    struct stat status;
    if (poor && fstat(handle, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return fails() ? -1 : __real_fsync(handle);
}
int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (poor && flags != 0) {
        errno = EINVAL;
        return -1;
    }
    return fails() ? -1 : __real_renameat2(from, old, to, new, flags);
}
int __real_fchmod(int handle, mode_t mode);
int __wrap_fchmod(int handle, mode_t mode);
int __wrap_fchmod(int handle, mode_t mode) {
    if (poor) {
        errno = EPERM;
        return -1;
    }
    return __real_fchmod(handle, mode);
}
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __wrap_unlink(const char *path) {
    return fails() ? -1 : __real_unlink(path);
}

static struct sample_kiosk kiosk;
static struct desk *desk;
static struct bytes_buffer expected; /* the bundle that a sound stick gets */
static bool no_fat;

static void say(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, 0);
    desk_work(desk, 0);
}

static enum mentor_state mentor_state(void) {
    return desk_mentor_view(desk, 0).state;
}

static void unlock(void) {
    say(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        say(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    say(MENTOR_ENTER, 0);
}

static void one_pupil(void) {
    static const enum flow_event through[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP,
                                              FLOW_STOP_SEND};
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        desk_pupil(desk, through[i], 0, 0);
    }
    desk_work(desk, 0);
    desk_pupil(desk, FLOW_LEAVE, 0, 0);
}

/* A class is closed, and its export is waiting for a folder. */
static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), 0), FAULT_NONE);
    unlock();
    say(MENTOR_PICK, 0);
    say(MENTOR_OPEN, 0);
    say(MENTOR_OPEN, 0); /* the sample's period may be over */
    for (int i = 0; i < PUPILS; i++) {
        one_pupil();
    }
    unlock();
    say(MENTOR_FINISH, 0);
    say(MENTOR_CONFIRM, 0);
    assert_int_equal(mentor_state(), MENTOR_EXPORT);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    armed = 0;
    poor = false;
    desk = desk_free(desk);
    bytes_buffer_release(&expected);
    sample_kiosk_release(&kiosk);
    return 0;
}

/* Every file with a bundle's name is a whole bundle, byte for byte the expected one; how many there are. */
static size_t check_bundles(const char *folder) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, ".klb"), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        char path[512];
        struct bytes_buffer content = {0};
        struct bundle bundle;
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        check_fault(file_read(&content, path, 1 << 24), FAULT_NONE);
        check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
        assert_int_equal(bundle.header.count, PUPILS);
        if (expected.size == 0) {
            bytes_put(&expected, content.data, content.size);
        }
        assert_int_equal(content.size, expected.size);
        assert_memory_equal(content.data, expected.data, content.size);
        bytes_buffer_release(&content);
    }
    size_t count = names.count;
    folder_names_release(&names);
    return count;
}

static void empty_folder(const char *folder) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        assert_int_equal(remove(path), 0);
    }
    folder_names_release(&names);
}

/* Fails at the n-th call for every n until an export comes through; gives how many there were. */
static int every_call(int error, bool good) {
    int n = 1;
    for (;; n++) {
        empty_folder(kiosk.export_folder);
        assert_int_equal(mentor_state(), MENTOR_EXPORT);
        armed = n;
        error_given = error;
        for_good = good;
        say(MENTOR_PICK, 0);
        bool untouched = armed > 1; /* the export needed fewer calls */
        bool done = mentor_state() == MENTOR_RECEIPT;
        armed = 0;
        size_t found = check_bundles(kiosk.export_folder);
        if (done) {
            assert_int_equal(found, 1); /* a code is written down only for a file that is there */
            say(MENTOR_BACK, 0);
        } else {
            assert_int_equal(mentor_state(), MENTOR_EXPORT);
            assert_int_not_equal(desk_mentor_view(desk, 0).fault, FAULT_NONE);
        }
        if (done && untouched) {
            return n;
        }
        say(MENTOR_PICK, 0); /* the stick is in again */
        assert_int_equal(mentor_state(), MENTOR_RECEIPT);
        assert_int_equal(check_bundles(kiosk.export_folder), 1);
        say(MENTOR_BACK, 0);
    }
}

static void a_stick_may_be_pulled_out_full_or_protected_at_every_call(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int error;
        bool for_good;
    } ways[] = {{"pulled out", EIO, true},
                {"failing once", EIO, false},
                {"full", ENOSPC, true},
                {"write-protected", EROFS, true},
                {"gone", ENODEV, true}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int calls = every_call(ways[i].error, ways[i].for_good);
        printf("stick %s at each of %d calls: no wrong bundle, nothing lost, the same bytes again\n",
               ways[i].name, calls - 1);
        assert_true(calls > 5);
    }
}

static void a_poor_file_system_is_enough(void **state) {
    (void)state;
    poor = true;
    int calls = every_call(EIO, true);
    printf("stick without any promise, pulled out at each of %d calls: the same\n", calls - 1);
    assert_true(calls > 5);
}

static void check_anothers_place(void) {
    char path[512];
    say(MENTOR_PICK, 0);
    snprintf(path, sizeof path, "%s/%s", kiosk.export_folder, desk_receipt_at(desk, 0)->name);
    say(MENTOR_BACK, 0);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)"mine", 4}, FILE_SHARED), FAULT_NONE);
    say(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_FILE_EXISTS);
    struct bytes_buffer content = {0};
    check_fault(file_read(&content, path, 100), FAULT_NONE);
    assert_int_equal(content.size, 4);
    bytes_buffer_release(&content);
    assert_int_equal(remove(path), 0);
}

static void a_bundle_never_takes_anothers_place(void **state) {
    (void)state;
    check_anothers_place();
    poor = true;
    check_anothers_place();
}

/* Makes a FAT file system of so many KiB in an image and mounts it over the export folder. */
static bool mount_fat(unsigned kib) {
    char command[512];
    snprintf(command, sizeof command,
             "truncate -s %uk '%s/fat.img' && mkfs.vfat '%s/fat.img' >/dev/null 2>&1 && "
             "mount -o loop '%s/fat.img' '%s' 2>/dev/null",
             kib, kiosk.folder, kiosk.folder, kiosk.folder, kiosk.export_folder);
    return geteuid() == 0 && system(command) == 0; /* NOLINT(cert-env33-c,concurrency-mt-unsafe): a test */
}

/* A command with the export folder behind it. */
static void run(const char *words) {
    char command[1024];
    snprintf(command, sizeof command, "%s '%s'", words, kiosk.export_folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c,concurrency-mt-unsafe): a test */
}

static void on_fat_it_is_the_same(void **state) {
    (void)state;
    char path[512];
    if (!mount_fat(2048)) {
        no_fat = true;
        skip();
    }
    for (int i = 0; i < 2; i++) { /* the second time it is there already */
        say(MENTOR_PICK, 0);
        assert_int_equal(mentor_state(), MENTOR_RECEIPT);
        assert_int_equal(check_bundles(kiosk.export_folder), 1);
        say(MENTOR_BACK, 0);
    }
    int calls = every_call(EIO, true);
    empty_folder(kiosk.export_folder);
    run("mount -o remount,ro");
    say(MENTOR_PICK, 0);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_READ_ONLY);
    run("mount -o remount,rw");
    run("film() { ! dd if=/dev/zero of=\"$1/film.bin\" bs=512 2>/dev/null; }; film");
    say(MENTOR_PICK, 0);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_DISK_FULL);
    assert_int_equal(check_bundles(kiosk.export_folder), 0);
    snprintf(path, sizeof path, "%s/film.bin", kiosk.export_folder);
    assert_int_equal(remove(path), 0);
    say(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
    run("umount"); /* pulled out and put in again: it is on the medium */
    assert_int_equal(check_bundles(kiosk.export_folder), 0);
    snprintf(path, sizeof path, "mount -o loop '%s/fat.img'", kiosk.folder);
    run(path);
    assert_int_equal(check_bundles(kiosk.export_folder), 1);
    run("umount");
    printf("FAT: pulled out at each of %d calls, read-only, full, and put in again: the same bytes\n",
           calls - 1);
}

static int tear_down_fat(void **state) {
    umount(kiosk.export_folder);
    return tear_down(state);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(a_stick_may_be_pulled_out_full_or_protected_at_every_call),
        case_of(a_poor_file_system_is_enough),
        case_of(a_bundle_never_takes_anothers_place),
        cmocka_unit_test_setup_teardown(on_fat_it_is_the_same, set_up, tear_down_fat),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed ? failed : no_fat ? SKIPPED : 0;
}
