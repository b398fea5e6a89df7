/* SPDX-License-Identifier: Apache-2.0 */
#include "made.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "aggregator/report_files.h"
#include "platform/file.h"
#include "platform/folder.h"

void made_must(bool truth, const char *what) {
    if (!truth) {
        fprintf(stderr, "made: %s\n", what);
        exit(2);
    }
}

void made_begin(struct made *out, struct questionnaire *questionnaire, const struct sample_class *classes,
                uint16_t class_count, uint16_t choices, bool alone, uint64_t seed) {
    out->class_count = class_count;
    out->answering.questionnaire = questionnaire;
    out->opening = sample_opening_new_of(questionnaire, classes, class_count, choices, seed);
    if (alone) {
        sample_opening_alone(out->opening);
    }
    out->opening->groups = true; /* on two machines too */
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        for (int late = 0; questionnaire->item[i].breakdown && late < 2; late++) {
            out->category[late][i] = calloc(QUESTIONNAIRE_OPTIONS, sizeof *out->category[late][i]);
            made_must(out->category[late][i] != NULL, "memory");
        }
    }
}

void made_answer(struct made *made, bool late, uint16_t class_index, uint32_t count, sample_answering *answer,
                 void *context) {
    if (count == 0) {
        return;
    }
    made->answering.count = &made->said[late][class_index];
    memcpy(made->answering.category, made->category[late], sizeof made->answering.category);
    bool before = made->answering.kept;
    uint32_t bundle = sample_opening_add_of(made->opening, (uint16_t)(class_index + 1), class_index, count,
                                            answer, context);
    if (!before && made->answering.kept) {
        made->kept_class = (uint16_t)(class_index + 1);
    }
    made_must(sample_opening_merge(made->opening, bundle).fault == FAULT_NONE, "a bundle did not merge");
}

static void path_in(char *out, size_t size, const struct made *made, const char *name) {
    (void)snprintf(out, size, "%s/%s", made->folder, name);
}

