/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stack.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/draw.h"

void stack_in_parts(struct stack *stack, const struct strings *strings, uint16_t part) {
    stack->strings = strings;
    stack->part = part;
}

static void overflow(struct page *page, int excess) {
    page->overflow = true;
    page->excess = excess > page->excess ? excess : page->excess;
}

static void check_room(struct stack *stack) {
    if (stack->y > stack->bottom && stack->packing != STACK_FLOW) {
        overflow(stack->page, stack->y - stack->bottom);
    }
}

void stack_gap(struct stack *stack, int tenths) {
    int space = stack->theme->unit * tenths / 300;
    int closer = stack->squeezed ? 3 : 1;
    stack->y += space / stack->gap_divisor / closer;
}

/* Sixty letters and signs in a line; the eighty of WCAG 1.4.8 where the page would not fit otherwise. */
static struct paragraph_measure measure_of(const struct stack *stack, int width) {
    enum { EASY = 60, MOST = 80 };
    return (struct paragraph_measure){width, stack->packing < STACK_WIDE ? EASY : MOST,
                                      stack->page->from_right, stack->packing >= STACK_TIGHT, false};
}

/* Where room is short three quarters of it: the least with which no lines of what is shipped meet. */
static int leading_of(const struct stack *stack, enum theme_text style) {
    int leading = text_leading(stack->theme, style);
    return !stack->page->from_right ? 0 : stack->packing < STACK_TIGHT ? leading : leading * 3 / 4;
}

static int height_of(const struct stack *stack, enum theme_text style, int lines) {
    return text_lines_height(stack->theme, style, lines, leading_of(stack, style));
}

static struct paragraph_fit lay(struct stack *stack, struct page_item *item, int width) {
    struct page *page = stack->page;
    struct paragraph_room room = {page->line, PAGE_LINES, (size_t)page->line_count,
                                  page->run,  PAGE_RUNS,  (size_t)page->run_count};
    struct paragraph_measure measure = measure_of(stack, width);
    measure.balanced = item->kind != PAGE_TEXT;
    struct paragraph_fit fit = text_wrap(&room, stack->fonts, item->style, page_text(page, item), measure);
    item->line_first = (uint16_t)page->line_count;
    item->line_count = (uint16_t)(room.line_count - (size_t)page->line_count);
    item->leading = (uint16_t)leading_of(stack, item->style);
    page->line_count = (int)room.line_count;
    page->run_count = (int)room.run_count;
    return fit;
}

/*
 * Gives the item its lines in a width; returns their height. A word too long for it makes the whole text
 * small.
 */
static int wrap(struct stack *stack, struct page_item *item, int width) {
    struct page *page = stack->page;
    int runs = page->run_count;
    struct paragraph_fit fit = lay(stack, item, width);
    if (fit.excess > 0 && item->style != THEME_SMALL) {
        page->line_count = item->line_first;
        page->run_count = runs;
        item->style = THEME_SMALL;
        fit = lay(stack, item, width);
    }
    if (!fit.complete || fit.excess > 0) {
        overflow(page, fit.excess);
    }
    return height_of(stack, item->style, item->line_count);
}

void stack_lay_again(struct stack *stack, struct page_item *item) {
    int width = item->rect.w - draw_text_indent(stack->theme, item->icon, item->style);
    item->rect.h = wrap(stack, item, width);
}

/* How many lines a text has in a width, and whether every word of it fits. */
static int lines_of(const struct stack *stack, enum theme_text style, const char *text, int width,
                    bool *fits) {
    struct paragraph_line lines[PAGE_LINES];
    struct paragraph_run runs[PAGE_LINES * 2];
    struct paragraph_room room = {
        .line = lines, .line_capacity = PAGE_LINES, .run = runs, .run_capacity = PAGE_LINES * 2};
    struct paragraph_fit fit = text_wrap(&room, stack->fonts, style, text, measure_of(stack, width));
    *fits = fit.excess == 0;
    return (int)room.line_count;
}

static bool fits_in(const struct stack *stack, enum theme_text style, const char *text, int width) {
    bool fits = true;
    (void)lines_of(stack, style, text, width, &fits);
    return fits;
}

int stack_reach_above(const struct theme *theme, enum theme_text style) {
    return theme->text[style] / 5; /* measured */
}

