/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

/* One column of a batch, by its place among all that a batch has; 0 when there is none. */
static int column(const struct world *world, int batch, int place) {
    const struct known *known = world->known;
    const struct world_batch *at = &world->batch[batch];
    enum { PER_SCALE = 7 + KNOWN_BINS };
    if (place < 3) {
        return at->participation[place];
    }
    place -= 3;
    if (place < known->scale_count * PER_SCALE) {
        const struct world_scale *scale = &at->scale[place / PER_SCALE];
        const int own[7] = {scale->n,      scale->mean,   scale->answered[0], scale->answered[1],
                            scale->raw[0], scale->raw[1], scale->square};
        place %= PER_SCALE;
        return place < 7 ? own[place] : scale->bin[place - 7];
    }
    place -= known->scale_count * PER_SCALE;
    int item = place / KNOWN_CELLS, cell = place % KNOWN_CELLS;
    bool there = known->item[item].kind != KNOWN_NOTE && cell < known_cell_count(&known->item[item]);
    return there ? at->cell[item][cell] : 0;
}

static int column_places(const struct known *known) {
    return 3 + known->scale_count * (7 + KNOWN_BINS) + known->item_count * KNOWN_CELLS;
}

/* The parts of one breakdown of one release are its batches. */
static void link_one(const struct published *published, struct world *world, int release, int part_of) {
    struct solver_terms terms = {0};
    for (int place = 0; place < column_places(world->known); place++) {
        solver_terms_clear(&terms);
        for (int i = 0; i < world->batch_count; i++) {
            bool part = published->part_of[i] == part_of;
            if (published->release[i] == release && world->batch[i].known &&
                (part || published->part_of[i] == 0)) {
                int found = column(world, i, place);
                if (found) {
                    solver_terms_add(&terms, found, part ? 1 : -1);
                }
            }
        }
        if (terms.count) {
            (void)solver_row(world->solver, &terms, 0, 0);
        }
    }
    solver_terms_release(&terms);
}

static void bound_category(const struct published *published, struct world *world, int at) {
    int item = published->part_of[at] - 1;
    double all = (double)published->contributions[at];
    if (published->category[at] != KNOWN_NONE) {
        solver_bound(world->solver, world->batch[at].participation[2], 0, 0);
        solver_bound(world->solver, world->batch[at].cell[item][published->category[at]], all, all);
        return;
    }
    for (int i = 0; i < world->batch_count; i++) {
        if (published->part_of[i] == item + 1 && published->release[i] == published->release[at] &&
            published->category[i] != KNOWN_NONE) {
            solver_bound(world->solver, world->batch[at].cell[item][published->category[i]], 0, 0);
        }
    }
}

void parts_link(const struct published *published, struct world *world) {
    for (int i = 0; i < world->batch_count; i++) {
        if (published->part_of[i]) {
            bound_category(published, world, i);
        }
        if (published->part_of[i] && published->category[i] == KNOWN_NONE) {
            link_one(published, world, published->release[i], published->part_of[i]);
        }
    }
}

static bool chose(const struct known_pupil *pupil, int item, int option) {
    for (int i = 0; i < pupil->count; i++) {
        if (pupil->item[i] == item && pupil->cell[i] == option) {
            return true;
        }
    }
    return false;
}

void parts_place_pupil(struct known *known, const struct published *published) {
    struct known_pupil *pupil = &known->pupil;
    for (int i = 0; pupil->there && i < published->batch_count; i++) {
        bool in = published->part_of[i] && published->release[i] == published->release[pupil->batch];
        if (in && published->category[i] != KNOWN_NONE) {
            in = chose(pupil, published->part_of[i] - 1, published->category[i]);
        }
        for (int j = 0; in && published->category[i] == KNOWN_NONE && j < published->batch_count; j++) {
            in = published->part_of[j] != published->part_of[i] || j == i ||
                 !chose(pupil, published->part_of[j] - 1, published->category[j]);
        }
        pupil->in[i] = pupil->in[i] || in;
    }
}
