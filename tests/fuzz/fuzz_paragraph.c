/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever the text: every byte of it is in one line, or a space or an invisible sign at a break; the runs of
 * a line cover it, each from character to character, and are as wide together as the line; and what is wider
 * than asked is said. The first two bytes say how wide and which way the page runs.
 */
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"
#include "kiosk/ui/paragraph.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_BYTES = 4096, LINES = 512, RUNS = 2048 };

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool font_has(const void *context, unsigned font, uint32_t character) {
    (void)context;
    bool arabic = character >= 0x0600 && character <= 0x06FF;
    return font == 1 ? arabic || character < 0x40 : !arabic && character < 0x2100;
}

static int font_of(const void *context, uint32_t character) {
    return font_has(context, 0, character) ? 0 : font_has(context, 1, character) ? 1 : -1;
}

static int width_of(const void *context, const struct paragraph_run *run, const char *text) {
    char drawn[TEXT_BYTES + 8];
    (void)context;
    return (int)paragraph_copy_run(drawn, sizeof drawn, run, text);
}

static bool begins_character(const char *text, size_t at) {
    return ((unsigned char)text[at] & 0xC0) != 0x80;
}

static void check_line(const struct paragraph_line *line, const struct paragraph_run *run, const char *text) {
    size_t covered = 0;
    int width = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        must(run[i].x == width && run[i].size > 0 && run[i].font < 2);
        must(run[i].first >= line->first && run[i].first + run[i].size <= line->first + line->size);
        must(begins_character(text, run[i].first) &&
             begins_character(text, (size_t)run[i].first + run[i].size));
        width += run[i].width;
        covered += run[i].size;
        for (size_t j = 0; j < i; j++) {
            must(run[j].first + run[j].size <= run[i].first || run[i].first + run[i].size <= run[j].first);
        }
    }
    must(width == line->width && covered == line->size);
}

/* Between two lines there is nothing to read. */
static void check_gap(const char *text, size_t from, size_t to) {
    const char *at = text + from;
    while (at < text + to) {
        uint32_t character = bidi_next(&at);
        must(character == ' ' || character == '\n' || bidi_is_hidden(character));
    }
}

static void check_all(const struct paragraph_room *room, const char *text, int width, int excess) {
    size_t at = 0;
    int widest = 0;
    for (size_t i = 0; i < room->line_count; i++) {
        const struct paragraph_line *line = &room->line[i];
        must(line->first >= at);
        check_gap(text, at, line->first);
        check_line(line, room->run + line->run_first, text);
        widest = line->width > widest ? line->width : widest;
        at = (size_t)line->first + line->size;
    }
    check_gap(text, at, strlen(text));
    must(excess == (widest > width ? widest - width : 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct paragraph_line line[LINES];
    static struct paragraph_run run[RUNS];
    const struct paragraph_letters letters = {NULL, font_of, font_has, width_of};
    struct paragraph_room room = {line, LINES, 0, run, RUNS, 0};
    char text[TEXT_BYTES];
    if (size < 2 || size - 2 >= sizeof text || memchr(data + 2, '\0', size - 2) != NULL ||
        !bytes_are_plain_text(data + 2, size - 2, true)) {
        return 0;
    }
    memcpy(text, data + 2, size - 2);
    text[size - 2] = '\0';
    const struct paragraph_measure measure = {data[0], data[1] / 2, data[1] % 2 != 0, data[0] % 2 != 0,
                                              data[1] % 4 > 1};
    struct paragraph_fit fit = paragraph_lay(&room, &letters, text, measure);
    must(room.line_count <= LINES && room.run_count <= RUNS);
    if (fit.complete) {
        check_all(&room, text, data[0], fit.excess);
    }
    return 0;
}
