/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of what is counted is told, and which rule takes how much: made-up schools of 45 classes of about
 * 24 in 6 years, a twentieth of the variance between classes, twelve of them a line. Beside it, what the
 * prototype of the same rules left in schools like these, which judged one question at a time and knew
 * neither who said no nor who gave no answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/disclosure_rule.h"
#include "aggregator/disclosure_switch.h"
#include "aggregator/release_inside.h"
#include "figures.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_school.h"

unsigned disclosure_switch_off = 0;

/* Nothing less than the whole is opened here. */
uint32_t batch_least(const struct round *round) {
    return round->k_unit;
}

enum { SCHOOLS = 12, CLASSES = 45, YEARS = 6, HEADS = 24, MOST_OPTIONS = 5, URN = 19, ITEMS = 4 };

static void must(enum fault fault) {
    if (fault) {
        fprintf(stderr, "bench_survival: %s\n", fault_name(fault));
        exit(1);
    }
}

/*
 * A question as it is told in a class: so many groups, chosen by so many in a thousand; and what the
 * prototype left of them, in percent.
 */
struct setting {
    const char *name;
    uint32_t k_cell;
    uint16_t groups;
    uint32_t share[MOST_OPTIONS];
    double class_exact, class_banded, class_hidden, year_exact;
};

static const struct setting settings[] = {
    {"bullied_5", 3, 5, {640, 200, 70, 50, 40}, 29.0, 59.2, 11.9, 81},
    {"bullied_5", 5, 5, {640, 200, 70, 50, 40}, 16.9, 70.3, 12.9, 60},
    {"bullied_5", 10, 5, {640, 200, 70, 50, 40}, 4.0, 79.6, 16.4, 39},
    {"bullied_3", 5, 3, {640, 200, 160}, 21.4, 47.1, 31.5, 100},
    {"bullied_2", 5, 2, {840, 160}, 19.4, 40.2, 40.4, 100},
    {"safe_4", 5, 4, {400, 400, 140, 60}, 29.0, 48.9, 22.1, 74},
    {"safe_3", 5, 3, {400, 400, 200}, 44.6, 28.4, 27.0, 100},
    {"wellbeing_5", 5, 5, {240, 360, 250, 100, 50}, 33.6, 54.9, 11.6, 99},
    {"wellbeing_3", 5, 3, {600, 250, 150}, 57.5, 19.9, 22.6, 100},
    {"wellbeing_3", 3, 3, {600, 250, 150}, 83.0, 6.0, 11.0, 100},
    {"wellbeing_3", 10, 3, {600, 250, 150}, 5.9, 52.0, 41.5, 100}};

enum { STAGES = 3 };
/* Which rules are off; each stage has those before it. */
static const struct {
    const char *name;
    unsigned off;
} stages[STAGES] = {
    {"rules 2-4: groups and bands", 1U << DISCLOSURE_COMPLEMENT | 1U << DISCLOSURE_DIFFERENCES},
    {"and 5-6: the whole band, by complement", 1U << DISCLOSURE_DIFFERENCES},
    {"and 7: differences", 0}};

static void set_text(struct questionnaire_text *text, const char *words) {
    text->in[0] = malloc(strlen(words) + 1);
    must(text->in[0] ? FAULT_NONE : FAULT_MEMORY);
    (void)strcpy(text->in[0], words);
}

/*
 * `items` questions with the same answers, a scale when there are more; a breakdown of three categories
 * behind them when `breakdown`.
 */
