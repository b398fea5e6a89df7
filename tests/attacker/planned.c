/* SPDX-License-Identifier: Apache-2.0 */
#include "planned.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    const char *path;
    int line;
    char *rest;
};

static void fail(const struct reader *in, const char *why) {
    fprintf(stderr, "planned: %s, line %d: %s\n", in->path, in->line, why);
    exit(2);
}

static const char *word(struct reader *in) {
    const char *found = strtok_r(NULL, " \t\n", &in->rest);
    if (!found) {
        fail(in, "a word is missing");
        return "";
    }
    return found;
}

static long number(struct reader *in, long none, long limit) {
    const char *text = word(in);
    char *end = NULL;
    long value = strtol(text, &end, 10);
    if (none >= 0 && strcmp(text, "-") == 0) {
        return none;
    }
    if (end == text || *end || value < 0 || value >= limit) {
        fail(in, "not a number, or too large");
    }
    return value;
}

static int choice(struct reader *in, const char *const *names, int count) {
    const char *text = word(in);
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], text) == 0) {
            return i;
        }
    }
    fail(in, "a word that is not known");
    return 0;
}

static void set_text(struct questionnaire_text *text, const char *words) {
    text->in[0] = strdup(words);
    made_must(text->in[0] != NULL, "memory");
}

static struct questionnaire *start(void) {
    struct questionnaire *questionnaire = questionnaire_new();
    made_must(questionnaire != NULL, "memory");
    strcpy(questionnaire->name, "planned");
    strcpy(questionnaire->version, "1");
    strcpy(questionnaire->age_form, "12-18");
    set_text(&questionnaire->title, "Planned");
    set_text(&questionnaire->provenance, "For tests only.");
    questionnaire->language_count = 1;
    questionnaire->language[0] = (struct questionnaire_language){.code = "nl", .name = "Nederlands"};
    return questionnaire;
}

static void read_scale(struct questionnaire *out) {
    struct questionnaire_scale *scale = &out->scale[out->scale_count];
    (void)snprintf(scale->name, sizeof scale->name, "scale_%u", out->scale_count++ + 0U);
    set_text(&scale->label, scale->name);
    scale->subject = QUESTIONNAIRE_SUBJECT_OTHER;
    scale->high_is_good = true;
}

static void read_item(struct questionnaire *out, struct reader *in) {
    static const char *const kinds[] = {"note", "one", "multiple"};
    static const enum questionnaire_kind kind[] = {QUESTIONNAIRE_NOTE, QUESTIONNAIRE_SELECT_ONE,
                                                   QUESTIONNAIRE_SELECT_MULTIPLE};
    struct questionnaire_item *item = &out->item[out->item_count];
    struct questionnaire_list *list = &out->list[out->list_count];
    (void)snprintf(item->name, sizeof item->name, "item_%u", out->item_count++ + 0U);
    (void)snprintf(list->name, sizeof list->name, "list_%u", out->list_count + 0U);
    set_text(&item->label, item->name);
    item->kind = kind[choice(in, kinds, 3)];
    item->sensitive = number(in, -1, 2);
    item->breakdown = number(in, -1, 2);
    item->scale = (uint16_t)number(in, QUESTIONNAIRE_NONE, out->scale_count);
    item->reverse = number(in, -1, 2);
    item->section = QUESTIONNAIRE_NONE;
    item->list = item->kind == QUESTIONNAIRE_NOTE ? QUESTIONNAIRE_NONE : out->list_count++;
}

