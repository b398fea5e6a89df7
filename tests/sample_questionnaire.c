/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_questionnaire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "sample_questionnaire: %s\n", what);
        abort();
    }
}

static char *copy(const char *text) {
    char *result = malloc(strlen(text) + 1);
    must(result != NULL, "out of memory");
    return strcpy(result, text);
}

static void set_text(struct questionnaire_text *text, const char *nl, const char *en) {
    text->in[0] = copy(nl);
    text->in[1] = en ? copy(en) : NULL;
}

static void set_name(char *out, const char *name) {
    must(strlen(name) < QUESTIONNAIRE_NAME_SIZE, "a name is too long");
    strcpy(out, name);
}

/* ---- the one with everything ---- */

struct option_row {
    const char *name, *nl, *en;
    int coarse; /* -1: a missing code */
    int score;  /* -1: none */
    bool exclusive;
};

enum { LIST_GENDER, LIST_OFTEN, LIST_AGREE, LIST_HAPPENED, LIST_TOLD };

static const struct option_row gender[] = {
    {"girl", "Meisje", "Girl", 0, -1, false},
    {"boy", "Jongen", "Boy", 1, -1, false},
    {"other", "Anders", "Other", 2, -1, false},
    {QUESTIONNAIRE_RATHER_NOT, "Zeg ik liever niet", "Rather not say", -1, -1, true},
    {NULL, NULL, NULL, 0, 0, false}};
static const struct option_row often[] = {
    {"never", "Nooit", "Never", 0, 1, false},
    {"rarely", "Bijna nooit", "Hardly ever", 0, 2, false},
    {"sometimes", "Soms", "Sometimes", 1, 3, false},
    {"often", "Vaak", "Often", 2, 4, false},
    {"always", "Altijd", "Always", 2, 5, false},
    {QUESTIONNAIRE_DONT_KNOW, "Weet ik niet", "I don't know", -1, -1, true},
    {QUESTIONNAIRE_RATHER_NOT, "Zeg ik liever niet", "Rather not say", -1, -1, true},
    {NULL, NULL, NULL, 0, 0, false}};
static const struct option_row agree[] = {
    {"no", "Nee", "No", 0, 0, false},
    {"bit_no", "Niet echt", "Not really", 0, 1, false},
    {QUESTIONNAIRE_RATHER_NOT, "Zeg ik liever niet", NULL, -1, -1, true},
    {"bit_yes", "Een beetje", "A little", 1, 2, false},
    {"yes", "Ja", "Yes", 1, 3, false},
    {NULL, NULL, NULL, 0, 0, false}};
static const struct option_row happened[] = {
    {"called_names", "Uitgescholden", "Called names", 0, -1, false},
    {"pushed", "Geduwd", "Pushed", 0, -1, false},
    {"phone", "Via de telefoon geplaagd", "Teased by phone", 1, -1, false},
    {"nothing", "Niets van dit alles", "None of these", 2, -1, true},
    {QUESTIONNAIRE_RATHER_NOT, "Zeg ik liever niet", "Rather not say", -1, -1, true},
    {NULL, NULL, NULL, 0, 0, false}};
static const struct option_row told[] = {
    {"yes", "Ja", "Yes", 0, -1, false},
    {"no", "Nee", "No", 1, -1, false},
    {QUESTIONNAIRE_DONT_KNOW, "Weet ik niet", "I don't know", -1, -1, true},
    {NULL, NULL, NULL, 0, 0, false}};

