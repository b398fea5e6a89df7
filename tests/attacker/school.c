/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "aggregator/release.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "pupils.h"
#include "tests/sample_opening.h"

/*
 * school SEED FOLDER
 *
 * Makes a school out of the seed, lets its pupils answer, opens the round with the real chain, and writes into the
 * folder (made here): `known` for the attacker, and everything that the chain left: `release-1.klr`, and with late
 * bundles `release-2.klr`, or a line that it was refused. Ends with 1 when exact sums lie in any of the files.
 */

enum { CLASSES = 10, PER_CLASS = 31 };

struct school {
    uint64_t seed, state;
    const char *folder;
    enum pupils_kind kind;
    bool one_class_years, late;
    struct sample_class classes[CLASSES];
    char label[CLASSES][8];
    uint32_t pupils[CLASSES], late_pupils[CLASSES];
    uint16_t class_count;
    struct pupils_mood school_mood;
    struct pupils_count said[2][CLASSES]; /* in time, late */
    uint16_t kept_class;
    struct pupils answering;
    struct pupils_count
        *category[2][QUESTIONNAIRE_ITEMS]; /* in time, late; per breakdown item, an option each */
    struct sample_opening *opening;
};

static void must(bool truth, const char *what) {
    if (!truth) {
        fprintf(stderr, "school: %s\n", what);
        exit(2);
    }
}

/* Small schools mostly, for there the least stays hidden by itself. */
static void found_school(struct school *school) {
    uint64_t *state = &school->state;
    uint32_t all = 0;
    school->kind = (enum pupils_kind)(school->seed % PUPILS_KINDS);
    school->one_class_years = school->seed % 3 == 0;
    school->late = school->seed % 4 == 1;
    school->class_count = (uint16_t)(1 + sample_below(state, CLASSES));
    for (uint16_t i = 0; i < school->class_count; i++) {
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
}

static void let_answer(struct school *school, bool late, uint16_t class_index) {
    uint32_t count = late ? school->late_pupils[class_index] : school->pupils[class_index];
    if (count == 0) {
        return;
    }
    school->answering.count = &school->said[late][class_index];
    memcpy(school->answering.category, school->category[late], sizeof school->answering.category);
    pupils_mood_class(&school->answering.mood, &school->school_mood, school->answering.questionnaire,
                      school->kind, &school->state);
    bool before = school->answering.kept;
    uint32_t bundle = sample_opening_add_of(school->opening, (uint16_t)(class_index + 1), class_index, count,
                                            pupils_answer, &school->answering);
    if (!before && school->answering.kept) {
        school->kept_class = (uint16_t)(class_index + 1);
    }
    must(sample_opening_merge(school->opening, bundle).fault == FAULT_NONE, "a bundle did not merge");
}

static void path_in(char *out, size_t size, const struct school *school, const char *name) {
    (void)snprintf(out, size, "%s/%s", school->folder, name);
}

static const struct pupils_count *count_of_batch(struct pupils_count *sum, const struct school *school,
                                                 bool late, const struct release_batch *batch) {
    memset(sum, 0, sizeof *sum);
    for (uint16_t i = 0; i < batch->class_count; i++) {
        pupils_add(sum, &school->said[late][batch->class_number[i] - 1]);
    }
    return sum;
}

/* The breakdown items of which a release tells categories, a bit an option. */
static void told_categories(uint32_t told[QUESTIONNAIRE_ITEMS], const struct release_content *content) {
    memset(told, 0, QUESTIONNAIRE_ITEMS * sizeof *told);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        const struct release_figure *figure = &content->figure[i];
        if (figure->level == RELEASE_BREAKDOWN) {
            told[figure->unit / RELEASE_CATEGORY_STRIDE] |= UINT32_C(1)
                                                            << figure->unit % RELEASE_CATEGORY_STRIDE;
        }
    }
}

/* Each told category of each breakdown, then what is left beside them. */
static int write_parts(FILE *out, const struct school *school, bool late,
                       const struct release_content *content, int number) {
    static struct pupils_count rest, sum;
    const struct questionnaire *questionnaire = school->answering.questionnaire;
    uint32_t told[QUESTIONNAIRE_ITEMS];
    told_categories(told, content);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        memset(&rest, 0, sizeof rest);
        for (uint16_t j = 0; told[i] && j < content->batch_count; j++) {
            if (!content->batch[j].left_out) {
                pupils_add(&rest, count_of_batch(&sum, school, late, &content->batch[j]));
            }
        }
        for (uint16_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
            if (told[i] >> j & 1) {
                pupils_write_truth(out, questionnaire, number++, &school->category[late][i][j]);
                pupils_take(&rest, &school->category[late][i][j]);
            }
        }
        if (told[i]) {
            pupils_write_truth(out, questionnaire, number++, &rest);
        }
    }
    return number;
}

/* The batches of the first release come first, then its parts of breakdowns, then those of the second. */
static void write_known(const struct school *school, const struct release *const releases[2]) {
    static struct pupils_count sum;
    char path[256];
    path_in(path, sizeof path, school, "known");
    FILE *out = fopen(path, "w");
    must(out != NULL, "the folder cannot be written");
    const struct release_content *first = release_content(releases[0]);
    fprintf(out, "limits %u %u\n", first->k_unit, first->k_cell);
    pupils_write_questionnaire(out, school->answering.questionnaire);
    int number = 0;
    for (int late = 0; late < 2 && releases[late]; late++) {
        const struct release_content *content = release_content(releases[late]);
        for (uint16_t i = 0; i < content->batch_count; i++, number++) {
            pupils_write_truth(out, school->answering.questionnaire, number,
                               count_of_batch(&sum, school, late, &content->batch[i]));
            for (uint16_t j = 0; late == 0 && j < content->batch[i].class_count; j++) {
                if (content->batch[i].class_number[j] == school->kept_class) {
                    pupils_write_pupil(out, school->answering.questionnaire, number,
                                       &school->answering.kept_count);
                }
            }
        }
        number = write_parts(out, school, late, content, number);
    }
    must(fclose(out) == 0, "known cannot be written");
}