static void read_option(struct questionnaire *out, struct reader *in) {
    static const char *const kinds[] = {"answer", "dont_know", "rather_not"};
    static const enum questionnaire_option_kind kind[] = {
        QUESTIONNAIRE_OPTION_ANSWER, QUESTIONNAIRE_OPTION_DONT_KNOW, QUESTIONNAIRE_OPTION_RATHER_NOT};
    static const char *const names[] = {NULL, QUESTIONNAIRE_DONT_KNOW, QUESTIONNAIRE_RATHER_NOT};
    if (out->list_count == 0) {
        fail(in, "no question yet");
    }
    struct questionnaire_list *list = &out->list[out->list_count - 1];
    struct questionnaire_option *option = &list->option[list->option_count];
    int which = choice(in, kinds, 3);
    (void)snprintf(option->name, sizeof option->name, "option_%u", list->option_count++ + 0U);
    if (names[which]) {
        (void)snprintf(option->name, sizeof option->name, "%s", names[which]);
    }
    set_text(&option->label, option->name);
    option->kind = kind[which];
    option->coarse = (uint16_t)number(in, QUESTIONNAIRE_NONE, QUESTIONNAIRE_OPTIONS);
    long score = number(in, 1000, 1000);
    option->has_score = score < 1000;
    option->score = (uint8_t)(option->has_score ? score : 0);
    option->exclusive = number(in, -1, 2) || which > 0;
}

static void read_step(struct questionnaire *out, struct reader *in) {
    static const char *const kinds[] = {"equals", "not_equals", "selected", "and", "or", "not"};
    static const enum questionnaire_operator kind[] = {QUESTIONNAIRE_EQUALS,   QUESTIONNAIRE_NOT_EQUALS,
                                                       QUESTIONNAIRE_SELECTED, QUESTIONNAIRE_AND,
                                                       QUESTIONNAIRE_OR,       QUESTIONNAIRE_NOT};
    if (out->item_count == 0) {
        fail(in, "no question yet");
    }
    struct questionnaire_item *item = &out->item[out->item_count - 1];
    struct questionnaire_step *step = &item->step[item->step_count++];
    step->kind = kind[choice(in, kinds, 6)];
    step->item = (uint16_t)number(in, -1, out->item_count);
    step->option = (uint16_t)number(in, -1, QUESTIONNAIRE_OPTIONS);
}

static void read_crowd(struct planned *out, struct reader *in, bool late) {
    static const char *const fates[] = {"answered", "stopped", "declined"};
    static const enum answers_participation fate[] = {ANSWERS_ANSWERED, ANSWERS_STOPPED, ANSWERS_DECLINED};
    if (out->class_count == 0 || out->crowd_count == PLANNED_CROWDS) {
        fail(in, "no class yet, or too many lines");
    }
    struct planned_crowd *crowd = &out->crowd[out->crowd_count++];
    crowd->class_index = (uint16_t)(out->class_count - 1);
    crowd->late = late;
    crowd->count = (uint32_t)number(in, -1, 1000);
    crowd->fate = fate[choice(in, fates, 3)];
    for (char *pair; (pair = strtok_r(NULL, " \t\n", &in->rest)) != NULL; crowd->pair_count++) {
        char *colon = strchr(pair, ':');
        if (!colon || crowd->pair_count == QUESTIONNAIRE_ITEMS) {
            fail(in, "not ITEM:OPTION");
            return;
        }
        crowd->item[crowd->pair_count] = (uint16_t)strtoul(pair, NULL, 10);
        crowd->option[crowd->pair_count] = (uint16_t)strtoul(colon + 1, NULL, 10);
        if (crowd->item[crowd->pair_count] >= out->questionnaire->item_count) {
            fail(in, "a question that there is not");
        }
    }
}

static void read_line(struct planned *out, struct reader *in, const char *first) {
    if (strcmp(first, "scale") == 0) {
        read_scale(out->questionnaire);
    } else if (strcmp(first, "item") == 0) {
        read_item(out->questionnaire, in);
    } else if (strcmp(first, "option") == 0) {
        read_option(out->questionnaire, in);
    } else if (strcmp(first, "step") == 0) {
        read_step(out->questionnaire, in);
    } else if (strcmp(first, "class") == 0) {
        if (out->class_count == MADE_CLASSES) {
            fail(in, "too many classes");
        }
        out->year[out->class_count++] = (uint16_t)number(in, -1, 17);
    } else if (strcmp(first, "pupils") == 0 || strcmp(first, "late") == 0) {
        read_crowd(out, in, *first == 'l');
    } else {
        fail(in, "a line that is not known");
    }
    if (strtok_r(NULL, " \t\n", &in->rest)) {
        fail(in, "more than was expected");
    }
}

