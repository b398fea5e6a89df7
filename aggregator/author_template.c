/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_template.h"

#include <string.h>

static const char *const line[] = {
    "survey",
    ",type,name,label::Nederlands (nl),label::English (en),hint::Nederlands (nl),hint::English "
    "(en),relevant,klankbord::scale,klankbord::reverse,klankbord::sensitive,klankbord::breakdown,klankbord::"
    "faces,klankbord::cut,klankbord::own,klankbord::measure",
    ",note,about,Elk antwoord is goed. Je mag elke vraag overslaan.,Every answer is fine. You may skip any "
    "question.",
    ",select_one often,happy,Hoe vaak ben je blij op school?,How often are you happy at school?,,,,mood",
    ",select_one often,friends,Hoe vaak speel je met anderen?,How often do you play with others?,,,,mood",
    ",select_one times,hurt,Hoe vaak deed iemand je expres pijn?,How often did somebody hurt you on "
    "purpose?,In de laatste 2 maanden.,In the last 2 months.,,,,yes,,,2",
    ",select_multiple people,told,Met wie kun je praten?,Who can you talk to?,Je mag er meer kiezen.,You "
    "may choose several.",
    ",note,support,Heb je hulp nodig? Vertel het aan iemand die je vertrouwt.,Do you need help? Tell "
    "somebody you trust.",
    ",select_one often,fun,Hoe vaak heb je plezier op school?,How often do you have fun at school?,,,,mood",
    "choices",
    ",list_name,name,label::Nederlands (nl),label::English "
    "(en),klankbord::score,klankbord::coarse,klankbord::exclusive",
    ",often,never,nooit,never,1,seldom",
    ",often,sometimes,soms,sometimes,2,seldom",
    ",often,often,vaak,often,3,often",
    ",often,always,altijd,always,4,often",
    ",often,dont_know,dat weet ik niet,I do not know",
    ",times,never,nooit,never,0,never",
    ",times,once_or_twice,1 of 2 keer in totaal,once or twice in all,1,sometimes",
    ",times,monthly,2 of 3 keer per maand,2 or 3 times a month,2,often",
    ",times,weekly,elke week of vaker,every week or more often,3,often",
    ",times,rather_not_say,dat wil ik niet zeggen,I would rather not say",
    ",people,home,iemand thuis,somebody at home",
    ",people,teacher,mijn juf of meester,my teacher",
    ",people,nobody,niemand,nobody,,,yes",
    "klankbord_scales",
    ",name,label::Nederlands (nl),label::English "
    "(en),klankbord::subject,klankbord::direction,klankbord::formative",
    ",mood,Stemming,Mood,wellbeing,high is good,no",
    "settings",
    ",form_title::Nederlands (nl),form_title::English "
    "(en),form_id,version,default_language,klankbord::age_form,klankbord::provenance::Nederlands "
    "(nl),klankbord::provenance::English (en),klankbord::translation::English (en),klankbord::validity",
    ",Mijn vragen,My questions,my_first,1,Nederlands (nl),8-12,\"Zelf geschreven, niet gevalideerd.\",\"Own "
    "wording, not validated.\",draft,not validated",
    "_uitleg_help",
    ",blad / sheet,kolom / column,uitleg,what it is",
    ",survey,type,\"select_one LIJST, select_multiple LIJST, note, begin_group of end_group\",\"select_one "
    "LIST, select_multiple LIST, note, begin_group or end_group\"",
    ",survey,name,\"korte naam: a-z, cijfers en _\",\"short name: a-z, digits and _\"",
    ",survey,label::Taal (code),\"de vraag in die taal; voeg voor elke taal een kolom toe\",\"the question "
    "in that language; add a column for each language\"",
    ",survey,relevant,\"wanneer de vraag komt, bijvoorbeeld selected(${told}, 'home')\",\"when it is asked, "
    "for example selected(${told}, 'home')\"",
    ",survey,klankbord::scale,de schaal waar de vraag bij hoort,the scale it belongs to",
    ",survey,klankbord::reverse,\"yes: de score telt andersom\",\"yes: the score counts the other way "
    "round\"",
    ",survey,klankbord::sensitive,\"yes: bied ook rather_not_say aan\",\"yes: offer rather_not_say too\"",
    ",survey,klankbord::breakdown,\"yes: een achtergrondvraag om uitkomsten naar uit te splitsen\",\"yes: a "
    "background question to break results down by\"",
    ",survey,klankbord::faces,\"yes: antwoorden ook als gezichten, niet bij wat er gebeurd is\",\"yes: "
    "answers as faces too, not for what happened\"",
    ",survey,klankbord::cut,de laagste score die als vaak telt,the lowest score that counts as often",
    ",survey,klankbord::own,\"yes: eigen vraag van de school, achteraan, ten hoogste vijf\",\"yes: the "
    "school's own question, at the end, at most five\"",
    ",survey,klankbord::measure,naam van een maatregel van vorig jaar,name of a measure of last year",
    ",choices,list_name,de lijst waar het antwoord bij hoort,the list that the answer belongs to",
    ",choices,name,\"dont_know en rather_not_say tellen als niet beantwoord\",\"dont_know and rather_not_say "
    "count as not answered\"",
    ",choices,klankbord::score,\"0 tot 100, voor elke lijst van een schaal\",\"0 to 100, for each list of a "
    "scale\"",
    ",choices,klankbord::coarse,\"een woord per groep voor de grovere indeling van een klas\",\"a word per "
    "group for the coarser grouping of a class\"",
    ",choices,klankbord::exclusive,\"yes: dit antwoord wist de andere (niemand)\",\"yes: this answer clears "
    "the others (nobody)\"",
    ",klankbord_scales,klankbord::subject,\"incidents, safety, wellbeing of other\",\"incidents, safety, "
    "wellbeing or other\"",
    ",klankbord_scales,klankbord::direction,high is good of high is bad,high is good or high is bad",
    ",klankbord_scales,klankbord::formative,\"yes: losse gebeurtenissen, geen betrouwbaarheid\",\"yes: "
    "separate events, no reliability\"",
    ",settings,klankbord::provenance,\"wie het schreef, waaruit, en hoe ver het is beproefd\",\"who wrote "
    "it, from what, how far it was tested\"",
};

enum fault author_template_csv(struct bytes_buffer *out) {
    for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
        bytes_put(out, line[i], strlen(line[i]));
        bytes_put(out, "\n", 1);
    }
    return out->fault;
}