static struct questionnaire *make_questionnaire(const struct setting *setting, uint16_t items,
                                                bool breakdown) {
    struct questionnaire *made = questionnaire_new();
    must(made ? FAULT_NONE : FAULT_MEMORY);
    (void)strcpy(made->name, "survival");
    (void)strcpy(made->version, "1");
    (void)strcpy(made->age_form, "12-18");
    set_text(&made->title, "Survival");
    set_text(&made->provenance, "Made up.");
    made->language_count = 1;
    made->language[0] = (struct questionnaire_language){.code = "nl", .name = "Nederlands"};
    if (items > 1) {
        (void)strcpy(made->scale[made->scale_count].name, "scale");
        set_text(&made->scale[made->scale_count].label, "Scale");
        made->scale[made->scale_count].high_is_good = true;
        made->scale[made->scale_count++].subject = QUESTIONNAIRE_SUBJECT_SAFETY;
    }
    made->list_count = (uint16_t)(breakdown ? 2 : 1);
    for (uint16_t i = 0; i < made->list_count; i++) {
        struct questionnaire_list *list = &made->list[i];
        (void)snprintf(list->name, sizeof list->name, "list_%u", i + 0U);
        list->option_count = i ? 3 : setting->groups;
        for (uint16_t j = 0; j < list->option_count; j++) {
            struct questionnaire_option *option = &list->option[j];
            (void)snprintf(option->name, sizeof option->name, "option_%u", j + 0U);
            set_text(&option->label, option->name);
            option->coarse = j;
            option->has_score = i == 0 && items > 1;
            option->score = (uint8_t)(option->has_score ? j + 1 : 0);
        }
    }
    made->item_count = (uint16_t)(items + breakdown);
    for (uint16_t i = 0; i < made->item_count; i++) {
        struct questionnaire_item *item = &made->item[i];
        (void)snprintf(item->name, sizeof item->name, "item_%u", i + 0U);
        set_text(&item->label, item->name);
        item->kind = QUESTIONNAIRE_SELECT_ONE;
        item->list = i == items;
        item->breakdown = i == items;
        item->scale = items > 1 && i < items ? 0 : QUESTIONNAIRE_NONE;
        item->section = QUESTIONNAIRE_NONE;
    }
    must(questionnaire_check(made));
    return made;
}

/*
 * An urn that remembers: what was drawn in this class is drawn more often, which makes a share of 1 / (1 +
 * URN) of the variance lie between classes.
 */
static uint16_t draw(uint32_t *drawn, const struct setting *setting, uint64_t *state) {
    uint32_t all = 1000 * URN;
    for (uint16_t i = 0; i < setting->groups; i++) {
        all += 1000 * drawn[i];
    }
    uint32_t at = sample_below(state, all);
    for (uint16_t i = 0; i + 1 < setting->groups; i++) {
        uint32_t here = URN * setting->share[i] + 1000 * drawn[i];
        if (at < here) {
            drawn[i]++;
            return i;
        }
        at -= here;
    }
    drawn[setting->groups - 1]++;
    return (uint16_t)(setting->groups - 1);
}

static struct sample_school *make_school(const struct setting *setting, uint16_t items, bool breakdown,
                                         uint64_t seed) {
    struct sample_class list[CLASSES];
    char label[CLASSES][8];
    uint64_t state = seed;
    for (uint16_t i = 0; i < CLASSES; i++) {
        (void)snprintf(label[i], sizeof label[i], "%u", i + 1U);
        list[i] = (struct sample_class){label[i], (uint16_t)(1U << i % YEARS), 2 * HEADS, 0};
    }
    struct sample_school *made =
        sample_school_new(make_questionnaire(setting, items, breakdown), list, CLASSES);
    made->sample->round->k_cell = (uint16_t)setting->k_cell;
    for (uint16_t i = 0; i < CLASSES; i++) {
        uint32_t drawn[ITEMS][MOST_OPTIONS] = {{0}};
        uint32_t pupils = HEADS * 3 / 4 + sample_below(&state, HEADS / 2 + 1);
        for (uint32_t j = 0; j < pupils; j++) {
            sample_school_begin(made, ANSWERS_ANSWERED);
            for (uint16_t k = 0; k < items; k++) {
                made->answers->chosen[k] = UINT32_C(1) << draw(drawn[k], setting, &state);
            }
            if (breakdown) {
                uint32_t who = sample_below(&state, 100);
                made->answers->chosen[items] = UINT32_C(1) << (who < 48 ? 0 : who < 97 ? 1 : 2);
            }
            sample_school_add(made, i, 1);
        }
    }
    return made;
}

struct survival {
    uint64_t count[RELEASE_LEVELS][RELEASE_HIDDEN + 1]; /* answers: options and groups */
    uint64_t mean[RELEASE_LEVELS][RELEASE_HIDDEN + 1];
    uint64_t size[RELEASE_LEVELS][RELEASE_HIDDEN + 1]; /* of a breakdown's categories */
};

