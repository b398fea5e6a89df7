/* SPDX-License-Identifier: Apache-2.0 */
#include "round_summary.h"

#include "aggregator/say.h"

const char *round_summary_type(enum round_school_type type) {
    static const char *const names[] = {
        [ROUND_SCHOOL_PO] = "po",       [ROUND_SCHOOL_SBO] = "sbo", [ROUND_SCHOOL_SO] = "so",
        [ROUND_SCHOOL_VSO] = "vso",     [ROUND_SCHOOL_PRO] = "pro", [ROUND_SCHOOL_VMBO] = "vmbo",
        [ROUND_SCHOOL_HAVO] = "havo",   [ROUND_SCHOOL_VWO] = "vwo", [ROUND_SCHOOL_VO] = "vo",
        [ROUND_SCHOOL_OTHER] = "other",
    };
    return type >= ROUND_SCHOOL_PO && type <= ROUND_SCHOOL_OTHER ? names[type] : NULL;
}

const char *round_summary_mode(enum round_mode mode) {
    static const char *const names[] = {
        [ROUND_TWO_MACHINES] = "two-machines", [ROUND_ONE_MACHINE] = "one-machine", [ROUND_SOLO] = "solo"};
    return mode >= ROUND_TWO_MACHINES && mode <= ROUND_SOLO ? names[mode] : NULL;
}

static const char *mode_in_words(enum fault_language language, enum round_mode mode) {
    switch (mode) {
    case ROUND_TWO_MACHINES:
        return say_pick(language, "twee computers: niemand kan alleen een antwoord lezen",
                        "two machines: nobody alone can read an answer");
    case ROUND_ONE_MACHINE:
        return say_pick(language, "een computer, twee mensen: daarna kan geen van beiden het alleen",
                        "one machine, two people: afterwards neither can alone");
    case ROUND_SOLO:
        return say_pick(language, "LET OP: een persoon heeft beide sleutels en kan elk antwoord lezen",
                        "NOTE: one person holds both keys and can read every answer");
    }
    return "?";
}

static void print_date(const struct command_context *context, const char *nl, const char *en, uint32_t date) {
    say_out(context, "%s%04u-%02u-%02u", "%s%04u-%02u-%02u", say_pick(context->language, nl, en),
            date / 10000, date / 100 % 100, date % 100);
}

static void print_class(const struct command_context *context, const struct round_class *item) {
    char years[ROUND_YEARS * 4] = "";
    size_t used = 0;
    for (unsigned year = 1; year <= ROUND_YEARS; year++) {
        if (item->years & 1u << (year - 1)) {
            used += (size_t)snprintf(years + used, sizeof years - used, "%s%u", used ? "/" : "", year);
        }
    }
    if (item->not_asked) {
        say_out(context, "  %-12s leerjaar %-6s %4u leerlingen, %u niet gevraagd: %s",
                "  %-12s year %-6s %4u pupils, %u not asked: %s", item->label, years, item->heads,
                item->not_asked, item->reason);
    } else {
        say_out(context, "  %-12s leerjaar %-6s %4u leerlingen", "  %-12s year %-6s %4u pupils", item->label,
                years, item->heads);
    }
}

static void print_keys(const struct command_context *context, const struct round *round) {
    char code[DIGEST_CODE_SIZE];
    for (int i = 0; i < 2; i++) {
        digest_fingerprint(code, round->holder[i].sign_key);
        say_out(context, "Sleutelhouder %d:  %s  %s", "Key holder %d:     %s  %s", i + 1, code,
                round->holder[i].name);
    }
    for (uint16_t i = 0; i < round->kiosk_count; i++) {
        digest_fingerprint(code, round->kiosk[i].key);
        say_out(context, "Apparaat:         %s  %s", "Kiosk:            %s  %s", code, round->kiosk[i].label);
    }
}

static unsigned count_questions(const struct questionnaire *questionnaire) {
    unsigned count = 0;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        count += questionnaire->item[i].kind != QUESTIONNAIRE_NOTE;
    }
    return count;
}

