/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wider than what the simplex method gets wrong, narrower than what tells a pupil from none. */
#define NEARLY 1e-5
enum { WHOLE_SECONDS = 2, WHOLE_SEARCHES = 300 };

/* A count being put together: its expression, and what it truly is. */
struct sum {
    struct solver_terms terms;
    long truth, own;
    bool in_table;
};

struct maker {
    struct target_list *list;
    const struct world *world;
    const struct published *published;
    const struct target_group *whole; /* the group that counts are made of, */
    const struct target_group *group; /* and what is left of it for the present one */
    struct target_group rest;
    bool larger; /* than a batch */
    int part_of; /* 1 + the breakdown item whose part the group is; 0: none */
    bool with_pupil;
};

static long own_cell(const struct maker *maker, int batch, int item, int cell) {
    const struct known_pupil *pupil = &maker->world->known->pupil;
    if (!maker->with_pupil || !pupil->in[batch]) {
        return 0;
    }
    for (int i = 0; i < pupil->count; i++) {
        if (pupil->item[i] == item && pupil->cell[i] == cell) {
            return 1;
        }
    }
    return 0;
}

static void add_cell(struct sum *sum, const struct maker *maker, int item, int cell, int factor) {
    const struct world *world = maker->world;
    for (int i = 0; i < world->batch_count; i++) {
        if (maker->group->has[i]) {
            world_add_cell(&sum->terms, world, i, item, cell, factor);
            sum->truth += factor * world->known->truth[i].cell[item][cell];
            sum->own += factor * own_cell(maker, i, item, cell);
        }
    }
}

static void add_participation(struct sum *sum, const struct maker *maker, int which, int factor) {
    const struct world *world = maker->world;
    const struct known_pupil *pupil = &world->known->pupil;
    for (int i = 0; i < world->batch_count; i++) {
        if (maker->group->has[i]) {
            solver_terms_add(&sum->terms, world->batch[i].participation[which], factor);
            sum->truth += factor * world->known->truth[i].participation[which];
            sum->own += maker->with_pupil && pupil->in[i] && pupil->participation == which ? factor : 0;
        }
    }
}

/* Of a bin, or of who does not count: KNOWN_BINS. */
static void add_score(struct sum *sum, const struct maker *maker, int scale, int bin) {
    const struct world *world = maker->world;
    const struct known_pupil *pupil = &world->known->pupil;
    for (int i = 0; i < world->batch_count; i++) {
        if (!maker->group->has[i]) {
            continue;
        }
        if (bin < KNOWN_BINS) {
            solver_terms_add(&sum->terms, world->batch[i].scale[scale].bin[bin], 1);
        } else {
            world_add_consenting(&sum->terms, world, i, 1);
            solver_terms_add(&sum->terms, world->batch[i].scale[scale].n, -1);
        }
        sum->truth += world->known->truth[i].score[scale][bin];
        sum->own += maker->with_pupil && pupil->in[i] && pupil->bin[scale] == bin;
    }
}

/* Keeps the sum as a target when it is small, and empties it. */
static void settle(struct sum *sum, const struct maker *maker, const char *what, int item, int index) {
    struct target_list *list = maker->list;
    if (sum->truth < maker->world->known->k_cell) {
        if (list->count == list->room) {
            list->room = list->room ? list->room * 2 : 256;
            list->target = realloc(list->target, (size_t)list->room * sizeof *list->target);
            if (!list->target) {
                exit(2);
            }
        }
        struct target *target = &list->target[list->count++];
        *target = (struct target){.terms = sum->terms,
                                  .truth = sum->truth,
                                  .own = sum->own > 0 ? sum->own : 0,
                                  .in_table = sum->in_table,
                                  .low = SOLVER_FREE,
                                  .high = -SOLVER_FREE};
        (void)snprintf(target->name, sizeof target->name, "%s, item %d: %s %d", maker->group->name, item,
                       what, index);
        sum->terms = (struct solver_terms){0};
    }
    solver_terms_release(&sum->terms);
    *sum = (struct sum){0};
}

