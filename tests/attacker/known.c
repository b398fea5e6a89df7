/* SPDX-License-Identifier: Apache-2.0 */
#include "known.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    const char *path;
    int line;
    char *rest;
};

static void fail(const struct reader *in, const char *why) {
    fprintf(stderr, "attacker: %s, line %d: %s\n", in->path, in->line, why);
    exit(2);
}

static const char *word(struct reader *in) {
    const char *found = strtok_r(NULL, " \t\n", &in->rest);
    if (!found) {
        fail(in, "a word is missing");
        return "";
    }
    return found;
}

static long number_of(struct reader *in, const char *text) {
    char *end = NULL;
    long value = strtol(text, &end, 10);
    if (end == text || *end || value < 0) {
        fail(in, "not a number");
    }
    return value;
}

static long number(struct reader *in, long limit) {
    long value = number_of(in, word(in));
    if (value >= limit) {
        fail(in, "a number is too large");
    }
    return value;
}

static int number_or_none(struct reader *in, long limit) {
    const char *text = word(in);
    if (strcmp(text, "-") == 0) {
        return KNOWN_NONE;
    }
    long value = number_of(in, text);
    if (value >= limit) {
        fail(in, "a number is too large");
    }
    return (int)value;
}

static int choice(struct reader *in, const char *const *names, int count) {
    const char *text = word(in);
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], text) == 0) {
            return i;
        }
    }
    fail(in, "a word that is not known");
    return 0;
}

int known_skipped(const struct known_item *item) {
    return item->option_count;
}

int known_not_asked(const struct known_item *item) {
    return item->option_count + 1;
}

int known_answered(const struct known_item *item) {
    return item->option_count + 2;
}

int known_any(const struct known_item *item, int group) {
    return item->option_count + 3 + group;
}

int known_cell_count(const struct known_item *item) {
    return item->kind == KNOWN_MULTIPLE ? item->option_count + 3 + item->group_count : item->option_count + 2;
}

int known_bin_count(const struct known_scale *scale) {
    int span = scale->high - scale->low;
    return span == 1 ? 2 : span <= KNOWN_BINS ? span : KNOWN_BINS;
}

static void read_scale(struct known *out, struct reader *in) {
    if (out->scale_count == KNOWN_SCALES) {
        fail(in, "too many scales");
    }
    struct known_scale *scale = &out->scale[out->scale_count++];
    scale->low = (int)number(in, 1000);
    scale->high = (int)number(in, 1000);
}

static void read_item(struct known *out, struct reader *in) {
    static const char *const kinds[] = {"note", "one", "multiple"};
    if (out->item_count == KNOWN_ITEMS) {
        fail(in, "too many items");
    }
    struct known_item *item = &out->item[out->item_count++];
    item->kind = (enum known_kind)choice(in, kinds, 3);
    item->sensitive = number(in, 2) == 1;
    item->breakdown = number(in, 2) == 1;
    item->scale = number_or_none(in, out->scale_count);
    item->reverse = number(in, 2) == 1;
    if (item->scale != KNOWN_NONE) {
        out->scale[item->scale].item_count++;
    }
}

static struct known_item *last_item(struct known *out, struct reader *in) {
    if (out->item_count == 0) {
        fail(in, "no item yet");
    }
    return &out->item[out->item_count - 1];
}

static void read_option(struct known *out, struct reader *in) {
    static const char *const kinds[] = {"answer", "dont_know", "rather_not"};
    struct known_item *item = last_item(out, in);
    if (item->option_count == KNOWN_OPTIONS) {
        fail(in, "too many options");
    }
    struct known_option *option = &item->option[item->option_count++];
    option->kind = (enum known_option_kind)choice(in, kinds, 3);
    option->group = number_or_none(in, KNOWN_OPTIONS);
    option->score = number_or_none(in, 1000);
    option->exclusive = number(in, 2) == 1;
    if (option->group != KNOWN_NONE && option->group >= item->group_count) {
        item->group_count = option->group + 1;
    }
}

static void read_step(struct known *out, struct reader *in) {
    static const char *const kinds[] = {"equals", "not_equals", "selected", "and", "or", "not"};
    struct known_item *item = last_item(out, in);
    if (item->step_count == KNOWN_STEPS) {
        fail(in, "too many steps");
    }
    struct known_step *step = &item->step[item->step_count++];
    step->kind = (enum known_step_kind)choice(in, kinds, 6);
    step->item = (int)number(in, out->item_count);
    step->option = (int)number(in, KNOWN_OPTIONS);
}

