/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lessons HOW NUMBER FOLDER: so many lessons for the attacker on the order, each on a disk of its own:
 * FOLDER/<n>.img, an ext4 image with the kiosk's state folder and a stick's folder, and FOLDER/<n>.truth, the
 * contributions as they came.
 * HOW is "kiosk", the whole way of the product, or one of the ways not to do it, which the attacker has to
 * see through.
 * Needs root and loop devices.
 */
#include "tests/check.h"

#include "core/contribution.h"
#include "kiosk/desk.h"
#include "tests/sample_kiosk.h"

#include <sched.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PUPILS = 15, ROW = 1, COUNTERS = 900, SHOWN = 48 };

static FILE *truth;

static void tell(const uint8_t *contribution) {
    for (int i = 0; i < SHOWN; i++) {
        fprintf(truth, "%02x", contribution[i]);
    }
    fputc('\n', truth);
}

/* What the product stores is written down on the way, after it has been stored. */
enum fault __real_ballot_box_put(struct ballot_box *box, const uint8_t *contribution);
enum fault __wrap_ballot_box_put(struct ballot_box *box, const uint8_t *contribution);
enum fault __wrap_ballot_box_put(struct ballot_box *box, const uint8_t *contribution) {
    enum fault fault = __real_ballot_box_put(box, contribution);
    if (!fault) {
        tell(contribution);
    }
    return fault;
}

static struct desk *desk;

static void say(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, 0);
    desk_work(desk, 0);
}

static void unlock(void) {
    say(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        say(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    say(MENTOR_ENTER, 0);
}

/* Some answer, some say no, some stop: which of them came when must not show either. */
static void one_pupil(void) {
    static const enum flow_event through[3][6] = {
        {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP, FLOW_STOP_SEND, FLOW_LEAVE},
        {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_DECLINE, FLOW_LEAVE, FLOW_LEAVE, FLOW_LEAVE},
        {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_NEXT, FLOW_STOP, FLOW_STOP_SEND}};
    uint32_t kind = randombytes_uniform(3);
    for (size_t i = 0; i < 6; i++) {
        desk_pupil(desk, through[kind][i], 0, 0);
        desk_work(desk, 0);
    }
    desk_pupil(desk, FLOW_LEAVE, 0, 0);
}

static void by_the_kiosk(const struct sample_kiosk *kiosk) {
    check_fault(desk_open(&desk, sample_kiosk_open(kiosk), 0), FAULT_NONE);
    unlock();
    say(MENTOR_PICK, ROW);
    say(MENTOR_OPEN, 0);
    say(MENTOR_OPEN, 0); /* the sample's period may be over */
    for (int i = 0; i < PUPILS; i++) {
        one_pupil();
    }
    unlock();
    say(MENTOR_FINISH, 0);
    say(MENTOR_CONFIRM, 0);
    assert_int_equal(desk_mentor_view(desk, 0).state, MENTOR_EXPORT);
    say(MENTOR_PICK, 0);
    assert_int_equal(desk_mentor_view(desk, 0).state, MENTOR_RECEIPT);
    desk = desk_free(desk);
}

static const uint8_t *any_contribution(void) {
    static uint8_t bytes[64 * 1024];
    randombytes_buf(bytes, contribution_bytes(COUNTERS, false));
    tell(bytes);
    return bytes;
}

static uint32_t first_of(void *context, uint32_t bound) {
    (void)context;
    (void)bound;
    return 0;
}
static void fill(void *context, void *out, size_t size) {
    (void)context;
    randombytes_buf(out, size);
}

/* The product's own box, with the first free slot for each. */
static void by_slots_in_turn(const char *path) {
    const struct ballot_box_chance chance = {first_of, fill, NULL};
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_label = "1B",
                                   .class_number = 2,
                                   .limit = PUPILS,
                                   .slots = PUPILS,
                                   .counter_count = COUNTERS};
    struct ballot_box *box = NULL;
    check_fault(ballot_box_create(&box, path, &head, false, &chance), FAULT_NONE);
    for (int i = 0; i < PUPILS; i++) {
        uint8_t bytes[64 * 1024];
        randombytes_buf(bytes, contribution_bytes(COUNTERS, false));
        check_fault(ballot_box_put(box, bytes), FAULT_NONE);
    }
    check_fault(ballot_box_close(box, PUPILS, absent), FAULT_NONE);
    ballot_box_free(box);
}

static void in_files(const char *folder) {
    for (int i = 0; i < PUPILS; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%08x.bin", folder, randombytes_random());
        check_fault(file_write_new(path,
                                   (struct bytes){any_contribution(), contribution_bytes(COUNTERS, false)},
                                   FILE_PRIVATE),
                    FAULT_NONE);
        usleep(5000); /* the system's clock for files has steps */
    }
}

static void sql(sqlite3 *db, const char *words) {
    if (sqlite3_exec(db, words, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", words, sqlite3_errmsg(db));
    }
}

static void put(sqlite3 *db, const char *words, uint32_t key) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, words, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_blob(statement, 1, any_contribution(), (int)contribution_bytes(COUNTERS, false),
                      SQLITE_STATIC);
    if (key > 0) {
        sqlite3_bind_int64(statement, 2, key);
    }
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
}

/* Random slots of a pool, but with a journal that leaves traces. */
static void in_a_pool(const char *path, const char *mode) {
    sqlite3 *db = NULL;
    uint32_t slots[PUPILS];
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sql(db, mode);
    sql(db, "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; CREATE TABLE slot (id INTEGER PRIMARY KEY, "
            "record BLOB)");
    for (uint32_t i = 0; i < PUPILS; i++) {
        char words[128];
        snprintf(words, sizeof words, "INSERT INTO slot VALUES (%u, randomblob(%u))", i + 1,
                 (unsigned)contribution_bytes(COUNTERS, false));
        sql(db, words);
        slots[i] = i + 1;
    }
    for (uint32_t left = PUPILS; left > 0; left--) {
        uint32_t pick = randombytes_uniform(left);
        put(db, "UPDATE slot SET record = ? WHERE id = ?", slots[pick]);
        slots[pick] = slots[left - 1];
    }
    sqlite3_close(db);
}

static void in_a_table(const char *path, const char *make, const char *insert, bool random_key) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sql(db, "PRAGMA journal_mode=MEMORY");
    sql(db, make);
    for (int i = 0; i < PUPILS; i++) {
        put(db, insert, random_key ? 1 + randombytes_uniform(1u << 30) : 0);
    }
    sqlite3_close(db);
}

