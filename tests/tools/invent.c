/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test tool: invents a data set for a round, as the CSV that tests/tools/pupils reads. The same seed gives
 * the same pupils on every machine. See tests/tools/README.md.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answers.h"
#include "core/round.h"
#include "platform/file.h"

struct invention {
    uint64_t state;
    unsigned absent, declined, stopped, missing; /* per cent */
    const char *leave_out;                       /* a class that is left to others, or NULL */
    long most;                                   /* pupils per class at most; 0: no limit */
};

/* splitmix64: any well-spread generator that is the same everywhere will do for test data. */
static uint64_t draw(struct invention *invention) {
    uint64_t z = invention->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static bool chance(struct invention *invention, unsigned per_cent) {
    return draw(invention) % 100 < per_cent;
}

static uint16_t pick_kind(const struct questionnaire_list *list, enum questionnaire_option_kind kind) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == kind) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

/* A missing code or the item left open; QUESTIONNAIRE_NONE for open. */
static uint16_t pick_missing(struct invention *invention, const struct questionnaire_list *list) {
    static const enum questionnaire_option_kind kinds[] = {QUESTIONNAIRE_OPTION_DONT_KNOW,
                                                           QUESTIONNAIRE_OPTION_RATHER_NOT};
    uint64_t which = draw(invention) % 3;
    return which < 2 ? pick_kind(list, kinds[which]) : QUESTIONNAIRE_NONE;
}

enum lean { LEAN_NOT, LEAN_LOW, LEAN_HIGH };

/*
 * Most pupils are well and little happens to them: where a scale says what is good, the answers lean that
 * way.
 */
static enum lean lean_of(const struct questionnaire *questionnaire, uint16_t item) {
    uint16_t scale = questionnaire->item[item].scale;
    if (scale == QUESTIONNAIRE_NONE) {
        return LEAN_NOT;
    }
    return questionnaire->scale[scale].high_is_good != questionnaire->item[item].reverse ? LEAN_HIGH
                                                                                         : LEAN_LOW;
}

/* A pupil's trouble moves the choice along the list, with noise, so that scales hang together. */
static uint16_t pick_answer(struct invention *invention, const struct questionnaire_list *list,
                            unsigned trouble, enum lean lean) {
    uint16_t answers = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        answers = (uint16_t)(answers + (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER));
    }
    uint64_t along = trouble + draw(invention) % 60 + draw(invention) % 60; /* 0..217 */
    along = lean == LEAN_NOT ? along : along * along / 220;
    uint64_t place = (lean == LEAN_HIGH ? 219 - along : along) * answers / 220;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER && place-- == 0) {
            return i;
        }
    }
    return 0;
}

static void answer_item(struct invention *invention, const struct questionnaire *questionnaire, uint16_t item,
                        struct answers *answers, unsigned trouble) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint64_t taps =
        questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE ? 1 + draw(invention) % 3 : 1;
    if (chance(invention, invention->missing)) {
        answers_choose(answers, questionnaire, item, pick_missing(invention, list));
        return;
    }
    for (uint64_t i = 0; i < taps; i++) {
        uint16_t option = pick_answer(invention, list, trouble, lean_of(questionnaire, item));
        if (!(answers->chosen[item] >> option & 1)) {
            answers_choose(answers, questionnaire, item, option);
        }
    }
}

static void print_row(const struct questionnaire *questionnaire, const char *class_label,
                      const struct answers *answers) {
    static const char *const names[] = {"answered", "stopped", "declined"};
    printf("%s,%s", class_label, names[answers->participation]);
    for (uint16_t item = 0; item < questionnaire->item_count; item++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
        const char *space = "";
        if (!list) {
            continue;
        }
        putchar(',');
        for (uint16_t i = 0; i < list->option_count; i++) {
            if (answers->chosen[item] >> i & 1) {
                printf("%s%s", space, list->option[i].name);
                space = " ";
            }
        }
    }
    putchar('\n');
}

