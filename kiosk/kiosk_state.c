/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk_state.h"

#include "core/enrolment.h"
#include "core/holder.h"
#include "core/secret.h"
#include "kiosk_state_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES_LIMIT = 8192, TRIES_BYTES_LIMIT = 16 };

enum fault kiosk_state_path(char out[KIOSK_STATE_PATH_SIZE], const char *folder, const char *name) {
    int size = snprintf(out, KIOSK_STATE_PATH_SIZE, "%s/%s", folder, name);
    return size > 0 && size < KIOSK_STATE_PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

enum fault kiosk_state_default_folder(char out[KIOSK_STATE_PATH_SIZE]) {
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    out[0] = '\0';
    if (state &&
        state[0] == '/') { /* relative ones are to be ignored, says the base directory specification */
        return kiosk_state_path(out, state, "klankbord-kiosk");
    }
    return home && home[0] ? kiosk_state_path(out, home, ".local/state/klankbord-kiosk") : FAULT_FILE_MISSING;
}

static enum fault create_folders(const char *path) {
    char part[KIOSK_STATE_PATH_SIZE];
    size_t size = strlen(path);
    enum fault fault = size > 0 && size < sizeof part ? FAULT_NONE : FAULT_LIMIT;
    for (size_t i = 1; i <= size && !fault; i++) {
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            fault = folder_create(part);
        }
    }
    return fault;
}

/* Reads a file of the folder into a fresh buffer. */
static enum fault read_part(struct bytes_buffer *out, const char *folder, const char *name, size_t limit) {
    char path[KIOSK_STATE_PATH_SIZE];
    enum fault fault = kiosk_state_path(path, folder, name);
    return fault ? fault : file_read(out, path, limit);
}

static enum fault write_part(const char *folder, const char *name, const void *data, size_t size) {
    char path[KIOSK_STATE_PATH_SIZE];
    enum fault fault = kiosk_state_path(path, folder, name);
    return fault ? fault : file_write(path, (struct bytes){data, size}, FILE_PRIVATE);
}

static bool has_part(const char *folder, const char *name) {
    char path[KIOSK_STATE_PATH_SIZE];
    return !kiosk_state_path(path, folder, name) && file_exists(path);
}

static enum fault read_label(char out[ROUND_LABEL_SIZE], const char *folder) {
    struct bytes_buffer content = {0};
    enum fault fault = read_part(&content, folder, "label", ROUND_LABEL_SIZE - 1);
    if (!fault && (content.size == 0 || !bytes_are_plain_text(content.data, content.size, false))) {
        fault = FAULT_TEXT;
    }
    if (!fault) {
        memcpy(out, content.data, content.size);
        out[content.size] = '\0';
    }
    bytes_buffer_release(&content);
    return fault;
}

/* The key pair of the kept seed. `secret_key` is the caller's secret memory. */
static enum fault read_key(uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES], uint8_t *secret_key,
                           const char *folder) {
    struct bytes_buffer seed = {0};
    enum fault fault = read_part(&seed, folder, "kiosk.key", crypto_sign_SEEDBYTES);
    if (!fault && seed.size != crypto_sign_SEEDBYTES) {
        fault = FAULT_TRUNCATED;
    }
    if (!fault) {
        crypto_sign_seed_keypair(public_key, secret_key, seed.data);
    }
    if (seed.data) {
        secret_wipe(seed.data, seed.size);
    }
    bytes_buffer_release(&seed);
    return fault;
}

/* The label comes first: a folder with a key has a label. */
static enum fault make_identity(const char *folder, const char *label) {
    void *seed = NULL;
    enum fault fault = secret_new(&seed, crypto_sign_SEEDBYTES);
    if (!fault) {
        fault = write_part(folder, "label", label, strlen(label));
    }
    if (!fault) {
        randombytes_buf(seed, crypto_sign_SEEDBYTES);
        fault = write_part(folder, "kiosk.key", seed, crypto_sign_SEEDBYTES);
    }
    secret_free(seed);
    return fault;
}

static enum fault see_to_identity(const char *folder, const char *label) {
    char kept[ROUND_LABEL_SIZE];
    if (!has_part(folder, "kiosk.key")) {
        return make_identity(folder, label);
    }
    enum fault fault = read_label(kept, folder);
    return fault ? fault : strcmp(kept, label) == 0 ? FAULT_NONE : FAULT_FILE_EXISTS;
}

static enum fault write_request(const char *folder, const char *label, const char *path) {
    struct enrolment enrolment = {0};
    struct bytes_buffer content = {0};
    void *secret_key = NULL;
    enum fault fault = secret_new(&secret_key, DIGEST_SIGN_SECRET_BYTES);
    if (!fault) {
        fault = read_key(enrolment.key, secret_key, folder);
    }
    if (!fault) {
        snprintf(enrolment.label, sizeof enrolment.label, "%s", label);
        fault = enrolment_encode(&content, &enrolment, secret_key);
    }
    if (!fault) {
        fault = file_write_new(path, bytes_buffer_view(&content), FILE_SHARED);
    }
    secret_free(secret_key);
    bytes_buffer_release(&content);
    return fault;
}

