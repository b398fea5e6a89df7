/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sample_opening.h"

static const struct sample_class one_class[] = {{"1A", 1, 200, 0}};

static void path_of(char out[200], const struct sample_opening *school) {
    (void)snprintf(out, 200, "%s/workspace", school->folder);
}

static void it_belongs_to_one_round(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(one_class, 1, 1);
    struct sample_round *other = sample_round_small();
    struct workspace *workspace = NULL;
    char path[200];
    path_of(path, school);
    check_fault(workspace_open(&workspace, path, school->sample->round), FAULT_BUSY);
    school->workspace = workspace_close(school->workspace);
    check_fault(workspace_open(&workspace, path, other->round), FAULT_ROUND_OTHER);
    assert_null(workspace);
    check_fault(workspace_open(&school->workspace, path, school->sample->round), FAULT_NONE);
    sample_round_free(other);
    sample_opening_free(school);
}

static void what_was_put_in_comes_out_after_reopening(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(one_class, 1, 2);
    struct bytes_buffer content = {0};
    struct bundle bundle;
    char path[200];
    path_of(path, school);
    (void)sample_opening_add(school, 1, 0, 5);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    school->workspace = workspace_close(school->workspace);
    check_fault(workspace_open(&school->workspace, path, school->sample->round), FAULT_NONE);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&school->bundle[0])), FAULT_NONE);
    check_fault(workspace_content(&content, school->workspace, bundle.digest), FAULT_NONE);
    assert_int_equal(content.size, school->bundle[0].size);
    assert_memory_equal(content.data, school->bundle[0].data, content.size);
    bundle.digest[0] ^= 1;
    check_fault(workspace_content(&content, school->workspace, bundle.digest), FAULT_BATCH_INCOMPLETE);
    bytes_buffer_release(&content);
    sample_opening_free(school);
}

/*
 * The child says so after every bundle that was acknowledged, and is killed at a moment of the parent's
 * choosing.
 */
static uint32_t killed_after(struct sample_opening *school, useconds_t delay) {
    int channel[2];
    assert_int_equal(pipe(channel), 0);
    school->workspace = workspace_close(school->workspace);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char path[200];
        path_of(path, school);
        if (workspace_open(&school->workspace, path, school->sample->round)) {
            _exit(1);
        }
        for (uint32_t i = 0; i < school->bundle_count; i++) {
            if (sample_opening_merge(school, i).fault || write(channel[1], "x", 1) != 1) {
                _exit(1);
            }
        }
        (void)pause();
        _exit(0);
    }
    (void)close(channel[1]);
    (void)usleep(delay);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    uint32_t acknowledged = 0;
    char letter;
    while (read(channel[0], &letter, 1) == 1) {
        acknowledged++;
    }
    (void)close(channel[0]);
    return acknowledged;
}

static void killing_it_anywhere_loses_nothing_acknowledged(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(one_class, 1, 3);
    char path[200];
    path_of(path, school);
    for (int i = 0; i < 8; i++) {
        (void)sample_opening_add(school, 1, (uint16_t)(i % 2), 6);
    }
    for (useconds_t delay = 0; delay < 60000; delay += 4000) {
        uint32_t acknowledged = killed_after(school, delay);
        struct workspace_inventory inventory;
        check_fault(workspace_open(&school->workspace, path, school->sample->round), FAULT_NONE);
        check_fault(workspace_list(&inventory, school->workspace), FAULT_NONE);
        assert_true(inventory.bundle_count >= acknowledged);
        assert_true(inventory.bundle_count <= acknowledged + 1);
        assert_int_equal(inventory.record_count, 6 * inventory.bundle_count);
        workspace_inventory_release(&inventory);
        sample_opening_empty(school);
    }
    sample_opening_free(school);
}

static void what_is_no_workspace_or_damaged_is_said(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new(one_class, 1, 4);
    char path[200], file[256];
    path_of(path, school);
    (void)snprintf(file, sizeof file, "%s/workspace.sqlite", path);
    school->workspace = workspace_close(school->workspace);
    FILE *stream = fopen(file, "r+b");
    assert_non_null(stream);
    assert_int_equal(fwrite("no database at all, just text", 1, 29, stream), 29);
    assert_int_equal(fclose(stream), 0);
    check_fault(workspace_open(&school->workspace, path, school->sample->round), FAULT_STORE_DAMAGED);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_belongs_to_one_round),
        cmocka_unit_test(what_was_put_in_comes_out_after_reopening),
        cmocka_unit_test(killing_it_anywhere_loses_nothing_acknowledged),
        cmocka_unit_test(what_is_no_workspace_or_damaged_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
