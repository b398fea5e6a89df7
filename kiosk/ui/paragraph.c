/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/paragraph.h"

#include <string.h>

#include "kiosk/ui/paragraph_break.h"

enum { SOFT_HYPHEN = 0x00AD, ZERO_SPACE = 0x200B, RUNS_ON_LINE = 64 };

/* What is being laid out: one paragraph of the text, which begins at byte `from`. */
struct work {
    const struct paragraph_letters *letters;
    const char *text;
    uint16_t from;
    struct paragraph_measure measure;
    struct bidi_text bidi;
    uint8_t font[BIDI_CHARACTERS];
    struct paragraph_break_whole whole; /* false: wider than a line; of names also where room is short */
};

/* ---- fonts ---- */

static bool has(const struct work *work, unsigned font, size_t i) {
    return work->letters->has(work->letters->context, font, work->bidi.character[i]);
}

/* A character that no font has is drawn with the first one, which shows a box: see font_missing. */
static uint8_t own_font(const struct work *work, size_t i) {
    int font = work->letters->font_of(work->letters->context, work->bidi.character[i]);
    return font < 0 ? 0 : (uint8_t)font;
}

/* A mark and its letter come from one font, or the mark would stand beside it. */
static void join_mark(struct work *work, size_t i) {
    size_t base = i;
    while (base > 0 && work->bidi.kind[base] == BIDI_MARK) {
        base--;
    }
    uint8_t font = work->font[base];
    if (!has(work, font, i) && has(work, own_font(work, i), base)) {
        font = own_font(work, i);
    }
    for (size_t j = base; j <= i; j++) {
        work->font[j] = font;
    }
}

static bool follows_others(enum bidi_kind kind) {
    return kind == BIDI_NEUTRAL || kind == BIDI_HIDDEN;
}

/* What the signs at i's level, and what is before them at that level, are written in; NULL: nothing is. */
static const uint8_t *font_before(const struct work *work, size_t i) {
    const struct bidi_text *bidi = &work->bidi;
    for (size_t j = i; j-- > 0;) {
        if (bidi->level[j] == bidi->level[i]) {
            return &work->font[j];
        }
    }
    return NULL;
}

/*
 * Signs look like what they run along with: what is before them at their level, else what follows there, else
 * what was last at that level: both brackets around a number are of one font. Alone like what is before them,
 * whatever its level.
 */
static uint8_t font_beside(const struct work *work, size_t i) {
    const struct bidi_text *bidi = &work->bidi;
    if (i > 0 && bidi->level[i - 1] == bidi->level[i]) {
        return work->font[i - 1];
    }
    size_t j = i;
    while (j < bidi->count && bidi->level[j] == bidi->level[i] && follows_others(bidi->kind[j])) {
        j++;
    }
    if (j < bidi->count && (bidi->level[j] == bidi->level[i] || i == 0)) {
        return own_font(work, j);
    }
    const uint8_t *before = font_before(work, i);
    return before != NULL ? *before : i > 0 ? work->font[i - 1] : 0;
}

static void choose_fonts(struct work *work) {
    for (size_t i = 0; i < work->bidi.count; i++) {
        enum bidi_kind kind = work->bidi.kind[i];
        if (kind == BIDI_MARK && i > 0) {
            join_mark(work, i);
        } else if (follows_others(kind)) {
            uint8_t font = font_beside(work, i);
            work->font[i] = kind == BIDI_HIDDEN || has(work, font, i) ? font : own_font(work, i);
        } else {
            work->font[i] = own_font(work, i);
        }
    }
}

/* ---- runs ---- */

static bool same_run(const struct work *work, size_t a, size_t b) {
    return work->bidi.level[a] == work->bidi.level[b] && work->font[a] == work->font[b];
}

