/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAGE_LISTEN_H
#define STAGE_LISTEN_H

#include "kiosk/ui/action.h"
#include "kiosk/ui/stage.h"

/*
 * Reading aloud, for the stage's own files only: what is heard follows from the page alone, never from what
 * is chosen on it.
 */

/* The recordings on this machine; NULL while there is neither desk nor preview. */
const struct voices *stage_listen_voices(const struct stage *stage);
/* Recordings are there to be heard, and the machine can: true when the questionnaire has none. */
bool stage_listen_works(const struct stage *stage);

/*
 * Asks whether the machine has sound, when there is something to hear. Before the process is confined, so
 * that its libraries are there.
 */
void stage_listen_prepare(struct stage *stage);

void stage_listen_act(struct stage *stage, enum listen what, uint64_t now_ms);
/* Another speed; what is being read begins anew with it. */
void stage_listen_pace(struct stage *stage, enum speech_pace pace, uint64_t now_ms);
/* Something else was pressed: silence. */
void stage_listen_stop(struct stage *stage, uint64_t now_ms);
/* Another page. */
void stage_listen_leave(struct stage *stage, uint64_t now_ms);
/* The keyboard's ring came to a text: that one is read, for a pupil who listens. */
void stage_listen_focus(struct stage *stage, uint64_t now_ms);
/* True when the mark has to move. */
bool stage_listen_tick(struct stage *stage, uint64_t now_ms);

#endif
