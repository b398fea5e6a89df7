/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/width_cache.h"

#include <string.h>

#include "check.h"

static uint64_t key_of(const char *text, uint32_t kind) {
    return width_cache_key(text, strlen(text), kind);
}

static void what_was_kept_is_found_until_it_is_wiped(void **state) {
    struct width_cache *cache = NULL;
    int width = -1;
    (void)state;
    check_fault(width_cache_new(&cache), FAULT_NONE);
    assert_false(width_cache_find(cache, key_of("vraag", 1), &width));
    assert_int_equal(width, -1);
    width_cache_keep(cache, key_of("vraag", 1), 120);
    width_cache_keep(cache, key_of("vraag", 2), 140);
    assert_true(width_cache_find(cache, key_of("vraag", 1), &width));
    assert_int_equal(width, 120);
    assert_true(width_cache_find(cache, key_of("vraag", 2), &width));
    assert_int_equal(width, 140);
    assert_false(width_cache_find(cache, key_of("vraa", 1), &width));
    width_cache_wipe(cache);
    assert_false(width_cache_find(cache, key_of("vraag", 1), &width));
    width_cache_free(cache);
}

static void every_kind_and_every_letter_makes_another_key(void **state) {
    (void)state;
    for (uint32_t kind = 0; kind < 1u << 19; kind += 251) {
        assert_true(key_of("a", kind) != key_of("a", kind + 1));
        assert_true(key_of("a", kind) != key_of("b", kind));
        assert_true(key_of("a", kind) != key_of("aa", kind));
    }
    assert_true(key_of("ab", 0) != key_of("ba", 0));
}

/* More than there is room for: some of it is forgotten, none of it mistaken. */
static void what_falls_on_another_s_place_takes_it(void **state) {
    enum { PIECES = 4 * WIDTH_CACHE_SIZE };
    struct width_cache *cache = NULL;
    int known = 0;
    (void)state;
    check_fault(width_cache_new(&cache), FAULT_NONE);
    for (int i = 0; i < PIECES; i++) {
        width_cache_keep(cache, width_cache_key((const char *)&i, sizeof i, 0), i);
    }
    for (int i = 0; i < PIECES; i++) {
        int width = 0;
        if (width_cache_find(cache, width_cache_key((const char *)&i, sizeof i, 0), &width)) {
            assert_int_equal(width, i);
            known++;
        }
    }
    /* Every place is taken, as good as: chance leaves e^-4 of them free. */
    assert_in_range(known, WIDTH_CACHE_SIZE * 95 / 100, WIDTH_CACHE_SIZE);
    width_cache_free(cache);
    width_cache_wipe(NULL);
    assert_null(width_cache_free(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_found_until_it_is_wiped),
        cmocka_unit_test(every_kind_and_every_letter_makes_another_key),
        cmocka_unit_test(what_falls_on_another_s_place_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
