/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/ballot_box.h"
#include "platform/file.h"
#include "platform/volume.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COUNTERS = 900, SLOTS = 24, LIMIT = 20 };

static char folder[] = "/tmp/klankbord-box-XXXXXX";
static char path[128];
static char journal[160];

static struct ballot_box_head head_for_tests(void) {
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_label = "2B",
                                   .class_number = 7,
                                   .limit = LIMIT,
                                   .slots = SLOTS,
                                   .counter_count = COUNTERS};
    memset(head.round_digest, 1, sizeof head.round_digest);
    memset(head.layout_digest, 2, sizeof head.layout_digest);
    memset(head.kiosk_key, 3, sizeof head.kiosk_key);
    return head;
}

/* The n-th contribution: always the same bytes, different from every other. */
static const uint8_t *contribution(uint32_t n) {
    static uint8_t bytes[64 * 1024];
    uint8_t seed[randombytes_SEEDBYTES] = {0};
    seed[0] = (uint8_t)n;
    seed[1] = (uint8_t)(n >> 8);
    randombytes_buf_deterministic(bytes, contribution_bytes(COUNTERS, false), seed);
    return bytes;
}

static void remove_box(void) {
    unlink(path);
    unlink(journal);
}

static struct ballot_box *make(const struct ballot_box_chance *chance) {
    struct ballot_box *box = NULL;
    struct ballot_box_head head = head_for_tests();
    remove_box();
    check_fault(ballot_box_create(&box, path, &head, true, chance), FAULT_NONE);
    return box;
}

static struct ballot_box *reopen(struct ballot_box *box) {
    ballot_box_free(box);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    return box;
}

static void put_some(struct ballot_box *box, uint32_t from, uint32_t to) {
    for (uint32_t n = from; n < to; n++) {
        check_fault(ballot_box_put(box, contribution(n)), FAULT_NONE);
    }
}

/* How many times the n-th contribution is among those read. */
static int occurrences(const struct bytes_buffer *records, uint32_t n) {
    size_t size = contribution_bytes(COUNTERS, false);
    int found = 0;
    for (size_t at = 0; at < records->size; at += size) {
        found += memcmp(records->data + at, contribution(n), size) == 0;
    }
    return found;
}

static void check_holds(struct ballot_box *box, uint32_t from, uint32_t to, uint32_t expected_damaged) {
    struct bytes_buffer records = {0};
    uint32_t count = 0;
    uint32_t damaged = 0;
    check_fault(ballot_box_read(&records, &count, &damaged, box), FAULT_NONE);
    assert_int_equal(count, to - from);
    assert_int_equal(damaged, expected_damaged);
    for (uint32_t n = from; n < to; n++) {
        assert_int_equal(occurrences(&records, n), 1);
    }
    bytes_buffer_release(&records);
}

static const uint16_t nobody_absent[BUNDLE_ABSENCES] = {0};

static void what_is_put_is_read_back(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    check_holds(box, 0, 0, 0);
    put_some(box, 0, 13);
    assert_int_equal(ballot_box_count(box), 13);
    check_holds(box, 0, 13, 0);
    box = reopen(box);
    assert_int_equal(ballot_box_count(box), 13);
    put_some(box, 13, 15);
    check_holds(box, 0, 15, 0);
    ballot_box_free(box);
}

static void the_limit_is_kept_also_after_opening_anew(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    put_some(box, 0, LIMIT);
    check_fault(ballot_box_put(box, contribution(99)), FAULT_STORE_FULL);
    box = reopen(box);
    check_fault(ballot_box_put(box, contribution(99)), FAULT_STORE_FULL);
    assert_false(ballot_box_is_faulty(box));
    check_holds(box, 0, LIMIT, 0);
    ballot_box_free(box);
}

static void check_times_are_constant(const char *file) {
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mtim.tv_sec, 946684800);
    assert_int_equal(status.st_mtim.tv_nsec, 0);
    assert_int_equal(status.st_atim.tv_sec, 946684800);
}

