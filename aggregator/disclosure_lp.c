/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_lp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lpsolve/lp_lib.h>

#include "core/secret.h"

/*
 * Column 1 + i is the deviation of cell i within what is told of it; two more columns, for cells of which something is told, carry it beyond: these cost what hiding the cell costs.
 */
struct disclosure_lp {
    const struct protect *protect;
    lprec *program;
    double *objective; /* in secret memory, one a column and one more */
    int *column;
    int columns;
    int steps;
    int *beyond; /* per cell: its column upwards, the next is downwards */
};

/*
 * Steps of one search for a table of whole numbers; without one the cell counts as not protected. Steps and no
 * seconds, so that the same result gives the same release on every machine.
 */
enum { WHOLE_STEPS = 20000 };

static double lowest(const struct protect_cell *cell) {
    double low = cell->state == PROTECT_EXACT ? cell->value : cell->state == PROTECT_BANDED ? cell->low : 0;
    return low - cell->value;
}

static double highest(const struct protect_cell *cell) {
    double high = cell->state == PROTECT_EXACT    ? cell->value
                  : cell->state == PROTECT_BANDED ? cell->high
                                                  : cell->cap;
    return high - cell->value;
}

struct disclosure_lp *disclosure_lp_free(struct disclosure_lp *lp) {
    if (lp) {
        if (lp->program) {
            delete_lp(lp->program);
        }
        secret_free(lp->objective);
        free(lp->column);
        free(lp->beyond);
        free(lp);
    }
    return NULL;
}

static bool add_relation(struct disclosure_lp *lp, const struct protect_relation *relation) {
    const struct protect *protect = lp->protect;
    int count = 0;
    int64_t sum = 0;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        int first = lp->beyond[term->cell];
        sum += (int64_t)term->factor * protect->cell[term->cell].value;
        lp->column[count] = 1 + (int)term->cell;
        lp->objective[count++] = term->factor;
        lp->column[count] = first;
        lp->objective[count++] = term->factor;
        lp->column[count] = first + 1;
        lp->objective[count++] = -term->factor;
    }
    double slack = relation->equal ? 0 : (double)(relation->limit - sum);
    return add_constraintex(lp->program, count, lp->objective, lp->column, relation->equal ? EQ : LE, slack);
}

static bool build(struct disclosure_lp *lp) {
    const struct protect *protect = lp->protect;
    lp->program = make_lp(0, lp->columns);
    bool built = lp->program != NULL;
    if (built) {
        set_verbose(lp->program, NEUTRAL);
        set_scaling(lp->program, 0);
        (void)set_add_rowmode(lp->program, TRUE);
    }
    for (uint32_t i = 0; built && i < protect->relation_count; i++) {
        built = add_relation(lp, &protect->relation[i]);
    }
    if (built) {
        (void)set_add_rowmode(lp->program, FALSE);
    }
    return built;
}

enum fault disclosure_lp_new(struct disclosure_lp **out, const struct protect *protect) {
    struct disclosure_lp *lp = calloc(1, sizeof *lp);
    void *memory = NULL;
    *out = NULL;
    if (!lp) {
        return FAULT_MEMORY;
    }
    lp->protect = protect;
    lp->columns = (int)(3 * protect->cell_count);
    lp->beyond = calloc(protect->cell_count + (size_t)1, sizeof *lp->beyond);
    size_t room = 3 * (protect->cell_count + (size_t)protect->term_count) + 1;
    lp->column = calloc(room, sizeof *lp->column);
    enum fault fault =
        lp->beyond && lp->column ? secret_new(&memory, room * sizeof *lp->objective) : FAULT_MEMORY;
    lp->objective = memory;
    for (uint32_t i = 0; !fault && i < protect->cell_count; i++) {
        lp->beyond[i] = (int)(protect->cell_count + 2 * i + 1);
    }
    if (!fault && !build(lp)) {
        fault = FAULT_MEMORY;
    }
    if (fault) {
        lp = disclosure_lp_free(lp);
    }
    *out = lp;
    return fault;
}

