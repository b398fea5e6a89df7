/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include "core/contribution.h"
#include "core/measurement.h"
#include "core/secret.h"

#include <stdlib.h>
#include <string.h>

struct session {
    struct session_setup setup;
    struct flow flow;
    struct ballot_box *box; /* NULL: a rehearsal */
    struct ballot_box_head rehearsed;
    uint32_t rehearsal_count;
    struct contribution_context context;
    uint32_t *measurement; /* secret memory; all zero between two pupils */
    struct contribution_arena arena;
    uint8_t *contribution; /* sealed */
    enum fault fault;
};

static void fill_context(struct contribution_context *out, const struct session_setup *setup,
                         uint16_t class_number) {
    memcpy(out->share.round_digest, setup->round->digest, DIGEST_BYTES);
    memcpy(out->share.layout_digest, setup->layout->digest, DIGEST_BYTES);
    out->share.counter_count = setup->layout->counter_count;
    out->class_number = class_number;
    out->layout = setup->layout;
    memcpy(out->kiosk_key, setup->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
    for (int i = 0; i < 2; i++) {
        memcpy(out->box_key[i], setup->round->holder[i].box_key, sizeof out->box_key[i]);
    }
}

static enum fault open_flow(struct flow *flow, const struct round *round) {
    uint16_t languages[QUESTIONNAIRE_LANGUAGES];
    for (uint16_t i = 0; i < round->language_count; i++) {
        languages[i] = questionnaire_find_language(round->questionnaire, round->language[i]);
    }
    return flow_open(flow, round->questionnaire, languages, round->language_count);
}

static size_t contribution_size(const struct layout *layout) {
    return contribution_bytes(layout->counter_count, contribution_layout_commits(layout));
}

static size_t measurement_bytes(const struct session *session) {
    return session->setup.layout->counter_count * sizeof *session->measurement;
}

/* All memory is asked for, and locked, before the first pupil sits down. */
static enum fault new_session(struct session **out, const struct session_setup *setup) {
    struct session *session = calloc(1, sizeof *session);
    *out = session;
    if (!session) {
        return FAULT_MEMORY;
    }
    session->setup = *setup;
    session->contribution = calloc(1, contribution_size(setup->layout));
    void *measurement = NULL;
    enum fault fault = session->contribution ? open_flow(&session->flow, setup->round) : FAULT_MEMORY;
    if (!fault) {
        fault = secret_new(&measurement, measurement_bytes(session));
    }
    session->measurement = measurement;
    return fault ? fault
                 : contribution_arena_new(&session->arena, setup->layout->counter_count,
                                          setup->layout->size_count);
}

static void fill_head(struct ballot_box_head *out, const struct session_setup *setup,
                      const struct round_class *class_item) {
    *out = (struct ballot_box_head){.state = BALLOT_BOX_OPEN,
                                    .class_number = class_item->number,
                                    .slots = class_item->heads,
                                    .counter_count = setup->layout->counter_count};
    memcpy(out->round_digest, setup->round->digest, DIGEST_BYTES);
    memcpy(out->layout_digest, setup->layout->digest, DIGEST_BYTES);
    memcpy(out->kiosk_key, setup->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
    memcpy(out->class_label, class_item->label, sizeof out->class_label);
}

enum fault session_open(struct session **out, const struct session_setup *setup, const char *path,
                        uint16_t class_number, uint16_t limit, uint16_t flags) {
    struct session *session = NULL;
    struct ballot_box_head head;
    const struct round_class *class_item = round_find_class(setup->round, class_number);
    *out = NULL;
    if (!class_item) {
        return FAULT_CLASS_UNKNOWN;
    }
    fill_head(&head, setup, class_item);
    head.limit = limit;
    head.flags = (uint16_t)(flags | (contribution_layout_commits(setup->layout) ? BUNDLE_FLAG_COMMITTED : 0));
    enum fault fault = new_session(&session, setup);
    if (!fault) {
        fill_context(&session->context, setup, class_number);
        fault = ballot_box_create(&session->box, path, &head, setup->allow_cow, NULL);
    }
    if (fault) {
        session = session_free(session);
    }
    *out = session;
    return fault;
}

/* Sealed for no round, to keys whose secret half is gone before the first pupil comes. */
static void seal_for_nobody(struct contribution_context *context) {
    uint8_t secret_key[crypto_box_SECRETKEYBYTES];
    randombytes_buf(context->share.round_digest, sizeof context->share.round_digest);
    for (int i = 0; i < 2; i++) {
        crypto_box_keypair(context->box_key[i], secret_key);
        secret_wipe(secret_key, sizeof secret_key);
    }
}

enum fault session_rehearse(struct session **out, const struct session_setup *setup, uint16_t class_number,
                            uint16_t limit) {
    struct session *session = NULL;
    const struct round_class *class_item = round_find_class(setup->round, class_number);
    *out = NULL;
    if (!class_item || limit < 1 || limit > class_item->heads) {
        return class_item ? FAULT_LIMIT : FAULT_CLASS_UNKNOWN;
    }
    enum fault fault = new_session(&session, setup);
    if (fault) {
        session_free(session);
        return fault;
    }
    fill_context(&session->context, setup, class_number);
    seal_for_nobody(&session->context);
    fill_head(&session->rehearsed, setup, class_item);
    session->rehearsed.limit = limit;
    *out = session;
    return FAULT_NONE;
}

bool session_is_rehearsal(const struct session *session) {
    return session->box == NULL;
}

static enum fault belongs(const struct ballot_box_head *head, const struct session_setup *setup) {
    if (memcmp(head->round_digest, setup->round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (memcmp(head->layout_digest, setup->layout->digest, DIGEST_BYTES) != 0 ||
        head->counter_count != setup->layout->counter_count) {
        return FAULT_LAYOUT_MISMATCH;
    }
    if (memcmp(head->kiosk_key, setup->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES) != 0) {
        return FAULT_KIOSK_UNKNOWN;
    }
    if (!round_find_class(setup->round, head->class_number)) {
        return FAULT_CLASS_UNKNOWN;
    }
    return head->state == BALLOT_BOX_OPEN ? FAULT_NONE : FAULT_ALREADY_CLOSED;
}

enum fault session_resume(struct session **out, const struct session_setup *setup, const char *path) {
    struct session *session = NULL;
    *out = NULL;
    enum fault fault = new_session(&session, setup);
    if (!fault) {
        fault = ballot_box_open(&session->box, path, setup->allow_cow, NULL);
    }
    if (!fault) {
        fault = belongs(ballot_box_head(session->box), setup);
    }
    if (fault) {
        session_free(session);
        return fault;
    }
    fill_context(&session->context, setup, ballot_box_head(session->box)->class_number);
    *out = session;
    return FAULT_NONE;
}

struct session *session_free(struct session *session) {
    if (session) {
        flow_release(&session->flow);
        ballot_box_free(session->box);
        secret_free(session->measurement);
        contribution_arena_release(&session->arena);
        free(session->contribution);
        free(session);
    }
    return NULL;
}

bool session_hear(struct session *session, enum flow_event event, uint16_t value, uint64_t now_ms) {
    bool faulty = session->box && ballot_box_is_faulty(session->box);
    bool may_start = !session_is_full(session) && !faulty;
    if (event == FLOW_SAVED || event == FLOW_FAILED || (event == FLOW_START && !may_start)) {
        return false;
    }
    if (event == FLOW_RESET && !faulty) {
        session->fault = FAULT_NONE;
    }
    return flow_hear(&session->flow, event, value, now_ms);
}

/* In a rehearsal nothing is kept, not even in memory. */
static enum fault keep(struct session *session) {
    if (session->box) {
        return ballot_box_put(session->box, session->contribution);
    }
    size_t size = contribution_size(session->setup.layout);
    randombytes_buf(session->contribution, size);
    session->rehearsal_count++;
    return FAULT_NONE;
}

static enum fault store(struct session *session) {
    enum fault fault = measurement_encode(session->measurement, session->setup.layout,
                                          session->setup.round->questionnaire, flow_sending(&session->flow));
    if (!fault) {
        fault = contribution_make_in(session->contribution, &session->arena, &session->context,
                                     session->measurement);
    }
    secret_wipe(session->measurement, measurement_bytes(session));
    return fault ? fault : keep(session);
}

bool session_work(struct session *session, uint64_t now_ms) {
    if (!flow_sending(&session->flow)) {
        return false;
    }
    session->fault = store(session);
    return flow_hear(&session->flow, session->fault ? FLOW_FAILED : FLOW_SAVED, 0, now_ms);
}

const struct flow *session_flow(const struct session *session) {
    return &session->flow;
}

const struct ballot_box_head *session_head(const struct session *session) {
    return session->box ? ballot_box_head(session->box) : &session->rehearsed;
}

uint32_t session_count(const struct session *session) {
    return session->box ? ballot_box_count(session->box) : session->rehearsal_count;
}

bool session_is_full(const struct session *session) {
    return session_count(session) >= session_head(session)->limit;
}

enum fault session_admit(struct session *session) {
    const struct ballot_box_head *head = session_head(session);
    if (!session_is_full(session)) {
        return FAULT_MISUSE;
    }
    if (session->box) {
        return ballot_box_raise_limit(session->box, (uint16_t)(head->limit + 1));
    }
    if (head->limit == head->slots) {
        return FAULT_LIMIT;
    }
    session->rehearsed.limit++;
    return FAULT_NONE;
}

enum fault session_fault(const struct session *session) {
    return session->fault;
}

void session_add_flags(struct session *session, uint16_t flags) {
    if (session->box) {
        ballot_box_add_flags(session->box, flags);
    }
}

enum fault session_close(struct session *session, uint16_t present, const uint16_t absent[BUNDLE_ABSENCES]) {
    flow_forget(&session->flow);
    return session->box ? ballot_box_close(session->box, present, absent) : FAULT_NONE;
}
