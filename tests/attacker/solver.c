/* SPDX-License-Identifier: Apache-2.0 */
#include "solver.h"

#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct solver {
    glp_prob *problem;
    int *seen; /* per column: place of it in the row being merged, or 0 */
    int seen_room;
    double *point; /* [1..columns], the last one */
    int point_room;
    bool ready; /* a basis that can be started from */
};

static void give_up(const char *why) {
    fprintf(stderr, "attacker: %s\n", why);
    exit(2);
}

static void *grow(void *old, size_t count, size_t size) {
    void *room = realloc(old, count * size);
    if (!room) {
        give_up("memory is out");
    }
    return room;
}

void solver_terms_add(struct solver_terms *terms, int column, double coefficient) {
    if (terms->count + 2 > terms->room) {
        terms->room = terms->room ? terms->room * 2 : 16;
        terms->column = grow(terms->column, (size_t)terms->room, sizeof *terms->column);
        terms->coefficient = grow(terms->coefficient, (size_t)terms->room, sizeof *terms->coefficient);
    }
    terms->count++;
    terms->column[terms->count] = column;
    terms->coefficient[terms->count] = coefficient;
}

void solver_terms_add_all(struct solver_terms *terms, const struct solver_terms *more, double factor) {
    for (int i = 1; i <= more->count; i++) {
        solver_terms_add(terms, more->column[i], more->coefficient[i] * factor);
    }
}

void solver_terms_clear(struct solver_terms *terms) {
    terms->count = 0;
}

void solver_terms_release(struct solver_terms *terms) {
    free(terms->column);
    free(terms->coefficient);
    *terms = (struct solver_terms){0};
}

double solver_terms_value(const struct solver *solver, const struct solver_terms *terms) {
    double value = 0;
    for (int i = 1; i <= terms->count; i++) {
        value += terms->coefficient[i] * solver->point[terms->column[i]];
    }
    return value;
}

bool solver_is_whole(const struct solver *solver) {
    for (int i = 1; i <= solver_column_count(solver); i++) {
        double value = solver->point[i];
        if (glp_get_col_kind(solver->problem, i) == GLP_IV && fabs(value - round(value)) > 1e-6) {
            return false;
        }
    }
    return true;
}

struct solver *solver_new(void) {
    struct solver *solver = calloc(1, sizeof *solver);
    if (!solver) {
        give_up("memory is out");
        return NULL;
    }
    (void)glp_term_out(GLP_OFF);
    solver->problem = glp_create_prob();
    return solver;
}

struct solver *solver_free(struct solver *solver) {
    if (solver) {
        glp_delete_prob(solver->problem);
        free(solver->seen);
        free(solver->point);
        free(solver);
    }
    return NULL;
}

static int bound_kind(double low, double high) {
    if (low <= -SOLVER_FREE) {
        return high >= SOLVER_FREE ? GLP_FR : GLP_UP;
    }
    if (high >= SOLVER_FREE) {
        return GLP_LO;
    }
    return low == high ? GLP_FX : GLP_DB;
}

int solver_column(struct solver *solver, double low, double high, bool whole) {
    int column = glp_add_cols(solver->problem, 1);
    glp_set_col_bnds(solver->problem, column, bound_kind(low, high), low, high);
    glp_set_col_kind(solver->problem, column, whole ? GLP_IV : GLP_CV);
    solver->ready = false;
    return column;
}

void solver_bound(struct solver *solver, int column, double low, double high) {
    glp_set_col_bnds(solver->problem, column, bound_kind(low, high), low, high);
}

int solver_column_count(const struct solver *solver) {
    return glp_get_num_cols(solver->problem);
}

int solver_row_count(const struct solver *solver) {
    return glp_get_num_rows(solver->problem);
}

/* GLPK refuses a row that names a column twice, so the terms of one column are added up. */
static struct solver_terms merged(struct solver *solver, const struct solver_terms *terms) {
    struct solver_terms sum = {0};
    int columns = solver_column_count(solver);
    if (columns >= solver->seen_room) {
        solver->seen = grow(solver->seen, (size_t)columns * 2 + 16, sizeof *solver->seen);
        for (int i = solver->seen_room; i < columns * 2 + 16; i++) {
            solver->seen[i] = 0;
        }
        solver->seen_room = columns * 2 + 16;
    }
    for (int i = 1; i <= terms->count; i++) {
        int column = terms->column[i];
        if (column < 1 || column > columns) {
            give_up("a term has no column");
        }
        if (solver->seen[column]) {
            sum.coefficient[solver->seen[column]] += terms->coefficient[i];
        } else {
            solver_terms_add(&sum, column, terms->coefficient[i]);
            solver->seen[column] = sum.count;
        }
    }
    for (int i = 1; i <= sum.count; i++) {
        solver->seen[sum.column[i]] = 0;
    }
    return sum;
}

