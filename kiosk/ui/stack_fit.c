/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stack.h"
#include "kiosk/ui/stack_flow.h"

/* How close a page is packed: by its packing, and by what one that fits gets back of that. */
struct closeness {
    int packing;
    int gap_divisor;
    bool squeezed, quiet; /* see struct stack */
    enum margins { MARGINS_NARROW, MARGINS_LOW, MARGINS_WIDE } margins;
};

/* Larger letters make a question seen that is no larger than its answers. */
static struct closeness closest(const struct theme *theme, int packing) {
    static const int gap_divisor[STACK_PACKINGS] = {1, 2, 4, 2, 4, 4, 4, 4};
    bool larger = theme->percent > 100 && packing >= STACK_TIGHT;
    return (struct closeness){.packing = packing,
                              .gap_divisor = gap_divisor[packing],
                              .squeezed = larger || packing == STACK_TIGHT,
                              .quiet = larger};
}

int stack_edge(const struct theme *theme) {
    return theme->ring + theme->ring_gap;
}

static int margin_of(const struct theme *theme, const struct closeness *as, enum margins widest) {
    enum { WHOLE = 6 };
    /* Larger letters need the room sooner; with usual ones the buttons stay where they are while they can. */
    static const int usual[STACK_PACKINGS] = {6, 6, 6, 6, 6, 2, 2, 2};
    static const int larger[STACK_PACKINGS] = {6, 4, 4, 4, 4, 2, 2, 2};
    int part = as->margins >= widest ? WHOLE : (theme->percent > 100 ? larger : usual)[as->packing];
    int margin = theme->margin * part / WHOLE;
    int least = stack_edge(theme);
    return margin > least ? margin : least;
}

static void begin(struct stack *stack, struct page *page, const struct theme *theme,
                  const struct font_set *fonts, const struct closeness *as) {
    int top = margin_of(theme, as, MARGINS_WIDE);
    int bottom = margin_of(theme, as, MARGINS_LOW);
    *stack = (struct stack){.page = page,
                            .theme = theme,
                            .fonts = fonts,
                            .packing = as->packing,
                            .gap_divisor = as->gap_divisor,
                            .squeezed = as->squeezed,
                            .quiet = as->quiet,
                            .x = theme->column_x,
                            .width = theme->column_width,
                            .y = top,
                            .top = top,
                            .bottom = theme->height - bottom};
}

static bool comes_after(const struct page_item *a, const struct page_item *b) {
    if (a->tool != b->tool) {
        return a->tool;
    }
    return a->rect.y > b->rect.y || (a->rect.y == b->rect.y && a->rect.x > b->rect.x);
}

/* Reading order is the keyboard's order, whatever order the page was built in; the tools come last. */
static void sort_items(struct page *page) {
    for (int i = 1; i < page->item_count; i++) {
        struct page_item item = page->item[i];
        int at = i;
        for (; at > 0 && comes_after(&page->item[at - 1], &item); at--) {
            page->item[at] = page->item[at - 1];
        }
        page->item[at] = item;
    }
}

/* Built as for a page from left to right; the reading order is kept. */
static void mirror(struct page *page, int width) {
    for (int i = 0; i < page->item_count; i++) {
        struct paint_rect *rect = &page->item[i].rect;
        rect->x = width - rect->x - rect->w;
    }
}

/* False: it fits, or this was the last try. */
static bool try_packing(struct page *page, const struct theme *theme, const struct font_set *fonts,
                        const struct closeness *as, void (*build)(struct stack *stack, const void *view),
                        const void *view) {
    struct stack stack;
    int packing = as->packing;
    page_clear(page);
    begin(&stack, page, theme, fonts, as);
    build(&stack, view);
    sort_items(page);
    if (packing == STACK_FLOW) {
        stack_flow_cut(&stack);
        sort_items(page);
    }
    return page->overflow &&
           (packing + 1 < STACK_FLOW || (packing + 1 == STACK_FLOW && stack.strings != NULL));
}

/*
 * A packing that fits may leave room under it, often because a longer line took one away. What is best to have
 * comes first: the question's own letters, then buttons that stay where they are, then air, and the usual margin
 * above the page.
 */
static const struct closeness gifts[] = {
    {.margins = MARGINS_WIDE},
    {.margins = MARGINS_LOW},
    {.margins = MARGINS_WIDE, .squeezed = true},
    {.margins = MARGINS_LOW, .squeezed = true},
    {.margins = MARGINS_NARROW},
    {.margins = MARGINS_NARROW, .squeezed = true},
    {.margins = MARGINS_WIDE, .quiet = true},
    {.margins = MARGINS_LOW, .quiet = true},
    {.margins = MARGINS_WIDE, .quiet = true, .squeezed = true},
    {.margins = MARGINS_LOW, .quiet = true, .squeezed = true},
    {.margins = MARGINS_NARROW, .quiet = true},
    {.margins = MARGINS_NARROW, .quiet = true, .squeezed = true},
};

/* Whether a page packed like this has that to give: no margins other than the least, where these are the usual. */
static bool can_give(const struct theme *theme, const struct closeness *least, const struct closeness *gift) {
    struct closeness wide = {.packing = least->packing, .margins = MARGINS_WIDE};
    bool same = margin_of(theme, least, MARGINS_WIDE) == margin_of(theme, &wide, MARGINS_WIDE);
    return gift->quiet <= least->quiet && gift->squeezed <= least->squeezed &&
           !(same && gift->margins != MARGINS_WIDE);
}

static void give_back(struct page *page, const struct theme *theme, const struct font_set *fonts, int packing,
                      void (*build)(struct stack *stack, const void *view), const void *view) {
    const struct closeness least = closest(theme, packing);
    bool fits = packing == 0;
    for (size_t i = 0; i < sizeof gifts / sizeof gifts[0] && !fits; i++) {
        struct closeness as = gifts[i];
        as.packing = packing;
        for (as.gap_divisor = 1; can_give(theme, &least, &as) && !fits && as.gap_divisor <= least.gap_divisor;
             as.gap_divisor++) {
            (void)try_packing(page, theme, fonts, &as, build, view);
            fits = !page->overflow;
        }
    }
}

void stack_fit(struct page *page, const struct theme *theme, const struct font_set *fonts, bool keep_focus,
               void (*build)(struct stack *stack, const void *view), const void *view) {
    int focus = keep_focus ? page->focus : PAGE_NOTHING;
    int whole = 0;
    int packing = 0;
    struct closeness as = closest(theme, packing);
    while (try_packing(page, theme, fonts, &as, build, view)) {
        whole = packing < STACK_PARTS ? page->excess : whole;
        as = closest(theme, ++packing);
    }
    if (!page->overflow && packing < STACK_PARTS) {
        give_back(page, theme, fonts, packing, build, view);
    }
    page->parted = packing < STACK_PARTS || page->overflow ? 0 : whole;
    if (page->from_right) {
        mirror(page, theme->width);
    }
    if (focus != PAGE_NOTHING && focus < page->item_count && page->item[focus].action != 0) {
        page->focus = focus;
    }
}