void planned_read(struct planned *out, const char *path) {
    struct reader in = {.path = path};
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    *out = (struct planned){.questionnaire = start()};
    if (!file) {
        fail(&in, "cannot be read");
        return;
    }
    while (getline(&line, &room, file) >= 0) {
        in.line++;
        char *first = strtok_r(line, " \t\n", &in.rest);
        if (first && *first != '#') {
            read_line(out, &in, first);
        }
    }
    free(line);
    (void)fclose(file);
}

void planned_begin(struct made *made, struct planned *planned) {
    struct sample_class classes[MADE_CLASSES];
    char label[MADE_CLASSES][8];
    made_must(questionnaire_check(planned->questionnaire) == FAULT_NONE,
              "these questions make no questionnaire");
    for (uint16_t i = 0; i < planned->class_count; i++) {
        uint32_t heads = 0;
        for (uint16_t j = 0; j < planned->crowd_count; j++) {
            heads += planned->crowd[j].class_index == i ? planned->crowd[j].count : 0;
        }
        (void)snprintf(label[i], sizeof label[i], "%u", i + 1U);
        classes[i] =
            (struct sample_class){label[i], (uint16_t)(1U << (planned->year[i] - 1)), (uint16_t)heads, 0};
    }
    made_begin(made, planned->questionnaire, classes, planned->class_count, 0, true, 1);
}

/* One crowd after another, a pupil at a time. */
struct turn {
    struct pupils *pupils;
    const struct planned *planned;
    uint16_t class_index, crowd;
    bool late;
    uint32_t done; /* of the present crowd */
};

static bool is_next(const struct turn *turn) {
    const struct planned_crowd *crowd = &turn->planned->crowd[turn->crowd];
    return crowd->class_index == turn->class_index && crowd->late == turn->late && turn->done < crowd->count;
}

static void answer(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                   uint64_t *state) {
    struct turn *turn = context;
    (void)state;
    while (!is_next(turn)) {
        turn->crowd++;
        turn->done = 0;
    }
    const struct planned_crowd *crowd = &turn->planned->crowd[turn->crowd];
    uint16_t seen = crowd->fate == ANSWERS_ANSWERED ? questionnaire->item_count : 0;
    for (uint16_t i = 0; i < crowd->pair_count && crowd->fate == ANSWERS_STOPPED; i++) {
        seen = crowd->item[i] >= seen ? (uint16_t)(crowd->item[i] + 1) : seen;
    }
    answers->participation = crowd->fate;
    for (uint16_t i = 0; i < seen; i++) {
        answers->shown[i] = true;
        for (uint16_t j = 0; j < crowd->pair_count; j++) {
            if (crowd->item[j] == i) {
                answers_choose(answers, questionnaire, i, crowd->option[j]);
            }
        }
    }
    pupils_count(turn->pupils, answers, questionnaire);
    turn->done++;
}

bool planned_answer(struct made *made, const struct planned *planned, bool late) {
    bool any = false;
    for (uint16_t i = 0; i < planned->class_count; i++) {
        uint32_t count = 0;
        for (uint16_t j = 0; j < planned->crowd_count; j++) {
            const struct planned_crowd *crowd = &planned->crowd[j];
            count += crowd->class_index == i && crowd->late == late ? crowd->count : 0;
        }
        struct turn turn = {.pupils = &made->answering, .planned = planned, .class_index = i, .late = late};
        made_answer(made, late, i, count, answer, &turn);
        any = any || count > 0;
    }
    return any;
}
