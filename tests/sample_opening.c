/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sample_opening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/contribution.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/sample_questionnaire.h"

static void must(enum fault fault, const char *what) {
    if (fault) {
        fprintf(stderr, "sample_opening: %s: %s\n", what, fault_name(fault));
        abort();
    }
}

static void must_hold(bool truth, const char *what) {
    must(truth ? FAULT_NONE : FAULT_MISUSE, what);
}

static void set_holders(struct sample_opening *school) {
    for (int i = 0; i < 2; i++) {
        must(unseal_key_new(&school->key[i], school->sample->round->holder[i].box_key,
                            school->sample->box_secret[i]),
             "box key");
        (void)snprintf(school->ledger[i], sizeof school->ledger[i], "%s/ledger-%d.kll", school->folder, i);
        school->holder[i] = (struct opening_holder){.number = i,
                                                    .key = &school->key[i],
                                                    .sign_secret = school->sample->sign_secret[i],
                                                    .ledger_path = school->ledger[i]};
    }
}

static void open_workspace(struct sample_opening *school) {
    char path[160];
    (void)snprintf(path, sizeof path, "%s/workspace", school->folder);
    must(workspace_open(&school->workspace, path, school->sample->round), "workspace");
}

struct sample_opening *sample_opening_new(const struct sample_class *classes, uint16_t class_count,
                                          uint64_t seed) {
    return sample_opening_new_of(sample_questionnaire(), classes, class_count, 0, seed);
}

struct sample_opening *sample_opening_new_of(struct questionnaire *questionnaire,
                                             const struct sample_class *classes, uint16_t class_count,
                                             uint16_t choices, uint64_t seed) {
    struct sample_opening *school = calloc(1, sizeof *school);
    must_hold(school != NULL, "memory");
    school->sample = sample_round_new_of(questionnaire, classes, class_count, (uint16_t)(class_count + 1));
    school->sample->round->choices = choices;
    must(sample_round_sign_again(school->sample), "round");
    school->state = seed;
    (void)snprintf(school->folder, sizeof school->folder, "/tmp/klankbord-test-XXXXXX");
    must_hold(mkdtemp(school->folder) != NULL, "folder");
    school->sums = calloc(school->sample->layout.counter_count, sizeof *school->sums);
    must_hold(school->sums != NULL, "memory");
    set_holders(school);
    open_workspace(school);
    return school;
}

static void remove_all(const char *folder) {
    struct folder_names names = {0};
    char path[512];
    if (folder_list(&names, folder, "") == FAULT_NONE) {
        for (size_t i = 0; i < names.count; i++) {
            (void)snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
            if (unlink(path) != 0) {
                remove_all(path);
            }
        }
    }
    folder_names_release(&names);
    (void)rmdir(folder);
}

struct sample_opening *sample_opening_free(struct sample_opening *school) {
    if (school) {
        workspace_close(school->workspace);
        for (uint32_t i = 0; i < school->bundle_count; i++) {
            bytes_buffer_release(&school->bundle[i]);
        }
        closing_free(school->closing);
        closing_free(school->first);
        for (int i = 0; i < 2; i++) {
            unseal_key_release(&school->key[i]);
        }
        remove_all(school->folder);
        sample_round_free(school->sample);
        free(school->sums);
        free(school);
    }
    return NULL;
}

void sample_opening_empty(struct sample_opening *school) {
    char path[160];
    school->workspace = workspace_close(school->workspace);
    (void)snprintf(path, sizeof path, "%s/workspace", school->folder);
    remove_all(path);
    open_workspace(school);
}

void sample_opening_alone(struct sample_opening *school) {
    school->sample->round->mode = ROUND_ONE_MACHINE;
    must(sample_round_sign_again(school->sample), "round");
    sample_opening_empty(school);
    school->one_machine = true;
}

uint32_t sample_opening_add(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                            uint32_t count) {
    must_hold(school->bundle_count < SAMPLE_OPENING_BUNDLES, "bundles");
    sample_bundle(&school->bundle[school->bundle_count], school->sample, class_number, kiosk, count,
                  &school->state, school->sums);
    return school->bundle_count++;
}

