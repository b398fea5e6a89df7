/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/release_inside.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/sample_opening.h"

static struct sample_opening *school;
static struct release *release;

static int set_up(void **state) {
    (void)state;
    school = sample_opening_full(31);
    return sample_opening_run(&release, school, NULL) ? 1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    release = release_free(release);
    school = sample_opening_free(school);
    return 0;
}

static void it_reads_back_and_belongs_to_its_round(void **state) {
    (void)state;
    struct release *again = NULL;
    struct sample_round *other = sample_round_small();
    check_fault(release_decode(&again, release_file(release)), FAULT_NONE);
    assert_memory_equal(release_digest(again), release_digest(release), DIGEST_BYTES);
    assert_int_equal(release_content(again)->figure_count, release_content(release)->figure_count);
    check_fault(release_belongs(again, school->sample->round), FAULT_NONE);
    check_fault(release_belongs(again, other->round), FAULT_ROUND_OTHER);
    release_free(again);
    sample_round_free(other);
}

static void every_flipped_bit_and_every_cut_is_noticed(void **state) {
    (void)state;
    struct bytes file = release_file(release);
    uint8_t *copy = malloc(file.size + 1);
    struct release *again = NULL;
    assert_non_null(copy);
    memcpy(copy, file.data, file.size);
    copy[file.size] = 0;
    for (size_t i = 0; i < file.size * 8; i += i < 16000 ? 1 : 97) {
        copy[i / 8] ^= (uint8_t)(1u << (i % 8));
        assert_true(release_decode(&again, (struct bytes){copy, file.size}) != FAULT_NONE);
        assert_null(again);
        copy[i / 8] ^= (uint8_t)(1u << (i % 8));
    }
    for (size_t size = 0; size < file.size; size += size < 2000 ? 1 : 19) {
        assert_true(release_decode(&again, (struct bytes){copy, size}) != FAULT_NONE);
    }
    check_fault(release_decode(&again, (struct bytes){copy, file.size + 1}), FAULT_TRAILING);
    free(copy);
}

/* The release's content, owned anew, to be changed and made into a release again. */
static struct release_content copy_content(void) {
    struct release_content copy = *release_content(release);
    const struct release_content *from = release_content(release);
    copy.batch = malloc(from->batch_count * sizeof *copy.batch);
    copy.class_list = malloc(from->class_count * sizeof *copy.class_list);
    copy.excluded = calloc(1, 1);
    copy.stratum = malloc(from->stratum_count * sizeof *copy.stratum);
    copy.item = malloc(from->item_count * sizeof *copy.item);
    copy.scale = malloc(from->scale_count * sizeof *copy.scale);
    assert_true(copy.stratum && copy.item && copy.scale);
    memcpy(copy.stratum, from->stratum, from->stratum_count * sizeof *copy.stratum);
    memcpy(copy.item, from->item, from->item_count * sizeof *copy.item);
    memcpy(copy.scale, from->scale, from->scale_count * sizeof *copy.scale);
    copy.figure = malloc(from->figure_count * sizeof *copy.figure);
    assert_true(copy.batch && copy.class_list && copy.excluded && copy.figure);
    memcpy(copy.batch, from->batch, from->batch_count * sizeof *copy.batch);
    memcpy(copy.class_list, from->class_list, from->class_count * sizeof *copy.class_list);
    memcpy(copy.figure, from->figure, from->figure_count * sizeof *copy.figure);
    return copy;
}

static enum fault remake(struct release **out, struct release_content *content, int holder) {
    return release_new(out, content, school->sample->round->holder[holder].sign_key,
                       school->sample->sign_secret[holder]);
}

static void a_content_that_breaks_a_rule_never_becomes_a_release(void **state) {
    (void)state;
    struct release *again = NULL;
    struct release_content content = copy_content();
    content.figure[0].status = RELEASE_HIDDEN;
    content.figure[0].low = content.figure[0].high = 3;
    check_fault(remake(&again, &content, 0), FAULT_NOT_CANONICAL);
    content = copy_content();
    struct release_figure swap = content.figure[0];
    content.figure[0] = content.figure[1];
    content.figure[1] = swap;
    check_fault(remake(&again, &content, 0), FAULT_RECORD_ORDER);
    content = copy_content();
    content.policy = RELEASE_POLICY_SCHOOL_ONLY; /* there are class figures */
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.policy = RELEASE_POLICY_AUDITED;
    content.figure[content.figure_count - 1].level = RELEASE_BREAKDOWN;
    content.figure[content.figure_count - 1].unit = 200 * RELEASE_CATEGORY_STRIDE;
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.figure[1].kind = RELEASE_MEAN;
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.k_cell = 2;
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.batch[0].refused = true;
    content.batch[0].left_out = false;
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.program[0] = '\n';
    check_fault(remake(&again, &content, 0), FAULT_TEXT);
    assert_null(again);
}