static void invent_pupil(struct invention *invention, const struct questionnaire *questionnaire,
                         const char *class_label, struct answers *answers) {
    unsigned trouble = (unsigned)(draw(invention) % 100);
    uint16_t end = questionnaire->item_count;
    answers_forget(answers);
    if (chance(invention, invention->declined)) {
        answers->participation = ANSWERS_DECLINED;
        end = 0;
    } else if (chance(invention, invention->stopped)) {
        answers->participation = ANSWERS_STOPPED;
        end = (uint16_t)(1 + draw(invention) % questionnaire->item_count);
    }
    for (uint16_t item = 0; item < end; item++) {
        if (questionnaire_list_of(questionnaire, item) &&
            questionnaire_asks(questionnaire, item, answers->chosen)) {
            answer_item(invention, questionnaire, item, answers, trouble);
        }
    }
    print_row(questionnaire, class_label, answers);
}

static void invent_school(struct invention *invention, const struct round *round, struct answers *answers) {
    const struct questionnaire *questionnaire = round->questionnaire;
    printf("class,participation");
    for (uint16_t item = 0; item < questionnaire->item_count; item++) {
        if (questionnaire_list_of(questionnaire, item)) {
            printf(",%s", questionnaire->item[item].name);
        }
    }
    putchar('\n');
    for (uint16_t c = 0; c < round->class_count; c++) {
        const struct round_class *class_item = &round->class_list[c];
        uint32_t pupils = round_class_asked(class_item);
        if (invention->leave_out && strcmp(invention->leave_out, class_item->label) == 0) {
            continue;
        }
        for (uint32_t i = 0; i < pupils && !(invention->most && i >= (uint32_t)invention->most); i++) {
            if (!chance(invention, invention->absent)) {
                invent_pupil(invention, questionnaire, class_item->label, answers);
            }
        }
    }
}

static int usage(void) {
    fputs(
        "usage: invent --round FILE.klr [--seed N] [--absent P] [--declined P] [--stopped P] [--missing P]\n"
        "              [--leave-out CLASS] [--most N]     (P per cent; the CSV goes to standard output)\n",
        stderr);
    return 2;
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"round", 1, NULL, 'r'},     {"seed", 1, NULL, 'e'},    {"absent", 1, NULL, 'a'},
        {"declined", 1, NULL, 'd'},  {"stopped", 1, NULL, 's'}, {"missing", 1, NULL, 'm'},
        {"leave-out", 1, NULL, 'l'}, {"most", 1, NULL, 'n'},    {NULL, 0, NULL, 0}};
    struct invention invention = {.state = 1, .absent = 4, .declined = 4, .stopped = 4, .missing = 12};
    const char *path = NULL;
    struct bytes_buffer content = {0};
    struct round *round = NULL;
    struct answers *answers = NULL;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        unsigned long number = optarg ? strtoul(optarg, NULL, 10) : 0;
        switch (option) {
        case 'r': path = optarg; break;
        case 'e': invention.state = number; break;
        case 'a': invention.absent = (unsigned)number; break;
        case 'd': invention.declined = (unsigned)number; break;
        case 's': invention.stopped = (unsigned)number; break;
        case 'm': invention.missing = (unsigned)number; break;
        case 'l': invention.leave_out = optarg; break;
        case 'n': invention.most = (long)number; break;
        default: return usage();
        }
    }
    if (!path || optind != argc) {
        return usage();
    }
    enum fault fault = file_read(&content, path, ROUND_BYTES_LIMIT);
    fault = fault ? fault : round_decode(&round, bytes_buffer_view(&content));
    fault = fault ? fault : answers_new(&answers);
    if (fault) {
        fprintf(stderr, "invent: %s: %s\n", path, fault_text(fault, FAULT_LANGUAGE_EN));
    } else {
        invent_school(&invention, round, answers);
    }
    bytes_buffer_release(&content);
    answers_free(answers);
    round_free(round);
    return fault ? 1 : 0;
}