static enum fault lock_folder(struct file_lock *lock, const char *folder) {
    char path[KIOSK_STATE_PATH_SIZE];
    enum fault fault = kiosk_state_path(path, folder, "lock");
    return fault ? fault : file_lock_take(lock, path);
}

enum fault kiosk_state_enrol(const char *folder, const char *label, const char *enrolment_path) {
    char sessions[KIOSK_STATE_PATH_SIZE];
    struct file_lock lock = {0};
    size_t size = strlen(label);
    if (size == 0 || size >= ROUND_LABEL_SIZE) {
        return FAULT_LIMIT;
    }
    if (!bytes_are_plain_text(label, size, false)) {
        return FAULT_TEXT;
    }
    enum fault fault = create_folders(folder);
    if (!fault) {
        fault = kiosk_state_path(sessions, folder, "sessions");
    }
    if (!fault) {
        fault = folder_create(sessions);
    }
    if (!fault) {
        fault = lock_folder(&lock, folder);
    }
    if (!fault) {
        fault = see_to_identity(folder, label);
    }
    if (!fault) {
        fault = write_request(folder, label, enrolment_path);
    }
    file_lock_release(&lock);
    return fault;
}

static enum fault read_holder(struct holder *out, struct bytes_buffer *content, const char *path) {
    enum fault fault = file_read(content, path, HOLDER_BYTES_LIMIT);
    return fault ? fault : holder_decode(out, bytes_buffer_view(content));
}

static const char *const trusted_names[2] = {"trusted-1.klh", "trusted-2.klh"};

static enum fault read_trusted(struct kiosk_state *state) {
    for (int i = 0; i < 2; i++) {
        char path[KIOSK_STATE_PATH_SIZE];
        struct bytes_buffer content = {0};
        struct holder holder = {0};
        if (!has_part(state->folder, trusted_names[i])) {
            return FAULT_NONE; /* not installed yet, or cut short: nobody is trusted */
        }
        enum fault fault = kiosk_state_path(path, state->folder, trusted_names[i]);
        fault = fault ? fault : read_holder(&holder, &content, path);
        bytes_buffer_release(&content);
        if (fault) {
            return fault;
        }
        memcpy(state->trusted[i], holder.sign_key, sizeof state->trusted[i]);
    }
    state->is_trusting = true;
    return FAULT_NONE;
}

/* Takes the path behind "name=" when the line begins so. */
static bool take_path(char out[KIOSK_STATE_PATH_SIZE], const char *name, const char *line, size_t size) {
    size_t at = strlen(name);
    if (size <= at || size - at >= KIOSK_STATE_PATH_SIZE || memcmp(line, name, at) != 0) {
        return false;
    }
    memcpy(out, line + at, size - at);
    out[size - at] = '\0';
    return true;
}

/* One line "name=value" of the settings; *end is its line feed or final zero. */
static enum fault take_setting(struct kiosk_state *state, const char *line, size_t size) {
    static const char cow[] = "allow_cow=";
    if (size == 0 || line[0] == '#') {
        return FAULT_NONE;
    }
    if (size == sizeof cow + 2 && memcmp(line, "allow_cow=yes", size) == 0) {
        state->allow_cow = true;
        return FAULT_NONE;
    }
    if (size == sizeof cow + 1 && memcmp(line, "allow_cow=no", size) == 0) {
        state->allow_cow = false;
        return FAULT_NONE;
    }
    bool taken = take_path(state->export_folder, "export_folder=", line, size) ||
                 take_path(state->round_folder, "round_folder=", line, size);
    return taken ? FAULT_NONE : FAULT_USAGE;
}

static enum fault read_settings(struct kiosk_state *state) {
    struct bytes_buffer content = {0};
    enum fault fault = read_part(&content, state->folder, "settings", SETTINGS_BYTES_LIMIT);
    if (fault == FAULT_FILE_MISSING) {
        return FAULT_NONE;
    }
    if (!fault && !bytes_are_plain_text(content.data, content.size, true)) {
        fault = FAULT_TEXT;
    }
    for (size_t at = 0; !fault && at < content.size;) {
        const char *line = (const char *)content.data + at;
        const char *end = memchr(line, '\n', content.size - at);
        size_t size = end ? (size_t)(end - line) : content.size - at;
        fault = take_setting(state, line, size);
        at += size + 1;
    }
    bytes_buffer_release(&content);
    return fault;
}

/* Whatever else stands there was not written by us: it counts as many. */
static enum fault read_tries(struct kiosk_state *state) {
    struct bytes_buffer content = {0};
    enum fault fault = read_part(&content, state->folder, "tries", TRIES_BYTES_LIMIT);
    state->wrong_tries = 0;
    for (size_t i = 0; !fault && i < content.size; i++) {
        bool digit = content.data[i] >= '0' && content.data[i] <= '9' && state->wrong_tries < 1000;
        state->wrong_tries = digit ? state->wrong_tries * 10 + content.data[i] - '0' : 1000;
    }
    bytes_buffer_release(&content);
    return fault == FAULT_FILE_MISSING ? FAULT_NONE : fault;
}