/* Everybody of the group, but for those of one count; and for a cell of no table without who declined. */
static void settle_rest(struct sum *sum, const struct maker *maker, const char *what, int item, int index) {
    add_participation(sum, maker, 0, 1);
    add_participation(sum, maker, 1, 1);
    if (sum->in_table) {
        add_participation(sum, maker, 2, 1);
    }
    settle(sum, maker, what, item, index);
}

static void take_group(const struct maker *maker, int item, int group, struct sum *sum, int factor) {
    const struct known_item *asked = &maker->world->known->item[item];
    if (asked->kind == KNOWN_MULTIPLE) {
        add_cell(sum, maker, item, known_any(asked, group), factor);
        return;
    }
    for (int i = 0; i < asked->option_count; i++) {
        if (asked->option[i].kind == KNOWN_ANSWER && asked->option[i].group == group) {
            add_cell(sum, maker, item, i, factor);
        }
    }
}

/*
 * Takes off those for whom the count was published exactly. False when nobody was taken off, or nobody is
 * left.
 */
static bool rest_of(struct maker *maker, enum published_what what, int item, int index) {
    const struct published *published = maker->published;
    bool taken = false;
    bool left = false;
    maker->rest = *maker->whole;
    for (int i = 0; i < published->row_count; i++) {
        const struct published_row *row = &published->row[i];
        if (row->what != what || row->index != index || row->low != row->high ||
            (what != PUBLISHED_PARTICIPATION && row->subject != item)) {
            continue;
        }
        bool inside = true;
        for (int j = 0; j < maker->world->batch_count; j++) {
            inside = inside && (!row->has[j] || maker->whole->has[j]);
        }
        for (int j = 0; inside && j < maker->world->batch_count; j++) {
            taken = taken || row->has[j];
            maker->rest.has[j] = maker->rest.has[j] && !row->has[j];
        }
    }
    for (int j = 0; j < maker->world->batch_count; j++) {
        left = left || maker->rest.has[j];
    }
    (void)snprintf(maker->rest.name, sizeof maker->rest.name, "the rest of %.30s", maker->whole->name);
    return taken && left;
}

/* The cell itself, and for a sensitive question everybody who did not say so. */
static void take_opinion(struct maker *maker, enum published_what what, int item, int index, bool in_table) {
    const struct known_item *asked = &maker->world->known->item[item];
    bool answer = what == PUBLISHED_GROUP || asked->option[index].kind == KNOWN_ANSWER;
    for (int rest = 0; rest <= (answer && asked->sensitive); rest++) {
        struct sum sum = {.in_table = in_table};
        if (what == PUBLISHED_OPTION) {
            add_cell(&sum, maker, item, index, rest ? -1 : 1);
        } else {
            take_group(maker, item, index, &sum, rest ? -1 : 1);
        }
        const char *name = what == PUBLISHED_OPTION ? "option" : "group";
        if (rest) {
            settle_rest(&sum, maker, what == PUBLISHED_OPTION ? "all but option" : "all but group", item,
                        index);
        } else {
            settle(&sum, maker, name, item, index);
        }
    }
}

/* With who declined it is a cell; without them it can be worked out only. */
static void take_missing(struct maker *maker, enum published_what what, int item, bool in_table) {
    const struct known_item *asked = &maker->world->known->item[item];
    for (int declined = 0; declined < 2; declined++) {
        struct sum sum = {.in_table = in_table && declined};
        if (what == PUBLISHED_NOT_COUNTED) {
            add_score(&sum, maker, item, KNOWN_BINS);
        } else {
            for (int i = 0; what == PUBLISHED_MISSING && i < asked->option_count; i++) {
                if (asked->option[i].kind != KNOWN_ANSWER) {
                    add_cell(&sum, maker, item, i, 1);
                }
            }
            add_cell(&sum, maker, item, known_skipped(asked), 1);
            add_cell(&sum, maker, item, known_not_asked(asked), 1);
        }
        if (declined) {
            add_participation(&sum, maker, 2, 1);
        }
        settle(&sum, maker,
               what == PUBLISHED_MISSING       ? "missing"
               : what == PUBLISHED_NOT_COUNTED ? "not counted"
                                               : "no answer",
               item, declined);
    }
}

