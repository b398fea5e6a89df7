/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAGE_SCENE_H
#define STAGE_SCENE_H

#include "kiosk/ui/stage.h"

/* Asks the desk for everything that is to be seen now and builds stage->page from it. */
void stage_scene_build(struct stage *stage, bool keep_focus, uint64_t now_ms);

#endif
