/* SPDX-License-Identifier: Apache-2.0 */
#include "ballot_box.h"

#include "ballot_box_file.h"
#include "platform/file.h"
#include "platform/volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum slot_state { SLOT_FREE, SLOT_USED, SLOT_DAMAGED };

struct ballot_box {
    char *path;
    struct sqlite3 *db;
    struct ballot_box_head head;
    struct ballot_box_chance chance;
    size_t record_bytes;
    uint8_t *record; /* room for one */
    uint8_t *slot;   /* enum slot_state; slot id - 1 */
    uint32_t free_slots;
    uint32_t taken_slots; /* used and damaged */
    uint16_t more_flags;
    bool faulty;
};

static uint32_t pick_by_sodium(void *context, uint32_t bound) {
    (void)context;
    return randombytes_uniform(bound);
}

static void fill_by_sodium(void *context, void *out, size_t size) {
    (void)context;
    randombytes_buf(out, size);
}

static const struct ballot_box_chance sodium_chance = {pick_by_sodium, fill_by_sodium, NULL};

static enum fault check_volume(const char *path, bool allow_cow) {
    enum volume_kind kind = VOLUME_UNKNOWN;
    enum fault fault = volume_kind_of(&kind, path);
    return fault || allow_cow || kind == VOLUME_IN_PLACE ? fault : FAULT_STORE_VOLUME;
}

static size_t record_bytes_of(const struct ballot_box_head *head) {
    return contribution_bytes(head->counter_count, (head->flags & BUNDLE_FLAG_COMMITTED) != 0) +
           BALLOT_BOX_DIGEST_BYTES;
}

static char *journal_path(const char *path) {
    size_t size = strlen(path) + sizeof "-journal";
    char *journal = malloc(size);
    if (journal) {
        snprintf(journal, size, "%s-journal", path);
    }
    return journal;
}

/* Overwritten in place before it goes: its pre-images would tell which slot came last. */
static enum fault destroy_journal(const char *path) {
    char *journal = journal_path(path);
    enum fault fault = journal ? FAULT_NONE : FAULT_MEMORY;
    if (!fault && file_exists(journal)) {
        fault = file_destroy(journal);
    }
    free(journal);
    return fault;
}

static enum fault scan_slots(struct ballot_box *box) {
    box->free_slots = 0;
    box->taken_slots = 0;
    for (uint16_t id = 1; id <= box->head.slots; id++) {
        bool used = false;
        enum fault fault = ballot_box_file_read_slot(&used, NULL, box->record_bytes, box->db, id);
        if (fault && fault != FAULT_RECORD_DAMAGED) {
            return fault;
        }
        enum slot_state state = fault ? SLOT_DAMAGED : used ? SLOT_USED : SLOT_FREE;
        box->slot[id - 1] = (uint8_t)state;
        box->free_slots += state == SLOT_FREE;
        box->taken_slots += state != SLOT_FREE;
    }
    return FAULT_NONE;
}

uint16_t ballot_box_choose(const struct ballot_box *box) {
    if (box->free_slots == 0) {
        return 0;
    }
    uint32_t ahead = box->chance.pick(box->chance.context, box->free_slots);
    for (uint16_t i = 0; i < box->head.slots; i++) {
        if (box->slot[i] == SLOT_FREE && ahead-- == 0) {
            return (uint16_t)(i + 1);
        }
    }
    return 0;
}

/* A real change as large as a contribution: the journal has its full size before the disk can fill up. */
static enum fault reserve_journal(struct ballot_box *box) {
    uint16_t id = ballot_box_choose(box);
    if (id == 0) {
        return FAULT_NONE;
    }
    box->chance.fill(box->chance.context, box->record, box->record_bytes);
    return ballot_box_file_write_slot(box->db, id, false, box->record, box->record_bytes);
}

