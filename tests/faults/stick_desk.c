/* SPDX-License-Identifier: Apache-2.0 */
#include "stick_desk.h"

#include "../check.h"
#include "core/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct stick_desk stick_desk;
struct stick_calls stick_calls;

static bool fails(void) {
    struct stick_calls *calls = &stick_calls;
    if (calls->armed == 0) {
        return false;
    }
    if (calls->armed > 1) {
        calls->armed--;
        return false;
    }
    calls->armed = calls->for_good ? 1 : 0;
    if (calls->at) {
        void (*at)(void) = calls->at;
        int armed = calls->armed;
        calls->at = NULL;
        calls->armed = 0; /* its own calls are not the stick's */
        at();
        calls->armed = armed;
    }
    errno = calls->error;
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
    if (stick_calls.poor && fstat(handle, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return fails() ? -1 : __real_fsync(handle);
}
int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (stick_calls.poor && flags != 0) {
        errno = EINVAL;
        return -1;
    }
    return fails() ? -1 : __real_renameat2(from, old, to, new, flags);
}
int __real_fchmod(int handle, mode_t mode);
int __wrap_fchmod(int handle, mode_t mode);
int __wrap_fchmod(int handle, mode_t mode) {
    if (stick_calls.poor) {
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

void stick_desk_say(enum mentor_event event, uint16_t value) {
    desk_mentor(stick_desk.desk, event, value, 0);
    desk_work(stick_desk.desk, 0);
}

enum mentor_state stick_desk_state(void) {
    return desk_mentor_view(stick_desk.desk, 0).state;
}

static void unlock(void) {
    stick_desk_say(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        stick_desk_say(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    stick_desk_say(MENTOR_ENTER, 0);
}

static void one_pupil(void) {
    static const enum flow_event through[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP,
                                              FLOW_STOP_SEND};
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        desk_pupil(stick_desk.desk, through[i], 0, 0);
    }
    desk_work(stick_desk.desk, 0);
    desk_pupil(stick_desk.desk, FLOW_LEAVE, 0, 0);
}

/* A class is closed, and its export is waiting for a folder. */
int stick_desk_open(void **state) {
    (void)state;
    sample_kiosk_new(&stick_desk.kiosk);
    check_fault(desk_open(&stick_desk.desk, sample_kiosk_open(&stick_desk.kiosk), 0), FAULT_NONE);
    unlock();
    stick_desk_say(MENTOR_PICK, 0);
    stick_desk_say(MENTOR_OPEN, 0);
    stick_desk_say(MENTOR_OPEN, 0); /* the sample's period may be over */
    for (int i = 0; i < STICK_DESK_PUPILS; i++) {
        one_pupil();
    }
    unlock();
    stick_desk_say(MENTOR_FINISH, 0);
    stick_desk_say(MENTOR_CONFIRM, 0);
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    return 0;
}

int stick_desk_close(void **state) {
    (void)state;
    stick_calls = (struct stick_calls){0};
    stick_desk.desk = desk_free(stick_desk.desk);
    bytes_buffer_release(&stick_desk.expected);
    sample_kiosk_release(&stick_desk.kiosk);
    return 0;
}

/* Every file with a bundle's name is a whole bundle, byte for byte the expected one; how many there are. */
size_t stick_desk_bundles(const char *folder) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, ".klb"), FAULT_NONE);
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++) {
        char path[512];
        struct bytes_buffer content = {0};
        struct bundle bundle;
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        check_fault(file_read(&content, path, 1 << 24), FAULT_NONE);
        if (content.size == 0) {
            continue; /* FAT, pulled out between the rename and the flush that follows it */
        }
        count++;
        check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
        assert_int_equal(bundle.header.count, STICK_DESK_PUPILS);
        if (stick_desk.expected.size == 0) {
            bytes_put(&stick_desk.expected, content.data, content.size);
        }
        assert_int_equal(content.size, stick_desk.expected.size);
        assert_memory_equal(content.data, stick_desk.expected.data, content.size);
        bytes_buffer_release(&content);
    }
    folder_names_release(&names);
    return count;
}

void stick_desk_empty(const char *folder) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        assert_int_equal(remove(path), 0);
    }
    folder_names_release(&names);
    int handle =
        open(folder, O_RDONLY | O_DIRECTORY); /* else a name may stay, for clusters that others get */
    assert_true(handle >= 0 && syncfs(handle) == 0);
    close(handle);
}

void stick_desk_export(void) {
    stick_desk_say(MENTOR_PICK, 0);
    assert_int_equal(stick_desk_state(), MENTOR_RECEIPT);
    assert_int_equal(stick_desk_bundles(stick_desk.kiosk.export_folder), 1);
    stick_desk_say(MENTOR_BACK, 0);
}

/* Whether the export came through. */
static bool export_failing(void) {
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    stick_desk_say(MENTOR_PICK, 0);
    if (stick_desk_state() == MENTOR_RECEIPT) {
        stick_desk_say(MENTOR_BACK, 0);
        return true;
    }
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    assert_int_not_equal(desk_mentor_view(stick_desk.desk, 0).fault, FAULT_NONE);
    return false;
}

int stick_desk_every_call(int error, bool for_good, void (*check)(bool exported)) {
    void (*at)(void) = stick_calls.at;
    for (int n = 1;; n++) {
        stick_desk_empty(stick_desk.kiosk.export_folder);
        stick_calls.armed = n;
        stick_calls.error = error;
        stick_calls.for_good = for_good;
        stick_calls.at = at;
        bool done = export_failing();
        bool untouched = stick_calls.armed > 1; /* the export needed fewer calls */
        stick_calls.armed = 0;
        size_t found = stick_desk_bundles(stick_desk.kiosk.export_folder);
        assert_true(found == 1 || !done); /* a code is written down only for a file that is there */
        if (done && untouched) {
            return n - 1;
        }
        if (check) {
            check(done);
        }
        stick_desk_export(); /* the stick is in again */
    }
}
