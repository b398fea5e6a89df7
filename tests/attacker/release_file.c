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

static void skip_text(struct reader *in) {
    (void)take(in, number(in, 2));
}

struct head {
    unsigned long batches, strata, classes, items, scales, excluded, figures;
};

static struct head read_head(struct reader *in) {
    struct head head;
    if (memcmp(take(in, 8), "KLBrele\n", 8) != 0 || number(in, 2) != 2) {
        fail(in, "no release of a version that is known here");
    }
    (void)take(in, 2 + 2 + 2); /* policy, k_unit, k_cell */
    skip_text(in);
    (void)take(in, 4 * 32 + 32 + 2 * 32 + 32); /* digests, previous, heads, key */
    skip_text(in);
    skip_text(in);
    (void)take(in, 1 + 2 + 4 + 4 + 1); /* validity, year, days, choices */
    head.batches = number(in, 2);
    head.strata = number(in, 2);
    head.classes = number(in, 2);
    head.items = number(in, 2);
    head.scales = number(in, 2);
    head.excluded = number(in, 4);
    head.figures = number(in, 4);
    return head;
}

static void skip_descriptions(struct reader *in, const struct head *head) {
    (void)take(in, head->strata * 7);
    (void)take(in, head->classes * 22);
    for (unsigned long i = 0; i < head->items; i++) {
        skip_text(in);
        (void)take(in, 1 + 2 + 32);
    }
    for (unsigned long i = 0; i < head->scales; i++) {
        skip_text(in);
        (void)take(in, 1 + 1 + 1 + 1 + 2 + 32);
    }
    (void)take(in, head->excluded * 16);
}

/*
 * A release's own batches, by their number in it: which they are among all, and whether this release tells of
 * them.
 */
struct own {
    int count, number[KNOWN_BATCHES], stratum[KNOWN_BATCHES];
    bool told[KNOWN_BATCHES];
    long size[KNOWN_ITEMS][KNOWN_OPTIONS]; /* of what everybody chose; -1: not told exactly */
    int open_item, open_option, part;      /* the category that was read last, and its part */
    long left;                             /* of all beside that item's categories so far */
    bool unsure[KNOWN_SCALES]; /* some count of an item of the scale is not told exactly for the school */
};

static void read_batch(struct reader *in, struct published *out, struct release_file_state *state,
                       struct own *own, int first_stratum) {
    const unsigned char *digest = take(in, 32);
    int stratum = (int)number(in, 2);
    bool told = (number(in, 1) & 2) == 0;
    long contributions = (long)number(in, 4);
    int at = 0;
    (void)take(in, 2 * number(in, 2));
    while (at < state->count && memcmp(state->digest[at], digest, 32) != 0) {
        at++;
    }
    if (at == state->count) {
        if (at == KNOWN_BATCHES) {
            fail(in, "too many batches");
        }
        memcpy(state->digest[at], digest, 32);
        out->contributions[at] = told ? contributions : -1;
        out->stratum[at] = first_stratum + stratum;
        out->release[at] = out->release_count;
        out->batch_count = ++state->count;
    }
    own->number[own->count] = at;
    own->stratum[own->count] = stratum;
    own->told[own->count++] = told;
}

enum { CLASS, YEAR, SCHOOL, CATEGORY };
enum {
    OPTION = 3,
    DONT_KNOW = 7,
    RATHER_NOT,
    NO_ANSWER,
    NOT_ASKED,
    MISSING,
    SCORE,
    NOT_COUNTED,
    MEAN,
    DEVIATION,
    ERROR,
    ALPHA
};

struct figure {
    unsigned long level, unit, about, subject, kind, index, status;
    double low, high, half; /* half of its last decimal */
    unsigned long n;
};

static struct figure read_one(struct reader *in) {
    struct figure figure;
    figure.level = number(in, 1);
    figure.unit = number(in, 2);
    figure.about = number(in, 1);
    figure.subject = number(in, 2);
    figure.kind = number(in, 1);
    figure.index = number(in, 2);
    figure.status = number(in, 1);
    unsigned long decimals = number(in, 1);
    figure.low = (double)number(in, 4);
    figure.high = (double)number(in, 4);
    figure.half = decimals ? 0.5 : 0;
    figure.n = number(in, 4);
    for (unsigned long i = 0; i < decimals; i++) {
        figure.low /= 10;
        figure.high /= 10;
        figure.half /= 10;
    }
    if (figure.status == 0) {
        figure.low -= figure.half;
        figure.high += figure.half;
    }
    return figure;
}