static void set_list(struct questionnaire *questionnaire, const char *name, const struct option_row *rows) {
    struct questionnaire_list *list = &questionnaire->list[questionnaire->list_count++];
    set_name(list->name, name);
    for (; rows->name; rows++) {
        struct questionnaire_option *option = &list->option[list->option_count++];
        bool dont_know = strcmp(rows->name, QUESTIONNAIRE_DONT_KNOW) == 0;
        set_name(option->name, rows->name);
        set_text(&option->label, rows->nl, rows->en);
        option->kind = rows->coarse >= 0 ? QUESTIONNAIRE_OPTION_ANSWER
                       : dont_know       ? QUESTIONNAIRE_OPTION_DONT_KNOW
                                         : QUESTIONNAIRE_OPTION_RATHER_NOT;
        option->coarse = rows->coarse >= 0 ? (uint16_t)rows->coarse : QUESTIONNAIRE_NONE;
        option->has_score = rows->score >= 0;
        option->score = (uint8_t)(rows->score >= 0 ? rows->score : 0);
        option->exclusive = rows->exclusive;
    }
}

struct item_row {
    const char *name, *nl, *en;
    enum questionnaire_kind kind;
    uint16_t list, section, scale;
    bool reverse, sensitive, breakdown;
};

#define NONE QUESTIONNAIRE_NONE
#define ONE QUESTIONNAIRE_SELECT_ONE
static const struct item_row items[SAMPLE_ITEMS] = {
    [SAMPLE_WELCOME] = {"welcome", "Fijn dat je meedoet.", "Good that you take part.", QUESTIONNAIRE_NOTE,
                        NONE, NONE, NONE, false, false, false},
    [SAMPLE_GENDER] = {"gender", "Wat ben je?", "What are you?", ONE, LIST_GENDER, NONE, NONE, false, false,
                       true},
    [SAMPLE_SAFE_CLASS] = {"safe_class", "Ik voel me veilig in de klas.", "I feel safe in class.", ONE,
                           LIST_OFTEN, 0, SAMPLE_SAFETY, false, false, false},
    [SAMPLE_SAFE_HALL] = {"safe_hall", "Ik voel me veilig op de gang.", "I feel safe in the hall.", ONE,
                          LIST_OFTEN, 0, SAMPLE_SAFETY, false, false, false},
    [SAMPLE_AFRAID] = {"afraid", "Ik ben bang op school.", "I am afraid at school.", ONE, LIST_OFTEN, 0,
                       SAMPLE_SAFETY, true, true, false},
    [SAMPLE_SAFE_WAY] = {"safe_way", "Ik voel me veilig onderweg.", NULL, ONE, LIST_OFTEN, 0, SAMPLE_SAFETY,
                         false, false, false},
    [SAMPLE_ALONE] = {"alone", "Ik sta er alleen voor.", "I am on my own.", ONE, LIST_OFTEN, 0, SAMPLE_SAFETY,
                      true, false, false},
    [SAMPLE_HAPPY] = {"happy", "Ik ga met plezier naar school.", "I like going to school.", ONE, LIST_AGREE,
                      NONE, SAMPLE_WELLBEING, false, false, false},
    [SAMPLE_TIRED] = {"tired", "Ik ben moe als ik thuiskom.", "I come home tired.", ONE, LIST_AGREE, NONE,
                      SAMPLE_WELLBEING, true, false, false},
    [SAMPLE_HAPPENED] = {"happened", "Wat heb je meegemaakt?", "What happened to you?",
                         QUESTIONNAIRE_SELECT_MULTIPLE, LIST_HAPPENED, 1, NONE, false, true, false},
    [SAMPLE_TOLD] = {"told", "Heb je het iemand verteld?", "Did you tell anyone?", ONE, LIST_TOLD, 1, NONE,
                     false, false, false},
};

static void set_items(struct questionnaire *questionnaire) {
    for (uint16_t i = 0; i < SAMPLE_ITEMS; i++) {
        struct questionnaire_item *item = &questionnaire->item[i];
        set_name(item->name, items[i].name);
        set_text(&item->label, items[i].nl, items[i].en);
        item->kind = items[i].kind;
        item->list = items[i].list;
        item->section = items[i].section;
        item->scale = items[i].scale;
        item->reverse = items[i].reverse;
        item->sensitive = items[i].sensitive;
        item->breakdown = items[i].breakdown;
    }
    struct questionnaire_item *asked_after = &questionnaire->item[SAMPLE_TOLD];
    asked_after->step[0] = (struct questionnaire_step){QUESTIONNAIRE_SELECTED, SAMPLE_HAPPENED, 0};
    asked_after->step[1] = (struct questionnaire_step){QUESTIONNAIRE_SELECTED, SAMPLE_HAPPENED, 1};
    asked_after->step[2] = (struct questionnaire_step){QUESTIONNAIRE_OR, 0, 0};
    asked_after->step_count = 3;
    set_text(&questionnaire->item[SAMPLE_HAPPENED].hint, "Je mag er meer kiezen.",
             "You may choose more than one.");
    questionnaire->item_count = SAMPLE_ITEMS;
}

