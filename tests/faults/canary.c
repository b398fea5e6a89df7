/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/faults/canary.h"

#include "tests/check.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/contribution.h"
#include "platform/folder.h"
#include "tests/sample_questionnaire.h"

const char *const canary_names[CANARIES] = {"choices",      "measurement", "seed",
                                            "second share", "mask seed",   "planted bytes"};

enum { WINDOW = 1 << 20 };

struct mark {
    uint8_t masked[CANARY_LONGEST];
    size_t size;
    int while_needed;
};
static struct mark *marks; /* shared with children */
static uint8_t mask[64];
static uint8_t *window; /* what is read of memory; a mapping of its own, left out of the search */
static struct {
    void (*call)(void *context);
    void *context;
} at_seal;

bool canary_begin(void) {
    void *shared =
        mmap(NULL, CANARIES * sizeof *marks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    void *own = mmap(NULL, WINDOW, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (sodium_init() < 0 || shared == MAP_FAILED || own == MAP_FAILED) {
        return false;
    }
    marks = shared;
    window = own;
    randombytes_buf(mask, sizeof mask);
    return true;
}

void canary_take(enum canary_which which, const void *bytes, size_t size) {
    struct mark *mark = &marks[which];
    mark->size = size < CANARY_LONGEST ? size : CANARY_LONGEST;
    for (size_t i = 0; i < mark->size; i++) {
        mark->masked[i] = (uint8_t)(((const uint8_t *)bytes)[i] ^ mask[i % sizeof mask]);
    }
    mark->while_needed = canary_in_memory(which);
}

size_t canary_size(enum canary_which which) {
    return marks[which].size;
}

int canary_while_needed(enum canary_which which) {
    return marks[which].while_needed;
}

static uint8_t bare(const struct mark *mark, size_t at) {
    return mark->masked[at] ^ mask[at % sizeof mask];
}

static bool is_at(const struct mark *mark, const uint8_t *bytes) {
    size_t same = 0;
    while (same < mark->size && bytes[same] == bare(mark, same)) {
        same++;
    }
    return same == mark->size;
}

/* Most of a disk is empty: looked for is the first byte that is not zero, and at each of those the whole. */
static int occurrences(const struct mark *mark, const uint8_t *bytes, size_t size) {
    int found = 0;
    size_t first = 0;
    while (first < mark->size && bare(mark, first) == 0) {
        first++;
    }
    if (first == mark->size || size < mark->size) {
        return 0;
    }
    const uint8_t *at = bytes + first;
    const uint8_t *end = bytes + size - mark->size + first + 1; /* behind the last place where it may be */
    while (at < end && (at = memchr(at, bare(mark, first), (size_t)(end - at))) != NULL) {
        found += is_at(mark, at - first);
        at++;
    }
    return found;
}

/* A mapping is read in windows that overlap by the longest secret; what cannot be read is a guard page. */
static int search_mapping(const struct mark *mark, int memory, uint64_t from, uint64_t to) {
    int found = 0;
    while (from < to) {
        size_t wanted = to - from < WINDOW ? (size_t)(to - from) : WINDOW;
        ssize_t got = pread(memory, window, wanted, (off_t)from);
        if (got <= 0) {
            return found;
        }
        found += occurrences(mark, window, (size_t)got);
        from += (uint64_t)got > CANARY_LONGEST && from + (uint64_t)got < to ? (uint64_t)got - mark->size + 1
                                                                            : (uint64_t)got;
    }
    return found;
}

int canary_in_memory(enum canary_which which) {
    char line[512];
    int found = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    assert_true(maps != NULL && memory >= 0);
    while (fgets(line, sizeof line, maps)) {
        unsigned long from = 0;
        unsigned long to = 0;
        char rights[5] = "";
        assert_int_equal(sscanf(line, "%lx-%lx %4s", &from, &to, rights), 3);
        bool own_window = (uintptr_t)window >= from && (uintptr_t)window < to;
        if (rights[0] == 'r' && !own_window && !strstr(line, "[v")) {
            found += search_mapping(&marks[which], memory, from, to);
        }
    }
    (void)fclose(maps);
    (void)close(memory);
    sodium_memzero(window, WINDOW);
    return found;
}

/* Past the page cache where that can be: what lies on a device is asked, and not what was once read of it. */
int canary_in_file(enum canary_which which, const char *path) {
    int found = 0;
    ssize_t got = 0;
    int file = open(path, O_RDONLY);
    assert_true(file >= 0);
    (void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    for (off_t at = 0; (got = pread(file, window, WINDOW, at)) > 0;) {
        bool last = got < WINDOW;
        found += occurrences(&marks[which], window, (size_t)got);
        /* The windows overlap by less than one secret, so that none is counted twice or missed. */
        at += last || marks[which].size == 0 ? got : got - (off_t)marks[which].size + 1;
    }
    (void)close(file);
    sodium_memzero(window, WINDOW);
    return found;
}

int canary_in_folder(enum canary_which which, const char *folder) {
    struct folder_names names = {0};
    char path[512];
    int found = 0;
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        assert_int_equal(stat(path, &about), 0);
        found += S_ISDIR(about.st_mode) ? canary_in_folder(which, path) : canary_in_file(which, path);
    }
    folder_names_release(&names);
    return found;
}

enum fault __real_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement);
enum fault __wrap_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement);
enum fault __wrap_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement) {
    canary_take(CANARY_MEASUREMENT, measurement, context->share.counter_count * sizeof *measurement);
    return __real_contribution_make_in(out, arena, context, measurement);
}

