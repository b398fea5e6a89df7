/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd_round_close.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/say.h"

static const char *word(const struct round_close *close, const char *nl, const char *en) {
    return say_pick(close->context->language, nl, en);
}

static void print_class(const struct round_close *close, const struct closing_draft_class *item) {
    const struct round_class *named = round_find_class(close->work.round, item->number);
    say_out(close->context, "%-12s %7u %8u %8u %10u %8u %11u %7u %9u",
            "%-12s %7u %8u %8u %10u %8u %11u %7u %9u", named->label, (unsigned)item->heads,
            (unsigned)item->asked, (unsigned)item->heads_said.present, (unsigned)item->counted,
            (unsigned)item->bundles, (unsigned)item->damaged, (unsigned)item->duplicate,
            (unsigned)item->conflicting);
}

/* The workspace keeps a fault by its name, which a later version need not know. */
static const char *reason_of(const struct round_close *close, const char *name) {
    for (int fault = 0; fault < FAULT_COUNT; fault++) {
        if (strcmp(fault_name((enum fault)fault), name) == 0) {
            return fault_text((enum fault)fault, close->context->language);
        }
    }
    return name;
}

static void print_outstanding(const struct round_close *close) {
    for (uint16_t i = 0; i < close->draft.class_count; i++) {
        const struct closing_draft_class *item = &close->draft.class_list[i];
        const char *label = close->work.round->class_list[i].label;
        if (item->bundles == 0 && item->asked > 0 && !close->first) {
            say_out(close->context, "Van klas %s is er nog geen bundel.",
                    "There is no bundle of class %s yet.", label);
        }
        if (item->lost_slots) {
            say_out(close->context, "Van klas %s kon een kiosk %u plaatsen niet teruglezen.",
                    "Of class %s a kiosk could not read %u slots back.", label, (unsigned)item->lost_slots);
        }
    }
    for (uint32_t i = 0; i < close->draft.idle_count; i++) {
        say_out(close->context, "Van apparaat '%s' is nog niets binnen.",
                "Nothing has come in from machine '%s' yet.", close->draft.idle[i]->label);
    }
    for (uint32_t i = 0; i < close->inventory.refused_count; i++) {
        char name[SAY_NAME_SIZE];
        say_name(name, sizeof name, close->inventory.refused[i].name);
        say_out(close->context, "Apart gezet: %s: %s", "Set aside: %s: %s", name,
                reason_of(close, close->inventory.refused[i].reason));
    }
}

void cmd_round_close_table(const struct round_close *close) {
    say_out(close->context, "%-12s %7s %8s %8s %10s %8s %11s %7s %9s",
            "%-12s %7s %8s %8s %10s %8s %11s %7s %9s", word(close, "klas", "class"),
            word(close, "in klas", "heads"), word(close, "gevraagd", "asked"),
            word(close, "aanwezig", "present"), word(close, "bijdragen", "given"),
            word(close, "bundels", "bundles"), word(close, "beschadigd", "damaged"),
            word(close, "dubbel", "double"), word(close, "strijdig", "conflict"));
    for (uint16_t i = 0; i < close->draft.class_count; i++) {
        print_class(close, &close->draft.class_list[i]);
    }
    print_outstanding(close);
    fflush(close->context->out);
}

int cmd_round_close_too_many(const struct round_close *close) {
    for (uint16_t i = 0; i < close->draft.class_count; i++) {
        const struct closing_draft_class *item = &close->draft.class_list[i];
        if (item->counted > item->asked) {
            say(close->context, "Klas %s: %u bijdragen, %u leerlingen gevraagd.",
                "Class %s: %u contributions, %u pupils asked.", close->work.round->class_list[i].label,
                (unsigned)item->counted, (unsigned)item->asked);
        }
    }
    return say_fault(
        close->context, FAULT_TOO_MANY, NULL,
        "Er is niets gesloten. Zoek uit hoe dat kan. Klopt het toch, dan geven beide sleutelhouders "
        "--accept-surplus KLAS; het staat dan in de lijst die zij tekenen.",
        "Nothing was closed. Find out why. If it is right all the same, both key holders give "
        "--accept-surplus CLASS; it is then in the list that they sign.");
}

