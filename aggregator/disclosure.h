/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_H
#define DISCLOSURE_H

#include "aggregator/combine.h"
#include "aggregator/release.h"

/*
 * Disclosure control: the one door between exact results and the world. The rule is in docs/statistics.md,
 * "What is published, and by which rule", and for late lists "Several releases of one round".
 */

/*
 * Judges the exact result and makes the release, of opening->finest and coarser levels. `excluded` is what
 * both agreed to leave out; `previous` the digest of the round's release before this one, zero for the first.
 * FAULT_KEY_WRONG, FAULT_MEMORY, FAULT_MEMORY_LOCK, FAULT_LIMIT. Deterministic: the same result gives the
 * same bytes.
 */
enum fault disclosure_release(struct release **out, const struct opening *opening,
                              const struct combine_result *result, const struct prepare_ids *excluded,
                              const uint8_t previous[DIGEST_BYTES],
                              const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

/*
 * The end of opening, for holder 0: combine_make, disclosure_release, the release's entry in her ledger,
 * durable. The caller writes release_file(*out), whose content tells which batches were refused.
 * FAULT_BATCH_SUMS: no stratum was left. Repeatable: identical batches give the identical release.
 * FAULT_RELEASED: this closing list has a release that is not a level of what was judged now.
 * FAULT_LEDGER_GAP: a late list, while her ledger does not know of a release of the first one; nothing was
 * added up then.
 */
enum fault disclosure_open(struct release **out, const struct opening *opening,
                           const struct opening_holder *holder, const struct prepare pair[2],
                           struct bytes aggregate_file, uint16_t *at) FAULT_MUST_CHECK;

/*
 * The same where both holders sit at one machine: with combine_both. The figures are those of the steps; the
 * release is byte for byte theirs where no category is opened (with categories, the ledgers' entries before
 * it come in another order).
 */
enum fault disclosure_open_both(struct release **out, const struct opening *opening,
                                const struct opening_holder *const holders[2], const struct prepare pair[2],
                                uint16_t *at) FAULT_MUST_CHECK;

#endif