static struct paragraph_run run_of(const struct work *work, size_t first, size_t end, bool hyphen) {
    struct paragraph_run run = {.first = (uint16_t)(work->from + work->bidi.at[first]),
                                .size = (uint16_t)(work->bidi.at[end] - work->bidi.at[first]),
                                .font = work->font[first],
                                .from_right = work->bidi.level[first] % 2 != 0,
                                .hyphen = hyphen};
    run.width = work->letters->width(work->letters->context, &run, work->text);
    return run;
}

/* The characters [first, end) as runs in reading order, with their levels; at most RUNS_ON_LINE of them. */
static size_t split_runs(struct paragraph_run *runs, uint8_t *level, const struct work *work, size_t first,
                         size_t end, bool hyphen) {
    size_t count = 0;
    for (size_t at = first; at < end && count < RUNS_ON_LINE;) {
        size_t next = at + 1;
        while (next < end && same_run(work, at, next)) {
            next++;
        }
        level[count] = work->bidi.level[at];
        runs[count++] = run_of(work, at, next, hyphen && next == end);
        at = next;
    }
    return count;
}

static int width_of(const struct work *work, size_t first, size_t end, bool hyphen) {
    struct paragraph_run runs[RUNS_ON_LINE];
    uint8_t level[RUNS_ON_LINE];
    size_t count = split_runs(runs, level, work, first, end, hyphen);
    int width = 0;
    for (size_t i = 0; i < count; i++) {
        width += runs[i].width;
    }
    return width;
}

/* ---- lines ---- */

/* A place where a line can end: what it shows ends before `end`, the next line begins at `next`. */
struct stop {
    size_t end, next;
    bool hyphen;
};

/* The first place at or behind `from` where a line that begins at `first` can end. */
static struct stop next_stop(const struct work *work, size_t first, size_t from) {
    size_t i = from;
    while (i < work->bidi.count && !paragraph_break_after(&work->bidi, work->whole, first, i)) {
        i++;
    }
    struct stop stop = {.end = i, .next = i};
    if (i < work->bidi.count) {
        stop.hyphen = work->bidi.character[i] == SOFT_HYPHEN;
        stop.end = stop.next = i + 1;
        while (stop.next < work->bidi.count && paragraph_break_is_space(&work->bidi, stop.next)) {
            stop.next++;
        }
    }
    while (stop.end > first && (paragraph_break_is_space(&work->bidi, stop.end - 1) ||
                                work->bidi.character[stop.end - 1] == ZERO_SPACE)) {
        stop.end--;
    }
    return stop;
}

/* Letters and signs; what is written above or below another takes no place. */
static int characters_of(const struct work *work, size_t first, size_t end) {
    int count = 0;
    for (size_t i = first; i < end; i++) {
        count += work->bidi.kind[i] != BIDI_MARK && work->bidi.kind[i] != BIDI_HIDDEN;
    }
    return count;
}

static bool fits(const struct work *work, size_t first, struct stop stop) {
    return characters_of(work, first, stop.end) <= work->measure.characters &&
           width_of(work, first, stop.end, stop.hyphen) <= work->measure.width;
}

/* Whether the line is at least half full, in pixels or in the letters that it may have. */
static bool is_half_full(const struct work *work, size_t first, struct stop stop) {
    return 2 * width_of(work, first, stop.end, stop.hyphen) >= work->measure.width ||
           2 * characters_of(work, first, stop.end) >= work->measure.characters;
}

/* Whether a single word would stand alone on the last line, and can have the one before it for company. */
static bool leaves_a_widow(const struct work *work, size_t first, struct stop before, struct stop best) {
    struct stop rest = next_stop(work, best.next, best.next);
    struct stop last = {.end = work->bidi.count, .next = work->bidi.count};
    return best.next < work->bidi.count && rest.next == work->bidi.count && fits(work, before.next, last) &&
           is_half_full(work, first, before);
}

