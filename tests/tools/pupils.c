/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test tool: the bundles that kiosks would have written for a known data set. Links core only, as a kiosk
 * does; there is no door in the product for it. See tests/tools/README.md.
 */
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bundle.h"
#include "core/enrolment.h"
#include "core/measurement.h"
#include "core/round.h"
#include "core/secret.h"
#include "platform/file.h"
#include "tests/tools/answers_csv.h"

enum { KIOSKS = 64, PATH_SIZE = 4096, CSV_LIMIT = 64 << 20 };

struct kiosk {
    uint8_t seed[32]; /* a test key: nothing secret rests on it */
    uint8_t public_key[32];
    uint8_t secret_key[64];
};

struct work {
    struct round *round;
    struct layout layout;
    struct kiosk kiosk[KIOSKS];
    size_t kiosk_count;
    const char *out_folder;
    struct bytes_buffer *records; /* [class index * kiosk_count + kiosk] */
    uint32_t *served;             /* per class */
    uint32_t *measurement;        /* secret memory */
    uint8_t *contribution;
    size_t contribution_size;
    bool print_sums;
    uint16_t flags; /* of every bundle */
    uint64_t *sums;
};

static enum fault read_kiosk(struct kiosk *out, const char *path) {
    struct bytes_buffer content = {0};
    enum fault fault = file_read(&content, path, 4096);
    if (!fault && content.size != sizeof out->seed) {
        fault = FAULT_LIMIT;
    }
    if (!fault) {
        memcpy(out->seed, content.data, sizeof out->seed);
        crypto_sign_ed25519_seed_keypair(out->public_key, out->secret_key, out->seed);
    }
    bytes_buffer_release(&content);
    return fault;
}

static enum fault on_pupil(void *self, const struct round_class *class_item, const struct answers *answers) {
    struct work *work = self;
    const struct round *round = work->round;
    size_t class_index = (size_t)(class_item - round->class_list);
    size_t kiosk = work->served[class_index]++ % work->kiosk_count;
    enum fault fault = measurement_encode(work->measurement, &work->layout, round->questionnaire, answers);
    if (fault) {
        return fault;
    }
    for (uint32_t i = 0; i < work->layout.counter_count; i++) {
        work->sums[i] += work->measurement[i];
    }
    struct contribution_context context = {.class_number = class_item->number, .layout = &work->layout};
    context.share.counter_count = work->layout.counter_count;
    memcpy(context.share.round_digest, round->digest, DIGEST_BYTES);
    memcpy(context.share.layout_digest, work->layout.digest, DIGEST_BYTES);
    memcpy(context.kiosk_key, work->kiosk[kiosk].public_key, sizeof context.kiosk_key);
    for (int holder = 0; holder < 2; holder++) {
        memcpy(context.box_key[holder], round->holder[holder].box_key, sizeof context.box_key[holder]);
    }
    fault = contribution_make(work->contribution, &context, work->measurement);
    if (fault) {
        return fault;
    }
    struct bytes_buffer *records = &work->records[class_index * work->kiosk_count + kiosk];
    bytes_put(records, work->contribution, work->contribution_size);
    return records->fault;
}

static enum fault write_bundle(struct work *work, size_t class_index, size_t kiosk) {
    const struct round_class *class_item = &work->round->class_list[class_index];
    const struct bytes_buffer *records = &work->records[class_index * work->kiosk_count + kiosk];
    struct bundle_header header = {
        .class_number = class_item->number,
        .counter_count = work->layout.counter_count,
        .flags = (uint16_t)(work->flags |
                            (contribution_layout_commits(&work->layout) ? BUNDLE_FLAG_COMMITTED : 0))};
    struct bytes_buffer file = {0};
    char id[2 * BUNDLE_ID_BYTES + 1];
    char path[PATH_SIZE];
    uint32_t asked = round_class_asked(class_item);
    uint32_t served = work->served[class_index];
    header.count = (uint32_t)(records->size / work->contribution_size);
    header.limit = (uint16_t)header.count;
    header.present = (uint16_t)served;
    header.absent[BUNDLE_ABSENT_ILL] = (uint16_t)(asked > served ? asked - served : 0);
    randombytes_buf(header.id, sizeof header.id);
    memcpy(header.round_digest, work->round->digest, DIGEST_BYTES);
    memcpy(header.layout_digest, work->layout.digest, DIGEST_BYTES);
    memcpy(header.kiosk_key, work->kiosk[kiosk].public_key, sizeof header.kiosk_key);
    digest_hex(id, header.id, sizeof header.id);
    snprintf(path, sizeof path, "%s/%s-%s.klb", work->out_folder, class_item->label, id);
    enum fault fault = bundle_encode(&file, &header, records->data, work->kiosk[kiosk].secret_key);
    if (!fault) {
        fault = file_write_new(path, bytes_buffer_view(&file), FILE_SHARED);
    }
    if (!fault) {
        fprintf(stderr, "%s: class %s, %u contributions\n", path, class_item->label, (unsigned)header.count);
    }
    bytes_buffer_release(&file);
    return fault;
}

static enum fault write_bundles(struct work *work) {
    enum fault fault = FAULT_NONE;
    for (size_t c = 0; c < work->round->class_count && !fault; c++) {
        for (size_t k = 0; k < work->kiosk_count && !fault; k++) {
            if (work->records[c * work->kiosk_count + k].size) {
                fault = write_bundle(work, c, k);
            }
        }
    }
    return fault;
}