static void write_release(const struct school *school, const struct release *release, const char *name) {
    char path[256];
    struct bytes file = release_file(release);
    path_in(path, sizeof path, school, name);
    FILE *out = fopen(path, "wb");
    must(out && fwrite(file.data, 1, file.size, out) == file.size && fclose(out) == 0,
         "a release cannot be written");
}

/* Eight counters in a row, of which at least three are not zero, do not occur by chance. */
static bool holds_sums(const uint8_t *data, size_t size, const uint64_t *sums, uint32_t count, size_t width) {
    uint8_t pattern[8 * 8];
    for (uint32_t first = 0; first + 8 <= count; first += 4) {
        int told = 0;
        for (uint32_t i = 0; i < 8; i++) {
            memcpy(pattern + i * width, &sums[first + i], width);
            told += sums[first + i] > 2;
        }
        if (told >= 3 && memmem(data, size, pattern, 8 * width)) {
            return true;
        }
    }
    return false;
}

static bool file_holds_sums(const char *path, const uint64_t *sums, uint32_t count) {
    struct bytes_buffer content = {0};
    bool found = false;
    if (file_read(&content, path, 256u << 20) == FAULT_NONE) {
        struct bytes view = bytes_buffer_view(&content);
        found = holds_sums(view.data, view.size, sums, count, 4) ||
                holds_sums(view.data, view.size, sums, count, 8);
    }
    bytes_buffer_release(&content);
    if (found) {
        printf("found: exact sums in %s\n", path);
    }
    return found;
}

static int search(const char *folder, const uint64_t *sums, uint32_t count) {
    struct folder_names names = {0};
    char path[512];
    int found = 0;
    must(folder_list(&names, folder, "") == FAULT_NONE, "a folder cannot be read");
    for (size_t i = 0; i < names.count; i++) {
        struct stat about;
        (void)snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        must(stat(path, &about) == 0, "a file went away");
        found += S_ISDIR(about.st_mode) ? search(path, sums, count) : file_holds_sums(path, sums, count);
    }
    folder_names_release(&names);
    return found;
}

static struct release *open_round(struct school *school, bool late, const char *name) {
    struct release *release = NULL;
    if (late) {
        sample_opening_close_late(school->opening);
    } else {
        sample_opening_close(school->opening);
    }
    enum fault fault = sample_opening_run(&release, school->opening, NULL);
    must(fault == FAULT_NONE || fault == FAULT_BATCH_TOO_SMALL, fault_name(fault));
    if (release) {
        write_release(school, release, name);
    } else {
        printf("school: %s was refused: %s\n", name, fault_name(fault));
    }
    return release;
}

static void open_school(struct school *school) {
    bool own = school->seed % 2 == 0;
    struct questionnaire *questionnaire =
        own ? sample_questionnaire() : sample_questionnaire_random(school->seed);
    school->answering.questionnaire = questionnaire;
    school->answering.keep = sample_below(&school->state, school->pupils[0]);
    pupils_mood_school(&school->school_mood, questionnaire, school->kind, &school->state);
    school->opening =
        sample_opening_new_of(questionnaire, school->classes, school->class_count,
                              school->seed % 5 < 2 ? ROUND_INCIDENTS_IN_CLASS : 0, school->seed);
    if (school->seed % 5) {
        sample_opening_alone(school->opening); /* only there breakdowns are opened */
    }
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        for (int late = 0; questionnaire->item[i].breakdown && late < 2; late++) {
            school->category[late][i] = calloc(QUESTIONNAIRE_OPTIONS, sizeof *school->category[late][i]);
            must(school->category[late][i] != NULL, "memory");
        }
    }
    for (uint16_t i = 0; i < school->class_count; i++) {
        let_answer(school, false, i);
    }
}

static int run(struct school *school) {
    struct release *releases[2] = {NULL, NULL};
    found_school(school);
    open_school(school);
    releases[0] = open_round(school, false, "release-1.klr");
    int found = 0;
    if (releases[0]) {
        uint32_t bundles = school->opening->bundle_count;
        for (uint16_t i = 0; i < school->class_count && school->late; i++) {
            let_answer(school, true, i);
        }
        bool more = school->opening->bundle_count > bundles;
        releases[1] = more ? open_round(school, true, "release-2.klr") : NULL;
        write_known(school, (const struct release *const *)releases);
        uint32_t count = school->opening->sample->layout.counter_count;
        found = search(school->opening->folder, school->opening->sums, count) +
                search(school->folder, school->opening->sums, count);
    }
    for (int i = 0; i < 2 * QUESTIONNAIRE_ITEMS; i++) {
        free(school->category[i / QUESTIONNAIRE_ITEMS][i % QUESTIONNAIRE_ITEMS]);
    }
    release_free(releases[0]);
    release_free(releases[1]);
    sample_opening_free(school->opening);
    return found ? 1 : 0;
}

int main(int argc, char **argv) {
    static struct school school;
    char *end = NULL;
    must(argc == 3, "school SEED FOLDER");
    school.seed = strtoull(argv[1], &end, 10);
    must(*argv[1] && !*end, "SEED is a number");
    school.state = school.seed;
    school.folder = argv[2];
    must(mkdir(school.folder, 0700) == 0, "the folder is there already, or cannot be made");
    return run(&school);
}
