/* SPDX-License-Identifier: Apache-2.0 */
#include "speech_stretch.h"

#include <math.h>
#include <string.h>

enum { HOPS_A_SECOND = 80, SEARCH_A_SECOND = 100, COARSE_RATE = 8000, RAMP = 1 << 14 };

struct stretch {
    const int16_t *in;
    size_t count;
    size_t hop;    /* half a piece */
    size_t search; /* how far from its place a piece may be taken */
    size_t coarse; /* stride of the first search */
};

size_t speech_stretch_count(size_t count, unsigned percent) {
    return count * 100 / percent;
}

/* How alike two stretches of one hop are, -1..1, looking at every `stride`-th sample. */
static double likeness(const int16_t *a, const int16_t *b, size_t hop, size_t stride) {
    double product = 0;
    double energy_a = 1;
    double energy_b = 1;
    for (size_t i = 0; i < hop; i += stride) {
        product += (double)a[i] * b[i];
        energy_a += (double)a[i] * a[i];
        energy_b += (double)b[i] * b[i];
    }
    return product / sqrt(energy_a * energy_b);
}

/* The place in [first, last] from which it goes on most like `like`. */
static size_t best_place(const struct stretch *s, const int16_t *like, size_t first, size_t last,
                         size_t stride) {
    size_t best = first;
    double most = -2;
    for (size_t at = first; at <= last; at += stride) {
        double alike = likeness(like, s->in + at, s->hop, stride);
        if (alike > most) {
            most = alike;
            best = at;
        }
    }
    return best;
}

/*
 * Around `wanted`, coarsely and then to the sample. There is room for one piece behind every place looked at.
 */
static size_t find_place(const struct stretch *s, const int16_t *like, size_t wanted) {
    size_t end = s->count - 2 * s->hop;
    size_t first = wanted > s->search ? wanted - s->search : 0;
    size_t last = wanted + s->search < end ? wanted + s->search : end;
    first = first < last ? first : last;
    size_t rough = best_place(s, like, first, last, s->coarse);
    size_t low = rough > first + s->coarse ? rough - s->coarse : first;
    size_t high = rough + s->coarse < last ? rough + s->coarse : last;
    return best_place(s, like, low, high, 1);
}

/* From one stretch into another, in a straight line: likes add up to their own height. */
static void blend(int16_t *out, const int16_t *from, const int16_t *to, size_t hop, size_t room) {
    for (size_t i = 0; i < hop && i < room; i++) {
        int32_t part = (int32_t)(i * RAMP / hop);
        int32_t sum = from[i] * (RAMP - part) + to[i] * part;
        out[i] = (int16_t)(sum / RAMP);
    }
}

void speech_stretch(int16_t *out, const int16_t *in, size_t count, uint32_t rate, unsigned percent) {
    struct stretch s = {in, count, rate / HOPS_A_SECOND, rate / SEARCH_A_SECOND, rate / COARSE_RATE};
    size_t total = speech_stretch_count(count, percent);
    if (percent == 100 || count < 4 * s.hop || total < s.hop) {
        size_t same = count < total ? count : total;
        memcpy(out, in, same * sizeof *out);
        memset(out + same, 0, (total - same) * sizeof *out);
        return;
    }
    memcpy(out, in, s.hop * sizeof *out);
    size_t at = 0; /* where the piece before was taken */
    for (size_t made = s.hop; made < total; made += s.hop) {
        const int16_t *like = in + at + s.hop; /* how it would go on */
        size_t wanted = made * percent / 100;
        at = find_place(&s, like, wanted);
        blend(out + made, like, in + at, s.hop, total - made);
    }
}