static struct known_truth *truth_of(struct known *out, struct reader *in) {
    int batch = (int)number(in, KNOWN_BATCHES);
    if (batch >= out->truth_count) {
        out->truth_count = batch + 1;
    }
    return &out->truth[batch];
}

static void read_cells(struct known *out, struct reader *in) {
    struct known_truth *truth = truth_of(out, in);
    int item = (int)number(in, out->item_count);
    for (int i = 0; i < known_cell_count(&out->item[item]); i++) {
        truth->cell[item][i] = number(in, 1 << 30);
    }
}

static void read_scores(struct known *out, struct reader *in) {
    struct known_truth *truth = truth_of(out, in);
    int scale = (int)number(in, out->scale_count);
    int bins = known_bin_count(&out->scale[scale]);
    for (int i = 0; i < bins; i++) {
        truth->score[scale][i] = number(in, 1 << 30);
    }
    truth->score[scale][KNOWN_BINS] = number(in, 1 << 30);
}

static void read_pupil(struct known *out, struct reader *in) {
    struct known_pupil *pupil = &out->pupil;
    pupil->there = true;
    for (int i = 0; i < KNOWN_SCALES; i++) {
        pupil->bin[i] = KNOWN_NONE;
    }
    pupil->batch = (int)number(in, KNOWN_BATCHES);
    pupil->in[pupil->batch] = true;
    pupil->participation = (int)number(in, 3);
    for (char *pair; (pair = strtok_r(NULL, " \t\n", &in->rest)) != NULL;) {
        char *colon = strchr(pair, ':');
        if (!colon || pupil->count == KNOWN_ITEMS * 4) {
            fail(in, "not ITEM:CELL");
            return;
        }
        *colon = 0;
        if (*pair == 's') {
            long scale = number_of(in, pair + 1);
            pupil->bin[scale < KNOWN_SCALES ? scale : 0] = (int)number_of(in, colon + 1);
            continue;
        }
        pupil->item[pupil->count] = (int)number_of(in, pair);
        pupil->cell[pupil->count] = (int)number_of(in, colon + 1);
        pupil->count++;
    }
}

static void read_line(struct known *out, struct reader *in, const char *first) {
    if (strcmp(first, "limits") == 0) {
        out->k_unit = number(in, 1000);
        out->k_cell = number(in, 1000);
    } else if (strcmp(first, "scale") == 0) {
        read_scale(out, in);
    } else if (strcmp(first, "item") == 0) {
        read_item(out, in);
    } else if (strcmp(first, "option") == 0) {
        read_option(out, in);
    } else if (strcmp(first, "step") == 0) {
        read_step(out, in);
    } else if (strcmp(first, "true") == 0) {
        struct known_truth *truth = truth_of(out, in);
        for (int i = 0; i < 3; i++) {
            truth->participation[i] = number(in, 1 << 30);
        }
    } else if (strcmp(first, "cell") == 0) {
        read_cells(out, in);
    } else if (strcmp(first, "score") == 0) {
        read_scores(out, in);
    } else if (strcmp(first, "pupil") == 0) {
        read_pupil(out, in);
    } else {
        fail(in, "a line that is not known");
    }
    if (strtok_r(NULL, " \t\n", &in->rest)) {
        fail(in, "more than was expected");
    }
}

void known_read(struct known *out, const char *path) {
    struct reader in = {.path = path};
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    *out = (struct known){0};
    out->truth = calloc(KNOWN_BATCHES, sizeof *out->truth);
    if (!file || !out->truth) {
        fail(&in, "cannot be read");
        return;
    }
    while (getline(&line, &room, file) >= 0) {
        in.line++;
        char *first = strtok_r(line, " \t\n", &in.rest);
        if (first && *first != '#') {
            read_line(out, &in, first);
        }
    }
    free(line);
    (void)fclose(file);
    if (out->k_cell == 0 || out->item_count == 0) {
        fail(&in, "limits or items are missing");
    }
}

void known_release(struct known *known) {
    free(known->truth);
    known->truth = NULL;
}
