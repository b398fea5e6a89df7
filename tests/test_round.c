/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdio.h>

#include "bits.h"
#include "sample_questionnaire.h"
#include "sample_round.h"

static struct bytes_buffer encoded(const struct round *round) {
    struct bytes_buffer out = {0};
    check_fault(round_encode(&out, round), FAULT_NONE);
    return out;
}

/* The fault of the sample round after `change`; both holders sign what passes. */
static enum fault after(void (*change)(struct round *round)) {
    struct sample_round *sample = sample_round_small();
    change(sample->round);
    enum fault fault = sample_round_sign_again(sample);
    check_fault(round_check(sample->round), fault);
    sample_round_free(sample);
    return fault;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    struct bytes_buffer file = encoded(sample->round);
    struct round *read = NULL;
    check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_NONE);
    check_fault(round_is_valid(read), FAULT_NONE);
    assert_memory_equal(read->digest, sample->round->digest, DIGEST_BYTES);
    assert_string_equal(read->school, "Voorbeeldschool");
    assert_string_equal(read->site, "Dorpsstraat");
    assert_int_equal(read->school_type, ROUND_SCHOOL_VO);
    assert_int_equal(read->first_day, 20261123);
    assert_int_equal(read->last_day, 20261211);
    assert_int_equal(read->retention_day, 20270201);
    assert_int_equal(read->mode, ROUND_TWO_MACHINES);
    assert_int_equal(read->k_unit, 10);
    assert_int_equal(read->k_cell, 5);
    assert_string_equal(read->language[0], "nl");
    assert_string_equal(read->help[0].line, "Kindertelefoon 0800-0432");
    assert_string_equal(read->holder[1].name, "vertrouwenspersoon");
    assert_memory_equal(read->holder[1].box_key, sample->round->holder[1].box_key, 32);
    assert_int_equal(read->kiosk_count, 2);
    assert_int_equal(read->class_count, 3);
    assert_string_equal(read->class_list[1].label, "1B");
    assert_int_equal(round_class_asked(&read->class_list[1]), 15);
    assert_int_equal(round_asked(read), 38);
    struct bytes_buffer again = encoded(read);
    assert_int_equal(again.size, file.size);
    assert_memory_equal(again.data, file.data, file.size);
    bytes_buffer_release(&again);
    bytes_buffer_release(&file);
    round_free(read);
    sample_round_free(sample);
}

static void a_draft_may_be_read_but_not_used(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    for (int only = 0; only < 2; only++) {
        struct round *read = NULL;
        check_fault(round_seal_body(sample->round), FAULT_NONE);
        check_fault(round_is_valid(sample->round), FAULT_ROUND_NOT_VALID);
        check_fault(round_sign(sample->round, only, sample->sign_secret[only]), FAULT_NONE);
        struct bytes_buffer file = encoded(sample->round);
        check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_NONE);
        assert_int_equal(read->is_signed[only], true);
        assert_int_equal(read->is_signed[1 - only], false);
        check_fault(round_is_valid(read), FAULT_ROUND_NOT_VALID);
        check_fault(round_sign(read, 1 - only, sample->sign_secret[1 - only]), FAULT_NONE);
        check_fault(round_is_valid(read), FAULT_NONE);
        bytes_buffer_release(&file);
        round_free(read);
    }
    sample_round_free(sample);
}

static void only_the_holder_of_that_place_can_sign(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    check_fault(round_sign(sample->round, 0, sample->sign_secret[1]), FAULT_KEY_WRONG);
    check_fault(round_sign(sample->round, 1, sample->sign_secret[0]), FAULT_KEY_WRONG);
    check_fault(round_sign(sample->round, 1, sample->kiosk_secret[0]), FAULT_KEY_WRONG);
    check_fault(round_sign(sample->round, 2, sample->sign_secret[0]), FAULT_MISUSE);
    check_fault(round_sign(sample->round, -1, sample->sign_secret[0]), FAULT_MISUSE);
    sample_round_free(sample);
}

static void swapped_signatures_are_refused(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    struct bytes_buffer file = encoded(sample->round);
    uint8_t kept[64];
    uint8_t *first = file.data + file.size - 64 - 1 - 64;
    uint8_t *second = file.data + file.size - 64;
    memcpy(kept, first, 64);
    memcpy(first, second, 64);
    memcpy(second, kept, 64);
    struct round *read = NULL;
    check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_SIGNATURE);
    assert_null(read);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

