/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aggregator/keyholder.h"
#include "core/contribution.h"
#include "core/holder.h"
#include "platform/folder.h"
#include "sample_round.h"

/*
 * The n-th call from now fails as on a full disk; 0: none does. Everything of platform/ goes through these
 * two.
 */
static int write_fails_in, fsync_fails_in;

ssize_t __real_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size);
int __real_fsync(int handle);
int __wrap_fsync(int handle);

ssize_t __wrap_write(int handle, const void *data, size_t size) {
    if (write_fails_in && --write_fails_in == 0) {
        errno = ENOSPC;
        return -1;
    }
    return __real_write(handle, data, size);
}

int __wrap_fsync(int handle) {
    if (fsync_fails_in && --fsync_fails_in == 0) {
        errno = EIO;
        return -1;
    }
    return __real_fsync(handle);
}

static const char passphrase[] = "een zin van vijf woorden";
static char folder[256], path[512];

static const char *in_folder(const char *name) {
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int new_place(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/klankbord-keyholder-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    strcat(folder, "/stick");
    return 0;
}

static int clear_place(void **state) {
    (void)state;
    char command[512];
    write_fails_in = fsync_fails_in = 0;
    snprintf(command, sizeof command, "rm -rf '%.*s'", (int)(strlen(folder) - 6), folder);
    return system(command);
}

static struct keyholder *create(void) {
    struct keyholder *holder = NULL;
    check_fault(keyholder_create(&holder, folder, "vertrouwenspersoon", KEYFILE_INTERACTIVE, passphrase),
                FAULT_NONE);
    return holder;
}

static struct keyholder *open_it(void) {
    struct keyholder *holder = NULL;
    check_fault(keyholder_open(&holder, folder, passphrase), FAULT_NONE);
    return holder;
}

static struct holder public_file(void) {
    struct bytes_buffer content = {0};
    struct holder holder;
    check_fault(file_read(&content, in_folder("holder.klh"), HOLDER_BYTES_LIMIT), FAULT_NONE);
    check_fault(holder_decode(&holder, bytes_buffer_view(&content)), FAULT_NONE);
    bytes_buffer_release(&content);
    return holder;
}

/*
 * A round in which `holder` is the first key holder, with her newest box key; not signed by anybody when
 * `is_signed` is false.
 */
static struct sample_round *round_with(const struct keyholder *holder, const char *school, bool is_signed) {
    struct sample_round *sample = sample_round_small();
    struct holder shown = public_file();
    memcpy(sample->round->holder[0].sign_key, shown.sign_key, 32);
    memcpy(sample->round->holder[0].box_key, shown.box_key, 32);
    memcpy(sample->sign_secret[0], holder->keys->sign_secret, 64);
    strcpy(sample->round->school, school);
    if (is_signed) {
        check_fault(sample_round_sign_again(sample), FAULT_NONE);
    } else {
        check_fault(round_seal_body(sample->round), FAULT_NONE);
    }
    return sample;
}

static void a_new_folder_holds_two_files_and_opens(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct stat status;
    struct folder_names names = {0};
    uint8_t key[32];
    memcpy(key, keyfile_next(holder->keys)->public_key, 32);
    keyholder_close(holder);
    check_fault(folder_list(&names, folder, ""), FAULT_NONE);
    assert_int_equal(names.count, 2);
    assert_string_equal(names.names[0], "holder.klh");
    assert_string_equal(names.names[1], "keys.kls");
    folder_names_release(&names);
    assert_int_equal(stat(in_folder("keys.kls"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    struct holder shown = public_file();
    assert_string_equal(shown.name, "vertrouwenspersoon");
    assert_memory_equal(shown.box_key, key, 32);
    holder = open_it();
    check_fault(keyholder_prove(holder, shown.box_key), FAULT_NONE);
    assert_memory_equal(holder->keys->sign_key, shown.sign_key, 32);
    keyholder_close(holder);
}

static void making_it_twice_touches_nothing(void **state) {
    (void)state;
    struct keyholder *holder = create(), *second = NULL;
    keyholder_close(holder);
    struct holder before = public_file();
    check_fault(keyholder_create(&second, folder, "een ander", KEYFILE_INTERACTIVE, passphrase),
                FAULT_FILE_EXISTS);
    assert_null(second);
    struct holder after = public_file();
    assert_memory_equal(&before, &after, sizeof before);
    keyholder_close(open_it());
}

static void a_wrong_passphrase_or_an_empty_folder_makes_nothing(void **state) {
    (void)state;
    struct keyholder *holder = NULL;
    check_fault(keyholder_open(&holder, folder, passphrase), FAULT_FILE_MISSING);
    assert_false(file_exists(folder));
    check_fault(folder_create(folder), FAULT_NONE);
    check_fault(keyholder_open(&holder, folder, passphrase), FAULT_FILE_MISSING);
    assert_false(file_exists(in_folder(".lock")));
    keyholder_close(create());
    check_fault(keyholder_open(&holder, folder, "een zin van vier woorden"), FAULT_PASSPHRASE);
    assert_null(holder);
}

static void only_one_program_at_a_time(void **state) {
    (void)state;
    keyholder_close(create());
    struct keyholder *first = open_it(), *second = NULL;
    check_fault(keyholder_open(&second, folder, passphrase), FAULT_BUSY);
    keyholder_close(first);
    keyholder_close(open_it());
}

static void a_lost_or_damaged_public_file_is_made_again(void **state) {
    (void)state;
    keyholder_close(create());
    struct holder before = public_file();
    check_fault(file_remove(in_folder("holder.klh")), FAULT_NONE);
    keyholder_close(open_it());
    struct holder after = public_file();
    assert_memory_equal(&before, &after, sizeof before);
    check_fault(file_write(in_folder("holder.klh"), (struct bytes){(const uint8_t *)"x", 1}, FILE_SHARED),
                FAULT_NONE);
    keyholder_close(open_it());
    after = public_file();
    assert_memory_equal(&before, &after, sizeof before);
}

static void a_bound_key_stays_bound_after_the_program_ends(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", false), *two = round_with(holder, "Twee", false);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    keyholder_close(holder);
    holder = open_it();
    check_fault(keyholder_bind(holder, two->round), FAULT_KEY_USED);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    keyholder_close(holder);
    sample_round_free(one);
    sample_round_free(two);
}

static void a_fresh_key_is_made_only_when_the_old_one_is_taken(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct holder before = public_file();
    struct sample_round *one = round_with(holder, "Een", false);
    check_fault(keyholder_fresh_key(holder), FAULT_KEY_USED);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    check_fault(keyholder_fresh_key(holder), FAULT_NONE);
    struct holder after = public_file();
    assert_memory_equal(before.sign_key, after.sign_key, 32);
    assert_memory_not_equal(before.box_key, after.box_key, 32);
    struct sample_round *two = round_with(holder, "Twee", false);
    check_fault(keyholder_bind(holder, two->round), FAULT_NONE);
    sample_round_free(one);
    sample_round_free(two);
    keyholder_close(holder);
}

static void the_box_key_comes_only_for_a_round_that_she_signed(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *unsigned_one = round_with(holder, "Een", false),
                        *one = round_with(holder, "Een", true), *foreign = sample_round_small();
    struct unseal_key key = {0};
    check_fault(keyholder_box_key(&key, holder, unsigned_one->round), FAULT_ROUND_NOT_VALID);
    check_fault(keyholder_box_key(&key, holder, foreign->round), FAULT_KEY_WRONG);
    check_fault(keyholder_bind(holder, foreign->round), FAULT_KEY_WRONG);
    assert_int_equal(keyholder_number(holder, foreign->round), -1);
    assert_null(key.secret_key);
    check_fault(keyholder_box_key(&key, holder, one->round), FAULT_NONE);
    assert_memory_equal(key.public_key, one->round->holder[0].box_key, 32);
    unseal_key_release(&key);
    sample_round_free(unsigned_one);
    sample_round_free(one);
    sample_round_free(foreign);
    keyholder_close(holder);
}

static void another_holders_box_key_under_her_name_is_refused(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", false);
    uint8_t secret[32];
    struct unseal_key key = {0};
    sample_box_key(one->round->holder[0].box_key, secret, 77);
    check_fault(round_seal_body(one->round), FAULT_NONE);
    check_fault(keyholder_bind(holder, one->round), FAULT_KEY_WRONG);
    check_fault(keyholder_prove(holder, one->round->holder[0].box_key), FAULT_KEY_WRONG);
    check_fault(keyholder_box_key(&key, holder, one->round), FAULT_KEY_WRONG);
    check_fault(keyholder_destroy_round(holder, one->round), FAULT_KEY_WRONG);
    sample_round_free(one);
    keyholder_close(holder);
}

static void a_destroyed_key_never_opens_again(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", true);
    struct unseal_key key = {0};
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    check_fault(keyholder_destroy_round(holder, one->round), FAULT_NONE);
    keyholder_close(holder);
    holder = open_it();
    assert_true(sodium_is_zero(holder->keys->entry[0].secret_key, 32));
    check_fault(keyholder_box_key(&key, holder, one->round), FAULT_KEY_DESTROYED);
    check_fault(keyholder_destroy_round(holder, one->round), FAULT_KEY_DESTROYED);
    check_fault(keyholder_prove(holder, one->round->holder[0].box_key), FAULT_KEY_DESTROYED);
    check_fault(keyholder_bind(holder, one->round), FAULT_KEY_DESTROYED);
    check_fault(keyholder_fresh_key(holder), FAULT_NONE);
    sample_round_free(one);
    keyholder_close(holder);
}

static void a_key_of_another_round_is_not_destroyed(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", true), *two = round_with(holder, "Twee", true);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    check_fault(keyholder_destroy_round(holder, two->round), FAULT_KEY_USED);
    assert_int_equal(holder->keys->entry[0].state, KEYFILE_BOUND);
    sample_round_free(one);
    sample_round_free(two);
    keyholder_close(holder);
}

/* The old content must not be left lying: the file that had it is overwritten before its name goes away. */
static void the_old_wrapped_secrets_are_overwritten(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", true);
    struct bytes_buffer before = {0};
    uint8_t after[KEYFILE_BYTES];
    FILE *old = fopen(in_folder("keys.kls"), "rb"); /* keeps the old file reachable without its name */
    assert_non_null(old);
    setvbuf(old, NULL, _IONBF, 0);
    check_fault(file_read(&before, in_folder("keys.kls"), KEYFILE_BYTES), FAULT_NONE);
    check_fault(keyholder_destroy_round(holder, one->round), FAULT_NONE);
    size_t size = fread(after, 1, sizeof after, old);
    assert_true(size == 0 || memcmp(after, before.data, size) != 0);
    assert_false(file_exists(in_folder("keys.next")));
    fclose(old);
    bytes_buffer_release(&before);
    sample_round_free(one);
    keyholder_close(holder);
}

static void rename_in(const char *from, const char *to) {
    char old[512];
    snprintf(old, sizeof old, "%s", in_folder(from));
    assert_int_equal(rename(old, in_folder(to)), 0);
}

static void a_replacement_cut_short_is_finished_by_the_next_program(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct bytes_buffer old = {0};
    struct sample_round *one = round_with(holder, "Een", true);
    check_fault(file_read(&old, in_folder("keys.kls"), KEYFILE_BYTES), FAULT_NONE);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    keyholder_close(holder);
    /* The power failed after keys.next, with the old file still there. */
    rename_in("keys.kls", "keys.next");
    check_fault(file_write(in_folder("keys.kls"), bytes_buffer_view(&old), FILE_PRIVATE), FAULT_NONE);
    holder = open_it();
    assert_int_equal(holder->keys->entry[0].state, KEYFILE_BOUND);
    keyholder_close(holder);
    assert_false(file_exists(in_folder("keys.next")));
    /* And after the old file was overwritten and gone. */
    rename_in("keys.kls", "keys.next");
    holder = open_it();
    assert_int_equal(holder->keys->entry[0].state, KEYFILE_BOUND);
    keyholder_close(holder);
    /* A keys.next that is not whole is not ours and replaces nothing. */
    check_fault(file_write(in_folder("keys.next"), (struct bytes){old.data, 100}, FILE_PRIVATE), FAULT_NONE);
    check_fault(keyholder_open(&holder, folder, passphrase), FAULT_TRUNCATED);
    assert_true(file_exists(in_folder("keys.kls")));
    bytes_buffer_release(&old);
    sample_round_free(one);
}

/*
 * Every write and every fsync fails once; whatever happened, the folder opens, with the old keys or the new.
 */
static void no_failing_write_loses_the_keys(void **state) {
    (void)state;
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", true);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    keyholder_close(holder);
    int failed = 0;
    for (int step = 1;; step++) {
        holder = open_it();
        uint16_t before = holder->keys->count;
        *(step % 2 ? &write_fails_in : &fsync_fails_in) = step / 2 + 1;
        enum fault fault = keyholder_fresh_key(holder);
        bool untouched = write_fails_in || fsync_fails_in;
        write_fails_in = fsync_fails_in = 0;
        keyholder_close(holder);
        holder = open_it();
        assert_true(holder->keys->count == before || holder->keys->count == before + 1);
        assert_true(fault != FAULT_NONE || holder->keys->count == before + 1);
        struct holder shown = public_file();
        assert_memory_equal(shown.box_key, keyfile_latest(holder->keys)->public_key, 32);
        failed += fault != FAULT_NONE;
        if (keyfile_next(holder->keys)) {
            uint8_t digest[32] = {9, (uint8_t)step};
            check_fault(keyfile_bind(holder->keys, keyfile_next(holder->keys), digest, false), FAULT_NONE);
            check_fault(keyholder_save(holder), FAULT_NONE);
        }
        keyholder_close(holder);
        if (untouched && step > 12) {
            break;
        }
    }
    assert_true(failed > 8);
    sample_round_free(one);
}

static void a_folder_that_cannot_be_finished_is_not_there(void **state) {
    (void)state;
    struct keyholder *holder = NULL;
    write_fails_in = 2; /* holder.klh, after keys.kls */
    check_fault(keyholder_create(&holder, folder, "x", KEYFILE_INTERACTIVE, passphrase), FAULT_DISK_FULL);
    assert_null(holder);
    assert_false(file_exists(folder));
}

/* ---- the drill: print, lose everything, type, open ---- */

/* As somebody types who is in a hurry. */
static void type_sheet(struct recovery *out, const struct recovery *printed) {
    char text[2000] = "Naam: vertrouwenspersoon\n", *at = text + strlen(text);
    bool wrong[RECOVERY_LINES];
    for (int i = 1; i <= RECOVERY_LINES; i++) {
        char line[RECOVERY_LINE_SIZE];
        recovery_line(line, printed, i);
        at += sprintf(at, "%d: ", i);
        for (const char *letter = line; *letter; letter++) {
            char typed = *letter >= 'A' && *letter <= 'Z' ? (char)(*letter - 'A' + 'a') : *letter;
            typed = typed == '0' ? 'O' : typed == '1' ? (i % 2 ? 'l' : 'I') : typed;
            if (typed != '-') {
                *at++ = typed;
            }
        }
        *at++ = '\n';
    }
    *at = '\0';
    check_fault(recovery_read(out, wrong, NULL, 0, text), FAULT_NONE);
}

enum { COUNTERS = 5 };

static void seal_before(uint8_t *sealed, struct contribution_context *context, const uint8_t box_key[32],
                        const uint32_t *measured) {
    *context = (struct contribution_context){.class_number = 3, .share.counter_count = COUNTERS};
    memcpy(context->box_key[0], box_key, 32);
    memcpy(context->box_key[1], box_key, 32);
    check_fault(contribution_make(sealed, context, measured), FAULT_NONE);
}

static void check_opens(const struct unseal_key *key, const struct contribution_context *context,
                        const uint8_t *sealed, const uint32_t *measured) {
    struct unseal_scratch scratch = {0};
    uint32_t sum[COUNTERS] = {0};
    struct unseal_target target = {sum, 0, COUNTERS};
    const uint8_t *first = sealed + SHARE_ID_BYTES, *second = first + CONTRIBUTION_SEALED1_BYTES;
    check_fault(unseal_scratch_new(&scratch, COUNTERS), FAULT_NONE);
    check_fault(unseal_add(&target, 1, &scratch, key, 1, context, sealed,
                           (struct bytes){first, CONTRIBUTION_SEALED1_BYTES}),
                FAULT_NONE);
    check_fault(unseal_add(&target, 1, &scratch, key, 2, context, sealed,
                           (struct bytes){second, contribution_sealed2_bytes(COUNTERS, false)}),
                FAULT_NONE);
    assert_memory_equal(sum, measured, sizeof sum);
    unseal_scratch_release(&scratch);
}

static void a_stick_restored_from_the_sheet_opens_what_the_old_one_could(void **state) {
    (void)state;
    const uint32_t measured[COUNTERS] = {1, 0, 0, 7, 1};
    uint8_t sealed[1024];
    struct contribution_context context;
    struct recovery printed, typed;
    struct unseal_key key = {0};
    assert_true(contribution_bytes(COUNTERS, false) <= sizeof sealed);
    struct keyholder *holder = create();
    struct sample_round *one = round_with(holder, "Een", true), *two = round_with(holder, "Twee", false);
    check_fault(keyholder_sheet(&printed, holder), FAULT_NONE);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    seal_before(sealed, &context, one->round->holder[0].box_key, measured);
    struct holder before = public_file();
    keyholder_discard(holder); /* the stick is gone */
    assert_false(file_exists(in_folder("keys.kls")));

    type_sheet(&typed, &printed);
    check_fault(keyholder_restore(&holder, folder, "vertrouwenspersoon", &typed, KEYFILE_INTERACTIVE,
                                  "een heel nieuwe zin"),
                FAULT_NONE);
    keyholder_close(holder);
    check_fault(keyholder_open(&holder, folder, "een heel nieuwe zin"), FAULT_NONE);
    struct holder after = public_file();
    assert_memory_equal(&before, &after, sizeof before);
    check_fault(keyholder_bind(holder, two->round), FAULT_KEY_USED);
    check_fault(keyholder_box_key(&key, holder, one->round), FAULT_NONE);
    check_opens(&key, &context, sealed, measured);
    unseal_key_release(&key);
    keyholder_close(holder);
    check_fault(keyholder_open(&holder, folder, "een heel nieuwe zin"), FAULT_NONE);
    assert_int_equal(keyfile_for_round(holder->keys, one->round->digest)->state, KEYFILE_BOUND);
    keyholder_close(holder);
    sample_round_free(one);
    sample_round_free(two);
}

static void a_forgotten_passphrase_is_replaced_where_the_keys_lie(void **state) {
    (void)state;
    struct recovery sheet;
    struct keyholder *holder = create();
    check_fault(keyholder_sheet(&sheet, holder), FAULT_NONE);
    keyholder_close(holder);
    check_fault(file_write(in_folder("ledger.kll"), (struct bytes){(const uint8_t *)"L", 1}, FILE_PRIVATE),
                FAULT_NONE);
    check_fault(keyholder_restore(&holder, folder, "vertrouwenspersoon", &sheet, KEYFILE_INTERACTIVE,
                                  "een heel nieuwe zin"),
                FAULT_NONE);
    keyholder_close(holder);
    check_fault(keyholder_open(&holder, folder, passphrase), FAULT_PASSPHRASE);
    check_fault(keyholder_open(&holder, folder, "een heel nieuwe zin"), FAULT_NONE);
    assert_true(file_exists(in_folder("ledger.kll")));
    keyholder_close(holder);
}

static void an_old_sheet_or_another_persons_replaces_nothing(void **state) {
    (void)state;
    struct recovery old_sheet, others;
    struct keyholder *holder = create(), *second = NULL;
    struct sample_round *one = round_with(holder, "Een", false);
    check_fault(keyholder_sheet(&old_sheet, holder), FAULT_NONE);
    check_fault(keyholder_bind(holder, one->round), FAULT_NONE);
    check_fault(keyholder_fresh_key(holder), FAULT_NONE);
    keyholder_close(holder);
    check_fault(keyholder_restore(&second, folder, "x", &old_sheet, KEYFILE_INTERACTIVE, passphrase),
                FAULT_FILE_EXISTS);
    others = old_sheet;
    others.seed[0] ^= 1;
    check_fault(keyholder_restore(&second, folder, "x", &others, KEYFILE_INTERACTIVE, passphrase),
                FAULT_FILE_EXISTS);
    assert_null(second);
    holder = open_it();
    assert_int_equal(holder->keys->count, 2);
    keyholder_close(holder);
    sample_round_free(one);
}

int main(void) {
#define PLACED(test) cmocka_unit_test_setup_teardown(test, new_place, clear_place)
    const struct CMUnitTest tests[] = {
        PLACED(a_new_folder_holds_two_files_and_opens),
        PLACED(making_it_twice_touches_nothing),
        PLACED(a_wrong_passphrase_or_an_empty_folder_makes_nothing),
        PLACED(only_one_program_at_a_time),
        PLACED(a_lost_or_damaged_public_file_is_made_again),
        PLACED(a_bound_key_stays_bound_after_the_program_ends),
        PLACED(a_fresh_key_is_made_only_when_the_old_one_is_taken),
        PLACED(the_box_key_comes_only_for_a_round_that_she_signed),
        PLACED(another_holders_box_key_under_her_name_is_refused),
        PLACED(a_destroyed_key_never_opens_again),
        PLACED(a_key_of_another_round_is_not_destroyed),
        PLACED(the_old_wrapped_secrets_are_overwritten),
        PLACED(a_replacement_cut_short_is_finished_by_the_next_program),
        PLACED(no_failing_write_loses_the_keys),
        PLACED(a_folder_that_cannot_be_finished_is_not_there),
        PLACED(a_stick_restored_from_the_sheet_opens_what_the_old_one_could),
        PLACED(a_forgotten_passphrase_is_replaced_where_the_keys_lie),
        PLACED(an_old_sheet_or_another_persons_replaces_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
