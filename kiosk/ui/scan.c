/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/scan.h"

#include "kiosk/ui/action.h"

const int scan_speeds_ms[SCAN_SPEEDS] = {0, 4000, 2000, 1000};

/* The mentor has hands; and from the pad for the PIN one switch would not lead back. */
static bool is_target(const struct page_item *item) {
    bool mentor = item->action >= ACTION_MENTOR && item->action < ACTION_MORE;
    return item->action != 0 && item->action != ACTION_CLOSE && !mentor;
}

enum group { GROUP_NONE, GROUP_CHOICES, GROUP_BUTTONS, GROUP_TOOLS };

static enum group group_of(const struct page_item *item) {
    if (!is_target(item)) {
        return GROUP_NONE;
    }
    if (item->tool) {
        return GROUP_TOOLS;
    }
    return item->kind == PAGE_BUTTON && item->fixed ? GROUP_BUTTONS : GROUP_CHOICES;
}

/* The next item from `from` on that is a target, or the count. */
static int target_from(const struct page *page, int from) {
    while (from < page->item_count && !is_target(&page->item[from])) {
        from++;
    }
    return from;
}

/* Targets of one kind that follow one another, texts between them aside. */
static int end_of_group(const struct page *page, int first) {
    enum group group = group_of(&page->item[first]);
    int end = first + 1;
    for (int i = end; i < page->item_count; i++) {
        enum group other = group_of(&page->item[i]);
        if (other == group) {
            end = i + 1;
        } else if (other != GROUP_NONE) {
            break;
        }
    }
    return end;
}

static void rest(struct scan *scan, struct page *page) {
    scan->resting = true;
    scan->inside = false;
    page->focus = PAGE_NOTHING;
    page->focus_end = 0;
}

static void show_group(struct scan *scan, struct page *page, int first) {
    scan->inside = false;
    scan->first = first;
    scan->end = end_of_group(page, first);
    page->focus = first;
    page->focus_end = scan->end;
}

static void wait(struct scan *scan, uint64_t now_ms) {
    scan->next_ms = now_ms + (uint64_t)scan_speeds_ms[scan->speed];
}

static void next_group(struct scan *scan, struct page *page) {
    int first = target_from(page, scan->end);
    if (first == page->item_count) {
        first = target_from(page, 0);
        scan->rounds++;
    }
    if (first == page->item_count || scan->rounds >= SCAN_ROUNDS) {
        rest(scan, page);
    } else {
        show_group(scan, page, first);
    }
}

void scan_begin(struct scan *scan, struct page *page, uint64_t now_ms) {
    if (scan->speed == 0) {
        return;
    }
    scan->rounds = 0;
    scan->resting = false;
    scan->end = 0;
    scan->items = page->item_count;
    next_group(scan, page);
    wait(scan, now_ms);
}

bool scan_tick(struct scan *scan, struct page *page, uint64_t now_ms) {
    if (scan->speed == 0 || scan->resting || now_ms < scan->next_ms) {
        return false;
    }
    int next = target_from(page, page->focus + 1);
    if (!scan->inside) {
        next_group(scan, page);
    } else if (next < scan->end) {
        page->focus = next;
    } else {
        show_group(scan, page, scan->first);
    }
    wait(scan, now_ms);
    return true;
}

static int targets_in(const struct page *page, int first, int end) {
    int count = 0;
    for (int i = first; i < end; i++) {
        count += is_target(&page->item[i]);
    }
    return count;
}

int scan_press(struct scan *scan, struct page *page, uint64_t now_ms) {
    if (scan->speed == 0) {
        return PAGE_NOTHING;
    }
    if (scan->resting || page->focus == PAGE_NOTHING) {
        scan_begin(scan, page, now_ms);
        return PAGE_NOTHING;
    }
    wait(scan, now_ms);
    scan->rounds = 0;
    if (scan->inside || targets_in(page, scan->first, scan->end) == 1) {
        return page->focus;
    }
    scan->inside = true;
    page->focus = scan->first;
    page->focus_end = 0;
    return PAGE_NOTHING;
}

uint64_t scan_due_ms(const struct scan *scan) {
    return scan->speed == 0 || scan->resting ? UINT64_MAX : scan->next_ms;
}
