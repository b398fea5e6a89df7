/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same on the file systems that sticks have: test_stick_formats fat16|fat32|exfat. Each is made in an image, mounted
 * by the kernel (exFAT by its program where the kernel has none), pulled out, filled up, protected, put in
 * again. Pulled out means: what the image holds at that moment is all that the stick will have, whatever the
 * system still had in memory. Needs root and loop devices; ends with 77, SKIPPED, without. with_vfat lends a
 * kernel that knows FAT.
 */
#include "../check.h"

#include "stick_desk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/volume.h"

enum { SKIPPED = 77 };

static const struct format {
    const char *name;
    unsigned kib;
    const char *make;
    const char *mount; /* $1: the image, $2: the folder */
} formats[] = {
    {"fat16", 6144, "mkfs.vfat -F 16 -s 1", "mount -t vfat -o loop \"$1\" \"$2\""},
    {"fat32", 6144, "mkfs.vfat -F 32 -s 1", "mount -t vfat -o loop \"$1\" \"$2\""},
    {"exfat", 8192, "mkfs.exfat",
     "mount -t exfat -o loop \"$1\" \"$2\" || { d=$(losetup -f --show \"$1\") && mount.exfat-fuse \"$d\" "
     "\"$2\" && "
     "losetup -d \"$d\"; }"},
};
static const struct format *format;
static char image[96], pulled[96]; /* the stick, and what it held when it was pulled out */
static bool cannot;

/* A line of shell with the image as $1 and the export folder as $2; true when it succeeds. */
static bool shell(const char *line) {
    char command[1024];
    int size = snprintf(command, sizeof command, "set -- '%s' '%s' '%s'; { %s; } >/dev/null%s", image,
                        stick_desk.kiosk.export_folder, pulled, line,
                        getenv("STICK_LOUD") && *getenv("STICK_LOUD") ? "" : " 2>&1");
    assert_true(size > 0 && (size_t)size < sizeof command);
    return system(command) == 0; /* NOLINT(cert-env33-c,concurrency-mt-unsafe): a test */
}

static const char let_go[] = "losetup -j \"$1\" | cut -d: -f1 | xargs -r losetup -d";

static void must(const char *line) {
    if (!shell(line)) {
        fail_msg("%s: %s", format->name, line);
    }
}

/* A program in between ends a little after umount has returned, and only then the image is as it is left. */
static void take_out(void) {
    must("umount \"$2\"; for i in $(seq 100); do losetup -j \"$1\" | grep -q . || break; sleep 0.05; "
         "done");
}

static int set_up(void **state) {
    char line[160];
    stick_desk_open(state);
    snprintf(image, sizeof image, "%s/stick.img", stick_desk.kiosk.folder);
    snprintf(pulled, sizeof pulled, "%s/pulled.img", stick_desk.kiosk.folder);
    stick_desk_empty(stick_desk.kiosk.export_folder);
    snprintf(line, sizeof line, "truncate -s %uk \"$1\" && %s \"$1\"", format->kib, format->make);
    cannot = cannot || geteuid() != 0 || !shell(line) || !shell(format->mount);
    return 0;
}

static int tear_down(void **state) {
    stick_calls = (struct stick_calls){0};
    (void)umount2(stick_desk.kiosk.export_folder, MNT_DETACH);
    (void)shell(let_go);
    return stick_desk_close(state);
}

static void may_run(void) {
    if (cannot) {
        skip();
    }
}

static void an_export_is_there_after_the_stick_was_put_in_elsewhere(void **state) {
    (void)state;
    may_run();
    stick_desk_export();
    stick_desk_export(); /* it is there already */
    take_out();
    assert_int_equal(stick_desk_bundles(stick_desk.kiosk.export_folder), 0);
    must(format->mount);
    assert_int_equal(stick_desk_bundles(stick_desk.kiosk.export_folder), 1);
}

static void keep_what_it_holds(void) {
    must("cp \"$1\" \"$3\"");
}

static int exported, on_the_stick;

/* Out with it, and in again with no more than it held at that moment. */
static void put_in_again(bool done) {
    take_out();
    must("cp \"$3\" \"$1\"");
    must(format->mount);
    exported += done;
    size_t found = stick_desk_bundles(stick_desk.kiosk.export_folder);
    assert_true(found == 1 || (found == 0 && !done)); /* what was said to be on the stick is on it */
    on_the_stick += (int)found;
}

static void pulled_out_at_any_call_it_holds_no_wrong_bundle_and_takes_the_next(void **state) {
    (void)state;
    may_run();
    exported = on_the_stick = 0;
    stick_calls.at = keep_what_it_holds;
    int calls = stick_desk_every_call(EIO, true, put_in_again);
    printf("%s: pulled out at each of %d calls: %d times the bundle was there, %d times that had been said; "
           "never a "
           "wrong one; the next export gave the same bytes\n",
           format->name, calls, on_the_stick, exported);
    assert_true(calls > 4);
    assert_true(exported > 0 && exported < calls);
}

static void check_refused(enum fault fault) {
    stick_desk_say(MENTOR_PICK, 0);
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(stick_desk.desk, 0).fault, fault);
    assert_int_equal(stick_desk_bundles(stick_desk.kiosk.export_folder), 0);
}