static enum fault make_room(struct ballot_box *box) {
    free(box->slot);
    free(box->record);
    box->record_bytes = record_bytes_of(&box->head);
    box->slot = calloc(box->head.slots, 1);
    box->record = calloc(1, box->record_bytes);
    return box->slot && box->record ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault connect(struct ballot_box *box) {
    uint8_t head[BALLOT_BOX_HEAD_BYTES];
    enum fault fault = ballot_box_file_connect(&box->db, box->path);
    if (!fault) {
        fault = ballot_box_file_read_head(head, box->db);
    }
    if (!fault) {
        fault = ballot_box_head_decode(&box->head, head);
    }
    if (!fault) {
        fault = make_room(box);
    }
    return fault ? fault : scan_slots(box);
}

/* After the head says CLOSED: nothing that is left beside the slots may tell anything. */
static enum fault finish_closing(struct ballot_box *box) {
    box->db = ballot_box_file_disconnect(box->db);
    enum fault fault = destroy_journal(box->path);
    if (!fault) {
        fault = volume_forget_times(box->path);
    }
    return fault;
}

static enum fault make_file(const char *path, const struct ballot_box_head *head, bool allow_cow,
                            const struct ballot_box_chance *chance) {
    uint8_t bytes[BALLOT_BOX_HEAD_BYTES];
    enum fault fault = file_write_new(path, (struct bytes){0}, FILE_PRIVATE);
    if (fault) {
        return fault;
    }
    fault = check_volume(path, allow_cow);
    if (!fault) {
        ballot_box_head_encode(bytes, head);
        fault = ballot_box_file_fill(path, bytes, head->slots, record_bytes_of(head), chance);
    }
    return fault;
}

static void remove_file(const char *path) {
    char *journal = journal_path(path);
    /* What stays is recognised as unfinished, or as a session without a pupil. */
    bool removed = journal && !file_remove(journal);
    removed = !file_remove(path) && removed;
    (void)removed;
    free(journal);
}

enum fault ballot_box_create(struct ballot_box **out, const char *path, const struct ballot_box_head *head,
                             bool allow_cow, const struct ballot_box_chance *chance) {
    *out = NULL;
    enum fault fault = ballot_box_head_check(head);
    if (fault || head->state != BALLOT_BOX_OPEN) {
        return fault ? fault : FAULT_MISUSE;
    }
    if (file_exists(path)) {
        return FAULT_FILE_EXISTS;
    }
    fault = make_file(path, head, allow_cow, chance ? chance : &sodium_chance);
    if (!fault) {
        fault = ballot_box_open(out, path, allow_cow, chance);
    }
    if (fault) {
        remove_file(path);
    }
    return fault;
}

enum fault ballot_box_open(struct ballot_box **out, const char *path, bool allow_cow,
                           const struct ballot_box_chance *chance) {
    struct ballot_box *box = calloc(1, sizeof *box);
    enum fault fault = box && file_exists(path) ? FAULT_NONE : box ? FAULT_FILE_MISSING : FAULT_MEMORY;
    *out = NULL;
    if (!fault) {
        box->chance = chance ? *chance : sodium_chance;
        box->path = malloc(strlen(path) + 1);
        fault = box->path ? FAULT_NONE : FAULT_MEMORY;
    }
    if (!fault) {
        memcpy(box->path, path, strlen(path) + 1);
        fault = connect(box);
    }
    if (!fault && box->head.state == BALLOT_BOX_CLOSED) {
        fault = finish_closing(box);
        fault = fault ? fault : connect(box);
    } else if (!fault) {
        fault = check_volume(path, allow_cow);
        fault = fault ? fault : reserve_journal(box);
    }
    if (fault) {
        ballot_box_free(box);
        return fault;
    }
    *out = box;
    return FAULT_NONE;
}

struct ballot_box *ballot_box_free(struct ballot_box *box) {
    if (!box) {
        return NULL;
    }
    bool is_closed = box->db && box->head.state == BALLOT_BOX_CLOSED;
    ballot_box_file_disconnect(box->db);
    if (is_closed) {
        enum fault ignored =
            volume_forget_times(box->path); /* of this reading; done again when it is next opened */
        (void)ignored;
    }
    free(box->path);
    free(box->slot);
    free(box->record);
    free(box);
    return NULL;
}

const struct ballot_box_head *ballot_box_head(const struct ballot_box *box) {
    return &box->head;
}

uint32_t ballot_box_count(const struct ballot_box *box) {
    return box->taken_slots;
}

bool ballot_box_is_faulty(const struct ballot_box *box) {
    return box->faulty;
}

static void fill_record(struct ballot_box *box, const uint8_t *contribution) {
    size_t size = box->record_bytes - BALLOT_BOX_DIGEST_BYTES;
    struct bytes sealed = {contribution + SHARE_ID_BYTES, size - SHARE_ID_BYTES};
    memcpy(box->record, contribution, size);
    contribution_digest(box->record + size, contribution, sealed);
}

enum fault ballot_box_put(struct ballot_box *box, const uint8_t *contribution) {
    if (box->head.state != BALLOT_BOX_OPEN) {
        return FAULT_ALREADY_CLOSED;
    }
    if (box->faulty) {
        return FAULT_STORE;
    }
    uint16_t id = box->taken_slots < box->head.limit ? ballot_box_choose(box) : 0;
    if (id == 0) {
        return FAULT_STORE_FULL;
    }
    fill_record(box, contribution);
    enum fault fault = ballot_box_file_write_slot(box->db, id, true, box->record, box->record_bytes);
    if (fault) {
        /* A later fsync may succeed although the page was dropped: after one error nothing is certain. */
        box->faulty = true;
        return fault;
    }
    box->slot[id - 1] = SLOT_USED;
    box->free_slots--;
    box->taken_slots++;
    return FAULT_NONE;
}

enum fault ballot_box_raise_limit(struct ballot_box *box, uint16_t limit) {
    uint8_t bytes[BALLOT_BOX_HEAD_BYTES];
    struct ballot_box_head head = box->head;
    if (head.state != BALLOT_BOX_OPEN) {
        return FAULT_ALREADY_CLOSED;
    }
    if (box->faulty) {
        return FAULT_STORE;
    }
    if (limit <= head.limit || limit > head.slots) {
        return FAULT_LIMIT;
    }
    head.limit = limit;
    ballot_box_head_encode(bytes, &head);
    enum fault fault = ballot_box_file_write_head(box->db, bytes);
    box->faulty = fault != FAULT_NONE;
    if (!fault) {
        box->head = head;
    }
    return fault;
}

/* Opens the file anew, so that what an error left half done is rolled back from the journal. */
static enum fault recover(struct ballot_box *box) {
    box->db = ballot_box_file_disconnect(box->db);
    return connect(box);
}

static enum fault write_closed_head(struct ballot_box *box, uint16_t present,
                                    const uint16_t absent[BUNDLE_ABSENCES]) {
    uint8_t bytes[BALLOT_BOX_HEAD_BYTES];
    struct ballot_box_head head = box->head;
    head.state = BALLOT_BOX_CLOSED;
    head.present = present;
    head.flags |= box->more_flags;
    memcpy(head.absent, absent, sizeof head.absent);
    randombytes_buf(head.bundle_id, BUNDLE_ID_BYTES);
    ballot_box_head_encode(bytes, &head);
    return ballot_box_file_write_head(box->db, bytes);
}

void ballot_box_add_flags(struct ballot_box *box, uint16_t flags) {
    box->more_flags |= flags;
}

/* After an error it may be asked again: opening the file anew shows how far the closing came. */
enum fault ballot_box_close(struct ballot_box *box, uint16_t present,
                            const uint16_t absent[BUNDLE_ABSENCES]) {
    if (box->head.state != BALLOT_BOX_OPEN && !box->faulty) {
        return FAULT_ALREADY_CLOSED;
    }
    enum fault fault = box->faulty ? recover(box) : FAULT_NONE;
    if (!fault && box->head.state == BALLOT_BOX_OPEN) {
        fault = write_closed_head(box, present, absent);
    }
    if (!fault) {
        fault = finish_closing(box);
    }
    if (!fault) {
        fault = connect(box);
    }
    box->faulty = fault != FAULT_NONE;
    return fault;
}

static bool is_sound(const struct ballot_box *box) {
    size_t size = box->record_bytes - BALLOT_BOX_DIGEST_BYTES;
    uint8_t digest[DIGEST_BYTES];
    struct bytes sealed = {box->record + SHARE_ID_BYTES, size - SHARE_ID_BYTES};
    contribution_digest(digest, box->record, sealed);
    return memcmp(digest, box->record + size, DIGEST_BYTES) == 0;
}

enum fault ballot_box_read(struct bytes_buffer *out, uint32_t *count, uint32_t *damaged,
                           struct ballot_box *box) {
    *count = 0;
    *damaged = 0;
    for (uint16_t id = 1; id <= box->head.slots; id++) {
        bool used = false;
        enum fault fault = ballot_box_file_read_slot(&used, box->record, box->record_bytes, box->db, id);
        if (fault == FAULT_MEMORY) {
            return fault;
        }
        if (fault || (used && !is_sound(box))) {
            *damaged += 1;
        } else if (used) {
            *count += 1;
            bytes_put(out, box->record, box->record_bytes - BALLOT_BOX_DIGEST_BYTES);
        }
    }
    return out->fault;
}
