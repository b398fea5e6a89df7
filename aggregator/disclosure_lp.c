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
    lprec *program;     /* one of these two */
    lprec *told, *wide; /* within what is told; and beyond it, with three columns a cell */
    double *objective;  /* in secret memory, one a column and one more */
    int *column;
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
    return (low < cell->floor && cell->state != PROTECT_EXACT ? cell->floor : low) - cell->value;
}

static double highest(const struct protect_cell *cell) {
    double high = cell->state == PROTECT_EXACT    ? cell->value
                  : cell->state == PROTECT_BANDED ? cell->high
                                                  : cell->cap;
    return (high > cell->cap && cell->state != PROTECT_EXACT ? cell->cap : high) - cell->value;
}

struct disclosure_lp *disclosure_lp_free(struct disclosure_lp *lp) {
    if (lp) {
        if (lp->told) {
            delete_lp(lp->told);
        }
        if (lp->wide) {
            delete_lp(lp->wide);
        }
        secret_free(lp->objective);
        free(lp->column);
        free(lp->beyond);
        free(lp);
    }
    return NULL;
}

static bool add_relation(struct disclosure_lp *lp, const struct protect_relation *relation, bool wide) {
    const struct protect *protect = lp->protect;
    int count = 0;
    int64_t sum = 0;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        int first = lp->beyond[term->cell];
        sum += (int64_t)term->factor * protect->cell[term->cell].value;
        lp->column[count] = 1 + (int)term->cell;
        lp->objective[count++] = term->factor;
        if (!wide) {
            continue;
        }
        lp->column[count] = first;
        lp->objective[count++] = term->factor;
        lp->column[count] = first + 1;
        lp->objective[count++] = -term->factor;
    }
    double slack = (double)(relation->limit - sum);
    return add_constraintex(lp->program, count, lp->objective, lp->column, relation->equal ? EQ : LE, slack);
}

static lprec *build(struct disclosure_lp *lp, bool wide) {
    const struct protect *protect = lp->protect;
    lp->program = make_lp(0, (int)((wide ? 3 : 1) * protect->cell_count));
    bool built = lp->program != NULL;
    if (built) {
        set_verbose(lp->program, NEUTRAL);
        set_scaling(lp->program, 0);
        (void)set_add_rowmode(lp->program, TRUE);
    }
    for (uint32_t i = 0; built && i < protect->relation_count; i++) {
        built = add_relation(lp, &protect->relation[i], wide);
    }
    if (built) {
        (void)set_add_rowmode(lp->program, FALSE);
    } else if (lp->program) {
        delete_lp(lp->program);
        lp->program = NULL;
    }
    return lp->program;
}

enum fault disclosure_lp_new(struct disclosure_lp **out, const struct protect *protect) {
    struct disclosure_lp *lp = calloc(1, sizeof *lp);
    void *memory = NULL;
    *out = NULL;
    if (!lp) {
        return FAULT_MEMORY;
    }
    lp->protect = protect;
    lp->beyond = calloc(protect->cell_count + (size_t)1, sizeof *lp->beyond);
    size_t room = 3 * (protect->cell_count + (size_t)protect->term_count) + 1;
    lp->column = calloc(room, sizeof *lp->column);
    enum fault fault =
        lp->beyond && lp->column ? secret_new(&memory, room * sizeof *lp->objective) : FAULT_MEMORY;
    lp->objective = memory;
    for (uint32_t i = 0; !fault && i < protect->cell_count; i++) {
        lp->beyond[i] = (int)(protect->cell_count + 2 * i + 1);
    }
    lp->told = fault ? NULL : build(lp, false);
    if (!fault && !lp->told) {
        fault = FAULT_MEMORY;
    }
    if (fault) {
        lp = disclosure_lp_free(lp);
    }
    *out = lp;
    return fault;
}

