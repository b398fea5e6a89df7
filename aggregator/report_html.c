/* SPDX-License-Identifier: Apache-2.0 */
#include "report_html.h"

#include <stdio.h>
#include <string.h>

#include "report_html_part.h"

static const char style[] =
    ":root{--ink:#1f2933;--soft:#52606d;--line:#d5dce3;--paper:#fff;--tint:#f3f6f9;--accent:#2b4c7e}"
    "*{box-sizing:border-box}html{background:var(--tint)}"
    "body{margin:0 auto;max-width:52rem;padding:3rem 3.5rem 4rem;background:var(--paper);color:var(--ink);"
    "font:16px/1.55 'Source Sans 3','Segoe UI','Helvetica Neue',Arial,sans-serif}"
    "h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .6rem;letter-spacing:-.01em}"
    "h2{font-size:1.45rem;margin:3rem 0 .6rem;padding-top:1.2rem;border-top:3px solid var(--accent)}"
    "h3{font-size:1.05rem;line-height:1.35;margin:0 0 .55rem;font-weight:600}"
    "p{margin:.5rem 0 .9rem}.kicker{color:var(--accent);font-weight:600;margin:0}.soft{color:var(--soft)}"
    ".facts{display:flex;flex-wrap:wrap;gap:.2rem 2.2rem;margin:1rem 0 1.4rem;padding:0;list-style:none}"
    ".facts b{display:block;font-size:1.6rem;line-height:1.25;font-variant-numeric:tabular-nums}"
    ".notice{border-left:5px solid #b7791f;background:#fdf6e7;padding:.8rem 1.1rem;margin:1.3rem 0}"
    ".notice strong{display:block}"
    ".question{margin:1.9rem 0 2.2rem;break-inside:avoid}"
    ".hidden{border:1px dashed #9aa5b1;background:var(--tint);color:var(--soft);padding:.6rem .9rem;margin:0}"
    "table{border-collapse:collapse;width:100%;font-size:.94rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;color:var(--soft);font-size:.86rem;padding:0 0 .25rem}"
    "th,td{padding:.3rem .5rem;border-bottom:1px solid "
    "var(--line);text-align:left;font-weight:400;vertical-align:top}"
    "thead th{font-size:.84rem;color:var(--soft);font-weight:600}td,thead "
    "th+th{text-align:right;width:6.5rem}"
    "tr.rest th,tr.rest td{color:var(--soft)}"
    ".key{display:inline-block;width:.8rem;height:.8rem;margin:0 .55rem 0 0;border:1px solid "
    "#1f29332e;vertical-align:-.05rem}"
    ".keyed tbody tr:not(.rest) th{padding-left:1.85rem;text-indent:-1.35rem}"
    "svg{display:block;width:100%;height:auto;margin:0 0 .6rem}"
    ".mean{display:flex;align-items:baseline;gap:1rem;margin:0 0 .3rem}.mean "
    "b{font-size:1.9rem;line-height:1.2}"
    ".scale{background:var(--tint);padding:1rem 1.2rem 1.1rem;margin:1.4rem 0;break-inside:avoid}"
    "footer{margin-top:3rem;border-top:1px solid "
    "var(--line);padding-top:1rem;font-size:.86rem;color:var(--soft)}"
    "footer dt{font-weight:600;color:var(--ink)}footer dd{margin:0 0 .5rem;overflow-wrap:anywhere}"
    "code{font-family:'JetBrains Mono','DejaVu Sans Mono',monospace;font-size:.92em}"
    "@page{size:A4;margin:17mm 16mm 18mm}"
    "@media "
    "print{html{background:none;font-size:12.5px}body{max-width:none;padding:0;font-size:10pt}h1{font-size:"
    "21pt}"
    "h2{font-size:14pt;margin-top:1.8rem;break-after:avoid}h3{break-after:avoid}"
    "svg rect,.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}}"
    "@media(max-width:40rem){body{padding:1.5rem 1.2rem}td,thead th+th{width:4.5rem}}";

