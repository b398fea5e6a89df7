/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_lp.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <coin/Clp_C_Interface.h>

#include "core/secret.h"

/*
 * Column i is the deviation of cell i within what is told of it; two more columns, for cells of which
 * something is told, carry it beyond: these cost what hiding the cell costs.
 */
struct disclosure_lp {
    const struct protect *protect;
    Clp_Simplex *program;     /* one of these two */
    Clp_Simplex *told, *wide; /* within what is told; and beyond it, with three columns a cell */
    double *value;            /* in secret memory: room for all coefficients */
    double *limit;            /* in secret memory: what every row is at least, then what it is at most */
    int *column_of;           /* per cell: its column; NONE when it stays as in the base */
    uint32_t *cell;           /* per column */
    int columns;
    double *base; /* in secret memory: deviations; where cells stay that are in no column */
    int *column;
    int *start;    /* per row: where it begins in `column` and `value` */
    int *fixed;    /* columns */
    double *bound; /* in secret memory, two a cell */
};

enum { DIVE_STEPS = 30, STAYS = -1 };
static const double WHOLE = 1e-6;

/* As deviations. */
static double lowest(const struct protect_cell *cell) {
    return (double)protect_least(cell) - cell->value;
}

static double highest(const struct protect_cell *cell) {
    return (double)protect_most(cell) - cell->value;
}

struct disclosure_lp *disclosure_lp_free(struct disclosure_lp *lp) {
    if (lp) {
        if (lp->told) {
            Clp_deleteModel(lp->told);
        }
        if (lp->wide) {
            Clp_deleteModel(lp->wide);
        }
        secret_free(lp->value);
        secret_free(lp->limit);
        secret_free(lp->bound);
        secret_free(lp->base);
        free(lp->column_of);
        free(lp->cell);
        free(lp->column);
        free(lp->start);
        free(lp->fixed);
        free(lp);
    }
    return NULL;
}

static int beyond(const struct disclosure_lp *lp, uint32_t cell) {
    return lp->columns + 2 * lp->column_of[cell];
}

/* The coefficients of a relation, from *count on; gives what its terms may sum up to, as deviations. */
static double fill_row(struct disclosure_lp *lp, int *count, const struct protect_relation *relation,
                       bool wide) {
    const struct protect *protect = lp->protect;
    int64_t sum = 0;
    double fixed = 0;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        sum += (int64_t)term->factor * protect->cell[term->cell].value;
        if (lp->column_of[term->cell] == STAYS) {
            fixed += term->factor * lp->base[term->cell];
            continue;
        }
        lp->column[*count] = lp->column_of[term->cell];
        lp->value[(*count)++] = term->factor;
        for (int way = 0; wide && way < 2; way++) {
            lp->column[*count] = beyond(lp, term->cell) + way;
            lp->value[(*count)++] = way ? -term->factor : term->factor;
        }
    }
    return (double)(relation->limit - sum) - fixed;
}

static Clp_Simplex *build(struct disclosure_lp *lp, bool wide) {
    const struct protect *protect = lp->protect;
    Clp_Simplex *program = Clp_newModel();
    if (!program) {
        return NULL;
    }
    Clp_setLogLevel(program, 0);
    Clp_resize(program, 0, (wide ? 3 : 1) * lp->columns);
    double *least = lp->limit, *most = lp->limit + protect->relation_count;
    int rows = 0, count = 0;
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        lp->start[rows] = count;
        most[rows] = fill_row(lp, &count, &protect->relation[i], wide);
        least[rows] = protect->relation[i].equal ? most[rows] : -DBL_MAX;
        rows += count > lp->start[rows]; /* all at once: one after another takes longer than solving */
    }
    lp->start[rows] = count;
    Clp_addRows(program, rows, least, most, lp->start, lp->column, lp->value);
    Clp_scaling(program, 0);
    return program;
}

