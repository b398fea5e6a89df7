/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAN_H
#define SCAN_H

#include "kiosk/ui/page.h"

/*
 * Answering with one switch: the ring goes by itself from group to group (the answers or lines, the buttons
 * below, the tools beside); pressing the switch enters the group, and the ring goes from target to target;
 * pressing again chooses. A group with one target is entered at once. After a round inside a group it goes
 * back to the groups; after SCAN_ROUNDS rounds over the groups it rests, without a ring, until the switch is
 * pressed again. What is the mentor's is passed over. Pure: no clock of its own.
 */

enum { SCAN_SPEEDS = 4, SCAN_ROUNDS = 3, SCAN_NORMAL = 2 };

/* How long the ring stays at one place; the first means no scanning. */
extern const int scan_speeds_ms[SCAN_SPEEDS];

struct scan {
    int speed;   /* index in scan_speeds_ms; 0: off */
    bool inside; /* a group was entered */
    bool resting;
    int rounds;       /* over the groups, since the page came up or the switch was pressed */
    int items;        /* of the page when it began: another number means another page */
    int first, end;   /* the group: items from `first` to before `end`; both 0 before the first */
    uint64_t next_ms; /* when the ring moves on */
};

/* Begins at the first group of a page that has just come up. Off: the page keeps its focus. */
void scan_begin(struct scan *scan, struct page *page, uint64_t now_ms);

/* Moves the ring when it is time; true when it did. */
bool scan_tick(struct scan *scan, struct page *page, uint64_t now_ms);

/* The switch: gives the item that is chosen by it, or PAGE_NOTHING when a group was entered or it woke up. */
int scan_press(struct scan *scan, struct page *page, uint64_t now_ms);

/* When scan_tick will move the ring; UINT64_MAX: not before the switch is pressed. */
uint64_t scan_due_ms(const struct scan *scan);

#endif