static void only_the_pinned_keys_are_trusted(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    const uint8_t *a = sample->round->holder[0].sign_key;
    const uint8_t *b = sample->round->holder[1].sign_key;
    check_fault(round_is_trusted(sample->round, a, b), FAULT_NONE);
    check_fault(round_is_trusted(sample->round, b, a), FAULT_NONE);
    check_fault(round_is_trusted(sample->round, a, a), FAULT_ROUND_UNTRUSTED);
    check_fault(round_is_trusted(sample->round, b, b), FAULT_ROUND_UNTRUSTED);
    check_fault(round_is_trusted(sample->round, a, sample->round->kiosk[0].key), FAULT_ROUND_UNTRUSTED);
    sample_round_free(sample);
}

static void must_fail(struct bytes damaged, size_t bit, void *context) {
    struct round *read = NULL;
    (void)context;
    if (round_decode(&read, damaged) == FAULT_NONE) {
        fail_msg("bit %zu of %zu bytes is not protected", bit, damaged.size);
    }
    assert_null(read);
}

static void every_bit_of_a_signed_round_is_protected(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    struct bytes_buffer file = encoded(sample->round);
    bits_flip_each(bytes_buffer_view(&file), must_fail, NULL);
    bits_resize_each(bytes_buffer_view(&file), must_fail, NULL);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

/* Where field `tag` begins in the body. */
static size_t field_at(const struct round *round, uint16_t tag) {
    size_t at = 14;
    while ((round->body.data[at] | round->body.data[at + 1] << 8) != tag) {
        at += 6 + bytes_load_u32(round->body.data + at + 2);
    }
    return at;
}

struct draft {
    const uint8_t *digest;
    size_t skip_from,
        skip_to; /* bytes of the questionnaire: its digest is checked before any signature, see above */
    size_t read; /* damaged drafts that are well-formed drafts themselves */
};

static void must_be_another_draft(struct bytes damaged, size_t bit, void *context) {
    struct draft *draft = context;
    struct round *read = NULL;
    if (bit / 8 >= draft->skip_from && bit / 8 < draft->skip_to) {
        return;
    }
    if (round_decode(&read, damaged) == FAULT_NONE) {
        draft->read++;
        check_fault(round_is_valid(read), FAULT_ROUND_NOT_VALID);
        if (memcmp(read->digest, draft->digest, DIGEST_BYTES) == 0) {
            fail_msg("bit %zu changed nothing that the digest sees", bit);
        }
    }
    round_free(read);
}

static void a_flipped_bit_makes_a_draft_another_draft_at_most(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    check_fault(round_seal_body(sample->round), FAULT_NONE);
    struct bytes_buffer file = encoded(sample->round);
    size_t digests = 2 * (6 + DIGEST_BYTES);
    struct draft draft = {.digest = sample->round->digest, .skip_to = sample->round->body.size - digests};
    draft.skip_from = field_at(sample->round, 16) + 6;
    bits_flip_each(bytes_buffer_view(&file), must_be_another_draft, &draft);
    assert_true(draft.read > 100 / BITS_STEP);
    draft.read = draft.skip_to = 0;
    bits_resize_each(bytes_buffer_view(&file), must_be_another_draft, &draft);
    assert_int_equal(draft.read, 0);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

/* ---- fields by hand ---- */

/* The file with one more field of `tag` at the end of the fields, not signed. */
static struct bytes_buffer with_field(const struct round *round, uint16_t tag, const char *value) {
    struct bytes_buffer out = {0};
    size_t size = strlen(value);
    bytes_put(&out, round->body.data, round->body.size);
    bytes_store_u32(out.data + 10, (uint32_t)(round->body.size - 14 + 6 + size));
    bytes_put_u16(&out, tag);
    bytes_put_u32(&out, (uint32_t)size);
    bytes_put(&out, value, size);
    bytes_put_u8(&out, 0);
    return out;
}

static void an_unknown_uncritical_field_is_kept_and_signed(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    struct bytes_buffer file = with_field(sample->round, 0x8001, "from a later version");
    struct round *read = NULL;
    check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_NONE);
    assert_memory_not_equal(read->digest, sample->round->digest, DIGEST_BYTES);
    struct bytes_buffer again = encoded(read);
    assert_int_equal(again.size, file.size);
    assert_memory_equal(again.data, file.data, file.size);
    check_fault(round_sign(read, 0, sample->sign_secret[0]), FAULT_NONE);
    check_fault(round_sign(read, 1, sample->sign_secret[1]), FAULT_NONE);
    struct bytes_buffer both = encoded(read);
    round_free(read);
    check_fault(round_decode(&read, bytes_buffer_view(&both)), FAULT_NONE);
    check_fault(round_is_valid(read), FAULT_NONE);
    both.data[both.size - 140] ^= 1; /* inside the unknown field */
    struct round *damaged = NULL;
    check_fault(round_decode(&damaged, bytes_buffer_view(&both)), FAULT_SIGNATURE);
    round_free(read);
    bytes_buffer_release(&both);
    bytes_buffer_release(&again);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

static void an_unknown_critical_field_is_refused(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    static const uint16_t tags[] = {20, 0x7FFF};
    for (size_t i = 0; i < 2; i++) {
        struct bytes_buffer file = with_field(sample->round, tags[i], "");
        struct round *read = NULL;
        check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_FIELD_UNKNOWN);
        bytes_buffer_release(&file);
    }
    struct bytes_buffer file = with_field(sample->round, 18, "");
    struct round *read = NULL;
    check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_FIELD_ORDER);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

/* The round without field `tag`. */
static void every_field_is_required(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    const uint8_t *body = sample->round->body.data;
    size_t fields = 0;
    for (size_t at = 14; at < sample->round->body.size;) {
        size_t size = 6 + bytes_load_u32(body + at + 2);
        struct bytes_buffer file = {0};
        struct round *read = NULL;
        bytes_put(&file, body, at);
        bytes_put(&file, body + at + size, sample->round->body.size - at - size);
        bytes_store_u32(file.data + 10, (uint32_t)(file.size - 14));
        bytes_put_u8(&file, 0);
        check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_FIELD_MISSING);
        bytes_buffer_release(&file);
        at += size;
        fields++;
    }
    assert_int_equal(fields, 18);
    sample_round_free(sample);
}

