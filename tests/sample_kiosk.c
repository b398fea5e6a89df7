/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_kiosk.h"

#include "check.h"
#include "core/enrolment.h"
#include "core/holder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct sample_class classes[] = {{"1A", 1, 12, 2}, {"1B", 1, 15, 0}, {"2A", 2, 11, 0}};

const char *sample_kiosk_path(const struct sample_kiosk *kiosk, const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", kiosk->folder, name);
    return path;
}

static void write_bytes(const char *path, const struct bytes_buffer *content) {
    check_fault(file_write(path, bytes_buffer_view(content), FILE_PRIVATE), FAULT_NONE);
}

static void write_holder(const struct sample_kiosk *kiosk, int which, const char *name) {
    struct bytes_buffer content = {0};
    struct holder holder = {0};
    const struct round_holder *known = &kiosk->sample->round->holder[which];
    memcpy(holder.name, known->name, sizeof holder.name);
    memcpy(holder.sign_key, known->sign_key, sizeof holder.sign_key);
    memcpy(holder.box_key, known->box_key, sizeof holder.box_key);
    check_fault(holder_encode(&content, &holder, kiosk->sample->sign_secret[which]), FAULT_NONE);
    write_bytes(sample_kiosk_path(kiosk, name), &content);
    bytes_buffer_release(&content);
}

void sample_kiosk_write_round(const struct sample_kiosk *kiosk) {
    struct bytes_buffer content = {0};
    check_fault(round_encode(&content, kiosk->sample->round), FAULT_NONE);
    write_bytes(sample_kiosk_path(kiosk, "round.klr"), &content);
    bytes_buffer_release(&content);
}

static void enrol_in_round(struct sample_kiosk *kiosk) {
    struct bytes_buffer content = {0};
    struct enrolment request;
    char path[128];
    snprintf(path, sizeof path, "%s/request.kle", kiosk->folder);
    check_fault(kiosk_state_enrol(kiosk->state_folder, "laptop 07", path), FAULT_NONE);
    check_fault(file_read(&content, path, ENROLMENT_BYTES_LIMIT), FAULT_NONE);
    check_fault(enrolment_decode(&request, bytes_buffer_view(&content)), FAULT_NONE);
    bytes_buffer_release(&content);
    memcpy(kiosk->sample->round->kiosk[0].key, request.key, sizeof request.key);
    check_fault(sample_round_sign_again(kiosk->sample), FAULT_NONE);
}

static void write_settings(const struct sample_kiosk *kiosk) {
    char path[128];
    char text[160];
    snprintf(path, sizeof path, "%s/settings", kiosk->state_folder);
    int size =
        snprintf(text, sizeof text, "# for tests\nallow_cow=yes\nexport_folder=%s\n", kiosk->export_folder);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)text, (size_t)size}, FILE_PRIVATE),
                FAULT_NONE);
    check_fault(folder_create(kiosk->export_folder), FAULT_NONE);
}

void sample_kiosk_new(struct sample_kiosk *out) {
    char path_a[128];
    char path_b[128];
    char fingerprint[2][DIGEST_CODE_SIZE];
    const char *folder = getenv("KLANKBORD_SAMPLES");
    *out = (struct sample_kiosk){0};
    snprintf(out->folder, sizeof out->folder, "%s/klankbord-kiosk-XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(out->folder));
    snprintf(out->state_folder, sizeof out->state_folder, "%s/state", out->folder);
    snprintf(out->export_folder, sizeof out->export_folder, "%s/export", out->folder);
    out->sample = sample_round_new(classes, 3, 1);
    enrol_in_round(out);
    write_holder(out, 0, "a.klh");
    write_holder(out, 1, "b.klh");
    write_settings(out);
    sample_kiosk_write_round(out);
    struct kiosk_state *state = sample_kiosk_open(out);
    snprintf(path_a, sizeof path_a, "%s/a.klh", out->folder);
    snprintf(path_b, sizeof path_b, "%s/b.klh", out->folder);
    check_fault(kiosk_state_trust(state, fingerprint, path_a, path_b), FAULT_NONE);
    check_fault(kiosk_state_load_round(state, sample_kiosk_path(out, "round.klr")), FAULT_NONE);
    kiosk_state_close(state);
}

static int remove_one(const char *path, const struct stat *status, int flag, struct FTW *walk) {
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

void sample_kiosk_release(struct sample_kiosk *kiosk) {
    kiosk->sample = sample_round_free(kiosk->sample);
    nftw(kiosk->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

struct kiosk_state *sample_kiosk_open(const struct sample_kiosk *kiosk) {
    struct kiosk_state *state = NULL;
    check_fault(kiosk_state_open(&state, kiosk->state_folder), FAULT_NONE);
    return state;
}
