/* SPDX-License-Identifier: Apache-2.0 */
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
#include "kiosk/session.h"
#include "platform/folder.h"
#include "tests/sample_kiosk.h"
#include "tests/sample_questionnaire.h"

/*
 * Where one pupil's secrets lie: the whole memory of this process, and every file of the kiosk, is searched for the
 * choices, the measurement, the seed and the second share while they have to be somewhere, and again when the
 * pupil is thanked. What is searched for is kept masked, so that the search does not find itself.
 */

enum { SECRETS = 4, LONGEST = 2048, WINDOW = 1 << 20 };
enum which { CHOICES, MEASUREMENT, SEED, SHARE };

struct secret_mark {
    uint8_t masked[LONGEST];
    size_t size;
    int while_needed, afterwards;
};
static struct secret_mark marks[SECRETS];
static uint8_t mask[64];
static uint8_t *window; /* what is read of memory; a mapping of its own, left out of the search */

static void take(enum which which, const void *bytes, size_t size) {
    struct secret_mark *mark = &marks[which];
    mark->size = size < LONGEST ? size : LONGEST;
    for (size_t i = 0; i < mark->size; i++) {
        mark->masked[i] = (uint8_t)(((const uint8_t *)bytes)[i] ^ mask[i % sizeof mask]);
    }
}

static int occurrences(const struct secret_mark *mark, const uint8_t *bytes, size_t size) {
    int found = 0;
    for (size_t at = 0; mark->size && at + mark->size <= size; at++) {
        size_t same = 0;
        while (same < mark->size && (bytes[at + same] ^ mask[same % sizeof mask]) == mark->masked[same]) {
            same++;
        }
        found += same == mark->size;
    }
    return found;
}

/* A mapping is read in windows that overlap by the longest secret; what cannot be read is a guard page. */
static int search_mapping(const struct secret_mark *mark, int memory, uint64_t from, uint64_t to) {
    int found = 0;
    while (from < to) {
        size_t wanted = to - from < WINDOW ? (size_t)(to - from) : WINDOW;
        ssize_t got = pread(memory, window, wanted, (off_t)from);
        if (got <= 0) {
            return found;
        }
        found += occurrences(mark, window, (size_t)got);
        from += (uint64_t)got > LONGEST && from + (uint64_t)got < to ? (uint64_t)got - mark->size + 1
                                                                     : (uint64_t)got;
    }
    return found;
}

static int in_memory(enum which which) {
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

static int in_file(enum which which, const char *path) {
    int found = 0;
    ssize_t got = 0;
    int file = open(path, O_RDONLY);
    assert_true(file >= 0);
    for (off_t at = 0; (got = pread(file, window, WINDOW, at)) > 0;) {
        found += occurrences(&marks[which], window, (size_t)got);
        at += got > LONGEST ? got - LONGEST : got;
    }
    (void)close(file);
    return found;
}

static int in_folder(enum which which, const char *folder) {
    struct folder_names names = {0};
    char path[512];
    int found = 0;
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        assert_int_equal(stat(path, &about), 0);
        found += S_ISDIR(about.st_mode) ? in_folder(which, path) : in_file(which, path);
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
    take(MEASUREMENT, measurement, context->share.counter_count * sizeof *measurement);
    marks[MEASUREMENT].while_needed = in_memory(MEASUREMENT);
    return __real_contribution_make_in(out, arena, context, measurement);
}

int __real_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key);
int __wrap_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key);
int __wrap_crypto_box_seal(unsigned char *c, const unsigned char *m, unsigned long long size,
                           const unsigned char *key) {
    size_t head = CONTRIBUTION_HEAD_BYTES;
    enum which which = size == head + SHARE_SEED_BYTES ? SEED : SHARE;
    take(which, m + head, (size_t)size - head);
    marks[which].while_needed = in_memory(which);
    return __real_crypto_box_seal(c, m, size, key);
}

struct fixture {
    struct sample_kiosk kiosk;
    struct kiosk_state *state;
    struct session *session;
};

static int set_up(void **state) {
    static struct fixture fixture;
    char path[KIOSK_STATE_PATH_SIZE];
    fixture = (struct fixture){0};
    window = mmap(NULL, WINDOW, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (sodium_init() < 0 || window == MAP_FAILED) {
        return -1;
    }
    randombytes_buf(mask, sizeof mask);
    sample_kiosk_new(&fixture.kiosk);
    fixture.state = sample_kiosk_open(&fixture.kiosk);
    struct session_setup setup = {.round = fixture.state->round,
                                  .layout = &fixture.state->layout,
                                  .kiosk_key = fixture.state->public_key,
                                  .allow_cow = true};
    check_fault(kiosk_state_new_box(path, fixture.state), FAULT_NONE);
    check_fault(session_open(&fixture.session, &setup, path, 1, 4, 0), FAULT_NONE);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    fixture->session = session_free(fixture->session);
    fixture->state = kiosk_state_close(fixture->state);
    sample_kiosk_release(&fixture->kiosk);
    return munmap(window, WINDOW);
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

static void a_pupils_secrets_are_nowhere_when_the_pupil_is_thanked(void **state) {
    static const char *const names[] = {"choices", "measurement", "seed", "second share"};
    struct fixture *fixture = *state;
    answer_everything(fixture->session);
    const struct answers *answers = session_flow(fixture->session)->answers;
    take(CHOICES, answers->chosen, SAMPLE_ITEMS * sizeof answers->chosen[0]);
    marks[CHOICES].while_needed = in_memory(CHOICES);
    assert_true(session_hear(fixture->session, FLOW_SEND, 0, 0));
    assert_true(session_work(fixture->session, 0));
    assert_int_equal(session_flow(fixture->session)->state, FLOW_THANKS);
    for (int i = 0; i < SECRETS; i++) {
        marks[i].afterwards = in_memory((enum which)i) + in_folder((enum which)i, fixture->kiosk.folder);
        print_message("%s (%zu bytes): %d places while needed, %d afterwards\n", names[i], marks[i].size,
                      marks[i].while_needed, marks[i].afterwards);
    }
    for (int i = 0; i < SECRETS; i++) {
        assert_true(marks[i].size >= 32);
        assert_true(marks[i].while_needed >= 1);
        assert_int_equal(marks[i].afterwards, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pupils_secrets_are_nowhere_when_the_pupil_is_thanked, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
