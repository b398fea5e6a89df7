/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sys/stat.h>

#include "aggregator/disclosure_switch.h"
#include "planned.h"

/*
 * without RULE PLAN FOLDER
 *
 * Takes the school of a plan (planned.h) through the real chain with this rule of disclosure control switched
 * off (0: none), and writes what comes out into the folder (made here) as `school` does. Ends with 1 when
 * exact sums lie in any of the files.
 */

unsigned disclosure_switch_off = 0;

uint32_t batch_least(const struct round *round) {
    return disclosure_keeps(DISCLOSURE_MINIMUM_GROUPS) ? round->k_unit : 1;
}

int main(int argc, char **argv) {
    static struct planned planned;
    static struct made made;
    struct release *releases[2] = {NULL, NULL};
    made_must(argc == 4, "without RULE PLAN FOLDER");
    disclosure_switch_off = *argv[1] == '0' ? 0 : 1U << strtoul(argv[1], NULL, 10) % 32;
    planned_read(&planned, argv[2]);
    made.folder = argv[3];
    made_must(mkdir(made.folder, 0700) == 0, "the folder is there already, or cannot be made");
    planned_begin(&made, &planned);
    made_must(planned_answer(&made, &planned, false), "nobody answers");
    releases[0] = made_open(&made, false, false, "release-1");
    made_must(releases[0] != NULL, "the round could not be opened");
    releases[1] = planned_answer(&made, &planned, true) ? made_open(&made, true, false, "release-2") : NULL;
    made_write_known(&made, (const struct release *const *)releases);
    int found = made_search(&made);
    release_free(releases[0]);
    release_free(releases[1]);
    made_end(&made);
    return found ? 1 : 0;
}