static void set_room(struct disclosure_lp *lp, bool beyond) {
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        const struct protect_cell *cell = &lp->protect->cell[i];
        double low = lowest(cell), high = highest(cell);
        (void)set_bounds(lp->program, 1 + (int)i, low, high);
        (void)set_bounds(lp->program, lp->beyond[i], 0, beyond ? cell->cap - cell->value - high : 0);
        (void)set_bounds(lp->program, lp->beyond[i] + 1, 0, beyond ? cell->value + low : 0);
    }
}

static bool solve_into(struct disclosure_lp *lp, int32_t *deviation, bool *hide) {
    double *value = NULL;
    int status = solve(lp->program);
    bool found = (status == OPTIMAL || status == PRESOLVED || status == SUBOPTIMAL) &&
                 get_ptr_variables(lp->program, &value);
    for (uint32_t i = 0; found && i < lp->protect->cell_count; i++) {
        double up = value[lp->beyond[i] - 1], down = value[lp->beyond[i]];
        deviation[i] = (int32_t)lround(value[i] + up - down);
        if (hide) {
            hide[i] = up > 1e-6 || down > 1e-6;
        }
    }
    return found;
}

static void set_objective(struct disclosure_lp *lp, int count, bool maximise) {
    (void)set_obj_fnex(lp->program, count, lp->objective, lp->column);
    if (maximise) {
        set_maxim(lp->program);
    } else {
        set_minim(lp->program);
    }
}

bool disclosure_lp_reach(struct disclosure_lp *lp, const int8_t *direction, int32_t *deviation) {
    int count = 0;
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        if (direction[i]) {
            lp->column[count] = 1 + (int)i;
            lp->objective[count++] = direction[i];
        }
    }
    set_room(lp, false);
    set_objective(lp, count, true);
    return solve_into(lp, deviation, NULL);
}

bool disclosure_lp_complement(struct disclosure_lp *lp, uint32_t cell, uint32_t value, int32_t *deviation,
                              bool *hide) {
    const struct protect *protect = lp->protect;
    double wanted = (double)value - protect->cell[cell].value;
    int count = 0;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        for (int way = 0; way < 2; way++) {
            lp->column[count] = lp->beyond[i] + way;
            lp->objective[count++] = protect->cell[i].weight;
        }
    }
    set_room(lp, true);
    (void)set_bounds(lp->program, 1 + (int)cell, wanted, wanted);
    (void)set_bounds(lp->program, lp->beyond[cell], 0, 0);
    (void)set_bounds(lp->program, lp->beyond[cell] + 1, 0, 0);
    set_objective(lp, count, false);
    return solve_into(lp, deviation, hide);
}

static int __WINAPI is_enough(lprec *program, void *context) {
    struct disclosure_lp *lp = context;
    (void)program;
    lp->steps--;
    return lp->steps <= 0;
}

bool disclosure_lp_whole(struct disclosure_lp *lp, uint32_t cell, uint32_t value, bool high,
                         int32_t *deviation) {
    const struct protect_cell *wanted = &lp->protect->cell[cell];
    double bound = (double)value - wanted->value;
    set_room(lp, false);
    (void)set_bounds(lp->program, 1 + (int)cell, high ? bound : lowest(wanted),
                     high ? highest(wanted) : bound);
    lp->column[0] = 1 + (int)cell;
    lp->objective[0] = 1;
    set_objective(lp, 1, !high);
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        (void)set_int(lp->program, 1 + (int)i, TRUE);
    }
    set_break_at_first(lp->program, TRUE);
    lp->steps = WHOLE_STEPS;
    put_abortfunc(lp->program, is_enough, lp);
    bool found = solve_into(lp, deviation, NULL);
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        (void)set_int(lp->program, 1 + (int)i, FALSE);
    }
    put_abortfunc(lp->program, NULL, NULL);
    return found;
}