static void set_scale(struct questionnaire *questionnaire, const char *name, const char *nl, const char *en,
                      enum questionnaire_subject subject) {
    struct questionnaire_scale *scale = &questionnaire->scale[questionnaire->scale_count++];
    set_name(scale->name, name);
    set_text(&scale->label, nl, en);
    scale->subject = subject;
    scale->high_is_good = true;
}

static struct questionnaire *start(void) {
    struct questionnaire *questionnaire = questionnaire_new();
    must(questionnaire != NULL, "out of memory");
    set_name(questionnaire->name, "sample");
    strcpy(questionnaire->version, "1");
    strcpy(questionnaire->age_form, "12-18");
    set_text(&questionnaire->title, "Voorbeeld", "Sample");
    set_text(&questionnaire->provenance, "Alleen om mee te testen.", "For tests only.");
    questionnaire->language_count = 2;
    questionnaire->language[0] = (struct questionnaire_language){.code = "nl", .name = "Nederlands"};
    questionnaire->language[1] = (struct questionnaire_language){.code = "en", .name = "English"};
    return questionnaire;
}

static struct questionnaire *checked(struct questionnaire *questionnaire) {
    enum fault fault = questionnaire_check(questionnaire);
    must(fault == FAULT_NONE, fault_name(fault));
    return questionnaire;
}

struct questionnaire *sample_questionnaire(void) {
    struct questionnaire *questionnaire = start();
    set_list(questionnaire, "gender", gender);
    set_list(questionnaire, "often", often);
    set_list(questionnaire, "agree", agree);
    set_list(questionnaire, "happened", happened);
    set_list(questionnaire, "told", told);
    set_scale(questionnaire, "safety", "Veiligheid", "Safety", QUESTIONNAIRE_SUBJECT_SAFETY);
    set_scale(questionnaire, "wellbeing", "Welbevinden", "Well-being", QUESTIONNAIRE_SUBJECT_WELLBEING);
    questionnaire->section_count = 2;
    set_text(&questionnaire->section[0].label, "Veilig voelen", "Feeling safe");
    questionnaire->section[0].parent = QUESTIONNAIRE_NONE;
    questionnaire->section[1].parent = 0;
    set_items(questionnaire);
    return checked(questionnaire);
}

/* ---- random ones ---- */

uint64_t sample_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint32_t sample_below(uint64_t *state, uint32_t below) {
    return (uint32_t)((sample_random(state) >> 32) * below >> 32);
}

static bool flip(uint64_t *state) {
    return sample_below(state, 2) == 1;
}

static void random_missing(struct questionnaire_list *list, const char *name,
                           enum questionnaire_option_kind kind) {
    struct questionnaire_option *option = &list->option[list->option_count++];
    set_name(option->name, name);
    set_text(&option->label, name, NULL);
    option->kind = kind;
    option->coarse = QUESTIONNAIRE_NONE;
    option->exclusive = true;
}