static enum fault prepare(struct work *work, const char *round_path) {
    struct bytes_buffer content = {0};
    void *measurement = NULL;
    enum fault fault = file_read(&content, round_path, ROUND_BYTES_LIMIT);
    fault = fault ? fault : round_decode(&work->round, bytes_buffer_view(&content));
    fault = fault ? fault : round_is_valid(work->round);
    fault = fault ? fault : layout_derive(&work->layout, work->round->questionnaire);
    fault = fault ? fault : secret_new(&measurement, 4 * (size_t)work->layout.counter_count);
    bytes_buffer_release(&content);
    if (fault) {
        return fault;
    }
    work->measurement = measurement;
    work->contribution_size =
        contribution_bytes(work->layout.counter_count, contribution_layout_commits(&work->layout));
    work->contribution = malloc(work->contribution_size);
    work->records = calloc(work->round->class_count * work->kiosk_count, sizeof *work->records);
    work->served = calloc(work->round->class_count, sizeof *work->served);
    work->sums = calloc(work->layout.counter_count, sizeof *work->sums);
    bool all = work->contribution && work->records && work->served && work->sums;
    return all ? FAULT_NONE : FAULT_MEMORY;
}

static void finish(struct work *work) {
    size_t buffers = work->records ? work->round->class_count * work->kiosk_count : 0;
    for (size_t i = 0; i < buffers; i++) {
        bytes_buffer_release(&work->records[i]);
    }
    free(work->records);
    free(work->served);
    free(work->sums);
    free(work->contribution);
    secret_free(work->measurement);
    layout_release(&work->layout);
    round_free(work->round);
}

static int complain(const char *what, enum fault fault) {
    fprintf(stderr, "pupils: %s: %s\n", what, fault_text(fault, FAULT_LANGUAGE_EN));
    return 1;
}

static int run_answer(struct work *work, const char *round_path, const char *answers_path) {
    struct answers_csv_problem problem = {0};
    struct bytes_buffer csv = {0};
    int status = 1;
    enum fault fault = prepare(work, round_path);
    if (fault) {
        complain(round_path, fault);
        goto done;
    }
    fault = file_read(&csv, answers_path, CSV_LIMIT);
    fault = fault ? fault : answers_csv_read(&problem, work->round, bytes_buffer_view(&csv), on_pupil, work);
    if (problem.row) {
        fprintf(stderr, "pupils: %s, row %zu: %s\n", answers_path, problem.row, problem.text);
        goto done;
    }
    fault = fault ? fault : write_bundles(work);
    if (fault) {
        complain(answers_path, fault);
        goto done;
    }
    for (uint32_t i = 0; work->print_sums && i < work->layout.counter_count; i++) {
        printf("%u\t%llu\n", (unsigned)i, (unsigned long long)work->sums[i]);
    }
    status = 0;
done:
    bytes_buffer_release(&csv);
    finish(work);
    return status;
}

static int run_enrol(const char *label, const char *key_path, const char *request_path) {
    struct kiosk kiosk;
    struct enrolment enrolment = {0};
    struct bytes_buffer request = {0};
    randombytes_buf(kiosk.seed, sizeof kiosk.seed);
    crypto_sign_ed25519_seed_keypair(kiosk.public_key, kiosk.secret_key, kiosk.seed);
    memcpy(enrolment.key, kiosk.public_key, sizeof enrolment.key);
    snprintf(enrolment.label, sizeof enrolment.label, "%s", label);
    enum fault fault = enrolment_encode(&request, &enrolment, kiosk.secret_key);
    fault = fault ? fault : file_write(key_path, (struct bytes){kiosk.seed, sizeof kiosk.seed}, FILE_PRIVATE);
    fault = fault ? fault : file_write(request_path, bytes_buffer_view(&request), FILE_SHARED);
    bytes_buffer_release(&request);
    return fault ? complain(request_path, fault) : 0;
}

static int usage(void) {
    fputs("usage: pupils enrol --label LABEL --kiosk-key OUT.key --request OUT.kle\n"
          "       pupils answer --round FILE.klr --answers FILE.csv --out FOLDER --kiosk-key FILE.key... "
          "[--flags N] [--sums]\n",
          stderr);
    return 2;
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"round", 1, NULL, 'r'},     {"answers", 1, NULL, 'a'}, {"out", 1, NULL, 'o'},
        {"kiosk-key", 1, NULL, 'k'}, {"label", 1, NULL, 'l'},   {"request", 1, NULL, 'q'},
        {"sums", 0, NULL, 's'},      {"flags", 1, NULL, 'f'},   {NULL, 0, NULL, 0}};
    static struct work work;
    const char *round_path = NULL, *answers_path = NULL, *label = NULL, *request = NULL, *key = NULL;
    bool enrol = argc > 1 && strcmp(argv[1], "enrol") == 0;
    if (sodium_init() < 0 || argc < 2 || (!enrol && strcmp(argv[1], "answer") != 0)) {
        return usage();
    }
    optind = 2;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        enum fault fault = FAULT_NONE;
        switch (option) {
        case 'r': round_path = optarg; break;
        case 'a': answers_path = optarg; break;
        case 'o': work.out_folder = optarg; break;
        case 'l': label = optarg; break;
        case 'q': request = optarg; break;
        case 'f': work.flags = (uint16_t)strtoul(optarg, NULL, 10); break;
        case 's': work.print_sums = true; break;
        case 'k':
            key = optarg;
            fault = enrol                       ? FAULT_NONE
                    : work.kiosk_count < KIOSKS ? read_kiosk(&work.kiosk[work.kiosk_count++], key)
                                                : FAULT_LIMIT;
            break;
        default: return usage();
        }
        if (fault) {
            return complain(key, fault);
        }
    }
    if (enrol) {
        return label && key && request ? run_enrol(label, key, request) : usage();
    }
    bool complete = round_path && answers_path && work.out_folder && work.kiosk_count;
    return complete && optind == argc ? run_answer(&work, round_path, answers_path) : usage();
}
