/* SPDX-License-Identifier: Apache-2.0 */
#include "confinement.h"

#include <stdlib.h>
#include <string.h>

#include "platform/file.h"

/* Libraries and letters that are opened late, what the system says about itself, screens, sound. */
static const struct confine_folder always[] = {
    {"/usr", CONFINE_READ},      {"/lib", CONFINE_READ},        {"/lib64", CONFINE_READ},
    {"/etc", CONFINE_READ},      {"/proc", CONFINE_READ},       {"/sys", CONFINE_READ},
    {"/run/udev", CONFINE_READ}, {"/dev", CONFINE_READ},        {"/dev/null", CONFINE_WRITE},
    {"/dev/shm", CONFINE_WRITE}, {"/dev/dri", CONFINE_WRITE},   {"/dev/snd", CONFINE_WRITE},
    {"/media", CONFINE_WRITE},   {"/run/media", CONFINE_WRITE}, {"/mnt", CONFINE_WRITE},
};
enum { ALWAYS = sizeof always / sizeof *always, MORE = 5 };

/*
 * A folder that is made or mounted later is reached through the nearest one that is there; never through "/".
 */
static enum fault nearest(char out[KIOSK_STATE_PATH_SIZE], const char *path) {
    if (strlen(path) >= KIOSK_STATE_PATH_SIZE) {
        return FAULT_LIMIT;
    }
    memcpy(out, path, strlen(path) + 1);
    while (out[0] == '/' && out[1] && !file_exists(out)) {
        char *slash = strrchr(out, '/');
        *(slash == out ? slash + 1 : slash) = '\0';
    }
    if (strcmp(out, "/") == 0) {
        out[0] = '\0';
    }
    return FAULT_NONE;
}

enum fault confinement_begin(struct confine_report *out, const struct kiosk_state *state, const char *font) {
    struct confine_folder folder[ALWAYS + MORE];
    char export_folder[KIOSK_STATE_PATH_SIZE] = "";
    const char *session = getenv("XDG_RUNTIME_DIR");
    size_t count = ALWAYS;
    char round_folder[KIOSK_STATE_PATH_SIZE] = "";
    enum fault fault = nearest(export_folder, state ? state->export_folder : "");
    fault = fault ? fault : nearest(round_folder, state ? state->round_folder : "");
    memcpy(folder, always, sizeof always);
    if (session) {
        folder[count++] = (struct confine_folder){session, CONFINE_WRITE};
    }
    if (font) {
        folder[count++] = (struct confine_folder){font, CONFINE_READ};
    }
    if (state) {
        folder[count++] = (struct confine_folder){state->folder, CONFINE_WRITE};
    }
    if (round_folder[0]) {
        folder[count++] = (struct confine_folder){round_folder, CONFINE_READ};
    }
    if (export_folder[0]) {
        folder[count++] = (struct confine_folder){export_folder, CONFINE_WRITE};
    }
    return fault ? fault : confine(out, folder, count);
}
