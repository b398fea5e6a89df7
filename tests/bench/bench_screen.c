/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
/*
 * The pupil's screen, 1920x1080, the software surface of a display in memory: what a page change, a redraw
 * and other letters cost in CPU time, with every page of a shipped questionnaire in every language, at 100
 * and 200 %.
 * The ratio is to copying the picture's bytes once. Then the real kiosk (kiosk_run.h).
 */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figures.h"
#include "kiosk/ui/window.h"
#include "kiosk_run.h"
#include "many_pupils.h"
#include "pupil.h"
#include "tests/screens/server.h"
#include "thousand.h"

enum { WIDTH = 1920, HEIGHT = 1080, SAMPLES = 8192, LARGE = THEME_SIZES - 1 };

struct samples {
    double ms[SAMPLES];
    int count;
};

static struct window window;
static struct stage stage;
static uint64_t now_ms = 1000;
static struct samples pages, redraws, letters;

static void keep(struct samples *samples, double ms) {
    thousand_must(samples->count < SAMPLES, "more samples than places");
    samples->ms[samples->count++] = ms;
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double percentile(struct samples *samples, int percent) {
    qsort(samples->ms, (size_t)samples->count, sizeof samples->ms[0], ascending);
    return samples->ms[(samples->count - 1) * percent / 100];
}

/* What kiosk/ui/show.c does after something was heard; in CPU time, the display's share of it left aside. */
static void show(struct samples *samples, double since) {
    thousand_must(stage_refresh(&stage, now_ms) && window_draw(&window, &stage), "nothing was drawn");
    keep(samples, (figures_cpu() - since) * 1e3);
    while (stage_work(&stage, now_ms)) {
        (void)stage_refresh(&stage, now_ms);
    }
}

/* Touching leads to another page, or only to another look of this one. */
static void touch(int item) {
    struct stage_place before = stage.place;
    double since = figures_cpu();
    pupil_touch(&stage, item, &now_ms);
    bool drawn = stage_refresh(&stage, now_ms) && window_draw(&window, &stage);
    thousand_must(drawn, "nothing was drawn");
    bool same = before.pupil == stage.place.pupil && before.item == stage.place.item &&
                before.page == stage.place.page;
    keep(same ? &redraws : &pages, (figures_cpu() - since) * 1e3);
    while (stage_work(&stage, now_ms)) {
        (void)stage_refresh(&stage, now_ms);
    }
}

/* The keyboard's ring goes round: the redraw that there is most of. */
static void walk_round(void) {
    enum { STEPS = 6 };
    for (int i = 0; i < STEPS; i++) {
        double since = figures_cpu();
        stage_key(&stage, STAGE_DOWN, now_ms);
        show(&redraws, since);
    }
}

static void one_pupil(uint16_t language, int size) {
    enum { MOST_TOUCHES = 400 };
    for (int i = 0; i < MOST_TOUCHES; i++) {
        int item = pupil_wants(&stage, language);
        thousand_must(item != PAGE_NOTHING, "the pupil does not know how to go on");
        touch(item);
        if (flow_look(stage_flow(&stage)).state == FLOW_READY) {
            return;
        }
        if (stage.view.size != size) {
            double since = figures_cpu();
            stage.view.size = size;
            stage.dirty = true;
            show(&letters, since);
        }
        walk_round();
    }
    thousand_must(0, "the pupil does not come to an end");
}

/* The picture's bytes from one place to another, CPU time of the middle one. */
static double copy_ms(void) {
    size_t size = (size_t)WIDTH * HEIGHT * 4;
    char *from = malloc(size);
    char *to = malloc(size);
    double took[FIGURES_ROUNDS];
    thousand_must(from != NULL && to != NULL, "no memory");
    memset(from, 1, size);
    memset(to, 2, size);
    for (int i = 0; i < FIGURES_ROUNDS; i++) {
        double since = figures_cpu();
        memcpy(to, from, size);
        __asm__ volatile("" : : "r"(to) : "memory");
        took[i] = (figures_cpu() - since) * 1e3;
    }
    free(from);
    free(to);
    return figures_median(took);
}

static void print(double copy) {
    double redraw = percentile(&redraws, 50);
    printf("%d page changes, %d redraws, %d times other letters; copying the picture: %.2f ms\n", pages.count,
           redraws.count, letters.count, copy);
    figures_print("screen_redraw_p50", redraw, "ms", 8);
    figures_print("screen_redraw_p99", percentile(&redraws, 99), "ms", 8);
    figures_print("screen_page_p50", percentile(&pages, 50), "ms", 30);
    figures_print("screen_page_p99", percentile(&pages, 99), "ms", 30);
    figures_print("screen_letters_p99", percentile(&letters, 99), "ms", 100);
    figures_print("screen_redraw_ratio", redraw / copy, "ratio", 8);
}

static void draw_everything(const char *path) {
    struct preview *preview = NULL;
    struct window_setup glass = {0};
    thousand_must(preview_open(&preview, path) == FAULT_NONE, "no preview");
    thousand_must(window_open(&window, &glass) == FAULT_NONE, "no window");
    struct stage_setup setup = {.preview = preview, .width = WIDTH, .height = HEIGHT};
    thousand_must(stage_open(&stage, &setup, now_ms) == FAULT_NONE, "no stage");
    (void)stage_refresh(&stage, now_ms);
    for (uint16_t language = 0; language < preview->flow.language_count; language++) {
        one_pupil(language, 0);
        one_pupil(language, LARGE);
    }
    print(copy_ms());
    stage_close(&stage);
    window_close(&window);
    preview_free(preview);
}

int main(void) {
    struct server server;
    char path[] = "/tmp/bench_screen-XXXXXX";
    int file = mkstemp(path);
    thousand_must(file >= 0, "no place for a questionnaire");
    (void)close(file);
    pupil_questionnaire(path, "secondary");
    thousand_must(server_start(&server, "1920x1080x24"), "no display");
    draw_everything(path);
    kiosk_run_measure(path);
    server_stop(&server);
    many_pupils_measure();
    (void)unlink(path);
    return 0;
}
