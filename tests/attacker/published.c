/* SPDX-License-Identifier: Apache-2.0 */
#include "published.h"

#include <stdlib.h>
#include <string.h>

static void fail(const char *path, int line, const char *why) {
    fprintf(stderr, "attacker: %s, line %d: %s\n", path, line, why);
    exit(2);
}

void published_release(struct published *published) {
    free(published->row);
    *published = (struct published){0};
}

struct published_row *published_add(struct published *published) {
    if (published->row_count == published->row_room) {
        published->row_room = published->row_room ? published->row_room * 2 : 256;
        published->row = realloc(published->row, (size_t)published->row_room * sizeof *published->row);
        if (!published->row) {
            fail("rows", 0, "memory is out");
        }
    }
    struct published_row *row = &published->row[published->row_count++];
    *row = (struct published_row){0};
    return row;
}

static bool read_batches(struct published_row *row, char *text, int batch_count) {
    if (strcmp(text, "all") == 0) {
        for (int i = 0; i < batch_count; i++) {
            row->has[i] = true;
        }
        return batch_count > 0;
    }
    while (*text) {
        char *end = NULL;
        long from = strtol(text, &end, 10);
        long to = from;
        if (end == text) {
            return false;
        }
        if (*end == '-') {
            text = end + 1;
            to = strtol(text, &end, 10);
        }
        if (from < 0 || to < from || to >= batch_count || (*end && *end != ',')) {
            return false;
        }
        for (long i = from; i <= to; i++) {
            row->has[i] = true;
        }
        text = *end ? end + 1 : end;
    }
    return true;
}

static const char *const words[PUBLISHED_WHATS] = {
    "participation", "option", "group", "answered",    "no_answer", "missing", "skipped",
    "not_asked",     "n",      "mean",  "not_counted", "bin",       "squares", "far"};

static bool read_row(struct published *out, char *rest) {
    struct published_row *row = published_add(out);
    char batches[256];
    char subject[16];
    char what[24];
    char more;
    if (sscanf(rest, "%255s %15s %23s %d %lf %lf %c", batches, subject, what, &row->index, &row->low,
               &row->high, &more) != 6) {
        return false;
    }
    row->subject = strcmp(subject, "-") == 0 ? KNOWN_NONE : atoi(subject);
    row->what = PUBLISHED_WHATS;
    for (int i = 0; i < PUBLISHED_WHATS; i++) {
        if (strcmp(words[i], what) == 0) {
            row->what = (enum published_what)i;
        }
    }
    return row->what != PUBLISHED_WHATS && read_batches(row, batches, out->batch_count);
}

static bool read_batch(struct published *out, const char *rest) {
    char contributions[16];
    int stratum = 0;
    if (out->batch_count == KNOWN_BATCHES || sscanf(rest, "%15s %d", contributions, &stratum) != 2 ||
        stratum < 0 || stratum >= KNOWN_BATCHES) {
        return false;
    }
    out->contributions[out->batch_count] = strcmp(contributions, "-") == 0 ? -1 : atol(contributions);
    out->stratum[out->batch_count++] = stratum;
    return true;
}

void published_read_text(struct published *out, const char *path) {
    char *line = NULL;
    size_t room = 0;
    int number = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        fail(path, 0, "cannot be read");
        return;
    }
    while (getline(&line, &room, file) >= 0) {
        number++;
        if (strncmp(line, "batch ", 6) == 0 ? !read_batch(out, line + 6)
            : strncmp(line, "row ", 4) == 0 ? !read_row(out, line + 4)
                                            : *line != '#' && *line != '\n') {
            fail(path, number, "cannot be understood");
        }
    }
    free(line);
    (void)fclose(file);
}

static bool fits(const struct published_row *row, const struct known *known) {
    if (row->what == PUBLISHED_PARTICIPATION) {
        return row->index >= 0 && row->index < 3;
    }
    if (row->what >= PUBLISHED_SCALE_N) {
        return row->subject >= 0 && row->subject < known->scale_count && row->index >= 0 &&
               (row->what != PUBLISHED_BIN || row->index < known_bin_count(&known->scale[row->subject]));
    }
    if (row->subject < 0 || row->subject >= known->item_count ||
        known->item[row->subject].kind == KNOWN_NOTE) {
        return false;
    }
    const struct known_item *item = &known->item[row->subject];
    return row->index >= 0 && (row->what != PUBLISHED_OPTION || row->index < item->option_count) &&
           (row->what != PUBLISHED_GROUP || row->index < item->group_count);
}

static void add_missing(struct solver_terms *terms, const struct world *world, int batch,
                        const struct published_row *row) {
    const struct known_item *item = &world->known->item[row->subject];
    for (int i = 0; row->what == PUBLISHED_MISSING && i < item->option_count; i++) {
        if (item->option[i].kind != KNOWN_ANSWER) {
            world_add_cell(terms, world, batch, row->subject, i, 1);
        }
    }
    if (row->what != PUBLISHED_NOT_ASKED) {
        world_add_cell(terms, world, batch, row->subject, known_skipped(item), 1);
    }
    if (row->what != PUBLISHED_SKIPPED) {
        world_add_cell(terms, world, batch, row->subject, known_not_asked(item), 1);
    }
    if (row->with_declined && row->what != PUBLISHED_SKIPPED) {
        solver_terms_add(terms, world->batch[batch].participation[2], 1);
    }
}

