/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <stdlib.h>

/* Adds the row and empties the terms for the next one. */
static void row(struct world *world, struct solver_terms *terms, double low, double high) {
    (void)solver_row(world->solver, terms, low, high);
    solver_terms_clear(terms);
}

void world_add_consenting(struct solver_terms *out, const struct world *world, int batch, double factor) {
    solver_terms_add(out, world->batch[batch].participation[0], factor);
    solver_terms_add(out, world->batch[batch].participation[1], factor);
}

void world_add_cell(struct solver_terms *out, const struct world *world, int batch, int item, int cell,
                    double factor) {
    solver_terms_add(out, world->batch[batch].cell[item][cell], factor);
}

void world_add_group(struct solver_terms *out, const struct world *world, int batch, int item, int group,
                     double factor) {
    const struct known_item *asked = &world->known->item[item];
    if (asked->kind == KNOWN_MULTIPLE) {
        world_add_cell(out, world, batch, item, known_any(asked, group), factor);
        return;
    }
    for (int i = 0; i < asked->option_count; i++) {
        if (asked->option[i].kind == KNOWN_ANSWER && asked->option[i].group == group) {
            world_add_cell(out, world, batch, item, i, factor);
        }
    }
}

void world_add_answered(struct solver_terms *out, const struct world *world, int batch, int item,
                        double factor) {
    const struct known_item *asked = &world->known->item[item];
    if (asked->kind == KNOWN_MULTIPLE) {
        world_add_cell(out, world, batch, item, known_answered(asked), factor);
        return;
    }
    for (int i = 0; i < asked->option_count; i++) {
        if (asked->option[i].kind == KNOWN_ANSWER) {
            world_add_cell(out, world, batch, item, i, factor);
        }
    }
}

/* Everybody who took part is in one state of the item: an answer, a missing code, skipped, not asked. */
static void add_states(struct world *world, int batch, int item) {
    const struct known_item *asked = &world->known->item[item];
    struct solver_terms terms = {0};
    world_add_answered(&terms, world, batch, item, 1);
    for (int i = 0; i < asked->option_count; i++) {
        if (asked->option[i].kind != KNOWN_ANSWER) {
            world_add_cell(&terms, world, batch, item, i, 1);
        }
    }
    world_add_cell(&terms, world, batch, item, known_skipped(asked), 1);
    world_add_cell(&terms, world, batch, item, known_not_asked(asked), 1);
    world_add_consenting(&terms, world, batch, -1);
    row(world, &terms, 0, 0);
    solver_terms_release(&terms);
}

/* An option is chosen by at most who answered, and an exclusive one by nobody who chose another. */
static void add_choices(struct world *world, int batch, int item) {
    const struct known_item *asked = &world->known->item[item];
    struct solver_terms terms = {0};
    for (int i = 0; i < asked->option_count; i++) {
        if (asked->option[i].kind != KNOWN_ANSWER) {
            continue;
        }
        world_add_cell(&terms, world, batch, item, i, 1);
        for (int j = 0; j < asked->option_count; j++) {
            if (j != i && asked->option[j].kind == KNOWN_ANSWER && asked->option[j].exclusive) {
                world_add_cell(&terms, world, batch, item, j, 1);
            }
        }
        world_add_answered(&terms, world, batch, item, -1);
        row(world, &terms, -SOLVER_FREE, 0);
        world_add_cell(&terms, world, batch, item, i, 1);
        world_add_group(&terms, world, batch, item, asked->option[i].group, -1);
        row(world, &terms, -SOLVER_FREE, 0);
    }
    solver_terms_release(&terms);
}

static void add_any(struct world *world, int batch, int item) {
    const struct known_item *asked = &world->known->item[item];
    struct solver_terms terms = {0};
    struct solver_terms all = {0};
    for (int group = 0; group < asked->group_count; group++) {
        world_add_group(&all, world, batch, item, group, 1);
        world_add_group(&terms, world, batch, item, group, 1);
        for (int i = 0; i < asked->option_count; i++) {
            if (asked->option[i].kind == KNOWN_ANSWER && asked->option[i].group == group) {
                world_add_cell(&terms, world, batch, item, i, -1);
            }
        }
        row(world, &terms, -SOLVER_FREE, 0);
        world_add_group(&terms, world, batch, item, group, 1);
        for (int i = 0; i < asked->option_count; i++) {
            if (asked->option[i].kind == KNOWN_ANSWER && asked->option[i].exclusive &&
                asked->option[i].group != group) {
                world_add_cell(&terms, world, batch, item, i, 1);
            }
        }
        world_add_answered(&terms, world, batch, item, -1);
        row(world, &terms, -SOLVER_FREE, 0);
    }
    world_add_answered(&all, world, batch, item, -1);
    row(world, &all, 0, SOLVER_FREE);
    solver_terms_release(&terms);
    solver_terms_release(&all);
}

