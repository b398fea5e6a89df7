/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stack_flow.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/sentence.h"

enum { CHUNKS = 2 * PAGE_ITEMS, MORE_COLUMNS = 4 };

/* What stays together: an item, or some lines of a text. */
struct chunk {
    int item;
    int line, line_count; /* of the item's; 0, 0: all of it */
    int y, height;
    uint16_t part;
};

struct chunks {
    int count;
    int room;     /* how high a part may be */
    int again;    /* the item that stands on top of the parts after its own, or PAGE_NOTHING */
    int lead;     /* how much of the room it takes there */
    bool final;   /* the room is known: texts may be changed to be cut well */
    uint16_t own; /* its own part */
    uint16_t parts;
    int broken_count;
    int broken[CHUNKS]; /* where in the page's storage a line feed stands for a space meanwhile */
    struct chunk chunk[CHUNKS];
};

static void add_chunk(struct chunks *chunks, struct chunk chunk) {
    if (chunks->count < CHUNKS) {
        chunks->chunk[chunks->count++] = chunk;
    }
}

/* How high a part may be under what stands on top of it once more. */
static int room_under(const struct chunks *chunks, int i) {
    return chunks->room - (chunks->again != PAGE_NOTHING && i > chunks->again ? chunks->lead : 0);
}

/*
 * A title with nothing under it says less than one with the beginning of its text. A question's text is never
 * cut for that.
 */
static bool begins_under_title(const struct chunks *chunks, const struct stack *stack,
                               const struct page_item *item, int first) {
    int above = item->rect.y - stack->top;
    bool crosses = above > 0 && above < chunks->room && above + item->rect.h > chunks->room;
    for (int i = 0; i < stack->page->item_count; i++) {
        const struct page_item *other = &stack->page->item[i];
        crosses = crosses && !(other->again && other->style != THEME_TITLE);
    }
    return crosses && first > 1;
}

static int lines_of(const struct page_item *item) {
    return item->lines_room > 0 ? item->lines_room : item->line_count;
}

/* What is below an item that became higher. */
static void move_down(struct page *page, int from, int by) {
    for (int i = from; i < page->item_count; i++) {
        page->item[i].rect.y += page->item[i].fixed ? 0 : by;
    }
}

/* Makes the text begin a line at this byte, which stands behind a space. */
static void begin_line_at(struct chunks *chunks, struct stack *stack, int i, uint16_t byte) {
    struct page_item *item = &stack->page->item[i];
    int height = item->rect.h;
    chunks->broken[chunks->broken_count++] = item->text + byte - 1;
    stack->page->storage[item->text + byte - 1] = '\n';
    stack_lay_again(stack, item);
    move_down(stack->page, i + 1, item->rect.h - height);
}

/* A sentence alone may need a line less than it did with another behind it. */
static int lines_before(const struct page *page, const struct page_item *item, int line, int byte) {
    int count = 0;
    while (line + count < item->line_count && page->line[item->line_first + line + count].first < byte) {
        count++;
    }
    return count;
}

/* Whether there is room for all its lines once more. */
static bool can_lay_again(const struct page *page, const struct page_item *item) {
    enum { RUNS = 3 };
    int lines = item->line_count + 2;
    return item->lines_room == 0 && page->line_count + lines <= PAGE_LINES &&
           page->run_count + lines * RUNS <= PAGE_RUNS;
}

/*
 * How many of at most `most` lines from `line` on are cut off: up to where a sentence ends, even if another begins
 * on the same line. Where none ends, all of them; but a number stays with the words before it.
 */
static int lines_to_cut(struct chunks *chunks, struct stack *stack, int i, int line, int most) {
    struct page *page = stack->page;
    struct page_item *item = &page->item[i];
    const char *text = page_text(page, item);
    for (int count = most; count > 0; count--) {
        const struct paragraph_line *last = &page->line[item->line_first + line + count - 1];
        int end = last->first + last->size;
        if (sentence_ends_at(text, (size_t)end)) {
            return count;
        }
        for (int at = end - 1; chunks->broken_count < CHUNKS && can_lay_again(page, item) && at > last->first;
             at--) {
            if (text[at] == ' ' && sentence_ends_at(text, (size_t)at)) {
                begin_line_at(chunks, stack, i, (uint16_t)(at + 1));
                return lines_before(page, item, line, at + 1);
            }
        }
    }
    const struct paragraph_line *next = &page->line[item->line_first + line + most];
    bool number = text[next->first] >= '0' && text[next->first] <= '9';
    return number && most > 1 ? most - 1 : most;
}

