/* SPDX-License-Identifier: Apache-2.0 */
#include "head_count.h"

void head_count_add(struct head_count *count, const struct bundle_header *header) {
    bool speaks = header->present > count->present;
    bool equal = header->present == count->present;
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        bool more = equal && header->absent[i] > count->absent[i];
        count->absent[i] = speaks || more ? header->absent[i] : count->absent[i];
    }
    count->present = speaks ? header->present : count->present;
}