static void read_only_and_full_are_said_and_leave_nothing(void **state) {
    (void)state;
    may_run();
    must("mount -o remount,ro \"$2\" || mount -o remount,bind,ro \"$2\"");
    check_refused(FAULT_READ_ONLY);
    must("mount -o remount,rw \"$2\" || mount -o remount,bind,rw \"$2\"");
    must("! dd if=/dev/zero of=\"$2/film.bin\" bs=64k; ! dd if=/dev/zero bs=512 >>\"$2/film.bin\"");
    check_refused(FAULT_DISK_FULL);
    must("test \"$(ls -A \"$2\")\" = film.bin");
    must("truncate -s -4096 \"$2/film.bin\""); /* room for the beginning only */
    check_refused(FAULT_DISK_FULL);
    must("test \"$(ls -A \"$2\")\" = film.bin && rm \"$2/film.bin\"");
    stick_desk_export();
}

/* Neither case nor short names tell two files apart there, nor can one be anybody's own. */
static void a_name_in_other_letters_is_the_same_name(void **state) {
    (void)state;
    may_run();
    char path[512];
    stick_desk_export();
    const char *name = desk_receipt_at(stick_desk.desk, 0)->name;
    snprintf(path, sizeof path, "%s/%s", stick_desk.kiosk.export_folder, name);
    char *last = strrchr(path, '/') + 1;
    must("cd \"$2\" && for f in *.klb; do mv \"$f\" x && tr a-z A-Z <x >y && mv y \"$(echo \"$f\" | tr a-z "
         "A-Z)\" && "
         "rm x; done");
    stick_desk_say(MENTOR_PICK, 0); /* somebody else's file, by this system's reckoning */
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(stick_desk.desk, 0).fault, FAULT_FILE_EXISTS);
    must("test $(ls -A \"$2\" | wc -l) = 1 && rm \"$2\"/*");
    stick_desk_export();
    struct folder_names names = {0};
    check_fault(folder_list(&names, stick_desk.kiosk.export_folder, ""), FAULT_NONE);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.names[0], last); /* long names, and their letters, are kept */
    folder_names_release(&names);
}

static void files_are_replaced_removed_and_forget_their_times_there_too(void **state) {
    (void)state;
    may_run();
    char path[512];
    struct stat status;
    struct bytes_buffer content = {0};
    snprintf(path, sizeof path, "%s/request of laptop 07.kle", stick_desk.kiosk.export_folder);
    for (int i = 0; i < 2; i++) {
        check_fault(file_write(path, (struct bytes){(const uint8_t *)(i ? "second" : "first"), i ? 6 : 5},
                               FILE_SHARED),
                    FAULT_NONE);
    }
    check_fault(volume_forget_times(path), FAULT_NONE);
    take_out();
    must(format->mount);
    check_fault(file_read(&content, path, 100), FAULT_NONE);
    assert_int_equal(content.size, 6);
    bytes_buffer_release(&content);
    assert_int_equal(stat(path, &status), 0);
    /* in steps of two seconds, and in the zone of whoever mounted it */
    assert_in_range(status.st_mtime, 946684800 - 86400, 946684800 + 86400);
    check_fault(file_remove(path), FAULT_NONE);
    must("test -z \"$(ls -A \"$2\")\"");
}

/*
 * Not formatted, or something else: nothing can be mounted, so the kiosk sees no stick and says what kind to
 * take.
 */
static void what_has_no_known_format_is_no_stick(void **state) {
    (void)state;
    may_run();
    take_out();
    must("dd if=/dev/urandom of=\"$1\" bs=64k count=8 conv=notrunc");
    assert_false(shell(format->mount));
}

/* The program in between dies, as the kernel's driver would not: every call fails, then nobody is there. */
static void when_its_driver_dies_the_export_fails_and_the_next_one_works(void **state) {
    (void)state;
    may_run();
    if (shell("grep -q \" $2 [^ ]* - fuse\" /proc/self/mountinfo || ! grep -q \" $2 fuse\" "
              "/proc/self/mounts")) {
        return; /* the kernel's own */
    }
    must("pkill -KILL -f \"mount.exfat-fuse .* $2\\$\"");
    stick_desk_say(MENTOR_PICK, 0);
    assert_int_equal(stick_desk_state(), MENTOR_EXPORT);
    assert_int_not_equal(desk_mentor_view(stick_desk.desk, 0).fault, FAULT_NONE);
    must("umount -l \"$2\"");
    must(format->mount);
    stick_desk_export();
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        case_of(an_export_is_there_after_the_stick_was_put_in_elsewhere),
        case_of(pulled_out_at_any_call_it_holds_no_wrong_bundle_and_takes_the_next),
        case_of(read_only_and_full_are_said_and_leave_nothing),
        case_of(a_name_in_other_letters_is_the_same_name),
        case_of(files_are_replaced_removed_and_forget_their_times_there_too),
        case_of(what_has_no_known_format_is_no_stick),
        case_of(when_its_driver_dies_the_export_fails_and_the_next_one_works),
    };
    int failed = 0;
    for (int i = 1; i < argc && !failed && !cannot; i++) {
        format = NULL;
        for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
            format = strcmp(formats[k].name, argv[i]) == 0 ? &formats[k] : format;
        }
        if (!format) {
            fprintf(stderr, "test_stick_formats fat16|fat32|exfat...\n");
            return 2;
        }
        failed = cmocka_run_group_tests(tests, NULL, NULL);
    }
    return failed ? failed : cannot ? SKIPPED : 0;
}
