/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_figures.h"

#include <stdlib.h>

enum fault disclosure_figures_put(struct release_content *content, const struct release_figure *figure) {
    uint32_t count = content->figure_count;
    if (count == RELEASE_FIGURES) {
        return FAULT_LIMIT;
    }
    if (count % 1024 == 0) {
        struct release_figure *more = realloc(content->figure, (count + (size_t)1024) * sizeof *more);
        if (!more) {
            return FAULT_MEMORY;
        }
        content->figure = more;
    }
    content->figure[content->figure_count++] = *figure;
    return FAULT_NONE;
}

enum fault disclosure_figures_add(struct release_content *content, const struct disclosure_table *table) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < table->listing_count; i++) {
        const struct protect_cell *cell = &table->protect.cell[table->listing[i].cell];
        struct release_figure figure = table->listing[i].figure;
        switch (cell->state) {
        case PROTECT_EXACT:
            figure.status = RELEASE_PUBLISHED;
            figure.low = figure.high = cell->value;
            break;
        case PROTECT_BANDED:
            figure.status = RELEASE_BANDED;
            figure.low = cell->low;
            figure.high = cell->high;
            break;
        case PROTECT_HIDDEN:
            figure.status = RELEASE_HIDDEN;
            figure.n = 0;
            break;
        }
        fault = disclosure_figures_put(content, &figure);
    }
    return fault;
}

static int order(const void *a, const void *b) {
    uint64_t first = release_rank(a), second = release_rank(b);
    return first < second ? -1 : first > second;
}

void disclosure_figures_sort(struct release_content *content) {
    if (content->figure_count) {
        qsort(content->figure, content->figure_count, sizeof *content->figure, order);
    }
}