/*
 * Arabic letters reach out of their line above as well: into the edge of the screen, or the bar of progress.
 */
static void clear_of_letters(struct stack *stack, enum theme_text style) {
    const struct page *page = stack->page;
    int above = stack_edge(stack->theme);
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        int end = item->rect.y + item->rect.h;
        above = item->kind == PAGE_BAR && end > above ? end : above;
    }
    int first = above + stack_reach_above(stack->theme, style);
    bool whole = stack->theme->percent <= 125 && stack->quiet && stack->squeezed; /* it is to fit as one */
    stack->y = page->from_right && !whole && stack->y < first ? first : stack->y;
}

static struct page_item *add_text(struct stack *stack, enum theme_text style, enum theme_colour colour,
                                  const char *text, enum icon icon) {
    struct page_item *item = page_add(stack->page, PAGE_TEXT, text);
    if (item == NULL) {
        return NULL;
    }
    item->style = style;
    item->colour = colour;
    item->icon = icon;
    item->rect = (struct paint_rect){stack->x, stack->y, stack->width, 0};
    item->rect.h = wrap(stack, item, stack->width - draw_text_indent(stack->theme, icon, style));
    stack->y += item->rect.h;
    check_room(stack);
    return item;
}

struct page_item *stack_text(struct stack *stack, enum theme_text style, enum theme_colour colour,
                             const char *text) {
    clear_of_letters(stack, style);
    return add_text(stack, style, colour, text, ICON_NONE);
}

struct page_item *stack_text_with(struct stack *stack, enum theme_text style, enum theme_colour colour,
                                  const char *text, enum icon icon) {
    clear_of_letters(stack, style);
    return add_text(stack, style, colour, text, icon);
}

struct page_item *stack_centred(struct stack *stack, enum theme_text style, enum theme_colour colour,
                                const char *text) {
    struct page_item *item = add_text(stack, style, colour, text, ICON_NONE);
    if (item != NULL) {
        item->centred = true;
    }
    return item;
}

int stack_text_height(const struct stack *stack, enum theme_text style, const char *text) {
    bool fits = true;
    return height_of(stack, style, lines_of(stack, style, text, stack->width, &fits));
}

struct page_item *stack_twin(struct stack *stack, enum theme_text style, enum theme_colour colour,
                             const char *text, const char *twin) {
    bool fits = fits_in(stack, style, text, stack->width) && fits_in(stack, style, twin, stack->width);
    style = fits ? style : THEME_SMALL;
    struct page_item *item = stack_text(stack, style, colour, text);
    if (item == NULL) {
        return NULL;
    }
    int lines = lines_of(stack, style, twin, stack->width, &fits);
    item->lines_room = (uint16_t)(lines > item->line_count ? lines : item->line_count);
    int height = height_of(stack, style, item->lines_room);
    stack->y += height - item->rect.h;
    item->rect.h = height;
    check_room(stack);
    return item;
}

/*
 * Arabic letters reach out of their line, above and below: large ones would touch the edge of their button. Up
 * to 125 % they do not, and there a page is to fit as a whole.
 */
void stack_mark(struct stack *stack, const char *text) {
    enum { LINES = 8 };
    struct page *page = stack->page;
    if (page->item_count == PAGE_ITEMS || page->line_count + LINES > PAGE_LINES ||
        page->run_count + 2 * LINES > PAGE_RUNS || page->storage_used + strlen(text) >= PAGE_STORAGE) {
        return;
    }
    struct page_item *item = page_add(page, PAGE_TEXT, text);
    int width = stack->theme->column_width;
    item->over = true;
    item->fixed = true;
    item->centred = true;
    item->style = fits_in(stack, THEME_TITLE, text, width) ? THEME_TITLE : THEME_SMALL;
    (void)lay(stack, item, width);
    int height = height_of(stack, item->style, item->line_count);
    item->rect =
        (struct paint_rect){stack->theme->column_x, (stack->theme->height - height) / 2, width, height};
}

static int padding(const struct stack *stack) {
    int usual = stack->theme->unit / 90;
    int reach = stack->theme->text[THEME_LABEL] / 6 + 2 * stack->theme->border;
    bool reaches = stack->page->from_right && stack->theme->percent > 125;
    return reaches && reach > usual ? reach : usual;
}

