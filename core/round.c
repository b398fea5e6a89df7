/* SPDX-License-Identifier: Apache-2.0 */
#include "round.h"

#include <stdlib.h>
#include <string.h>

#include "key.h"

struct round *round_new(void) {
    return calloc(1, sizeof(struct round));
}

struct round *round_free(struct round *round) {
    if (round) {
        free(round->kiosk);
        free(round->class_list);
        questionnaire_free(round->questionnaire);
        bytes_buffer_release(&round->body);
        free(round);
    }
    return NULL;
}

bool round_date_is_valid(uint32_t date) {
    static const uint8_t days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t year = date / 10000;
    uint32_t month = date / 100 % 100;
    uint32_t day = date % 100;
    if (year < 2000 || year > 2199 || month < 1 || month > 12) {
        return false;
    }
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    uint32_t last = days[month] + (month == 2 && leap ? 1u : 0u);
    return day >= 1 && day <= last;
}

enum fault round_sign(struct round *round, int holder, const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    if (holder < 0 || holder > 1 || round->body.size == 0) {
        return FAULT_MISUSE;
    }
    enum fault fault = key_check_pair(secret_key, round->holder[holder].sign_key);
    if (fault) {
        return fault;
    }
    digest_sign(round->signature[holder], DIGEST_ROUND, round->digest, secret_key);
    round->is_signed[holder] = true;
    return FAULT_NONE;
}

enum fault round_is_valid(const struct round *round) {
    return round->is_signed[0] && round->is_signed[1] ? FAULT_NONE : FAULT_ROUND_NOT_VALID;
}

enum fault round_is_trusted(const struct round *round, const uint8_t key_a[32], const uint8_t key_b[32]) {
    const uint8_t *key_0 = round->holder[0].sign_key;
    const uint8_t *key_1 = round->holder[1].sign_key;
    bool straight = memcmp(key_0, key_a, 32) == 0 && memcmp(key_1, key_b, 32) == 0;
    bool crossed = memcmp(key_0, key_b, 32) == 0 && memcmp(key_1, key_a, 32) == 0;
    return straight || crossed ? FAULT_NONE : FAULT_ROUND_UNTRUSTED;
}

static int compare_class(const void *number, const void *element) {
    uint16_t wanted = *(const uint16_t *)number;
    uint16_t found = ((const struct round_class *)element)->number;
    return (wanted > found) - (wanted < found);
}

const struct round_class *round_find_class(const struct round *round, uint16_t number) {
    return round->class_count ? bsearch(&number, round->class_list, round->class_count,
                                        sizeof *round->class_list, compare_class)
                              : NULL;
}

static int compare_kiosk(const void *key, const void *element) {
    return memcmp(key, ((const struct round_kiosk *)element)->key, DIGEST_SIGN_PUBLIC_BYTES);
}

const struct round_kiosk *round_find_kiosk(const struct round *round, const uint8_t key[32]) {
    return round->kiosk_count
               ? bsearch(key, round->kiosk, round->kiosk_count, sizeof *round->kiosk, compare_kiosk)
               : NULL;
}

uint32_t round_class_asked(const struct round_class *class_item) {
    return (uint32_t)class_item->heads - class_item->not_asked;
}

uint32_t round_asked(const struct round *round) {
    uint32_t asked = 0;
    for (uint16_t i = 0; i < round->class_count; i++) {
        asked += round_class_asked(&round->class_list[i]);
    }
    return asked;
}