/* ---- what a round must be ---- */

static void no_school(struct round *round) {
    round->school[0] = '\0';
}
static void line_in_school(struct round *round) {
    round->school[2] = '\n';
}
static void endless_site(struct round *round) {
    memset(round->site, 'a', sizeof round->site);
}
static void no_site(struct round *round) {
    round->site[0] = '\0';
}
static void bad_type(struct round *round) {
    round->school_type = (enum round_school_type)11;
}
static void no_mode(struct round *round) {
    round->mode = (enum round_mode)0;
}
static void bad_mode(struct round *round) {
    round->mode = (enum round_mode)4;
}
static void k_unit_low(struct round *round) {
    round->k_unit = 4;
}
static void k_unit_lowest(struct round *round) {
    round->k_unit = 5;
}
static void k_cell_low(struct round *round) {
    round->k_cell = 2;
}
static void k_cell_high(struct round *round) {
    round->k_cell = 11;
}
static void no_language(struct round *round) {
    round->language_count = 0;
}
static void foreign_language(struct round *round) {
    strcpy(round->language[0], "tlh");
}
static void languages_swapped(struct round *round) {
    round->language_count = 2;
    strcpy(round->language[0], "en");
    strcpy(round->language[1], "nl");
}
static void both_languages(struct round *round) {
    round->language_count = 2;
    strcpy(round->language[1], "en");
}
static void language_twice(struct round *round) {
    round->language_count = 2;
    strcpy(round->language[1], "nl");
}
static void foreign_help(struct round *round) {
    strcpy(round->help[0].language, "tlh");
}
static void empty_help(struct round *round) {
    round->help[0].line[0] = '\0';
}
static void too_much_help(struct round *round) {
    round->help_count = ROUND_HELP_LINES + 1;
}

static void texts_and_choices_are_checked(void **state) {
    (void)state;
    check_fault(after(no_school), FAULT_LIMIT);
    check_fault(after(line_in_school), FAULT_TEXT);
    check_fault(after(endless_site), FAULT_LIMIT);
    check_fault(after(no_site), FAULT_NONE);
    check_fault(after(bad_type), FAULT_LIMIT);
    check_fault(after(no_mode), FAULT_LIMIT);
    check_fault(after(bad_mode), FAULT_LIMIT);
    check_fault(after(k_unit_low), FAULT_LIMIT);
    check_fault(after(k_unit_lowest), FAULT_NONE);
    check_fault(after(k_cell_low), FAULT_LIMIT);
    check_fault(after(k_cell_high), FAULT_LIMIT);
    check_fault(after(no_language), FAULT_LIMIT);
    check_fault(after(foreign_language), FAULT_LIMIT);
    check_fault(after(languages_swapped), FAULT_LIMIT);
    check_fault(after(language_twice), FAULT_LIMIT);
    check_fault(after(both_languages), FAULT_NONE);
    check_fault(after(foreign_help), FAULT_LIMIT);
    check_fault(after(empty_help), FAULT_LIMIT);
    check_fault(after(too_much_help), FAULT_LIMIT);
}

