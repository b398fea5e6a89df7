/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_RUN_H
#define KIOSK_RUN_H

/*
 * The real klankbord-kiosk on the display that DISPLAY names, previewing the questionnaire at `path`, driven
 * by real key and mouse events, and by clicks that arrive as touches. Prints its figures: start to first
 * picture, hiding (from the key, the click and the touch to the picture that shows nothing), peak memory after
 * large Arabic letters, CPU time while nothing happens. Any failure ends the program.
 */
void kiosk_run_measure(const char *path);

#endif
