/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VECTORS_H
#define VECTORS_H

#include "tests/sample_round.h"

/*
 * Makes the vectors of one parser: files with one defect each, and INDEX, which names the fault of each.
 * Deterministic: the same bytes on every machine. Any contradiction (a file that gives another fault than the
 * one expected of it) ends the program.
 */
struct vectors;

/* Adds `content` as <name>.<suffix of the parser>; the parser must give `expected`. */
void vectors_add(struct vectors *to, const char *name, enum fault expected, struct bytes content);

/* docs/format.md must name this digest of a worked sample. */
void vectors_cite(struct vectors *to, const uint8_t digest[DIGEST_BYTES]);
/* The same of the digest over all but the last `tail` bytes. */
void vectors_cite_signed(struct vectors *to, enum digest_label label, struct bytes content, size_t tail);

/* Replaces `remove` bytes at `at`. */
void vectors_splice(struct bytes_buffer *content, size_t at, size_t remove, const void *data, size_t size);
/* A copy; the caller releases it. */
struct bytes_buffer vectors_copy(struct bytes content);
/* Ends the program unless it holds. */
void vectors_must(bool holds, const char *what);

void vectors_make_holder(struct vectors *to, const struct sample_round *sample);
void vectors_make_enrolment(struct vectors *to, const struct sample_round *sample);
void vectors_make_round(struct vectors *to, const struct sample_round *sample);
void vectors_make_bundle(struct vectors *to, const struct sample_round *sample);
void vectors_make_closing(struct vectors *to, const struct sample_round *sample);
void vectors_make_receipt(struct vectors *to, const struct sample_round *sample);
void vectors_make_recording(struct vectors *to, const struct sample_round *sample);

/* The parsers as vectors_add calls them. */
enum fault vectors_read_holder(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
enum fault vectors_read_enrolment(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
enum fault vectors_read_round(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
/* Also the records: the first damaged one's fault. */
enum fault vectors_read_bundle(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
enum fault vectors_read_closing(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
enum fault vectors_read_receipt(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;
enum fault vectors_read_recording(struct bytes content, const struct sample_round *sample) FAULT_MUST_CHECK;

#endif