static enum fault make_room(struct disclosure_lp *lp) {
    size_t cells = lp->protect->cell_count + (size_t)1, room = 3 * (cells + lp->protect->term_count);
    size_t rows = lp->protect->relation_count + (size_t)1;
    void *memory[4] = {NULL, NULL, NULL, NULL};
    lp->column = calloc(room, sizeof *lp->column);
    lp->start = calloc(rows, sizeof *lp->start);
    lp->fixed = calloc(cells, sizeof *lp->fixed);
    lp->column_of = calloc(cells, sizeof *lp->column_of);
    lp->cell = calloc(cells, sizeof *lp->cell);
    bool there = lp->column && lp->start && lp->fixed && lp->column_of && lp->cell;
    enum fault fault = there ? secret_new(&memory[0], room * sizeof *lp->value) : FAULT_MEMORY;
    lp->value = memory[0];
    fault = fault ? fault : secret_new(&memory[1], 2 * cells * sizeof *lp->bound);
    lp->bound = memory[1];
    fault = fault ? fault : secret_new(&memory[2], cells * sizeof *lp->base);
    lp->base = memory[2];
    fault = fault ? fault : secret_new(&memory[3], 2 * rows * sizeof *lp->limit);
    lp->limit = memory[3];
    return fault;
}

enum fault disclosure_lp_new(struct disclosure_lp **out, const struct protect *protect,
                             const bool *free_cells, const double *base) {
    struct disclosure_lp *lp = calloc(1, sizeof *lp);
    *out = NULL;
    if (!lp) {
        return FAULT_MEMORY;
    }
    lp->protect = protect;
    enum fault fault = make_room(lp);
    for (uint32_t i = 0; !fault && i < protect->cell_count; i++) {
        bool stays = free_cells && !free_cells[i];
        lp->base[i] = base ? base[i] : 0;
        lp->column_of[i] = stays ? STAYS : lp->columns;
        if (!stays) {
            lp->cell[lp->columns++] = i;
        }
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

/*
 * Takes the program for what is told, or the wider one, which is made when it is first needed. False when
 * memory is out.
 */
static bool set_room(struct disclosure_lp *lp, bool wide) {
    if (wide && !lp->wide) {
        lp->wide = build(lp, true);
    }
    lp->program = wide ? lp->wide : lp->told;
    if (!lp->program) {
        return false;
    }
    double *least = Clp_columnLower(lp->program), *most = Clp_columnUpper(lp->program);
    for (int i = 0; i < lp->columns; i++) {
        const struct protect_cell *cell = &lp->protect->cell[lp->cell[i]];
        double low = lowest(cell), high = highest(cell);
        double up = (double)cell->cap - cell->value - high, down = (double)cell->value + low - cell->floor;
        least[i] = low;
        most[i] = high;
        if (wide) {
            int at = beyond(lp, lp->cell[i]);
            least[at] = least[at + 1] = 0;
            most[at] = up > 0 && !cell->choice ? up : 0;
            most[at + 1] = down > 0 ? down : 0;
        }
    }
    return true;
}

/* Cells that stay have no bounds. */
static void bound(struct disclosure_lp *lp, uint32_t cell, double low, double high) {
    int at = lp->column_of[cell];
    if (at != STAYS) {
        Clp_columnLower(lp->program)[at] = low;
        Clp_columnUpper(lp->program)[at] = high;
    }
}

static void set_objective(struct disclosure_lp *lp, uint32_t cell, double factor) {
    if (lp->column_of[cell] != STAYS) {
        Clp_objective(lp->program)[lp->column_of[cell]] = factor;
    }
}

static void clear_objective(struct disclosure_lp *lp) {
    memset(Clp_objective(lp->program), 0, (size_t)Clp_numberColumns(lp->program) * sizeof(double));
}

static void set_choice(struct disclosure_lp *lp, uint32_t choice) {
    if (choice != DISCLOSURE_LP_NO_CHOICE) {
        bound(lp, choice, 1, 1);
    }
}

/* How far a column is from a whole number. */
static double off_whole(const struct disclosure_lp *lp, int column) {
    double value = Clp_primalColumnSolution(lp->program)[column], off = fabs(value - nearbyint(value));
    return off < WHOLE ? 0 : off;
}

/*
 * The column that is nearest to a whole number and none; NONE when all are whole. `*most`: a third of them
 * are as near.
 */
static int nearest_whole(const struct disclosure_lp *lp, double *most) {
    enum { STEPS = 20 };
    uint32_t count[STEPS + 1] = {0}, all = 0, near = 0;
    int nearest = STAYS, step = 0;
    double least = 1;
    for (int i = 0; i < lp->columns; i++) {
        double off = off_whole(lp, i);
        if (off > 0) {
            all++;
            count[(int)(off * 2 * STEPS)]++;
            nearest = off < least ? i : nearest;
            least = off < least ? off : least;
        }
    }
    while (step < STEPS && (near += count[step]) * 3 < all) {
        step++;
    }
    *most = (step + 1) * 0.5 / STEPS;
    return nearest;
}

static void fix(struct disclosure_lp *lp, int column, double value) {
    Clp_columnLower(lp->program)[column] = value;
    Clp_columnUpper(lp->program)[column] = value;
}

/*
 * Fixes all columns that are off by at most this; gives how many. Their bounds before are kept in
 * `lp->bound`.
 */
static uint32_t fix_within(struct disclosure_lp *lp, double most) {
    const double *value = Clp_primalColumnSolution(lp->program);
    uint32_t fixed = 0;
    for (int i = 0; i < lp->columns; i++) {
        double off = off_whole(lp, i);
        if (off > 0 && off <= most) {
            lp->fixed[fixed] = i;
            lp->bound[2 * fixed] = Clp_columnLower(lp->program)[i];
            lp->bound[2 * fixed + 1] = Clp_columnUpper(lp->program)[i];
            fix(lp, i, nearbyint(value[i]));
            fixed++;
        }
    }
    return fixed;
}

/*
 * Solves again after columns were fixed. Where there is nothing left then, takes all back but `at`, and at
 * last tries its other side.
 */
static bool solve_fixed(struct disclosure_lp *lp, uint32_t fixed, int at, double value) {
    double nearer = nearbyint(value), other = nearer < value ? ceil(value) : floor(value);
    (void)Clp_dual(lp->program, 0);
    if (Clp_status(lp->program) != 0 && fixed > 1) {
        for (uint32_t i = 0; i < fixed; i++) {
            Clp_columnLower(lp->program)[lp->fixed[i]] = lp->bound[2 * i];
            Clp_columnUpper(lp->program)[lp->fixed[i]] = lp->bound[2 * i + 1];
        }
        fix(lp, at, nearer);
        (void)Clp_dual(lp->program, 0);
    }
    if (Clp_status(lp->program) != 0) {
        fix(lp, at, other);
        (void)Clp_dual(lp->program, 0);
    }
    return Clp_status(lp->program) == 0;
}

/*
 * From a solution in fractions to one in whole numbers, some columns after others. Steps and no seconds, so
 * that the same result gives the same release on every machine. What is not whole in the end is found out by
 * whoever asked.
 */
static void dive(struct disclosure_lp *lp) {
    bool there = true;
    for (int i = 0; i < DIVE_STEPS && there; i++) {
        double most;
        int at = nearest_whole(lp, &most);
        if (at == STAYS) {
            return;
        }
        double value = Clp_primalColumnSolution(lp->program)[at];
        there = solve_fixed(lp, fix_within(lp, most), at, value);
    }
}

static bool solve_into(struct disclosure_lp *lp, bool whole, double *deviation, bool *hide) {
    bool wide = lp->program == lp->wide;
    (void)Clp_primal(lp->program, 0);
    if (Clp_status(lp->program) != 0) {
        return false;
    }
    if (whole) {
        dive(lp);
    }
    const double *value = Clp_primalColumnSolution(lp->program);
    memcpy(deviation, lp->base, lp->protect->cell_count * sizeof *deviation);
    if (hide) {
        memset(hide, 0, lp->protect->cell_count * sizeof *hide);
    }
    for (int i = 0; i < lp->columns; i++) {
        uint32_t cell = lp->cell[i];
        double up = wide ? value[beyond(lp, cell)] : 0, down = wide ? value[beyond(lp, cell) + 1] : 0;
        deviation[cell] = value[i] + up - down;
        if (hide) {
            hide[cell] = up > WHOLE || down > WHOLE;
        }
    }
    return true;
}

/* Cells that all have to get somewhere stop there, so that there is room for the next one. */
static void stop_at_needs(struct disclosure_lp *lp, const int8_t *direction) {
    for (int at = 0; at < lp->columns; at++) {
        uint32_t i = lp->cell[at];
        const struct protect_cell *cell = &lp->protect->cell[i];
        double need = (double)(direction[i] > 0 ? cell->need_high : cell->need_low) - cell->value;
        double low = lowest(cell), high = highest(cell);
        if (direction[i] > 0 && !cell->spread && need >= 0 && need < high) {
            bound(lp, i, low, need);
        } else if (direction[i] < 0 && !cell->spread && need <= 0 && need > low) {
            bound(lp, i, need, high);
        }
    }
}

bool disclosure_lp_reach(struct disclosure_lp *lp, const int8_t *direction, uint32_t choice, bool whole,
                         double *deviation) {
    (void)set_room(lp, false);
    stop_at_needs(lp, direction);
    set_choice(lp, choice);
    for (int i = 0; i < lp->columns; i++) {
        set_objective(lp, lp->cell[i], -direction[lp->cell[i]]);
    }
    return solve_into(lp, whole, deviation, NULL);
}

bool disclosure_lp_any(struct disclosure_lp *lp, bool known, bool whole, double *deviation) {
    (void)set_room(lp, false);
    clear_objective(lp);
    for (uint32_t i = 0; i < lp->protect->cell_count; i++) {
        if (known && !lp->protect->cell[i].unknown && !lp->protect->cell[i].spread) {
            bound(lp, i, 0, 0);
        }
    }
    return solve_into(lp, whole, deviation, NULL);
}

bool disclosure_lp_open(struct disclosure_lp *lp, uint32_t cell, bool high, uint32_t choice, double *value) {
    const struct protect *protect = lp->protect;
    (void)set_room(lp, false);
    clear_objective(lp);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *at = &protect->cell[i];
        if (!at->choice) {
            bound(lp, i, (double)at->floor - at->value, (double)at->cap - at->value);
        }
    }
    set_objective(lp, cell, high ? -1 : 1);
    set_choice(lp, choice);
    (void)Clp_primal(lp->program, 0);
    if (Clp_status(lp->program) != 0 || lp->column_of[cell] == STAYS) {
        return false;
    }
    *value = protect->cell[cell].value + Clp_primalColumnSolution(lp->program)[lp->column_of[cell]];
    return true;
}

bool disclosure_lp_complement(struct disclosure_lp *lp, uint32_t cell, uint32_t value, uint32_t choice,
                              double *deviation, bool *hide) {
    const struct protect *protect = lp->protect;
    double wanted = (double)value - protect->cell[cell].value;
    if (lp->column_of[cell] == STAYS || !set_room(lp, true)) {
        return false;
    }
    double *objective = Clp_objective(lp->program);
    for (int i = 0; i < lp->columns; i++) {
        int at = beyond(lp, lp->cell[i]);
        objective[at] = objective[at + 1] = protect->cell[lp->cell[i]].weight;
    }
    set_choice(lp, choice);
    bound(lp, cell, wanted, wanted);
    double *most = Clp_columnUpper(lp->program);
    most[beyond(lp, cell)] = most[beyond(lp, cell) + 1] = 0;
    return solve_into(lp, false, deviation, hide);
}

bool disclosure_lp_whole(struct disclosure_lp *lp, uint32_t cell, uint32_t value, bool high,
                         double *deviation) {
    const struct protect *protect = lp->protect;
    const struct protect_cell *wanted = &protect->cell[cell];
    double end = (double)value - wanted->value;
    (void)set_room(lp, false);
    clear_objective(lp);
    set_objective(lp, cell, high ? 1 : -1);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        if (protect->cell[i].choice && i != cell) {
            bound(lp, i, 0, 1);
        }
    }
    bound(lp, cell, high ? end : lowest(wanted), high && !wanted->choice ? highest(wanted) : end);
    return solve_into(lp, true, deviation, NULL);
}
