/* SPDX-License-Identifier: Apache-2.0 */
#include "release_file.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    const char *path;
    unsigned char *data;
    size_t size, at;
};

static void fail(const struct reader *in, const char *why) {
    fprintf(stderr, "attacker: %s, byte %zu: %s\n", in->path, in->at, why);
    exit(2);
}

static void load(struct reader *in) {
    FILE *file = fopen(in->path, "rb");
    enum { MOST = 16 << 20 };
    in->data = malloc(MOST);
    if (!file || !in->data) {
        fail(in, "cannot be read");
        return;
    }
    in->size = fread(in->data, 1, MOST, file);
    (void)fclose(file);
}

static const unsigned char *take(struct reader *in, size_t count) {
    if (in->size - in->at < count) {
        fail(in, "it ends too early");
    }
    in->at += count;
    return in->data + in->at - count;
}

static unsigned long number(struct reader *in, size_t bytes) {
    const unsigned char *from = take(in, bytes);
    unsigned long value = 0;
    for (size_t i = bytes; i > 0; i--) {
        value = value << 8 | from[i - 1];
    }
    return value;
}

struct head {
    unsigned long policy, batches, classes, excluded, figures;
};

static struct head read_head(struct reader *in) {
    struct head head;
    if (memcmp(take(in, 8), "KLBrele\n", 8) != 0 || number(in, 2) != 1) {
        fail(in, "no release of a version that is known here");
    }
    head.policy = number(in, 2);
    (void)take(in, 4);
    (void)take(in, number(in, 2));
    (void)take(in, 4 * 32 + 2 * 32 + 32);
    head.batches = number(in, 2);
    head.classes = number(in, 2);
    head.excluded = number(in, 4);
    head.figures = number(in, 4);
    return head;
}

/* Gives the number that the batch has among all of them. */
static int read_batch(struct reader *in, struct published *out, struct release_file_state *state,
                      int first_stratum) {
    const unsigned char *digest = take(in, 32);
    unsigned long stratum = number(in, 2);
    unsigned long flags = number(in, 1);
    unsigned long contributions = number(in, 4);
    (void)take(in, 2 * number(in, 2));
    for (int i = 0; i < state->count; i++) {
        if (memcmp(state->digest[i], digest, 32) == 0) {
            return i;
        }
    }
    if (state->count == KNOWN_BATCHES) {
        fail(in, "too many batches");
    }
    memcpy(state->digest[state->count], digest, 32);
    out->contributions[state->count] = flags & 2 ? -1 : (long)contributions;
    out->stratum[state->count] = first_stratum + (int)stratum;
    out->batch_count = state->count + 1;
    return state->count++;
}

/* The kinds of the format, as rows; PUBLISHED_WHATS for one that tells nothing. */
static enum published_what what_of(unsigned long kind) {
    static const enum published_what whats[] = {
        PUBLISHED_PARTICIPATION, PUBLISHED_PARTICIPATION, PUBLISHED_PARTICIPATION, PUBLISHED_OPTION,
        PUBLISHED_GROUP,         PUBLISHED_OPTION,        PUBLISHED_GROUP,         PUBLISHED_OPTION,
        PUBLISHED_OPTION,        PUBLISHED_NO_ANSWER,     PUBLISHED_MISSING,       PUBLISHED_MEAN};
    return kind < sizeof whats / sizeof whats[0] ? whats[kind] : PUBLISHED_WHATS;
}

static int index_of(unsigned long kind, unsigned long index, const struct known_item *item) {
    enum known_option_kind wanted = kind == 7 ? KNOWN_DONT_KNOW : KNOWN_RATHER_NOT;
    if (kind < 3) {
        return (int)kind;
    }
    for (int i = 0; (kind == 7 || kind == 8) && i < item->option_count; i++) {
        if (item->option[i].kind == wanted) {
            return i;
        }
    }
    return (int)index;
}

static void add_n(struct published *out, const struct published_row *like, unsigned long n) {
    struct published_row row = *like;
    row.what = like->what == PUBLISHED_MEAN ? PUBLISHED_SCALE_N : PUBLISHED_ANSWERED;
    row.low = row.high = (double)n;
    *published_add(out) = row;
}

static void read_figure(struct reader *in, struct published *out, const struct known *known,
                        const bool *has) {
    (void)take(in, 1 + 2 + 1);
    unsigned long subject = number(in, 2);
    unsigned long kind = number(in, 1);
    unsigned long index = number(in, 2);
    unsigned long hidden = number(in, 1);
    unsigned long decimals = number(in, 1);
    double low = (double)number(in, 4);
    double high = (double)number(in, 4);
    unsigned long n = number(in, 4);
    if (hidden || what_of(kind) == PUBLISHED_WHATS) {
        return;
    }
    struct published_row row = {.subject = (int)subject, .what = what_of(kind), .low = low, .high = high};
    memcpy(row.has, has, sizeof row.has);
    row.index = index_of(kind, index, &known->item[subject]);
    for (unsigned long i = 0; i < decimals; i++) {
        row.low /= 10;
        row.high /= 10;
    }
    if (row.what == PUBLISHED_MEAN) {
        row.low -= 0.05;
        row.high += 0.05;
    }
    *published_add(out) = row;
    if (n) {
        add_n(out, &row, n);
    }
}

/* Where participation is hidden, an item's cells add up to all contributions: who declined gave no answer. */
static void count_declined(struct published *out, int first_row) {
    bool told = false;
    for (int i = first_row; i < out->row_count; i++) {
        told = told || out->row[i].what == PUBLISHED_PARTICIPATION;
    }
    for (int i = first_row; i < out->row_count; i++) {
        out->row[i].with_declined = !told;
    }
}

void release_file_read(struct published *out, struct release_file_state *state, const struct known *known,
                       const char *path) {
    struct reader in = {.path = path};
    bool has[KNOWN_BATCHES] = {false};
    int first_stratum = state->count;
    int first_row = out->row_count;
    load(&in);
    struct head head = read_head(&in);
    for (unsigned long i = 0; i < head.batches; i++) {
        has[read_batch(&in, out, state, first_stratum)] = true;
    }
    (void)take(&in, head.classes * 22);
    (void)take(&in, head.excluded * 16);
    for (unsigned long i = 0; i < head.figures; i++) {
        read_figure(&in, out, known, has);
    }
    count_declined(out, first_row);
    (void)take(&in, 64);
    if (in.at != in.size) {
        fail(&in, "more bytes than a release has");
    }
    free(in.data);
}
