/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

struct fault_entry {
    const char *name;
    const char *text[2];
};

#define FAULT_TABLE_ENTRY(name, nl, en) {#name, {nl, en}},
static const struct fault_entry table[FAULT_COUNT + 1] = {FAULT_LIST(FAULT_TABLE_ENTRY){
    "FAULT_?", {"Er is iets onbekends misgegaan.", "Something unknown went wrong."}}};
#undef FAULT_TABLE_ENTRY

static const struct fault_entry *entry_of(enum fault fault) {
    return (int)fault < 0 || fault >= FAULT_COUNT ? &table[FAULT_COUNT] : &table[fault];
}

const char *fault_text(enum fault fault, enum fault_language language) {
    return entry_of(fault)->text[language == FAULT_LANGUAGE_EN ? 1 : 0];
}

const char *fault_name(enum fault fault) {
    return entry_of(fault)->name;
}
