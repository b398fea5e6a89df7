/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "many_pupils.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "figures.h"
#include "platform/file.h"
#include "pupil.h"
#include "tests/sample_questionnaire.h"
#include "tests/screens/picture.h"
#include "thousand.h"

enum { WIDTH = 1024, HEIGHT = 768, PUPILS = 10000, WARM = 1000, TOUCHES = 200, PAGES = 16 };

static struct preview *preview;
static struct stage stage;
static struct picture picture;
static uint64_t now_ms = 1000;

static void settle(void) {
    do {
        (void)stage_refresh(&stage, now_ms);
    } while (stage_work(&stage, now_ms));
}

/* Every page is laid out, one of them drawn. */
static void one_pupil(int number) {
    for (int i = 0; i < TOUCHES; i++) {
        int item = pupil_wants(&stage, (uint16_t)(number % preview->flow.language_count));
        thousand_must(item != PAGE_NOTHING, "the pupil does not know how to go on");
        pupil_touch(&stage, item, &now_ms);
        settle();
        if (i == number % PAGES) {
            picture_draw(&picture, stage.page, &stage.theme, &stage.fonts);
        }
        if (flow_look(stage_flow(&stage)).state == FLOW_READY) {
            return;
        }
    }
    thousand_must(0, "the pupil does not come to an end");
}

static double in_use_kb(void) {
    struct mallinfo2 info = mallinfo2();
    return (double)(info.uordblks + info.hblkhd) / 1e3;
}

/* What of the process is in memory, files aside. */
static double resident_kb(void) {
    unsigned long pages[3] = {0};
    FILE *file = fopen("/proc/self/statm", "r");
    thousand_must(file != NULL && fscanf(file, "%lu %lu %lu", &pages[0], &pages[1], &pages[2]) == 3,
                  "no statm");
    (void)fclose(file);
    return (double)(pages[1] - pages[2]) * (double)sysconf(_SC_PAGESIZE) / 1e3;
}

/* A small one that has everything. */
static void open_small(void) {
    char path[] = "/tmp/many_pupils-XXXXXX";
    struct bytes_buffer content = {0};
    struct questionnaire *questionnaire = sample_questionnaire();
    int file = mkstemp(path);
    thousand_must(file >= 0 && close(file) == 0 &&
                      questionnaire_encode(&content, questionnaire) == FAULT_NONE &&
                      file_write(path, bytes_buffer_view(&content), FILE_PRIVATE) == FAULT_NONE &&
                      preview_open(&preview, path) == FAULT_NONE,
                  "no questionnaire");
    bytes_buffer_release(&content);
    questionnaire_free(questionnaire);
    (void)unlink(path);
}

void many_pupils_measure(void) {
    double heap = 0;
    double resident = 0;
    (void)resident_kb(); /* what reading it takes is none of the growth */
    open_small();
    struct stage_setup setup = {.preview = preview, .width = WIDTH, .height = HEIGHT};
    thousand_must(stage_open(&stage, &setup, now_ms) == FAULT_NONE, "no stage");
    picture_open(&picture, WIDTH, HEIGHT);
    settle();
    for (int done = 1; done <= PUPILS; done++) {
        one_pupil(done);
        if (done == WARM) {
            heap = in_use_kb();
            resident = resident_kb();
        }
    }
    double now = in_use_kb();
    printf("memory in use by %d pupils %.1f kB, by %d %.1f; resident %.0f kB, %.0f\n", WARM, heap, PUPILS,
           now, resident, resident_kb());
    figures_print("screen_growth", now - heap, "kB", 0);
    picture_close(&picture);
    stage_close(&stage);
    preview = preview_free(preview);
}
