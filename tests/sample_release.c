/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_release.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/release_inside.h"
#include "aggregator/report_label.h"
#include "platform/file.h"
#include "tests/sample_questionnaire.h"

enum { LABELS = 400, CELLS = 32 };

struct making {
    struct release_content content;
    const struct sample_release_school *school;
    const struct round *round;
    const struct questionnaire *questionnaire;
    uint64_t state;
    uint16_t batch_of_class[ROUND_CLASSES];
};

static void must(bool truth, const char *what) {
    if (!truth) {
        fprintf(stderr, "sample_release: %s\n", what);
        exit(2);
    }
}

static void add(struct making *making, struct release_figure figure) {
    must(making->content.figure_count < RELEASE_FIGURES, "too many figures");
    if (figure.status == RELEASE_HIDDEN) {
        figure.low = figure.high = figure.n = 0;
        figure.decimals = 0;
    }
    making->content.figure[making->content.figure_count++] = figure;
}

/* What becomes of a row of counts: bands where they are small, and one more hidden. */
static void add_row(struct making *making, struct release_figure *row, uint32_t count, uint32_t n) {
    uint32_t bands = 0, smallest = count;
    for (uint32_t i = 0; i < count; i++) {
        bool small = row[i].low < making->round->k_cell;
        bands += small;
        if (!small && (smallest == count || row[i].low < row[smallest].low)) {
            smallest = i;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        row[i].n = n;
        row[i].high = row[i].low;
        if (n < making->round->k_unit || (bands == 1 && i == smallest)) {
            row[i].status = RELEASE_HIDDEN;
        } else if (row[i].low < making->round->k_cell) {
            row[i].status = RELEASE_BANDED;
            row[i].low = 0;
            row[i].high = making->round->k_cell - 1u;
        }
        add(making, row[i]);
    }
}

/* Divides n over `count` cells, favouring the middle of where the mood is. */
static void divide(struct making *making, uint32_t *cells, uint32_t count, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t throws = 0;
        for (uint32_t j = 0; j + 1 < count; j++) {
            throws += sample_below(&making->state, 100) < making->school->mood;
        }
        cells[throws]++;
    }
}

static void add_item(struct making *making, enum release_level level, uint16_t unit, uint32_t n,
                     uint16_t item) {
    const struct questionnaire_item *asked = &making->questionnaire->item[item];
    const struct questionnaire_list *list = questionnaire_list_of(making->questionnaire, item);
    bool several = asked->kind == QUESTIONNAIRE_SELECT_MULTIPLE, coarse = level == RELEASE_CLASS;
    struct release_figure row[CELLS] = {0};
    uint32_t cells[CELLS] = {0}, count = 0, missing = n / 20 + (n > 30 ? 5 : 0),
             groups = coarse ? list->coarse_count : 0;
    for (uint16_t i = 0; !coarse && i < list->option_count; i++) {
        groups += list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
    }
    missing = missing > n ? n : missing;
    bool incidents = (report_label_subject(making->questionnaire, item) == QUESTIONNAIRE_SUBJECT_INCIDENTS);
    divide(making, cells, groups, n - missing);
    for (uint32_t i = 0; i < groups; i++) {
        row[count++] = (struct release_figure){.level = level,
                                               .unit = unit,
                                               .about = RELEASE_ITEM,
                                               .subject = item,
                                               .index = (uint16_t)i,
                                               .kind = several  ? (coarse ? RELEASE_ANY : RELEASE_CHOSEN)
                                                       : coarse ? RELEASE_GROUP
                                                                : RELEASE_OPTION,
                                               .low = cells[incidents ? groups - 1 - i : i]};
    }
    if (coarse) {
        row[count++] = (struct release_figure){.level = level,
                                               .unit = unit,
                                               .about = RELEASE_ITEM,
                                               .subject = item,
                                               .kind = RELEASE_MISSING,
                                               .low = missing};
    } else {
        for (enum release_kind kind = RELEASE_DONT_KNOW; kind <= RELEASE_NO_ANSWER; kind++) {
            row[count++] = (struct release_figure){
                .level = level,
                .unit = unit,
                .about = RELEASE_ITEM,
                .subject = item,
                .kind = kind,
                .low = kind == RELEASE_NO_ANSWER ? missing - 2 * (missing / 3) : missing / 3};
        }
        if (asked->step_count) {
            row[count++] = (struct release_figure){.level = level,
                                                   .unit = unit,
                                                   .about = RELEASE_ITEM,
                                                   .subject = item,
                                                   .kind = RELEASE_NOT_ASKED};
        }
    }
    add_row(making, row, count, n);
}