static void the_limit_can_be_raised_up_to_the_slots_and_stays_raised(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    uint16_t limit = ballot_box_head(box)->limit;
    uint16_t slots = ballot_box_head(box)->slots;
    put_some(box, 0, limit);
    check_fault(ballot_box_put(box, contribution(limit)), FAULT_STORE_FULL);
    check_fault(ballot_box_raise_limit(box, limit), FAULT_LIMIT);
    check_fault(ballot_box_raise_limit(box, (uint16_t)(slots + 1)), FAULT_LIMIT);
    if (limit < slots) {
        check_fault(ballot_box_raise_limit(box, (uint16_t)(limit + 1)), FAULT_NONE);
        box = reopen(box);
        assert_int_equal(ballot_box_head(box)->limit, limit + 1);
        put_some(box, limit, limit + 1U);
        check_fault(ballot_box_put(box, contribution(limit + 1U)), FAULT_STORE_FULL);
        check_holds(box, 0, limit + 1U, 0);
    }
    check_fault(ballot_box_close(box, 1, nobody_absent), FAULT_NONE);
    check_fault(ballot_box_raise_limit(box, slots), FAULT_ALREADY_CLOSED);
    ballot_box_free(box);
}

static void closing_writes_the_head_and_leaves_no_journal_and_no_time(void **state) {
    (void)state;
    static const uint16_t absent[BUNDLE_ABSENCES] = {1, 2, 0, 4};
    static const uint8_t zero[BUNDLE_ID_BYTES];
    uint8_t id[BUNDLE_ID_BYTES];
    struct stat status;
    struct ballot_box *box = make(NULL);
    put_some(box, 0, 5);
    assert_true(file_exists(journal));
    check_fault(ballot_box_close(box, 17, absent), FAULT_NONE);
    assert_false(file_exists(journal));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mtim.tv_sec, 946684800); /* before anybody could pull the plug */
    check_fault(ballot_box_put(box, contribution(5)), FAULT_ALREADY_CLOSED);
    check_fault(ballot_box_close(box, 18, absent), FAULT_ALREADY_CLOSED);
    check_holds(box, 0, 5, 0);
    memcpy(id, ballot_box_head(box)->bundle_id, sizeof id);
    assert_memory_not_equal(id, zero, sizeof id);
    box = reopen(box);
    assert_int_equal(ballot_box_head(box)->state, BALLOT_BOX_CLOSED);
    assert_int_equal(ballot_box_head(box)->present, 17);
    assert_memory_equal(ballot_box_head(box)->absent, absent, sizeof absent);
    assert_memory_equal(ballot_box_head(box)->bundle_id, id, sizeof id);
    check_holds(box, 0, 5, 0);
    ballot_box_free(box);
    check_times_are_constant(path);
    assert_false(file_exists(journal));
}

static void a_closing_that_was_cut_short_is_finished_when_it_is_opened(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    put_some(box, 0, 5);
    check_fault(ballot_box_close(box, 5, nobody_absent), FAULT_NONE);
    ballot_box_free(box);
    static const uint8_t old[4096] = {0};
    check_fault(file_write(journal, (struct bytes){old, sizeof old}, FILE_PRIVATE), FAULT_NONE);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    assert_false(file_exists(journal));
    ballot_box_free(box);
    check_times_are_constant(path);
}

static void a_box_is_not_made_over_another(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    struct ballot_box *other = NULL;
    struct ballot_box_head head = head_for_tests();
    check_fault(ballot_box_create(&other, path, &head, true, NULL), FAULT_FILE_EXISTS);
    assert_null(other);
    put_some(box, 0, 1);
    check_holds(box, 0, 1, 0);
    ballot_box_free(box);
}

static void heads_outside_their_limits_are_refused_and_leave_no_file(void **state) {
    (void)state;
    for (int defect = 0; defect < 6; defect++) {
        struct ballot_box *box = NULL;
        struct ballot_box_head head = head_for_tests();
        head.limit = defect == 0 ? 0 : defect == 1 ? SLOTS + 1 : head.limit;
        head.slots = defect == 2 ? BALLOT_BOX_SLOTS + 1 : head.slots;
        head.counter_count = defect == 3 ? 0 : head.counter_count;
        head.class_label[0] = defect == 4 ? '\0' : defect == 5 ? '\n' : '2';
        remove_box();
        check_fault(ballot_box_create(&box, path, &head, true, NULL), defect == 5 ? FAULT_TEXT : FAULT_LIMIT);
        assert_false(file_exists(path));
    }
}

