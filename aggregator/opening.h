/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPENING_H
#define OPENING_H

#include "aggregator/unseal.h"
#include "aggregator/workspace.h"
#include "core/batch.h"
#include "platform/crew.h"

/*
 * What prepare, aggregate and combine have in common: a valid round, a valid closing list, and the records
 * that it names, each verified again by whoever opens, whatever was checked when they were merged.
 */

enum { OPENING_THREADS = 8 };

struct opening {
    const struct round *round; /* views; must outlive this */
    const struct closing *closing;
    struct workspace *workspace;
    struct layout layout; /* owned */
    uint32_t *order;      /* owned: indexes of records, grouped by bundle */
    uint32_t threads;     /* that adding up may use, up to OPENING_THREADS; 1 after opening_init */
    int finest; /* enum release_level: the finest level to release, nothing finer is told; RELEASE_CLASS (0) after opening_init */
    bool breakdowns; /* each holder adds up her shares of the breakdown level too; false after opening_init */
    bool sizes;      /* and what the shares say of sizes; the same */
};

/*
 * For list 1. FAULT_ROUND_NOT_VALID, FAULT_SIGNATURE_MISSING (closing list), FAULT_ROUND_OTHER, FAULT_MISUSE
 * (a late list), FAULT_MEMORY, FAULT_LAYOUT_TOO_LARGE.
 */
enum fault opening_init(struct opening *out, struct workspace *workspace, const struct round *round,
                        const struct closing *closing) FAULT_MUST_CHECK;
/*
 * For a late list, which is judged together with `first`, the list that it names: the same faults of both,
 * FAULT_MISUSE (list 1 as `late`), and those of closing_follows. `first` need not outlive the call.
 */
enum fault opening_init_late(struct opening *out, struct workspace *workspace, const struct round *round,
                             const struct closing *late, const struct closing *first) FAULT_MUST_CHECK;
void opening_release(struct opening *opening); /* accepts zeroed or released ones; leaves it zeroed */

/* The boundaries between two durable steps, for tests that end the process there. */
enum opening_boundary {
    OPENING_BEFORE_LEDGER,       /* checks done, ledger not yet written */
    OPENING_AFTER_LEDGER,        /* entry durable, nothing summed yet */
    OPENING_AFTER_SUMS,          /* sums made, nothing has left yet */
    OPENING_AFTER_RELEASE_ENTRY, /* the release is in the ledger, its file not yet written */
    OPENING_BOUNDARIES
};

/*
 * What one key holder brings: her number (0, 1), her box key of this round, her identity's secret key (in her
 * secret memory), the path of her ledger.
 */
struct opening_holder {
    int number;
    const struct unseal_key *key;
    const uint8_t *sign_secret;
    const char *ledger_path;
    void (*at_boundary)(enum opening_boundary boundary, int holder); /* NULL outside tests */
};
/* FAULT_KEY_WRONG unless both keys are those that the round names for this holder. */
enum fault opening_holder_check(const struct opening *opening,
                                const struct opening_holder *holder) FAULT_MUST_CHECK;

/* Says that the holder's step has come to this boundary. */
void opening_reached(const struct opening_holder *holder, enum opening_boundary boundary);

/*
 * One verified record of the closing list. `bundle` and `at` (in it) point into memory that lasts during the
 * call.
 */
struct opening_record {
    uint32_t index; /* in the closing list */
    struct bundle_record record;
    const struct bundle *bundle;
};
typedef enum fault opening_visitor(void *context, const struct opening_record *record);

/*
 * How a bundle is verified: by its kiosk's signature, or by its digest in the closing list that both key
 * holders signed.
 */
enum opening_proof { OPENING_BY_SIGNATURE, OPENING_BY_LIST };

/*
 * Visits every record of the closing list, bundle by bundle: reads the bundle from the workspace, verifies it
 * (see `proof`), its round, kiosk, class and layout, and the record's digest against both the bundle and the
 * list. Stops at the first fault. FAULT_BATCH_INCOMPLETE: a bundle or record is not here;
 * FAULT_RECORD_DAMAGED; faults of bundle_decode and bundle_belongs; FAULT_DIGEST: the bundle contradicts the
 * list. `failed` (may be NULL) is then the index of the bundle in the closing list.
 */
enum fault opening_walk(const struct opening *opening, enum opening_proof proof, opening_visitor *visitor,
                        void *context, uint32_t *failed) FAULT_MUST_CHECK;

/*
 * Every `step`-th bundle from `first` on: one thread's part of the walk. The lock is held while the workspace
 * is read.
 */
struct opening_part {
    uint32_t first, step;
    struct crew_lock *lock;
};
/* The same for one part; parts with a common lock may be walked at the same time. */
enum fault opening_walk_part(const struct opening *opening, enum opening_proof proof,
                             opening_visitor *visitor, void *context, uint32_t *failed,
                             const struct opening_part *part) FAULT_MUST_CHECK;

/* The context in which a record was sealed, for unsealing. */
void opening_context(struct contribution_context *out, const struct opening *opening,
                     const struct bundle *bundle);
/* A holder's sealed share of a record. */
struct bytes opening_sealed(const struct opening *opening, int holder, const struct bundle_record *record);

#endif
