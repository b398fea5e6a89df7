/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/faults/lesson.h"

#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/bundle.h"
#include "core/contribution.h"
#include "kiosk/desk.h"

const char *const lesson_phase_names[LESSON_PHASES] = {"opening", "storing", "closing", "exporting"};

enum { FILES = 16, SECONDS = 30 };

/* The lesson of this process: what is made is noted in it. */
static struct lesson *current;

enum fault __real_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement);
enum fault __wrap_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement);
enum fault __wrap_contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                       const struct contribution_context *context,
                                       const uint32_t *measurement) {
    enum fault fault = __real_contribution_make_in(out, arena, context, measurement);
    size_t size = contribution_bytes(context->share.counter_count, contribution_commits(context));
    if (!fault && current && current->sent < LESSON_SENT && size <= LESSON_CONTRIBUTION_BYTES) {
        current->size = (uint32_t)size;
        memcpy(current->contribution[current->sent++], out, size);
    }
    return fault;
}

/* SAMPLE_PIN at the least cost that libsodium knows: some thousand lessons check it four times each. */
static const char pin_hash[] =
    "$argon2id$v=19$m=8,t=1,p=1$oVwmcC5oxDwKueM1Gis8qw$1l0kEfs0BalBYWpx4iloVh2YJzWbKbp9+IiMuCjs68U";

static void make_pin_cheap(const struct sample_kiosk *kiosk) {
    memset(kiosk->sample->round->pin_hash[0], 0, sizeof kiosk->sample->round->pin_hash[0]);
    memcpy(kiosk->sample->round->pin_hash[0], pin_hash, sizeof pin_hash);
    check_fault(sample_round_sign_again(kiosk->sample), FAULT_NONE);
    sample_kiosk_write_round(kiosk);
    struct kiosk_state *state = sample_kiosk_open(kiosk);
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(kiosk, "round.klr")), FAULT_NONE);
    kiosk_state_close(state);
}

