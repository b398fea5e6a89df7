/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/contribution.h"
#include "kiosk/ballot_box.h"
#include "platform/file.h"

/*
 * What is left on the disk itself: a box on an ext4 file system of its own, filled, closed; then the raw
 * image is searched for what the slots held before. Whoever found that would know which slots were written
 * last. Needs a loop device, so root; ends with 77, SKIPPED, without.
 */

enum { COUNTERS = 2200, SLOTS = 12, LIMIT = 9, ROUNDS = 100, SKIPPED = 77, PIECE = 48 };

static char folder[64], image[96], mounted[96], box_path[128], table_path[128];
static bool loops;

static int run(const char *command) {
    int status = system(command);
    return status == -1 || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

static bool mount_image(void) {
    char command[512];
    snprintf(command, sizeof command,
             "{ truncate -s 4M %s && mkfs.ext4 -q -F -O ^has_journal -E lazy_itable_init=0 %s && mount -o "
             "loop %s %s; } "
             ">/dev/null 2>&1",
             image, image, image, mounted);
    return run(command) == 0;
}

static void unmount_image(void) {
    char command[160];
    snprintf(command, sizeof command, "umount %s", mounted);
    assert_int_equal(run(command), 0);
}

/* Bytes that are the same for the same number, so that the test knows what was filled in. */
static uint64_t filled;
static void known_fill(void *context, void *out, size_t size) {
    uint8_t seed[randombytes_SEEDBYTES] = {77};
    (void)context;
    memcpy(seed + 1, &filled, sizeof filled);
    filled++;
    randombytes_buf_deterministic(out, size, seed);
}

static uint32_t any_slot(void *context, uint32_t bound) {
    (void)context;
    return randombytes_uniform(bound);
}

static const uint8_t *contribution(uint32_t n) {
    static uint8_t bytes[64 * 1024];
    uint8_t seed[randombytes_SEEDBYTES] = {1};
    memcpy(seed + 1, &n, sizeof n);
    randombytes_buf_deterministic(bytes, contribution_bytes(COUNTERS, false), seed);
    return bytes;
}

static int occurrences(const struct bytes_buffer *raw, const uint8_t *piece) {
    int count = 0;
    size_t left = raw->size;
    for (const uint8_t *at = raw->data; (at = memmem(at, left, piece, PIECE)) != NULL; at++, count++) {
        left = raw->size - (size_t)(at + 1 - raw->data);
    }
    return count;
}

static struct bytes_buffer read_image(void) {
    struct bytes_buffer raw = {0};
    check_fault(file_read(&raw, image, 64u << 20), FAULT_NONE);
    return raw;
}

/* How many slots' first fillings are still to be found: those of free slots are, and no others may be. */
static int fillings_found(const struct bytes_buffer *raw, uint64_t count) {
    int found = 0;
    static uint8_t piece[64 * 1024];
    for (uint64_t i = 0; i < count; i++) {
        uint8_t seed[randombytes_SEEDBYTES] = {77};
        memcpy(seed + 1, &i, sizeof i);
        randombytes_buf_deterministic(piece, contribution_bytes(COUNTERS, false), seed);
        size_t size = contribution_bytes(COUNTERS, false);
        found += occurrences(raw, piece + 700) || occurrences(raw, piece + size / 2) ||
                 occurrences(raw, piece + size - 200);
    }
    return found;
}

static void fill_and_close(void) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    const struct ballot_box_chance chance = {any_slot, known_fill, NULL};
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_label = "2B",
                                   .class_number = 7,
                                   .limit = LIMIT,
                                   .slots = SLOTS,
                                   .counter_count = COUNTERS};
    struct ballot_box *box = NULL;
    filled = 0;
    check_fault(ballot_box_create(&box, box_path, &head, false, &chance), FAULT_NONE);
    for (uint32_t i = 0; i < LIMIT; i++) {
        check_fault(ballot_box_put(box, contribution(i)), FAULT_NONE);
    }
    check_fault(ballot_box_close(box, LIMIT, absent), FAULT_NONE);
    ballot_box_free(box);
}