/* Which counts are cells of a class: only groups, and who is missing. */
static void take_count(struct maker *maker, enum published_what what, int item, int index) {
    bool larger = maker->larger;
    if (what == PUBLISHED_PARTICIPATION) {
        struct sum sum = {.in_table = larger};
        add_participation(&sum, maker, index, 1);
        settle(&sum, maker, "participation", item, index);
    } else if (what == PUBLISHED_BIN) {
        struct sum sum = {.in_table = larger};
        add_score(&sum, maker, item, index);
        settle(&sum, maker, "score", item, index);
    } else if (what == PUBLISHED_OPTION || what == PUBLISHED_GROUP) {
        bool uncounted = maker->part_of && what == PUBLISHED_GROUP &&
                         maker->world->known->item[item].kind == KNOWN_MULTIPLE;
        take_opinion(maker, what, item, index, !uncounted && (larger || what == PUBLISHED_GROUP));
    } else {
        take_missing(maker, what, item, larger || what == PUBLISHED_MISSING);
    }
}

/* What came late from one class is that class, also when it is all that came late. */
static bool is_late_class(const struct published *published, const struct target_group *group) {
    int count = 0;
    bool late = true;
    for (int i = 0; i < published->batch_count; i++) {
        count += group->has[i];
        late = late && (!group->has[i] || published->release[i] > 0);
    }
    return late && count == 1;
}

/* The count for the whole group, and for what is left of it. */
static void take(struct maker *maker, enum published_what what, int item, int index) {
    bool larger = maker->larger;
    maker->group = maker->whole;
    take_count(maker, what, item, index);
    if (rest_of(maker, what, item, index)) {
        maker->group = &maker->rest;
        maker->larger = larger && !is_late_class(maker->published, maker->group);
        take_count(maker, what, item, index);
        maker->larger = larger;
    }
}

static void take_all(struct maker *maker, const struct target_group *group, bool larger) {
    const struct known *known = maker->world->known;
    maker->whole = group;
    maker->larger = larger;
    /* How far they came nobody counted by category, and one breakdown by another neither. */
    for (int i = 0; i < 3 && !maker->part_of; i++) {
        take(maker, PUBLISHED_PARTICIPATION, -1, i);
    }
    for (int i = 0; i < known->item_count; i++) {
        if (known->item[i].kind == KNOWN_NOTE || (maker->part_of && known->item[i].breakdown)) {
            continue;
        }
        for (int j = 0; j < known->item[i].option_count; j++) {
            take(maker, PUBLISHED_OPTION, i, j);
        }
        for (int j = 0; j < known->item[i].group_count; j++) {
            take(maker, PUBLISHED_GROUP, i, j);
        }
        take(maker, PUBLISHED_NO_ANSWER, i, 0);
        take(maker, PUBLISHED_MISSING, i, 0);
    }
    /* Of a class no scores are told but a mean, and any mean leaves few pupils room far from it. */
    for (int i = 0; larger && i < known->scale_count; i++) {
        for (int j = 0; j < known_bin_count(&known->scale[i]); j++) {
            take(maker, PUBLISHED_BIN, i, j);
        }
        take(maker, PUBLISHED_NOT_COUNTED, i, 0);
    }
}

/* All batches, or those of one stratum, or one batch or part; false for none that has figures. */
static bool group_make(struct target_group *out, const struct maker *maker, const int *stratum, int in,
                       int only) {
    const struct world *world = maker->world;
    bool any = false;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < world->batch_count; i++) {
        out->has[i] = world->batch[i].known && (in < 0 || stratum[i] == in) &&
                      (only < 0 ? maker->published->part_of[i] == 0 : i == only);
        any = any || out->has[i];
    }
    if (only >= 0 && maker->published->part_of[only]) {
        (void)snprintf(out->name, sizeof out->name, "category %d of item %d",
                       maker->published->category[only], maker->published->part_of[only] - 1);
    } else if (only >= 0) {
        (void)snprintf(out->name, sizeof out->name, "batch %d", only);
    } else if (in >= 0) {
        (void)snprintf(out->name, sizeof out->name, "stratum %d", in);
    } else {
        (void)snprintf(out->name, sizeof out->name, "school");
    }
    return any;
}