/* Whether the condition's truth follows from one select one alone; then which of its options make it true. */
static bool condition_of_one(const struct known *known, const struct known_item *asked, int *parent,
                             bool *when) {
    bool stack[KNOWN_STEPS];
    *parent = KNOWN_NONE;
    for (int i = 0; i < asked->step_count; i++) {
        if (asked->step[i].kind <= KNOWN_SELECTED) {
            if (*parent != KNOWN_NONE && *parent != asked->step[i].item) {
                return false;
            }
            *parent = asked->step[i].item;
        }
    }
    if (*parent == KNOWN_NONE || known->item[*parent].kind != KNOWN_ONE) {
        return false;
    }
    /* [option_count] stands for whoever chose nothing there. */
    for (int choice = 0; choice <= known->item[*parent].option_count; choice++) {
        int depth = 0;
        for (int i = 0; i < asked->step_count; i++) {
            const struct known_step *step = &asked->step[i];
            if (step->kind <= KNOWN_SELECTED) {
                bool same = step->option == choice;
                stack[depth++] = step->kind == KNOWN_NOT_EQUALS ? !same : same;
            } else if (step->kind == KNOWN_NOT) {
                stack[depth - 1] = !stack[depth - 1];
            } else {
                depth--;
                stack[depth - 1] = step->kind == KNOWN_AND ? stack[depth - 1] && stack[depth]
                                                           : stack[depth - 1] || stack[depth];
            }
        }
        when[choice] = stack[0];
    }
    return true;
}

/*
 * Who was asked, but for those who stopped before it: of a select one exactly whose choice makes the
 * condition true.
 */
static void add_condition(struct world *world, int batch, int item) {
    const struct known *known = world->known;
    const struct known_item *asked = &known->item[item];
    bool when[KNOWN_OPTIONS + 1];
    int parent = KNOWN_NONE;
    if (!condition_of_one(known, asked, &parent, when)) {
        return;
    }
    const struct known_item *above = &known->item[parent];
    struct solver_terms terms = {0};
    for (int both = 0; both < 2; both++) {
        world_add_cell(&terms, world, batch, item, known_not_asked(asked), 1);
        for (int i = 0; i < above->option_count; i++) {
            if (!when[i]) {
                world_add_cell(&terms, world, batch, parent, i, -1);
            }
        }
        if (!when[above->option_count]) {
            world_add_cell(&terms, world, batch, parent, known_skipped(above), -1);
            world_add_cell(&terms, world, batch, parent, known_not_asked(above), -1);
        }
        if (both == 0) {
            row(world, &terms, 0, SOLVER_FREE);
        } else {
            solver_terms_add(&terms, world->batch[batch].participation[1], -1);
            row(world, &terms, -SOLVER_FREE, 0);
        }
    }
    solver_terms_release(&terms);
}

/* Each `selected` alone: who is asked because of one option of a multiple is at least who chose it. */
static void add_selected(struct world *world, int batch, int item) {
    const struct known *known = world->known;
    const struct known_item *asked = &known->item[item];
    struct solver_terms terms = {0};
    struct solver_terms most = {0};
    bool only = asked->step_count > 0;
    for (int i = 0; i < asked->step_count; i++) {
        only = only && (asked->step[i].kind == KNOWN_SELECTED || asked->step[i].kind == KNOWN_OR) &&
               (asked->step[i].kind == KNOWN_OR || known->item[asked->step[i].item].kind == KNOWN_MULTIPLE);
    }
    for (int i = 0; only && i < asked->step_count; i++) {
        if (asked->step[i].kind == KNOWN_OR) {
            continue;
        }
        int chosen = asked->step[i].option;
        world_add_consenting(&terms, world, batch, 1);
        world_add_cell(&terms, world, batch, item, known_not_asked(asked), -1);
        solver_terms_add(&terms, world->batch[batch].participation[1], 1);
        world_add_cell(&terms, world, batch, asked->step[i].item, chosen, -1);
        row(world, &terms, 0, SOLVER_FREE);
        world_add_cell(&most, world, batch, asked->step[i].item, chosen, 1);
    }
    if (only) {
        world_add_consenting(&most, world, batch, -1);
        world_add_cell(&most, world, batch, item, known_not_asked(asked), 1);
        row(world, &most, 0, SOLVER_FREE);
    }
    solver_terms_release(&terms);
    solver_terms_release(&most);
}

