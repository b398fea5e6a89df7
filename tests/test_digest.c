/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/digest.h"

#include <string.h>

static const struct bytes abc = {(const uint8_t *)"abc", 3};

static void check_hex(const uint8_t *data, size_t size, const char *expected) {
    char hex[2 * 64 + 1];
    digest_hex(hex, data, size);
    assert_string_equal(hex, expected);
}

/* Checked against another implementation of BLAKE2b. */
static void a_digest_is_blake2b_256_with_the_label_as_personal_string(void **state) {
    (void)state;
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, DIGEST_ROUND, abc);
    check_hex(digest, sizeof digest, "7cca76c139fd1d5f5868d419c17169c26379fd849ffbd4fe45f545959e32fb7d");
    digest_make(digest, DIGEST_QUESTIONNAIRE, abc);
    check_hex(digest, sizeof digest, "a137c604c51f3569cbc073cb4290e66bcd4f01d113ea5ffbdea0133ba723f3f7");
    digest_make(digest, DIGEST_RECORD, (struct bytes){NULL, 0});
    check_hex(digest, sizeof digest, "14132be5bb25c076ab3222720212f5b7b0e640b04d60e221594fb5049650bc25");
}

static void parts_give_the_same_digest_as_the_whole(void **state) {
    (void)state;
    uint8_t whole[DIGEST_BYTES], parts[DIGEST_BYTES];
    struct digest_state digest;
    digest_make(whole, DIGEST_BUNDLE, abc);
    digest_begin(&digest, DIGEST_BUNDLE);
    digest_add(&digest, "a", 1);
    digest_add(&digest, NULL, 0);
    digest_add(&digest, "bc", 2);
    digest_end(&digest, parts);
    assert_memory_equal(whole, parts, DIGEST_BYTES);
}

static void all_labels_differ_and_are_padded_with_zeros(void **state) {
    (void)state;
    for (int i = 0; i <= DIGEST_LABEL_COUNT; i++) {
        const uint8_t *label = digest_label_bytes((enum digest_label)i);
        const uint8_t *end = memchr(label, 0, DIGEST_LABEL_BYTES);
        size_t size = end ? (size_t)(end - label) : DIGEST_LABEL_BYTES;
        assert_memory_equal(label, "kb1/", 4);
        assert_true(size > 4);
        assert_true(sodium_is_zero(label + size, DIGEST_LABEL_BYTES - size));
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(label, digest_label_bytes((enum digest_label)j), DIGEST_LABEL_BYTES);
        }
        assert_memory_not_equal(label, "kb1/expand-share", DIGEST_LABEL_BYTES);
    }
}

static void one_content_has_another_digest_for_every_purpose(void **state) {
    (void)state;
    uint8_t digest[DIGEST_LABEL_COUNT][DIGEST_BYTES];
    for (int i = 0; i < DIGEST_LABEL_COUNT; i++) {
        digest_make(digest[i], (enum digest_label)i, abc);
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(digest[i], digest[j], DIGEST_BYTES);
        }
    }
}

struct signer {
    uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES];
    uint8_t digest[DIGEST_BYTES];
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
};

static void sign_abc(struct signer *signer, enum digest_label label) {
    uint8_t seed[32];
    for (uint8_t i = 0; i < 32; i++) {
        seed[i] = i;
    }
    crypto_sign_ed25519_seed_keypair(signer->public_key, signer->secret_key, seed);
    digest_make(signer->digest, label, abc);
    digest_sign(signer->signature, label, signer->digest, signer->secret_key);
}

/* The 64 signed bytes, spelled out once more. */
static void a_signature_is_over_label_purpose_and_digest(void **state) {
    (void)state;
    struct signer signer;
    uint8_t message[64] = "kb1/signature\0\0\0kb1/round";
    sign_abc(&signer, DIGEST_ROUND);
    memcpy(message + 32, signer.digest, 32);
    assert_int_equal(
        crypto_sign_ed25519_verify_detached(signer.signature, message, sizeof message, signer.public_key), 0);
    check_fault(digest_verify(signer.signature, DIGEST_ROUND, signer.digest, signer.public_key), FAULT_NONE);
}

static void a_signature_for_one_purpose_is_worth_nothing_for_another(void **state) {
    (void)state;
    struct signer signer;
    sign_abc(&signer, DIGEST_ROUND);
    for (int i = 0; i < DIGEST_LABEL_COUNT; i++) {
        enum fault expected = i == DIGEST_ROUND ? FAULT_NONE : FAULT_SIGNATURE;
        check_fault(digest_verify(signer.signature, (enum digest_label)i, signer.digest, signer.public_key),
                    expected);
    }
}

static void flip_all(struct signer *signer, uint8_t *data, size_t size) {
    for (size_t bit = 0; bit < 8 * size; bit++) {
        data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        check_fault(digest_verify(signer->signature, DIGEST_ROUND, signer->digest, signer->public_key),
                    FAULT_SIGNATURE);
        data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void any_flipped_bit_breaks_a_signature(void **state) {
    (void)state;
    struct signer signer;
    sign_abc(&signer, DIGEST_ROUND);
    flip_all(&signer, signer.signature, sizeof signer.signature);
    flip_all(&signer, signer.digest, sizeof signer.digest);
    flip_all(&signer, signer.public_key, sizeof signer.public_key);
}

/* Checked against another implementation of base 32. */
static void codes_for_people_are_those_of_the_document(void **state) {
    (void)state;
    uint8_t content[32];
    char code[DIGEST_CODE_SIZE];
    for (uint8_t i = 0; i < 32; i++) {
        content[i] = i;
    }
    digest_fingerprint(code, content);
    assert_string_equal(code, "WENG-A8S2-GR55-B2ES");
    digest_check_code(code, content);
    assert_string_equal(code, "HTZ5-1BV9-MDD0");
    content[31] ^= 1;
    digest_check_code(code, content);
    assert_string_not_equal(code, "HTZ5-1BV9-MDD0");
}

static void hexadecimal_is_lower_case(void **state) {
    (void)state;
    static const uint8_t data[3] = {0x00, 0xAF, 0x9E};
    char hex[7];
    digest_hex(hex, data, 3);
    assert_string_equal(hex, "00af9e");
    digest_hex(hex, data, 0);
    assert_string_equal(hex, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_is_blake2b_256_with_the_label_as_personal_string),
        cmocka_unit_test(parts_give_the_same_digest_as_the_whole),
        cmocka_unit_test(all_labels_differ_and_are_padded_with_zeros),
        cmocka_unit_test(one_content_has_another_digest_for_every_purpose),
        cmocka_unit_test(a_signature_is_over_label_purpose_and_digest),
        cmocka_unit_test(a_signature_for_one_purpose_is_worth_nothing_for_another),
        cmocka_unit_test(any_flipped_bit_breaks_a_signature),
        cmocka_unit_test(codes_for_people_are_those_of_the_document),
        cmocka_unit_test(hexadecimal_is_lower_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
