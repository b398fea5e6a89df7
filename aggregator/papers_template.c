/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/papers_template.h"

#include <string.h>

struct filling {
    struct bytes_buffer *out;
    const struct papers_template_source *source;
    enum fault fault;
    unsigned depth;
};

struct tag {
    char kind; /* ? ! * > / or 0 for a value */
    char name[PAPERS_TEMPLATE_NAME];
};

static void put_escaped(struct bytes_buffer *out, const char *text) {
    for (const char *at = text; *at; at++) {
        switch (*at) {
        case '&': bytes_put(out, "&amp;", 5); break;
        case '<': bytes_put(out, "&lt;", 4); break;
        case '>': bytes_put(out, "&gt;", 4); break;
        case '"': bytes_put(out, "&quot;", 6); break;
        case '\'': bytes_put(out, "&#39;", 5); break;
        default: bytes_put(out, at, 1); break;
        }
    }
}

/* Reads the tag at `at`, which begins with [[; NULL when it is not closed or has no place for its name. */
static const char *read_tag(struct tag *tag, const char *at) {
    const char *end = strstr(at, "]]");
    at += 2;
    memset(tag, 0, sizeof *tag);
    if (!end) {
        return NULL;
    }
    if (strchr("?!*>/", *at)) {
        tag->kind = *at++;
    }
    size_t size = (size_t)(end - at);
    if (size >= sizeof tag->name || (size == 0) != (tag->kind == '/')) {
        return NULL;
    }
    memcpy(tag->name, at, size);
    return end + 2;
}

/*
 * Behind the [[/]] that closes the block whose inside begins at `at`; *inside_end is where that tag begins.
 */
static const char *find_end(const char **inside_end, const char *at) {
    unsigned open = 1;
    struct tag tag;
    while ((at = strstr(at, "[["))) {
        const char *after = read_tag(&tag, at);
        if (!after) {
            return NULL;
        }
        open += tag.kind == '?' || tag.kind == '!' || tag.kind == '*';
        open -= tag.kind == '/';
        if (open == 0) {
            *inside_end = at;
            return after;
        }
        at = after;
    }
    return NULL;
}

static void fill(struct filling *filling, const char *at, const char *end,
                 const struct papers_template_row *row);

static void fill_list(struct filling *filling, const struct tag *tag, const char *at, const char *end,
                      const struct papers_template_row *row) {
    size_t count = 0;
    if (!filling->source->rows(&count, filling->source->self, tag->name)) {
        filling->fault = FAULT_MISUSE;
    }
    for (size_t i = 0; i < count && !filling->fault; i++) {
        struct papers_template_row inside = {tag->name, i, count, row};
        fill(filling, at, end, &inside);
    }
}

/* Fills in a block and gives what is behind it; NULL when it has no end. */
static const char *fill_block(struct filling *filling, const struct tag *tag, const char *inside,
                              const struct papers_template_row *row) {
    const char *inside_end = NULL;
    const char *after = find_end(&inside_end, inside);
    bool holds = false;
    if (!after) {
        return NULL;
    }
    if (tag->kind == '*') {
        fill_list(filling, tag, inside, inside_end, row);
        return after;
    }
    if (!filling->source->flag(&holds, filling->source->self, row, tag->name)) {
        return NULL;
    }
    if (holds == (tag->kind == '?')) {
        fill(filling, inside, inside_end, row);
    }
    return after;
}

/* A value or another template. */
static bool fill_name(struct filling *filling, const struct tag *tag, const struct papers_template_row *row) {
    const struct papers_template_source *source = filling->source;
    const char *text = NULL;
    if (tag->kind == '>') {
        if (!source->part(&text, source->self, tag->name)) {
            return false;
        }
        fill(filling, text, text + strlen(text), row);
        return true;
    }
    if (tag->kind != '\0' || !source->text(&text, source->self, row, tag->name)) {
        return false;
    }
    put_escaped(filling->out, text);
    return true;
}

static void fill(struct filling *filling, const char *at, const char *end,
                 const struct papers_template_row *row) {
    if (++filling->depth > PAPERS_TEMPLATE_DEPTH) {
        filling->fault = FAULT_MISUSE;
    }
    while (at && at < end && !filling->fault) {
        struct tag tag;
        const char *bracket = strstr(at, "[[");
        const char *until = bracket && bracket < end ? bracket : end;
        bytes_put(filling->out, at, (size_t)(until - at));
        if (until == end) {
            break;
        }
        at = read_tag(&tag, bracket);
        if (at && (tag.kind == '?' || tag.kind == '!' || tag.kind == '*')) {
            at = fill_block(filling, &tag, at, row);
        } else if (at && !fill_name(filling, &tag, row)) {
            at = NULL;
        }
        if (!at) {
            filling->fault = FAULT_MISUSE;
        }
    }
    filling->depth--;
}

enum fault papers_template_fill(struct bytes_buffer *out, const char *html,
                                const struct papers_template_source *source) {
    struct filling filling = {.out = out, .source = source};
    fill(&filling, html, html + strlen(html), NULL);
    return filling.fault ? filling.fault : out->fault;
}
