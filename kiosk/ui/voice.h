/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VOICE_H
#define VOICE_H

#include "kiosk/speech.h"

/*
 * The machine's sound, through SDL: opened when something is played, given back when nothing is. How loud it
 * is, is the system's matter and is never changed.
 */

struct voice {
    bool asked; /* whether there is any was tried */
    bool there;
    uint32_t handle; /* of the open device; 0: none */
    uint32_t rate;   /* of the open device */
    struct speech_device device;
};

/* Nothing is opened yet. `out` must stay where it is until voice_close. */
void voice_begin(struct voice *out);
void voice_close(struct voice *voice); /* accepts zeroed and closed ones */

#endif