static void school_year_early(struct round *round) {
    round->school_year = 1999;
}
static void no_day(struct round *round) {
    round->first_day = 20261131;
}
static void reversed(struct round *round) {
    round->last_day = 20261122;
}
static void one_day(struct round *round) {
    round->last_day = round->first_day;
}
static void kept_too_short(struct round *round) {
    round->retention_day = round->last_day;
}

static void dates_exist_and_are_in_order(void **state) {
    (void)state;
    check_fault(after(school_year_early), FAULT_ROUND_DATES);
    check_fault(after(no_day), FAULT_ROUND_DATES);
    check_fault(after(reversed), FAULT_ROUND_DATES);
    check_fault(after(one_day), FAULT_NONE);
    check_fault(after(kept_too_short), FAULT_ROUND_DATES);
    assert_true(round_date_is_valid(20240229));
    assert_true(round_date_is_valid(20000229));
    assert_false(round_date_is_valid(20230229));
    assert_false(round_date_is_valid(21000229));
    assert_true(round_date_is_valid(21991231));
    assert_false(round_date_is_valid(22000101));
    assert_false(round_date_is_valid(19991231));
    assert_false(round_date_is_valid(20261301));
    assert_false(round_date_is_valid(20260001));
    assert_false(round_date_is_valid(20260100));
    assert_false(round_date_is_valid(20260431));
    assert_false(round_date_is_valid(0));
    assert_false(round_date_is_valid(UINT32_MAX));
}

static void no_pin(struct round *round) {
    round->pin_count = 0;
}
static void plain_pin(struct round *round) {
    strcpy(round->pin_hash[0], "2468");
}
static void other_hash(struct round *round) {
    memcpy(round->pin_hash[0], "$argon2i$$", 10);
}
static void short_hash(struct round *round) {
    round->pin_hash[0][60] = '\0';
}
static void set_cost(struct round *round, const char *cost) {
    const char *rest = strchr(strstr(round->pin_hash[0], "p=1"), '$');
    char text[ROUND_PIN_HASH_SIZE + 32];
    snprintf(text, sizeof text, "$argon2id$v=19$%s%s", cost, rest);
    memcpy(round->pin_hash[0], text, strlen(text) + 1);
}
static void costly_memory(struct round *round) {
    set_cost(round, "m=1048577,t=1,p=1");
}
static void most_memory(struct round *round) {
    set_cost(round, "m=1048576,t=16,p=1");
}
static void many_passes(struct round *round) {
    set_cost(round, "m=8192,t=17,p=1");
}
static void two_lanes(struct round *round) {
    set_cost(round, "m=8192,t=1,p=2");
}
static void zero_first(struct round *round) {
    set_cost(round, "m=08192,t=1,p=1");
}

static void a_pin_hash_cannot_stop_a_kiosk(void **state) {
    (void)state;
    check_fault(after(no_pin), FAULT_LIMIT);
    check_fault(after(plain_pin), FAULT_LIMIT);
    check_fault(after(other_hash), FAULT_LIMIT);
    check_fault(after(short_hash), FAULT_LIMIT);
    check_fault(after(costly_memory), FAULT_LIMIT);
    check_fault(after(most_memory), FAULT_NONE);
    check_fault(after(many_passes), FAULT_LIMIT);
    check_fault(after(two_lanes), FAULT_LIMIT);
    check_fault(after(zero_first), FAULT_LIMIT);
}

