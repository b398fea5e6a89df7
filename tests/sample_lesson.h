/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_LESSON_H
#define SAMPLE_LESSON_H

#include "kiosk/ui/stage.h"
#include "sample_kiosk.h"

/*
 * A kiosk whose mentor has opened the first class, and its stage of 1024x768 without a window: the first pupil may
 * begin. All at one moment, which the desk and the stage are told. Any failure ends the test program. Link
 * sample_kiosk.c too, and what it needs.
 */
void sample_lesson_open(struct sample_kiosk *kiosk, struct desk **desk, struct stage *stage, uint64_t now_ms);
void sample_lesson_close(struct sample_kiosk *kiosk, struct desk **desk, struct stage *stage);

#endif