static void add_scale(struct making *making, enum release_level level, uint16_t unit, uint32_t n,
                      uint16_t at) {
    const struct questionnaire_scale *scale = &making->questionnaire->scale[at];
    struct release_figure figure = {.level = level, .unit = unit, .about = RELEASE_SCALE, .subject = at};
    double range = scale->score_max - scale->score_min;
    uint32_t mood = scale->high_is_good ? making->school->mood : 100 - making->school->mood;
    double mean = scale->score_min + range * (mood + sample_below(&making->state, 9) - 4.0) / 100;
    uint16_t bins = release_bins(scale->score_min, scale->score_max);
    bool hidden = n < making->round->k_unit;
    if (level != RELEASE_CLASS) {
        struct release_figure row[RELEASE_BINS + 1];
        uint32_t cells[RELEASE_BINS + 1] = {0};
        divide(making, cells, bins, n - n / 20);
        for (uint16_t i = 0; i <= bins; i++) {
            row[i] = figure;
            row[i].kind = i < bins ? RELEASE_SCORE : RELEASE_NOT_COUNTED;
            row[i].index = i < bins ? i : 0;
            row[i].low = i < bins ? cells[i] : n / 20;
        }
        add_row(making, row, bins + 1u, n);
    }
    figure.status = hidden ? RELEASE_HIDDEN : RELEASE_PUBLISHED;
    figure.kind = RELEASE_MEAN;
    figure.decimals = level == RELEASE_CLASS ? 1 : 2;
    figure.low = figure.high = (uint32_t)(mean * (level == RELEASE_CLASS ? 10 : 100));
    figure.n = level == RELEASE_CLASS ? 0 : n - n / 20; /* told with the distribution only */
    add(making, figure);
    if (level == RELEASE_YEAR || level == RELEASE_SCHOOL) {
        figure.kind = RELEASE_DEVIATION;
        figure.low = figure.high = (uint32_t)(range * 20);
        add(making, figure);
    }
    if (level == RELEASE_SCHOOL) {
        figure.kind = RELEASE_ERROR_CLASSES;
        figure.decimals = 4;
        figure.n = making->content.batch_count;
        figure.low = figure.high = (uint32_t)(10000 * range * .25 / sqrt(n));
        add(making, figure);
        figure.kind = RELEASE_ALPHA;
        figure.decimals = 2;
        figure.n = n - n / 10;
        figure.low = figure.high = 83;
        figure.status = scale->formative || n < 100 ? RELEASE_HIDDEN : figure.status;
        add(making, figure);
    }
}

static void add_participation(struct making *making, enum release_level level, uint16_t unit, uint32_t n) {
    struct release_figure row[3] = {0};
    uint32_t some = n > 150 ? n / 30 : 0;
    for (uint16_t i = 0; i < 3; i++) {
        row[i] = (struct release_figure){.level = level,
                                         .unit = unit,
                                         .about = RELEASE_PARTICIPATION,
                                         .kind = (enum release_kind)i,
                                         .low = i ? some : n - 2 * some};
    }
    add_row(making, row, 3, n);
}

static void add_unit(struct making *making, enum release_level level, uint16_t unit, uint32_t n) {
    if (level != RELEASE_CLASS) {
        add_participation(making, level, unit, n);
    }
    for (uint16_t i = 0; i < making->questionnaire->item_count; i++) {
        bool incidents = (report_label_subject(making->questionnaire, i) == QUESTIONNAIRE_SUBJECT_INCIDENTS);
        if (questionnaire_list_of(making->questionnaire, i) && (level != RELEASE_CLASS || !incidents)) {
            add_item(making, level, unit, n, i);
        }
    }
    for (uint16_t i = 0; i < making->questionnaire->scale_count; i++) {
        if (level != RELEASE_CLASS ||
            making->questionnaire->scale[i].subject != QUESTIONNAIRE_SUBJECT_INCIDENTS) {
            add_scale(making, level, unit, n, i);
        }
    }
}

/* One batch a class; classes too small join the one before them. */
static void fill_units(struct making *making) {
    struct release_content *content = &making->content;
    for (uint16_t i = 0; i < content->class_count; i++) {
        const struct round_class *item = &making->round->class_list[i];
        uint32_t asked = round_class_asked(item);
        uint32_t came = asked - asked * making->school->absent_percent / 100;
        came = making->school->too_many ? asked + making->school->too_many : came;
        content->class_list[i] =
            (struct release_class){.number = item->number, .asked = asked, .contributions = came};
        bool joins = came < making->round->k_unit && content->batch_count;
        struct release_batch *batch =
            &content->batch[joins ? content->batch_count - 1 : content->batch_count++];
        uint16_t stratum = joins ? batch->stratum : 0;
        while (!joins && stratum < content->stratum_count && content->stratum[stratum].years != item->years) {
            stratum++;
        }
        content->stratum_count =
            (uint16_t)(stratum == content->stratum_count ? stratum + 1 : content->stratum_count);
        content->stratum[stratum].years |= item->years;
        content->stratum[stratum].contributions += came;
        batch->digest[0] = (uint8_t)(joins ? batch->digest[0] : i);
        batch->stratum = stratum;
        batch->class_number[batch->class_count++] = item->number;
        batch->contributions += came;
    }
}