static int add_part(struct reader *in, struct published *out, struct release_file_state *state,
                    const struct own *own, int item, int category, long contributions) {
    int at = 0;
    /* Another level of a release that was read before tells of the same categories. */
    while (at < state->count && (out->part_of[at] != item + 1 || out->category[at] != category ||
                                 state->beside[at] != own->number[0])) {
        at++;
    }
    if (at == KNOWN_BATCHES || contributions < 0 ||
        (at < state->count && out->contributions[at] != contributions)) {
        fail(in, "a category larger than the school, of two sizes, or too many");
    }
    if (at < state->count) {
        return at;
    }
    state->beside[at] = own->number[0];
    out->contributions[at] = contributions;
    out->stratum[at] = KNOWN_NONE;
    out->release[at] = out->release_count;
    out->part_of[at] = item + 1;
    out->category[at] = category;
    out->batch_count = ++state->count;
    return at;
}

/* Beside the categories of an item there is the rest. */
static void end_item(struct reader *in, struct published *out, struct release_file_state *state,
                     struct own *own) {
    if (own->open_item != KNOWN_NONE) {
        (void)add_part(in, out, state, own, own->open_item, KNOWN_NONE, own->left);
        own->open_item = KNOWN_NONE;
    }
}

static void begin_category(struct reader *in, struct published *out, struct release_file_state *state,
                           struct own *own, const struct known *known, int item, int option) {
    if (item >= known->item_count || !known->item[item].breakdown ||
        option >= known->item[item].option_count || own->size[item][option] < 0) {
        fail(in, "a category that is none, or whose size is not told");
    }
    if (item != own->open_item) {
        end_item(in, out, state, own);
        own->left = 0;
        for (int i = 0; i < own->count; i++) {
            own->left += own->told[i] ? out->contributions[own->number[i]] : 0;
        }
    }
    own->open_item = item;
    own->open_option = option;
    own->part = add_part(in, out, state, own, item, option, own->size[item][option]);
    own->left -= own->size[item][option];
}

/* A size that is told, or a category that begins. */
static void notice(struct reader *in, struct published *out, struct release_file_state *state,
                   struct own *own, const struct known *known, const struct figure *figure) {
    int item = (int)figure->unit / 32, option = (int)figure->unit % 32;
    if (figure->level == SCHOOL && figure->kind == OPTION && figure->status == 0 &&
        figure->subject < KNOWN_ITEMS && figure->index < KNOWN_OPTIONS) {
        own->size[figure->subject][figure->index] = (long)figure->low;
    }
    if (figure->level == SCHOOL && figure->about == 1 && figure->status != 0 &&
        known->item[figure->subject].scale != KNOWN_NONE) {
        own->unsure[known->item[figure->subject].scale] = true;
    }
    /*
     * With the deviation, alpha tells how far the items' variances go: of counts that are told exactly
     * nothing new.
     */
    if (figure->kind == ALPHA && figure->status == 0 && own->unsure[figure->subject]) {
        fail(in, "alpha of a scale some of whose counts are hidden");
    }
    if (figure->level == CATEGORY && (item != own->open_item || option != own->open_option)) {
        begin_category(in, out, state, own, known, item, option);
    }
}

/* The batches of the unit, and their contributions. */
static long cover(bool *has, const struct figure *figure, const struct own *own,
                  const struct published *out) {
    long sum = 0;
    if (figure->level == CATEGORY) {
        has[own->part] = true;
        return out->contributions[own->part];
    }
    for (int i = 0; i < own->count; i++) {
        bool in =
            own->told[i] && (figure->level == SCHOOL || (figure->level == CLASS && (int)figure->unit == i) ||
                             (figure->level == YEAR && (int)figure->unit == own->stratum[i]));
        if (in) {
            has[own->number[i]] = true;
            sum += out->contributions[own->number[i]];
        }
    }
    return sum;
}

static enum published_what what_of(const struct figure *figure, const struct known *known) {
    static const enum published_what whats[] = {PUBLISHED_PARTICIPATION,
                                                PUBLISHED_PARTICIPATION,
                                                PUBLISHED_PARTICIPATION,
                                                PUBLISHED_OPTION,
                                                PUBLISHED_GROUP,
                                                PUBLISHED_OPTION,
                                                PUBLISHED_GROUP,
                                                PUBLISHED_OPTION,
                                                PUBLISHED_OPTION,
                                                PUBLISHED_NO_ANSWER,
                                                PUBLISHED_NOT_ASKED,
                                                PUBLISHED_MISSING,
                                                PUBLISHED_BIN,
                                                PUBLISHED_NOT_COUNTED,
                                                PUBLISHED_MEAN,
                                                PUBLISHED_SQUARES,
                                                PUBLISHED_FAR};
    if (figure->kind >= sizeof whats / sizeof whats[0]) {
        return PUBLISHED_WHATS;
    }
    if (figure->kind == NO_ANSWER && known->item[figure->subject].step_count) {
        return PUBLISHED_SKIPPED;
    }
    return whats[figure->kind];
}

