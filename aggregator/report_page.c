/* SPDX-License-Identifier: Apache-2.0 */
#include "report_page.h"

#include <stdio.h>
#include <string.h>

#include "report_style.h"

enum fault report_page_begin(struct report_page *page, struct bytes_buffer *out,
                             const struct release *release, const struct round *round, const char *language) {
    enum fault fault = release_belongs(release, round);
    if (!fault) {
        *page = (struct report_page){.out = out,
                                     .release = release,
                                     .content = release_content(release),
                                     .round = round,
                                     .questionnaire = round->questionnaire,
                                     .words = report_label_language(round->questionnaire, language)};
    }
    return fault;
}

void report_page_raw(struct report_page *page, const char *html) {
    bytes_put(page->out, html, strlen(html));
}

void report_page_text(struct report_page *page, const char *text) {
    for (const char *at = text; *at; at++) {
        switch (*at) {
        case '&': report_page_raw(page, "&amp;"); break;
        case '<': report_page_raw(page, "&lt;"); break;
        case '>': report_page_raw(page, "&gt;"); break;
        case '"': report_page_raw(page, "&quot;"); break;
        case '\'': report_page_raw(page, "&#39;"); break;
        default: bytes_put(page->out, at, 1); break;
        }
    }
}

void report_page_school_text(struct report_page *page, const char *text) {
    report_page_say(page, "", "<span lang=\"nl\">");
    report_page_text(page, text);
    report_page_say(page, "", "</span>");
}

void report_page_say(struct report_page *page, const char *nl, const char *en) {
    report_page_raw(page, page->words.english ? en : nl);
}

void report_page_number(struct report_page *page, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    report_page_raw(page, text);
}

void report_page_fill(struct report_page *page, const char *html, const int64_t *number, size_t count) {
    size_t next = 0;
    for (const char *at = html; *at; at++) {
        if (*at != '#' || next == count) {
            bytes_put(page->out, at, 1);
            continue;
        }
        report_page_raw(page, number[next] < 0 ? "-" : "");
        report_page_number(page, (uint64_t)(number[next] < 0 ? -number[next] : number[next]));
        next++;
    }
}

void report_page_decimal(struct report_page *page, uint64_t value, uint8_t decimals) {
    char text[REPORT_LABEL_NUMBER];
    report_label_decimal(text, value, decimals, page->words.english ? '.' : ',');
    report_page_raw(page, text);
}

const char *report_page_percent(const struct report_page *page) {
    return page->words.english ? "%" : "\u00A0%";
}

void report_page_table(struct report_page *page) {
    report_page_say(page, REPORT_STYLE_BOX("Tabel") "<table>", REPORT_STYLE_BOX("Table") "<table>");
}

const char *report_page_label(const struct report_page *page, const struct questionnaire_text *text) {
    return questionnaire_text_in(text, page->words.questionnaire, NULL);
}

void report_page_month(struct report_page *page, uint32_t month) {
    static const char *const months[2][12] = {{"januari", "februari", "maart", "april", "mei", "juni", "juli",
                                               "augustus", "september", "oktober", "november", "december"},
                                              {"January", "February", "March", "April", "May", "June", "July",
                                               "August", "September", "October", "November", "December"}};
    report_page_raw(page, months[page->words.english ? 1 : 0][month >= 1 && month <= 12 ? month - 1 : 0]);
}

void report_page_date(struct report_page *page, uint32_t date) {
    report_page_number(page, date % 100);
    report_page_raw(page, "&nbsp;");
    report_page_month(page, date / 100 % 100);
    report_page_raw(page, " ");
    report_page_number(page, date / 10000);
}

static const char *const watermark[2] = {"niet van een erkend instrument",
                                         "not from a recognised instrument"};

void report_page_head(struct report_page *page, const char *kind, const char *title) {
    report_page_raw(page, "<!DOCTYPE html>\n<html lang=\"");
    report_page_raw(page, page->words.english ? "en" : "nl");
    report_page_raw(page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src 'unsafe-inline'\">\n<title>");
    report_page_raw(page, title);
    report_page_raw(page, " · ");
    report_page_text(page, page->round->school);
    report_page_raw(page, "</title>\n<style>\n");
    report_page_raw(page, report_style_sheet());
    report_page_raw(page, report_style_media());
    report_page_raw(page, "</style>\n</head>\n<body class=\"");
    report_page_raw(page, kind);
    report_page_raw(page, "\">\n");
    if (!page->content->recognised) {
        report_page_raw(page, "<p class=\"watermark\" aria-hidden=\"true\">");
        report_page_raw(page, watermark[page->words.english ? 1 : 0]);
        report_page_raw(page, "</p>\n");
    }
}

