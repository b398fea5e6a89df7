/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "made.h"

/*
 * school SEED FOLDER
 *
 * Makes a school out of the seed, lets its pupils answer, opens the round with the real chain, and writes
 * into the folder (made here): `known` for the attacker, and everything that the chain left: `release-1.klr`,
 * and with late bundles `release-2.klr`, or a line that it was refused; of some schools also of coarser
 * levels, that were asked for before, and of some the whole report, in `report`. Says how many classes it has.
 * Ends with 1 when exact sums lie in any of the files.
 */

enum { PER_CLASS = 31 };

struct school {
    uint64_t seed, state;
    enum pupils_kind kind;
    bool one_class_years, late;
    struct sample_class classes[MADE_CLASSES];
    char label[MADE_CLASSES][8];
    uint32_t pupils[MADE_CLASSES], late_pupils[MADE_CLASSES];
    struct pupils_mood mood;
    struct made made;
};

/* Small schools mostly, for there the least stays hidden by itself. */
static uint16_t found_school(struct school *school) {
    uint64_t *state = &school->state;
    uint32_t all = 0;
    school->kind = (enum pupils_kind)(school->seed % PUPILS_KINDS);
    school->one_class_years = school->seed % 3 == 0;
    school->late = school->seed % 4 == 1;
    uint16_t class_count = (uint16_t)(1 + sample_below(state, MADE_CLASSES));
    for (uint16_t i = 0; i < class_count; i++) {
        uint32_t least = school->seed % 2 ? 3 : 10;
        school->pupils[i] = least + sample_below(state, PER_CLASS - least);
        school->late_pupils[i] = school->late && sample_below(state, 2) ? sample_below(state, 14) : 0;
        (void)snprintf(school->label[i], sizeof school->label[i], "%u", i + 1u);
        uint32_t year = school->one_class_years ? i % 8u : sample_below(state, 3);
        school->classes[i] = (struct sample_class){school->label[i], (uint16_t)(1u << year),
                                                   (uint16_t)(school->pupils[i] + school->late_pupils[i]), 0};
        all += school->pupils[i] + school->late_pupils[i];
    }
    if (all < ROUND_K_UNIT_DEFAULT) {
        /* No round can be made for fewer. */
        school->pupils[0] += ROUND_K_UNIT_DEFAULT - all;
        school->classes[0].heads = (uint16_t)(school->pupils[0] + school->late_pupils[0]);
    }
    return class_count;
}

static void let_answer(struct school *school, bool late, uint16_t class_index) {
    struct made *made = &school->made;
    uint32_t count = late ? school->late_pupils[class_index] : school->pupils[class_index];
    if (count > 0) {
        pupils_mood_class(&made->answering.mood, &school->mood, made->answering.questionnaire, school->kind,
                          &school->state);
        made_answer(made, late, class_index, count, pupils_answer, &made->answering);
    }
}

static void open_school(struct school *school, uint16_t class_count) {
    bool own = school->seed % 2 == 0;
    struct questionnaire *questionnaire =
        own ? sample_questionnaire() : sample_questionnaire_random(school->seed);
    school->made.answering.keep = sample_below(&school->state, school->pupils[0]);
    pupils_mood_school(&school->mood, questionnaire, school->kind, &school->state);
    made_begin(&school->made, questionnaire, school->classes, class_count,
               school->seed % 5 < 2 ? ROUND_INCIDENTS_IN_CLASS : 0, school->seed % 5 != 0, school->seed);
    for (uint16_t i = 0; i < class_count; i++) {
        let_answer(school, false, i);
    }
}

static int run(struct school *school) {
    struct made *made = &school->made;
    struct release *releases[2] = {NULL, NULL};
    bool levels = school->seed % 6 == 1;
    uint16_t class_count = found_school(school);
    int found = 0;
    printf("school: %u classes\n", (unsigned)class_count);
    open_school(school, class_count);
    releases[0] = made_open(made, false, levels, "release-1");
    if (releases[0]) {
        uint32_t bundles = made->opening->bundle_count;
        for (uint16_t i = 0; i < made->class_count && school->late; i++) {
            let_answer(school, true, i);
        }
        bool more = made->opening->bundle_count > bundles;
        releases[1] = more ? made_open(made, true, levels, "release-2") : NULL;
        made_write_known(made, (const struct release *const *)releases);
        if (school->seed % 5 == 0) {
            made_report(made, releases[0], releases[1]);
        }
        found = made_search(made);
    }
    release_free(releases[0]);
    release_free(releases[1]);
    made_end(made);
    return found ? 1 : 0;
}

int main(int argc, char **argv) {
    static struct school school;
    char *end = NULL;
    made_must(argc == 3, "school SEED FOLDER");
    school.seed = strtoull(argv[1], &end, 10);
    made_must(*argv[1] && !*end, "SEED is a number");
    school.state = school.seed;
    school.made.folder = argv[2];
    made_must(mkdir(school.made.folder, 0700) == 0, "the folder is there already, or cannot be made");
    return run(&school);
}
