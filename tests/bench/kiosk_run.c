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
#include "kiosk/ui/action.h"
#include "pupil.h"
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

/* The same strip of what a stage would draw. */
static uint64_t strip_of(const struct stage *stage, int width, int height) {
    struct picture picture;
    uint64_t sum = 1469598103934665603U;
    picture_open(&picture, width, height);
    picture_draw(&picture, stage->page, &stage->theme, &stage->fonts);
    for (int y = 0; y < height; y++) {
        sum = (sum ^ (picture.pixel[y * width + width / 2] & 0xFFFFFF)) * 1099511628211U;
    }
    picture_close(&picture);
    return sum;
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

static int centre(int from, int size) {
    return from + size / 2;
}

/* Without a button: by the key. */
static void press_to_hide(struct display *display, const struct paint_rect *button) {
    if (button == NULL) {
        display_type(display, "F12");
    } else {
        display_click(display, centre(button->x, button->w), centre(button->y, button->h));
    }
}

/* Hides the page, and shows it again with the space bar, many times; `figure` is the worst of them. */
static void hide(struct display *display, const struct paint_rect *button, const char *by,
                 const char *figure) {
    Display *handle = display->handle;
    uint64_t page = strip(handle);
    uint64_t hidden = 0;
    double sum = 0;
    double worst = 0;
    for (int i = 0; i <= HIDES; i++) {
        double since = now_ms();
        press_to_hide(display, button);
        double took = i == 0 ? wait_for(handle, page, true, since) : wait_for(handle, hidden, false, since);
        rest_us(PAGE_MS * 1000L);
        hidden = strip(handle);
        sum += i == 0 ? 0 : took;
        worst = took > worst ? took : worst;
        display_type(display, "space");
        (void)wait_for(handle, page, false, now_ms());
    }
    printf("from %s, by xdotool, to the empty picture: mean %.1f ms, worst %.1f ms of %d\n", by, sum / HIDES,
           worst, HIDES + 1);
    figures_print(figure, worst, "ms", 100);
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

/* A real kiosk, and a stage that goes where it goes: what is touched on one is clicked on the other. */
struct pair {
    pid_t process;
    struct display display;
    struct preview *preview;
    struct stage twin;
    uint64_t twin_ms;
};

static void touch(struct pair *pair, int item) {
    thousand_must(item != PAGE_NOTHING, "nothing to touch");
    struct paint_rect rect = pair->twin.page->item[item].rect;
    display_click(&pair->display, centre(rect.x, rect.w), centre(rect.y, rect.h));
    pupil_touch(&pair->twin, item, &pair->twin_ms);
    (void)stage_refresh(&pair->twin, pair->twin_ms);
    uint64_t wanted = strip_of(&pair->twin, pair->display.width, pair->display.height);
    (void)wait_for(pair->display.handle, wanted, false, now_ms());
    rest_us(PAGE_MS * 1000L); /* a page that has just come up is deaf */
}

static void touch_screen(struct pair *pair, int action, int value) {
    touch(pair, page_find(pair->twin.page, action, value));
}

/* To the first question in Arabic, with the largest letters. */
static void begin(struct pair *pair, const char *path, Display *handle) {
    enum { ARABIC = 3, MOST_TOUCHES = 20 };
    double took = 0;
    memset(pair, 0, sizeof *pair);
    pair->twin_ms = 1000;
    pair->process = start(path, handle, &took);
    thousand_must(display_open(&pair->display, DisplayString(handle), "Klankbord"), "no window");
    struct stage_setup setup = {.width = pair->display.width, .height = pair->display.height};
    thousand_must(preview_open(&setup.preview, path) == FAULT_NONE, "no preview");
    pair->preview = setup.preview;
    thousand_must(stage_open(&pair->twin, &setup, pair->twin_ms) == FAULT_NONE, "no stage");
    (void)stage_refresh(&pair->twin, pair->twin_ms);
    touch(pair, pupil_wants(&pair->twin, ARABIC));
    touch(pair, pupil_wants(&pair->twin, ARABIC));
    touch_screen(pair, ACTION_PANEL, PANEL_VIEW);
    touch_screen(pair, ACTION_SIZE, THEME_SIZES - 1);
    touch_screen(pair, ACTION_PANEL, PANEL_NONE);
    for (int i = 0; i < MOST_TOUCHES && flow_look(stage_flow(&pair->twin)).state != FLOW_QUESTION; i++) {
        touch(pair, pupil_wants(&pair->twin, ARABIC));
    }
}

static struct paint_rect hide_button(const struct pair *pair) {
    int item = page_find(pair->twin.page, ACTION_PUPIL + (int)FLOW_HIDE, 0);
    thousand_must(item != PAGE_NOTHING, "a question without a button that hides it");
    return pair->twin.page->item[item].rect;
}

static void end(struct pair *pair) {
    stage_close(&pair->twin);
    preview_free(pair->preview);
    display_close(&pair->display);
    (void)server_end(pair->process);
}

void kiosk_run_measure(const char *path) {
    struct pair pair;
    Display *handle = XOpenDisplay(NULL);
    thousand_must(handle != NULL, "no display");
    setenv("SDL_AUDIODRIVER", "none", 1); /* with sound there is a button more */
    first_picture(path, handle);
    begin(&pair, path, handle);
    struct paint_rect button = hide_button(&pair);
    hide(&pair.display, NULL, "the hide key", "screen_hide_worst");
    hide(&pair.display, &button, "a click on the hide button", "screen_hide_click_worst");
    idle(pair.process);
    printf("memory now: %.1f MB, of it not shared with files %.1f MB\n",
           status_kb(pair.process, "VmRSS:") * 1.024e-3, status_kb(pair.process, "RssAnon:") * 1.024e-3);
    figures_print("screen_memory", status_kb(pair.process, "VmHWM:") * 1.024e-3, "MB", 40);
    end(&pair);
    setenv("SDL_MOUSE_TOUCH_EVENTS", "1", 1); /* then every click arrives as a finger's touch */
    begin(&pair, path, handle);
    hide(&pair.display, &button, "a finger on the hide button", "screen_hide_touch_worst");
    end(&pair);
    unsetenv("SDL_MOUSE_TOUCH_EVENTS");
    XCloseDisplay(handle);
}
