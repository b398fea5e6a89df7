/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "kiosk_run.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "figures.h"
#include "tests/screens/display.h"
#include "tests/screens/server.h"
#include "thousand.h"

enum { STARTS = 5, HIDES = 20, PAGE_MS = 400, PATIENCE_MS = 20000, IDLE_S = 5 };

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void rest_us(long us) {
    struct timespec pause = {us / 1000000, us % 1000000 * 1000};
    nanosleep(&pause, NULL);
}

/* The middle column of the screen, as one number: every page is told apart by it. */
static uint64_t strip(Display *display) {
    int screen = DefaultScreen(display);
    XImage *image = XGetImage(display, DefaultRootWindow(display), DisplayWidth(display, screen) / 2, 0, 1,
                              (unsigned)DisplayHeight(display, screen), AllPlanes, ZPixmap);
    uint64_t sum = 1469598103934665603U;
    thousand_must(image != NULL, "the screen cannot be seen");
    for (int y = 0; y < image->height; y++) {
        sum = (sum ^ XGetPixel(image, 0, y)) * 1099511628211U;
    }
    XDestroyImage(image);
    return sum;
}

/* How long until the strip is (or, with `change`, is no longer) this one. */
static double wait_for(Display *display, uint64_t wanted, bool change, double since) {
    while ((strip(display) == wanted) == change) {
        thousand_must(now_ms() - since < PATIENCE_MS, "the picture does not come");
        rest_us(500);
    }
    return now_ms() - since;
}

static pid_t start(const char *path, Display *display, double *took) {
    char file[512];
    char program[] = BENCH_BUILD_FOLDER "/bin/klankbord-kiosk";
    char option[] = "--preview";
    char *argv[] = {program, option, file, NULL};
    uint64_t empty = strip(display);
    double since = now_ms();
    snprintf(file, sizeof file, "%s", path);
    pid_t process = server_run(argv);
    *took = wait_for(display, empty, true, since);
    return process;
}

static void first_picture(const char *path, Display *display) {
    double took[STARTS];
    double best = 1e9;
    double sum = 0;
    for (int i = 0; i < STARTS; i++) {
        pid_t process = start(path, display, &took[i]);
        thousand_must(server_end(process) == 0, "the kiosk does not end well");
        rest_us(300000);
        best = took[i] < best ? took[i] : best;
        sum += took[i];
    }
    printf("start to first picture: best %.0f ms, mean %.0f ms of %d\n", best, sum / STARTS, STARTS);
    figures_print("screen_first_picture", sum / STARTS, "ms", 400);
}

static void keys(struct display *display, const char *const names[]) {
    for (int i = 0; names[i] != NULL; i++) {
        display_type(display, names[i]);
        rest_us(PAGE_MS * 1000L);
    }
}

static void hide(struct display *display) {
    Display *handle = display->handle;
    uint64_t page = strip(handle);
    uint64_t hidden = 0;
    double sum = 0;
    double worst = 0;
    for (int i = 0; i <= HIDES; i++) {
        double since = now_ms();
        display_type(display, "F12");
        double took = i == 0 ? wait_for(handle, page, true, since) : wait_for(handle, hidden, false, since);
        rest_us(PAGE_MS * 1000L);
        hidden = strip(handle);
        sum += i == 0 ? 0 : took;
        worst = took > worst ? took : worst;
        display_type(display, "space");
        (void)wait_for(handle, page, false, now_ms());
    }
    printf("from the hide key, typed by xdotool, to the empty picture: mean %.1f ms, worst %.1f ms of %d\n",
           sum / HIDES, worst, HIDES + 1);
    figures_print("screen_hide_worst", worst, "ms", 100);
}

/* A number of /proc/PID/status, in kB. */
static double status_kb(pid_t process, const char *field) {
    char path[64];
    char line[256];
    double value = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, field, strlen(field)) == 0) {
            value = strtod(line + strlen(field), NULL);
        }
    }
    thousand_must(file != NULL && fclose(file) == 0 && value >= 0, "no such process");
    return value;
}

/* CPU ticks of a process so far: fields 14 and 15 of its stat, counted behind the name in brackets. */
static double ticks(pid_t process) {
    char path[64];
    char line[1024] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "r");
    thousand_must(file != NULL && fgets(line, sizeof line, file) != NULL && fclose(file) == 0,
                  "no such process");
    char *field = strrchr(line, ')');
    for (int i = 0; i < 12; i++) {
        field = strchr(field + 1, ' ');
        thousand_must(field != NULL, "a stat that is none");
    }
    double user = strtod(field, &field);
    return user + strtod(field, NULL);
}

static void idle(pid_t process) {
    double before = ticks(process);
    rest_us(IDLE_S * 1000000L);
    double used = ticks(process) - before;
    figures_print("screen_idle", used * 1e3 / (double)sysconf(_SC_CLK_TCK), "ms", 0);
}

void kiosk_run_measure(const char *path) {
    /* Arabic, by the panel of languages; letters of 200 %, by that of the view; then on to a question. */
    static const char *const to_large_arabic[] = {"Return", "Tab", "Return", "shift+Tab", "shift+Tab",
                                                  "Return", "4",   "Prior",  NULL};
    static const char *const to_question[] = {"Next", "Next", "Next",   "1",    "Next", "Tab",
                                              "Tab",  "Tab",  "Return", "Next", NULL};
    struct display display;
    double took = 0;
    Display *handle = XOpenDisplay(NULL);
    thousand_must(handle != NULL, "no display");
    first_picture(path, handle);
    pid_t process = start(path, handle, &took);
    thousand_must(display_open(&display, DisplayString(handle), "Klankbord"), "no window");
    keys(&display, to_large_arabic);
    keys(&display, to_question);
    hide(&display);
    idle(process);
    printf("memory now: %.1f MB, of it not shared with files %.1f MB\n",
           status_kb(process, "VmRSS:") * 1.024e-3, status_kb(process, "RssAnon:") * 1.024e-3);
    figures_print("screen_memory", status_kb(process, "VmHWM:") * 1.024e-3, "MB", 40);
    display_close(&display);
    (void)server_end(process);
    XCloseDisplay(handle);
}