static const struct pupils_count *count_of_batch(struct pupils_count *sum, const struct made *made, bool late,
                                                 const struct release_batch *batch) {
    memset(sum, 0, sizeof *sum);
    for (uint16_t i = 0; i < batch->class_count; i++) {
        pupils_add(sum, &made->said[late][batch->class_number[i] - 1]);
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
static int write_parts(FILE *out, const struct made *made, bool late, const struct release_content *content,
                       int number) {
    static struct pupils_count rest, sum;
    const struct questionnaire *questionnaire = made->answering.questionnaire;
    uint32_t told[QUESTIONNAIRE_ITEMS];
    told_categories(told, content);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        memset(&rest, 0, sizeof rest);
        for (uint16_t j = 0; told[i] && j < content->batch_count; j++) {
            if (!content->batch[j].left_out) {
                pupils_add(&rest, count_of_batch(&sum, made, late, &content->batch[j]));
            }
        }
        for (uint16_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
            if (told[i] >> j & 1) {
                pupils_write_truth(out, questionnaire, number++, &made->category[late][i][j]);
                pupils_take(&rest, &made->category[late][i][j]);
            }
        }
        if (told[i]) {
            pupils_write_truth(out, questionnaire, number++, &rest);
        }
    }
    return number;
}

void made_write_known(const struct made *made, const struct release *const releases[2]) {
    static struct pupils_count sum;
    char path[256];
    path_in(path, sizeof path, made, "known");
    FILE *out = fopen(path, "w");
    made_must(out != NULL, "the folder cannot be written");
    const struct release_content *first = release_content(releases[0]);
    fprintf(out, "limits %u %u\n", first->k_unit, first->k_cell);
    pupils_write_questionnaire(out, made->answering.questionnaire);
    int number = 0;
    for (int late = 0; late < 2 && releases[late]; late++) {
        const struct release_content *content = release_content(releases[late]);
        for (uint16_t i = 0; i < content->batch_count; i++, number++) {
            pupils_write_truth(out, made->answering.questionnaire, number,
                               count_of_batch(&sum, made, late, &content->batch[i]));
            for (uint16_t j = 0; late == 0 && j < content->batch[i].class_count; j++) {
                if (content->batch[i].class_number[j] == made->kept_class) {
                    pupils_write_pupil(out, made->answering.questionnaire, number,
                                       &made->answering.kept_count);
                }
            }
        }
        number = write_parts(out, made, late, content, number);
    }
    made_must(fclose(out) == 0, "known cannot be written");
}

static void write_release(const struct made *made, const struct release *release, const char *name) {
    char path[256];
    struct bytes file = release_file(release);
    path_in(path, sizeof path, made, name);
    FILE *out = fopen(path, "wb");
    made_must(out && fwrite(file.data, 1, file.size, out) == file.size && fclose(out) == 0,
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
    made_must(folder_list(&names, folder, "") == FAULT_NONE, "a folder cannot be read");
    for (size_t i = 0; i < names.count; i++) {
        struct stat about;
        (void)snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
        made_must(stat(path, &about) == 0, "a file went away");
        found += S_ISDIR(about.st_mode) ? search(path, sums, count) : file_holds_sums(path, sums, count);
    }
    folder_names_release(&names);
    return found;
}

/* One level. What is coarser was opened before, and must be part of it. */
static struct release *open_level(struct made *made, int finest, const char *name, struct release *coarser) {
    static const char *const ends[] = {"", "-year", "-school"};
    struct release *release = NULL;
    char file[64];
    (void)snprintf(file, sizeof file, "%s%s.klr", name, ends[finest]);
    made->opening->finest = finest;
    enum fault fault = sample_opening_run(&release, made->opening, NULL);
    made_must(fault == FAULT_NONE || fault == FAULT_BATCH_TOO_SMALL, fault_name(fault));
    if (release) {
        made_must(!coarser || release_holds(release, release_digest(coarser)),
                  "another level says something else");
        write_release(made, release, file);
    } else {
        printf("made: %s was refused: %s\n", name, fault_name(fault));
    }
    release_free(coarser);
    return release;
}

struct release *made_open(struct made *made, bool late, bool levels, const char *name) {
    struct release *release = NULL;
    if (late) {
        sample_opening_close_late(made->opening);
    } else {
        sample_opening_close(made->opening);
    }
    for (int finest = levels ? RELEASE_SCHOOL : RELEASE_CLASS; finest >= RELEASE_CLASS; finest--) {
        release = open_level(made, finest, name, release);
        if (!release) {
            break;
        }
    }
    return release;
}

void made_report(const struct made *made, const struct release *release, const struct release *late) {
    struct report_files *files = NULL;
    const struct report_beside beside = {.late = late};
    char folder[200];
    char path[400];
    (void)snprintf(folder, sizeof folder, "%s/report", made->folder);
    (void)snprintf(path, sizeof path, "%s/scratch", made->folder);
    enum fault fault = report_files_make(&files, release, &beside, made->opening->sample->round, "nl", path);
    made_must(fault == FAULT_NONE && mkdir(folder, 0700) == 0, "no report");
    for (uint16_t i = 0; i < files->count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, files->file[i].name);
        fault = file_write_new(path, bytes_buffer_view(&files->file[i].content), FILE_SHARED);
        made_must(fault == FAULT_NONE, "a report cannot be written");
    }
    report_files_free(files);
}

int made_search(const struct made *made) {
    uint32_t count = made->opening->sample->layout.counter_count;
    return search(made->opening->folder, made->opening->sums, count) +
           search(made->folder, made->opening->sums, count);
}

void made_end(struct made *made) {
    for (int i = 0; i < 2 * QUESTIONNAIRE_ITEMS; i++) {
        free(made->category[i / QUESTIONNAIRE_ITEMS][i % QUESTIONNAIRE_ITEMS]);
    }
    made->opening = sample_opening_free(made->opening);
}