/* Adds a target in a place whose height still grows with its text; gives that height. */
static int add_target(struct stack *stack, enum page_kind kind, enum theme_text style,
                      const struct stack_card *card, struct paint_rect place) {
    struct page_item *item = page_add(stack->page, kind, card->text);
    if (item == NULL) {
        return place.h;
    }
    int side = kind == PAGE_BUTTON ? padding(stack)
               : kind == PAGE_ROW  ? draw_row_indent(stack->theme, card->action)
                                   : stack->theme->unit / 40;
    item->style = style;
    item->mark = card->mark;
    item->action = (int16_t)card->action;
    item->value = (uint16_t)card->value;
    item->chosen = card->chosen;
    item->face = (uint8_t)card->face;
    item->voice = card->voice;
    item->centred = kind == PAGE_BUTTON;
    int indent = card->mark == PAGE_MARK_NONE ? side : draw_card_indent(stack->theme, card->face);
    int text = wrap(stack, item, place.w - indent - side) + 2 * padding(stack);
    item->rect = place;
    item->rect.h = text > place.h ? text : place.h;
    return item->rect.h;
}

static enum theme_text card_style(const struct stack_card *card) {
    return card->small ? THEME_SMALL : THEME_LABEL;
}

int stack_card_height(const struct stack *stack, const struct stack_card *card, int columns) {
    struct paragraph_line lines[16];
    struct paragraph_run runs[64];
    struct paragraph_room room = {.line = lines, .line_capacity = 16, .run = runs, .run_capacity = 64};
    int side = stack->theme->unit / 40;
    int width = (stack->width - (columns - 1) * stack->theme->gap) / columns;
    int indent = card->mark == PAGE_MARK_NONE ? side : draw_card_indent(stack->theme, card->face);
    enum theme_text style = card_style(card);
    text_wrap(&room, stack->fonts, style, card->text, measure_of(stack, width - indent - side));
    int height = height_of(stack, style, (int)room.line_count) + 2 * padding(stack);
    return height > stack->theme->target ? height : stack->theme->target;
}

bool stack_cards_fit(const struct stack *stack, const struct stack_card *cards, size_t count, int columns) {
    int width = (stack->width - (columns - 1) * stack->theme->gap) / columns;
    bool fit = true;
    for (size_t i = 0; fit && i < count; i++) {
        int indent = draw_card_indent(stack->theme, cards[i].face) + stack->theme->unit / 40;
        fit = lines_of(stack, THEME_LABEL, cards[i].text, width - indent, &fit) == 1 && fit;
    }
    return fit;
}

/* The i-th of `count` places beside one another, all of one width; together they reach from edge to edge. */
static struct paint_rect place_of(const struct stack *stack, size_t i, size_t count, int gap) {
    int width = (stack->width + gap) / (int)count - gap;
    int left = count < 2 ? 0 : (stack->width - width) * (int)i / ((int)count - 1);
    return (struct paint_rect){stack->x + left, stack->y, width, stack->theme->target};
}

void stack_below_letters(struct stack *stack) {
    const struct page *page = stack->page;
    int lowest = stack->y;
    for (int i = 0; page->from_right && i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        int reach =
            stack->theme->text[item->style] * 2 / (stack->theme->percent > 125 ? 8 : 11); /* measured */
        if (item->kind == PAGE_TEXT && !item->fixed && item->rect.y < stack->y) {
            int end = item->rect.y + item->rect.h + reach;
            lowest = end > lowest ? end : lowest;
        }
    }
    stack->y = lowest;
}

void stack_grid(struct stack *stack, const struct stack_card *cards, size_t count, int columns,
                bool centred) {
    int gap = stack->theme->gap;
    stack_below_letters(stack);
    for (size_t first = 0; first < count; first += (size_t)columns) {
        int item_first = stack->page->item_count;
        int height = stack->theme->target;
        for (size_t i = first; i < count && i < first + (size_t)columns; i++) {
            struct paint_rect place = place_of(stack, i - first, (size_t)columns, gap);
            if (cards[i].text[0] == '\0') {
                continue;
            }
            enum page_kind kind = cards[i].mark != PAGE_MARK_NONE ? PAGE_CARD
                                  : centred                       ? PAGE_BUTTON
                                                                  : PAGE_ROW;
            int needed = add_target(stack, kind, card_style(&cards[i]), &cards[i], place);
            height = needed > height ? needed : height;
        }
        for (int i = item_first; i < stack->page->item_count; i++) {
            stack->page->item[i].rect.h = height;
        }
        stack->y += height;
        check_room(stack);
        stack->y += gap;
    }
}

