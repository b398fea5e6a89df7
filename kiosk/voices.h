/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VOICES_H
#define VOICES_H

#include "core/questionnaire.h"
#include "core/recording.h"
#include "kiosk_state.h"

/*
 * Where the recordings of a questionnaire lie on this machine. Their names say nothing: each is known by the
 * digest of its bytes, and bytes that hash to none in the questionnaire are never played. One that is not
 * there is only not heard.
 */

enum { VOICES_FILES = 8192 }; /* in one folder; more are not looked at */

struct voices {
    char folder[KIOSK_STATE_PATH_SIZE];
    struct folder_names names; /* of the *.wav files there */
    uint16_t named;            /* recordings of the questionnaire */
    uint16_t there;            /* of these, those that are in the folder, whole and in the right form */
    uint16_t *file; /* for each recording of the questionnaire: 1 + its file in `names`; 0: it is not there */
};

/*
 * Looks through a folder, reading every file. A folder that is not there has none. A questionnaire without
 * recordings: nothing is read. FAULT_MEMORY, FAULT_LIMIT (path). `out` must be zeroed or released; released
 * by the caller.
 */
enum fault voices_open(struct voices *out, const struct questionnaire *questionnaire,
                       const char *folder) FAULT_MUST_CHECK;
void voices_close(struct voices *voices); /* accepts zeroed and closed ones */

/*
 * Reads the n-th recording of the questionnaire. *out is a view on `content`, which must be zeroed or
 * released and is the caller's. FAULT_FILE_MISSING: it is not there; FAULT_DIGEST: not the same bytes any
 * more; faults of file_read and recording_decode; FAULT_LIMIT.
 */
enum fault voices_load(struct recording *out, struct bytes_buffer *content, const struct voices *voices,
                       const struct questionnaire *questionnaire, uint16_t recording) FAULT_MUST_CHECK;

/*
 * The folder in a kiosk's state; and the folder "audio" beside a file (or in a folder, when `path` is one).
 * FAULT_LIMIT.
 */
enum fault voices_state_folder(char out[KIOSK_STATE_PATH_SIZE], const char *state_folder) FAULT_MUST_CHECK;
enum fault voices_beside(char out[KIOSK_STATE_PATH_SIZE], const char *path) FAULT_MUST_CHECK;

/*
 * Copies into the state what the questionnaire names, is in `from`, and is not in the state yet, each under
 * its digest; removes from the state what the questionnaire does not name. Whatever cannot be read or written
 * is left out: the number that is there says so. FAULT_MEMORY, FAULT_LIMIT.
 */
enum fault voices_bring(const char *state_folder, const struct questionnaire *questionnaire,
                        const char *from) FAULT_MUST_CHECK;

/* The same from every stick and from the folders of the settings, when something is missing. */
enum fault voices_seek(const struct kiosk_state *state) FAULT_MUST_CHECK;

#endif
