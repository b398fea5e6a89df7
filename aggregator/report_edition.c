/* SPDX-License-Identifier: Apache-2.0 */
#include "report_edition.h"

#include <stdio.h>
#include <string.h>

#include "report_edition_inside.h"
#include "report_section.h"
#include "report_view.h"

struct edition {
    const char *file;
    const char *kind;
    const char *title[2];
    void (*put)(struct report_page *page, uint16_t unit);
};

static void put_account(struct report_page *page) {
    report_page_say(page, "<div class=\"whole end\"><h2>Verantwoording</h2>\n<p>",
                    "<div class=\"whole end\"><h2>Account</h2>\n<p>");
    report_page_text(page, report_page_label(page, &page->questionnaire->provenance));
    report_page_raw(page, "</p></div>\n");
}

static void put_team(struct report_page *page, uint16_t unit) {
    static const enum questionnaire_subject order[] = {
        QUESTIONNAIRE_SUBJECT_SAFETY, QUESTIONNAIRE_SUBJECT_INCIDENTS, QUESTIONNAIRE_SUBJECT_WELLBEING,
        QUESTIONNAIRE_SUBJECT_OTHER};
    report_section_response(page, true);
    report_section_reading(page);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        report_section_subject(page, order[i], RELEASE_SCHOOL, unit, true);
        report_section_years(page, order[i]);
    }
    report_section_breakdowns(page, true);
    report_section_trend(page);
    report_section_measures(page);
    put_account(page);
}

static const struct edition editions[REPORT_EDITIONS] = {
    [REPORT_EDITION_TEAM] = {"report.html",
                             "team",
                             {"Veiligheid en welbevinden: rapport voor het schoolteam",
                              "Safety and well-being: report for the school team"},
                             put_team},
    [REPORT_EDITION_BOARD] = {"board.html",
                              "board",
                              {"Veiligheid en welbevinden: rapport voor het bestuur",
                               "Safety and well-being: report for the board"},
                              report_edition_put_board},
    [REPORT_EDITION_PARENTS] = {"parents.html",
                                "parents",
                                {"Veiligheid en welbevinden: voor de medezeggenschapsraad en ouders",
                                 "Safety and well-being: for the parents’ council"},
                                report_edition_put_parents},
    [REPORT_EDITION_GUIDE] = {"guide.html",
                              "guide",
                              {"Tekst voor de schoolgids", "Text for the school guide"},
                              report_edition_put_guide},
    [REPORT_EDITION_POSTER] = {"poster.html",
                               "poster",
                               {"Dit hebben jullie gezegd", "This is what you said"},
                               report_edition_put_poster},
    [REPORT_EDITION_CLASS] = {"",
                              "class",
                              {"Gespreksblad voor de klas", "Conversation sheet for the class"},
                              report_edition_put_class},
    [REPORT_EDITION_LATE] = {"late.html",
                             "team",
                             {"Veiligheid en welbevinden: wat later binnenkwam",
                              "Safety and well-being: what came in later"},
                             report_edition_put_late},
};

/* Letters and digits stay; a class may be called anything, and the number before it keeps names apart. */
static void add_label(char out[REPORT_EDITION_FILE], const char *label) {
    size_t used = strlen(out);
    for (const char *at = label; *at && used + 8 < REPORT_EDITION_FILE; at++) {
        bool plain = (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        if (plain || out[used - 1] != '-') {
            out[used++] = plain ? *at : '-';
        }
    }
    while (out[used - 1] == '-') {
        used--;
    }
    (void)snprintf(out + used, REPORT_EDITION_FILE - used, ".html");
}

void report_edition_file(char out[REPORT_EDITION_FILE], const struct release *release,
                         const struct round *round, enum report_edition edition, uint16_t unit) {
    if (edition != REPORT_EDITION_CLASS) {
        (void)snprintf(out, REPORT_EDITION_FILE, "%s", editions[edition].file);
        return;
    }
    char label[REPORT_LABEL_SIZE];
    report_label_unit(label, release, round, RELEASE_CLASS, unit, (struct report_label_language){0});
    (void)snprintf(out, REPORT_EDITION_FILE, "class-%02u-", unit + 1u);
    add_label(out, label);
}

bool report_edition_exists(const struct release *release, enum report_edition edition, uint16_t unit) {
    return edition == REPORT_EDITION_CLASS ? report_view_has_unit(release, RELEASE_CLASS, unit)
                                           : edition < REPORT_EDITION_CLASS;
}

static enum fault check_late(const struct release *release, const struct release *late,
                             const struct round *round, enum report_edition edition) {
    if (!late) {
        return edition == REPORT_EDITION_LATE ? FAULT_MISUSE : FAULT_NONE;
    }
    enum fault fault = release_belongs(late, round);
    if (!fault && !release_holds(release, release_content(late)->previous_digest)) {
        fault = FAULT_DIGEST;
    }
    return fault;
}

enum fault report_edition_write(struct bytes_buffer *out, const struct release *release,
                                const struct report_beside *beside, const struct round *round,
                                enum report_edition edition, uint16_t unit, const char *language) {
    struct report_page page;
    const struct release *late = beside ? beside->late : NULL;
    bool is_late = edition == REPORT_EDITION_LATE;
    enum fault fault = check_late(release, late, round, edition);
    fault = fault ? fault : report_page_begin(&page, out, is_late ? late : release, round, language);
    if (fault) {
        return fault;
    }
    page.previous = beside ? beside->previous : NULL;
    page.measures = beside ? beside->measures : NULL;
    page.first = is_late ? release : NULL;
    page.late = is_late ? NULL : late;
    const struct edition *item = &editions[edition];
    const char *title = item->title[page.words.english ? 1 : 0];
    report_page_head(&page, item->kind, title);
    bool brief = edition == REPORT_EDITION_POSTER || edition == REPORT_EDITION_CLASS;
    report_page_title(&page, title, brief);
    item->put(&page, unit);
    if (brief) {
        report_page_foot_brief(&page);
    } else {
        report_page_foot(&page);
    }
    return out->fault;
}