void stack_card(struct stack *stack, const struct stack_card *card) {
    stack_grid(stack, card, 1, 1, false);
}

void stack_row(struct stack *stack, const char *text, int action, int value) {
    struct stack_card card = {.text = text, .action = action, .value = value};
    stack_grid(stack, &card, 1, 1, false);
}

/* Buttons have the whole width again. */
static struct stack below_tools(const struct stack *stack) {
    struct stack below = *stack;
    below.x = stack->theme->column_x;
    below.width = stack->theme->column_width;
    return below;
}

/* Buttons of one row, or of two where they do not fit in one: their letters are of one size. */
struct button_group {
    const struct stack_button *button;
    size_t count, columns;
    enum theme_text style;
};

static int button_text_width(const struct stack *stack, const struct stack *room, size_t columns) {
    return place_of(room, 0, columns, stack->theme->gap * 3 / 2).w - 2 * padding(stack);
}

/* Whether every word of all buttons, and of what stands in their places elsewhere, fits where `room` is. */
static bool fit_in_columns(const struct stack *stack, const struct stack *room,
                           const struct button_group *group, size_t columns, enum theme_text style) {
    int width = button_text_width(stack, room, columns);
    bool fit = true;
    for (size_t i = 0; fit && i < group->count; i++) {
        const struct stack_button *button = &group->button[i];
        fit = fits_in(stack, style, button->text, width) &&
              (button->twin == NULL || fits_in(stack, style, button->twin, width));
    }
    return fit;
}

static enum theme_text button_style(const struct stack *stack, const struct stack *room,
                                    const struct button_group *group) {
    return fit_in_columns(stack, room, group, group->columns, THEME_LABEL) ? THEME_LABEL : THEME_SMALL;
}

static int button_height(const struct stack *stack, enum theme_text style, const char *text, int width) {
    struct stack within = *stack;
    within.width = width - 2 * padding(stack);
    return stack_text_height(&within, style, text) + 2 * padding(stack);
}

/* The buttons from `first` to before `end`, where `room` is; gives how high the row is. */
static int add_row(struct stack *stack, const struct stack *room, const struct button_group *group,
                   size_t first, size_t end) {
    int gap = stack->theme->gap * 3 / 2;
    int height = stack->theme->target;
    for (size_t i = first; i < end; i++) {
        const struct stack_button *button = &group->button[i];
        if (button->text[0] == '\0') {
            continue;
        }
        struct stack_card card = {
            .text = button->text, .action = button->action, .value = button->value, .voice = button->voice};
        struct paint_rect place = place_of(room, i - first, group->columns, gap);
        int needed = add_target(stack, PAGE_BUTTON, group->style, &card, place);
        height = needed > height ? needed : height;
        stack->page->item[stack->page->item_count - 1].main = button->main;
        int twin = button->twin == NULL ? 0 : button_height(stack, group->style, button->twin, place.w);
        height = twin > height ? twin : height;
    }
    return height;
}

/*
 * One row of the group above those put there before; beside the tools where these reach so far down.
 */
static void button_row(struct stack *stack, struct button_group *group, size_t first, size_t end) {
    struct page *page = stack->page;
    int item_first = page->item_count;
    int line_first = page->line_count;
    int run_first = page->run_count;
    size_t storage_first = page->storage_used;
    struct stack below = below_tools(stack);
    int height = add_row(stack, &below, group, first, end);
    if (page->item_count == item_first) {
        return;
    }
    if (stack->bottom - height < stack->tools_bottom + stack->theme->gap) {
        page->item_count = item_first;
        page->line_count = line_first;
        page->run_count = run_first;
        page->storage_used = storage_first;
        group->style = button_style(stack, stack, group);
        height = add_row(stack, stack, group, first, end);
    }
    stack->bottom -= height;
    for (int i = item_first; i < page->item_count; i++) {
        page->item[i].fixed = true;
        page->item[i].rect.y = stack->bottom;
        page->item[i].rect.h = height;
    }
    stack->bottom -= stack->theme->gap * 3 / 2;
}

