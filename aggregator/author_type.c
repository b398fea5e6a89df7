/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_type.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "aggregator/author_distance.h"
#include "aggregator/author_form.h"

static const struct {
    const char *name;
    enum author_type_kind kind;
    enum questionnaire_kind item;
    enum author_message message;
} TYPE[] = {
    {"select_one", AUTHOR_TYPE_KIND_ITEM, QUESTIONNAIRE_SELECT_ONE, AUTHOR_TYPE_UNKNOWN},
    {"select_multiple", AUTHOR_TYPE_KIND_ITEM, QUESTIONNAIRE_SELECT_MULTIPLE, AUTHOR_TYPE_UNKNOWN},
    {"note", AUTHOR_TYPE_KIND_ITEM, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_UNKNOWN},
    {"begin_group", AUTHOR_TYPE_KIND_BEGIN_GROUP, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_UNKNOWN},
    {"end_group", AUTHOR_TYPE_KIND_END_GROUP, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_UNKNOWN},
    {"begin_repeat", AUTHOR_TYPE_KIND_BEGIN_REPEAT, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_REPEAT},
    {"end_repeat", AUTHOR_TYPE_KIND_END_REPEAT, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_REPEAT},
#define ROW(name, what, why)                                                                                 \
    { name, AUTHOR_TYPE_KIND_##what, QUESTIONNAIRE_NOTE, AUTHOR_TYPE_##why }
    ROW("start", DROPPED, IDENTIFIES),
    ROW("end", DROPPED, IDENTIFIES),
    ROW("today", DROPPED, IDENTIFIES),
    ROW("deviceid", DROPPED, IDENTIFIES),
    ROW("username", DROPPED, IDENTIFIES),
    ROW("audit", DROPPED, IDENTIFIES),
    ROW("phonenumber", DROPPED, IDENTIFIES),
    ROW("subscriberid", DROPPED, IDENTIFIES),
    ROW("simserial", DROPPED, IDENTIFIES),
    ROW("email", DROPPED, IDENTIFIES),
    ROW("text", REFUSED, TEXT),
    ROW("string", REFUSED, TEXT),
    ROW("integer", REFUSED, NUMBER),
    ROW("int", REFUSED, NUMBER),
    ROW("decimal", REFUSED, NUMBER),
    ROW("range", REFUSED, NUMBER),
    ROW("date", REFUSED, DATE),
    ROW("time", REFUSED, DATE),
    ROW("datetime", REFUSED, DATE),
    ROW("geopoint", REFUSED, LOCATION),
    ROW("geotrace", REFUSED, LOCATION),
    ROW("geoshape", REFUSED, LOCATION),
    ROW("start-geopoint", REFUSED, LOCATION),
    ROW("background-geopoint", REFUSED, LOCATION),
    ROW("image", REFUSED, MEDIA),
    ROW("photo", REFUSED, MEDIA),
    ROW("audio", REFUSED, MEDIA),
    ROW("background-audio", REFUSED, MEDIA),
    ROW("video", REFUSED, MEDIA),
    ROW("file", REFUSED, MEDIA),
    ROW("barcode", REFUSED, MEDIA),
    ROW("calculate", REFUSED, CALCULATE),
    ROW("rank", REFUSED, RANK),
    ROW("select_one_from_file", REFUSED, EXTERNAL),
    ROW("select_multiple_from_file", REFUSED, EXTERNAL),
    ROW("select_one_external", REFUSED, EXTERNAL),
    ROW("select_multiple_external", REFUSED, EXTERNAL),
    ROW("xml-external", REFUSED, EXTERNAL),
    ROW("csv-external", REFUSED, EXTERNAL),
    ROW("hidden", REFUSED, OTHER),
    ROW("acknowledge", REFUSED, OTHER),
    ROW("trigger", REFUSED, OTHER),
    ROW("osm", REFUSED, OTHER),
#undef ROW
};
enum { TYPES = sizeof TYPE / sizeof *TYPE, WORDS = 4, WORD_SIZE = 80 };

/* Up to four words in lower case; a word that is too long is cut, and then it is no type and no list. */
static size_t split(char word[WORDS][WORD_SIZE], const char *text) {
    size_t count = 0;
    while (count < WORDS) {
        text += strspn(text, " \t\n");
        size_t size = strcspn(text, " \t\n");
        if (size == 0) {
            break;
        }
        size_t kept = size < WORD_SIZE - 1 ? size : WORD_SIZE - 1;
        memcpy(word[count], text, kept);
        word[count++][kept] = '\0';
        text += size;
    }
    return count;
}

static void lower(char *word) {
    for (; *word; word++) {
        *word = *word >= 'A' && *word <= 'Z' ? (char)(*word - 'A' + 'a') : *word;
    }
}

/* "begin group" and "select one" are older spellings of "begin_group" and "select_one". */
static size_t join_head(char word[WORDS][WORD_SIZE], size_t count) {
    static const char *const second[] = {"group", "repeat", "one", "multiple"};
    lower(word[0]);
    bool opens =
        strcmp(word[0], "begin") == 0 || strcmp(word[0], "end") == 0 || strcmp(word[0], "select") == 0;
    for (size_t i = 0; i < 4 && opens && count > 1; i++) {
        if (strcmp(word[1], second[i]) == 0) {
            size_t size = strlen(word[0]);
            snprintf(word[0] + size, WORD_SIZE - size, "_%s", second[i]);
            return 2;
        }
    }
    return 1;
}

static void recognise(struct author_type *out, const char *head) {
    const char *known[TYPES];
    for (size_t i = 0; i < TYPES; i++) {
        known[i] = TYPE[i].name;
        if (strcmp(head, TYPE[i].name) == 0) {
            out->kind = TYPE[i].kind;
            out->item = TYPE[i].item;
            out->message = TYPE[i].message;
            return;
        }
    }
    out->kind = AUTHOR_TYPE_KIND_REFUSED;
    out->guess = author_distance_nearest(head, known, TYPES);
    out->message = out->guess ? AUTHOR_TYPE_GUESS : AUTHOR_TYPE_UNKNOWN;
}

void author_type_read(struct author_type *out, const char *text) {
    char word[WORDS][WORD_SIZE] = {{0}};
    size_t count = split(word, text);
    size_t next = join_head(word, count);
    *out = (struct author_type){.guess = NULL};
    memcpy(out->written, word[0], sizeof out->written - 1);
    recognise(out, word[0]);
    if (out->kind != AUTHOR_TYPE_KIND_ITEM || out->item == QUESTIONNAIRE_NOTE) {
        return;
    }
    if (next < count && author_form_is_name(word[next])) {
        memcpy(out->list, word[next], strlen(word[next]) + 1);
    }
    if (next + 1 < count && strcmp(word[next + 1], "or_other") == 0) {
        out->kind = AUTHOR_TYPE_KIND_REFUSED;
        out->message = AUTHOR_TYPE_OR_OTHER;
    }
}