int solver_row(struct solver *solver, const struct solver_terms *terms, double low, double high) {
    struct solver_terms sum = merged(solver, terms);
    int row = glp_add_rows(solver->problem, 1);
    glp_set_mat_row(solver->problem, row, sum.count, sum.column, sum.coefficient);
    glp_set_row_bnds(solver->problem, row, bound_kind(low, high), low, high);
    solver_terms_release(&sum);
    solver->ready = false;
    return row;
}

static void keep_point(struct solver *solver, double (*value)(glp_prob *, int)) {
    int columns = solver_column_count(solver);
    if (columns >= solver->point_room) {
        solver->point_room = columns + 1;
        solver->point = grow(solver->point, (size_t)solver->point_room, sizeof *solver->point);
    }
    for (int i = 1; i <= columns; i++) {
        solver->point[i] = value(solver->problem, i);
    }
}

static void set_objective(struct solver *solver, const struct solver_terms *terms) {
    for (int i = 0; i <= solver_column_count(solver); i++) {
        glp_set_obj_coef(solver->problem, i, 0);
    }
    for (int i = 1; terms && i <= terms->count; i++) {
        double old = glp_get_obj_coef(solver->problem, terms->column[i]);
        glp_set_obj_coef(solver->problem, terms->column[i], old + terms->coefficient[i]);
    }
}

/* The state of the optimum: GLP_OPT, GLP_NOFEAS or GLP_UNBND. A basis that got stuck is made anew once. */
static int run_simplex(struct solver *solver) {
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.meth = GLP_PRIMAL;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!solver->ready || attempt) {
            glp_adv_basis(solver->problem, 0);
        }
        if (glp_simplex(solver->problem, &settings) == 0) {
            int status = glp_get_status(solver->problem);
            if (status == GLP_OPT || status == GLP_NOFEAS || status == GLP_UNBND) {
                solver->ready = status == GLP_OPT;
                return status;
            }
        }
        settings.meth = GLP_DUALP;
    }
    give_up("the simplex method did not end");
    return GLP_UNDEF;
}

bool solver_possible(struct solver *solver) {
    set_objective(solver, NULL);
    if (run_simplex(solver) != GLP_OPT) {
        return false;
    }
    keep_point(solver, glp_get_col_prim);
    return true;
}

static double solve(struct solver *solver, const struct solver_terms *terms, int direction) {
    set_objective(solver, terms);
    glp_set_obj_dir(solver->problem, direction);
    int status = run_simplex(solver);
    if (status == GLP_UNBND) {
        return direction == GLP_MIN ? -SOLVER_FREE : SOLVER_FREE;
    }
    if (status != GLP_OPT) {
        give_up("a program that was possible is not any more");
    }
    keep_point(solver, glp_get_col_prim);
    return glp_get_obj_val(solver->problem);
}

double solver_least(struct solver *solver, const struct solver_terms *terms) {
    return solve(solver, terms, GLP_MIN);
}

double solver_greatest(struct solver *solver, const struct solver_terms *terms) {
    return solve(solver, terms, GLP_MAX);
}

bool solver_holds(const struct solver *solver, int row) {
    return fabs(glp_get_row_dual(solver->problem, row)) > 1e-7;
}

static bool first_found(glp_tree *tree) {
    return glp_ios_reason(tree) == GLP_IBINGO;
}

static void stop_at_first(glp_tree *tree, void *unused) {
    (void)unused;
    if (first_found(tree)) {
        glp_ios_terminate(tree);
    }
}

enum solver_answer solver_whole(struct solver *solver, const struct solver_terms *terms, double low,
                                double high, const struct solver_terms *others, int seconds) {
    glp_iocp settings;
    int row = solver_row(solver, terms, low, high);
    enum solver_answer answer = SOLVER_NO;
    set_objective(solver, others);
    glp_set_obj_dir(solver->problem, GLP_MIN);
    if (run_simplex(solver) == GLP_OPT) {
        glp_init_iocp(&settings);
        settings.msg_lev = GLP_MSG_OFF;
        settings.tm_lim = seconds * 1000;
        settings.cb_func = stop_at_first;
        settings.fp_heur = GLP_ON;
        int ended = glp_intopt(solver->problem, &settings);
        int status = glp_mip_status(solver->problem);
        if (status == GLP_OPT || status == GLP_FEAS) {
            answer = SOLVER_YES;
            keep_point(solver, glp_mip_col_val);
        } else {
            answer = ended == 0 && status == GLP_NOFEAS ? SOLVER_NO : SOLVER_UNKNOWN;
        }
    }
    int rows[2] = {0, row};
    glp_del_rows(solver->problem, 1, rows);
    solver->ready = false;
    return answer;
}