uint32_t sample_opening_add_of(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                               uint32_t count, sample_answering *answer, void *context) {
    must_hold(school->bundle_count < SAMPLE_OPENING_BUNDLES, "bundles");
    sample_bundle_of(&school->bundle[school->bundle_count], school->sample, class_number, kiosk, count,
                     &school->state, school->sums, answer, context);
    return school->bundle_count++;
}

uint32_t sample_opening_add_crafted(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                                    uint32_t value) {
    struct sample_round *sample = school->sample;
    uint32_t counters = sample->layout.counter_count;
    struct contribution_context context = {.class_number = class_number, .layout = &sample->layout};
    uint32_t *measurement = calloc(counters, sizeof *measurement);
    uint8_t *record = malloc(contribution_bytes(counters, contribution_layout_commits(&sample->layout)));
    must_hold(measurement && record && school->bundle_count < SAMPLE_OPENING_BUNDLES, "memory");
    memcpy(context.share.round_digest, sample->round->digest, DIGEST_BYTES);
    memcpy(context.share.layout_digest, sample->round->layout_digest, DIGEST_BYTES);
    context.share.counter_count = counters;
    memcpy(context.kiosk_key, sample->round->kiosk[kiosk].key, 32);
    memcpy(context.box_key[0], sample->round->holder[0].box_key, 32);
    memcpy(context.box_key[1], sample->round->holder[1].box_key, 32);
    measurement[0] = value;
    must(contribution_make(record, &context, measurement), "contribution");
    struct bundle_header header = sample_bundle_header(sample, class_number, kiosk, 1, &school->state);
    must(bundle_encode(&school->bundle[school->bundle_count], &header, record, sample->kiosk_secret[kiosk]),
         "bundle");
    free(measurement);
    free(record);
    return school->bundle_count++;
}

static void keep_event(void *context, const struct merge_event *event) {
    *(struct merge_event *)context = *event;
}

struct merge_event sample_opening_merge_bytes(struct sample_opening *school, struct bytes content) {
    struct merge_totals totals = {0};
    struct merge_event event = {0};
    must(merge_content(&totals, school->workspace, school->sample->round,
                       school->sample->layout.counter_count, "somewhere/sample.klb", content, keep_event,
                       &event),
         "merge");
    return event;
}

struct merge_event sample_opening_merge(struct sample_opening *school, uint32_t index) {
    return sample_opening_merge_bytes(school, bytes_buffer_view(&school->bundle[index]));
}

static struct closing *draft_after(struct sample_opening *school, const struct closing *first) {
    struct workspace_inventory inventory;
    struct closing_draft draft;
    must(workspace_list(&inventory, school->workspace), "list");
    must(closing_draft_make(&draft, &inventory, school->sample->round, first, NULL, 0), "draft");
    struct closing *closing = draft.closing;
    draft.closing = NULL;
    closing_draft_release(&draft);
    workspace_inventory_release(&inventory);
    return closing;
}

struct closing *sample_opening_draft(struct sample_opening *school) {
    return draft_after(school, NULL);
}

enum fault sample_opening_init(struct opening *out, struct sample_opening *school) {
    const struct round *round = school->sample->round;
    return school->closing->number == 1
               ? opening_init(out, school->workspace, round, school->closing)
               : opening_init_late(out, school->workspace, round, school->closing, school->first);
}

static void sign(struct sample_opening *school) {
    for (int i = 0; i < 2; i++) {
        must(closing_sign(school->closing, school->sample->round, i, school->sample->sign_secret[i]), "sign");
    }
}

void sample_opening_close(struct sample_opening *school) {
    closing_free(school->closing);
    school->closing = sample_opening_draft(school);
    sign(school);
}

void sample_opening_close_late(struct sample_opening *school) {
    closing_free(school->first);
    school->first = school->closing;
    school->closing = draft_after(school, school->first);
    sign(school);
}