/* Whether what belongs to the next word would stay behind; `last`: the next line is to hold all of the rest. */
static bool leaves_a_leader(const struct work *work, size_t first, struct stop before, struct stop best,
                            bool last) {
    size_t next = last ? work->bidi.count : best.next;
    return is_half_full(work, first, before) && best.next > best.end && best.next < work->bidi.count &&
           paragraph_break_leads(&work->bidi, before.next, best.end) &&
           fits(work, before.next, next_stop(work, before.next, next));
}

/* Of the places where the line could end, the last one first, which leaves the lines better to read. */
static struct stop best_stop(const struct work *work, size_t first, const struct stop *stop, int count) {
    bool widow = count > 1 && leaves_a_widow(work, first, stop[1], stop[0]);
    int at = widow ? 1 : 0;
    while (at + 1 < count && leaves_a_leader(work, first, stop[at + 1], stop[at], widow)) {
        at++;
    }
    return stop[at];
}

/* The last place where the line still fits, or the first one when none does. */
static struct stop fill_line(const struct work *work, size_t first, int *excess) {
    enum { KEPT = 4 };
    struct stop kept[KEPT] = {next_stop(work, first, first)};
    int count = 1;
    int over = width_of(work, first, kept[0].end, kept[0].hyphen) - work->measure.width;
    if (over > 0) {
        *excess = over > *excess ? over : *excess;
        return kept[0];
    }
    while (kept[0].next < work->bidi.count) {
        struct stop stop = next_stop(work, first, kept[0].next);
        if (!fits(work, first, stop)) {
            break;
        }
        memmove(kept + 1, kept, (KEPT - 1) * sizeof *kept);
        kept[0] = stop;
        count += count < KEPT;
    }
    return best_stop(work, first, kept, count);
}

static bool put_line(struct paragraph_room *room, const struct work *work, size_t first, struct stop stop) {
    struct paragraph_run runs[RUNS_ON_LINE];
    uint8_t level[RUNS_ON_LINE];
    uint16_t order[RUNS_ON_LINE];
    size_t count = split_runs(runs, level, work, first, stop.end, stop.hyphen);
    size_t shown =
        count == 0 ? work->from + work->bidi.at[first] : (size_t)runs[count - 1].first + runs[count - 1].size;
    if (shown != (size_t)work->from + work->bidi.at[stop.end]) {
        return false;
    }
    if (room->line_count == room->line_capacity || count > room->run_capacity - room->run_count) {
        return false;
    }
    struct paragraph_line *line = &room->line[room->line_count++];
    *line = (struct paragraph_line){.first = (uint16_t)(work->from + work->bidi.at[first]),
                                    .size = (uint16_t)(work->bidi.at[stop.end] - work->bidi.at[first]),
                                    .run_first = (uint16_t)room->run_count,
                                    .run_count = (uint16_t)count,
                                    .from_right = work->bidi.from_right};
    bidi_order(order, level, count);
    for (size_t i = 0; i < count; i++) {
        struct paragraph_run *run = &room->run[room->run_count++];
        *run = runs[order[i]];
        run->x = line->width;
        line->width += run->width;
    }
    return true;
}

static bool lay_in(struct paragraph_room *room, const struct work *work, int *excess) {
    size_t first = 0;
    bool complete = true;
    do {
        struct stop stop = fill_line(work, first, excess);
        complete = put_line(room, work, first, stop);
        first = stop.next;
    } while (complete && first < work->bidi.count);
    return complete;
}

static int widest_of(const struct paragraph_line *line, size_t count) {
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        widest = line[i].width > widest ? line[i].width : widest;
    }
    return widest;
}

static bool ends_short(const struct paragraph_line *line, size_t count) {
    enum { PART = 3 };
    return count > 1 && PART * line[count - 1].width < widest_of(line, count);
}

/*
 * Puts the same text down again, narrower, so that no end of it is left behind as a scrap. False: that costs
 * a line, or does not help.
 */
static bool lay_narrower(struct paragraph_room *room, struct work *work, const struct paragraph_room *before,
                         int width, size_t lines) {
    int excess = 0;
    *room = *before;
    work->measure.width = width;
    bool complete = lay_in(room, work, &excess);
    bool as_good = complete && excess == 0 && room->line_count - before->line_count == lines;
    return as_good && !ends_short(room->line + before->line_count, lines);
}

