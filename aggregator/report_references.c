/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "reference.h"
#include "report_section.h"

/* Tenths of the table's own units, outwards; values may be below zero. */
static void put_tenths(struct report_page *page, double value, bool up) {
    long long tenths = up ? (long long)ceil(value * 10 - 1e-9) : (long long)floor(value * 10 + 1e-9);
    report_page_raw(page, tenths < 0 ? "−" : "");
    report_page_decimal(page, (uint64_t)(tenths < 0 ? -tenths : tenths), 1);
}

static void put_conversion(struct report_page *page, uint16_t scale) {
    struct stat_interval value;
    if (!questionnaire_find_conversion(page->questionnaire, scale)) {
        return;
    }
    report_page_say(page, "<p>Omgerekend met de tabel van de vragenlijst (",
                    "<p>Converted by the questionnaire’s table (");
    report_page_text(page, page->content->instrument);
    report_page_raw(page, " ");
    report_page_text(page, page->content->instrument_version);
    report_page_raw(page, "): ");
    if (reference_convert(&value, page->release, page->questionnaire, scale)) {
        report_page_raw(page, "<strong>");
        put_tenths(page, value.low, false);
        report_page_raw(page, "–");
        put_tenths(page, value.high, true);
        report_page_say(
            page,
            "</strong>. Dat is de waarde bij de gemiddelde som, niet het gemiddelde van de waarden van "
            "leerlingen; twee getallen, omdat het gemiddelde is afgerond.</p>\n",
            "</strong>. That is the value at the average sum, not the average of pupils’ values; two "
            "numbers, because the mean is rounded.</p>\n");
    } else {
        report_page_say(page, "niet te geven, omdat het gemiddelde niet precies wordt getoond.</p>\n",
                        "cannot be told, because the mean is not shown exactly.</p>\n");
    }
}

static void put_difference(struct report_page *page, const struct reference_line *line) {
    if (!line->is_told) {
        report_page_say(
            page, "<td>–</td><td class=\"words\">niet te vergelijken: een cijfer wordt niet getoond</td>",
            "<td>–</td><td class=\"words\">cannot be compared: a figure is not shown</td>");
        return;
    }
    long long hundredths = llround(100 * line->change.change);
    report_page_raw(page, hundredths < 0 ? "<td>−" : hundredths > 0 ? "<td>+" : "<td>");
    report_page_decimal(page, (uint64_t)(hundredths < 0 ? -hundredths : hundredths), 2);
    report_page_raw(page, "</td><td class=\"words\">");
    report_page_text(page, trend_verdict_text(line->change.verdict,
                                              page->words.english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL));
    report_page_raw(page, "</td>");
}

static void put_row(struct report_page *page, const struct reference_line *line) {
    const struct questionnaire_reference *reference = line->reference;
    report_page_raw(page, "<tr><th scope=\"row\">");
    report_page_text(page, report_page_label(page, &reference->whom));
    report_page_raw(page, ", ");
    report_page_month(page, reference->month);
    report_page_raw(page, " ");
    report_page_number(page, reference->year);
    report_page_raw(page, " <em>");
    report_page_text(page, reference->source);
    report_page_raw(page, "</em></th><td>");
    report_page_number(page, reference->pupils);
    report_page_raw(page, "</td><td>");
    report_page_decimal(page, (reference->mean + 5) / 10, 2);
    report_page_raw(page, "</td>");
    put_difference(page, line);
    report_page_raw(page, "</tr>\n");
}

static void put_head(struct report_page *page) {
    report_page_table(page);
    report_page_say(
        page,
        "<caption>Ter vergelijking: andere leerlingen, in een ander jaar. Een aanwijzing, geen "
        "norm.</caption><thead><tr><th scope=\"col\" class=\"words\">Wie, wanneer, bron</th><th "
        "scope=\"col\">Leerlingen</th><th scope=\"col\">Gemiddelde</th><th scope=\"col\">Deze school "
        "min dat</th><th scope=\"col\" class=\"words\">Het verschil</th></tr></thead>\n<tbody>\n",
        "<caption>For comparison: other pupils, in another year. An indication, not a "
        "norm.</caption><thead><tr><th scope=\"col\" class=\"words\">Who, when, source</th><th "
        "scope=\"col\">Pupils</th><th scope=\"col\">Mean</th><th scope=\"col\">This school less "
        "that</th><th scope=\"col\" class=\"words\">The difference</th></tr></thead>\n<tbody>\n");
}

void report_section_references(struct report_page *page, uint16_t scale) {
    struct reference_list list;
    bool any = false;
    reference_compare(&list, page->release, page->questionnaire);
    put_conversion(page, scale);
    for (uint16_t i = 0; i < list.count; i++) {
        if (list.line[i].reference->scale == scale) {
            if (!any) {
                put_head(page);
            }
            any = true;
            put_row(page, &list.line[i]);
        }
    }
    report_page_raw(page, any ? "</tbody></table></div>\n" : "");
}