static void no_earlier_version_of_a_slot_is_left_on_the_raw_disk(void **state) {
    (void)state;
    int left = 0;
    if (!loops) {
        skip();
    }
    for (int round = 0; round < ROUNDS; round++) {
        assert_true(mount_image());
        fill_and_close();
        uint64_t fillings = filled;
        unmount_image();
        struct bytes_buffer raw = read_image();
        for (uint32_t i = 0; i < LIMIT; i++) {
            assert_int_equal(occurrences(&raw, contribution(i) + 700), 1);
        }
        int found = fillings_found(&raw, fillings);
        assert_true(found >= SLOTS - LIMIT); /* the search works: free slots keep theirs */
        left += found - (SLOTS - LIMIT);
        bytes_buffer_release(&raw);
    }
    print_message("%d rounds on raw ext4, %d earlier versions of slots found\n", (int)ROUNDS, left);
    assert_int_equal(left, 0);
}

/* The same search on an ordinary table in an ordinary journal mode: it has to find something there. */
static int left_by(const char *mode) {
    char sql[96];
    sqlite3 *db = NULL;
    sqlite3_stmt *write = NULL;
    assert_true(mount_image());
    assert_int_equal(sqlite3_open(table_path, &db), SQLITE_OK);
    snprintf(sql, sizeof sql, "PRAGMA journal_mode=%s; CREATE TABLE t (id INTEGER PRIMARY KEY, r BLOB)",
             mode);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    for (int pass = 0; pass < 2; pass++) {
        assert_int_equal(sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO t VALUES (?, ?)", -1, &write, NULL),
                         SQLITE_OK);
        for (uint32_t i = 0; i < LIMIT; i++) {
            sqlite3_bind_int(write, 1, (int)i);
            sqlite3_bind_blob(write, 2, contribution(i + 100u * (uint32_t)pass),
                              (int)contribution_bytes(COUNTERS, false), SQLITE_TRANSIENT);
            assert_int_equal(sqlite3_step(write), SQLITE_DONE);
            sqlite3_reset(write);
        }
        sqlite3_finalize(write);
    }
    sqlite3_close(db);
    unmount_image();
    struct bytes_buffer raw = read_image();
    int found = 0;
    for (uint32_t i = 0; i < LIMIT; i++) {
        found += occurrences(&raw, contribution(i) + 700) > 0;
    }
    bytes_buffer_release(&raw);
    return found;
}

static void ordinary_tables_leave_earlier_versions_that_the_same_search_finds(void **state) {
    (void)state;
    if (!loops) {
        skip();
    }
    int by_delete = left_by("DELETE");
    int by_wal = left_by("WAL");
    print_message("earlier versions found: journal mode DELETE %d, WAL %d of %d\n", by_delete, by_wal,
                  (int)LIMIT);
    assert_true(by_delete > 0 && by_wal > 0);
}

static int set_up(void **state) {
    (void)state;
    strcpy(folder, "/tmp/klankbord-traces-XXXXXX");
    if (sodium_init() < 0 || !mkdtemp(folder)) {
        return -1;
    }
    snprintf(image, sizeof image, "%s/disk", folder);
    snprintf(mounted, sizeof mounted, "%s/mounted", folder);
    snprintf(box_path, sizeof box_path, "%s/a.box", mounted);
    snprintf(table_path, sizeof table_path, "%s/a.db", mounted);
    loops = mkdir(mounted, 0700) == 0 && geteuid() == 0 && mount_image();
    if (loops) {
        unmount_image();
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    (void)umount2(mounted, MNT_DETACH);
    unlink(image);
    rmdir(mounted);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_earlier_version_of_a_slot_is_left_on_the_raw_disk),
        cmocka_unit_test(ordinary_tables_leave_earlier_versions_that_the_same_search_finds),
    };
    int failed = cmocka_run_group_tests(tests, set_up, tear_down);
    return failed ? failed : loops ? 0 : SKIPPED;
}
