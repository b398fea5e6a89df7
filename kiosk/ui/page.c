/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/page.h"

#include <stdio.h>
#include <string.h>

#include "core/secret.h"

enum fault page_new(struct page **out) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof **out);
    *out = memory;
    if (!fault) {
        (*out)->focus = PAGE_NOTHING;
    }
    return fault;
}

struct page *page_free(struct page *page) {
    secret_free(page);
    return NULL;
}

void page_clear(struct page *page) {
    secret_wipe(page, sizeof *page);
    page->focus = PAGE_NOTHING;
}

struct page_item *page_add(struct page *page, enum page_kind kind, const char *text) {
    size_t size = strlen(text);
    if (page->item_count == PAGE_ITEMS || size >= PAGE_STORAGE - page->storage_used) {
        page->overflow = true;
        return NULL;
    }
    struct page_item *item = &page->item[page->item_count++];
    *item = (struct page_item){.kind = kind, .style = THEME_LABEL, .colour = THEME_INK};
    item->text = (uint16_t)page->storage_used;
    item->text_size = (uint16_t)size;
    memcpy(page->storage + page->storage_used, text, size + 1);
    page->storage_used += size + 1;
    return item;
}

const char *page_lend(struct page *page, const char *code, const char *text) {
    char *kept = page->storage + page->storage_used;
    size_t size = strlen(code) + strlen(text) + sizeof "[] ";
    if (size > PAGE_STORAGE - page->storage_used) {
        page->overflow = true;
        return text;
    }
    snprintf(kept, size, "[%s] %s", code, text);
    for (char *at = kept + 1; *at != ']'; at++) {
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    }
    page->storage_used += size;
    return kept;
}

const char *page_text(const struct page *page, const struct page_item *item) {
    return page->storage + item->text;
}

int page_hit(const struct page *page, int x, int y) {
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        if (item->action != 0 && x >= item->rect.x && x < item->rect.x + item->rect.w && y >= item->rect.y &&
            y < item->rect.y + item->rect.h) {
            return i;
        }
    }
    return PAGE_NOTHING;
}

int page_find(const struct page *page, int action, int value) {
    for (int i = 0; i < page->item_count; i++) {
        if (page->item[i].action == action && page->item[i].value == value) {
            return i;
        }
    }
    return PAGE_NOTHING;
}

static bool is_choice(const struct page_item *item) {
    return item->action != 0 && item->mark != PAGE_MARK_NONE;
}

/* A group of cards is entered at the chosen card, else at its first in the direction one comes from. */
static int entry_of_group(const struct page *page, int found) {
    if (!is_choice(&page->item[found])) {
        return found;
    }
    for (int i = 0; i < page->item_count; i++) {
        if (is_choice(&page->item[i]) && page->item[i].chosen) {
            return i;
        }
    }
    return found;
}

void page_walk(struct page *page, enum page_step step) {
    bool forward = step == PAGE_NEXT || step == PAGE_NEXT_CARD;
    bool by_group = step == PAGE_NEXT || step == PAGE_PREVIOUS;
    int count = page->item_count;
    int start = page->focus != PAGE_NOTHING ? page->focus : forward ? -1 : count;
    bool leave_group = by_group && page->focus != PAGE_NOTHING && is_choice(&page->item[page->focus]);
    for (int i = 1; i <= count; i++) {
        int at = (start + (forward ? i : -i) + 2 * count) % count;
        const struct page_item *item = &page->item[at];
        if (item->action == 0 || (leave_group && is_choice(item))) {
            continue;
        }
        page->focus = by_group ? entry_of_group(page, at) : at;
        return;
    }
}

int page_card(const struct page *page, int number) {
    for (int i = 0; i < page->item_count; i++) {
        if (is_choice(&page->item[i]) && --number == 0) {
            return i;
        }
    }
    return PAGE_NOTHING;
}