static void only_holder_0_signs_and_only_what_the_round_has(void **state) {
    (void)state;
    struct release *again = NULL;
    struct release_content content = copy_content();
    check_fault(remake(&again, &content, 1), FAULT_NONE);
    check_fault(release_belongs(again, school->sample->round), FAULT_KEY_WRONG);
    release_free(again);
    content = copy_content();
    content.figure[content.figure_count - 1].subject = 7;
    check_fault(remake(&again, &content, 0), FAULT_LIMIT);
    content = copy_content();
    content.class_list[content.class_count - 1].number = 99;
    check_fault(remake(&again, &content, 0), FAULT_NONE);
    check_fault(release_belongs(again, school->sample->round), FAULT_LIMIT);
    release_free(again);
    content = copy_content();
    content.item[1].digest[0] ^= 1;
    check_fault(remake(&again, &content, 0), FAULT_NONE);
    check_fault(release_belongs(again, school->sample->round), FAULT_DIGEST);
    release_free(again);
    content = copy_content();
    content.first_day++;
    check_fault(remake(&again, &content, 0), FAULT_NONE);
    check_fault(release_belongs(again, school->sample->round), FAULT_DIGEST);
    release_free(again);
    content = copy_content();
    content.layout_digest[0] ^= 1;
    check_fault(remake(&again, &content, 0), FAULT_NONE);
    check_fault(release_belongs(again, school->sample->round), FAULT_DIGEST);
    release_free(again);
    content = copy_content();
    check_fault(release_new(&again, &content, school->sample->round->holder[0].sign_key,
                            school->sample->sign_secret[1]),
                FAULT_KEY_WRONG);
}

/* A release that shows more of a class than its round told pupils is not of that round. */
static void what_a_class_may_show_is_as_the_round_says(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    for (uint16_t choices = 0; choices <= ROUND_INCIDENTS_IN_CLASS; choices++) {
        struct release_content content = {.item_count = 0};
        sample->round->choices = choices;
        check_fault(release_fill_origin(&content, sample->round), FAULT_NONE);
        assert_int_equal(content.choices, choices ? RELEASE_INCIDENTS_IN_CLASS : 0);
        release_content_release(&content);
    }
    sample_round_free(sample);
    school->sample->round->choices = ROUND_INCIDENTS_IN_CLASS;
    enum fault fault = release_belongs(release, school->sample->round);
    school->sample->round->choices = 0;
    check_fault(fault, FAULT_DIGEST);
    check_fault(release_belongs(release, school->sample->round), FAULT_NONE);
}

static void nothing_but_disclosure_control_can_make_a_release(void **state) {
    (void)state;
    const char *folder = TEST_SOURCE_FOLDER "/aggregator";
    struct folder_names names = {0};
    uint32_t found = 0;
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    for (size_t i = 0; i < names.count; i++) {
        char path[4096];
        struct bytes_buffer content = {0};
        (void)snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        if (file_read(&content, path, 1 << 22) == FAULT_NONE) {
            bytes_put_u8(&content, 0);
            bool inside = strstr((const char *)content.data, "release_inside.h\"") != NULL;
            bool may = strcmp(names.names[i], "release.c") == 0 ||
                       strcmp(names.names[i], "release_codec.c") == 0 ||
                       strcmp(names.names[i], "disclosure.c") == 0;
            if (inside != may) {
                print_error("%s\n", names.names[i]);
            }
            assert_true(inside == may);
            found += inside;
        }
        bytes_buffer_release(&content);
    }
    assert_int_equal(found, 3);
    folder_names_release(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_back_and_belongs_to_its_round),
        cmocka_unit_test(every_flipped_bit_and_every_cut_is_noticed),
        cmocka_unit_test(a_content_that_breaks_a_rule_never_becomes_a_release),
        cmocka_unit_test(only_holder_0_signs_and_only_what_the_round_has),
        cmocka_unit_test(what_a_class_may_show_is_as_the_round_says),
        cmocka_unit_test(nothing_but_disclosure_control_can_make_a_release),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
