/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Disclosure control of one school: CPU time for each question and school, and how much of each level is told
 * exactly, as a band, or not at all. `bench_disclosure CLASSES` takes another number of classes than 45 of 24
 * in 6 years.
 */
#include <stdio.h>
#include <stdlib.h>

#include "aggregator/disclosure_rule.h"
#include "aggregator/release_inside.h"
#include "figures.h"
#include "tests/sample_school.h"

enum { SCHOOLS = 4 };

static void must(enum fault fault) {
    if (fault) {
        fprintf(stderr, "bench_disclosure: %s\n", fault_name(fault));
        exit(1);
    }
}

/* Cells of items: level, status. */
struct survival {
    uint64_t cells[RELEASE_LEVELS][RELEASE_HIDDEN + 1];
    uint64_t means[RELEASE_LEVELS][RELEASE_HIDDEN + 1];
};

static void count_figures(struct survival *survival, const struct release_content *content) {
    for (uint32_t i = 0; i < content->figure_count; i++) {
        const struct release_figure *figure = &content->figure[i];
        if (figure->about == RELEASE_ITEM) {
            survival->cells[figure->level][figure->status]++;
        } else if (figure->kind == RELEASE_MEAN) {
            survival->means[figure->level][figure->status]++;
        }
    }
}

static void print_survival(const char *what, uint64_t counts[RELEASE_LEVELS][RELEASE_HIDDEN + 1]) {
    static const char *const levels[] = {"class", "year", "school"};
    static const char *const statuses[] = {"exact", "banded", "hidden"};
    for (int i = 0; i <= RELEASE_SCHOOL; i++) {
        double all = (double)(counts[i][0] + counts[i][1] + counts[i][2]);
        for (int j = 0; j <= RELEASE_HIDDEN && all > 0; j++) {
            char name[64];
            (void)snprintf(name, sizeof name, "survival_%s_%s_%s", levels[i], what, statuses[j]);
            figures_print(name, 100 * (double)counts[i][j] / all, "%", 100);
        }
    }
}

int main(int argc, char **argv) {
    uint16_t classes = (uint16_t)(argc > 1 ? atoi(argv[1]) : 45);
    struct survival survival = {0};
    double seconds = 0;
    unsigned questions = 0;
    for (uint64_t i = 0; i < SCHOOLS; i++) {
        struct sample_school *made = sample_school_usual_new(NULL, classes, 6, 24, i);
        struct disclosure_school school;
        struct release_content content = {0};
        const struct questionnaire *questionnaire = made->sample->round->questionnaire;
        must(
            disclosure_school_init(&school, made->sample->round, &made->sample->layout, &made->result, true));
        double before = figures_cpu();
        must(disclosure_rule_apply(&content, &school));
        seconds += figures_cpu() - before;
        for (uint16_t j = 0; j < questionnaire->item_count; j++) {
            questions += questionnaire->item[j].kind != QUESTIONNAIRE_NOTE;
        }
        count_figures(&survival, &content);
        release_content_release(&content);
        disclosure_school_release(&school);
        sample_school_free(made);
    }
    figures_print("disclosure_question_school", 1000 * seconds / questions, "ms", 50);
    print_survival("cells", survival.cells);
    print_survival("means", survival.means);
    return 0;
}