struct lesson *lesson_new(void) {
    void *memory =
        mmap(NULL, sizeof(struct lesson), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    struct lesson *lesson = memory;
    sample_kiosk_new(&lesson->kiosk);
    make_pin_cheap(&lesson->kiosk);
    return lesson;
}

void lesson_free(struct lesson *lesson) {
    if (lesson) {
        sample_kiosk_release(&lesson->kiosk);
        (void)munmap(lesson, sizeof *lesson);
    }
}

/* Notes the first thing that is not as it must be, and goes on. */
#define MUST(condition) must((condition), __LINE__)
static bool must(bool condition, int line) {
    if (!condition && current->wrong == 0) {
        current->wrong = (uint32_t)line;
    }
    return condition;
}

static void work(struct desk *desk, enum lesson_phase phase, bool failing) {
    bool here = failing && phase == current->phase && current->begin;
    if (here) {
        current->begin(current->context);
    }
    (void)desk_work(desk, 0);
    if (here) {
        current->end(current->context);
    }
}

static void say(struct desk *desk, enum mentor_event event, uint16_t value) {
    (void)desk_mentor(desk, event, value, 0);
}

static struct mentor_view look(const struct desk *desk) {
    return desk_mentor_view(desk, 0);
}

static void unlock(struct desk *desk) {
    say(desk, MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        say(desk, MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    say(desk, MENTOR_ENTER, 0);
    (void)desk_work(desk, 0);
}

/* Says it until the desk has something to do: some are asked twice. */
static bool ask(struct desk *desk, enum mentor_event event, uint16_t value) {
    for (int i = 0; i < 2 && !desk_is_working(desk); i++) {
        say(desk, event, value);
    }
    return MUST(desk_is_working(desk));
}

/*
 * Does it, and once more when it failed, which must have been said and have led back to where it was asked.
 * With the system sound again it must not fail for ever.
 */
static bool do_it(struct desk *desk, enum lesson_phase phase, enum mentor_event event, uint16_t value,
                  enum mentor_state back, enum mentor_state done, bool failing) {
    if (!ask(desk, event, value)) {
        return false;
    }
    work(desk, phase, failing);
    if (look(desk).state == done) {
        return true;
    }
    current->failed = true;
    (void)(MUST(look(desk).state == back) && MUST(look(desk).fault != FAULT_NONE));
    if (!ask(desk, event, value)) {
        return false;
    }
    (void)desk_work(desk, 0);
    return look(desk).state == done;
}

/* False when this pupil was not thanked, and was told so. */
static bool one_pupil(struct desk *desk, bool failing) {
    static const enum flow_event through[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP,
                                              FLOW_STOP_SEND};
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        (void)desk_pupil(desk, through[i], 0, 0);
    }
    const struct flow *flow = session_flow(desk_session(desk));
    if (!MUST(flow->state == FLOW_SENDING)) {
        return false;
    }
    uint32_t before = current->sent;
    work(desk, LESSON_STORING, failing);
    if (flow->state == FLOW_THANKS) {
        (void)MUST(current->sent == before + 1);
        current->thanked[before] = true;
        (void)desk_pupil(desk, FLOW_LEAVE, 0, 0);
        return MUST(flow->state == FLOW_READY);
    }
    current->failed = true;
    (void)(MUST(flow->state == FLOW_SORRY) && MUST(session_fault(desk_session(desk)) != FAULT_NONE));
    return false;
}

/* From the pupils' page, or from the locked one after a restart, to the receipt. */
static bool close_and_export(struct desk *desk, bool failing) {
    unlock(desk);
    say(desk, MENTOR_FINISH, 0);
    bool good = MUST(look(desk).state == MENTOR_CLOSE) &&
                do_it(desk, LESSON_CLOSING, MENTOR_CONFIRM, 0, MENTOR_CLOSE, MENTOR_EXPORT, failing) &&
                do_it(desk, LESSON_EXPORTING, MENTOR_PICK, 0, MENTOR_EXPORT, MENTOR_RECEIPT, failing);
    if (good) {
        say(desk, MENTOR_WRITTEN_DOWN, 0);
    }
    return good;
}

static bool whole_class(struct desk *desk, bool failing) {
    say(desk, MENTOR_PICK, 0);
    if (!MUST(look(desk).state == MENTOR_SETUP) ||
        !do_it(desk, LESSON_OPENING, MENTOR_OPEN, 0, MENTOR_SETUP, MENTOR_PUPILS, failing)) {
        return false;
    }
    for (int i = 0; i < LESSON_PUPILS && one_pupil(desk, failing && i == 1); i++) {
    }
    return close_and_export(desk, failing);
}

static struct desk *open_desk(void) {
    struct desk *desk = NULL;
    check_fault(desk_open(&desk, sample_kiosk_open(&current->kiosk), 0), FAULT_NONE);
    return desk;
}

uint32_t lesson_hold(struct lesson *lesson) {
    current = lesson;
    struct desk *desk = open_desk();
    unlock(desk);
    (void)whole_class(desk, true);
    desk_free(desk);
    return lesson->wrong;
}

static void next_day(void) {
    struct desk *desk = open_desk();
    if (desk_session(desk)) {
        (void)MUST(close_and_export(desk, false));
    } else {
        unlock(desk);
    }
    say(desk, MENTOR_EXPORT_CLASS, 0);
    if (look(desk).state == MENTOR_EXPORT) {
        (void)MUST(do_it(desk, LESSON_EXPORTING, MENTOR_PICK, 0, MENTOR_EXPORT, MENTOR_RECEIPT, false));
        say(desk, MENTOR_WRITTEN_DOWN, 0);
    }
    (void)(MUST(look(desk).state == MENTOR_CLASSES) && MUST(whole_class(desk, false)));
    desk_free(desk);
}

void lesson_go_on(struct lesson *lesson) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        current = lesson;
        (void)alarm(SECONDS);
        next_day();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

struct found {
    uint32_t records;            /* in all bundles */
    uint32_t times[LESSON_SENT]; /* each contribution */
};

static void look_into(struct found *found, const struct lesson *lesson, const char *path, const char *what) {
    struct bytes_buffer content = {0};
    struct bundle bundle;
    enum fault fault = file_read(&content, path, UINT32_C(1) << 24);
    fault = fault ? fault : bundle_decode(&bundle, bytes_buffer_view(&content));
    if (fault) {
        fail_msg("%s: %s: %s", what, path, fault_name(fault));
    }
    found->records += bundle.header.count;
    for (uint32_t i = 0; i < lesson->sent; i++) {
        struct bundle_record record;
        for (uint32_t j = 0; j < bundle.header.count; j++) {
            fault = bundle_record_at(&record, &bundle, j);
            bool same = !fault && memcmp(record.id, lesson->contribution[i], SHARE_ID_BYTES) == 0;
            found->times[i] += same;
        }
    }
    bytes_buffer_release(&content);
}

void lesson_check(const struct lesson *lesson, const char *what) {
    struct folder_names names = {0};
    struct found found = {0};
    uint32_t known = 0;
    char path[512];
    check_fault(folder_list(&names, lesson->kiosk.export_folder, ".klb"), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        snprintf(path, sizeof path, "%s/%s", lesson->kiosk.export_folder, names.names[i]);
        look_into(&found, lesson, path, what);
    }
    folder_names_release(&names);
    for (uint32_t i = 0; i < lesson->sent; i++) {
        known += found.times[i];
        if (found.times[i] > 1 || (lesson->thanked[i] && found.times[i] == 0)) {
            fail_msg("%s: pupil %u of %u, %s: found %u times", what, i + 1, lesson->sent,
                     lesson->thanked[i] ? "thanked" : "not thanked", found.times[i]);
        }
    }
    if (known != found.records || lesson->wrong != 0) {
        fail_msg("%s: %u records, %u of them known; wrong at lesson.c:%u", what, found.records, known,
                 lesson->wrong);
    }
}
