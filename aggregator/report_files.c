/* SPDX-License-Identifier: Apache-2.0 */
#include "report_files.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_csv.h"
#include "report_json.h"
#include "report_xlsx.h"

struct making {
    struct report_files *files;
    const struct release *release;
    const struct report_beside *beside;
    const struct round *round;
    const char *language;
};

static const struct release *late_of(const struct making *making) {
    return making->beside ? making->beside->late : NULL;
}

static struct bytes_buffer *add(struct making *making, const char *name) {
    struct report_file *file = &making->files->file[making->files->count++];
    (void)snprintf(file->name, sizeof file->name, "%s", name);
    return &file->content;
}

static enum fault add_edition(struct making *making, enum report_edition edition, uint16_t unit) {
    char name[REPORT_EDITION_FILE];
    if (!report_edition_exists(making->release, edition, unit)) {
        return FAULT_NONE;
    }
    report_edition_file(name, making->release, making->round, edition, unit);
    return report_edition_write(add(making, name), making->release, making->beside, making->round, edition,
                                unit, making->language);
}

static enum fault add_editions(struct making *making) {
    enum fault fault = FAULT_NONE;
    for (int edition = 0; !fault && edition < REPORT_EDITION_CLASS; edition++) {
        fault = add_edition(making, (enum report_edition)edition, 0);
    }
    for (uint16_t i = 0; !fault && i < release_content(making->release)->batch_count; i++) {
        fault = add_edition(making, REPORT_EDITION_CLASS, i);
    }
    if (!fault && late_of(making)) {
        fault = report_edition_write(add(making, "late.html"), making->release, making->beside, making->round,
                                     REPORT_EDITION_LATE, 0, making->language);
    }
    return fault;
}

static enum fault add_tables(struct making *making, const struct report_table_source *source,
                             const char *stem, const char *scratch) {
    char name[REPORT_EDITION_FILE];
    (void)snprintf(name, sizeof name, "%s.csv", stem);
    enum fault fault = report_csv(add(making, name), source);
    (void)snprintf(name, sizeof name, "%s.json", stem);
    fault = fault ? fault : report_json(add(making, name), source);
    (void)snprintf(name, sizeof name, "%s.xlsx", stem);
    return fault ? fault : report_xlsx(add(making, name), source, scratch);
}

static enum fault add_figures(struct making *making, const char *scratch) {
    struct report_table_source source = {.shape = &report_table_figures,
                                         .release = making->release,
                                         .round = making->round,
                                         .language = making->language};
    enum fault fault = add_tables(making, &source, "figures", scratch);
    fault = fault ? fault : report_csv_dictionary(add(making, "dictionary.csv"), making->language);
    if (!fault && making->beside && making->beside->previous) {
        source.shape = &report_table_changes;
        source.previous = making->beside->previous;
        fault = add_tables(making, &source, "changes", scratch);
    }
    if (!fault && late_of(making)) {
        source = (struct report_table_source){.shape = &report_table_figures,
                                              .release = late_of(making),
                                              .round = making->round,
                                              .language = making->language,
                                              .late = true};
        fault = add_tables(making, &source, "figures-late", scratch);
    }
    return fault;
}

/* BLAKE2b-256 as `b2sum -l 256` prints it, so that nobody needs this program to compare. */
static enum fault add_manifest(struct making *making) {
    uint16_t count = making->files->count;
    struct bytes_buffer *out = add(making, "manifest.txt");
    for (uint16_t i = 0; i < count; i++) {
        const struct report_file *file = &making->files->file[i];
        uint8_t digest[DIGEST_BYTES];
        char hex[2 * DIGEST_BYTES + 1];
        (void)crypto_generichash(digest, sizeof digest, file->content.data, file->content.size, NULL, 0);
        digest_hex(hex, digest, DIGEST_BYTES);
        bytes_put(out, hex, strlen(hex));
        bytes_put(out, "  ", 2);
        bytes_put(out, file->name, strlen(file->name));
        bytes_put(out, "\n", 1);
    }
    return out->fault;
}

enum fault report_files_make(struct report_files **out, const struct release *release,
                             const struct report_beside *beside, const struct round *round,
                             const char *language, const char *scratch) {
    struct making making = {calloc(1, sizeof *making.files), release, beside, round, language};
    enum fault fault = making.files ? release_belongs(release, round) : FAULT_MEMORY;
    *out = NULL;
    fault = fault ? fault : add_editions(&making);
    fault = fault ? fault : add_figures(&making, scratch);
    fault = fault ? fault : add_manifest(&making);
    if (fault) {
        making.files = report_files_free(making.files);
    }
    *out = making.files;
    return fault;
}

struct report_files *report_files_free(struct report_files *files) {
    for (uint16_t i = 0; files && i < files->count; i++) {
        bytes_buffer_release(&files->file[i].content);
    }
    free(files);
    return NULL;
}
