/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The complete report of a school of 1,200 pupils and 40 questions: opening by both holders, statistics,
 * disclosure control, and every edition and format; in CPU time. Making the pupils is not timed.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/report_files.h"
#include "figures.h"
#include "tests/sample_opening.h"
#include "thousand.h"

enum { CLASSES = 48, PER_CLASS = 25, QUESTIONS = 40, CSV_SIZE = 16384 };

/*
 * Three scales and questions by themselves, four or five answers each: as the shipped instruments, only
 * longer.
 */
static struct questionnaire *forty_questions(void) {
    static const char *const lists[3] = {"feel", "times", "feel"};
    static const char *const scales[3] = {"safety", "incidents", "wellbeing"};
    char *csv = calloc(1, CSV_SIZE);
    struct author_report report = {0};
    struct questionnaire *questionnaire = NULL;
    thousand_must(csv != NULL, "no memory");
    size_t used = (size_t)snprintf(
        csv, CSV_SIZE, "survey\n,type,name,label::Nederlands (nl),klankbord::scale,klankbord::sensitive\n");
    for (unsigned i = 0; i < QUESTIONS; i++) {
        unsigned part = i * 3 / QUESTIONS;
        used += (size_t)snprintf(csv + used, CSV_SIZE - used,
                                 ",select_one %s,q%u,Hoe vaak is dit zo op school (%u)?,%s,%s\n", lists[part],
                                 i, i, scales[part], part == 1 ? "yes" : "");
    }
    (void)snprintf(
        csv + used, CSV_SIZE - used,
        "\nchoices\n,list_name,name,label::Nederlands (nl),klankbord::score,klankbord::coarse\n"
        ",feel,never,nooit,1,seldom\n,feel,almost_never,bijna "
        "nooit,2,seldom\n,feel,sometimes,soms,3,sometimes\n"
        ",feel,often,vaak,4,often\n,feel,always,altijd,5,often\n,feel,rather_not_say,dat wil ik niet "
        "zeggen,,\n"
        ",times,never,nooit,0,never\n,times,once,1 of 2 keer in totaal,1,sometimes\n,times,monthly,2 of 3 "
        "keer per maand,2,sometimes\n"
        ",times,weekly,elke week,3,sometimes\n,times,rather_not_say,dat wil ik niet zeggen,,\n"
        "\nklankbord_scales\n,name,label::Nederlands "
        "(nl),klankbord::subject,klankbord::direction,klankbord::formative\n"
        ",safety,Veiligheid,safety,high is good,no\n,incidents,Incidenten,incidents,high is bad,yes\n"
        ",wellbeing,Welbevinden,wellbeing,high is good,no\n"
        "\nsettings\n,form_title::Nederlands (nl),form_id,version,default_language,klankbord::age_form,"
        "klankbord::provenance::Nederlands (nl),klankbord::validity\n,Veertig vragen,forty,1,Nederlands "
        "(nl),12-18,Gemaakt om te meten.,not validated\n");
    enum fault fault =
        author_compile(&questionnaire, &report, (struct bytes){(const uint8_t *)csv, strlen(csv)});
    thousand_must(fault == FAULT_NONE, "the questionnaire does not compile");
    author_report_release(&report);
    free(csv);
    return questionnaire;
}

/*
 * The steps of sample_opening_run, with the time of each: what is public, holder 2's share, and what holder 1
 * does.
 */
static void open_school(struct release **out, struct sample_opening *school) {
    struct opening opening = {0};
    struct prepare pair[2] = {{.holder = 0}};
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    double start = figures_cpu();
    thousand_must(sample_opening_init(&opening, school) == FAULT_NONE, "it cannot be opened");
    double begun = figures_cpu();
    thousand_must(sample_opening_prepare(pair, &opening, school, NULL) == FAULT_NONE, "it is not prepared");
    double prepared = figures_cpu();
    thousand_must(aggregate_make(&file, &opening, &school->holder[1], pair, &at) == FAULT_NONE, "no share");
    double shared = figures_cpu();
    thousand_must(disclosure_open(out, &opening, &school->holder[0], pair, bytes_buffer_view(&file), &at) ==
                      FAULT_NONE,
                  "it does not open");
    double done = figures_cpu();
    printf("list %.3f s, prepare %.3f s, holder 2's sums %.3f s, holder 1's sums and protection %.3f s\n",
           begun - start, prepared - begun, shared - prepared, done - shared);
    /* Both holders' sums cost the same within a few percent (bench_opening). */
    figures_print("report_opening", shared - start + (shared - prepared), "s", 0.3);
    figures_print("report_protection", done - shared - (shared - prepared), "s", 1.2);
    bytes_buffer_release(&file);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
}

int main(void) {
    static struct sample_class classes[CLASSES];
    static char label[CLASSES][8];
    thousand_must(sodium_init() >= 0, "no libsodium");
    for (uint16_t i = 0; i < CLASSES; i++) {
        (void)snprintf(label[i], sizeof label[i], "%u%c", i / 8u + 1u, 'A' + i % 8);
        classes[i] = (struct sample_class){label[i], (uint16_t)(1u << (i / 8u)), PER_CLASS, 0};
    }
    struct sample_opening *school = sample_opening_new_of(forty_questions(), classes, CLASSES, 0, 12);
    for (uint16_t i = 0; i < CLASSES; i++) {
        uint32_t bundle = sample_opening_add(school, (uint16_t)(i + 1), i, PER_CLASS);
        thousand_must(sample_opening_merge(school, bundle).fault == FAULT_NONE, "a bundle does not merge");
    }
    sample_opening_close(school);
    struct release *release = NULL;
    struct report_files *files = NULL;
    char scratch[192];
    (void)snprintf(scratch, sizeof scratch, "%s/report.part", school->folder);
    double start = figures_cpu();
    open_school(&release, school);
    double opened = figures_cpu();
    thousand_must(report_files_make(&files, release, NULL, school->sample->round, "nl", scratch) ==
                      FAULT_NONE,
                  "no report");
    double done = figures_cpu();
    printf("%u pupils, %u questions, %u figures, %u files\n", CLASSES * PER_CLASS, QUESTIONS,
           (unsigned)release_content(release)->figure_count, (unsigned)files->count);
    figures_print("report_opening_and_protection", opened - start, "s", 1.5);
    figures_print("report_editions_and_formats", done - opened, "s", 0.5);
    figures_print("report_complete", done - start, "s", 2);
    report_files_free(files);
    release_free(release);
    sample_opening_free(school);
    return 0;
}
