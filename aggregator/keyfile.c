/* SPDX-License-Identifier: Apache-2.0 */
#include "keyfile.h"

#include <string.h>

#include "core/key.h"
#include "core/secret.h"

enum { KDF_ARGON2ID = 1, TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES };

_Static_assert(TAG_BYTES == 16 && KEYFILE_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
                   KEYFILE_SALT_BYTES == crypto_pwhash_argon2id_SALTBYTES,
               "the sizes in the format are libsodium's");

static const uint8_t magic[8] = {'K', 'L', 'B', 's', 'k', 'e', 'y', '\n'};

/* libsodium's own advice for each; its names are in bytes, ours in KiB. */
static const struct {
    uint32_t passes, memory;
} costs[] = {
    [KEYFILE_INTERACTIVE] = {crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE / 1024},
    [KEYFILE_MODERATE] = {crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
                          crypto_pwhash_argon2id_MEMLIMIT_MODERATE / 1024},
    [KEYFILE_SENSITIVE] = {crypto_pwhash_argon2id_OPSLIMIT_SENSITIVE,
                           crypto_pwhash_argon2id_MEMLIMIT_SENSITIVE / 1024},
};

static enum fault derive_wrap_key(struct keyfile *keys, const char *passphrase) {
    int failed = crypto_pwhash_argon2id(keys->wrap_key, sizeof keys->wrap_key, passphrase, strlen(passphrase),
                                        keys->salt, keys->passes, (size_t)keys->memory * 1024,
                                        crypto_pwhash_argon2id_ALG_ARGON2ID13);
    return failed ? FAULT_MEMORY : FAULT_NONE;
}

static enum fault allocate(struct keyfile **out) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof **out);
    *out = memory;
    return fault;
}

struct keyfile *keyfile_free(struct keyfile *keys) {
    return secret_free(keys);
}

static enum fault check_name(const char *name) {
    size_t length = strlen(name);
    if (length == 0 || length >= HOLDER_NAME_SIZE) {
        return FAULT_LIMIT;
    }
    return bytes_are_plain_text(name, length, false) ? FAULT_NONE : FAULT_TEXT;
}

enum fault keyfile_new(struct keyfile **out, const char *name, const uint8_t *seed, enum keyfile_kdf kdf,
                       const char *passphrase) {
    struct keyfile *keys = NULL;
    *out = NULL;
    enum fault fault = check_name(name);
    if (!fault) {
        fault = allocate(&keys);
    }
    if (fault) {
        goto done;
    }
    memcpy(keys->name, name, strlen(name));
    if (seed) {
        memcpy(keys->seed, seed, sizeof keys->seed);
    } else {
        randombytes_buf(keys->seed, sizeof keys->seed);
    }
    crypto_sign_ed25519_seed_keypair(keys->sign_key, keys->sign_secret, keys->seed);
    keys->passes = costs[kdf].passes;
    keys->memory = costs[kdf].memory;
    randombytes_buf(keys->salt, sizeof keys->salt);
    fault = derive_wrap_key(keys, passphrase);
    if (!fault) {
        *out = keys;
        keys = NULL;
    }
done:
    keyfile_free(keys);
    return fault;
}

static void put_header(struct bytes_buffer *out, const struct keyfile *keys,
                       const uint8_t nonce[KEYFILE_NONCE_BYTES]) {
    bytes_put(out, magic, sizeof magic);
    bytes_put_u16(out, KEYFILE_VERSION);
    bytes_put_u16(out, KDF_ARGON2ID);
    bytes_put_u32(out, keys->passes);
    bytes_put_u32(out, keys->memory);
    bytes_put(out, keys->salt, sizeof keys->salt);
    bytes_put(out, nonce, KEYFILE_NONCE_BYTES);
    bytes_put(out, keys->sign_key, sizeof keys->sign_key);
}

enum fault keyfile_encode(struct bytes_buffer *out, const struct keyfile *keys) {
    uint8_t nonce[KEYFILE_NONCE_BYTES], digest[DIGEST_BYTES];
    uint8_t sealed[KEYFILE_PLAIN_BYTES + TAG_BYTES];
    struct bytes_buffer file = {0};
    void *plain = NULL;
    enum fault fault = secret_new(&plain, KEYFILE_PLAIN_BYTES);
    if (fault) {
        return fault;
    }
    keyfile_plain_encode(plain, keys);
    randombytes_buf(nonce, sizeof nonce);
    put_header(&file, keys, nonce);
    if (!file.fault) {
        crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL, plain, KEYFILE_PLAIN_BYTES, file.data,
                                                   file.size, NULL, nonce, keys->wrap_key);
        bytes_put(&file, sealed, sizeof sealed);
        digest_make(digest, DIGEST_SECRET_KEYS, bytes_buffer_view(&file));
        bytes_put(&file, digest, sizeof digest);
        bytes_put(out, file.data, file.size);
    }
    fault = file.fault ? file.fault : out->fault;
    secret_free(plain);
    bytes_buffer_release(&file);
    return fault;
}