int __real_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key);
int __wrap_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key);
int __wrap_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key) {
    /* The sample's questionnaire has a breakdown, so each part ends with a tail. */
    size_t head = CONTRIBUTION_HEAD_BYTES, tail2 = (size_t)size - CONTRIBUTION_TAIL2_BYTES;
    if (size == head + SHARE_SEED_BYTES + CONTRIBUTION_TAIL1_BYTES) {
        canary_take(CANARY_SEED, m + head, SHARE_SEED_BYTES);
    } else {
        canary_take(CANARY_SHARE, m + head, tail2 - head);
        canary_take(CANARY_MASK, m + tail2, COMMITMENT_SEED_BYTES);
        if (at_seal.call) {
            at_seal.call(at_seal.context);
        }
    }
    return __real_crypto_box_seal(c, m, size, key);
}

void canary_set_up(struct canary_kiosk *out) {
    char path[KIOSK_STATE_PATH_SIZE];
    *out = (struct canary_kiosk){0};
    sample_kiosk_new(&out->kiosk);
    out->state = sample_kiosk_open(&out->kiosk);
    struct session_setup setup = {.round = out->state->round,
                                  .layout = &out->state->layout,
                                  .kiosk_key = out->state->public_key,
                                  .allow_cow = true};
    check_fault(kiosk_state_new_box(path, out->state), FAULT_NONE);
    check_fault(session_open(&out->session, &setup, path, 1, 4, 0), FAULT_NONE);
}

void canary_tear_down(struct canary_kiosk *kiosk) {
    kiosk->session = session_free(kiosk->session);
    kiosk->state = kiosk_state_close(kiosk->state);
    sample_kiosk_release(&kiosk->kiosk);
}

/* Whatever pages there are on the way: choose where something can be chosen, and go on. */
static void answer_everything(struct session *session) {
    static const enum flow_event events[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_CHOOSE,
                                             FLOW_NEXT};
    for (int turn = 0; turn < 200 && session_flow(session)->state != FLOW_CHECK; turn++) {
        for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
            (void)session_hear(session, events[i], events[i] == FLOW_CHOOSE ? (uint16_t)(turn % 3) : 0, 0);
        }
    }
    assert_int_equal(session_flow(session)->state, FLOW_CHECK);
}

void canary_send(struct canary_kiosk *kiosk, void (*call)(void *context), void *context) {
    answer_everything(kiosk->session);
    const struct answers *answers = session_flow(kiosk->session)->answers;
    canary_take(CANARY_CHOICES, answers->chosen, SAMPLE_ITEMS * sizeof answers->chosen[0]);
    at_seal.call = call;
    at_seal.context = context;
    assert_true(session_hear(kiosk->session, FLOW_SEND, 0, 0));
    assert_true(session_work(kiosk->session, 0));
    at_seal.call = NULL;
    assert_int_equal(session_flow(kiosk->session)->state, FLOW_THANKS);
}
