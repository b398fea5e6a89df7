/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/file.h"
#include "platform/folder.h"

/* The seam: the linker sends the product's system calls here; the n-th call of one kind fails. */
static struct {
    const char *call;
    int countdown;
    int error;
    size_t longest_write; /* 0: no limit */
    int lie_when_reading;
    int syncs;            /* how many were asked for */
    const char *intruder; /* what another program puts in place just before the rename */
    const char *secret;   /* looked for in whatever large memory is given back */
    int left_behind;
} plan;

static int fails(const char *call) {
    if (!plan.call || strcmp(plan.call, call) != 0 || --plan.countdown != 0) {
        return 0;
    }
    errno = plan.error;
    return 1;
}

ssize_t __real_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size) {
    if (fails("write")) {
        return -1;
    }
    return __real_write(handle, data,
                        plan.longest_write && size > plan.longest_write ? plan.longest_write : size);
}

ssize_t __real_read(int handle, void *data, size_t size);
ssize_t __wrap_read(int handle, void *data, size_t size);
ssize_t __wrap_read(int handle, void *data, size_t size) {
    if (fails("read")) {
        return -1;
    }
    ssize_t count = __real_read(handle, data, size);
    if (plan.lie_when_reading && count > 0) {
        ((unsigned char *)data)[count - 1] ^= 1u;
    }
    return count;
}

int __real_fsync(int handle);
int __wrap_fsync(int handle);
int __wrap_fsync(int handle) {
    plan.syncs++;
    return fails("fsync") ? -1 : __real_fsync(handle);
}

int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (plan.intruder) {
        FILE *file = fopen(new, "w");
        assert_non_null(file);
        (void)fputs(plan.intruder, file);
        (void)fclose(file);
    }
    return fails("rename") ? -1 : __real_renameat2(from, old, to, new, flags);
}

int __real_ftruncate(int handle, off_t size);
int __wrap_ftruncate(int handle, off_t size);
int __wrap_ftruncate(int handle, off_t size) {
    return fails("ftruncate") ? -1 : __real_ftruncate(handle, size);
}

/*
 * Whether the freed memory holds the secret; only what is surely a buffer for a file's content is looked
 * into.
 */
void __real_free(void *memory);
void __wrap_free(void *memory);
void __wrap_free(void *memory) {
    size_t size = memory && plan.secret ? malloc_usable_size(memory) : 0;
    if (size >= 64 * 1024 && memmem(memory, size, plan.secret, strlen(plan.secret))) {
        plan.left_behind++;
    }
    __real_free(memory);
}

static char folder[64];
static char path[160];

static struct bytes text(const char *content) {
    return (struct bytes){(const uint8_t *)content, strlen(content)};
}

static int start(void **state) {
    (void)state;
    memset(&plan, 0, sizeof plan);
    (void)strcpy(folder, "file-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/round.klb", folder);
    return 0;
}

/* Counts hidden names too. */
static int entries(void) {
    int count = -2;
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    while (readdir(stream)) {
        count++;
    }
    closedir(stream);
    return count;
}

