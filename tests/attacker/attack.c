/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"
#include "published.h"
#include "release_file.h"
#include "target.h"

/*
 * attack [-i] [-p] [-v] [-w] KNOWN PUBLISHED...
 *
 * The reader who wants to know what one pupil said: reads what everybody knows and everything that was
 * published, and looks for the best interval of every count that had to stay hidden. Shares no code with the
 * programs that it attacks.
 *
 *   -i   in whole numbers too, where fractions leave the band open: for small schools
 *   -p   as one of the pupils, whose answers are in KNOWN
 *   -v   also every row that was read
 *   -w   also why: the published rows that hold the end of each interval that is too narrow
 *
 * Exit status: 0 nothing found, 1 something found (a line each), 2 something went wrong. An impossible world,
 * in which no pupils could have given these figures, is status 2: the figures or this program are wrong.
 */

static bool is_release(const char *path) {
    char magic[8] = {0};
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(magic, 1, sizeof magic, file) : 0;
    if (file) {
        (void)fclose(file);
    }
    return got == sizeof magic && memcmp(magic, "KLBrele\n", sizeof magic) == 0;
}

/* The pupil who looks knows where he sat and what he said. */
static void be_pupil_of(struct world *world, const struct known_pupil *pupil, int at) {
    struct world_batch *batch = &world->batch[at];
    double top = (double)batch->contributions;
    solver_bound(world->solver, batch->participation[pupil->participation], 1, top);
    for (int i = 0; i < pupil->count; i++) {
        solver_bound(world->solver, batch->cell[pupil->item[i]][pupil->cell[i]], 1, top);
    }
    for (int i = 0; i < world->known->scale_count; i++) {
        if (pupil->bin[i] != KNOWN_NONE && pupil->bin[i] < KNOWN_BINS) {
            solver_bound(world->solver, batch->scale[i].bin[pupil->bin[i]], 1, top);
        }
    }
}

static void be_pupil(struct world *world, const struct known_pupil *pupil) {
    for (int i = 0; i < world->batch_count; i++) {
        if (pupil->in[i]) {
            be_pupil_of(world, pupil, i);
        }
    }
}

struct how {
    bool whole, with_pupil, with_reasons;
};

static struct target_result attack(const struct known *known, struct published *published, struct how how) {
    struct world world = {0};
    struct world plain = {0};
    struct target_list targets = {0};
    world_init(&world, known, published->contributions, published->batch_count);
    world_init(&plain, known, published->contributions, published->batch_count);
    if (how.with_pupil) {
        be_pupil(&world, &known->pupil);
        be_pupil(&plain, &known->pupil);
    }
    parts_link(published, &world);
    parts_link(published, &plain);
    published_apply(published, &world);
    if (!solver_possible(world.solver) || !solver_possible(plain.solver)) {
        fprintf(stderr, "attacker: no pupils could have given these figures\n");
        exit(2);
    }
    target_list_init(&targets, &world, published, how.with_pupil);
    targets.with_reasons = how.with_reasons;
    struct target_result result = target_list_attack(&targets, &world, &plain, how.whole);
    target_list_release(&targets);
    world_release(&world);
    world_release(&plain);
    return result;
}

int main(int argc, char **argv) {
    static struct known known;
    static struct release_file_state state;
    static struct published published;
    struct how how = {0};
    bool with_rows = false;
    for (int letter; (letter = getopt(argc, argv, "ipvw")) != -1;) {
        if (letter == '?') {
            return 2;
        }
        how.whole = how.whole || letter == 'i';
        how.with_pupil = how.with_pupil || letter == 'p';
        how.with_reasons = how.with_reasons || letter == 'w';
        with_rows = with_rows || letter == 'v';
    }
    if (argc - optind < 2) {
        fprintf(stderr, "attacker: attack [-i] [-p] [-v] [-w] KNOWN PUBLISHED...\n");
        return 2;
    }
    known_read(&known, argv[optind]);
    for (int i = optind + 1; i < argc; i++) {
        if (is_release(argv[i])) {
            release_file_read(&published, &state, &known, argv[i]);
        } else {
            published_read_text(&published, argv[i]);
        }
    }
    if (published.batch_count != known.truth_count || (how.with_pupil && !known.pupil.there)) {
        fprintf(stderr,
                "attacker: KNOWN and PUBLISHED do not speak of the same batches, or no pupil is known\n");
        return 2;
    }
    if (with_rows) {
        published_print(&published);
    }
    parts_place_pupil(&known, &published);
    struct target_result result = attack(&known, &published, how);
    printf("attack: %d counts to protect, %d rows read, %d programs solved, %d found (%d exactly), %d "
           "undecided\n",
           result.targets, published.row_count, result.programs, result.found, result.exact,
           result.undecided);
    published_release(&published);
    known_release(&known);
    return result.found ? 1 : 0;
}
