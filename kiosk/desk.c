/* SPDX-License-Identifier: Apache-2.0 */
#include "desk.h"

#include "opening.h"
#include "platform/errand.h"
#include "platform/process.h"
#include "platform/volume.h"

#include <stdlib.h>
#include <string.h>

/* An export, which a slow stick makes last for minutes. What it finds is the desk's only when it is over. */
struct export {
    struct desk *desk; /* whose sessions, folders and choice stay as they are while the mentor waits */
    enum fault fault;
    uint16_t receipt_count;
    struct bundle_export_receipt *receipts;
    struct stick_list unexported;
};

struct desk {
    struct kiosk_state *state;
    struct voices voices;
    struct mentor mentor;
    struct session *session;
    uint16_t session_row;
    uint16_t machine_flags;
    char session_label[STICK_LIST_LABEL_SIZE];
    struct stick_list unexported;
    struct clearing clearing;
    struct kiosk_state_sessions sessions; /* as found while none was open here */
    struct mentor_class *classes;         /* one for each class of the round */
    struct folder_names sticks;
    uint16_t receipt_count;
    struct bundle_export_receipt *receipts;
    struct errand *errand; /* what runs in a thread of its own: one of the two below; NULL: none does */
    uint64_t since_ms;
    struct export export;
    struct opening opening;
};

static uint16_t row_of(const struct desk *desk, uint16_t class_number) {
    uint16_t row = 0;
    while (row < desk->state->round->class_count &&
           desk->state->round->class_list[row].number != class_number) {
        row++;
    }
    return row;
}

static bool is_closed_of(const struct kiosk_state_session *session, uint16_t class_number) {
    return session->head.state == BALLOT_BOX_CLOSED && session->head.class_number == class_number;
}

static uint16_t class_number_at(const struct desk *desk, uint16_t row) {
    return desk->state->round->class_list[row].number;
}

/* Looks at the disk again. Only while no session is open: a ballot box has one connection. */
static enum fault refresh_sessions(struct desk *desk) {
    kiosk_state_sessions_release(&desk->sessions);
    enum fault fault = kiosk_state_list_sessions(&desk->sessions, desk->state);
    const struct round *round = desk->state->round;
    for (uint16_t row = 0; row < round->class_count && !fault; row++) {
        const struct round_class *class_item = &round->class_list[row];
        struct mentor_class *known = &desk->classes[row];
        *known = (struct mentor_class){.number = class_item->number, .heads = class_item->heads};
        known->asked = (uint16_t)round_class_asked(class_item);
        for (uint32_t i = 0; i < desk->sessions.count; i++) {
            bool closed = is_closed_of(&desk->sessions.session[i], known->number);
            known->has_closed = known->has_closed || closed;
            known->answered = (uint16_t)(known->answered + (closed ? desk->sessions.session[i].count : 0));
        }
    }
    mentor_set_classes(&desk->mentor, desk->classes, round->class_count);
    return fault;
}

static struct session_setup setup_of(const struct desk *desk) {
    return (struct session_setup){.round = desk->state->round,
                                  .layout = &desk->state->layout,
                                  .kiosk_key = desk->state->public_key,
                                  .allow_cow = desk->state->allow_cow};
}

/* After a crash, a power cut or a mentor who left: the session goes on. */
static enum fault resume_session(struct desk *desk) {
    struct session_setup setup = setup_of(desk);
    for (uint32_t i = 0; i < desk->sessions.count; i++) {
        const struct kiosk_state_session *found = &desk->sessions.session[i];
        if (found->head.state != BALLOT_BOX_OPEN) {
            continue;
        }
        enum fault fault = session_resume(&desk->session, &setup, found->path);
        if (!fault) {
            desk->session_row = row_of(desk, found->head.class_number);
            stick_list_label(desk->session_label, found->path);
            mentor_set_session(&desk->mentor, desk->session_row);
        }
        return fault;
    }
    return FAULT_NONE;
}

static enum fault open_voices(struct desk *desk) {
    char folder[KIOSK_STATE_PATH_SIZE];
    enum fault fault = voices_state_folder(folder, desk->state->folder);
    return fault ? fault : voices_open(&desk->voices, desk->state->round->questionnaire, folder);
}

