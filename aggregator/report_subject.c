/* SPDX-License-Identifier: Apache-2.0 */
#include "report_section.h"
#include "report_view.h"

bool report_section_has(const struct report_page *page, enum questionnaire_subject subject) {
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        if (questionnaire_list_of(page->questionnaire, i) &&
            report_label_subject(page->questionnaire, i) == subject) {
            return true;
        }
    }
    return false;
}

const char *report_section_title(const struct report_page *page, enum questionnaire_subject subject) {
    static const char *const titles[4][2] = {
        [QUESTIONNAIRE_SUBJECT_OTHER] = {"Andere vragen", "Other questions"},
        [QUESTIONNAIRE_SUBJECT_INCIDENTS] = {"Incidenten: wat leerlingen meemaakten",
                                             "Incidents: what pupils experienced"},
        [QUESTIONNAIRE_SUBJECT_SAFETY] = {"Veiligheidsbeleving: hoe veilig leerlingen zich voelen",
                                          "Perceived safety: how safe pupils feel"},
        [QUESTIONNAIRE_SUBJECT_WELLBEING] = {"Welbevinden: hoe het met leerlingen gaat",
                                             "Well-being: how pupils are doing"}};
    return titles[subject][page->words.english ? 1 : 0];
}

void report_section_subject(struct report_page *page, enum questionnaire_subject subject,
                            enum release_level level, uint16_t unit, bool with_means) {
    if (!report_section_has(page, subject)) {
        return;
    }
    report_page_raw(page, "<h2>");
    report_page_raw(page, report_section_title(page, subject));
    report_page_raw(page, "</h2>\n");
    bool classes = subject != QUESTIONNAIRE_SUBJECT_INCIDENTS ||
                   (page->content->choices & RELEASE_INCIDENTS_IN_CLASS) != 0;
    for (uint16_t i = 0; with_means && level == RELEASE_SCHOOL && i < page->questionnaire->scale_count; i++) {
        if (page->questionnaire->scale[i].subject == subject) {
            report_section_scale(page, i, true, classes);
        }
    }
    report_section_items(page, subject, level, unit);
}

void report_section_reading(struct report_page *page) {
    bool coarse = report_view_has_level(page->release, RELEASE_CLASS);
    report_page_say(
        page,
        "<h2>Hoe u dit leest</h2>\n<p>Elke leerling vulde de vragen alleen in, zonder naam of "
        "code, en mocht nee zeggen, "
        "elke vraag overslaan en stoppen. De antwoorden zijn nooit per leerling bewaard: er "
        "bestaan alleen optellingen van "
        "veel leerlingen samen.</p>\n<p>Percentages gaan over de leerlingen die de vraag "
        "beantwoordden; hoeveel dat er zijn, "
        "staat erbij. Ze beschrijven wat díé leerlingen zeiden.</p>\n<p><strong>Wat niet getoond "
        "wordt.</strong> Soms staat er "
        "een punt (" REPORT_SECTION_HIDDEN
        "), een gearceerd vlak, of twee getallen met een streep ertussen, zoals 0–4: het echte "
        "getal ligt dan ergens tussen die twee, beide meegerekend. Een balk is dan zo lang als het "
        "laagste, en loopt niet altijd tot het einde. Dat gebeurt bij kleine "
        "aantallen, en ook bij andere getallen "
        "waaruit een klein aantal te berekenen zou zijn. Het zegt niets over de antwoorden zelf. "
        "Het beschermt leerlingen: probeer "
        "niet te raden wie iets zei.</p>\n",
        "<h2>How to read this</h2>\n<p>Every pupil answered alone, without a name or code, and "
        "could say no, skip any question "
        "and stop. Answers were never kept per pupil: only sums over many pupils together "
        "exist.</p>\n<p>Percentages are of the "
        "pupils who answered the question; how many they are is given. They describe what those "
        "pupils said.</p>\n"
        "<p><strong>What is not shown.</strong> Sometimes there is a dot (" REPORT_SECTION_HIDDEN
        "), a hatched area, or two numbers "
        "with a dash between, such as 0–4: the true number then lies somewhere between the two, "
        "both included. A bar is then as long as the lower one, and does not always reach the end. That "
        "happens "
        "with small counts, and with other numbers from which a small count could be worked out. "
        "It says nothing about the "
        "answers themselves. It protects pupils: do not try to guess who said something.</p>\n");
    if (!coarse && !page->first) {
        report_page_say(page, "<p>Er zijn alleen cijfers van de school als geheel vrijgegeven.</p>\n",
                        "<p>Only figures of the school as a whole were released.</p>\n");
    }
}