/* Names and commands are cut only where one is wider than a line; names also where room is short. */
static bool lay_full(struct paragraph_room *room, struct work *work, int *excess) {
    struct paragraph_room before = *room;
    work->whole = (struct paragraph_break_whole){.names = !work->measure.cuts_names, .commands = true};
    bool complete = lay_in(room, work, excess);
    if (*excess > 0) {
        *room = before;
        *excess = 0;
        work->whole = (struct paragraph_break_whole){false, false};
        complete = lay_in(room, work, excess);
    }
    return complete;
}

/* Lays the same lines down narrower and narrower while that costs no line more; the last that did not stays. */
static bool balance(struct paragraph_room *room, struct work *work, const struct paragraph_room *before) {
    size_t lines = room->line_count - before->line_count;
    bool complete = true;
    bool narrower = true;
    while (narrower && lines > 1) {
        int excess = 0;
        int width = work->measure.width;
        work->measure.width = widest_of(room->line + before->line_count, lines) - 1;
        *room = *before;
        complete = lay_in(room, work, &excess);
        narrower = complete && excess == 0 && room->line_count - before->line_count == lines;
        if (!narrower) {
            work->measure.width = width;
            *room = *before;
            complete = lay_in(room, work, &excess);
        }
    }
    return complete;
}

static bool lay_one(struct paragraph_room *room, struct work *work, int *worst) {
    enum { STEPS = 16, NARROWEST = 8 };
    struct paragraph_room before = *room;
    int full = work->measure.width;
    int excess = 0;
    choose_fonts(work);
    bool complete = lay_full(room, work, &excess);
    const struct paragraph_line *line = room->line + before.line_count;
    size_t count = room->line_count - before.line_count;
    bool even = !complete || excess > 0 || !ends_short(line, count);
    int widest = even ? 0 : widest_of(line, count);
    for (int i = STEPS - 1; !even && i >= NARROWEST; i--) {
        even = lay_narrower(room, work, &before, widest * i / STEPS, count);
    }
    if (!even) {
        work->measure.width = full;
        *room = before;
        complete = lay_in(room, work, &excess);
    }
    if (work->measure.balanced && complete && excess == 0) {
        complete = balance(room, work, &before);
    }
    work->measure.width = full;
    *worst = excess > *worst ? excess : *worst;
    return complete;
}

struct paragraph_fit paragraph_lay(struct paragraph_room *room, const struct paragraph_letters *letters,
                                   const char *text, struct paragraph_measure measure) {
    struct work work = {.letters = letters, .text = text, .measure = measure};
    struct paragraph_fit fit = {.complete = true};
    const char *at = text;
    while (fit.complete && *at != '\0') {
        size_t size = strcspn(at, "\n");
        if (at - text + (ptrdiff_t)size > UINT16_MAX) {
            fit.complete = false;
            break;
        }
        work.from = (uint16_t)(at - text);
        bool whole = bidi_read(&work.bidi, at, size, measure.page_from_right);
        fit.complete = lay_one(room, &work, &fit.excess) && whole;
        at += size + (at[size] == '\n');
    }
    return fit;
}

size_t paragraph_copy_run(char *out, size_t capacity, const struct paragraph_run *run, const char *text) {
    const char *at = text + run->first;
    const char *end = at + run->size;
    size_t size = 0;
    while (at < end) {
        const char *from = at;
        bool hidden = bidi_is_hidden(bidi_next(&at));
        size_t more = (size_t)(at - from);
        if (hidden) {
            continue;
        }
        if (size + more + 2 > capacity) {
            break;
        }
        memcpy(out + size, from, more);
        size += more;
    }
    if (run->hyphen) {
        out[size++] = '-';
    }
    out[size] = '\0';
    return size;
}