static void lesson(const char *how, const struct sample_kiosk *kiosk) {
    char path[256];
    snprintf(path, sizeof path, "%s/sessions", kiosk->state_folder);
    check_fault(folder_create(path), FAULT_NONE);
    snprintf(path, sizeof path, "%s/sessions/00.box", kiosk->state_folder);
    if (strcmp(how, "kiosk") == 0) {
        by_the_kiosk(kiosk);
    } else if (strcmp(how, "turn") == 0) {
        by_slots_in_turn(path);
    } else if (strcmp(how, "files") == 0) {
        in_files(kiosk->state_folder);
    } else if (strcmp(how, "delete") == 0) {
        in_a_pool(path, "PRAGMA journal_mode=DELETE");
    } else if (strcmp(how, "persist") == 0) {
        in_a_pool(path, "PRAGMA journal_mode=PERSIST");
    } else if (strcmp(how, "wal") == 0) {
        in_a_pool(path, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0");
    } else if (strcmp(how, "rows") == 0) {
        in_a_table(path, "CREATE TABLE slot (record BLOB)", "INSERT INTO slot VALUES (?)", false);
    } else if (strcmp(how, "keys") == 0) {
        in_a_table(path, "CREATE TABLE slot (record BLOB, id INTEGER PRIMARY KEY) WITHOUT ROWID",
                   "INSERT INTO slot VALUES (?, ?)", true);
    } else {
        fail_msg("lessons: %s?", how);
    }
}

/* In a process with a /tmp of its own, which is the disk. */
static void on_a_disk(const char *how, const char *folder, int number) {
    char command[512];
    char path[256];
    struct sample_kiosk kiosk;
    snprintf(command, sizeof command,
             "truncate -s 12M %s/%d.img && mkfs.ext4 -q -F -E lazy_itable_init=0 %s/%d.img && "
             "for i in 1 2 3 4 5; do mount -o loop,data=ordered %s/%d.img /tmp && exit 0; sleep 0.$i; done; "
             "exit 1",
             folder, number, folder, number, folder, number);
    snprintf(path, sizeof path, "%s/%d.truth", folder, number);
    truth = fopen(path, "we");
    assert_non_null(truth);
    assert_int_equal(unshare(CLONE_NEWNS) | mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c,concurrency-mt-unsafe): a test */
    sample_kiosk_new(&kiosk);
    lesson(how, &kiosk);
    assert_int_equal(fclose(truth), 0);
    kiosk.sample = sample_round_free(kiosk.sample);
    assert_int_equal(umount("/tmp"), 0);
}

int main(int argc, char **argv) {
    int number = argc == 4 ? atoi(argv[2]) : 0;
    if (number < 1 || sodium_init() < 0) {
        fprintf(stderr, "lessons HOW NUMBER FOLDER\n");
        return 2;
    }
    for (int i = 0; i < number; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            on_a_disk(argv[1], argv[3], i);
            _exit(0);
        }
        if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            return 1;
        }
    }
    return 0;
}
