/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "handover.h"
#include "reference.h"
#include "report_style.h"

struct page {
    struct bytes_buffer *out;
    const struct handover *handover;
    const struct release_content *content;
    bool english;
};

static void put(const struct page *page, const char *text) {
    bytes_put(page->out, text, strlen(text));
}

static void say(const struct page *page, const char *nl, const char *en) {
    put(page, page->english ? en : nl);
}

static void put_text(const struct page *page, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&': put(page, "&amp;"); break;
        case '<': put(page, "&lt;"); break;
        case '>': put(page, "&gt;"); break;
        case '"': put(page, "&quot;"); break;
        default: bytes_put(page->out, text, 1);
        }
    }
}

static void put_number(const struct page *page, uint32_t value, uint8_t decimals) {
    char text[HANDOVER_VALUE_SIZE];
    handover_value(text, value, decimals, !page->english);
    put(page, text);
}

/* Each # of the sentence is the next number. */
static void fill(const struct page *page, const char *nl, const char *en, const uint32_t *number) {
    for (const char *at = page->english ? en : nl; *at; at++) {
        if (*at == '#') {
            put_number(page, *number++, 0);
        } else {
            bytes_put(page->out, at, 1);
        }
    }
}
#define FILL(page, nl, en, ...) fill((page), (nl), (en), (const uint32_t[]){__VA_ARGS__})

static void put_month(const struct page *page, uint32_t month) {
    static const char *const months[][2] = {
        {"januari", "January"}, {"februari", "February"}, {"maart", "March"},
        {"april", "April"},     {"mei", "May"},           {"juni", "June"},
        {"juli", "July"},       {"augustus", "August"},   {"september", "September"},
        {"oktober", "October"}, {"november", "November"}, {"december", "December"}};
    put(page, months[(month - 1) % 12][page->english]);
}

static void put_day(const struct page *page, uint32_t day) {
    put_number(page, day % 100, 0);
    put(page, "\u00a0");
    put_month(page, day / 100 % 100);
    put(page, "\u00a0");
    put_number(page, day / 10000, 0);
}

static const char style[] =
    "@page{size:A4;margin:16mm}"
    "body{font:11pt/1.4 sans-serif;color:#111;background:#fff;max-width:46em;margin:1em auto;padding:0 1em}"
    "h1{font-size:1.5em;margin:0 0 .3em}h2{font-size:1.1em;margin:1em 0 .2em}p{margin:.3em 0}"
    "table{border-collapse:collapse;width:100%;margin:.4em 0}caption{text-align:left;font-weight:bold}"
    "th,td{border-bottom:1px solid #777;padding:.25em .6em .25em 0;text-align:right;vertical-align:top}"
    "th.words,td.words,th[scope=row]{text-align:left}"
    ".mark{border:3px solid #9c2b00;color:#9c2b00;padding:.4em .8em;margin:.6em 0;font-weight:bold}"
    ".small{font-size:.85em;color:#333}"
    ".watermark{position:fixed;left:50%;top:50%;transform:translate(-50%,-50%) rotate(-32deg);margin:0;"
    "font-size:3.4em;font-weight:bold;color:#111;opacity:.055;white-space:nowrap;pointer-events:none}"
    "@media print{.watermark{font-size:2.4em}}"
    "@media screen and (max-width:40em){" REPORT_STYLE_SLIDE
    ".slide table{width:max-content;min-width:100%}td.words{min-width:9em}"
    ".watermark{font-size:1.5em}}";

