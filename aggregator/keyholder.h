/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KEYHOLDER_H
#define KEYHOLDER_H

#include "aggregator/keyfile.h"
#include "aggregator/recovery.h"
#include "aggregator/unseal.h"
#include "core/round.h"
#include "platform/file.h"

/*
 * A key holder's folder, on her stick:
 *
 *   holder.klh   public: her name and keys (core/holder.h); made again from keys.kls whenever it is missing
 *   or old
 *   keys.kls     secret: wrapped keys (aggregator/keyfile.h)
 *   keys.next    only while keys.kls is being replaced; the newer of the two. Taken over by the next
 *   keyholder_open
 *   ledger.kll   what she opened (aggregator/ledger.h)
 *   .lock        empty; one program at a time
 *
 * Faults of files (platform/file.h) may come from every function that has a folder.
 */

enum { KEYHOLDER_PATH_SIZE = 4096 };

struct keyholder {
    char folder[KEYHOLDER_PATH_SIZE];
    struct file_lock lock;
    struct keyfile
        *keys; /* secret memory; keys->sign_secret signs, keys->sign_key and keys->name are public */
};

/*
 * FAULT_NONE when the folder is empty or not there yet, so that a new one can be made in its place;
 * FAULT_FILE_EXISTS.
 */
enum fault keyholder_check_free(const char *folder) FAULT_MUST_CHECK;

/*
 * Makes the folder (or takes an empty one) with an identity and a first round key. FAULT_FILE_EXISTS when the
 * folder holds anything; after a fault nothing is left. Faults of keyfile_new.
 */
enum fault keyholder_create(struct keyholder **out, const char *folder, const char *name,
                            enum keyfile_kdf kdf, const char *passphrase) FAULT_MUST_CHECK;

/*
 * Undoes keyholder_create: for a command that fails after it. Closes; accepts NULL; gives NULL. Destroys the
 * keys for ever.
 */
struct keyholder *keyholder_discard(struct keyholder *holder);

/*
 * Makes it again from a recovery sheet, under a new passphrase. In a folder that holds keys.kls, the old file
 * is replaced only when it and holder.klh are this identity's with this very round key (a forgotten
 * passphrase: the ledger stays); else FAULT_FILE_EXISTS.
 */
enum fault keyholder_restore(struct keyholder **out, const char *folder, const char *name,
                             const struct recovery *sheet, enum keyfile_kdf kdf,
                             const char *passphrase) FAULT_MUST_CHECK;

/*
 * Opens a folder: takes the lock (FAULT_BUSY), finishes a replacement that was cut short, reads the keys, and
 * puts holder.klh right. *out is NULL after a fault. FAULT_FILE_MISSING, FAULT_PASSPHRASE, and what
 * keyfile_decode gives for damage.
 */
enum fault keyholder_open(struct keyholder **out, const char *folder,
                          const char *passphrase) FAULT_MUST_CHECK;

/* Wipes and lets go; accepts NULL, gives NULL. */
struct keyholder *keyholder_close(struct keyholder *holder);

/* "FOLDER/NAME". FAULT_LIMIT. */
enum fault keyholder_path(char out[KEYHOLDER_PATH_SIZE], const char *folder,
                          const char *name) FAULT_MUST_CHECK;

/*
 * What the recovery sheet holds: the identity and the newest round key that was not destroyed. `out` in
 * secret memory. FAULT_KEY_DESTROYED when there is none.
 */
enum fault keyholder_sheet(struct recovery *out, struct keyholder *holder) FAULT_MUST_CHECK;

/*
 * Writes keys.kls, overwriting the old one where it lay, and holder.klh. After a fault the old or the new
 * state is there in full.
 */
enum fault keyholder_save(struct keyholder *holder) FAULT_MUST_CHECK;

/* Which of the round's holders this is: 0 or 1; -1 for neither. */
int keyholder_number(const struct keyholder *holder, const struct round *round);

/*
 * The box key of this round, for aggregator/unseal.h; the caller releases it (unseal_key_release). A restored
 * key of a round that carries this holder's signature is bound to it first, durably.
 * FAULT_KEY_WRONG: not a holder of this round, or another box key is in the round. FAULT_KEY_USED: the key
 * belongs to another round. FAULT_ROUND_NOT_VALID: this holder has not signed the round. FAULT_KEY_DESTROYED.
 */
enum fault keyholder_box_key(struct unseal_key *out, struct keyholder *holder,
                             const struct round *round) FAULT_MUST_CHECK;

/*
 * Binds the key in the round to it, durably, before anything is signed. FAULT_KEY_WRONG as above;
 * FAULT_KEY_USED: it belongs to another round, or was restored from a sheet and nobody can know;
 * FAULT_KEY_DESTROYED.
 */
enum fault keyholder_bind(struct keyholder *holder, const struct round *round) FAULT_MUST_CHECK;

/*
 * A fresh next round key, in keys.kls and holder.klh. FAULT_KEY_USED while an unbound one is there;
 * FAULT_LIMIT.
 */
enum fault keyholder_fresh_key(struct keyholder *holder) FAULT_MUST_CHECK;

/* Destroys the round's box secret. FAULT_KEY_DESTROYED: it was already. Else as keyholder_box_key. */
enum fault keyholder_destroy_round(struct keyholder *holder, const struct round *round) FAULT_MUST_CHECK;

/*
 * The proof that a box key works: seals a made-up contribution to `box_key` as a kiosk would, opens both
 * shares with the secret key in the folder and compares. FAULT_KEY_WRONG: the folder has no such key.
 * FAULT_KEY_DESTROYED. FAULT_RECORD_SEALED, FAULT_RECORD_CONTENT.
 */
enum fault keyholder_prove(struct keyholder *holder, const uint8_t box_key[32]) FAULT_MUST_CHECK;

#endif
