/* SPDX-License-Identifier: Apache-2.0 */
#include "workspace.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/file.h"
#include "platform/folder.h"

enum { PATH_SIZE = 4096, SCHEMA_VERSION = 1, APPLICATION = 0x4B4C4257 /* "KLBW" */ };

struct workspace {
    sqlite3 *store;
    struct file_lock lock;
    const struct round *round;
    bool in_group; /* between workspace_begin and workspace_end */
    /* Made when first used; a bundle is found and put often. */
    sqlite3_stmt *find, *insert;
};

static enum fault store_fault(int code) {
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return FAULT_NONE;
    case SQLITE_NOMEM: return FAULT_MEMORY;
    case SQLITE_FULL: return FAULT_DISK_FULL;
    case SQLITE_READONLY: return FAULT_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAULT_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return FAULT_STORE_DAMAGED;
    default: return FAULT_STORE;
    }
}

static enum fault run(struct workspace *workspace, const char *statement) {
    return store_fault(sqlite3_exec(workspace->store, statement, NULL, NULL, NULL));
}

static enum fault path_in(char out[PATH_SIZE], const char *folder, const char *name) {
    int length = snprintf(out, PATH_SIZE, "%s/%s", folder, name);
    return length > 0 && length < PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

static enum fault prepare(sqlite3_stmt **out, struct workspace *workspace, const char *text) {
    return store_fault(sqlite3_prepare_v2(workspace->store, text, -1, out, NULL));
}

/* A statement that stays; `rest` gives back what it holds. */
static enum fault keep(sqlite3_stmt **statement, struct workspace *workspace, const char *text) {
    return *statement ? FAULT_NONE : prepare(statement, workspace, text);
}

static void rest(sqlite3_stmt *statement) {
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

static void bind(sqlite3_stmt *statement, int at, const void *data, size_t size) {
    /*
     * An empty blob, not NULL, when there are no bytes. A failure shows when the statement is stepped: the
     * column is NOT NULL.
     */
    (void)sqlite3_bind_blob64(statement, at, size ? data : "", size, SQLITE_STATIC);
}

/* A column's bytes; they last until the statement is stepped or finished. */
static struct bytes column(sqlite3_stmt *statement, int at) {
    const void *data = sqlite3_column_blob(statement, at);
    return (struct bytes){data, data ? (size_t)sqlite3_column_bytes(statement, at) : 0};
}

static enum fault finish(struct workspace *workspace, enum fault fault, const char *well) {
    enum fault end = FAULT_NONE;
    if (!fault) {
        end = run(workspace, well);
    }
    if (fault || end) {
        (void)sqlite3_exec(workspace->store, "ROLLBACK", NULL, NULL, NULL);
    }
    return fault ? fault : end;
}

static enum fault make_tables(struct workspace *workspace) {
    char text[1024];
    sqlite3_stmt *statement = NULL;
    (void)snprintf(
        text, sizeof text,
        "CREATE TABLE round (digest BLOB NOT NULL);"
        "CREATE TABLE bundle (digest BLOB PRIMARY KEY NOT NULL, intact BLOB NOT NULL, content BLOB NOT NULL);"
        "CREATE TABLE refused (digest BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL);"
        "PRAGMA application_id = %d; PRAGMA user_version = %d;",
        APPLICATION, SCHEMA_VERSION);
    enum fault fault = run(workspace, text);
    fault = fault ? fault : prepare(&statement, workspace, "INSERT INTO round VALUES (?1)");
    if (!fault) {
        bind(statement, 1, workspace->round->digest, DIGEST_BYTES);
        fault = store_fault(sqlite3_step(statement));
    }
    (void)sqlite3_finalize(statement);
    return fault;
}

static enum fault number_of(int *out, struct workspace *workspace, const char *text) {
    sqlite3_stmt *statement = NULL;
    enum fault fault = prepare(&statement, workspace, text);
    int code = fault ? SQLITE_ERROR : sqlite3_step(statement);
    fault = fault ? fault : store_fault(code);
    *out = code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    return fault;
}

static enum fault check_round(struct workspace *workspace) {
    sqlite3_stmt *statement = NULL;
    enum fault fault = prepare(&statement, workspace, "SELECT digest FROM round");
    if (!fault) {
        int code = sqlite3_step(statement);
        struct bytes digest = code == SQLITE_ROW ? column(statement, 0) : (struct bytes){0};
        fault = store_fault(code);
        if (!fault && digest.size != DIGEST_BYTES) {
            fault = FAULT_STORE_DAMAGED;
        }
        if (!fault && memcmp(digest.data, workspace->round->digest, DIGEST_BYTES) != 0) {
            fault = FAULT_ROUND_OTHER;
        }
    }
    (void)sqlite3_finalize(statement);
    return fault;
}

/* An empty database gets its tables in the same transaction that found it empty. */
static enum fault check_or_make(struct workspace *workspace) {
    int version = 0, application = 0, objects = 0;
    enum fault fault = run(workspace, "BEGIN IMMEDIATE");
    fault = fault ? fault : number_of(&version, workspace, "PRAGMA user_version");
    fault = fault ? fault : number_of(&application, workspace, "PRAGMA application_id");
    fault = fault ? fault : number_of(&objects, workspace, "SELECT count(*) FROM sqlite_schema");
    if (!fault && !version && !application && !objects) {
        fault = make_tables(workspace);
    } else if (!fault && application != APPLICATION) {
        fault = FAULT_MAGIC;
    } else if (!fault && version != SCHEMA_VERSION) {
        fault = FAULT_VERSION;
    }
    fault = fault ? fault : check_round(workspace);
    return finish(workspace, fault, "COMMIT");
}

static enum fault keep_round_file(const struct round *round, const char *folder) {
    char path[PATH_SIZE];
    struct bytes_buffer content = {0};
    enum fault fault = path_in(path, folder, "round.klr");
    if (!fault && !file_exists(path)) {
        fault = round_encode(&content, round);
        fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_PRIVATE);
    }
    bytes_buffer_release(&content);
    return fault;
}

static enum fault open_store(struct workspace *workspace, const char *folder) {
    char path[PATH_SIZE];
    enum fault fault = path_in(path, folder, "workspace.sqlite");
    if (!fault) {
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        fault = store_fault(sqlite3_open_v2(path, &workspace->store, flags, NULL));
    }
    /* A bundle only adds pages, so a rollback journal stays small and every page is written once. */
    fault =
        fault
            ? fault
            : run(workspace,
                  "PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE;"
                  "PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
    return fault ? fault : check_or_make(workspace);
}

enum fault workspace_open(struct workspace **out, const char *folder, const struct round *round) {
    char path[PATH_SIZE];
    struct workspace *workspace = calloc(1, sizeof *workspace);
    enum fault fault = workspace ? FAULT_NONE : FAULT_MEMORY;
    *out = NULL;
    if (fault) {
        return fault;
    }
    workspace->round = round;
    fault = folder_create(folder);
    fault = fault ? fault : path_in(path, folder, "workspace.lock");
    fault = fault ? fault : file_lock_take(&workspace->lock, path);
    fault = fault ? fault : open_store(workspace, folder);
    fault = fault ? fault : keep_round_file(round, folder);
    if (fault) {
        workspace = workspace_close(workspace);
    }
    *out = workspace;
    return fault;
}

struct workspace *workspace_close(struct workspace *workspace) {
    if (workspace) {
        (void)sqlite3_finalize(workspace->find);
        (void)sqlite3_finalize(workspace->insert);
        (void)sqlite3_close(workspace->store);
        file_lock_release(&workspace->lock);
        free(workspace);
    }
    return NULL;
}

/* One byte a record: 1 for intact. */
static uint32_t mark_intact(uint8_t *intact, const struct bundle *bundle) {
    uint32_t damaged = 0;
    for (uint32_t i = 0; i < bundle->header.count; i++) {
        struct bundle_record record;
        intact[i] = bundle_record_at(&record, bundle, i) == FAULT_NONE;
        damaged += !intact[i];
    }
    return damaged;
}

/*
 * What is put in the table: the content, a copy of it once something in it was healed, and which records are
 * intact.
 */
struct entry {
    struct bytes content;
    struct bytes_buffer healed;
    uint8_t *intact;
    uint32_t count;
    uint32_t damaged;
};

static void entry_release(struct entry *entry) {
    bytes_buffer_release(&entry->healed);
    free(entry->intact);
    *entry = (struct entry){0};
}

static enum fault entry_of(struct entry *out, const struct bundle *bundle, struct bytes content) {
    *out = (struct entry){.content = content, .count = bundle->header.count};
    out->intact = calloc((size_t)out->count + 1, 1);
    if (!out->intact) {
        return FAULT_MEMORY;
    }
    out->damaged = mark_intact(out->intact, bundle);
    return FAULT_NONE;
}

/* Takes a record over from the stored copy, in a copy of the content. */
static enum fault heal(struct entry *entry, const struct bundle *bundle, uint32_t at,
                       const struct bundle_record *record) {
    if (!entry->healed.size) {
        bytes_put(&entry->healed, entry->content.data, entry->content.size);
        if (entry->healed.fault) {
            return entry->healed.fault;
        }
        entry->content = bytes_buffer_view(&entry->healed);
    }
    size_t place = entry->content.size - (size_t)(entry->count - at) * bundle->record_size;
    memcpy(entry->healed.data + place, record->sealed1, bundle->record_size);
    entry->intact[at] = 1;
    entry->damaged--;
    return FAULT_NONE;
}

/*
 * Gives the entry what the stored copy has better. `better`: the entry is better than what was stored. A
 * stored copy that no longer decodes has nothing to give.
 */
static enum fault join(bool *better, struct entry *entry, const struct bundle *bundle,
                       struct bytes stored_content) {
    struct bundle stored;
    enum fault fault = FAULT_NONE;
    bool stored_well = bundle_decode(&stored, stored_content) == FAULT_NONE &&
                       memcmp(stored.digest, bundle->digest, DIGEST_BYTES) == 0;
    *better = !stored_well;
    for (uint32_t i = 0; stored_well && !fault && i < entry->count; i++) {
        struct bundle_record record;
        bool stored_intact = bundle_record_at(&record, &stored, i) == FAULT_NONE;
        *better = *better || (entry->intact[i] && !stored_intact);
        if (!entry->intact[i] && stored_intact) {
            fault = heal(entry, bundle, i, &record);
        }
    }
    return fault;
}

static const char insert_bundle[] = "INSERT OR REPLACE INTO bundle VALUES (?1, ?2, ?3)";
static const char find_bundle[] = "SELECT content FROM bundle WHERE digest = ?1";

static enum fault replace(struct workspace *workspace, const struct bundle *bundle,
                          const struct entry *entry) {
    enum fault fault = keep(&workspace->insert, workspace, insert_bundle);
    if (!fault) {
        bind(workspace->insert, 1, bundle->digest, DIGEST_BYTES);
        bind(workspace->insert, 2, entry->intact, entry->count);
        bind(workspace->insert, 3, entry->content.data, entry->content.size);
        fault = store_fault(sqlite3_step(workspace->insert));
        rest(workspace->insert);
    }
    return fault;
}

static enum fault put_in_transaction(struct workspace *workspace, enum workspace_outcome *outcome,
                                     const struct bundle *bundle, struct entry *entry) {
    bool write = true;
    enum fault fault = keep(&workspace->find, workspace, find_bundle);
    if (!fault) {
        bind(workspace->find, 1, bundle->digest, DIGEST_BYTES);
        int code = sqlite3_step(workspace->find);
        fault = store_fault(code);
        *outcome = WORKSPACE_NEW;
        if (code == SQLITE_ROW) {
            fault = join(&write, entry, bundle, column(workspace->find, 0));
            *outcome = write ? WORKSPACE_HEALED : WORKSPACE_KNOWN;
        }
        rest(workspace->find);
    }
    if (!fault && write) {
        fault = replace(workspace, bundle, entry);
    }
    return fault;
}

enum fault workspace_begin(struct workspace *workspace) {
    enum fault fault = run(workspace, "BEGIN IMMEDIATE");
    workspace->in_group = !fault;
    return fault;
}

enum fault workspace_end(struct workspace *workspace, enum fault fault) {
    workspace->in_group = false;
    return finish(workspace, fault, "COMMIT");
}

enum fault workspace_put(struct workspace *workspace, enum workspace_outcome *outcome, uint32_t *damaged,
                         const struct bundle *bundle, struct bytes content) {
    struct entry entry;
    enum fault fault = entry_of(&entry, bundle, content);
    if (fault) {
        return fault;
    }
    fault = workspace->in_group ? FAULT_NONE : run(workspace, "BEGIN IMMEDIATE");
    if (!fault) {
        fault = put_in_transaction(workspace, outcome, bundle, &entry);
        fault = workspace->in_group ? fault : finish(workspace, fault, "COMMIT");
    }
    *damaged = entry.damaged;
    entry_release(&entry);
    return fault;
}

enum fault workspace_set_aside(struct workspace *workspace, const char *name, struct bytes content,
                               enum fault reason) {
    sqlite3_stmt *statement = NULL;
    uint8_t digest[DIGEST_BYTES];
    /* Only tells two files in this table apart; it is never shown or compared with anything else. */
    (void)crypto_generichash(digest, sizeof digest, content.data, content.size, NULL, 0);
    enum fault fault = prepare(&statement, workspace, "INSERT OR IGNORE INTO refused VALUES (?1, ?2, ?3)");
    if (!fault) {
        bind(statement, 1, digest, sizeof digest);
        (void)sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(statement, 3, fault_name(reason), -1, SQLITE_STATIC);
        fault = store_fault(sqlite3_step(statement));
    }
    (void)sqlite3_finalize(statement);
    return fault;
}

enum fault workspace_content(struct bytes_buffer *out, struct workspace *workspace,
                             const uint8_t digest[DIGEST_BYTES]) {
    out->size = 0;
    enum fault fault = keep(&workspace->find, workspace, find_bundle);
    if (!fault) {
        bind(workspace->find, 1, digest, DIGEST_BYTES);
        int code = sqlite3_step(workspace->find);
        fault = store_fault(code);
        if (code == SQLITE_ROW) {
            struct bytes content = column(workspace->find, 0);
            bytes_put(out, content.data, content.size);
            fault = out->fault;
        } else if (!fault) {
            fault = FAULT_BATCH_INCOMPLETE;
        }
        rest(workspace->find);
    }
    return fault;
}

static int record_order(const void *left, const void *right) {
    const struct workspace_record *a = left, *b = right;
    int order = memcmp(a->id, b->id, SHARE_ID_BYTES);
    return order ? order : (a->bundle > b->bundle) - (a->bundle < b->bundle);
}

static enum fault add_records(struct workspace_inventory *out, const struct bundle *bundle,
                              struct bytes intact) {
    size_t needed = out->record_count + bundle->header.count + 1;
    if (intact.size != bundle->header.count) {
        return FAULT_STORE_DAMAGED;
    }
    struct workspace_record *more = realloc(out->record, needed * sizeof *more);
    if (!more) {
        return FAULT_MEMORY;
    }
    out->record = more;
    for (uint32_t i = 0; i < bundle->header.count; i++) {
        const uint8_t *entry = bundle->index.data + (size_t)i * BUNDLE_INDEX_ENTRY_BYTES;
        struct workspace_record *record = &out->record[out->record_count++];
        *record = (struct workspace_record){.bundle = out->bundle_count, .intact = intact.data[i] == 1};
        memcpy(record->id, entry, SHARE_ID_BYTES);
        memcpy(record->digest, entry + SHARE_ID_BYTES, DIGEST_BYTES);
    }
    return FAULT_NONE;
}

static enum fault add_bundle(struct workspace_inventory *out, struct bytes digest, struct bytes intact,
                             struct bytes content) {
    struct bundle bundle;
    struct workspace_bundle *more = realloc(out->bundle, ((size_t)out->bundle_count + 1) * sizeof *more);
    if (!more) {
        return FAULT_MEMORY;
    }
    out->bundle = more;
    if (bundle_decode(&bundle, content) || digest.size != DIGEST_BYTES ||
        memcmp(bundle.digest, digest.data, DIGEST_BYTES) != 0) {
        return FAULT_STORE_DAMAGED;
    }
    enum fault fault = add_records(out, &bundle, intact);
    if (!fault) {
        struct workspace_bundle *entry = &out->bundle[out->bundle_count++];
        entry->header = bundle.header;
        memcpy(entry->digest, bundle.digest, DIGEST_BYTES);
    }
    return fault;
}

static enum fault list_bundles(struct workspace_inventory *out, struct workspace *workspace) {
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_DONE;
    enum fault fault =
        prepare(&statement, workspace, "SELECT digest, intact, content FROM bundle ORDER BY digest");
    while (!fault && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        fault = add_bundle(out, column(statement, 0), column(statement, 1), column(statement, 2));
    }
    fault = fault ? fault : store_fault(code);
    (void)sqlite3_finalize(statement);
    return fault;
}

static enum fault list_refused(struct workspace_inventory *out, struct workspace *workspace) {
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_DONE;
    enum fault fault =
        prepare(&statement, workspace, "SELECT name, reason FROM refused ORDER BY name, digest");
    while (!fault && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct workspace_refused *more =
            realloc(out->refused, ((size_t)out->refused_count + 1) * sizeof *more);
        if (!more) {
            fault = FAULT_MEMORY;
            break;
        }
        out->refused = more;
        struct workspace_refused *refused = &out->refused[out->refused_count++];
        (void)snprintf(refused->name, sizeof refused->name, "%s",
                       (const char *)sqlite3_column_text(statement, 0));
        (void)snprintf(refused->reason, sizeof refused->reason, "%s",
                       (const char *)sqlite3_column_text(statement, 1));
    }
    fault = fault ? fault : store_fault(code);
    (void)sqlite3_finalize(statement);
    return fault;
}

enum fault workspace_list(struct workspace_inventory *out, struct workspace *workspace) {
    *out = (struct workspace_inventory){0};
    enum fault fault = list_bundles(out, workspace);
    fault = fault ? fault : list_refused(out, workspace);
    if (fault) {
        workspace_inventory_release(out);
    } else if (out->record_count) {
        qsort(out->record, out->record_count, sizeof *out->record, record_order);
    }
    return fault;
}

void workspace_inventory_release(struct workspace_inventory *inventory) {
    free(inventory->bundle);
    free(inventory->record);
    free(inventory->refused);
    *inventory = (struct workspace_inventory){0};
}