static void add_item(struct chunks *chunks, struct stack *stack, int i) {
    const struct page_item *item = &stack->page->item[i];
    int pitch = text_line_height(stack->theme, item->style) + item->leading;
    int fitting = (room_under(chunks, i) + item->leading) / pitch;
    int above = item->rect.y - stack->top;
    int first = (chunks->room - above + item->leading) / pitch;
    bool higher = item->rect.h > room_under(chunks, i);
    bool cut = fitting > 0 && (higher || begins_under_title(chunks, stack, item, first));
    if (item->kind != PAGE_TEXT || !cut) {
        add_chunk(chunks, (struct chunk){.item = i, .y = item->rect.y, .height = item->rect.h});
        return;
    }
    /* What stands above a long text on its first part would be a part by itself otherwise. */
    int most = above < chunks->room && first > 0 ? first : fitting;
    int count = 0;
    for (int line = 0; line < lines_of(item); line += count, most = fitting) {
        int rest = lines_of(item) - line;
        count = rest < most ? rest : most;
        if (chunks->final && item->lines_room == 0 && rest > most && line + most < item->line_count) {
            count = lines_to_cut(chunks, stack, i, line, most);
        }
        add_chunk(chunks, (struct chunk){.item = i,
                                         .line = line,
                                         .line_count = count,
                                         .y = item->rect.y + line * pitch,
                                         .height = count * pitch - item->leading});
    }
}

/* The room that a chunk needs to begin in a part: what stands over choices as their name has some of them below. */
static int needed(const struct chunks *chunks, const struct stack *stack, int i) {
    const struct chunk *chunk = &chunks->chunk[i];
    const struct page_item *item = &stack->page->item[chunk->item];
    bool names = item->kind == PAGE_TEXT && item->style == THEME_LABEL && i + 1 < chunks->count;
    int both = names ? chunk[1].y + chunk[1].height - chunk->y : chunk->height;
    return both <= chunks->room ? both : chunk->height;
}

/* Things beside one another have the same y, so they get the same part. */
static void share_out(struct chunks *chunks, struct stack *stack) {
    int start = 0;
    int room = chunks->room;
    bool met = false;
    chunks->count = 0;
    chunks->parts = 0;
    for (int i = 0; i < stack->page->item_count; i++) {
        if (!stack->page->item[i].fixed) {
            add_item(chunks, stack, i);
        }
    }
    for (int i = 0; i < chunks->count; i++) {
        struct chunk *chunk = &chunks->chunk[i];
        if (chunks->parts == 0 || chunk->y + needed(chunks, stack, i) - start > room) {
            chunks->parts++;
            start = chunk->y;
            room = chunks->room - (met ? chunks->lead : 0);
        }
        chunk->part = (uint16_t)(chunks->parts - 1);
        if (chunk->item == chunks->again) {
            met = true;
            chunks->own = chunk->part;
        }
    }
}

/* The text under a title that stands on every part is cut to go under it. */
static bool may_be_cut(const struct chunks *chunks, const struct stack *stack, const struct page_item *item) {
    return item->kind == PAGE_TEXT && chunks->again != PAGE_NOTHING &&
           stack->page->item[chunks->again].style == THEME_TITLE;
}

/* The question stands above its answers on every part, where that leaves room for each of them. */
static void repeat_question(struct chunks *chunks, const struct stack *stack) {
    int highest = stack->theme->target;
    chunks->again = PAGE_NOTHING;
    chunks->lead = 0;
    for (int i = 0; i < stack->page->item_count; i++) {
        const struct page_item *item = &stack->page->item[i];
        if (item->again) {
            chunks->again = i;
            chunks->lead = item->rect.h + stack->theme->gap;
            highest = stack->theme->target; /* what stands before it needs no room under it */
        } else if (!item->fixed && !may_be_cut(chunks, stack, item) && item->rect.h > highest) {
            highest = item->rect.h;
        }
    }
    if (chunks->again != PAGE_NOTHING && chunks->room - chunks->lead < highest) {
        chunks->again = PAGE_NOTHING;
        chunks->lead = 0;
    }
}

static int columns_of(const struct stack *stack) {
    return stack->more_columns < 1              ? 1
           : stack->more_columns > MORE_COLUMNS ? MORE_COLUMNS
                                                : stack->more_columns;
}