void stack_buttons(struct stack *stack, const struct stack_button *buttons, size_t count) {
    struct stack below = below_tools(stack);
    struct button_group group = {.button = buttons, .count = count, .columns = count};
    /* Two rows where a word would not fit in one, even in small letters. */
    if (count >= 3 && !fit_in_columns(stack, &below, &group, count, THEME_SMALL)) {
        group.columns = (count + 1) / 2;
    }
    group.style = button_style(stack, &below, &group);
    button_row(stack, &group, group.columns, count);
    button_row(stack, &group, 0, group.columns);
    check_room(stack);
}

/* What the tools leave of the column. */
static void make_room(struct stack *stack, int tools_x) {
    int room = tools_x - stack->theme->gap - stack->theme->ring_gap - stack->x;
    stack->width = stack->width < room ? stack->width : room;
}

void stack_tools(struct stack *stack, const struct stack_tool *tools, size_t count) {
    const struct theme *theme = stack->theme;
    struct paint_rect place = {theme->width - theme->margin - theme->target, theme->margin, theme->target,
                               theme->target};
    make_room(stack, place.x);
    for (size_t i = 0; i < count; i++, place.y += place.h + theme->gap) {
        struct page_item *item =
            tools[i].name == NULL ? NULL : page_add(stack->page, PAGE_BUTTON, tools[i].name);
        if (item == NULL) {
            continue;
        }
        item->tool = true;
        item->fixed = true;
        item->icon = tools[i].icon;
        item->action = (int16_t)tools[i].action;
        item->value = (uint16_t)tools[i].value;
        item->rect = place;
        stack->tools_bottom = place.y + place.h;
    }
}

void stack_below_progress(struct stack *stack) {
    if (stack->packing == 0) {
        stack->y += text_line_height(stack->theme, THEME_SMALL);
    }
}

void stack_progress(struct stack *stack, const char *text, unsigned done, unsigned total) {
    add_text(stack, THEME_SMALL, THEME_HELP, text, ICON_NONE); /* its letters are known to reach less far */
    struct page_item *bar = page_add(stack->page, PAGE_BAR, "");
    if (bar != NULL && total > 0) {
        int height = stack->theme->unit / 96;
        bar->rect = (struct paint_rect){stack->x, stack->y + height / 2, stack->width, height};
        bar->part = (uint16_t)(done * 1000 / total);
        stack->y += stack->squeezed ? height * 3 / 2 : height * 2;
    }
}

/* The buttons to the left or the right of a counter's number. */
static void add_steps(struct stack *stack, int x, int action, int value, int first) {
    static const char *const text[] = {"\u22125", "\u2212", "+", "+5"};
    int side = stack->theme->target;
    for (int i = first; i < first + 2; i++) {
        struct stack_card card = {.text = text[i], .action = action, .value = value + i};
        add_target(stack, PAGE_BUTTON, THEME_LABEL, &card, (struct paint_rect){x, stack->y, side, side});
        x += side + stack->theme->gap;
    }
}

void stack_counter(struct stack *stack, const char *label, unsigned number, int action, int value) {
    int side = stack->theme->target;
    int gap = stack->theme->gap;
    int number_width = side * 5 / 4;
    int x = stack->x + stack->width - 4 * side - 4 * gap - number_width;
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    struct stack_card name = {.text = label};
    struct stack_card count = {.text = digits};
    int height = add_target(stack, PAGE_ROW, THEME_LABEL, &name,
                            (struct paint_rect){stack->x, stack->y, x - stack->x - gap, side});
    add_steps(stack, x, action, value * STACK_COUNTER_STEPS, 0);
    x += 2 * (side + gap);
    add_target(stack, PAGE_ROW, THEME_LABEL, &count, (struct paint_rect){x, stack->y, number_width, side});
    stack->page->item[stack->page->item_count - 1].centred = true;
    add_steps(stack, x + number_width + gap, action, value * STACK_COUNTER_STEPS, 2);
    stack->y += height;
    check_room(stack);
    stack->y += gap;
}
