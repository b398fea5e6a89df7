/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_H
#define VIEW_H

#include "kiosk/ui/scan.h"
#include "kiosk/ui/theme.h"

/* How one pupil wants to read and press. All zero is how everybody begins, and how it is left. */

struct view {
    int size; /* index in theme_percents */
    enum theme_look look;
    int scan; /* index in scan_speeds_ms; 0: no scanning */
};

/* What lies over the pupil's page. */
enum panel { PANEL_NONE, PANEL_LANGUAGE, PANEL_VIEW };

#endif