static void put_head(const struct page *page) {
    put(page, "<!DOCTYPE html>\n<html lang=\"");
    put(page, page->english ? "en" : "nl");
    put(page,
        "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<title>");
    say(page, "Verantwoording: ", "Account: ");
    put_text(page, page->handover->round->school);
    put(page, "</title>\n<style>");
    put(page, style);
    put(page, "</style>\n</head>\n<body>\n");
    if (!page->content->recognised) {
        put(page, "<p class=\"watermark\" aria-hidden=\"true\">");
        say(page, "niet van een erkend instrument", "not from a recognised instrument");
        put(page, "</p>\n");
    }
    put(page, "<h1>");
    say(page, "Verantwoording van de monitor sociale veiligheid", "Account of the school safety survey");
    put(page, "</h1>\n<p>");
    put_text(page, page->handover->round->school);
    if (page->handover->round->site[0]) {
        put(page, ", ");
        put_text(page, page->handover->round->site);
    }
    if (page->handover->code[0]) {
        put(page, " (");
        put_text(page, page->handover->code);
        put(page, page->handover->site[0] ? "-" : "");
        put_text(page, page->handover->site);
        put(page, ")");
    }
    put(page, ", ");
    FILL(page, "schooljaar #–#</p>\n", "school year #–#</p>\n", page->content->school_year,
         page->content->school_year + 1u);
    if (!page->content->recognised) {
        put(page, "<p class=\"mark\">");
        say(page,
            "Niet van een erkend instrument. Deze cijfers zijn voor de school zelf; vraag uw inspectie of "
            "bestuur of zij "
            "ermee kunnen werken.",
            "Not from a recognised instrument. These figures are for the school itself; ask your "
            "inspectorate or board "
            "whether they can use them.");
        put(page, "</p>\n");
    }
}

static void put_when(const struct page *page) {
    say(page, "<h2>Wanneer en waarmee</h2>\n<p>Van ", "<h2>When and with what</h2>\n<p>From ");
    put_day(page, page->content->first_day);
    say(page, " tot en met ", " up to and including ");
    put_day(page, page->content->last_day);
    say(page, ", in de klas, op apparaten van school, met de vragenlijst ",
        ", in class, on the school's machines, with the questionnaire ");
    put_text(page, page->content->instrument);
    say(page, ", versie ", ", version ");
    put_text(page, page->content->instrument_version);
    put(page, ".</p>\n");
}

/* Every reason that the coordinator gave, once: who of a class it was about is nobody's business here. */
static void put_reasons(const struct page *page) {
    const struct round *round = page->handover->round;
    uint32_t shown = 0;
    for (uint16_t i = 0; i < round->class_count; i++) {
        bool is_new = round->class_list[i].not_asked > 0;
        for (uint16_t j = 0; j < i && is_new; j++) {
            is_new = strcmp(round->class_list[i].reason, round->class_list[j].reason) != 0;
        }
        if (is_new) {
            put(page, shown++ ? "; " : "");
            say(page, "", "<span lang=\"nl\">"); /* in the school's own words */
            put_text(page, round->class_list[i].reason);
            say(page, "", "</span>");
        }
    }
}

static void put_asked(const struct page *page) {
    const struct handover *handover = page->handover;
    say(page, "<h2>Wie is gevraagd</h2>\n<p>", "<h2>Who was asked</h2>\n<p>");
    FILL(page, "Alle # klassen van de ronde, met samen # leerlingen; er is geen steekproef getrokken.",
         "All # classes of the round, with # pupils together; no sample was drawn.",
         handover->round->class_count, handover->enrolled);
    if (handover->not_asked) {
        FILL(page,
             handover->not_asked == 1 ? " Niet gevraagd is # leerling. Reden: "
                                      : " Niet gevraagd zijn # leerlingen. Redenen: ",
             handover->not_asked == 1 ? " # pupil was not asked. Reason: "
                                      : " # pupils were not asked. Reasons: ",
             handover->not_asked);
        put_reasons(page);
        put(page, ".");
    } else {
        say(page, " Iedereen is gevraagd.", " Everybody was asked.");
    }
    put(page, "</p>\n");
}

static void put_evenness(const struct page *page, enum stat_response_verdict verdict) {
    if (verdict == STAT_RESPONSE_EVEN) {
        say(page, " De klassen deden ongeveer even vaak mee.", " The classes took part about equally.");
    } else if (verdict == STAT_RESPONSE_UNEVEN) {
        say(page,
            " Niet alle klassen deden even vaak mee; dat verschil kan goed toeval zijn. Lees de gemiddelden "
            "met die kanttekening.",
            " Not all classes took part equally; that difference could well be chance. Read the means with "
            "that in mind.");
    } else {
        say(page,
            " Sommige klassen deden vaker mee dan andere, meer dan door toeval te verklaren is; lees de "
            "gemiddelden met die kanttekening.",
            " Some classes took part more than others, more than chance explains; read the means with that "
            "in mind.");
    }
}