/*
 * Without a condition only those who stopped were not asked, and of two such pages the later one was seen by
 * fewer. `before` is the column of the page before.
 */
static void add_unseen(struct world *world, int batch, int item, int *before) {
    const struct known_item *asked = &world->known->item[item];
    struct solver_terms terms = {0};
    int unseen = world->batch[batch].cell[item][known_not_asked(asked)];
    solver_terms_add(&terms, unseen, 1);
    solver_terms_add(&terms, world->batch[batch].participation[1], -1);
    row(world, &terms, -SOLVER_FREE, 0);
    if (*before) {
        solver_terms_add(&terms, unseen, 1);
        solver_terms_add(&terms, *before, -1);
        row(world, &terms, 0, SOLVER_FREE);
    }
    *before = unseen;
    solver_terms_release(&terms);
}

static void add_item(struct world *world, int batch, int item, int *before) {
    const struct known_item *asked = &world->known->item[item];
    struct world_batch *at = &world->batch[batch];
    int count = known_cell_count(asked);
    at->cell[item] = calloc((size_t)count + 1, sizeof *at->cell[item]);
    if (!at->cell[item]) {
        exit(2);
    }
    for (int i = 0; i < count; i++) {
        at->cell[item][i] = solver_column(world->solver, 0, (double)at->contributions, true);
    }
    add_states(world, batch, item);
    if (asked->kind == KNOWN_MULTIPLE) {
        add_choices(world, batch, item);
        add_any(world, batch, item);
    }
    if (asked->step_count) {
        add_condition(world, batch, item);
        add_selected(world, batch, item);
    } else {
        add_unseen(world, batch, item, before);
    }
}

/* What the items' answers say together: who gave how many, and which scores. */
static void add_scale_links(struct world *world, int batch, int scale) {
    const struct known *known = world->known;
    const struct known_scale *about = &known->scale[scale];
    const struct world_scale *at = &world->batch[batch].scale[scale];
    struct solver_terms answered = {0};
    struct solver_terms raw = {0};
    for (int i = 0; i < known->item_count; i++) {
        const struct known_item *item = &known->item[i];
        for (int j = 0; item->scale == scale && j < item->option_count; j++) {
            if (item->option[j].kind == KNOWN_ANSWER) {
                int score =
                    item->reverse ? about->low + about->high - item->option[j].score : item->option[j].score;
                world_add_cell(&answered, world, batch, i, j, 1);
                world_add_cell(&raw, world, batch, i, j, score);
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        solver_terms_add(&answered, at->answered[i], -1);
        solver_terms_add(&raw, at->raw[i], -1);
    }
    row(world, &answered, 0, 0);
    row(world, &raw, 0, 0);
    solver_terms_release(&answered);
    solver_terms_release(&raw);
}

/* low * a - b <= 0 <= high * a - b */
static void between(struct world *world, double low, double high, const int *a, const double *a_factor,
                    int count, const int *b, const double *b_factor, int b_count) {
    struct solver_terms terms = {0};
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < count; i++) {
            solver_terms_add(&terms, a[i], a_factor[i] * (side ? high : low));
        }
        for (int i = 0; i < b_count; i++) {
            solver_terms_add(&terms, b[i], -b_factor[i]);
        }
        row(world, &terms, side ? 0 : -SOLVER_FREE, side ? SOLVER_FREE : 0);
    }
    solver_terms_release(&terms);
}

/*
 * Everybody who counts lies in one bin; the sum of the scores and that of their squares lie between those of
 * the bins' ends. For a score s between low and high, s² <= (low + high)·s - low·high, and s² >= 2cs - c² for
 * any c.
 */
static void add_bins(struct world *world, int batch, int scale) {
    const struct known_scale *about = &world->known->scale[scale];
    struct world_scale *s = &world->batch[batch].scale[scale];
    int bins = known_bin_count(about);
    double c = (double)world->batch[batch].contributions;
    double ones[KNOWN_BINS];
    double least[KNOWN_BINS];
    double most[KNOWN_BINS];
    double width = (about->high - about->low) / (double)bins;
    struct solver_terms terms = {0};
    s->square = solver_column(world->solver, 0, c * about->high * about->high, false);
    for (int i = 0; i < bins; i++) {
        s->bin[i] = solver_column(world->solver, 0, c, true);
        ones[i] = 1;
        least[i] = about->low + i * width;
        most[i] = least[i] + width;
    }
    between(world, 1, 1, s->bin, ones, bins, (int[]){s->n}, (double[]){1}, 1);
    for (int square = 0; square < 2; square++) {
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < bins; i++) {
                double end = side ? most[i] : least[i];
                solver_terms_add(&terms, s->bin[i], square ? end * end : end);
            }
            solver_terms_add(&terms, square ? s->square : s->mean, -1);
            row(world, &terms, side ? 0 : -SOLVER_FREE, side ? SOLVER_FREE : 0);
        }
    }
    solver_terms_add(&terms, s->mean, about->low + about->high);
    solver_terms_add(&terms, s->n, -(double)about->low * about->high);
    solver_terms_add(&terms, s->square, -1);
    row(world, &terms, 0, SOLVER_FREE);
    for (int i = 0; i <= 2 * bins; i++) {
        double at = about->low + i * width / 2;
        solver_terms_add(&terms, s->mean, 2 * at);
        solver_terms_add(&terms, s->n, -at * at);
        solver_terms_add(&terms, s->square, -1);
        row(world, &terms, -SOLVER_FREE, 0);
    }
    solver_terms_release(&terms);
}