/* Scores of a scale's list run from low to high; missing codes may lie among the answers. */
static void random_list(struct questionnaire *questionnaire, uint64_t *state, uint8_t low, uint8_t high) {
    struct questionnaire_list *list = &questionnaire->list[questionnaire->list_count];
    uint32_t answers = high > low ? 2 + sample_below(state, 5) : 1 + sample_below(state, 6);
    snprintf(list->name, sizeof list->name, "list_%u", (unsigned)questionnaire->list_count++);
    uint16_t coarse = 0;
    for (uint32_t i = 0; i < answers; i++) {
        if (i == answers / 2 && flip(state)) {
            random_missing(list, QUESTIONNAIRE_DONT_KNOW, QUESTIONNAIRE_OPTION_DONT_KNOW);
        }
        struct questionnaire_option *option = &list->option[list->option_count++];
        snprintf(option->name, sizeof option->name, "option_%u", (unsigned)i);
        set_text(&option->label, option->name, NULL);
        option->coarse = coarse > 0 && flip(state) ? (uint16_t)sample_below(state, coarse) : coarse++;
        option->has_score = high > low;
        option->exclusive = high == low && sample_below(state, 5) == 0;
        if (high > low) {
            option->score = i == 0   ? high
                            : i == 1 ? low
                                     : (uint8_t)(low + sample_below(state, high - low + 1u));
        }
    }
    if (flip(state)) {
        random_missing(list, QUESTIONNAIRE_RATHER_NOT, QUESTIONNAIRE_OPTION_RATHER_NOT);
    }
}

static struct questionnaire_item *random_item(struct questionnaire *questionnaire) {
    struct questionnaire_item *item = &questionnaire->item[questionnaire->item_count];
    snprintf(item->name, sizeof item->name, "item_%u", (unsigned)questionnaire->item_count++);
    set_text(&item->label, item->name, NULL);
    item->list = QUESTIONNAIRE_NONE;
    item->section = QUESTIONNAIRE_NONE;
    item->scale = QUESTIONNAIRE_NONE;
    return item;
}

static void random_scale(struct questionnaire *questionnaire, uint64_t *state) {
    char name[QUESTIONNAIRE_NAME_SIZE];
    uint16_t scale = questionnaire->scale_count;
    uint8_t low = (uint8_t)sample_below(state, 3);
    uint8_t high = (uint8_t)(low + 1 + sample_below(state, 5));
    uint32_t count = 2 + sample_below(state, 6);
    snprintf(name, sizeof name, "scale_%u", (unsigned)scale);
    set_scale(questionnaire, name, name, NULL, QUESTIONNAIRE_SUBJECT_OTHER);
    random_list(questionnaire, state, low, high);
    for (uint32_t i = 0; i < count; i++) {
        struct questionnaire_item *item = random_item(questionnaire);
        if (i > 0 && flip(state)) {
            random_list(questionnaire, state, low, high);
        }
        item->kind = QUESTIONNAIRE_SELECT_ONE;
        item->list = (uint16_t)(questionnaire->list_count - 1);
        item->scale = scale;
        item->reverse = flip(state);
    }
}

/*
 * [not] selected(earlier, option) [and|or selected(another, option)], or none when there is no earlier select
 * item.
 */
static void random_condition(struct questionnaire *questionnaire, struct questionnaire_item *item,
                             uint64_t *state) {
    uint16_t own = (uint16_t)(item - questionnaire->item);
    for (uint32_t tries = 0; tries < 8 && item->step_count < 3; tries++) {
        uint16_t earlier = own == 0 ? 0 : (uint16_t)sample_below(state, own);
        const struct questionnaire_list *list = own ? questionnaire_list_of(questionnaire, earlier) : NULL;
        if (!list) {
            continue;
        }
        uint16_t option = (uint16_t)sample_below(state, list->option_count);
        item->step[item->step_count++] = (struct questionnaire_step){QUESTIONNAIRE_SELECTED, earlier, option};
        if (item->step_count == 2) {
            bool both = flip(state);
            item->step[item->step_count++] =
                (struct questionnaire_step){both ? QUESTIONNAIRE_AND : QUESTIONNAIRE_OR, 0, 0};
        } else if (flip(state)) {
            item->step[item->step_count++] = (struct questionnaire_step){QUESTIONNAIRE_NOT, 0, 0};
            return;
        }
    }
    item->step_count = item->step_count == 2 ? 1 : item->step_count;
}