static void a_second_connection_is_refused(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct ballot_box *second = NULL;
        enum fault fault = ballot_box_open(&second, path, true, NULL);
        _exit(fault == FAULT_BUSY ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    put_some(box, 0, 1);
    ballot_box_free(box);
}

static void a_disk_that_forgets_needs_to_be_allowed(void **state) {
    (void)state;
    static const char shm[] = "/dev/shm/klankbord-test.box";
    enum volume_kind kind = VOLUME_UNKNOWN;
    struct ballot_box *box = NULL;
    struct ballot_box_head head = head_for_tests();
    unlink(shm);
    unlink("/dev/shm/klankbord-test.box-journal");
    if (volume_kind_of(&kind, "/dev/shm") || kind != VOLUME_FORGETS) {
        skip();
    }
    check_fault(ballot_box_create(&box, shm, &head, false, NULL), FAULT_STORE_VOLUME);
    assert_false(file_exists(shm));
    check_fault(ballot_box_create(&box, shm, &head, true, NULL), FAULT_NONE);
    ballot_box_free(box);
    check_fault(ballot_box_open(&box, shm, false, NULL), FAULT_STORE_VOLUME);
    unlink(shm);
    unlink("/dev/shm/klankbord-test.box-journal");
}

/* Order and chance */

/* Fills with the same bytes each time, and gives the slot that the test wants next. */
struct scripted {
    uint64_t filled;
    uint16_t wanted; /* 0: the first free one */
    bool used[SLOTS + 1];
};

static uint32_t scripted_pick(void *context, uint32_t bound) {
    const struct scripted *script = context;
    uint32_t index = 0;
    (void)bound;
    for (uint16_t id = 1; id < script->wanted; id++) {
        index += !script->used[id];
    }
    return index;
}

static void scripted_fill(void *context, void *out, size_t size) {
    struct scripted *script = context;
    uint8_t seed[randombytes_SEEDBYTES] = {0};
    memcpy(seed, &script->filled, sizeof script->filled);
    script->filled++;
    randombytes_buf_deterministic(out, size, seed);
}

static void shuffle(uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = randombytes_uniform(i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

static void digest_file(uint8_t out[DIGEST_BYTES]) {
    struct bytes_buffer content = {0};
    check_fault(file_read(&content, path, 1 << 24), FAULT_NONE);
    digest_make(out, DIGEST_RECORD, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

/*
 * Contribution n goes to slot (n * 7) % SLOTS + 1, in the given order. In memory: the bytes are what counts.
 */
static void fill_in_order(const uint32_t *order, uint32_t count) {
    struct scripted script = {0};
    const struct ballot_box_chance chance = {scripted_pick, scripted_fill, &script};
    struct ballot_box *box = make(&chance);
    for (uint32_t i = 0; i < count; i++) {
        script.wanted = (uint16_t)((order[i] * 7) % SLOTS + 1);
        check_fault(ballot_box_put(box, contribution(order[i])), FAULT_NONE);
        script.used[script.wanted] = true;
    }
    ballot_box_free(box);
}

static void the_file_is_the_same_in_whatever_order_contributions_came(void **state) {
    (void)state;
    uint32_t order[LIMIT];
    uint8_t first[DIGEST_BYTES];
    uint8_t digest[DIGEST_BYTES];
    const uint32_t sizes[] = {3, 11, LIMIT};
    enum { ORDERS = 1000 };
    for (int size = 0; size < 3; size++) {
        for (int i = 0; i < ORDERS; i++) {
            shuffle(order, sizes[size]);
            fill_in_order(order, sizes[size]);
            digest_file(i == 0 ? first : digest);
            assert_memory_equal(i == 0 ? first : digest, first, DIGEST_BYTES);
        }
        print_message("%d orders of %u contributions: 1 file\n", (int)ORDERS, (unsigned)sizes[size]);
    }
}

/* The same records appended under their own keys: what this test would say of an ordinary table. */
static void append_in_order(const uint32_t *order, uint32_t count) {
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    remove_box();
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, r BLOB)", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?, ?)", -1, &insert, NULL), SQLITE_OK);
    for (uint32_t i = 0; i < count; i++) {
        sqlite3_bind_int(insert, 1, (int)order[i]);
        sqlite3_bind_blob(insert, 2, contribution(order[i]), (int)contribution_bytes(COUNTERS, false),
                          SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
}

static void an_ordinary_table_would_be_caught_by_the_same_comparison(void **state) {
    (void)state;
    uint32_t order[LIMIT];
    uint8_t first[DIGEST_BYTES];
    uint8_t digest[DIGEST_BYTES];
    int different = 0;
    for (int i = 0; i < 6; i++) {
        shuffle(order, LIMIT);
        append_in_order(order, LIMIT);
        digest_file(i == 0 ? first : digest);
        different += i > 0 && memcmp(first, digest, DIGEST_BYTES) != 0;
    }
    assert_true(different >= 4);
}

static void every_free_slot_is_equally_likely(void **state) {
    (void)state;
    enum { PICKS = 100000, USED = 5, FREE = SLOTS - USED }; /* 19 free ones: no power of two hides a modulo */
    uint32_t hits[SLOTS + 1] = {0};
    uint32_t reached = 0;
    double chi_square = 0;
    struct ballot_box *box = make(NULL);
    put_some(box, 0, USED);
    for (int i = 0; i < PICKS; i++) {
        hits[ballot_box_choose(box)]++;
    }
    assert_int_equal(hits[0], 0);
    for (int id = 1; id <= SLOTS; id++) {
        double expected = (double)PICKS / FREE;
        double difference = (double)hits[id] - expected;
        reached += hits[id] > 0;
        chi_square += hits[id] > 0 ? difference * difference / expected : 0;
    }
    assert_int_equal(reached, FREE); /* so the used ones are never chosen */
    print_message("%d choices among %d free slots: chi-square %.1f, 18 degrees of freedom\n", (int)PICKS,
                  (int)FREE, chi_square);
    assert_true(chi_square < 62.7); /* 18 degrees of freedom, p = 0.000001 */
    ballot_box_free(box);
}

static void count_chosen(sqlite3 *db, uint32_t *hits) {
    sqlite3_stmt *select = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT id FROM slot WHERE used = 1", -1, &select, NULL),
                     SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        hits[sqlite3_column_int(select, 0)]++;
    }
    sqlite3_finalize(select);
}

static void the_slot_that_was_chosen_is_the_slot_that_is_written(void **state) {
    (void)state;
    enum { BOXES = 240 };
    uint32_t hits[SLOTS + 1] = {0};
    double chi_square = 0;
    for (int i = 0; i < BOXES; i++) {
        sqlite3 *db = NULL;
        struct ballot_box *box = make(NULL);
        put_some(box, 0, 1);
        ballot_box_free(box);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        count_chosen(db, hits);
        sqlite3_close(db);
    }
    for (int id = 1; id <= SLOTS; id++) {
        double difference = (double)hits[id] - (double)BOXES / SLOTS;
        chi_square += difference * difference / ((double)BOXES / SLOTS);
    }
    print_message("%d boxes, the slot that was written: chi-square %.1f, 23 degrees of freedom\n", (int)BOXES,
                  chi_square);
    assert_true(chi_square < 71.2); /* 23 degrees of freedom, p = 0.000001 */
}

/* Damage */

static void run_sql(const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* One vector, one defect, one fault. FAULT_NONE: it opens, with one slot damaged. */
static const struct {
    const char *sql;
    enum fault fault;
} defects[] = {
    {"PRAGMA application_id = 1", FAULT_MAGIC},
    {"PRAGMA user_version = 2", FAULT_VERSION},
    {"CREATE TABLE other (x)", FAULT_STORE_DAMAGED},
    {"CREATE INDEX other ON slot (used)", FAULT_STORE_DAMAGED},
    {"DROP TABLE slot", FAULT_STORE_DAMAGED},
    {"DROP TABLE slot; CREATE TABLE slot (id INTEGER PRIMARY KEY, used, record)", FAULT_STORE_DAMAGED},
    {"DELETE FROM head", FAULT_STORE_DAMAGED},
    {"UPDATE head SET content = zeroblob(220)", FAULT_VERSION},
    {"UPDATE head SET content = content || x'00'", FAULT_STORE_DAMAGED},
    {"UPDATE head SET content = substr(content, 1, 6) || x'FF' || substr(content, 8)", FAULT_STORE_DAMAGED},
    {"UPDATE head SET content = substr(content, 1, 219) || x'00'", FAULT_STORE_DAMAGED},
    {"UPDATE slot SET used = 2 WHERE id = 3", FAULT_NONE},
    {"UPDATE slot SET used = 'x' WHERE id = 3", FAULT_NONE},
    {"UPDATE slot SET record = zeroblob(10) WHERE id = 3", FAULT_NONE},
    {"DELETE FROM slot WHERE id = 3", FAULT_NONE},
};

static void every_defect_has_its_own_fault_and_a_damaged_slot_blocks_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof defects / sizeof defects[0]; i++) {
        struct scripted script = {.wanted = 9};
        const struct ballot_box_chance chance = {scripted_pick, scripted_fill, &script};
        struct ballot_box *box = make(&chance);
        put_some(box, 0, 1);
        ballot_box_free(box);
        run_sql(defects[i].sql);
        enum fault fault = ballot_box_open(&box, path, true, NULL);
        if (fault != defects[i].fault) {
            fail_msg("%s: %s", defects[i].sql, fault_name(fault));
        }
        if (!fault) {
            assert_int_equal(ballot_box_count(box), 2);
            put_some(box, 1, LIMIT - 1);
            check_holds(box, 0, LIMIT - 1, 1);
            check_fault(ballot_box_put(box, contribution(99)), FAULT_STORE_FULL);
            ballot_box_free(box);
        }
    }
}

static void other_files_are_not_taken_for_a_box(void **state) {
    (void)state;
    static const uint8_t text[] =
        "This is a text of more than a hundred bytes, which SQLite will look at before it says that "
        "it is not one of its own.";
    struct ballot_box *box = NULL;
    remove_box();
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_FILE_MISSING);
    check_fault(file_write(path, (struct bytes){text, sizeof text}, FILE_PRIVATE), FAULT_NONE);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_MAGIC);
    check_fault(file_write(path, (struct bytes){text, 0}, FILE_PRIVATE), FAULT_NONE);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_TRUNCATED);
    assert_null(box);
}

