/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "platform/volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The type of the mount that is nearest above `path`, as the kernel lists it. */
static void mounted_type(char out[64], const char *path) {
    char line[4096];
    size_t best = 0;
    FILE *mounts = fopen("/proc/self/mounts", "r");
    assert_non_null(mounts);
    out[0] = '\0';
    while (fgets(line, sizeof line, mounts)) {
        char point[1024];
        char type[64];
        if (sscanf(line, "%*s %1023s %63s", point, type) == 2) {
            size_t size = strcmp(point, "/") == 0 ? 0 : strlen(point);
            bool above = strncmp(point, path, size) == 0 && (path[size] == '/' || path[size] == '\0');
            if (above && size >= best) {
                best = size;
                snprintf(out, 64, "%s", type);
            }
        }
    }
    fclose(mounts);
}

static void the_kind_agrees_with_what_the_kernel_lists(void **state) {
    (void)state;
    static const struct {
        const char *type;
        enum volume_kind kind;
    } known[] = {{"ext4", VOLUME_IN_PLACE},   {"xfs", VOLUME_IN_PLACE},  {"overlay", VOLUME_KEEPS_OLD},
                 {"btrfs", VOLUME_KEEPS_OLD}, {"zfs", VOLUME_KEEPS_OLD}, {"tmpfs", VOLUME_FORGETS},
                 {"nfs4", VOLUME_ELSEWHERE},  {"9p", VOLUME_ELSEWHERE},  {"proc", VOLUME_UNKNOWN}};
    static const char *const paths[] = {"/", "/tmp", "/dev/shm", "/proc"};
    int compared = 0;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char type[64];
        enum volume_kind kind = VOLUME_UNKNOWN;
        if (volume_kind_of(&kind, paths[i])) {
            continue;
        }
        mounted_type(type, paths[i]);
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            if (strcmp(type, known[k].type) == 0) {
                assert_int_equal(kind, known[k].kind);
                compared++;
            }
        }
    }
    assert_true(compared > 0);
}

static void a_path_that_is_not_there_has_no_kind(void **state) {
    (void)state;
    enum volume_kind kind = VOLUME_IN_PLACE;
    check_fault(volume_kind_of(&kind, "/nowhere/at/all"), FAULT_FILE_MISSING);
    assert_int_equal(kind, VOLUME_UNKNOWN);
}

static void times_of_files_and_folders_are_forgotten(void **state) {
    (void)state;
    char folder[] = "/tmp/klankbord-volume-XXXXXX";
    char file[64];
    struct stat status;
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/a", folder);
    fclose(fopen(file, "w"));
    check_fault(volume_forget_times(file), FAULT_NONE);
    check_fault(volume_forget_times(folder), FAULT_NONE);
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mtim.tv_sec, 946684800);
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mtim.tv_sec, 946684800);
    unlink(file);
    check_fault(volume_forget_times(file), FAULT_FILE_MISSING);
    rmdir(folder);
}

static void listing_sticks_gives_mount_points_only(void **state) {
    (void)state;
    struct folder_names sticks = {0};
    check_fault(volume_list_sticks(&sticks), FAULT_NONE);
    for (size_t i = 0; i < sticks.count; i++) {
        char above[4200];
        struct stat inside;
        struct stat outside;
        snprintf(above, sizeof above, "%s/..", sticks.names[i]);
        assert_int_equal(stat(sticks.names[i], &inside), 0);
        assert_int_equal(stat(above, &outside), 0);
        assert_int_not_equal(inside.st_dev, outside.st_dev);
        assert_true(i == 0 || strcmp(sticks.names[i - 1], sticks.names[i]) < 0);
    }
    folder_names_release(&sticks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kind_agrees_with_what_the_kernel_lists),
        cmocka_unit_test(a_path_that_is_not_there_has_no_kind),
        cmocka_unit_test(times_of_files_and_folders_are_forgotten),
        cmocka_unit_test(listing_sticks_gives_mount_points_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