enum fault desk_open(struct desk **out, struct kiosk_state *state, uint64_t now_ms) {
    struct desk *desk = calloc(1, sizeof *desk);
    *out = NULL;
    if (!desk) {
        kiosk_state_close(state);
        return FAULT_MEMORY;
    }
    desk->state = state;
    enum fault fault = state->round ? FAULT_NONE : FAULT_ROUND_NOT_VALID;
    if (!fault) {
        desk->classes = calloc(state->round->class_count, sizeof *desk->classes);
        fault = desk->classes ? mentor_open(&desk->mentor, state->wrong_tries, now_ms) : FAULT_MEMORY;
    }
    if (!fault) {
        desk->mentor.clock_wrong = kiosk_state_clock_is_wrong(state);
        fault = refresh_sessions(desk);
    }
    if (!fault) {
        fault = resume_session(desk);
    }
    if (!fault) {
        fault = open_voices(desk);
    }
    if (fault) {
        desk = desk_free(desk);
    }
    *out = desk;
    return fault;
}

struct desk *desk_free(struct desk *desk) {
    if (desk) {
        desk->errand = errand_end(desk->errand);
        session_free(desk->opening.session); /* ended before anybody asked: the class is open on disk */
        session_free(desk->session);
        mentor_release(&desk->mentor);
        kiosk_state_sessions_release(&desk->sessions);
        folder_names_release(&desk->sticks);
        free(desk->classes);
        free(desk->receipts);
        free(desk->export.receipts);
        voices_close(&desk->voices);
        kiosk_state_close(desk->state);
        free(desk);
    }
    return NULL;
}

static bool has_own_folder(const struct desk *desk) {
    return desk->state->export_folder[0] != '\0';
}

void desk_refresh_folders(struct desk *desk) {
    folder_names_release(&desk->sticks);
    enum fault ignored = volume_list_sticks(&desk->sticks); /* no memory for them: the list stays empty */
    (void)ignored;
    mentor_set_folders(&desk->mentor, desk_folder_count(desk));
}