static void judge(struct survival *survival, const struct sample_school *made) {
    struct disclosure_school school;
    struct release_content content = {0};
    must(disclosure_school_init(&school, made->sample->round, &made->sample->layout, &made->result, true));
    must(disclosure_rule_apply(&content, &school));
    for (uint32_t i = 0; i < content.figure_count; i++) {
        const struct release_figure *figure = &content.figure[i];
        bool answer = figure->about == RELEASE_ITEM &&
                      (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_GROUP);
        bool breakdown = answer && school.questionnaire->item[figure->subject].breakdown;
        survival->count[figure->level][figure->status] += answer && !breakdown;
        survival->size[figure->level][figure->status] += breakdown;
        survival->mean[figure->level][figure->status] += figure->kind == RELEASE_MEAN;
    }
    release_content_release(&content);
    disclosure_school_release(&school);
}

static double percent(uint64_t part, const uint64_t all[RELEASE_HIDDEN + 1]) {
    uint64_t sum = all[0] + all[1] + all[2];
    return sum ? 100 * (double)part / (double)sum : 0;
}

static void print_row(const struct survival *survival, int level) {
    const uint64_t *cells = survival->count[level];
    printf("  %5.1f %5.1f %5.1f", percent(cells[0], cells), percent(cells[1], cells),
           percent(cells[2], cells));
}

static void measure(const struct setting *setting) {
    struct survival survival[STAGES];
    char name[64];
    memset(survival, 0, sizeof survival);
    for (uint64_t i = 0; i < SCHOOLS; i++) {
        struct sample_school *made = make_school(setting, 1, false, i);
        for (int stage = 0; stage < STAGES; stage++) {
            disclosure_switch_off = stages[stage].off;
            judge(&survival[stage], made);
        }
        sample_school_free(made);
    }
    for (int stage = 0; stage < STAGES; stage++) {
        printf("%-11s k %2u  %-38s", setting->name, setting->k_cell, stages[stage].name);
        for (int level = RELEASE_CLASS; level <= RELEASE_SCHOOL; level++) {
            print_row(&survival[stage], level);
        }
        printf("\n");
    }
    printf("%-11s k %2u  %-38s  %5.1f %5.1f %5.1f  %5.1f\n", setting->name, setting->k_cell, "the prototype",
           setting->class_exact, setting->class_banded, setting->class_hidden, setting->year_exact);
    (void)snprintf(name, sizeof name, "survival_%s_k%u_class_hidden", setting->name, setting->k_cell);
    const uint64_t *cells = survival[STAGES - 1].count[RELEASE_CLASS];
    figures_print(name, percent(cells[RELEASE_HIDDEN], cells), "%", setting->class_hidden);
}

/* Means and breakdowns, with all rules and without their own. */
static void measure_rest(enum disclosure_switch rule, uint16_t items, bool breakdown) {
    static const struct setting setting = {"scale", 5, 4, {400, 400, 140, 60}, 0, 0, 0, 0};
    struct survival survival[2];
    memset(survival, 0, sizeof survival);
    for (uint64_t i = 0; i < SCHOOLS; i++) {
        struct sample_school *made = make_school(&setting, items, breakdown, i);
        for (int with = 0; with < 2; with++) {
            disclosure_switch_off = with ? 0 : 1U << rule;
            judge(&survival[with], made);
        }
        sample_school_free(made);
    }
    for (int with = 0; with < 2; with++) {
        printf("%s, %s rule %d:", items > 1 ? "means of a scale" : "sizes of a breakdown's categories",
               with ? "with" : "without", (int)rule);
        for (int level = RELEASE_CLASS; level <= RELEASE_SCHOOL; level++) {
            const uint64_t *cells = items > 1 ? survival[with].mean[level] : survival[with].size[level];
            printf("  %5.1f %5.1f %5.1f", percent(cells[0], cells), percent(cells[1], cells),
                   percent(cells[2], cells));
        }
        printf("\n");
    }
}

int main(void) {
    printf("%% told exactly, told as a band, hidden; in classes, in years, of the school\n");
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        measure(&settings[i]);
    }
    measure_rest(DISCLOSURE_MEANS, ITEMS, false);
    measure_rest(DISCLOSURE_BREAKDOWNS, 1, true);
    return 0;
}
