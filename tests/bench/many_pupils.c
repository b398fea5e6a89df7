/* SPDX-License-Identifier: Apache-2.0 */
#include "many_pupils.h"

#include <fcntl.h>
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

/* Only there with the address checker. */
extern size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

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

/*
 * What the program asked for and did not give back. Where the address checker serves the memory, only that
 * knows. What is measured must not ask for memory itself: the C library counts a piece that it keeps ready
 * for next time as in use.
 */
static size_t in_use(void) {
    if (__sanitizer_get_current_allocated_bytes) {
        return __sanitizer_get_current_allocated_bytes();
    }
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* What of the process is in memory, files aside. */
static double resident_kb(void) {
    char text[128] = "";
    char *end = text;
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    thousand_must(file >= 0 && read(file, text, sizeof text - 1) > 0 && close(file) == 0, "no statm");
    (void)strtoul(text, &end, 10);
    unsigned long all = strtoul(end, &end, 10);
    unsigned long of_files = strtoul(end, &end, 10);
    return (double)(all - of_files) * (double)sysconf(_SC_PAGESIZE) / 1e3;
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

struct many_pupils_memory many_pupils_answer(int warm, int pupils) {
    struct many_pupils_memory memory = {0};
    open_small();
    struct stage_setup setup = {.preview = preview, .width = WIDTH, .height = HEIGHT};
    thousand_must(stage_open(&stage, &setup, now_ms) == FAULT_NONE, "no stage");
    picture_open(&picture, WIDTH, HEIGHT);
    settle();
    for (int done = 1; done <= pupils; done++) {
        one_pupil(done);
        size_t now = in_use();
        size_t *most = done <= warm ? &memory.early : &memory.late;
        *most = now > *most ? now : *most;
        memory.resident_early = done == warm ? resident_kb() : memory.resident_early;
    }
    memory.resident_late = resident_kb();
    picture_close(&picture);
    stage_close(&stage);
    preview = preview_free(preview);
    return memory;
}

void many_pupils_measure(void) {
    struct many_pupils_memory memory = many_pupils_answer(WARM, PUPILS);
    printf("most memory in use after one of %d pupils %.2f kB, of the next %d %.2f; resident %.0f kB, %.0f\n",
           WARM, (double)memory.early / 1e3, PUPILS - WARM, (double)memory.late / 1e3, memory.resident_early,
           memory.resident_late);
    figures_print("screen_growth", ((double)memory.late - (double)memory.early) / 1e3, "kB", 0);
}