static void put_rate(const struct page *page) {
    const struct stat_response *response = &page->handover->response;
    say(page, "<h2>Wie deed mee</h2>\n<p>", "<h2>Who took part</h2>\n<p>");
    FILL(page, "Van de # gevraagde leerlingen kwamen # inzendingen binnen",
         "Of the # pupils asked, # contributions came in", response->heads, response->answered);
    if (response->state == STAT_OK) {
        put(page, " (");
        put_number(page,
                   (uint32_t)((200ull * response->answered + response->heads) / (2ull * response->heads)), 0);
        put(page, page->english ? "%)." : "\u00a0%).");
    } else if (response->state == STAT_HEADS_WRONG) {
        say(page, ". <strong>Het aantal leerlingen klopt niet:</strong> ",
            ". <strong>Head count wrong:</strong> ");
        FILL(page,
             response->wrong_count == 1
                 ? "in # klas kwamen meer inzendingen binnen dan er leerlingen zijn gevraagd."
                 : "in # klassen kwamen meer inzendingen binnen dan er leerlingen zijn gevraagd.",
             response->wrong_count == 1 ? "in # class more contributions came in than pupils were asked."
                                        : "in # classes more contributions came in than pupils were asked.",
             (uint32_t)response->wrong_count);
        say(page, " Er is daarom geen percentage.", " So there is no percentage.");
    } else {
        put(page, ".");
    }
    if (page->handover->late_count) {
        FILL(
            page,
            page->handover->late_count == 1 ? " Daarvan kwam er # binnen nadat de rest was geopend: die telt "
                                              "hier mee, en niet in de gemiddelden."
                                            : " Daarvan kwamen er # binnen nadat de rest was geopend: zij "
                                              "tellen hier mee, en niet in de gemiddelden.",
            page->handover->late_count == 1
                ? " Of these, # came in after the rest had been opened: it counts here, and not in the means."
                : " Of these, # came in after the rest had been opened: they count here, and not in the "
                  "means.",
            page->handover->late_count);
    }
    say(page, " Wie op het scherm nee zei of stopte, telt hierin mee.",
        " Who said no at the screen, or stopped, is counted here too.");
    if (response->state == STAT_OK) {
        put_evenness(page, response->verdict);
    }
    put(page, "</p>\n");
}

/* Of a list in words, what stands before part `at` of `count`. */
static const char *before_part(const struct page *page, uint32_t at, uint32_t count) {
    return at == 0 ? "" : at + 1 < count ? ", " : page->english ? " and " : " en ";
}

/* Who was absent when no reason is large enough to be told. */
static void put_absent_without_reason(const struct page *page, const struct handover_absence *absence) {
    if (absence->rest == 0) {
        say(page, "geen afwezige leerlingen", "no absent pupils");
    } else if (absence->rest_is_small) {
        FILL(page, "minder dan # afwezige leerlingen; bij zo weinig staan de redenen er niet bij",
             "fewer than # absent pupils; of so few the reasons are not told", page->content->k_cell);
    } else {
        FILL(page, "# afwezige leerlingen, om redenen die elk voor minder dan # van hen golden",
             "# absent pupils, for reasons that each held for fewer than # of them", absence->rest,
             page->content->k_cell);
    }
}

static void put_absences_by_reason(const struct page *page, const struct handover_absence *absence) {
    static const char *const reasons[BUNDLE_ABSENCES][2] = {
        {"door ziekte", "through illness"},
        {"doordat zij elders waren (bijvoorbeeld op stage)",
         "because they were elsewhere (on a placement, for instance)"},
        {"door bezwaar van ouders", "because parents objected"},
        {"om een reden die niet op de lijst staat", "for a reason that is not on the list"}};
    uint32_t count = absence->rest > 0, at = 0;
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        count += absence->told[i] > 0;
    }
    say(page, "wie er afwezig waren: ", "who was absent: ");
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        if (absence->told[i]) {
            put(page, before_part(page, at, count));
            put_number(page, absence->told[i], 0);
            say(page, at ? " " : " leerlingen ", at ? " " : " pupils ");
            put(page, reasons[i][page->english]);
            at++;
        }
    }
    if (absence->rest) {
        put(page, before_part(page, at, count));
        say(page, absence->rest_is_small ? "minder dan " : "", absence->rest_is_small ? "fewer than " : "");
        put_number(page, absence->rest_is_small ? page->content->k_cell : absence->rest, 0);
        say(page, " om andere redenen", " for other reasons");
    }
}