static void add_scale(struct solver_terms *terms, const struct world *world, int batch,
                      const struct published_row *row) {
    const struct world_scale *scale = &world->batch[batch].scale[row->subject];
    if (row->what == PUBLISHED_SCALE_N) {
        solver_terms_add(terms, scale->n, 1);
    } else if (row->what == PUBLISHED_BIN) {
        solver_terms_add(terms, scale->bin[row->index], 1);
    } else if (row->what == PUBLISHED_SQUARES) {
        solver_terms_add(terms, scale->square, 1);
    } else if (row->what == PUBLISHED_NOT_COUNTED) {
        world_add_consenting(terms, world, batch, 1);
        solver_terms_add(terms, scale->n, -1);
        if (row->with_declined) {
            solver_terms_add(terms, world->batch[batch].participation[2], 1);
        }
    }
}

static void add_batch(struct solver_terms *terms, const struct world *world, int batch,
                      const struct published_row *row) {
    if (row->what == PUBLISHED_PARTICIPATION) {
        solver_terms_add(terms, world->batch[batch].participation[row->index], 1);
    } else if (row->what == PUBLISHED_OPTION) {
        world_add_cell(terms, world, batch, row->subject, row->index, 1);
    } else if (row->what == PUBLISHED_GROUP) {
        world_add_group(terms, world, batch, row->subject, row->index, 1);
    } else if (row->what == PUBLISHED_ANSWERED) {
        world_add_answered(terms, world, batch, row->subject, 1);
    } else if (row->what < PUBLISHED_SCALE_N) {
        add_missing(terms, world, batch, row);
    } else {
        add_scale(terms, world, batch, row);
    }
}

/*
 * Every batch by itself: the sum of its scores is at most `high` away from n times the mean, wherever between
 * its limits that lies.
 */
static void apply_far(struct published_row *row, struct world *world) {
    struct solver_terms terms = {0};
    for (int i = 0; i < world->batch_count; i++) {
        for (int side = 0; row->has[i] && world->batch[i].known && side < 2; side++) {
            solver_terms_clear(&terms);
            solver_terms_add(&terms, world->batch[i].scale[row->subject].mean, 1);
            solver_terms_add(&terms, world->batch[i].scale[row->subject].n, -row->mean[side]);
            (void)solver_row(world->solver, &terms, side ? -SOLVER_FREE : -row->high,
                             side ? row->high : SOLVER_FREE);
        }
    }
    solver_terms_release(&terms);
}

/* A mean m of n pupils: low * n <= the sum of their scores <= high * n. */
static void apply_mean(struct published_row *row, struct world *world) {
    struct solver_terms terms = {0};
    for (int side = 0; side < 2; side++) {
        solver_terms_clear(&terms);
        for (int i = 0; i < world->batch_count; i++) {
            if (row->has[i] && world->batch[i].known) {
                solver_terms_add(&terms, world->batch[i].scale[row->subject].mean, 1);
                solver_terms_add(&terms, world->batch[i].scale[row->subject].n,
                                 -(side ? row->high : row->low));
            }
        }
        (void)solver_row(world->solver, &terms, side ? -SOLVER_FREE : 0, side ? 0 : SOLVER_FREE);
    }
    solver_terms_release(&terms);
}

/* Any other row. */
static void apply_sum(struct published_row *row, struct world *world) {
    struct solver_terms terms = {0};
    for (int i = 0; i < world->batch_count; i++) {
        if (row->has[i] && world->batch[i].known) {
            add_batch(&terms, world, i, row);
        }
    }
    (void)solver_row(world->solver, &terms, row->low, row->high);
    solver_terms_release(&terms);
}

void published_apply(struct published *published, struct world *world) {
    for (int i = 0; i < published->row_count; i++) {
        struct published_row *row = &published->row[i];
        if (!fits(row, world->known)) {
            fail("row", i, "it is about what the questionnaire does not have");
        }
        row->first_row = solver_row_count(world->solver) + 1;
        (row->what == PUBLISHED_MEAN  ? apply_mean
         : row->what == PUBLISHED_FAR ? apply_far
                                      : apply_sum)(row, world);
        row->row_count = solver_row_count(world->solver) + 1 - row->first_row;
    }
}

static bool held(const struct published_row *row, const struct world *world) {
    for (int i = 0; i < row->row_count; i++) {
        if (solver_holds(world->solver, row->first_row + i)) {
            return true;
        }
    }
    return false;
}

static void print_row(const struct published *published, const struct published_row *row) {
    printf("batches");
    for (int j = 0; j < published->batch_count; j++) {
        if (row->has[j]) {
            printf(" %d", j);
        }
    }
    printf(", item %d: %s %d from %g to %g\n", row->subject, words[row->what], row->index, row->low,
           row->high);
}

void published_print(const struct published *published) {
    for (int i = 0; i < published->row_count; i++) {
        print_row(published, &published->row[i]);
    }
}

void published_print_holding(const struct published *published, const struct world *world) {
    for (int i = 0; i < published->row_count; i++) {
        const struct published_row *row = &published->row[i];
        if (held(row, world)) {
            printf("    by ");
            print_row(published, row);
        }
    }
}