/* What is safe comes first: nobody has seen them, and nobody will. */
int cmd_round_close_few_late(const struct round_close *close) {
    return say_fault(close->context, FAULT_BATCH_TOO_SMALL, NULL,
                     "Er is niets gesloten en niets geopend; wat laat kwam, blijft verzegeld. Erbij optellen "
                     "kan niet meer: wie het oude van het nieuwe getal "
                     "aftrekt, leest dan deze paar leerlingen. Komen er meer bundels, doe dan dit opnieuw. "
                     "Anders tellen ze niet mee, en verdwijnen ze met "
                     "klankbord round destroy.",
                     "Nothing was closed and nothing opened; what came late stays sealed. It can no longer "
                     "be added: whoever subtracts the old number from the new "
                     "one would read these few pupils. When more bundles come in, do this again. Otherwise "
                     "they do not count, and they go with klankbord "
                     "round destroy.");
}

static bool has_bundle(const struct closing *closing, const uint8_t digest[DIGEST_BYTES]) {
    for (uint32_t i = 0; i < closing->bundle_count; i++) {
        if (memcmp(closing->bundle[i].digest, digest, DIGEST_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

void cmd_round_close_lacking(const struct round_close *close, const struct closing *has,
                             const struct closing *lacks, const char *nl, const char *en) {
    for (uint32_t i = 0; i < has->bundle_count; i++) {
        char code[DIGEST_CODE_SIZE];
        if (has_bundle(lacks, has->bundle[i].digest)) {
            continue;
        }
        const struct round_class *named = round_find_class(close->work.round, has->bundle[i].class_number);
        digest_check_code(code, has->bundle[i].digest);
        say(close->context, "%s: bundel %s, klas %s, %u bijdragen.",
            "%s: bundle %s, class %s, %u contributions.", say_pick(close->context->language, nl, en), code,
            named->label, (unsigned)has->bundle[i].counted);
    }
}

bool cmd_round_close_is_complete(const struct round_close *close) {
    return close->given && close->given->is_signed[0] && close->given->is_signed[1];
}

void cmd_round_close_next(const struct round_close *close) {
    if (closing_is_valid(close->draft.closing) != FAULT_NONE) {
        say(close->context,
            "Half getekend: %s. De andere sleutelhouder voegt dezelfde bundels samen en doet: klankbord "
            "round close --list BESTAND.",
            "Half signed: %s. The other key holder merges the same bundles and gives: klankbord round close "
            "--list FILE.",
            close->path);
        return;
    }
    say(close->context, "Gesloten: %s, door beide sleutelhouders getekend.",
        "Closed: %s, signed by both key holders.", close->path);
    bool two_machines = close->work.round->mode == ROUND_TWO_MACHINES;
    if (two_machines && !cmd_round_close_is_complete(close)) {
        say(close->context,
            "Geef de andere sleutelhouder een kopie; zij doet ermee: klankbord round close --list BESTAND.",
            "Give the other key holder a copy; she does with it: klankbord round close --list FILE.");
    }
    const char *late = close->first ? " --late" : "";
    if (two_machines) {
        say(close->context, "Volgende stap, voor beiden op de eigen computer: klankbord open prepare%s.",
            "Next, for both on their own computers: klankbord open prepare%s.", late);
    } else {
        say(close->context, "Volgende stap: klankbord open%s.", "Next: klankbord open%s.", late);
    }
}

/* Whoever signs must know what becomes of the answers, and that this is the last list. */
void cmd_round_close_kind(const struct round_close *close) {
    if (close->first) {
        say(close->context,
            "Dit is de late lijst: wat na de eerste opening binnenkwam. Zij wordt apart geopend en komt "
            "naast het eerste rapport te staan. Er is er één: wat hierna nog "
            "komt, blijft verzegeld.",
            "This is the late list: what came in after the first opening. It is opened by itself and stands "
            "beside the first report. There is one: what comes in after "
            "this stays sealed.");
    }
    if (close->replaced) {
        say(close->context,
            "Er is nog niets geopend: deze lijst komt in de plaats van de eerdere, en alles wordt samen "
            "geteld.",
            "Nothing has been opened yet: this list takes the place of the earlier one, and everything is "
            "counted together.");
    }
}
