/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/admin_page.h"
#include "kiosk/ui/message_page.h"
#include "screen_rules.h"

/*
 * The pages around a lesson obey the rules of a page and say what is the matter: the message of each
 * fault, and the administrator's page. With KLANKBORD_PICTURES=FOLDER they are written there, to be looked
 * at.
 */

/* Which file, which dates, which day it is; and of a damaged file no more than that it is damaged. */
static void a_refused_round_is_named_with_its_dates(void **state) {
    struct screen *screen = *state;
    struct round_search found = {
        .first_day = 20261102, .last_day = 20261113, .path = "/media/school/STICK/ronde.klr"};
    struct message_page_scene scene = {.strings = &screen->strings[STRINGS_NL],
                                       .fault = FAULT_ROUND_OVER,
                                       .remedy = message_page_remedy(FAULT_ROUND_OVER),
                                       .can_search = true,
                                       .found = &found};
    setenv("KLANKBORD_TODAY", "2026-11-25", 1);
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, message_page_build, &scene);
    screen_rules_check(screen, "message-over");
    assert_true(screen_holds(screen, "2 november 2026") && screen_holds(screen, "13 november 2026"));
    assert_true(screen_holds(screen, "25 november 2026"));
    assert_true(screen_holds(screen, "ronde.klr") && screen_holds(screen, "STICK"));
    found.first_day = found.last_day = 0;
    scene.fault = FAULT_NOT_CANONICAL;
    scene.remedy = message_page_remedy(scene.fault);
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, message_page_build, &scene);
    assert_true(screen_holds(screen, "beschadigd"));
    assert_false(screen_holds(screen, "voorgeschreven"));
    assert_false(screen_holds(screen, "loopt van"));
    scene.fault = FAULT_VERSION;
    scene.remedy = message_page_remedy(scene.fault);
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, message_page_build, &scene);
    assert_true(screen_holds(screen, "dezelfde versie"));
    unsetenv("KLANKBORD_TODAY");
}

static void every_message_fits_and_says_what_to_do(void **state) {
    struct screen *screen = *state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        for (screen->language = 0; screen->language < STRINGS_MENTOR_LANGUAGES; screen->language++) {
            for (enum fault fault = 1; fault < FAULT_COUNT; fault++) {
                struct message_page_scene scene = {.strings = &screen->strings[screen->language],
                                                   .fault = fault,
                                                   .remedy = message_page_remedy(fault),
                                                   .can_search = true};
                struct round_search found = {.first_day = 20260928, .last_day = 20261113};
                memset(found.path, 'W', 300); /* a stick with a long name, and a file with one */
                found.path[150] = '/';
                memcpy(found.path, "/media/", 7);
                scene.found = fault % 2 == 0 ? &found : NULL;
                stack_fit(screen->page, &screen->theme, &screen->fonts, false, message_page_build, &scene);
                screen_rules_check(screen, fault_name(fault));
                assert_in_range(page_find(screen->page, ACTION_CLOSE, 0), 0, PAGE_ITEMS);
                assert_int_equal(screen_holds(screen, "W\u2026"), scene.found != NULL);
                assert_false(screen_holds(screen, "\u2026.")); /* would be four dots */
                if (scene.remedy != STRINGS_MESSAGE_NEXT_OTHER) {
                    char name[80];
                    snprintf(name, sizeof name, "message-%s", fault_name(fault));
                    screen_take_picture(screen, name);
                }
            }
        }
    }
}

/* The longest that each line can be: everything is wrong, and every name is long. */
static struct status worst_status(enum fault fault) {
    struct status status = {.fault = fault,
                            .label = "laptop 07 van het lokaal naast de gymzaal, links",
                            .own = "WWWW-WWWW-WWWW-WWWW",
                            .trusts = true,
                            .trusted = {"MMMM-MMMM-MMMM-MMMM", "WWWW-WWWW-WWWW-WWWW"},
                            .has_round = true,
                            .school =
                                "Openbare Scholengemeenschap De Vallei en Omstreken, locatie Beatrixlaan",
                            .first_day = 20260928,
                            .last_day = 20261127,
                            .boxes = 4000,
                            .space_known = true,
                            .file_system = "ext2/ext3/ext4",
                            .free_bytes = UINT64_C(123456789012),
                            .packaged = true,
                            .runs = true};
    snprintf(status.folder, sizeof status.folder, "/var/lib/beheer/van/deze/school/state/klankbord-kiosk");
    status.machine = (struct machine){.swaps = true,
                                      .lock_limit = 8 << 20,
                                      .locked = 1 << 20,
                                      .volume_known = true,
                                      .volume = VOLUME_KEEPS_OLD};
    return status;
}

static void every_part_of_the_administrators_page_fits(void **state) {
    struct screen *screen = *state;
    char stick[] = "/media/klankbord-kiosk/KLANKBORD-STICK";
    char *names[] = {stick, stick};
    char name[16];
    struct folder_names folders = {.count = 2, .names = names};
    for (int size = 0; size < SCREEN_SIZES; size++) {
        screen_set_size(screen, size);
        for (screen->language = 0; screen->language < STRINGS_MENTOR_LANGUAGES; screen->language++) {
            for (uint16_t part = 0; part < 8; part++) {
                struct status status = worst_status(part < 4 ? FAULT_NONE : FAULT_FILE_MISSING);
                struct admin_page_scene scene = {.strings = &screen->strings[screen->language],
                                                 .status = &status,
                                                 .folders = &folders,
                                                 .behind_pin = part % 2,
                                                 .part = part,
                                                 .done = STRINGS_ADMIN_REQUESTED,
                                                 .file = "klankbord-WWWW-WWWW-WWWW-WWWW.kle"};
                stack_fit(screen->page, &screen->theme, &screen->fonts, false, admin_page_build, &scene);
                screen_rules_check(screen, "admin");
                snprintf(name, sizeof name, "admin-%u", part);
                screen_take_picture(screen, name);
                assert_int_not_equal(page_find(screen->page, ACTION_MORE, 0), PAGE_NOTHING);
                bool compares = page_find(screen->page, ACTION_ADMIN_COMPARED, 0) != PAGE_NOTHING;
                assert_int_equal(compares, part % 4 == 1); /* only behind the PIN, where the keys are */
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_refused_round_is_named_with_its_dates, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_message_fits_and_says_what_to_do, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(every_part_of_the_administrators_page_fits, screen_setup,
                                        screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