static enum fault write_tries(struct kiosk_state *state) {
    char text[16];
    int size = snprintf(text, sizeof text, "%u", (unsigned)state->wrong_tries);
    return write_part(state->folder, "tries", text, (size_t)size);
}

static enum fault read_folder(struct kiosk_state *state) {
    enum fault fault = read_label(state->label, state->folder);
    if (!fault) {
        fault = read_key(state->public_key, state->secret_key, state->folder);
    }
    if (!fault) {
        fault = read_trusted(state);
    }
    if (!fault) {
        fault = read_settings(state);
    }
    if (!fault) {
        fault = read_tries(state);
    }
    if (!fault) {
        state->round_fault = kiosk_state_read_round(state);
    }
    return fault;
}

static enum fault open_folder(struct kiosk_state **out, const char *folder, bool lock) {
    struct kiosk_state *state = calloc(1, sizeof *state);
    void *secret_key = NULL;
    enum fault fault = state ? secret_new(&secret_key, DIGEST_SIGN_SECRET_BYTES) : FAULT_MEMORY;
    *out = NULL;
    if (!fault) {
        state->secret_key = secret_key;
        int size = snprintf(state->folder, sizeof state->folder, "%s", folder);
        fault = size > 0 && (size_t)size < sizeof state->folder ? FAULT_NONE : FAULT_LIMIT;
    }
    if (!fault && !has_part(folder, "kiosk.key")) {
        fault = FAULT_FILE_MISSING;
    }
    if (!fault && lock) {
        fault = lock_folder(&state->lock, folder);
    }
    if (!fault) {
        fault = read_folder(state);
    }
    if (fault) {
        state = kiosk_state_close(state);
    }
    *out = state;
    return fault;
}

enum fault kiosk_state_open(struct kiosk_state **out, const char *folder) {
    return open_folder(out, folder, true);
}

enum fault kiosk_state_look(struct kiosk_state **out, const char *folder) {
    return open_folder(out, folder, false);
}

struct kiosk_state *kiosk_state_close(struct kiosk_state *state) {
    if (state) {
        secret_free(state->secret_key);
        layout_release(&state->layout);
        round_free(state->round);
        file_lock_release(&state->lock);
        free(state);
    }
    return NULL;
}

static bool is_trusted_pair(const struct kiosk_state *state, const struct holder holder[2]) {
    for (int i = 0; i < 2; i++) {
        if (memcmp(state->trusted[0], holder[i].sign_key, 32) == 0 &&
            memcmp(state->trusted[1], holder[1 - i].sign_key, 32) == 0) {
            return true;
        }
    }
    return false;
}

static enum fault pin_holders(struct kiosk_state *state, const struct holder holder[2],
                              const struct bytes_buffer content[2]) {
    enum fault fault = FAULT_NONE;
    for (int i = 0; i < 2 && !fault; i++) {
        memcpy(state->trusted[i], holder[i].sign_key, sizeof state->trusted[i]);
        fault = write_part(state->folder, trusted_names[i], content[i].data, content[i].size);
    }
    state->is_trusting = !fault;
    return fault;
}

enum fault kiosk_state_trust(struct kiosk_state *state, char fingerprint[2][DIGEST_CODE_SIZE],
                             const char *path_a, const char *path_b) {
    struct bytes_buffer content[2] = {{0}, {0}};
    struct holder holder[2];
    enum fault fault = read_holder(&holder[0], &content[0], path_a);
    if (!fault) {
        fault = read_holder(&holder[1], &content[1], path_b);
    }
    if (!fault && memcmp(holder[0].sign_key, holder[1].sign_key, sizeof holder[0].sign_key) == 0) {
        fault = FAULT_KEY_SAME;
    }
    if (!fault && state->is_trusting) {
        fault = is_trusted_pair(state, holder) ? FAULT_NONE : FAULT_FILE_EXISTS;
    } else if (!fault) {
        fault = pin_holders(state, holder, content);
    }
    for (int i = 0; i < 2; i++) {
        bytes_buffer_release(&content[i]);
        if (!fault) {
            digest_fingerprint(fingerprint[i], holder[i].sign_key);
        }
    }
    return fault;
}

static bool opens_any(const struct round *round, const char *pin) {
    bool opens = false;
    for (uint16_t i = 0; i < round->pin_count && !opens; i++) {
        opens = crypto_pwhash_str_verify(round->pin_hash[i], pin, strlen(pin)) == 0;
    }
    return opens;
}

/* Counted before it is looked at: pulling the plug does not win a try. */
enum fault kiosk_state_check_pin(struct kiosk_state *state, const char *pin) {
    if (!state->round) {
        return FAULT_ROUND_NOT_VALID;
    }
    uint32_t before = state->wrong_tries;
    state->wrong_tries = before < 1000 ? before + 1 : before;
    enum fault fault = write_tries(state);
    if (fault) {
        state->wrong_tries = before;
        return fault;
    }
    if (!opens_any(state->round, pin)) {
        return FAULT_PIN;
    }
    state->wrong_tries = 0;
    return write_tries(state);
}