void target_list_init(struct target_list *out, const struct world *world, const struct published *published,
                      bool with_pupil) {
    struct maker *maker = calloc(1, sizeof *maker);
    struct target_group *group = calloc(1, sizeof *group);
    int strata = 0;
    *out = (struct target_list){.with_pupil = with_pupil, .published = published};
    if (!group || !maker) {
        exit(2);
    }
    *maker = (struct maker){.list = out, .world = world, .published = published, .with_pupil = with_pupil};
    if (group_make(group, maker, published->stratum, -1, -1)) {
        take_all(maker, group, true);
    }
    for (int i = 0; i < world->batch_count; i++) {
        strata = published->stratum[i] >= strata ? published->stratum[i] + 1 : strata;
        maker->part_of = published->part_of[i];
        if (group_make(group, maker, published->stratum, -1, i)) {
            take_all(maker, group, maker->part_of != 0);
        }
        maker->part_of = 0;
    }
    for (int i = 0; i < strata; i++) {
        if (group_make(group, maker, published->stratum, i, -1) && !is_late_class(published, group)) {
            take_all(maker, group, true);
        }
    }
    /* Each release speaks of all that it is about: what came in time, what came late. */
    for (int i = 0; i < published->release_count && published->release_count > 1; i++) {
        if (group_make(group, maker, published->release, i, -1) && !is_late_class(published, group)) {
            (void)snprintf(group->name, sizeof group->name, "release %d", i);
            take_all(maker, group, true);
        }
    }
    free(group);
    free(maker);
}

void target_list_release(struct target_list *list) {
    for (int i = 0; i < list->count; i++) {
        solver_terms_release(&list->target[i].terms);
    }
    free(list->target);
    *list = (struct target_list){0};
}

/* The last value of the band; a pupil who looks is one of k_cell. */
static double top_of(const struct target_list *list, const struct world *world, const struct target *target) {
    return (double)(world->known->k_cell - 1 - (list->with_pupil ? 1 - target->own : 0));
}

/* Where the last point lies: all values between two that were seen can occur. */
static void look(struct target_list *list, const struct world *world) {
    bool whole = solver_is_whole(world->solver);
    for (int i = 0; i < list->count; i++) {
        struct target *target = &list->target[i];
        double top = top_of(list, world, target);
        double value = solver_terms_value(world->solver, &target->terms);
        target->low = value < target->low ? value : target->low;
        target->high = value > target->high ? value : target->high;
        bool wide = (list->with_pupil || !target->in_table) &&
                    target->high - target->low >= top - (double)target->own - NEARLY;
        target->low_done = target->low_done || wide || target->low <= (double)target->own + NEARLY;
        target->high_done = target->high_done || wide || target->high >= top - NEARLY;
        target->low_whole = target->low_whole || wide || (whole && value <= (double)target->own + NEARLY);
        target->high_whole = target->high_whole || wide || (whole && value >= top - NEARLY);
    }
}

/* One program that brings down (or up) all that is still open at once settles most of them. */
static void sweep(struct target_list *list, struct world *world, bool high, struct target_result *result) {
    struct solver_terms all = {0};
    for (int round = 0; round < 6; round++) {
        solver_terms_clear(&all);
        for (int i = 0; i < list->count; i++) {
            struct target *target = &list->target[i];
            if (!(high ? target->high_done : target->low_done)) {
                solver_terms_add_all(&all, &target->terms, 1);
            }
        }
        if (all.count == 0) {
            break;
        }
        double end = high ? solver_greatest(world->solver, &all) : solver_least(world->solver, &all);
        result->programs++;
        int before = 0;
        int after = 0;
        for (int i = 0; i < list->count; i++) {
            before += high ? list->target[i].high_done : list->target[i].low_done;
        }
        if (fabs(end) < SOLVER_FREE) {
            look(list, world);
        }
        for (int i = 0; i < list->count; i++) {
            after += high ? list->target[i].high_done : list->target[i].low_done;
        }
        if (after == before) {
            break;
        }
    }
    solver_terms_release(&all);
}

/* What the numbers of contributions give away without any release. */
static bool plain_as_narrow(const struct world *plain, const struct target *target, double top) {
    double low = solver_least(plain->solver, &target->terms);
    double high = solver_greatest(plain->solver, &target->terms);
    double wanted_low = low > (double)target->own ? low : (double)target->own;
    double wanted_high = high < top ? high : top;
    return target->low <= wanted_low + NEARLY && target->high >= wanted_high - NEARLY;
}