/*
 * A scale counts for who answered at least `least` = ceil(4 m / 5) of its m items. With n such pupils, mean
 * score s and answered a each: the sum of s is between n·low and n·high; the sum of a between n·least and
 * n·m; the raw sum of a·s between low and high times the sum of a; and the sum of (m - a)·s between low and
 * high times the sum of (m - a).
 */
static void add_scale(struct world *world, int batch, int scale) {
    const struct known_scale *about = &world->known->scale[scale];
    struct world_batch *at = &world->batch[batch];
    struct world_scale *s = &at->scale[scale];
    double c = (double)at->contributions;
    int m = about->item_count;
    int least = (4 * m + 4) / 5;
    s->n = solver_column(world->solver, 0, c, true);
    s->mean = solver_column(world->solver, 0, c * about->high, false);
    for (int i = 0; i < 2; i++) {
        s->answered[i] = solver_column(world->solver, 0, c * m, true);
        s->raw[i] = solver_column(world->solver, 0, c * m * about->high, true);
    }
    add_scale_links(world, batch, scale);
    between(world, about->low, about->high, (int[]){s->n}, (double[]){1}, 1, (int[]){s->mean}, (double[]){1},
            1);
    between(world, least, m, (int[]){s->n}, (double[]){1}, 1, (int[]){s->answered[0]}, (double[]){1}, 1);
    for (int i = 0; i < 2; i++) {
        between(world, about->low, about->high, (int[]){s->answered[i]}, (double[]){1}, 1, (int[]){s->raw[i]},
                (double[]){1}, 1);
    }
    between(world, about->low, about->high, (int[]){s->n, s->answered[0]}, (double[]){m, -1}, 2,
            (int[]){s->mean, s->raw[0]}, (double[]){m, -1}, 2);
    int others[3] = {at->participation[0], at->participation[1], s->n};
    double factors[3] = {1, 1, -1};
    between(world, 0, least - 1, others, factors, 3, (int[]){s->answered[1]}, (double[]){1}, 1);
    add_bins(world, batch, scale);
}

static void add_batch(struct world *world, int batch) {
    const struct known *known = world->known;
    struct world_batch *at = &world->batch[batch];
    struct solver_terms terms = {0};
    int before = 0;
    for (int i = 0; i < 3; i++) {
        at->participation[i] = solver_column(world->solver, 0, (double)at->contributions, true);
        solver_terms_add(&terms, at->participation[i], 1);
    }
    row(world, &terms, (double)at->contributions, (double)at->contributions);
    for (int i = 0; i < known->item_count; i++) {
        if (known->item[i].kind != KNOWN_NOTE) {
            add_item(world, batch, i, &before);
        }
    }
    for (int i = 0; i < known->scale_count; i++) {
        add_scale(world, batch, i);
    }
    solver_terms_release(&terms);
}

void world_init(struct world *out, const struct known *known, const long *contributions, int batch_count) {
    *out = (struct world){.known = known, .solver = solver_new(), .batch_count = batch_count};
    out->batch = calloc((size_t)batch_count + 1, sizeof *out->batch);
    if (!out->batch) {
        exit(2);
    }
    for (int i = 0; i < batch_count; i++) {
        out->batch[i].known = contributions[i] >= 0;
        out->batch[i].contributions = contributions[i];
        if (out->batch[i].known) {
            add_batch(out, i);
        }
    }
}

void world_release(struct world *world) {
    for (int i = 0; i < world->batch_count; i++) {
        for (int j = 0; j < KNOWN_ITEMS; j++) {
            free(world->batch[i].cell[j]);
        }
    }
    free(world->batch);
    solver_free(world->solver);
    *world = (struct world){0};
}