uint16_t desk_folder_count(const struct desk *desk) {
    size_t count = desk->sticks.count + (has_own_folder(desk) ? 1 : 0);
    return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

const char *desk_folder_at(const struct desk *desk, uint16_t row) {
    if (has_own_folder(desk)) {
        return row == 0 ? desk->state->export_folder : desk->sticks.names[row - 1];
    }
    return desk->sticks.names[row];
}

bool desk_mentor(struct desk *desk, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    enum mentor_state before = desk->mentor.state;
    bool changed = mentor_hear(&desk->mentor, event, value, now_ms);
    if (desk->mentor.state != before && desk->mentor.state == MENTOR_EXPORT) {
        desk_refresh_folders(desk);
    }
    return changed;
}

void desk_tell_machine(struct desk *desk, uint16_t flags) {
    desk->machine_flags = flags;
}

bool desk_pupil(struct desk *desk, enum flow_event event, uint16_t value, uint64_t now_ms) {
    bool theirs = desk->session && desk->mentor.state == MENTOR_PUPILS && event != FLOW_RESET;
    return theirs && session_hear(desk->session, event, value, now_ms);
}

bool desk_reset_pupil(struct desk *desk, uint64_t now_ms) {
    bool may = desk->session && desk->mentor.state == MENTOR_OVERVIEW;
    return may && session_hear(desk->session, FLOW_RESET, 0, now_ms);
}

/* A kiosk that is left on for the night may wake up in another period. */
static bool watch_clock(struct desk *desk) {
    bool before = desk->mentor.clock_wrong;
    if (desk->mentor.state == MENTOR_LOCKED) {
        desk->mentor.clock_wrong = kiosk_state_clock_is_wrong(desk->state);
    }
    return desk->mentor.clock_wrong != before;
}

bool desk_tick(struct desk *desk, uint64_t now_ms) {
    bool clock = watch_clock(desk);
    bool mentor = mentor_hear(&desk->mentor, MENTOR_TICK, 0, now_ms);
    bool pupil = desk->session && session_hear(desk->session, FLOW_TICK, 0, now_ms);
    return mentor || pupil || clock;
}

uint64_t desk_due_ms(const struct desk *desk) {
    return desk->session ? flow_due_ms(session_flow(desk->session)) : UINT64_MAX;
}

static enum fault check_pin(struct desk *desk) {
    desk->mentor.clock_wrong = kiosk_state_clock_is_wrong(desk->state);
    return kiosk_state_check_pin(desk->state, desk->mentor.pin);
}

static enum fault rehearse(struct desk *desk) {
    struct session_setup setup = setup_of(desk);
    desk->session_row = desk->mentor.row;
    desk->session_label[0] = '\0';
    return session_rehearse(&desk->session, &setup, class_number_at(desk, desk->mentor.row),
                            desk->mentor.number[MENTOR_LIMIT]);
}

static uint16_t flags_now(const struct desk *desk) {
    return (uint16_t)(desk->machine_flags | (desk->mentor.clock_wrong ? BUNDLE_FLAG_CLOCK : 0));
}

static struct opening opening_of(const struct desk *desk) {
    return (struct opening){.state = desk->state,
                            .setup = setup_of(desk),
                            .class_number = class_number_at(desk, desk->mentor.row),
                            .limit = desk->mentor.number[MENTOR_LIMIT],
                            .flags = flags_now(desk)};
}

/* Waits for the opening that was started, or does it now. */
static enum fault finish_opening(struct desk *desk) {
    if (desk->errand) {
        desk->errand = errand_end(desk->errand);
    } else {
        desk->opening = opening_of(desk);
        opening_run(&desk->opening);
    }
    desk->session = desk->opening.session;
    desk->opening.session = NULL;
    desk->session_row = desk->opening.fault ? 0 : desk->mentor.row;
    memcpy(desk->session_label, desk->opening.label, sizeof desk->session_label);
    desk_refresh_folders(desk);
    return desk->opening.fault;
}

/* Asked again after a fault, it goes on where it stopped. */
static enum fault close_session(struct desk *desk) {
    const uint16_t *number = desk->mentor.number;
    enum fault fault = FAULT_NONE;
    if (desk->session) {
        session_add_flags(desk->session, flags_now(desk));
        fault = session_close(desk->session, number[MENTOR_PRESENT], &number[MENTOR_ABSENT]);
    }
    if (!fault) {
        desk->session = session_free(desk->session);
        desk->session_label[0] = '\0';
        fault = refresh_sessions(desk);
    }
    return fault ? fault : kiosk_state_forget_times(desk->state);
}

static enum fault export_one(struct export *export, const struct kiosk_state_session *session,
                             const char *folder) {
    const struct kiosk_state *state = export->desk->state;
    struct ballot_box *box = NULL;
    enum fault fault = ballot_box_open(&box, session->path, state->allow_cow, NULL);
    if (!fault) {
        fault = bundle_export_write(&export->receipts[export->receipt_count], folder, box, state->secret_key);
    }
    export->receipt_count = (uint16_t)(export->receipt_count + (fault ? 0 : 1));
    ballot_box_free(box);
    return fault;
}

/*
 * Also off the other sticks: the one that readied this machine need not be the one that takes the bundle
 * away.
 */
static void list_as_exported(const struct desk *desk, const struct kiosk_state_session *session) {
    char label[STICK_LIST_LABEL_SIZE];
    stick_list_label(label, session->path);
    for (uint16_t i = 0; i < desk_folder_count(desk); i++) {
        enum fault ignored = stick_list_remove(desk_folder_at(desk, i), desk->state->round->digest, label);
        (void)ignored;
    }
}

/* Every closed session of the class: which of them were exported before is not kept. */
static enum fault export_class(struct export *export) {
    const struct desk *desk = export->desk;
    enum fault fault = FAULT_NONE;
    const char *folder = desk_folder_at(desk, desk->mentor.folder);
    export->receipts = calloc(desk->sessions.count + 1, sizeof *export->receipts);
    if (!export->receipts) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < desk->sessions.count && !fault; i++) {
        const struct kiosk_state_session *session = &desk->sessions.session[i];
        if (is_closed_of(session, class_number_at(desk, desk->mentor.row))) {
            fault = export_one(export, session, folder);
            if (!fault) {
                list_as_exported(desk, session);
            }
        }
    }
    stick_list_read(&export->unexported, folder, desk->state->round->digest);
    return fault;
}

static void export_apart(void *context) {
    struct export *export = context;
    export->fault = export_class(export);
}

/* Waits for the export that was started, or does it now; then what it found is to be seen. */
static enum fault finish_export(struct desk *desk) {
    struct export *export = &desk->export;
    if (desk->errand) {
        desk->errand = errand_end(desk->errand);
    } else {
        *export = (struct export){.desk = desk};
        export_apart(export);
    }
    free(desk->receipts);
    desk->receipts = export->receipts;
    desk->receipt_count = export->receipt_count;
    desk->unexported = export->unexported;
    export->receipts = NULL;
    return export->fault;
}

bool desk_start(struct desk *desk, uint64_t now_ms) {
    enum mentor_wish wish = mentor_wishes(&desk->mentor);
    if (desk->errand) {
        return true;
    }
    if (wish == MENTOR_WISH_EXPORT) {
        desk->export = (struct export){.desk = desk};
        desk->errand = errand_start(export_apart, &desk->export);
    } else if (wish == MENTOR_WISH_OPEN && !desk->mentor.rehearsing) {
        desk->opening = opening_of(desk);
        desk->errand = errand_start(opening_run, &desk->opening);
    }
    desk->since_ms = now_ms;
    return desk->errand != NULL;
}