static void same_sign_key(struct round *round) {
    memcpy(round->holder[0].sign_key, round->holder[1].sign_key, 32);
}
static void same_box_key(struct round *round) {
    memcpy(round->holder[0].box_key, round->holder[1].box_key, 32);
}
static void zero_sign_key(struct round *round) {
    memset(round->holder[0].sign_key, 0, 32);
}
static void zero_box_key(struct round *round) {
    memset(round->holder[1].box_key, 0, 32);
}
static void same_holder_name(struct round *round) {
    strcpy(round->holder[0].name, round->holder[1].name);
}
static void no_holder_name(struct round *round) {
    round->holder[0].name[0] = '\0';
}
static void no_kiosk(struct round *round) {
    round->kiosk_count = 0;
}
static void kiosks_swapped(struct round *round) {
    struct round_kiosk kept = round->kiosk[0];
    round->kiosk[0] = round->kiosk[1];
    round->kiosk[1] = kept;
}
static void kiosk_key_twice(struct round *round) {
    memcpy(round->kiosk[0].key, round->kiosk[1].key, 32);
}
static void kiosk_label_twice(struct round *round) {
    strcpy(round->kiosk[0].label, round->kiosk[1].label);
}
static void kiosk_without_key(struct round *round) {
    memset(round->kiosk[0].key, 0, 32);
}
static void kiosk_without_label(struct round *round) {
    round->kiosk[1].label[0] = '\0';
}

static void keys_and_their_owners_are_checked(void **state) {
    (void)state;
    check_fault(after(same_sign_key), FAULT_KEY_SAME);
    check_fault(after(same_box_key), FAULT_KEY_SAME);
    check_fault(after(zero_sign_key), FAULT_KEY_INVALID);
    check_fault(after(zero_box_key), FAULT_KEY_INVALID);
    check_fault(after(same_holder_name), FAULT_NAME_TWICE);
    check_fault(after(no_holder_name), FAULT_LIMIT);
    check_fault(after(no_kiosk), FAULT_LIMIT);
    check_fault(after(kiosks_swapped), FAULT_NOT_CANONICAL);
    check_fault(after(kiosk_key_twice), FAULT_NOT_CANONICAL);
    check_fault(after(kiosk_label_twice), FAULT_NAME_TWICE);
    check_fault(after(kiosk_without_key), FAULT_KEY_INVALID);
    check_fault(after(kiosk_without_label), FAULT_LIMIT);
}

static void no_class(struct round *round) {
    round->class_count = 0;
}
static void class_zero(struct round *round) {
    round->class_list[0].number = 0;
}
static void class_twice(struct round *round) {
    round->class_list[1].number = 1;
}
static void class_label_twice(struct round *round) {
    strcpy(round->class_list[2].label, "1A");
}
static void class_without_label(struct round *round) {
    round->class_list[2].label[0] = '\0';
}
static void class_without_year(struct round *round) {
    round->class_list[0].years = 0;
}
static void combination_class(struct round *round) {
    round->class_list[0].years = 0x8001;
}
static void class_too_large(struct round *round) {
    round->class_list[0].heads = ROUND_HEADS + 1;
}
static void more_not_asked_than_heads(struct round *round) {
    round->class_list[1].not_asked = 17;
}
static void no_reason(struct round *round) {
    round->class_list[1].reason[0] = '\0';
}
static void reason_for_nobody(struct round *round) {
    strcpy(round->class_list[0].reason, "ziek");
}
static void ask(struct round *round, uint16_t a, uint16_t b, uint16_t c) {
    round->class_list[0].heads = a;
    round->class_list[1].heads = (uint16_t)(b + round->class_list[1].not_asked);
    round->class_list[2].heads = c;
}
static void nine_pupils(struct round *round) {
    ask(round, 3, 3, 3);
}
static void ten_pupils(struct round *round) {
    ask(round, 3, 3, 4);
}

static void classes_are_checked(void **state) {
    (void)state;
    check_fault(after(no_class), FAULT_LIMIT);
    check_fault(after(class_zero), FAULT_LIMIT);
    check_fault(after(class_twice), FAULT_NOT_CANONICAL);
    check_fault(after(class_label_twice), FAULT_NAME_TWICE);
    check_fault(after(class_without_label), FAULT_LIMIT);
    check_fault(after(class_without_year), FAULT_LIMIT);
    check_fault(after(combination_class), FAULT_NONE);
    check_fault(after(class_too_large), FAULT_LIMIT);
    check_fault(after(more_not_asked_than_heads), FAULT_LIMIT);
    check_fault(after(no_reason), FAULT_LIMIT);
    check_fault(after(reason_for_nobody), FAULT_LIMIT);
}

static void a_round_that_cannot_reach_the_minimum_is_refused(void **state) {
    (void)state;
    check_fault(after(nine_pupils), FAULT_ROUND_TOO_SMALL);
    check_fault(after(ten_pupils), FAULT_NONE);
}

