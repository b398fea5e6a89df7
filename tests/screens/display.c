/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tests/screens/display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool display_open(struct display *out, const char *name) {
    memset(out, 0, sizeof *out);
    out->handle = XOpenDisplay(name);
    if (out->handle == NULL) {
        return false;
    }
    out->width = DisplayWidth(out->handle, DefaultScreen(out->handle));
    out->height = DisplayHeight(out->handle, DefaultScreen(out->handle));
    setenv("DISPLAY", DisplayString(out->handle), 1);
    out->hands = popen("exec xdotool - >/dev/null", "w");
    return out->hands != NULL;
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
    fprintf(display->hands, "mousemove %d %d\nmousedown 1\nmouseup 1\n", x, y);
    fflush(display->hands);
}

void display_type(struct display *display, const char *key) {
    fprintf(display->hands, "key %s\n", key);
    fflush(display->hands);
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