/* Where the first bytes of a contribution lie in the file. */
static size_t find_in_file(struct bytes_buffer *content, const uint8_t *needle) {
    check_fault(file_read(content, path, 1 << 24), FAULT_NONE);
    const uint8_t *found = memmem(content->data, content->size, needle, 32);
    assert_non_null(found);
    return (size_t)(found - content->data);
}

static void a_flipped_bit_in_a_record_makes_that_record_damaged_and_no_other(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct ballot_box *box = make(NULL);
    put_some(box, 0, 6);
    ballot_box_free(box);
    size_t at = find_in_file(&content, contribution(0));
    content.data[at + 20] ^= 4;
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    bytes_buffer_release(&content);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    assert_int_equal(ballot_box_count(box), 6);
    check_holds(box, 1, 6, 1);
    check_fault(ballot_box_close(box, 6, nobody_absent), FAULT_NONE);
    check_holds(box, 1, 6, 1);
    ballot_box_free(box);
}

/* Full disks */

static void limit_file_size(rlim_t bytes) {
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

static rlim_t size_of(const char *file) {
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    return (rlim_t)status.st_size;
}

static void the_space_is_reserved_before_the_first_pupil(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    rlim_t main_size = size_of(path);
    rlim_t journal_size = size_of(journal);
    put_some(box, 0, LIMIT);
    assert_int_equal(size_of(path), main_size);
    assert_int_equal(size_of(journal), journal_size);
    ballot_box_free(box);
}

static void nothing_is_acknowledged_when_the_disk_refuses(void **state) {
    (void)state;
    struct ballot_box *box = make(NULL);
    put_some(box, 0, 3);
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(2000);
    assert_int_not_equal(ballot_box_put(box, contribution(3)), FAULT_NONE);
    assert_true(ballot_box_is_faulty(box));
    limit_file_size(RLIM_INFINITY);
    check_fault(ballot_box_put(box, contribution(3)), FAULT_STORE);
    assert_int_equal(ballot_box_count(box), 3);
    check_fault(ballot_box_close(box, 3, nobody_absent), FAULT_NONE);
    check_holds(box, 0, 3, 0);
    ballot_box_free(box);
}

static void a_box_that_cannot_be_made_leaves_no_file(void **state) {
    (void)state;
    struct ballot_box *box = NULL;
    struct ballot_box_head head = head_for_tests();
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t bytes = 1000; bytes < 130000; bytes += 9000) {
        remove_box();
        limit_file_size(bytes);
        enum fault fault = ballot_box_create(&box, path, &head, true, NULL);
        limit_file_size(RLIM_INFINITY);
        if (fault) {
            assert_false(file_exists(path));
            assert_false(file_exists(journal));
        }
        box = ballot_box_free(box);
    }
}

