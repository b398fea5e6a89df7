/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stage_admin.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "kiosk/ui/admin_page.h"
#include "kiosk/ui/stage.h"
#include "platform/process.h"
#include "platform/volume.h"

static const struct kiosk_state *state_of(const struct stage *stage) {
    if (stage->setup.desk != NULL) {
        return desk_state(stage->setup.desk);
    }
    return stage->setup.state ? stage->setup.state(stage->setup.context) : NULL;
}

bool stage_admin_may(const struct stage *stage) {
    return stage->setup.desk == NULL && stage->setup.preview == NULL && stage->setup.folder != NULL &&
           stage->setup.machine != NULL;
}

/* Sticks, and after them the folder of the settings. No memory for them: they are not offered. */
static void look_for_folders(struct folder_names *out, const struct kiosk_state *state) {
    folder_names_release(out);
    if (volume_list_sticks(out) || !state || state->export_folder[0] == '\0') {
        return;
    }
    char **larger = realloc(out->names, (out->count + 1) * sizeof *larger);
    if (larger) {
        out->names = larger;
        size_t size = strlen(state->export_folder) + 1;
        char *folder = malloc(size);
        larger[out->count] = folder;
        if (folder) {
            memcpy(folder, state->export_folder, size);
            out->count++;
        }
    }
}

static void look(struct stage *stage) {
    const struct kiosk_state *state = state_of(stage);
    static const struct machine unknown = {0};
    struct machine machine = stage->setup.machine ? *stage->setup.machine : unknown;
    machine.locked = process_locked_memory(); /* of this moment */
    status_look(&stage->admin.status,
                state                 ? state->folder
                : stage->setup.folder ? stage->setup.folder
                                      : "",
                state, state ? FAULT_NONE : stage->setup.fault, &machine, true);
    stage->admin.looked = true;
}

static void open_page(struct stage *stage) {
    stage->admin.done = STRINGS_COUNT;
    stage->admin.fault = FAULT_NONE;
    look_for_folders(&stage->admin.folders, state_of(stage));
    look(stage);
}

void stage_admin_leave(struct stage *stage) {
    folder_names_release(&stage->admin.folders);
    stage->admin = (struct stage_admin){.done = STRINGS_COUNT};
}

static void compare(struct stage *stage) {
    const struct kiosk_state *state = state_of(stage);
    stage->admin.fault = state ? kiosk_state_compare(state) : FAULT_MISUSE;
    stage->admin.done = STRINGS_ADMIN_NOTED;
    stage->part = 0;
    look(stage);
}

bool stage_admin_act(struct stage *stage, int action, uint16_t value) {
    switch (action) {
    case ACTION_ADMIN:
        if (stage->admin.open) {
            stage_admin_leave(stage);
        } else {
            stage->admin.open = true;
        }
        return true;
    case ACTION_ADMIN_COMPARED: compare(stage); return true;
    case ACTION_ADMIN_REQUEST:
        stage->admin.waits = value < stage->admin.folders.count;
        stage->admin.row = value;
        return true;
    default: return false;
    }
}

static bool same_folders(const struct folder_names *a, const struct folder_names *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        same = strcmp(a->names[i], b->names[i]) == 0;
    }
    return same;
}

bool stage_admin_tick(struct stage *stage) {
    struct folder_names before = stage->admin.folders;
    if (!stage->admin.looked || stage->admin.waits) {
        return false;
    }
    stage->admin.folders = (struct folder_names){0};
    look_for_folders(&stage->admin.folders, state_of(stage));
    bool changed = !same_folders(&before, &stage->admin.folders);
    folder_names_release(&before);
    return changed;
}

void stage_admin_work(struct stage *stage) {
    struct stage_admin *admin = &stage->admin;
    const struct kiosk_state *state = state_of(stage);
    admin->fault = state && admin->row < admin->folders.count
                       ? kiosk_state_request(admin->file, state, admin->folders.names[admin->row])
                       : FAULT_MISUSE;
    admin->done = STRINGS_ADMIN_REQUESTED;
    admin->waits = false;
    stage->part = 0;
}

void stage_admin_build(struct stage *stage, bool keep_focus) {
    if (!stage->admin.looked) {
        open_page(stage);
    }
    struct admin_page_scene scene = {.strings = &stage->strings[stage->setup.language],
                                     .status = &stage->admin.status,
                                     .folders = &stage->admin.folders,
                                     .behind_pin = !stage->admin.open,
                                     .waits = stage->admin.waits,
                                     .part = stage->part,
                                     .fault = stage->admin.fault,
                                     .done = stage->admin.done,
                                     .file = stage->admin.file};
    stack_fit(stage->page, &stage->theme, &stage->fonts, keep_focus, admin_page_build, &scene);
}