static void random_single(struct questionnaire *questionnaire, uint64_t *state) {
    struct questionnaire_item *item = random_item(questionnaire);
    uint32_t kind = sample_below(state, 8);
    if (kind == 0) {
        item->kind = QUESTIONNAIRE_NOTE;
        return;
    }
    random_list(questionnaire, state, 0, 0);
    item->list = (uint16_t)(questionnaire->list_count - 1);
    item->kind = kind < 4 ? QUESTIONNAIRE_SELECT_MULTIPLE : QUESTIONNAIRE_SELECT_ONE;
    item->breakdown = kind == 7;
    item->sensitive = flip(state);
    if (!item->breakdown && flip(state)) {
        random_condition(questionnaire, item, state);
    }
}

struct questionnaire *sample_questionnaire_random(uint64_t seed) {
    uint64_t state = seed;
    struct questionnaire *questionnaire = start();
    uint32_t parts = 1 + sample_below(&state, 8);
    for (uint32_t i = 0; i < parts; i++) {
        if (questionnaire->scale_count < 4 && sample_below(&state, 3) == 0) {
            random_scale(questionnaire, &state);
        } else {
            random_single(questionnaire, &state);
        }
    }
    random_scale(questionnaire, &state);
    return checked(questionnaire);
}

/* ---- pupils ---- */

void sample_choose(struct answers *answers, const struct questionnaire *questionnaire, uint16_t item,
                   const char *option) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint16_t index = list ? questionnaire_find_option(list, option) : QUESTIONNAIRE_NONE;
    must(index != QUESTIONNAIRE_NONE, option);
    answers->shown[item] = true;
    answers_choose(answers, questionnaire, item, index);
}

void sample_pupil(struct answers *answers, const struct questionnaire *questionnaire) {
    answers_forget(answers);
    for (uint16_t i = 0; i < SAMPLE_ITEMS; i++) {
        answers->shown[i] = true;
    }
    sample_choose(answers, questionnaire, SAMPLE_GENDER, "girl");
    sample_choose(answers, questionnaire, SAMPLE_SAFE_CLASS, "often");
    sample_choose(answers, questionnaire, SAMPLE_SAFE_HALL, "sometimes");
    sample_choose(answers, questionnaire, SAMPLE_AFRAID, "rarely");
    sample_choose(answers, questionnaire, SAMPLE_SAFE_WAY, QUESTIONNAIRE_RATHER_NOT);
    sample_choose(answers, questionnaire, SAMPLE_ALONE, "never");
    sample_choose(answers, questionnaire, SAMPLE_HAPPY, "bit_yes");
    sample_choose(answers, questionnaire, SAMPLE_HAPPENED, "called_names");
    sample_choose(answers, questionnaire, SAMPLE_HAPPENED, "phone");
    sample_choose(answers, questionnaire, SAMPLE_TOLD, QUESTIONNAIRE_DONT_KNOW);
}

static void random_answer(struct answers *answers, const struct questionnaire *questionnaire, uint16_t item,
                          uint64_t *state) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint32_t taps = !list ? 0 : questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE ? 1 : 3;
    answers->shown[item] = true;
    for (uint32_t i = 0; i < taps && sample_below(state, 10) > 0; i++) {
        answers_choose(answers, questionnaire, item, (uint16_t)sample_below(state, list->option_count));
    }
}

void sample_answers(struct answers *answers, const struct questionnaire *questionnaire, uint64_t *state) {
    uint32_t fate = sample_below(state, 10);
    uint16_t seen = questionnaire->item_count;
    answers_forget(answers);
    answers->participation = fate == 0 ? ANSWERS_DECLINED : fate == 1 ? ANSWERS_STOPPED : ANSWERS_ANSWERED;
    if (fate <= 1) {
        seen = (uint16_t)sample_below(state, questionnaire->item_count + 1u);
    }
    for (uint16_t i = 0; i < seen; i++) {
        random_answer(answers, questionnaire, i, state);
    }
}