bool desk_is_apart(const struct desk *desk) {
    return desk->errand && !errand_is_over(desk->errand);
}

uint32_t desk_apart_s(const struct desk *desk, uint64_t now_ms) {
    bool runs = desk->errand && now_ms > desk->since_ms;
    return runs ? (uint32_t)((now_ms - desk->since_ms) / 1000) : 0;
}

/* What is in the folder of the settings and on the sticks that are in now. */
static enum fault clear_received(struct desk *desk) {
    struct folder_names folders = {0};
    desk_refresh_folders(desk);
    folders.count = desk_folder_count(desk);
    folders.names = calloc(folders.count + 1, sizeof *folders.names);
    if (!folders.names) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < folders.count; i++) {
        folders.names[i] = (char *)desk_folder_at(desk, i); /* only read */
    }
    enum fault fault = clearing_run(&desk->clearing, desk->state, &folders);
    free(folders.names); /* the names are the desk's */
    enum fault listed = refresh_sessions(desk);
    return fault ? fault : listed;
}

static enum fault fulfil(struct desk *desk, enum mentor_wish wish) {
    switch (wish) {
    case MENTOR_WISH_NONE: break;
    case MENTOR_WISH_CHECK_PIN: return check_pin(desk);
    case MENTOR_WISH_OPEN: return desk->mentor.rehearsing ? rehearse(desk) : finish_opening(desk);
    case MENTOR_WISH_CLOSE: return close_session(desk);
    case MENTOR_WISH_EXPORT: return finish_export(desk);
    case MENTOR_WISH_ADMIT: return desk->session ? session_admit(desk->session) : FAULT_MISUSE;
    case MENTOR_WISH_CLEAR: return clear_received(desk);
    }
    return FAULT_MISUSE;
}

static bool work_on(struct desk *desk, uint64_t now_ms) {
    enum mentor_wish wish = mentor_wishes(&desk->mentor);
    if (wish == MENTOR_WISH_NONE) {
        return desk->session && session_work(desk->session, now_ms);
    }
    enum fault fault = fulfil(desk, wish);
    if (fault) {
        mentor_failed(&desk->mentor, fault, now_ms);
    } else {
        mentor_done(&desk->mentor, now_ms);
    }
    if (desk->mentor.state == MENTOR_EXPORT) {
        desk_refresh_folders(desk);
    }
    return true;
}

bool desk_work(struct desk *desk, uint64_t now_ms) {
    unsigned held = process_hold_signals();
    bool changed = work_on(desk, now_ms);
    process_release_signals(held);
    return changed;
}

bool desk_is_working(const struct desk *desk) {
    bool pupil = desk->session && flow_sending(session_flow(desk->session));
    return pupil || mentor_wishes(&desk->mentor) != MENTOR_WISH_NONE;
}

struct mentor_view desk_mentor_view(const struct desk *desk, uint64_t now_ms) {
    return mentor_look(&desk->mentor, now_ms);
}

const struct session *desk_session(const struct desk *desk) {
    return desk->session;
}

const struct round *desk_round(const struct desk *desk) {
    return desk->state->round;
}

const struct kiosk_state *desk_state(const struct desk *desk) {
    return desk->state;
}

const struct voices *desk_voices(const struct desk *desk) {
    return &desk->voices;
}

uint16_t desk_class_count(const struct desk *desk) {
    return desk->state->round->class_count;
}

struct desk_class desk_class_at(const struct desk *desk, uint16_t row) {
    struct desk_class line = {.class_item = &desk->state->round->class_list[row]};
    for (uint32_t i = 0; i < desk->sessions.count; i++) {
        if (is_closed_of(&desk->sessions.session[i], line.class_item->number)) {
            line.closed_sessions++;
            line.contributions += desk->sessions.session[i].count;
        }
    }
    if (desk->session && desk->session_row == row) {
        line.is_open = true;
        line.contributions += session_count(desk->session);
    }
    return line;
}

const char *desk_session_label(const struct desk *desk) {
    return desk->session_label;
}

const struct stick_list *desk_unexported(const struct desk *desk) {
    return &desk->unexported;
}

struct clearing desk_clearing(const struct desk *desk) {
    return desk->clearing;
}

uint16_t desk_receipt_count(const struct desk *desk) {
    return desk->receipt_count;
}

const struct bundle_export_receipt *desk_receipt_at(const struct desk *desk, uint16_t row) {
    return &desk->receipts[row];
}
