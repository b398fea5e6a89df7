/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded into a running kiosk (LD_PRELOAD), it lets a server without hardware say what one with hardware says
 * when a screen's cable is pulled out. The dummy driver cannot: an output that was ever connected stays so
 * when `xrandr --off` takes its picture away, which the server does tell. Here the telling of an output
 * without a picture becomes that of one without a cable.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <X11/extensions/Xrandr.h>

typedef Bool predicate(Display *, XEvent *, XPointer);
typedef Bool check(Display *, XEvent *, predicate *, XPointer);

static void pull_out(Display *display, XEvent *event) {
    static int base = -1;
    int errors = 0;
    XRROutputChangeNotifyEvent change;
    if (base < 0 && !XRRQueryExtension(display, &base, &errors)) {
        abort();
    }
    memcpy(&change, event, sizeof change);
    if (event->type == base + RRNotify && change.subtype == RRNotify_OutputChange && change.crtc == None) {
        change.connection = RR_Disconnected;
        memcpy(event, &change, sizeof change);
    }
}

/* X's name: it takes the place of X's, from which SDL takes every event. */
Bool XCheckIfEvent(Display *display, XEvent *out, predicate *wanted, XPointer argument) {
    static check *real;
    if (real == NULL) {
        void *found = dlsym(RTLD_NEXT, "XCheckIfEvent");
        memcpy(&real, &found, sizeof real);
    }
    Bool got = real(display, out, wanted, argument);
    if (got) {
        pull_out(display, out);
    }
    return got;
}