static void more_button(struct stack *stack, uint16_t part, uint16_t parts) {
    char text[STRINGS_TEXT_SIZE];
    struct strings_value values[] = {{"page", NULL, part + 1U}, {"pages", NULL, parts}};
    strings_format(text, sizeof text, stack->strings, STRINGS_PAGE_MORE, values, 2);
    struct stack_button row[MORE_COLUMNS] = {{.text = ""}, {.text = ""}, {.text = ""}, {.text = ""}};
    int columns = columns_of(stack);
    row[columns - 1] = (struct stack_button){.text = text, .action = ACTION_MORE};
    stack_buttons(stack, row, (size_t)columns);
}

/* How high the button is, whatever the numbers in it. */
static int more_height(const struct stack *stack) {
    struct stack_card more = {.text = strings_get(stack->strings, STRINGS_PAGE_MORE)};
    return stack_card_height(stack, &more, columns_of(stack)) + stack->theme->gap * 3 / 2;
}

static const struct chunk *chunk_of(const struct chunks *chunks, int item, uint16_t part) {
    for (int i = 0; i < chunks->count; i++) {
        if (chunks->chunk[i].item == item && chunks->chunk[i].part == part) {
            return &chunks->chunk[i];
        }
    }
    return NULL;
}

static void move_into(struct page_item *item, const struct chunk *chunk, int shift) {
    if (chunk->line_count > 0) {
        int left = item->line_count - chunk->line;
        int count = left < chunk->line_count ? left : chunk->line_count;
        item->line_first = (uint16_t)(item->line_first + chunk->line);
        item->line_count = (uint16_t)(count > 0 ? count : 0); /* no line of its own in room for its twin */
    }
    item->rect.y = chunk->y + shift;
    item->rect.h = chunk->height;
}

static void keep_part(struct stack *stack, const struct chunks *chunks, uint16_t part) {
    struct page *page = stack->page;
    int kept = 0;
    int first = 0;
    while (first < chunks->count && chunks->chunk[first].part != part) {
        first++;
    }
    int shift = chunks->count == 0 ? 0 : stack->top - chunks->chunk[first].y;
    bool led = chunks->again != PAGE_NOTHING && part > chunks->own;
    shift += led ? chunks->lead : 0;
    for (int i = 0; i < page->item_count; i++) {
        const struct chunk *chunk = chunk_of(chunks, i, part);
        bool again = led && i == chunks->again;
        if (chunk == NULL && !again && !page->item[i].fixed) {
            continue;
        }
        page->item[kept] = page->item[i];
        if (again) {
            page->item[kept].rect.y = stack->top;
        }
        if (chunk != NULL) {
            move_into(&page->item[kept], chunk, shift);
        }
        kept++;
    }
    page->item_count = kept;
}

static void measure_excess(struct stack *stack, const struct chunks *chunks) {
    for (int i = 0; i < chunks->count; i++) {
        int excess = chunks->chunk[i].height - chunks->room;
        if (excess > 0) {
            stack->page->overflow = true;
            stack->page->excess = excess > stack->page->excess ? excess : stack->page->excess;
        }
    }
    stack->page->overflow = stack->page->overflow || chunks->count == CHUNKS;
}

/* Every part may begin with a text, and Arabic letters reach out above theirs. */
static void lower_top(struct stack *stack) {
    for (int i = 0; stack->page->from_right && i < stack->page->item_count; i++) {
        const struct page_item *item = &stack->page->item[i];
        int first = stack_edge(stack->theme) + stack_reach_above(stack->theme, item->style);
        if (item->kind == PAGE_TEXT && !item->fixed && first > stack->top) {
            stack->top = first;
        }
    }
}

void stack_flow_cut(struct stack *stack) {
    lower_top(stack);
    struct chunks chunks = {.room = stack->bottom - stack->top, .again = PAGE_NOTHING};
    share_out(&chunks, stack);
    if (chunks.parts <= 1) {
        measure_excess(stack, &chunks);
        return;
    }
    chunks.room -= more_height(stack);
    repeat_question(&chunks, stack);
    chunks.final = true;
    share_out(&chunks, stack);
    for (int i = 0; i < chunks.broken_count; i++) {
        stack->page->storage[chunks.broken[i]] = ' ';
    }
    measure_excess(stack, &chunks);
    uint16_t part = (uint16_t)(stack->part % chunks.parts);
    keep_part(stack, &chunks, part);
    more_button(stack, part, chunks.parts);
}