static void put_head(struct report_html_part *page) {
    report_html_part_raw(page, "<!DOCTYPE html>\n<html lang=\"");
    report_html_part_raw(page, page->words.english ? "en" : "nl");
    report_html_part_raw(page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                               "style-src 'unsafe-inline'\">\n<title>");
    report_html_part_text(page, page->round->school);
    report_html_part_raw(page, " · ");
    report_html_part_text(page, report_html_part_label(page, &page->round->questionnaire->title));
    report_html_part_raw(page, "</title>\n<style>");
    report_html_part_raw(page, style);
    report_html_part_raw(page, "</style>\n</head>\n<body>\n");
}

static void put_date(struct report_html_part *page, uint32_t date) {
    static const char *const months[2][12] = {{"januari", "februari", "maart", "april", "mei", "juni", "juli",
                                               "augustus", "september", "oktober", "november", "december"},
                                              {"January", "February", "March", "April", "May", "June", "July",
                                               "August", "September", "October", "November", "December"}};
    char text[64];
    uint32_t month = date / 100 % 100;
    (void)snprintf(text, sizeof text, "%u %s %u", (unsigned)(date % 100),
                   months[page->words.english ? 1 : 0][month >= 1 && month <= 12 ? month - 1 : 0],
                   (unsigned)(date / 10000));
    report_html_part_text(page, text);
}

static void put_title(struct report_html_part *page) {
    char year[32];
    const struct round *round = page->round;
    (void)snprintf(year, sizeof year, "%u–%u", (unsigned)round->school_year,
                   (unsigned)round->school_year + 1);
    report_html_part_raw(page, "<header>\n<p class=\"kicker\">");
    report_html_part_text(page, round->school);
    if (round->site[0]) {
        report_html_part_raw(page, ", ");
        report_html_part_text(page, round->site);
    }
    report_html_part_raw(page, "</p>\n<h1>");
    report_html_part_text(page, report_html_part_label(page, &round->questionnaire->title));
    report_html_part_raw(page, "</h1>\n<p>");
    report_html_part_say(page, "Wat leerlingen zeiden over veiligheid en welbevinden. Schooljaar ",
                         "What pupils said about safety and well-being. School year ");
    report_html_part_text(page, year);
    report_html_part_say(page, ", afgenomen van ", ", answered from ");
    put_date(page, round->first_day);
    report_html_part_say(page, " tot en met ", " up to and including ");
    put_date(page, round->last_day);
    report_html_part_raw(page, ".</p>\n");
    if (!round->questionnaire->validated) {
        report_html_part_say(
            page,
            "<div class=\"notice\" role=\"note\"><strong>Niet-gevalideerde vragenlijst</strong>Deze "
            "vragenlijst is niet "
            "wetenschappelijk onderzocht. De uitkomsten laten zien wat leerlingen antwoordden; ze zijn niet "
            "te vergelijken "
            "met landelijke cijfers en niet genoeg voor een wettelijke verantwoording.</div>\n",
            "<div class=\"notice\" role=\"note\"><strong>Questionnaire not validated</strong>This "
            "questionnaire has not been "
            "studied scientifically. The results show what pupils answered; they cannot be compared with "
            "national figures and "
            "are not enough for a legal account.</div>\n");
    }
    report_html_part_raw(page, "</header>\n<main>\n");
}

static void put_reading(struct report_html_part *page) {
    report_html_part_say(
        page,
        "<h2>Hoe u dit leest</h2>\n<p>Elke leerling vulde de vragen alleen in, zonder naam of code, en mocht "
        "nee zeggen, elke "
        "vraag overslaan en stoppen. De antwoorden zijn nooit per leerling bewaard: er bestaan alleen "
        "optellingen van veel "
        "leerlingen samen. Daarom staat hier alleen de school als geheel.</p>\n<p>De percentages gaan over "
        "de leerlingen die de "
        "vraag beantwoordden; hoeveel dat er zijn, staat er steeds bij. Waar staat dat een uitkomst niet "
        "getoond wordt, zegt dat "
        "niets over de antwoorden: het beschermt leerlingen.</p>\n",
        "<h2>How to read this</h2>\n<p>Every pupil answered alone, without a name or code, and could say no, "
        "skip any question and "
        "stop. Answers were never kept per pupil: only sums over many pupils together exist. That is why "
        "only the school as a "
        "whole is here.</p>\n<p>Percentages are of the pupils who answered the question; how many they are "
        "is always given. "
        "Where a result is not shown, that says nothing about the answers: it protects pupils.</p>\n");
}

