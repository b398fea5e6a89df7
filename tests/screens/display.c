/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tests/screens/display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { POLL_MS = 100, WINDOW_MS = 10000, STEADY_MS = 500, SETTLE_MS = 3, REST_MS = 20000, SLEEPS = 3 };

/* Windows come and go while we ask: that is no reason to end. */
static int ignore(Display *handle, XErrorEvent *event) {
    (void)handle;
    (void)event;
    return 0;
}

static Window find_window(Display *handle, Window from, const char *title) {
    Window root, parent, found = None;
    Window *children = NULL;
    unsigned count = 0;
    char *name = NULL;
    XWindowAttributes attributes;
    if (XFetchName(handle, from, &name) != 0 && name != NULL && strcmp(name, title) == 0 &&
        XGetWindowAttributes(handle, from, &attributes) != 0 && attributes.map_state == IsViewable) {
        found = from;
    }
    XFree(name);
    if (found == None && XQueryTree(handle, from, &root, &parent, &children, &count) != 0) {
        for (unsigned i = 0; i < count && found == None; i++) {
            found = find_window(handle, children[i], title);
        }
        XFree(children);
    }
    return found;
}

static bool measure(struct display *display) {
    Window child;
    XWindowAttributes attributes;
    Window root = DefaultRootWindow(display->handle);
    if (display->window == None || XGetWindowAttributes(display->handle, display->window, &attributes) == 0) {
        return false;
    }
    XTranslateCoordinates(display->handle, display->window, root, 0, 0, &display->x, &display->y, &child);
    display->width = attributes.width;
    display->height = attributes.height;
    return true;
}

/* A window manager may still be enlarging it. */
static bool await_window(struct display *display, const char *title) {
    struct timespec pause = {0, POLL_MS * 1000000L};
    int steady = 0;
    for (int waited = 0; waited < WINDOW_MS && steady < STEADY_MS; waited += POLL_MS) {
        struct display before = *display;
        display->window = find_window(display->handle, DefaultRootWindow(display->handle), title);
        bool same = measure(display) && before.window == display->window && before.width == display->width &&
                    before.height == display->height && before.x == display->x && before.y == display->y;
        steady = same ? steady + POLL_MS : 0;
        nanosleep(&pause, NULL);
    }
    return steady >= STEADY_MS;
}

/* The program of the window, as it says itself. */
static long process_of(Display *handle, Window window) {
    Atom type;
    int format = 0;
    unsigned long count = 0, left = 0;
    unsigned char *data = NULL;
    long process = 0;
    Atom property = XInternAtom(handle, "_NET_WM_PID", False);
    if (XGetWindowProperty(handle, window, property, 0, 1, False, AnyPropertyType, &type, &format, &count,
                           &left, &data) == Success &&
        format == 32 && count == 1) {
        unsigned long number;
        memcpy(&number, data, sizeof number); /* Xlib gives 32 bits as a long */
        process = (long)number;
    }
    if (data) {
        XFree(data);
    }
    return process;
}

bool display_open(struct display *out, const char *name, const char *title) {
    memset(out, 0, sizeof *out);
    out->handle = XOpenDisplay(name);
    if (out->handle == NULL) {
        return false;
    }
    XSetErrorHandler(ignore);
    out->screen_width = DisplayWidth(out->handle, DefaultScreen(out->handle));
    out->screen_height = DisplayHeight(out->handle, DefaultScreen(out->handle));
    setenv("DISPLAY", DisplayString(out->handle), 1);
    out->hands = popen("exec xdotool - >/dev/null", "w");
    bool there = out->hands != NULL && await_window(out, title);
    out->process = there ? process_of(out->handle, out->window) : 0;
    return there;
}

void display_close(struct display *display) {
    if (display->hands != NULL) {
        pclose(display->hands);
    }
    if (display->handle != NULL) {
        XCloseDisplay(display->handle);
    }
    memset(display, 0, sizeof *display);
}

void display_click(struct display *display, int x, int y) {
    display->clicks++;
    fprintf(display->hands, "mousemove %d %d\nmousedown 1\nmouseup 1\n", display->x + x, display->y + y);
    fflush(display->hands);
}

void display_type(struct display *display, const char *key) {
    display->keys++;
    fprintf(display->hands, "key %s\n", key);
    fflush(display->hands);
}

void display_drag(struct display *display, int x, int y, int to_x, int to_y) {
    display->clicks++;
    fprintf(display->hands, "mousemove %d %d\nmousedown 1\nmousemove %d %d\nmouseup 1\n", display->x + x,
            display->y + y, display->x + to_x, display->y + to_y);
    fflush(display->hands);
}

void display_click_other(struct display *display, int button, int x, int y) {
    display->clicks++;
    fprintf(display->hands, "mousemove %d %d\nclick %d\n", display->x + x, display->y + y, button);
    fflush(display->hands);
}

static bool pointer_is_at(const struct display *display, int x, int y) {
    Window root, child;
    int root_x = -1, root_y = -1, in_x, in_y;
    unsigned mask;
    return XQueryPointer(display->handle, DefaultRootWindow(display->handle), &root, &child, &root_x, &root_y,
                         &in_x, &in_y, &mask) &&
           root_x == x && root_y == y;
}

/* Whether it sleeps, waiting for something: the letter behind its name in /proc. */
static bool sleeps(const struct display *display) {
    char path[64], line[512], state = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", display->process);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    const char *end = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (end != NULL && end[1] == ' ') {
        state = end[2];
    }
    fclose(file);
    return state == 'S';
}

/*
 * What is sent is read by the hands' program one after another: when the pointer is in a corner where it was
 * not, all before that has arrived. The server wakes up a program with what it sends, so one that sleeps has
 * heard everything.
 */
bool display_settle(struct display *display) {
    struct timespec pause = {0, SETTLE_MS * 1000000L};
    int corner = ++display->marks % 2, asleep = 0;
    fprintf(display->hands, "mousemove %d %d\n", display->x + corner, display->y);
    fflush(display->hands);
    for (int waited = 0; waited < REST_MS && asleep < SLEEPS; waited += SETTLE_MS) {
        bool arrived = pointer_is_at(display, display->x + corner, display->y);
        asleep = arrived && sleeps(display) ? asleep + 1 : 0;
        nanosleep(&pause, NULL);
    }
    return asleep == SLEEPS;
}

bool display_look(struct display *display, struct picture *out) {
    Window root = DefaultRootWindow(display->handle);
    XImage *image = XGetImage(display->handle, root, 0, 0, (unsigned)display->width,
                              (unsigned)display->height, AllPlanes, ZPixmap);
    bool seen = image != NULL && image->bits_per_pixel == 32;
    for (int y = 0; seen && y < display->height; y++) {
        const char *row = image->data + (size_t)y * (size_t)image->bytes_per_line;
        memcpy(out->pixel + (size_t)y * (size_t)out->width, row, (size_t)display->width * 4);
    }
    if (image != NULL) {
        XDestroyImage(image);
    }
    return seen;
}