static int index_of(const struct figure *figure, const struct known_item *item) {
    enum known_option_kind wanted = figure->kind == DONT_KNOW ? KNOWN_DONT_KNOW : KNOWN_RATHER_NOT;
    bool code = figure->kind == DONT_KNOW || figure->kind == RATHER_NOT;
    for (int i = 0; code && i < item->option_count; i++) {
        if (item->option[i].kind == wanted) {
            return i;
        }
    }
    return (int)(figure->kind < OPTION ? figure->kind : figure->index);
}

static double square(double value) {
    return value * value;
}

static double from_zero(double value) {
    return value < 0 ? 0 : value;
}

/*
 * What a deviation and an error say, given the mean before them: sum of squares = (n - 1)·deviation² +
 * n·mean²; with error² = m/(m - 1)·(sum of z²)/n² over m batches, and all z adding up to 0, no z is above
 * error·n·(m - 1)/m.
 */
static bool derive(struct published_row *row, const struct figure *figure, const struct figure *mean) {
    double n = (double)mean->n;
    if (mean->kind != MEAN || mean->status == 2 || mean->n == 0 || mean->level != figure->level ||
        mean->unit != figure->unit || mean->subject != figure->subject) {
        return false;
    }
    if (figure->kind == DEVIATION) {
        row->low = (n - 1) * square(from_zero(figure->low)) + n * square(mean->low);
        row->high = (n - 1) * square(figure->high) + n * square(mean->high);
    } else {
        double batches = (double)figure->n;
        row->high = figure->high * n * (batches - 1) / batches;
        row->mean[0] = mean->low;
        row->mean[1] = mean->high;
    }
    return true;
}

static void add_more(struct published *out, const struct published_row *like, enum published_what what,
                     double n) {
    struct published_row row = *like;
    row.what = what;
    row.low = row.high = n;
    *published_add(out) = row;
}

static void add_figure(struct published *out, const struct known *known, const struct own *own,
                       const struct figure *figure, struct figure *mean) {
    struct published_row row = {.subject = (int)figure->subject, .low = figure->low, .high = figure->high};
    long covered = cover(row.has, figure, own, out);
    if (figure->status == 2 || figure->kind >= ALPHA) {
        return;
    }
    row.what = what_of(figure, known);
    row.index = index_of(figure, &known->item[figure->subject]);
    row.with_declined = (long)figure->n == covered;
    if (figure->kind >= DEVIATION && !derive(&row, figure, mean)) {
        return;
    }
    *published_add(out) = row;
    if (figure->kind == MEAN) {
        *mean = *figure;
        if (figure->n) {
            add_more(out, &row, PUBLISHED_SCALE_N, (double)figure->n);
        }
    } else if (figure->about != 0 && figure->kind < MEAN && !row.with_declined) {
        /* The row adds up to those who took part. */
        struct published_row declined = row;
        declined.index = 2;
        add_more(out, &declined, PUBLISHED_PARTICIPATION, (double)(covered - (long)figure->n));
    }
}

void release_file_read(struct published *out, struct release_file_state *state, const struct known *known,
                       const char *path) {
    struct reader in = {.path = path};
    static struct own own;
    struct figure mean = {0};
    int first_stratum = state->count;
    own.count = 0;
    own.open_item = KNOWN_NONE;
    memset(own.size, 0xFF, sizeof own.size);
    memset(own.unsure, 0, sizeof own.unsure);
    load(&in);
    struct head head = read_head(&in);
    for (unsigned long i = 0; i < head.batches; i++) {
        read_batch(&in, out, state, &own, first_stratum);
    }
    skip_descriptions(&in, &head);
    for (unsigned long i = 0; i < head.figures; i++) {
        struct figure figure = read_one(&in);
        notice(&in, out, state, &own, known, &figure);
        add_figure(out, known, &own, &figure, &mean);
    }
    end_item(&in, out, state, &own);
    out->release_count++;
    (void)take(&in, 64);
    if (in.at != in.size) {
        fail(&in, "more bytes than a release has");
    }
    free(in.data);
}