/* Looks for whole pupils at one end of the band. False: there are none. */
static bool whole_end(struct target_list *list, int at, struct world *world, bool high, int *searches,
                      struct target_result *result) {
    struct target *target = &list->target[at];
    double top = top_of(list, world, target);
    if (high ? target->high_whole : target->low_whole) {
        return true;
    }
    enum solver_answer answer = SOLVER_UNKNOWN;
    if (*searches > 0) {
        struct solver_terms others = {0};
        --*searches;
        for (int i = 0; i < list->count; i++) {
            if (!(high ? list->target[i].high_whole : list->target[i].low_whole)) {
                solver_terms_add_all(&others, &list->target[i].terms, high ? -1 : 1);
            }
        }
        answer = solver_whole(world->solver, &target->terms, high ? top : -SOLVER_FREE,
                              high ? SOLVER_FREE : (double)target->own, &others, WHOLE_SECONDS);
        solver_terms_release(&others);
        if (answer == SOLVER_YES) {
            look(list, world);
        }
    }
    result->undecided += answer == SOLVER_UNKNOWN;
    return answer != SOLVER_NO;
}

static void attack_whole(struct target_list *list, struct world *world, struct target_result *result) {
    int searches = WHOLE_SEARCHES;
    for (int i = 0; i < list->count; i++) {
        struct target *target = &list->target[i];
        if (target->low_done && target->high_done &&
            (!whole_end(list, i, world, false, &searches, result) ||
             !whole_end(list, i, world, true, &searches, result))) {
            printf("found in whole numbers: %s, truly %ld\n", target->name, target->truth);
            result->found++;
        }
    }
}

static void print_reasons(const struct target_list *list, struct world *world, const struct target *target) {
    for (int high = 0; high < 2; high++) {
        if (!(high ? target->high_done : target->low_done)) {
            double end = high ? solver_greatest(world->solver, &target->terms)
                              : solver_least(world->solver, &target->terms);
            printf("  %s %.3f:\n", high ? "at most" : "at least", end);
            published_print_holding(list->published, world);
        }
    }
}

/*
 * Where it is the number of values that counts, an end that is not far enough can be made good at the other one,
 * however far that is beyond the band.
 */
static bool needs_both_ends(const struct target_list *list, const struct target *target) {
    return (list->with_pupil || !target->in_table) && !(target->low_done && target->high_done);
}

/* A figure that is not true, or an attacker that reasons wrongly, must not pass for a secret kept. */
static bool possible(const struct target *target) {
    return (target->low_done || target->low <= (double)target->truth + NEARLY) &&
           (target->high_done || target->high >= (double)target->truth - NEARLY);
}

struct target_result target_list_attack(struct target_list *list, struct world *world,
                                        const struct world *plain, bool whole) {
    struct target_result result = {.targets = list->count};
    look(list, world);
    sweep(list, world, false, &result);
    sweep(list, world, true, &result);
    for (int i = 0; i < list->count; i++) {
        struct target *target = &list->target[i];
        if (!target->low_done) {
            (void)solver_least(world->solver, &target->terms);
            result.programs++;
            look(list, world);
        }
        if (!target->high_done || needs_both_ends(list, target)) {
            (void)solver_greatest(world->solver, &target->terms);
            result.programs++;
            look(list, world);
        }
        if (needs_both_ends(list, target)) {
            (void)solver_least(world->solver, &target->terms);
            result.programs++;
            look(list, world);
        }
        if (!possible(target)) {
            fprintf(stderr, "attacker: %s lies in %.3f..%.3f, but is truly %ld\n", target->name, target->low,
                    target->high, target->truth);
            exit(2);
        }
        bool held = target->low_done && target->high_done;
        if (!held && plain_as_narrow(plain, target, top_of(list, world, target))) {
            continue;
        }
        if (!held) {
            printf("found: %s lies in %.3f..%.3f, truly %ld\n", target->name, target->low, target->high,
                   target->truth);
            result.found++;
            result.exact += target->high - target->low < 0.5;
            if (list->with_reasons) {
                print_reasons(list, world, target);
            }
        }
    }
    if (whole) {
        attack_whole(list, world, &result);
    }
    return result;
}
