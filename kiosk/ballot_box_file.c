/* SPDX-License-Identifier: Apache-2.0 */
#include "ballot_box_file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define HEAD_TABLE "CREATE TABLE head (id INTEGER PRIMARY KEY, content BLOB NOT NULL)"
#define SLOT_TABLE "CREATE TABLE slot (id INTEGER PRIMARY KEY, used INTEGER NOT NULL, record BLOB NOT NULL)"
#define APPLICATION_ID "1263288920" /* "KLBX" */

static enum fault fault_of(int result) {
    switch (result & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return FAULT_NONE;
    case SQLITE_NOTADB: return FAULT_MAGIC;
    case SQLITE_CORRUPT: return FAULT_STORE_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAULT_BUSY;
    case SQLITE_FULL: return FAULT_DISK_FULL;
    case SQLITE_READONLY: return FAULT_READ_ONLY;
    case SQLITE_NOMEM: return FAULT_MEMORY;
    default: return FAULT_STORE;
    }
}

static enum fault run(sqlite3 *db, const char *sql) {
    return fault_of(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

/* The settings of a connection, each with what it says when asked. */
static const struct setting {
    const char *set;
    const char *ask;
    const char *answer;
} settings[] = {
    {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode", "exclusive"},
    {"PRAGMA page_size = 4096", "PRAGMA page_size", "4096"},
    {"PRAGMA auto_vacuum = NONE", "PRAGMA auto_vacuum", "0"},
    {"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0"},
    {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
    {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
    {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
    {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
    {"PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3"},
    {"PRAGMA journal_mode = PERSIST", "PRAGMA journal_mode", "persist"},
    /* A journal that is cut back would leave its pre-images in free blocks. */
    {"PRAGMA journal_size_limit = -1", "PRAGMA journal_size_limit", "-1"},
};

static enum fault ask_text(char *out, size_t capacity, sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    out[0] = '\0';
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
    }
    if (result == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        snprintf(out, capacity, "%s", text ? text : "");
    }
    sqlite3_finalize(statement);
    return fault_of(result);
}

static enum fault apply_settings(sqlite3 *db) {
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < sizeof settings / sizeof settings[0] && !fault; i++) {
        fault = run(db, settings[i].set);
    }
    return fault;
}

static enum fault verify_settings(sqlite3 *db) {
    char answer[64];
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < sizeof settings / sizeof settings[0] && !fault; i++) {
        fault = ask_text(answer, sizeof answer, db, settings[i].ask);
        if (!fault && strcmp(answer, settings[i].answer) != 0) {
            fault = FAULT_STORE;
        }
    }
    return fault;
}

static enum fault open_file(sqlite3 **out, const char *path) {
    enum fault fault = fault_of(sqlite3_open_v2(path, out, SQLITE_OPEN_READWRITE, NULL));
    if (!fault) {
        sqlite3_extended_result_codes(*out, 1);
        fault = apply_settings(*out);
    }
    return fault;
}

static enum fault put_statement(sqlite3_stmt *statement) {
    int result = sqlite3_step(statement);
    int again = sqlite3_reset(statement);
    return fault_of(result == SQLITE_DONE ? again : result);
}

static enum fault insert_slots(sqlite3 *db, uint16_t slots, size_t record_bytes,
                               const struct ballot_box_chance *chance) {
    sqlite3_stmt *insert = NULL;
    uint8_t *record = sqlite3_malloc64(record_bytes);
    enum fault fault = record ? FAULT_NONE : FAULT_MEMORY;
    if (!fault) {
        fault = fault_of(sqlite3_prepare_v2(db, "INSERT INTO slot VALUES (?, 0, ?)", -1, &insert, NULL));
    }
    for (uint32_t id = 1; id <= slots && !fault; id++) {
        chance->fill(chance->context, record, record_bytes);
        sqlite3_bind_int64(insert, 1, id);
        sqlite3_bind_blob64(insert, 2, record, record_bytes, SQLITE_STATIC);
        fault = put_statement(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_free(record);
    return fault;
}

static enum fault bind_head(sqlite3 *db, const char *sql, const uint8_t head[BALLOT_BOX_HEAD_BYTES]) {
    sqlite3_stmt *statement = NULL;
    enum fault fault = fault_of(sqlite3_prepare_v2(db, sql, -1, &statement, NULL));
    if (!fault) {
        sqlite3_bind_blob(statement, 1, head, BALLOT_BOX_HEAD_BYTES, SQLITE_STATIC);
        fault = put_statement(statement);
    }
    sqlite3_finalize(statement);
    return fault;
}

enum fault ballot_box_file_fill(const char *path, const uint8_t head[BALLOT_BOX_HEAD_BYTES], uint16_t slots,
                                size_t record_bytes, const struct ballot_box_chance *chance) {
    sqlite3 *db = NULL;
    enum fault fault = open_file(&db, path);
    if (!fault) {
        fault = run(db, "BEGIN EXCLUSIVE;"
                        "PRAGMA application_id = " APPLICATION_ID ";"
                        "PRAGMA user_version = 1;" HEAD_TABLE ";" SLOT_TABLE);
    }
    if (!fault) {
        fault = bind_head(db, "INSERT INTO head VALUES (1, ?)", head);
    }
    if (!fault) {
        fault = insert_slots(db, slots, record_bytes, chance);
    }
    if (!fault) {
        fault = run(db, "COMMIT");
    }
    ballot_box_file_disconnect(db);
    return fault;
}

static enum fault expect(sqlite3 *db, const char *question, const char *answer, enum fault otherwise) {
    char text[256];
    enum fault fault = ask_text(text, sizeof text, db, question);
    return fault ? fault : strcmp(text, answer) != 0 ? otherwise : FAULT_NONE;
}

static enum fault identify(sqlite3 *db) {
    char pages[32];
    enum fault fault = ask_text(pages, sizeof pages, db, "PRAGMA page_count");
    if (!fault && strcmp(pages, "0") == 0) {
        return FAULT_TRUNCATED;
    }
    if (!fault) {
        fault = expect(db, "PRAGMA application_id", APPLICATION_ID, FAULT_MAGIC);
    }
    if (!fault) {
        fault = expect(db, "PRAGMA user_version", "1", FAULT_VERSION);
    }
    if (!fault) {
        fault = expect(db, "SELECT count(*) FROM sqlite_master", "2", FAULT_STORE_DAMAGED);
    }
    if (!fault) {
        fault =
            expect(db, "SELECT sql FROM sqlite_master WHERE name = 'head'", HEAD_TABLE, FAULT_STORE_DAMAGED);
    }
    if (!fault) {
        fault =
            expect(db, "SELECT sql FROM sqlite_master WHERE name = 'slot'", SLOT_TABLE, FAULT_STORE_DAMAGED);
    }
    return fault;
}

enum fault ballot_box_file_connect(struct sqlite3 **out, const char *path) {
    enum fault fault = open_file(out, path);
    if (!fault) {
        fault = identify(*out);
    }
    if (!fault) {
        fault = run(*out, "BEGIN EXCLUSIVE; COMMIT"); /* EXCLUSIVE locking keeps the lock from here on */
    }
    if (!fault) {
        fault = verify_settings(*out);
    }
    if (fault) {
        *out = ballot_box_file_disconnect(*out);
    }
    return fault;
}

struct sqlite3 *ballot_box_file_disconnect(struct sqlite3 *db) {
    sqlite3_close(db);
    return NULL;
}

enum fault ballot_box_file_read_head(uint8_t head[BALLOT_BOX_HEAD_BYTES], struct sqlite3 *db) {
    sqlite3_stmt *select = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT content FROM head WHERE id = 1", -1, &select, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_step(select);
    }
    enum fault fault = result == SQLITE_DONE ? FAULT_STORE_DAMAGED : fault_of(result);
    if (!fault && sqlite3_column_bytes(select, 0) != BALLOT_BOX_HEAD_BYTES) {
        fault = FAULT_STORE_DAMAGED;
    }
    if (!fault) {
        memcpy(head, sqlite3_column_blob(select, 0), BALLOT_BOX_HEAD_BYTES);
    }
    sqlite3_finalize(select);
    return fault;
}

enum fault ballot_box_file_write_head(struct sqlite3 *db, const uint8_t head[BALLOT_BOX_HEAD_BYTES]) {
    return bind_head(db, "UPDATE head SET content = ? WHERE id = 1", head);
}

static enum fault take_slot(bool *used, uint8_t *record, size_t record_bytes, sqlite3_stmt *select) {
    int64_t flag = sqlite3_column_int64(select, 0);
    bool as_it_should_be = sqlite3_column_type(select, 0) == SQLITE_INTEGER && (flag == 0 || flag == 1) &&
                           sqlite3_column_type(select, 1) == SQLITE_BLOB &&
                           (size_t)sqlite3_column_bytes(select, 1) == record_bytes;
    if (!as_it_should_be) {
        return FAULT_RECORD_DAMAGED;
    }
    const void *content = sqlite3_column_blob(select, 1);
    if (!content) {
        return FAULT_RECORD_DAMAGED; /* an overflow page that cannot be read, or no memory for it */
    }
    *used = flag == 1;
    if (record) {
        memcpy(record, content, record_bytes);
    }
    return FAULT_NONE;
}

enum fault ballot_box_file_read_slot(bool *used, uint8_t *record, size_t record_bytes, struct sqlite3 *db,
                                     uint16_t id) {
    sqlite3_stmt *select = NULL;
    enum fault fault = FAULT_NONE;
    int result = sqlite3_prepare_v2(db, "SELECT used, record FROM slot WHERE id = ?", -1, &select, NULL);
    if (result == SQLITE_OK) {
        sqlite3_bind_int(select, 1, id);
        result = sqlite3_step(select);
    }
    if (result == SQLITE_ROW) {
        fault = take_slot(used, record, record_bytes, select);
    } else {
        fault = (result & 0xFF) == SQLITE_NOMEM ? FAULT_MEMORY : FAULT_RECORD_DAMAGED;
    }
    sqlite3_finalize(select);
    return fault;
}

enum fault ballot_box_file_write_slot(struct sqlite3 *db, uint16_t id, bool used, const uint8_t *record,
                                      size_t record_bytes) {
    static const char sql[] = "UPDATE slot SET used = ?, record = ? WHERE id = ? AND used = 0";
    sqlite3_stmt *update = NULL;
    enum fault fault = fault_of(sqlite3_prepare_v2(db, sql, -1, &update, NULL));
    if (!fault) {
        sqlite3_bind_int(update, 1, used ? 1 : 0);
        sqlite3_bind_blob64(update, 2, record, record_bytes, SQLITE_STATIC);
        sqlite3_bind_int(update, 3, id);
        fault = put_statement(update);
    }
    if (!fault && sqlite3_changes(db) != 1) {
        fault = FAULT_STORE;
    }
    sqlite3_finalize(update);
    return fault;
}