static int set_up(void **state) {
    (void)state;
    if (sodium_init() < 0 || !mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/a.box", folder);
    snprintf(journal, sizeof journal, "%s-journal", path);
    return 0;
}

/*
 * For tests that write a thousand files: which disk they lie on is no matter there, and a slow one is. A
 * folder of its own there too: others use that memory, and a process of another namespace may have our
 * number.
 */
static char on_disk[2][160];
static char memory_folder[64];
static int into_memory(void **state) {
    (void)state;
    remove_box();
    memcpy(on_disk[0], path, sizeof path);
    memcpy(on_disk[1], journal, sizeof journal);
    strcpy(memory_folder, "/dev/shm/ballot-box-test-XXXXXX");
    if (mkdtemp(memory_folder)) {
        snprintf(path, sizeof path, "%s/a.box", memory_folder);
        snprintf(journal, sizeof journal, "%s-journal", path);
    }
    return 0;
}

static int onto_disk(void **state) {
    (void)state;
    remove_box();
    (void)rmdir(memory_folder); /* not there when there is no such memory */
    memcpy(path, on_disk[0], sizeof path);
    memcpy(journal, on_disk[1], sizeof journal);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    remove_box();
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_read_back),
        cmocka_unit_test(the_limit_is_kept_also_after_opening_anew),
        cmocka_unit_test(the_limit_can_be_raised_up_to_the_slots_and_stays_raised),
        cmocka_unit_test(closing_writes_the_head_and_leaves_no_journal_and_no_time),
        cmocka_unit_test(a_closing_that_was_cut_short_is_finished_when_it_is_opened),
        cmocka_unit_test(a_box_is_not_made_over_another),
        cmocka_unit_test(heads_outside_their_limits_are_refused_and_leave_no_file),
        cmocka_unit_test(a_second_connection_is_refused),
        cmocka_unit_test(a_disk_that_forgets_needs_to_be_allowed),
        cmocka_unit_test_setup_teardown(the_file_is_the_same_in_whatever_order_contributions_came,
                                        into_memory, onto_disk),
        cmocka_unit_test_setup_teardown(an_ordinary_table_would_be_caught_by_the_same_comparison, into_memory,
                                        onto_disk),
        cmocka_unit_test(every_free_slot_is_equally_likely),
        cmocka_unit_test_setup_teardown(the_slot_that_was_chosen_is_the_slot_that_is_written, into_memory,
                                        onto_disk),
        cmocka_unit_test(every_defect_has_its_own_fault_and_a_damaged_slot_blocks_nothing),
        cmocka_unit_test(other_files_are_not_taken_for_a_box),
        cmocka_unit_test_setup_teardown(a_flipped_bit_in_a_record_makes_that_record_damaged_and_no_other,
                                        into_memory, onto_disk),
        cmocka_unit_test(the_space_is_reserved_before_the_first_pupil),
        cmocka_unit_test(nothing_is_acknowledged_when_the_disk_refuses),
        cmocka_unit_test(a_box_that_cannot_be_made_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
