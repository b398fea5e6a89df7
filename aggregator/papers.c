/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/papers.h"

#include <string.h>

#include "aggregator/papers_data.h"
#include "aggregator/papers_values.h"

/* The place in the table is the number in the file's name, and what the style sheet goes by. */
static const struct {
    const char *file;
    const char *title;
} paper[] = {
    {"index.html", "Papieren bij deze ronde"},
    {"1-brief-ouders.html", "Brief aan ouders"},
    {"2-leerlingen.html", "Kan mijn leraar het zien?"},
    {"3-begeleider.html", "Draaiboek voor de begeleider"},
    {"4-plagen-pesten.html", "Plagen of pesten?"},
    {"5-controlebriefjes.html", "Controlebriefjes"},
    {"6-pincode.html", "Kaartjes voor de pincode"},
    {"7-herstelenveloppen.html", "Herstelenveloppen"},
    {"8-dpia-bijlage.html", "Bijlage bij de DPIA"},
    {"9-medezeggenschap.html", "Samenvatting voor de medezeggenschapsraad"},
};

/* In _head.html, well before this many bytes. */
static const char mark[] = "<meta name=\"generator\" content=\"klankbord round papers\">";
enum { MARK_WITHIN = 512 };

size_t papers_count(void) {
    return sizeof paper / sizeof *paper;
}

const char *papers_file(size_t which) {
    return paper[which].file;
}

static const char *template_of(const char *file) {
    size_t size = strlen(file) - strlen(".html");
    for (size_t i = 0; papers_data[i].name; i++) {
        if (strlen(papers_data[i].name) == size && strncmp(papers_data[i].name, file, size) == 0) {
            return papers_data[i].html;
        }
    }
    return NULL;
}

enum fault papers_make(struct bytes_buffer *out, size_t which, const struct round *round,
                       const struct papers_extra *extra) {
    const char *html = template_of(paper[which].file);
    struct papers_values values;
    papers_values_open(&values, round, extra->sender, extra->counsellor);
    values.title = paper[which].title;
    values.paper = (unsigned)which;
    struct papers_template_source source = papers_values_source(&values);
    enum fault fault = html ? papers_template_fill(out, html, &source) : FAULT_MISUSE;
    if (fault) {
        bytes_buffer_release(out);
    }
    return fault;
}

bool papers_is_one(struct bytes content) {
    for (size_t at = 0; at < MARK_WITHIN && at + sizeof mark - 1 <= content.size; at++) {
        if (memcmp(content.data + at, mark, sizeof mark - 1) == 0) {
            return true;
        }
    }
    return false;
}