static enum fault check_size(struct bytes content) {
    if (content.size == KEYFILE_BYTES) {
        return FAULT_NONE;
    }
    return content.size < KEYFILE_BYTES ? FAULT_TRUNCATED : FAULT_TRAILING;
}

static enum fault check_digest(struct bytes content) {
    uint8_t digest[DIGEST_BYTES];
    size_t covered = KEYFILE_BYTES - DIGEST_BYTES;
    digest_make(digest, DIGEST_SECRET_KEYS, (struct bytes){content.data, covered});
    return sodium_memcmp(digest, content.data + covered, sizeof digest) == 0 ? FAULT_NONE : FAULT_CHECKSUM;
}

static bool costs_are_within_limits(uint16_t kdf, const struct keyfile_header *header) {
    return kdf == KDF_ARGON2ID && header->passes >= KEYFILE_PASSES_LOWEST &&
           header->passes <= KEYFILE_PASSES_LIMIT && header->memory >= KEYFILE_MEMORY_LOWEST &&
           header->memory <= KEYFILE_MEMORY_LIMIT;
}

enum fault keyfile_header_decode(struct keyfile_header *out, struct bytes content) {
    struct bytes_reader reader = bytes_reader_of(content);
    uint8_t found[sizeof magic];
    *out = (struct keyfile_header){0};
    bytes_take(&reader, found, sizeof found);
    uint16_t version = bytes_take_u16(&reader);
    if (reader.fault) {
        return reader.fault;
    }
    if (memcmp(found, magic, sizeof magic) != 0) {
        return FAULT_MAGIC;
    }
    if (version != KEYFILE_VERSION) {
        return FAULT_VERSION;
    }
    enum fault fault = check_size(content);
    if (!fault) {
        fault = check_digest(content);
    }
    if (fault) {
        return fault;
    }
    uint16_t kdf = bytes_take_u16(&reader);
    out->passes = bytes_take_u32(&reader);
    out->memory = bytes_take_u32(&reader);
    bytes_take(&reader, out->salt, sizeof out->salt);
    bytes_take(&reader, out->nonce, sizeof out->nonce);
    bytes_take(&reader, out->sign_key, sizeof out->sign_key);
    return costs_are_within_limits(kdf, out) ? key_check_sign(out->sign_key) : FAULT_LIMIT;
}

static enum fault unwrap(struct keyfile *keys, uint8_t *plain, const struct keyfile_header *header,
                         struct bytes content, const char *passphrase) {
    keys->passes = header->passes;
    keys->memory = header->memory;
    memcpy(keys->salt, header->salt, sizeof keys->salt);
    enum fault fault = derive_wrap_key(keys, passphrase);
    if (fault) {
        return fault;
    }
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain, NULL, NULL, content.data + KEYFILE_HEADER_BYTES, KEYFILE_PLAIN_BYTES + TAG_BYTES, content.data,
        KEYFILE_HEADER_BYTES, header->nonce, keys->wrap_key);
    return failed ? FAULT_PASSPHRASE : keyfile_plain_decode(keys, plain);
}

enum fault keyfile_decode(struct keyfile **out, struct bytes content, const char *passphrase) {
    struct keyfile_header header;
    struct keyfile *keys = NULL;
    void *plain = NULL;
    *out = NULL;
    enum fault fault = keyfile_header_decode(&header, content);
    if (!fault) {
        fault = allocate(&keys);
    }
    if (!fault) {
        fault = secret_new(&plain, KEYFILE_PLAIN_BYTES);
    }
    if (!fault) {
        fault = unwrap(keys, plain, &header, content, passphrase);
    }
    if (!fault && memcmp(keys->sign_key, header.sign_key, sizeof header.sign_key) != 0) {
        fault = FAULT_KEY_WRONG;
    }
    if (!fault) {
        *out = keys;
        keys = NULL;
    }
    secret_free(plain);
    keyfile_free(keys);
    return fault;
}
