/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_STATE_H
#define KIOSK_STATE_H

#include "ballot_box.h"
#include "core/layout.h"
#include "core/round.h"
#include "platform/file.h"
#include "platform/folder.h"

/*
 * What a kiosk keeps on disk: one folder, for this user only.
 *
 *   kiosk.key      the seed of its signing key, 32 bytes, for this user only: there is nobody to ask for a passphrase
 *   label          its name on the round's kiosk list, one line
 *   trusted-1.klh  the two key holders whose rounds it runs, pinned at installation
 *   trusted-2.klh
 *   compared       the fingerprints of the two, one a line, once a person said that both holders compared theirs
 *   round.klr      the round that is loaded
 *   settings       lines "name=value"; known: allow_cow=yes, export_folder=PATH, round_folder=PATH
 *   tries          how many wrong PINs in a row, one decimal number; missing: none
 *   lock           held while a program uses the folder
 *   sessions/      one ballot box each, <32 hexadecimal digits>.box
 *   voices/        the recordings of the round's questionnaire (voices.h), <64 hexadecimal digits>.wav
 */

enum { KIOSK_STATE_PATH_SIZE = 1024, KIOSK_STATE_SESSIONS = 4000 };

struct kiosk_state {
    char folder[KIOSK_STATE_PATH_SIZE];
    struct file_lock lock;
    char label[ROUND_LABEL_SIZE];
    uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t *secret_key; /* DIGEST_SIGN_SECRET_BYTES in secret memory */
    bool is_trusting;
    uint8_t trusted[2][DIGEST_SIGN_PUBLIC_BYTES];
    struct round *round; /* NULL: none loaded */
    enum fault
        round_fault; /* why the round that lies in the folder is not loaded; FAULT_NONE: none lies there */
    struct layout layout; /* of the round */
    bool allow_cow;
    char export_folder[KIOSK_STATE_PATH_SIZE]; /* "": none set */
    char round_folder[KIOSK_STATE_PATH_SIZE];  /* where rounds are looked for besides; "": none set */
    uint32_t wrong_tries;
};

/*
 * $XDG_STATE_HOME/klankbord-kiosk, else $HOME/.local/state/klankbord-kiosk. FAULT_FILE_MISSING when neither
 * is set; FAULT_LIMIT.
 */
enum fault kiosk_state_default_folder(char out[KIOSK_STATE_PATH_SIZE]) FAULT_MUST_CHECK;

/*
 * Makes the state folder (and missing folders above it) with a fresh signing key, and writes the enrolment
 * request to `enrolment_path`. When the folder is there already, only writes the request again: a label that
 * differs is FAULT_FILE_EXISTS then. FAULT_LIMIT, FAULT_TEXT (label), faults of platform/file.h.
 */
enum fault kiosk_state_enrol(const char *folder, const char *label,
                             const char *enrolment_path) FAULT_MUST_CHECK;

/*
 * Opens the folder of an enrolled kiosk; *out is the caller's to close. A round in it that is not valid,
 * trusted and this kiosk's is not loaded (round_fault). FAULT_FILE_MISSING: not enrolled. FAULT_BUSY: another
 * program has it. FAULT_MEMORY_LOCK; FAULT_USAGE: a line in the settings that means nothing.
 */
enum fault kiosk_state_open(struct kiosk_state **out, const char *folder) FAULT_MUST_CHECK;
/*
 * The same for who only wants to look, also while a kiosk is running: nothing is locked (state->lock is
 * zeroed) or changed. Faults of kiosk_state_open but FAULT_BUSY.
 */
enum fault kiosk_state_look(struct kiosk_state **out, const char *folder) FAULT_MUST_CHECK;
struct kiosk_state *kiosk_state_close(struct kiosk_state *state); /* wipes; accepts NULL, gives NULL */

/*
 * Pins two key holders from their public files and gives their fingerprints for comparison. FAULT_KEY_SAME;
 * faults of holder_decode. FAULT_FILE_EXISTS: others are pinned already (a person has to remove the two files
 * first).
 */
enum fault kiosk_state_trust(struct kiosk_state *state, char fingerprint[2][DIGEST_CODE_SIZE],
                             const char *path_a, const char *path_b) FAULT_MUST_CHECK;

/*
 * Whether somebody has said, of exactly these two, that each holder compared her own fingerprint; and to say
 * so.
 * FAULT_ROUND_UNTRUSTED: nobody is pinned. Faults of platform/file.h.
 */
bool kiosk_state_is_compared(const struct kiosk_state *state);
enum fault kiosk_state_compare(const struct kiosk_state *state) FAULT_MUST_CHECK;

/*
 * Writes this kiosk's enrolment request once more, into a folder, as klankbord-<fingerprint>.kle, and gives
 * that name: the same bytes every time. FAULT_FILE_EXISTS: something else has that name. Faults of
 * platform/file.h.
 */
enum { KIOSK_STATE_REQUEST_SIZE = 64 };
enum fault kiosk_state_request(char name[KIOSK_STATE_REQUEST_SIZE], const struct kiosk_state *state,
                               const char *folder) FAULT_MUST_CHECK;

/* How many ballot boxes lie in the folder, of whichever round, open or closed. Faults of folder_list. */
enum fault kiosk_state_count_boxes(uint32_t *out, const struct kiosk_state *state) FAULT_MUST_CHECK;

/*
 * Loads a round from a file, or the first one that passes from a folder's *.klr. In this order: faults of
 * round_decode; FAULT_ROUND_NOT_VALID (not signed by both); FAULT_ROUND_UNTRUSTED (nobody is pinned, or
 * others); FAULT_KIOSK_UNKNOWN (this kiosk is not enrolled in it); FAULT_NOT_CLOSED (another round is loaded
 * and has an open session). The file is copied into the state folder, and so are the recordings in the folder
 * "audio" beside it (voices_bring). A date outside the period is no fault here.
 */
enum fault kiosk_state_load_round(struct kiosk_state *state, const char *path) FAULT_MUST_CHECK;

/*
 * Whether today (platform/process.h) is outside the round's period; true also when the clock cannot be read.
 */
bool kiosk_state_clock_is_wrong(const struct kiosk_state *state);

/*
 * FAULT_PIN unless `pin` opens one of the round's hashes. Keeps count of wrong tries on disk, also when it
 * says FAULT_NONE.
 */
enum fault kiosk_state_check_pin(struct kiosk_state *state, const char *pin) FAULT_MUST_CHECK;

/* One session on this machine, of the loaded round. */
struct kiosk_state_session {
    char path[KIOSK_STATE_PATH_SIZE];
    struct ballot_box_head head;
    uint32_t count; /* contributions in it */
};
struct kiosk_state_sessions {
    uint32_t count;
    struct kiosk_state_session *session; /* in order of file name, which is random */
    uint32_t unreadable;                 /* boxes that cannot be read; they are left alone */
};
/*
 * `out` must be zeroed or released. Removes boxes whose making was cut short. Boxes of other rounds are left
 * out.
 */
enum fault kiosk_state_list_sessions(struct kiosk_state_sessions *out,
                                     const struct kiosk_state *state) FAULT_MUST_CHECK;
/* The folder's own times would tell when the last session closed. Faults of volume_forget_times. */
enum fault kiosk_state_forget_times(const struct kiosk_state *state) FAULT_MUST_CHECK;
void kiosk_state_sessions_release(struct kiosk_state_sessions *sessions);

/* The path of a new ballot box: a random name that is not taken. */
enum fault kiosk_state_new_box(char out[KIOSK_STATE_PATH_SIZE],
                               const struct kiosk_state *state) FAULT_MUST_CHECK;

#endif
