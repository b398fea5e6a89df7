/* SPDX-License-Identifier: Apache-2.0 */
#include "report_edition_inside.h"
#include "report_section.h"

static const enum questionnaire_subject legal[] = {
    QUESTIONNAIRE_SUBJECT_SAFETY, QUESTIONNAIRE_SUBJECT_INCIDENTS, QUESTIONNAIRE_SUBJECT_WELLBEING};
enum { LEGAL = sizeof legal / sizeof *legal };

static void put_scales(struct report_page *page, enum questionnaire_subject subject, bool years) {
    for (uint16_t i = 0; i < page->questionnaire->scale_count; i++) {
        if (page->questionnaire->scale[i].subject == subject) {
            report_section_scale(page, i, years, false);
        }
    }
}

static void put_title(struct report_page *page, enum questionnaire_subject subject) {
    report_page_raw(page, "<h2>");
    report_page_raw(page, report_section_title(page, subject));
    report_page_raw(page, "</h2>\n");
}

void report_edition_put_board(struct report_page *page, uint16_t unit) {
    (void)unit;
    report_section_response(page, false);
    report_section_reading(page);
    for (size_t i = 0; i < LEGAL; i++) {
        if (!report_section_has(page, legal[i])) {
            continue;
        }
        put_title(page, legal[i]);
        put_scales(page, legal[i], true);
        if (legal[i] == QUESTIONNAIRE_SUBJECT_INCIDENTS) {
            report_section_items(page, legal[i], RELEASE_SCHOOL, 0);
        }
        report_section_years(page, legal[i]);
    }
    report_section_breakdowns(page, false);
    report_section_trend(page);
    report_section_measures(page);
    report_page_say(
        page,
        "<div class=\"whole end\"><h2>Vragen om te stellen</h2>\n<ul><li>Wat valt de school zelf het meest "
        "op, "
        "en wat gaat zij "
        "doen?</li><li>Wie "
        "vertelt leerlingen en ouders wat eruit kwam, en wanneer?</li><li>Wat kwam er van de maatregelen van "
        "vorig "
        "jaar?</li></ul>\n<p>Er staan geen klassen in dit rapport. Vraag er niet naar: die cijfers zijn voor "
        "het gesprek "
        "in de school.</p></div>\n",
        "<div class=\"whole end\"><h2>Questions to ask</h2>\n<ul><li>What strikes the school itself most, "
        "and "
        "what will it "
        "do?</li><li>Who tells "
        "pupils and parents the results, and when?</li><li>What came of last year’s "
        "measures?</li></ul>\n<p>No class is in "
        "this report. Do not ask for it: those figures are for the conversation within the "
        "school.</p></div>\n");
}

void report_edition_put_parents(struct report_page *page, uint16_t unit) {
    (void)unit;
    report_section_response(page, false);
    report_section_reading(page);
    for (size_t i = 0; i < LEGAL; i++) {
        if (report_section_has(page, legal[i])) {
            put_title(page, legal[i]);
            put_scales(page, legal[i], false);
            report_section_items(page, legal[i], RELEASE_SCHOOL, 0);
        }
    }
    report_section_trend(page);
    report_section_measures(page);
}