static void put_absences(const struct page *page) {
    struct handover_absence absence;
    bool any = false;
    if (!page->handover->has_absences) {
        return;
    }
    handover_absences(&absence, page->handover->absent, page->content->k_cell);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        any = any || absence.told[i];
    }
    say(page, "<p>De begeleiders in de klas telden ", "<p>The mentors in class counted ");
    if (any) {
        put_absences_by_reason(page, &absence);
    } else {
        put_absent_without_reason(page, &absence);
    }
    put(page, ".</p>\n");
}

static void put_losses(const struct page *page) {
    const struct handover *handover = page->handover;
    if (handover->set_aside) {
        FILL(page, "<p>Niet meegeteld, omdat ze beschadigd, dubbel of tegenstrijdig waren: #.</p>\n",
             "<p>Not counted, because they were damaged, duplicate or conflicting: #.</p>\n",
             handover->set_aside);
    }
    if (handover->left_out) {
        FILL(page, "<p>Buiten de cijfers gebleven, omdat optellingen niet klopten: # inzendingen.</p>\n",
             "<p>Left out of the figures, because sums contradicted each other: # contributions.</p>\n",
             handover->left_out);
    }
}

/* Outwards, as in the file. */
static void put_bounds(const struct page *page, const struct handover_mean *mean) {
    if (mean->has_bounds) {
        put_number(page, (uint32_t)floor(mean->bounds.low * 10 + 1e-9), 1);
        put(page, "\u2013");
        put_number(page, (uint32_t)ceil(mean->bounds.high * 10 - 1e-9), 1);
    } else {
        say(page, "niet te geven", "cannot be told");
    }
}

static void put_mean(const struct page *page, const struct handover_mean *mean) {
    static const char *const subjects[][2] = {{"", ""},
                                              {"Aantasting van de veiligheid", "Violation of safety"},
                                              {"Beleving van de veiligheid", "Perceived safety"},
                                              {"Welbevinden", "Well-being"}};
    put(page, "<tr><th scope=\"row\">");
    put(page, subjects[mean->subject][page->english]);
    put(page, "</th>");
    if (mean->status == HANDOVER_NOT_ASKED) {
        say(page, "<td class=\"words\" colspan=\"4\">niet gevraagd</td></tr>\n",
            "<td class=\"words\" colspan=\"4\">not asked</td></tr>\n");
        return;
    }
    const struct release_scale *scale = &page->content->scale[mean->scale];
    put(page, "<td class=\"words\">");
    FILL(page, scale->high_is_good ? "# tot #; hoger is beter" : "# tot #; lager is beter",
         scale->high_is_good ? "# to #; higher is better" : "# to #; lower is better", scale->score_min,
         scale->score_max);
    put(page, "</td>");
    if (mean->status == HANDOVER_HIDDEN) {
        say(page, "<td class=\"words\" colspan=\"3\">niet gegeven, om leerlingen te beschermen</td></tr>\n",
            "<td class=\"words\" colspan=\"3\">withheld, to protect pupils</td></tr>\n");
        return;
    }
    put(page, "<td>");
    put_number(page, mean->mean->low, mean->mean->decimals);
    put(page, "</td><td>");
    if (mean->mean->n) {
        put_number(page, mean->mean->n, 0);
    } else {
        say(page, "niet verteld", "not told");
    }
    put(page, "</td><td>");
    put_bounds(page, mean);
    put(page, "</td></tr>\n");
}