static void other_questionnaire_digest(struct round *round) {
    round->questionnaire_digest[0] ^= 1;
}
static void other_layout_digest(struct round *round) {
    round->layout_digest[31] ^= 1;
}
static void other_label(struct round *round) {
    round->questionnaire->item[0].label.in[0][0] = 'X';
}

static void the_instrument_must_be_the_one_that_is_named(void **state) {
    (void)state;
    check_fault(after(other_questionnaire_digest), FAULT_DIGEST);
    check_fault(after(other_label), FAULT_DIGEST);
    check_fault(after(other_layout_digest), FAULT_LAYOUT_MISMATCH);
}

static void a_school_too_large_for_a_scale_is_refused(void **state) {
    (void)state;
    static struct sample_class classes[1] = {{"1A", 1, 184, 0}};
    struct sample_round *large = sample_round_new(classes, 1, 1);
    sample_round_enlarge(large);
    check_fault(sample_round_sign_again(large), FAULT_NONE);
    large->round->class_list[0].heads = 185;
    check_fault(sample_round_sign_again(large), FAULT_SUM_TOO_LARGE);
    sample_round_free(large);
}

static void classes_and_kiosks_are_found(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    sample->round->class_list[2].number = 40;
    assert_ptr_equal(round_find_class(sample->round, 1), &sample->round->class_list[0]);
    assert_ptr_equal(round_find_class(sample->round, 40), &sample->round->class_list[2]);
    assert_null(round_find_class(sample->round, 3));
    assert_null(round_find_class(sample->round, 0));
    for (uint16_t i = 0; i < 2; i++) {
        assert_ptr_equal(round_find_kiosk(sample->round, sample->round->kiosk[i].key),
                         &sample->round->kiosk[i]);
    }
    assert_null(round_find_kiosk(sample->round, sample->round->holder[0].sign_key));
    sample_round_free(sample);
}

static void the_largest_school_fits(void **state) {
    (void)state;
    static struct sample_class classes[ROUND_CLASSES];
    static char labels[ROUND_CLASSES][8];
    for (unsigned i = 0; i < ROUND_CLASSES; i++) {
        snprintf(labels[i], sizeof labels[i], "k%03u", i);
        classes[i] = (struct sample_class){labels[i], (uint16_t)(1u << i % 16), 30, 0};
    }
    struct sample_round *sample = sample_round_new(classes, ROUND_CLASSES, ROUND_KIOSKS);
    struct bytes_buffer file = encoded(sample->round);
    struct round *read = NULL;
    check_fault(round_decode(&read, bytes_buffer_view(&file)), FAULT_NONE);
    assert_int_equal(round_asked(read), 12000);
    for (uint16_t i = 0; i < ROUND_KIOSKS; i++) {
        assert_ptr_equal(round_find_kiosk(read, read->kiosk[i].key), &read->kiosk[i]);
    }
    round_free(read);
    bytes_buffer_release(&file);
    sample_round_free(sample);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(a_draft_may_be_read_but_not_used),
        cmocka_unit_test(only_the_holder_of_that_place_can_sign),
        cmocka_unit_test(swapped_signatures_are_refused),
        cmocka_unit_test(only_the_pinned_keys_are_trusted),
        cmocka_unit_test(an_unknown_uncritical_field_is_kept_and_signed),
        cmocka_unit_test(an_unknown_critical_field_is_refused),
        cmocka_unit_test(every_field_is_required),
        cmocka_unit_test(texts_and_choices_are_checked),
        cmocka_unit_test(dates_exist_and_are_in_order),
        cmocka_unit_test(a_pin_hash_cannot_stop_a_kiosk),
        cmocka_unit_test(keys_and_their_owners_are_checked),
        cmocka_unit_test(classes_are_checked),
        cmocka_unit_test(a_round_that_cannot_reach_the_minimum_is_refused),
        cmocka_unit_test(the_instrument_must_be_the_one_that_is_named),
        cmocka_unit_test(a_school_too_large_for_a_scale_is_refused),
        cmocka_unit_test(classes_and_kiosks_are_found),
        cmocka_unit_test(the_largest_school_fits),
        cmocka_unit_test(every_bit_of_a_signed_round_is_protected),
        cmocka_unit_test(a_flipped_bit_makes_a_draft_another_draft_at_most),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("round", tests, NULL, NULL);
}
