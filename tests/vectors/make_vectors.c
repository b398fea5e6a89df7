/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   make_vectors FOLDER          writes FOLDER/<parser>/<name>.<suffix>, those without a defect to FOLDER/<parser>/seeds, where
 *                                the fuzz targets begin, and FOLDER/<parser>/INDEX
 *   make_vectors --check FOLDER FORMAT.MD
 *                                says whether that would change anything, and whether the page names the worked samples' digests
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

struct vectors {
    const char *folder;
    const char *parser;
    const char *suffix;
    enum fault (*read)(struct bytes content, const struct sample_round *sample);
    const struct sample_round *sample;
    bool check;
    const char *page; /* docs/format.md as text, when checking */
    unsigned made;
    unsigned differ;
    struct bytes_buffer index;
};

void vectors_must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "make_vectors: %s\n", what);
        exit(1);
    }
}

struct bytes_buffer vectors_copy(struct bytes content) {
    struct bytes_buffer copy = {0};
    bytes_put(&copy, content.data, content.size);
    vectors_must(copy.fault == FAULT_NONE, "out of memory");
    return copy;
}

void vectors_splice(struct bytes_buffer *content, size_t at, size_t remove, const void *data, size_t size) {
    struct bytes_buffer result = {0};
    vectors_must(at + remove <= content->size, "a splice beyond the end");
    bytes_put(&result, content->data, at);
    bytes_put(&result, data, size);
    bytes_put(&result, content->data + at + remove, content->size - at - remove);
    vectors_must(result.fault == FAULT_NONE, "out of memory");
    bytes_buffer_release(content);
    *content = result;
}

static void write_file(const char *path, struct bytes content) {
    FILE *file = fopen(path, "wb");
    vectors_must(file != NULL, path);
    vectors_must(fwrite(content.data, 1, content.size, file) == content.size && fclose(file) == 0, path);
}

static bool is_the_same(const char *path, struct bytes content) {
    FILE *file = fopen(path, "rb");
    uint8_t *found = malloc(content.size + 1);
    vectors_must(found != NULL, "out of memory");
    bool same = file && fread(found, 1, content.size + 1, file) == content.size &&
                memcmp(found, content.data, content.size) == 0;
    if (file) {
        fclose(file);
    }
    free(found);
    return same;
}

static void put_file(struct vectors *to, const char *name, struct bytes content) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", to->folder, to->parser, name);
    if (!to->check) {
        write_file(path, content);
    } else if (!is_the_same(path, content)) {
        fprintf(stderr, "make_vectors: %s is not what would be made\n", path);
        to->differ++;
    }
}

void vectors_add(struct vectors *to, const char *name, enum fault expected, struct bytes content) {
    char file[256];
    char line[512];
    enum fault found = to->read(content, to->sample);
    if (found != expected) {
        fprintf(stderr, "make_vectors: %s/%s gives %s, expected %s\n", to->parser, name, fault_name(found),
                fault_name(expected));
        exit(1);
    }
    snprintf(file, sizeof file, "%s%s.%s", expected == FAULT_NONE ? "seeds/" : "", name, to->suffix);
    put_file(to, file, content);
    snprintf(line, sizeof line, "%s %s\n", file, fault_name(expected));
    bytes_put(&to->index, line, strlen(line));
    to->made++;
}

void vectors_cite(struct vectors *to, const uint8_t digest[DIGEST_BYTES]) {
    char hex[2 * DIGEST_BYTES + 1];
    digest_hex(hex, digest, DIGEST_BYTES);
    if (!to->check) {
        printf("%-10s sample %s\n", to->parser, hex);
    } else if (!strstr(to->page, hex)) {
        fprintf(stderr, "make_vectors: the page does not name the %s sample %s\n", to->parser, hex);
        to->differ++;
    }
}

void vectors_cite_signed(struct vectors *to, enum digest_label label, struct bytes content, size_t tail) {
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, label, (struct bytes){content.data, content.size - tail});
    vectors_cite(to, digest);
}

/* The whole page, with a final zero; the caller frees it. */
static char *read_page(const char *path) {
    enum { LIMIT = 1 << 20 };
    FILE *file = fopen(path, "rb");
    char *text = calloc(LIMIT, 1);
    vectors_must(file && text && fread(text, 1, LIMIT, file) < LIMIT, path);
    fclose(file);
    return text;
}

static const struct {
    const char *parser, *suffix;
    void (*make)(struct vectors *to, const struct sample_round *sample);
    enum fault (*read)(struct bytes content, const struct sample_round *sample);
} parsers[] = {
    {"holder", "klh", vectors_make_holder, vectors_read_holder},
    {"enrolment", "kle", vectors_make_enrolment, vectors_read_enrolment},
    {"round", "klr", vectors_make_round, vectors_read_round},
    {"bundle", "klb", vectors_make_bundle, vectors_read_bundle},
    {"closing", "klc", vectors_make_closing, vectors_read_closing},
    {"receipt", "klo", vectors_make_receipt, vectors_read_receipt},
    {"recording", "wav", vectors_make_recording, vectors_read_recording},
};

int main(int argc, char **argv) {
    bool check = argc == 4 && strcmp(argv[1], "--check") == 0;
    if (!check && argc != 2) {
        fprintf(stderr, "make_vectors FOLDER | make_vectors --check FOLDER FORMAT.MD\n");
        return 1;
    }
    struct sample_round *sample = sample_round_small();
    char *page = check ? read_page(argv[3]) : NULL;
    unsigned differ = 0;
    for (size_t i = 0; i < sizeof parsers / sizeof parsers[0]; i++) {
        struct vectors to = {.folder = argv[1 + check],
                             .parser = parsers[i].parser,
                             .suffix = parsers[i].suffix,
                             .read = parsers[i].read,
                             .sample = sample,
                             .check = check,
                             .page = page};
        parsers[i].make(&to, sample);
        put_file(&to, "INDEX", bytes_buffer_view(&to.index));
        printf("%-10s %3u vectors\n", to.parser, to.made);
        differ += to.differ;
        bytes_buffer_release(&to.index);
    }
    free(page);
    sample_round_free(sample);
    return differ ? 1 : 0;
}