void report_page_title(struct report_page *page, const char *title, bool brief) {
    const struct round *round = page->round;
    report_page_raw(page, "<header>\n<p class=\"kicker\">");
    report_page_text(page, round->school);
    report_page_raw(page, round->site[0] ? ", " : "");
    report_page_text(page, round->site);
    report_page_raw(page, "</p>\n<h1>");
    report_page_raw(page, title);
    report_page_raw(page, "</h1>\n<p class=\"lead\">");
    const char *name = report_page_label(page, &round->questionnaire->title);
    report_page_text(page, name);
    /* "How is school?" ends by itself. */
    report_page_raw(page, name[0] && strchr(".?!", name[strlen(name) - 1]) ? " " : ". ");
    report_page_say(page, "Schooljaar ", "School year ");
    REPORT_PAGE_FILL(page, "<span class=\"one\">#–#</span>", round->school_year, round->school_year + 1);
    report_page_say(page, ", afgenomen van ", ", answered from ");
    report_page_date(page, round->first_day);
    report_page_say(page, " tot en met ", " up to and including ");
    report_page_date(page, round->last_day);
    report_page_raw(page, ".</p>\n");
    if (!brief && !page->content->recognised) {
        report_page_say(
            page,
            "<p class=\"notice\"><strong>Niet van een erkend instrument.</strong> Deze vragenlijst is niet "
            "wetenschappelijk onderzocht. De uitkomsten laten zien wat leerlingen antwoordden. Ze zijn niet "
            "te "
            "vergelijken met landelijke cijfers, en op zichzelf niet genoeg voor de wettelijke "
            "monitor.</p>\n",
            "<p class=\"notice\"><strong>Not from a recognised instrument.</strong> This questionnaire has "
            "not been "
            "studied scientifically. The results show what pupils answered. They cannot be compared with "
            "national "
            "figures, and are by themselves not enough for the statutory monitor.</p>\n");
    }
    report_page_raw(page, "</header>\n<main>\n");
}

static void put_counts(struct report_page *page) {
    uint32_t damaged = 0, conflicting = 0;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        damaged += page->content->class_list[i].damaged;
        conflicting += page->content->class_list[i].conflicting;
    }
    report_page_say(page,
                    "<dt>Kleinste groep die samen wordt geopend; kleinste aantal dat wordt getoond</dt><dd>",
                    "<dt>Smallest group that is opened together; smallest count that is shown</dt><dd>");
    REPORT_PAGE_FILL(page, "#; #</dd>\n", page->content->k_unit, page->content->k_cell);
    report_page_say(page, "<dt>Beschadigd; dubbel genummerd; door beide sleutelhouders uitgesloten</dt><dd>",
                    "<dt>Damaged; numbered twice; excluded by both key holders</dt><dd>");
    REPORT_PAGE_FILL(page, "#; #; #</dd>\n", damaged, conflicting, page->content->excluded_count);
}

void report_page_foot_brief(struct report_page *page) {
    char digest[2 * DIGEST_BYTES + 1];
    digest_hex(digest, release_digest(page->release), DIGEST_BYTES);
    digest[16] = '\0';
    report_page_raw(page, "</main>\n<footer>\n<p>");
    report_page_text(page, page->content->instrument);
    report_page_raw(page, " ");
    report_page_text(page, page->content->instrument_version);
    if (!page->content->recognised) {
        report_page_raw(page, ", ");
        report_page_raw(page, watermark[page->words.english ? 1 : 0]);
    }
    report_page_raw(page, "; Klankbord ");
    report_page_text(page, page->content->program);
    report_page_raw(page, "; <code>");
    report_page_raw(page, digest);
    report_page_raw(page, "</code></p>\n</footer>\n</body>\n</html>\n");
}

void report_page_foot(struct report_page *page) {
    char digest[2 * DIGEST_BYTES + 1];
    digest_hex(digest, release_digest(page->release), DIGEST_BYTES);
    report_page_say(page, "</main>\n<footer>\n<dl>\n<dt>Vragenlijst</dt><dd>",
                    "</main>\n<footer>\n<dl>\n<dt>Questionnaire</dt><dd>");
    report_page_text(page, page->content->instrument);
    report_page_raw(page, " ");
    report_page_text(page, page->content->instrument_version);
    report_page_raw(page, "; ");
    report_page_raw(page, page->content->recognised
                              ? (page->words.english ? "recognised instrument" : "erkend instrument")
                              : watermark[page->words.english ? 1 : 0]);
    report_page_raw(page, "</dd>\n");
    put_counts(page);
    report_page_say(page, "<dt>Vrijgave, ondertekend door ", "<dt>Release, signed by ");
    report_page_text(page, page->round->holder[0].name);
    report_page_raw(page, "</dt><dd><code>");
    report_page_raw(page, digest);
    report_page_raw(page, "</code></dd>\n<dt>Klankbord</dt><dd>");
    report_page_text(page, page->content->program);
    report_page_raw(page, "</dd>\n</dl>\n</footer>\n</body>\n</html>\n");
}
