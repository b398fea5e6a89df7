/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_H
#define VIEW_H

#include "kiosk/speech.h"
#include "kiosk/ui/scan.h"
#include "kiosk/ui/theme.h"

/* How one pupil wants to read and press. All zero is how everybody begins, and how it is left. */

struct view {
    int size; /* index in theme_percents */
    enum theme_look look;
    int scan;     /* index in scan_speeds_ms; 0: no scanning */
    bool listens; /* was told about the headphones */
    enum speech_pace pace;
};

/* What lies over the pupil's page. */
enum panel { PANEL_NONE, PANEL_LANGUAGE, PANEL_VIEW, PANEL_LISTEN, PANEL_WHO };

#endif