static void put_means(const struct page *page) {
    say(page,
        "<h2>Wat eruit kwam</h2>\n" REPORT_STYLE_BOX(
            "Tabel") "<table><caption>De drie gemiddelden van de school</caption><thead><tr><th "
                     "scope=\"col\" "
                     "class=\"words\">Onderwerp</th><th scope=\"col\" class=\"words\">Schaal</th><th "
                     "scope=\"col\">Gemiddelde</th><th "
                     "scope=\"col\">Leerlingen</th><th scope=\"col\">Als iedereen had "
                     "meegedaan</th></tr></thead>\n<tbody>\n",
        "<h2>What came out</h2>\n" REPORT_STYLE_BOX(
            "Table") "<table><caption>The three means of the school</caption><thead><tr><th "
                     "scope=\"col\" "
                     "class=\"words\">Subject</th><th scope=\"col\" class=\"words\">Scale</th><th "
                     "scope=\"col\">Mean</th><th "
                     "scope=\"col\">Pupils</th><th scope=\"col\">Had everybody taken "
                     "part</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < page->handover->mean_count; i++) {
        put_mean(page, &page->handover->mean[i]);
    }
    say(page,
        "</tbody></table></div>\n<p class=\"small\">Een gemiddelde gaat over wie meedeed en genoeg vragen "
        "beantwoordde. De laatste "
        "kolom zegt tussen welke grenzen het had gelegen als alle gevraagde leerlingen hadden geantwoord, "
        "wat de "
        "anderen ook hadden gezegd.</p>\n",
        "</tbody></table></div>\n<p class=\"small\">A mean is about those who took part and answered enough "
        "questions. The last "
        "column says between which limits it would have been had all pupils who were asked answered, "
        "whatever the others "
        "had said.</p>\n");
}

static void put_reference(const struct page *page, const struct reference_line *line) {
    const struct questionnaire *questionnaire = page->handover->round->questionnaire;
    const struct questionnaire_reference *reference = line->reference;
    uint16_t found = questionnaire_find_language(questionnaire, page->english ? "en" : "nl");
    uint16_t language = found == QUESTIONNAIRE_NONE ? 0 : found;
    enum fault_language words = page->english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL;
    put(page, "<li>");
    put_text(page, questionnaire_text_in(&questionnaire->scale[reference->scale].label, language, NULL));
    put(page, ": ");
    put_text(page, questionnaire_text_in(&reference->whom, language, NULL));
    put(page, ", ");
    put_month(page, reference->month);
    FILL(page, " #: ", " #: ", reference->year);
    put_number(page, (reference->mean + 5) / 10, 2);
    put(page, " (");
    put_text(page, reference->source);
    put(page, "); ");
    if (line->is_told) {
        say(page, "het verschil ", "the difference is: ");
        put(page,
            line->change.verdict == TREND_TOO_FEW ? (page->english ? "" : "is niet te beoordelen: ") : "");
        put(page, trend_verdict_text(line->change.verdict, words));
    } else {
        say(page, "niet te vergelijken", "cannot be compared");
    }
    put(page, ".</li>\n");
}

static void put_references(const struct page *page) {
    struct reference_list list;
    reference_compare(&list, page->handover->release, page->handover->round->questionnaire);
    if (list.count == 0) {
        return;
    }
    say(page,
        "<h2>Ter vergelijking</h2>\n<p class=\"small\">Andere leerlingen, in een ander jaar: een aanwijzing, "
        "geen norm.</p>\n<ul>\n",
        "<h2>For comparison</h2>\n<p class=\"small\">Other pupils, in another year: an indication, not a "
        "norm.</p>\n<ul>\n");
    for (uint16_t i = 0; i < list.count; i++) {
        put_reference(page, &list.line[i]);
    }
    put(page, "</ul>\n");
}

static void put_foot(const struct page *page) {
    char digest[17];
    for (int i = 0; i < 8; i++) {
        (void)snprintf(digest + 2 * i, 3, "%02x", (unsigned)release_digest(page->handover->release)[i]);
    }
    say(page,
        "<p class=\"small\">Deze cijfers zijn gemaakt van sommen; er zijn geen losse antwoorden voor "
        "geopend. Gemaakt van "
        "vrijgave ",
        "<p class=\"small\">These figures were made from sums; no single answers were opened for them. Made "
        "from release ");
    put(page, digest);
    put(page, ", Klankbord ");
    put_text(page, page->content->program);
    put(page, ".</p>\n</body>\n</html>\n");
}

void handover_page(struct bytes_buffer *out, const struct handover *handover, enum fault_language language) {
    const struct page page = {out, handover, release_content(handover->release),
                              language == FAULT_LANGUAGE_EN};
    put_head(&page);
    put_when(&page);
    put_asked(&page);
    put_rate(&page);
    put_absences(&page);
    put_losses(&page);
    put_means(&page);
    put_references(&page);
    put_foot(&page);
}
