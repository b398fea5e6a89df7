/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report_look QUESTIONNAIRE.csv FOLDER small|usual|large [nl|en]
 *
 * Writes the whole report of a made-up school into the folder, to look at: small is classes of 9, 12, 8 and
 * 14; usual 18 classes and about 430 pupils; large 60 classes and about 1,600 pupils. What is in it is
 * tests/sample_release.h's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/report_files.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/sample_release.h"

static struct sample_class few[] = {
    {"5", 1u << 4, 9, 0}, {"6", 1u << 5, 12, 0}, {"7", 1u << 6, 8, 0}, {"8", 1u << 7, 14, 1}};
static struct sample_class many[60];

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("report_look QUESTIONNAIRE.csv FOLDER small|usual|large [nl|en]\n", stderr);
        return 2;
    }
    struct sample_release_school school = {
        .classes = few, .class_count = 4, .mood = 72, .absent_percent = 7, .seed = 5};
    if (strcmp(argv[3], "small") != 0) {
        school.classes = many;
        school.class_count = strcmp(argv[3], "large") == 0 ? 60 : 18;
        sample_release_classes(many, school.class_count, 20, school.class_count == 60 ? 33 : 28, 1, 6, 3);
    }
    struct release *release = NULL, *previous = NULL;
    struct sample_round *sample = NULL, *before = NULL;
    struct report_files *files = NULL;
    char path[512];
    struct sample_release_school earlier = school;
    earlier.mood -= 9;
    earlier.years_back = 1;
    sample_release_make(&previous, &before, sample_release_questionnaire(argv[1]), &earlier);
    sample_release_make(&release, &sample, sample_release_questionnaire(argv[1]), &school);
    const struct report_beside beside = {previous, NULL, NULL};
    (void)snprintf(path, sizeof path, "%s/scratch", argv[2]);
    enum fault fault = folder_create(argv[2]);
    fault = fault
                ? fault
                : report_files_make(&files, release, &beside, sample->round, argc > 4 ? argv[4] : "nl", path);
    for (uint16_t i = 0; !fault && i < files->count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", argv[2], files->file[i].name);
        fault = file_write(path, bytes_buffer_view(&files->file[i].content), FILE_SHARED);
    }
    if (fault) {
        fprintf(stderr, "report_look: %s\n", fault_name(fault));
    }
    report_files_free(files);
    release_free(release);
    release_free(previous);
    sample_round_free(before);
    sample_round_free(sample);
    return fault ? 1 : 0;
}