/* Takes the program for what is told, or the wider one, which is made when it is first needed. False when memory is out. */
static bool set_room(struct disclosure_lp *lp, bool beyond) {
    if (beyond && !lp->wide) {
        lp->wide = build(lp, true);
    }
    lp->program = beyond ? lp->wide : lp->told;
    for (uint32_t i = 0; lp->program && i < lp->protect->cell_count; i++) {
        const struct protect_cell *cell = &lp->protect->cell[i];
        double low = lowest(cell), high = highest(cell);
        double up = (double)cell->cap - cell->value - high, down = (double)cell->value + low - cell->floor;
        (void)set_bounds(lp->program, 1 + (int)i, low, high);
        if (beyond) {
            (void)set_bounds(lp->program, lp->beyond[i], 0, up > 0 && !cell->choice ? up : 0);
            (void)set_bounds(lp->program, lp->beyond[i] + 1, 0, down > 0 ? down : 0);
        }
    }
    return lp->program != NULL;
}

static void set_choice(struct disclosure_lp *lp, uint32_t choice) {
    if (choice != DISCLOSURE_LP_NO_CHOICE) {
        (void)set_bounds(lp->program, 1 + (int)choice, 1, 1);
    }
}

static bool solve_into(struct disclosure_lp *lp, int32_t *deviation, bool *hide) {
    double *value = NULL;
    int status = solve(lp->program);
    bool found = (status == OPTIMAL || status == PRESOLVED || status == SUBOPTIMAL) &&
                 get_ptr_variables(lp->program, &value);
    for (uint32_t i = 0; found && i < lp->protect->cell_count; i++) {
        bool wide = lp->program == lp->wide;
        double up = wide ? value[lp->beyond[i] - 1] : 0, down = wide ? value[lp->beyond[i]] : 0;
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

/* Cells that all have to get somewhere stop there, so that there is room for the next one. */
static void stop_at_needs(struct disclosure_lp *lp, const int8_t *direction) {
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        const struct protect_cell *cell = &lp->protect->cell[i];
        double need = (double)(direction[i] > 0 ? cell->need_high : cell->need_low) - cell->value;
        double low = lowest(cell), high = highest(cell);
        if (direction[i] > 0 && !cell->spread && need >= 0 && need < high) {
            (void)set_bounds(lp->program, 1 + (int)i, low, need);
        } else if (direction[i] < 0 && !cell->spread && need <= 0 && need > low) {
            (void)set_bounds(lp->program, 1 + (int)i, need, high);
        }
    }
}

bool disclosure_lp_reach(struct disclosure_lp *lp, const int8_t *direction, uint32_t choice,
                         int32_t *deviation) {
    int count = 0;
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        if (direction[i]) {
            lp->column[count] = 1 + (int)i;
            lp->objective[count++] = direction[i];
        }
    }
    (void)set_room(lp, false);
    stop_at_needs(lp, direction);
    set_choice(lp, choice);
    set_objective(lp, count, true);
    return solve_into(lp, deviation, NULL);
}

bool disclosure_lp_complement(struct disclosure_lp *lp, uint32_t cell, uint32_t value, uint32_t choice,
                              int32_t *deviation, bool *hide) {
    const struct protect *protect = lp->protect;
    double wanted = (double)value - protect->cell[cell].value;
    int count = 0;
    if (!set_room(lp, true)) {
        return false;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        for (int way = 0; way < 2; way++) {
            lp->column[count] = lp->beyond[i] + way;
            lp->objective[count++] = protect->cell[i].weight;
        }
    }
    set_choice(lp, choice);
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

static bool solve_whole(struct disclosure_lp *lp, int32_t *deviation) {
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

bool disclosure_lp_whole(struct disclosure_lp *lp, uint32_t cell, uint32_t value, bool high,
                         int32_t *deviation) {
    const struct protect_cell *wanted = &lp->protect->cell[cell];
    double bound = (double)value - wanted->value;
    (void)set_room(lp, false);
    (void)set_bounds(lp->program, 1 + (int)cell, high ? bound : lowest(wanted),
                     high && !wanted->choice ? highest(wanted) : bound);
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        if (lp->protect->cell[i].choice && i != cell) {
            (void)set_bounds(lp->program, 1 + (int)i, 0, 1);
        }
    }
    lp->column[0] = 1 + (int)cell;
    lp->objective[0] = 1;
    set_objective(lp, 1, !high);
    return solve_whole(lp, deviation);
}