struct sample_opening *sample_opening_full(uint64_t seed) {
    static const struct sample_class classes[] = {
        {"1A", 1, 60, 0}, {"1B", 1, 60, 0}, {"2A", 2, 60, 5}, {"2B", 2, 60, 0}};
    struct sample_opening *school = sample_opening_new(classes, 4, seed);
    (void)sample_opening_add(school, 1, 0, 35);
    (void)sample_opening_add(school, 1, 1, 25);
    (void)sample_opening_add(school, 2, 1, 55);
    (void)sample_opening_add(school, 3, 2, 40);
    (void)sample_opening_add(school, 4, 3, 45);
    for (uint32_t i = 0; i < school->bundle_count; i++) {
        must(sample_opening_merge(school, i).fault, "merge");
    }
    sample_opening_close(school);
    return school;
}

enum fault sample_opening_prepare(struct prepare pair[2], const struct opening *opening,
                                  struct sample_opening *school, const uint8_t *exclude) {
    enum fault fault = FAULT_NONE;
    for (int i = 0; !fault && i < 2; i++) {
        struct prepare_ids excluded = {0};
        struct prepare made = {0};
        struct bytes_buffer file = {0};
        fault = exclude ? prepare_ids_add(&excluded, exclude) : FAULT_NONE;
        fault = fault ? fault : prepare_make(&made, opening, &school->holder[i], &excluded, NULL);
        fault = fault ? fault : prepare_encode(&file, &made, school->sample->sign_secret[i]);
        fault = fault ? fault : prepare_decode(&pair[i], bytes_buffer_view(&file));
        free(excluded.ids);
        prepare_release(&made);
        bytes_buffer_release(&file);
    }
    return fault;
}

static enum fault aggregate(struct bytes_buffer *out, const struct opening *opening,
                            struct sample_opening *school, const struct prepare pair[2], uint16_t *at) {
    struct bytes_buffer sizes = {0};
    if (!school->groups || !opening->layout.size_count || opening->closing->number != 1) {
        return aggregate_make(out, opening, &school->holder[1], pair, at);
    }
    enum fault fault = aggregate_make_sizes(&sizes, opening, &school->holder[0], pair, at);
    fault =
        fault ? fault
              : aggregate_make_groups(out, opening, &school->holder[1], pair, bytes_buffer_view(&sizes), at);
    bytes_buffer_release(&sizes);
    return fault;
}

enum fault sample_opening_run(struct release **out, struct sample_opening *school, const uint8_t *exclude) {
    struct opening opening = {0};
    struct prepare pair[2] = {{.holder = 0}};
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    *out = NULL;
    enum fault fault = sample_opening_init(&opening, school);
    opening.finest = school->finest;
    fault = fault ? fault : sample_opening_prepare(pair, &opening, school, exclude);
    if (!fault && school->one_machine) {
        const struct opening_holder *const both[2] = {&school->holder[0], &school->holder[1]};
        fault = disclosure_open_both(out, &opening, both, pair, &at);
    } else if (!fault) {
        fault = aggregate(&file, &opening, school, pair, &at);
        fault = fault
                    ? fault
                    : disclosure_open(out, &opening, &school->holder[0], pair, bytes_buffer_view(&file), &at);
    }
    bytes_buffer_release(&file);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
    return fault;
}

enum { ENDED_THERE = 9 };
static enum opening_boundary end_at;
static int end_of_holder;

static void end(enum opening_boundary boundary, int holder) {
    if (boundary == end_at && holder == end_of_holder) {
        _exit(ENDED_THERE);
    }
}

bool sample_opening_ends_at(struct sample_opening *school, enum opening_boundary boundary, int holder) {
    int status = 0;
    end_at = boundary;
    end_of_holder = holder;
    pid_t child = fork();
    if (child == 0) {
        struct release *release = NULL;
        school->holder[0].at_boundary = end;
        school->holder[1].at_boundary = end;
        enum fault fault = sample_opening_run(&release, school, NULL);
        _exit(fault ? 1 : 2);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == ENDED_THERE;
}