static void fill_fixed(struct making *making) {
    struct release_content *content = &making->content;
    const struct round *round = making->round;
    must(release_fill_origin(content, round) == FAULT_NONE, "no origin");
    content->policy = RELEASE_POLICY_AUDITED;
    content->k_unit = round->k_unit;
    content->k_cell = round->k_cell;
    (void)snprintf(content->program, sizeof content->program, "0.1.0");
    memcpy(content->round_digest, round->digest, DIGEST_BYTES);
    memcpy(content->questionnaire_digest, round->questionnaire_digest, DIGEST_BYTES);
    memcpy(content->layout_digest, round->layout_digest, DIGEST_BYTES);
    content->class_count = round->class_count;
    content->class_list = calloc(round->class_count, sizeof *content->class_list);
    content->batch = calloc(round->class_count, sizeof *content->batch);
    content->stratum = calloc(round->class_count, sizeof *content->stratum);
    content->excluded = calloc(1, 16);
    content->figure = calloc(RELEASE_FIGURES, sizeof *content->figure);
    must(content->class_list && content->batch && content->stratum && content->excluded && content->figure,
         "no memory");
}

static int compare(const void *a, const void *b) {
    uint64_t x = release_rank(a), y = release_rank(b);
    return x < y ? -1 : x > y;
}

void sample_release_make(struct release **release, struct sample_round **sample,
                         struct questionnaire *questionnaire, const struct sample_release_school *school) {
    *sample = sample_round_new_of(questionnaire, school->classes, school->class_count, 2);
    if (school->years_back) {
        struct round *round = (*sample)->round;
        round->school_year = (uint16_t)(round->school_year - school->years_back);
        round->first_day -= 10000u * school->years_back;
        round->last_day -= 10000u * school->years_back;
        must(sample_round_sign_again(*sample) == FAULT_NONE, "it cannot be signed again");
    }
    struct making *making = calloc(1, sizeof *making);
    must(making != NULL, "no memory");
    making->school = school;
    making->round = (*sample)->round;
    making->questionnaire = (*sample)->round->questionnaire;
    making->state = school->seed;
    fill_fixed(making);
    fill_units(making);
    uint32_t all = 0;
    for (uint16_t i = 0; i < making->content.batch_count; i++) {
        add_unit(making, RELEASE_CLASS, i, making->content.batch[i].contributions);
    }
    for (uint16_t i = 0; i < making->content.stratum_count; i++) {
        all += making->content.stratum[i].contributions;
        add_unit(making, RELEASE_YEAR, i, making->content.stratum[i].contributions);
    }
    add_unit(making, RELEASE_SCHOOL, 0, all);
    qsort(making->content.figure, making->content.figure_count, sizeof *making->content.figure, compare);
    enum fault fault =
        release_new(release, &making->content, making->round->holder[0].sign_key, (*sample)->sign_secret[0]);
    must(fault == FAULT_NONE, fault_name(fault));
    free(making);
}

struct questionnaire *sample_release_questionnaire(const char *path) {
    struct bytes_buffer csv = {0};
    struct author_report report = {0};
    struct questionnaire *questionnaire = NULL;
    must(file_read(&csv, path, 4 << 20) == FAULT_NONE, path);
    must(author_compile(&questionnaire, &report, bytes_buffer_view(&csv)) == FAULT_NONE,
         "it does not compile");
    bytes_buffer_release(&csv);
    author_report_release(&report);
    return questionnaire;
}

void sample_release_classes(struct sample_class *out, uint16_t count, uint32_t least, uint32_t most,
                            uint16_t from, uint16_t to, uint64_t seed) {
    static char label[LABELS][8];
    uint16_t years = (uint16_t)(to - from + 1);
    for (uint16_t i = 0; i < count; i++) {
        uint16_t year = (uint16_t)(from + i * years / count), first = i;
        while (first > 0 && from + (first - 1) * years / count == year) {
            first--;
        }
        (void)snprintf(label[i], sizeof label[i], "%u%c", year, 'A' + (i - first) % 26);
        out[i] = (struct sample_class){label[i], (uint16_t)(1u << (year - 1)),
                                       (uint16_t)(least + sample_below(&seed, most - least + 1)), 0};
    }
}