static int finish(void **state) {
    (void)state;
    memset(&plan, 0, sizeof plan);
    DIR *stream = opendir(folder);
    for (const struct dirent *entry; (entry = readdir(stream));) {
        (void)unlinkat(dirfd(stream), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
    }
    closedir(stream);
    return rmdir(folder);
}

static void assert_content(const char *expected) {
    struct bytes_buffer got = {0};
    check_fault(file_read(&got, path, 1 << 20), FAULT_NONE);
    assert_int_equal(got.size, strlen(expected));
    if (got.size > 0) {
        assert_memory_equal(got.data, expected, got.size);
    }
    bytes_buffer_release(&got);
}

static void what_is_written_is_read_back(void **state) {
    (void)state;
    check_fault(file_write(path, text("first"), FILE_PRIVATE), FAULT_NONE);
    assert_content("first");
    check_fault(file_write(path, text(""), FILE_PRIVATE), FAULT_NONE);
    assert_content("");
    assert_int_equal(entries(), 1);
}

static void no_copy_of_the_content_stays_behind_in_memory(void **state) {
    (void)state;
    struct bytes_buffer got = {0};
    plan.secret = "a recovery code";
    check_fault(file_write(path, text(plan.secret), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_write_new(path, text(plan.secret), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(plan.left_behind, 0);
    check_fault(file_read(&got, path, 1 << 20), FAULT_NONE);
    bytes_buffer_release(&got);
    assert_int_equal(plan.left_behind, 0);
}

static void a_large_file_survives_short_writes(void **state) {
    (void)state;
    enum { SIZE = 200001 };
    struct bytes_buffer got = {0};
    uint8_t *large = malloc(SIZE);
    assert_non_null(large);
    for (size_t i = 0; i < SIZE; i++) {
        large[i] = (uint8_t)(i * 7 + i / 251);
    }
    plan.longest_write = 4099;
    check_fault(file_write(path, (struct bytes){large, SIZE}, FILE_PRIVATE), FAULT_NONE);
    check_fault(file_read(&got, path, SIZE), FAULT_NONE);
    assert_int_equal(got.size, SIZE);
    assert_memory_equal(got.data, large, SIZE);
    bytes_buffer_release(&got);
    check_fault(file_write_new(path, (struct bytes){large, SIZE}, FILE_PRIVATE), FAULT_NONE);
    large[SIZE - 1] ^= 1u;
    check_fault(file_write_new(path, (struct bytes){large, SIZE}, FILE_PRIVATE), FAULT_FILE_EXISTS);
    check_fault(file_write_new(path, (struct bytes){large, SIZE - 1}, FILE_PRIVATE), FAULT_FILE_EXISTS);
    free(large);
}

static void private_and_shared_files_get_their_permissions_whatever_the_umask(void **state) {
    (void)state;
    struct stat status;
    mode_t before = umask(0);
    check_fault(file_write(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    (void)umask(077);
    check_fault(file_write(path, text("x"), FILE_SHARED), FAULT_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
    (void)umask(before);
}

static void what_was_made_takes_the_place_of_what_was_there(void **state) {
    (void)state;
    struct bytes_buffer got = {0};
    char made[FILE_SCRATCH_SIZE];
    check_fault(file_write(path, text("old"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_scratch(made, path), FAULT_NONE);
    check_fault(file_put(made, path), FAULT_FILE_MISSING);
    check_fault(file_write(made, text("new"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_put(made, path), FAULT_NONE);
    check_fault(file_read(&got, path, 10), FAULT_NONE);
    assert_memory_equal(got.data, "new", 3);
    assert_int_equal(entries(), 1);
    bytes_buffer_release(&got);
    /* Never of a folder. */
    check_fault(file_write(made, text("new"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_remove(path), FAULT_NONE);
    check_fault(folder_create(path), FAULT_NONE);
    check_fault(file_put(made, path), FAULT_FILE_WRITE);
    assert_true(file_exists(made));
    check_fault(folder_remove(path), FAULT_NONE);
    check_fault(file_remove(made), FAULT_NONE);
}

static void reading_stops_at_the_limit(void **state) {
    (void)state;
    struct bytes_buffer got = {0};
    check_fault(file_write(path, text("12345"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_read(&got, path, 5), FAULT_NONE);
    bytes_buffer_release(&got);
    check_fault(file_read(&got, path, 4), FAULT_FILE_TOO_LARGE);
    assert_null(got.data);
    assert_int_equal(got.size, 0);
    /* A file that says it is empty and is not. */
    check_fault(file_read(&got, "/proc/self/status", 10), FAULT_FILE_TOO_LARGE);
    assert_null(got.data);
}

static void what_is_missing_is_called_missing(void **state) {
    (void)state;
    struct bytes_buffer got = {0};
    char lost[128];
    (void)snprintf(lost, sizeof lost, "%s/no/such", folder);
    check_fault(file_read(&got, path, 10), FAULT_FILE_MISSING);
    check_fault(file_destroy(path), FAULT_FILE_MISSING);
    check_fault(file_remove(path), FAULT_FILE_MISSING);
    check_fault(file_cut(path, 0), FAULT_FILE_MISSING);
    check_fault(file_write(lost, text("x"), FILE_PRIVATE), FAULT_FILE_MISSING);
    check_fault(file_write_new(lost, text("x"), FILE_PRIVATE), FAULT_FILE_MISSING);
    check_fault(file_append(lost, text("x")), FAULT_FILE_MISSING);
    assert_false(file_exists(path));
    assert_int_equal(entries(), 0);
}

/* Every function, put before something that is not a plain file. */
static void assert_refused_by_all(void) {
    struct bytes_buffer got = {0};
    struct file_lock lock = {0};
    check_fault(file_read(&got, path, 10), FAULT_FILE_READ);
    check_fault(file_write(path, text("x"), FILE_PRIVATE), FAULT_FILE_WRITE);
    check_fault(file_write_new(path, text("x"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    check_fault(file_append(path, text("x")), FAULT_FILE_WRITE);
    check_fault(file_cut(path, 0), FAULT_FILE_WRITE);
    check_fault(file_destroy(path), FAULT_FILE_WRITE);
    check_fault(file_lock_take(&lock, path), FAULT_FILE_WRITE);
    assert_true(file_is_obstacle(path));
}

static void links_folders_and_pipes_are_refused_and_left_alone(void **state) {
    (void)state;
    struct stat status;
    char target[128];
    (void)snprintf(target, sizeof target, "%s/target", folder);
    check_fault(file_write(target, text("kept"), FILE_PRIVATE), FAULT_NONE);

    assert_int_equal(symlink("target", path), 0);
    assert_refused_by_all();
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(unlink(path), 0);

    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused_by_all();
    assert_int_equal(rmdir(path), 0);

    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused_by_all();
    assert_int_equal(unlink(path), 0);
    assert_false(file_is_obstacle(path));

    (void)snprintf(path, sizeof path, "%s", target);
    assert_false(file_is_obstacle(path));
    assert_content("kept");
    assert_int_equal(entries(), 1);
}

static void write_new_accepts_the_same_content_and_nothing_else(void **state) {
    (void)state;
    check_fault(file_write_new(path, text("one"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_write_new(path, text("one"), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_write_new(path, text("two"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    check_fault(file_write_new(path, text("on"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    check_fault(file_write_new(path, text("once"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    check_fault(file_write_new(path, text("one more"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    assert_content("one");
    assert_int_equal(entries(), 1);
}

static void write_new_does_not_replace_what_another_program_wrote_meanwhile(void **state) {
    (void)state;
    plan.intruder = "theirs";
    check_fault(file_write_new(path, text("ours"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    assert_content("theirs");
    assert_int_equal(entries(), 1);
    assert_int_equal(unlink(path), 0);
    plan.intruder = "same";
    check_fault(file_write_new(path, text("same"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(entries(), 1);
    /* Also where the file system cannot promise it. */
    assert_int_equal(unlink(path), 0);
    plan.intruder = "theirs";
    plan.call = "rename";
    plan.countdown = 1;
    plan.error = EINVAL;
    check_fault(file_write_new(path, text("ours"), FILE_PRIVATE), FAULT_FILE_EXISTS);
    assert_content("theirs");
    assert_int_equal(entries(), 1);
}

/* FAT leaves one when the stick is pulled out between the rename and the last flush. */
static void write_new_takes_the_place_of_an_empty_file(void **state) {
    (void)state;
    check_fault(file_write(path, text(""), FILE_PRIVATE), FAULT_NONE);
    check_fault(file_write_new(path, text("one"), FILE_PRIVATE), FAULT_NONE);
    assert_content("one");
    assert_int_equal(entries(), 1);
}

static void write_new_works_where_the_file_system_cannot_promise_it(void **state) {
    (void)state;
    plan.call = "rename";
    plan.countdown = 1;
    plan.error = EINVAL;
    check_fault(file_write_new(path, text("one"), FILE_PRIVATE), FAULT_NONE);
    assert_content("one");
    assert_int_equal(entries(), 1);
}

/*
 * Fails the n-th call of one kind, for every n until the write succeeds; the old file must be there each
 * time.
 */
static void write_with_every_failure(const char *call, int error, enum fault expected) {
    int n = 1;
    for (;; n++) {
        memset(&plan, 0, sizeof plan);
        check_fault(file_write(path, text("old"), FILE_PRIVATE), FAULT_NONE);
        plan.longest_write = 2;
        plan.call = call;
        plan.countdown = n;
        plan.error = error;
        enum fault fault = file_write(path, text("newer"), FILE_PRIVATE);
        int final_sync =
            strcmp(call, "fsync") == 0 && n >= 2; /* of the file by its new name, and of the folder */
        plan.call = NULL;
        assert_int_equal(entries(), 1);
        if (!fault) {
            break;
        }
        check_fault(fault, expected);
        assert_content(final_sync ? "newer" : "old");
    }
    assert_content("newer");
    assert_true(n > 1);
}

static void a_failed_write_leaves_the_old_file_and_nothing_else(void **state) {
    (void)state;
    write_with_every_failure("write", ENOSPC, FAULT_DISK_FULL);
    write_with_every_failure("write", EROFS, FAULT_READ_ONLY);
    write_with_every_failure("write", EIO, FAULT_FILE_WRITE);
    write_with_every_failure("fsync", EIO, FAULT_FILE_WRITE);
    write_with_every_failure("fsync", ENOSPC, FAULT_DISK_FULL);
    write_with_every_failure("read", EIO, FAULT_FILE_WRITE);
    write_with_every_failure("rename", EIO, FAULT_FILE_WRITE);
    write_with_every_failure("rename", EROFS, FAULT_READ_ONLY);
}

static int syncs_since(int *before) {
    int since = plan.syncs - *before;
    *before = plan.syncs;
    return since;
}

static void content_and_name_are_both_made_durable(void **state) {
    (void)state;
    int before = plan.syncs;
    check_fault(file_write(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 3); /* the content, its place under the new name, the name */
    check_fault(file_write_new(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 2);
    check_fault(file_append(path, text("x")), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 2);
    check_fault(file_cut(path, 1), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 1);
    check_fault(file_destroy(path), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 3); /* overwritten, emptied, unlinked */
    check_fault(file_write_new(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 3);
    check_fault(file_remove(path), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 1);
    check_fault(folder_create(path), FAULT_NONE);
    assert_int_equal(syncs_since(&before), 1);
}

static void an_interrupted_call_is_taken_up_again(void **state) {
    (void)state;
    const char *calls[] = {"write", "read", "fsync"};
    for (size_t i = 0; i < 3; i++) {
        for (int n = 1; n <= (i == 2 ? 3 : 1); n++) { /* the file, the file under its new name, the folder */
            plan.call = calls[i];
            plan.countdown = n;
            plan.error = EINTR;
            check_fault(file_write(path, text("again"), FILE_PRIVATE), FAULT_NONE);
            assert_true(plan.countdown <= 0);
            assert_content("again");
        }
    }
}

static void a_medium_that_gives_back_other_bytes_is_noticed(void **state) {
    (void)state;
    check_fault(file_write(path, text("old"), FILE_PRIVATE), FAULT_NONE);
    plan.lie_when_reading = 1;
    check_fault(file_write(path, text("new"), FILE_PRIVATE), FAULT_FILE_WRITE);
    plan.lie_when_reading = 0;
    assert_content("old");
    assert_int_equal(entries(), 1);
}

static void a_read_error_is_not_a_short_file(void **state) {
    (void)state;
    struct bytes_buffer got = {0};
    check_fault(file_write(path, text("abc"), FILE_PRIVATE), FAULT_NONE);
    plan.call = "read";
    plan.error = EIO;
    for (int n = 1; n <= 2; n++) {
        plan.countdown = n;
        check_fault(file_read(&got, path, 10), FAULT_FILE_READ);
        assert_null(got.data);
    }
}

static void appending_adds_at_the_end(void **state) {
    (void)state;
    struct stat status;
    check_fault(file_append(path, text("one.")), FAULT_NONE);
    check_fault(file_append(path, text("two.")), FAULT_NONE);
    check_fault(file_append(path, text("")), FAULT_NONE);
    assert_content("one.two.");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_failed_append_leaves_the_old_length(void **state) {
    (void)state;
    const struct {
        const char *call;
        int countdown;
        int error;
        enum fault expected;
    } cases[] = {
        {"write", 1, ENOSPC, FAULT_DISK_FULL},
        {"write", 2, ENOSPC, FAULT_DISK_FULL},
        {"write", 3, EIO, FAULT_FILE_WRITE},
        {"fsync", 1, EIO, FAULT_FILE_WRITE},
    };
    check_fault(file_append(path, text("one.")), FAULT_NONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        plan.longest_write = 2;
        plan.call = cases[i].call;
        plan.countdown = cases[i].countdown;
        plan.error = cases[i].error;
        check_fault(file_append(path, text("second.")), cases[i].expected);
        assert_content("one.");
    }
}

static void a_torn_tail_can_be_cut_off(void **state) {
    (void)state;
    check_fault(file_append(path, text("whole.tor")), FAULT_NONE);
    check_fault(file_cut(path, 10), FAULT_FILE_WRITE);
    check_fault(file_cut(path, 6), FAULT_NONE);
    assert_content("whole.");
}

/* A second name for the same file shows what became of its bytes. */
static void destroying_overwrites_before_it_unlinks(void **state) {
    (void)state;
    char witness[128];
    char left[32] = "";
    (void)snprintf(witness, sizeof witness, "%s/witness", folder);
    check_fault(file_write(path, text("a wrapped secret key"), FILE_PRIVATE), FAULT_NONE);
    assert_int_equal(link(path, witness), 0);
    /* Stopped after the overwriting and before the emptying. */
    plan.call = "ftruncate";
    plan.countdown = 1;
    plan.error = EIO;
    check_fault(file_destroy(path), FAULT_FILE_WRITE);
    int handle = open(witness, O_RDONLY);
    assert_true(handle >= 0);
    assert_int_equal(read(handle, left, sizeof left), 20);
    close(handle);
    assert_memory_not_equal(left, "a wrapped secret key", 20);
    assert_null(memmem(left, 20, "secret", 6));

    check_fault(file_destroy(path), FAULT_NONE);
    assert_false(file_exists(path));
    struct stat status;
    assert_int_equal(stat(witness, &status), 0);
    assert_int_equal(status.st_size, 0);
}

static void a_lock_keeps_another_process_out(void **state) {
    (void)state;
    struct file_lock lock = {0};
    struct file_lock other = {0};
    check_fault(file_lock_take(&lock, path), FAULT_NONE);
    check_fault(file_lock_take(&other, path), FAULT_BUSY);
    pid_t child = fork();
    if (child == 0) {
        _exit(file_lock_take(&other, path) == FAULT_BUSY ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    file_lock_release(&lock);
    file_lock_release(&lock);
    check_fault(file_lock_take(&other, path), FAULT_NONE);
    file_lock_release(&other);
}

static void a_very_long_name_can_still_be_written(void **state) {
    (void)state;
    char name[256];
    char lengthy[400];
    memset(name, 'n', 255);
    name[255] = '\0';
    (void)snprintf(lengthy, sizeof lengthy, "%s/%s", folder, name);
    check_fault(file_write(lengthy, text("x"), FILE_PRIVATE), FAULT_NONE);
    assert_true(file_exists(lengthy));
}

static void a_folder_is_private_and_making_it_twice_is_no_fault(void **state) {
    (void)state;
    struct stat status;
    check_fault(folder_create(path), FAULT_NONE);
    check_fault(folder_create(path), FAULT_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    (void)snprintf(path, sizeof path, "%s/round.klb/a/b", folder);
    check_fault(folder_create(path), FAULT_FILE_MISSING);
}

static void a_file_in_the_way_of_a_folder_is_reported(void **state) {
    (void)state;
    check_fault(file_write(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    check_fault(folder_create(path), FAULT_FILE_EXISTS);
}

static void a_listing_is_sorted_filtered_and_without_hidden_names(void **state) {
    (void)state;
    const char *names[] = {"b.klb", "a.klb", ".c.klb", "d.txt", "B.klb", "klb"};
    struct folder_names listed = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        check_fault(file_write(path, text("x"), FILE_PRIVATE), FAULT_NONE);
    }
    check_fault(folder_list(&listed, folder, ".klb"), FAULT_NONE);
    assert_int_equal(listed.count, 3);
    assert_string_equal(listed.names[0], "B.klb");
    assert_string_equal(listed.names[1], "a.klb");
    assert_string_equal(listed.names[2], "b.klb");
    folder_names_release(&listed);
    folder_names_release(&listed);
    check_fault(folder_list(&listed, folder, ""), FAULT_NONE);
    assert_int_equal(listed.count, 5);
    folder_names_release(&listed);
    check_fault(folder_list(&listed, "no-such-folder", ""), FAULT_FILE_MISSING);
    assert_null(listed.names);
}

static void free_space_is_more_than_nothing_and_needs_a_folder(void **state) {
    (void)state;
    uint64_t space = 0;
    check_fault(folder_space(&space, folder), FAULT_NONE);
    assert_true(space > 4096);
    check_fault(folder_space(&space, "no-such-folder"), FAULT_FILE_MISSING);
    assert_true(space == 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_is_written_is_read_back),
        CASE(no_copy_of_the_content_stays_behind_in_memory),
        CASE(a_large_file_survives_short_writes),
        CASE(private_and_shared_files_get_their_permissions_whatever_the_umask),
        CASE(what_was_made_takes_the_place_of_what_was_there),
        CASE(reading_stops_at_the_limit),
        CASE(what_is_missing_is_called_missing),
        CASE(links_folders_and_pipes_are_refused_and_left_alone),
        CASE(write_new_accepts_the_same_content_and_nothing_else),
        CASE(write_new_does_not_replace_what_another_program_wrote_meanwhile),
        CASE(write_new_takes_the_place_of_an_empty_file),
        CASE(write_new_works_where_the_file_system_cannot_promise_it),
        CASE(a_failed_write_leaves_the_old_file_and_nothing_else),
        CASE(content_and_name_are_both_made_durable),
        CASE(an_interrupted_call_is_taken_up_again),
        CASE(a_medium_that_gives_back_other_bytes_is_noticed),
        CASE(a_read_error_is_not_a_short_file),
        CASE(appending_adds_at_the_end),
        CASE(a_failed_append_leaves_the_old_length),
        CASE(a_torn_tail_can_be_cut_off),
        CASE(destroying_overwrites_before_it_unlinks),
        CASE(a_lock_keeps_another_process_out),
        CASE(a_very_long_name_can_still_be_written),
        CASE(a_folder_is_private_and_making_it_twice_is_no_fault),
        CASE(a_file_in_the_way_of_a_folder_is_reported),
        CASE(a_listing_is_sorted_filtered_and_without_hidden_names),
        CASE(free_space_is_more_than_nothing_and_needs_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