static void print_questionnaire(const struct command_context *context, const struct round *round) {
    const struct questionnaire *questionnaire = round->questionnaire;
    char digest[2 * DIGEST_BYTES + 1];
    digest_hex(digest, round->questionnaire_digest, DIGEST_BYTES);
    say_out(context, "Vragenlijst:      %s, versie %s%s", "Questionnaire:    %s, version %s%s",
            questionnaire_text_in(&questionnaire->title, 0, NULL), questionnaire->version,
            questionnaire->validated
                ? ""
                : say_pick(context->language, " (niet gevalideerd)", " (not validated)"));
    say_out(context, "Vragen:           %u", "Questions:        %u", count_questions(questionnaire));
    say_out(context, "Vingerafdruk:     %s", "Digest:           %s", digest);
}

/* What pupils read besides the questions; the questionnaire's digest does not cover it. */
static void print_for_pupils(const struct command_context *context, const struct round *round) {
    char languages[QUESTIONNAIRE_LANGUAGES * (sizeof round->language[0] + 2)] = "";
    size_t used = 0;
    for (uint16_t i = 0; i < round->language_count; i++) {
        used += (size_t)snprintf(languages + used, sizeof languages - used, "%s%s", i ? ", " : "",
                                 round->language[i]);
    }
    say_out(context, "Talen:            %s", "Languages:        %s", languages);
    for (uint16_t i = 0; i < round->help_count; i++) {
        char label[32];
        (void)snprintf(label, sizeof label, "%s (%s):", say_pick(context->language, "Hulplijn", "Help line"),
                       round->help[i].language);
        say_out(context, "%-18s%s", "%-18s%s", label, round->help[i].line);
    }
    if (round->help_count == 0) {
        say_out(context, "Hulplijn:         geen", "Help line:        none");
    }
}

void round_summary_print(const struct command_context *context, const struct round *round) {
    char digest[2 * DIGEST_BYTES + 1];
    digest_hex(digest, round->digest, DIGEST_BYTES);
    say_out(context, "School:           %s%s%s (%s), %u-%u", "School:           %s%s%s (%s), %u-%u",
            round->school, round->site[0] ? ", " : "", round->site, round_summary_type(round->school_type),
            round->school_year, round->school_year + 1u);
    print_date(context, "Eerste dag:       ", "First day:        ", round->first_day);
    print_date(context, "Laatste dag:      ", "Last day:         ", round->last_day);
    print_date(context, "Bewaren tot:      ", "Kept until:       ", round->retention_day);
    print_questionnaire(context, round);
    print_for_pupils(context, round);
    say_out(context, "Openen:           %s", "Opening:          %s",
            mode_in_words(context->language, round->mode));
    say_out(context, "Kleinste groep:   %u leerlingen; kleinste telling %u",
            "Minimum batch:    %u pupils; minimum cell %u", round->k_unit, round->k_cell);
    say_out(context, "Incidenten:       %s", "Incidents:        %s",
            round->choices & ROUND_INCIDENTS_IN_CLASS
                ? say_pick(context->language, "OOK PER KLAS; leerlingen lezen dat",
                           "BY CLASS TOO; pupils read so")
                : say_pick(context->language, "vanaf leerjaar", "from the year up"));
    say_out(context, "Klassen:          %u, samen %u leerlingen gevraagd",
            "Classes:          %u, %u pupils asked in all", round->class_count, round_asked(round));
    for (uint16_t i = 0; i < round->class_count; i++) {
        print_class(context, &round->class_list[i]);
    }
    print_keys(context, round);
    say_out(context, "Pincodes:         %u", "PINs:             %u", round->pin_count);
    say_out(context, "Ronde:            %s", "Round:            %s", digest);
}

void round_summary_signatures(const struct command_context *context, const struct round *round) {
    for (int i = 0; i < 2; i++) {
        if (round->is_signed[i]) {
            say(context, "Getekend door %s.", "Signed by %s.", round->holder[i].name);
        }
    }
    for (int i = 0; i < 2; i++) {
        if (!round->is_signed[i]) {
            say(context, "Nog te tekenen door %s: klankbord round sign.",
                "Still to be signed by %s: klankbord round sign.", round->holder[i].name);
        }
    }
    if (round->is_signed[0] && round->is_signed[1]) {
        say(context, "De ronde is geldig; zet het bestand op de apparaten.",
            "The round is valid; put the file on the kiosks.");
    }
}