static void put_closing(struct report_html_part *page) {
    char digest[2 * DIGEST_BYTES + 1], numbers[96];
    uint32_t damaged = 0, conflicting = 0;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        damaged += page->content->class_list[i].damaged;
        conflicting += page->content->class_list[i].conflicting;
    }
    digest_hex(digest, release_digest(page->release), DIGEST_BYTES);
    report_html_part_say(page, "<h2>Verantwoording</h2>\n<p>", "<h2>Account</h2>\n<p>");
    report_html_part_text(page, report_html_part_label(page, &page->round->questionnaire->provenance));
    report_html_part_raw(page, "</p>\n");
    report_html_part_left_out(page);
    report_html_part_say(page, "</main>\n<footer><dl>\n<dt>Vragenlijst</dt><dd>",
                         "</main>\n<footer><dl>\n<dt>Questionnaire</dt><dd>");
    report_html_part_text(page, page->round->questionnaire->name);
    report_html_part_raw(page, " ");
    report_html_part_text(page, page->round->questionnaire->version);
    report_html_part_say(
        page, "</dd>\n<dt>Kleinste groep die samen wordt geopend; kleinste aantal dat wordt getoond</dt><dd>",
        "</dd>\n<dt>Smallest group that is opened together; smallest count that is shown</dt><dd>");
    (void)snprintf(numbers, sizeof numbers, "%u; %u", (unsigned)page->content->k_unit,
                   (unsigned)page->content->k_cell);
    report_html_part_text(page, numbers);
    report_html_part_say(
        page,
        "</dd>\n<dt>Bijdragen beschadigd; dubbel genummerd; door beide sleutelhouders uitgesloten</dt><dd>",
        "</dd>\n<dt>Contributions damaged; numbered twice; excluded by both key holders</dt><dd>");
    (void)snprintf(numbers, sizeof numbers, "%u; %u; %u", (unsigned)damaged, (unsigned)conflicting,
                   (unsigned)page->content->excluded_count);
    report_html_part_text(page, numbers);
    report_html_part_say(page, "</dd>\n<dt>Vrijgave, ondertekend door ", "</dd>\n<dt>Release, signed by ");
    report_html_part_text(page, page->round->holder[0].name);
    report_html_part_raw(page, "</dt><dd><code>");
    report_html_part_text(page, digest);
    report_html_part_raw(page, "</code></dd>\n<dt>Klankbord</dt><dd>");
    report_html_part_text(page, page->content->program);
    report_html_part_raw(page, "</dd>\n</dl></footer>\n</body>\n</html>\n");
}

enum fault report_html(struct bytes_buffer *out, const struct release *release, const struct round *round,
                       const char *language) {
    static const enum questionnaire_subject order[] = {
        QUESTIONNAIRE_SUBJECT_INCIDENTS, QUESTIONNAIRE_SUBJECT_SAFETY, QUESTIONNAIRE_SUBJECT_WELLBEING,
        QUESTIONNAIRE_SUBJECT_OTHER};
    enum fault fault = release_belongs(release, round);
    if (fault) {
        return fault;
    }
    struct report_html_part page = {.out = out,
                                    .release = release,
                                    .content = release_content(release),
                                    .round = round,
                                    .words = report_label_language(round->questionnaire, language)};
    put_head(&page);
    put_title(&page);
    report_html_part_response(&page);
    put_reading(&page);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        report_html_part_subject(&page, order[i]);
    }
    put_closing(&page);
    return out->fault;
}
