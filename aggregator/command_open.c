/* SPDX-License-Identifier: Apache-2.0 */
#include "command_open.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/say.h"
#include "platform/file.h"
#include "platform/process.h"

/* A list of the workspace by its number. */
static int own_list(struct closing **out, struct command_open *open, int number) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = command_work_list_path(path, &open->work, number);
    if (!fault && !file_exists(path)) {
        fault = FAULT_NOT_CLOSED;
    }
    if (fault && number != 1) {
        return say_fault(
            open->context, fault, path,
            "Wat later binnenkwam, staat nog op geen lijst. Eerst: klankbord merge, en klankbord "
            "round close.",
            "What came in later is on no list yet. First: klankbord merge, and klankbord round "
            "close.");
    }
    return fault ? say_fault(open->context, fault, open->work.folder, "Eerst: klankbord round close.",
                             "First: klankbord round close.")
                 : command_work_list(out, open->context, &open->work, path);
}

static int find_list(struct command_open *open, const char *path, bool late) {
    int code = path ? command_work_list(&open->closing, open->context, &open->work, path)
                    : own_list(&open->closing, open, late ? 2 : 1);
    return code || open->closing->number == 1 ? code : own_list(&open->first, open, 1);
}

static enum fault init(struct command_open *open) {
    const struct command_work *work = &open->work;
    return open->first
               ? opening_init_late(&open->opening, work->workspace, work->round, open->closing, open->first)
               : opening_init(&open->opening, work->workspace, work->round, open->closing);
}

static int find_excluded(struct command_open *open, const struct command_list *texts) {
    for (size_t i = 0; i < texts->count; i++) {
        uint8_t id[SHARE_ID_BYTES];
        if (prepare_id_parse(id, texts->value[i])) {
            return say_usage(open->context, "--exclude: '%s' is geen nummer van 32 hexadecimale tekens.",
                             "--exclude: '%s' is not an id of 32 hexadecimal digits.", texts->value[i]);
        }
        enum fault fault = prepare_ids_add(&open->excluded, id);
        if (fault) {
            return say_fault(open->context, fault, NULL, NULL, NULL);
        }
    }
    return COMMAND_OK;
}

/* Only a reminder: without a date, or with a wrong one, nobody's report is held back. */
static void say_overdue(const struct command_open *open) {
    struct process_date today;
    uint32_t last = open->work.round->retention_day;
    if (process_today(&today) || (uint32_t)(today.year * 10000 + today.month * 100 + today.day) <= last) {
        return;
    }
    say(open->context,
        "Let op: de antwoorden van deze ronde hadden op %04u-%02u-%02u vernietigd moeten zijn. Daarna doen "
        "beide sleutelhouders: klankbord round destroy.",
        "Mind: the answers of this round should have been destroyed by %04u-%02u-%02u. Afterwards both key "
        "holders give: klankbord round destroy.",
        (unsigned)(last / 10000), (unsigned)(last / 100 % 100), (unsigned)(last % 100));
}

static const char *const level_names[] = {"class", "year", "school"}; /* enum release_level */

static int find_level(struct command_open *open, const char *name) {
    for (int i = 0; name && i <= RELEASE_SCHOOL; i++) {
        if (strcmp(name, level_names[i]) == 0) {
            open->opening.finest = i;
            return COMMAND_OK;
        }
    }
    return !name ? COMMAND_OK
                 : say_usage(open->context, "--level: '%s' is geen niveau; kies class, year of school.",
                             "--level: '%s' is no level; choose class, year or school.", name);
}

int command_open_begin(struct command_open *open, struct command_context *context,
                       const struct command_open_options *options) {
    open->context = context;
    int code = command_work_open(&open->work, context, options->round, options->workspace);
    if (!code) {
        say_overdue(open);
    }
    code = code ? code : find_list(open, options->list, options->late);
    if (!code) {
        enum fault fault = init(open);
        open->opening.threads = process_processors();
        code = fault ? command_open_say(open, fault) : COMMAND_OK;
    }
    code = code ? code : find_level(open, options->level);
    code = code ? code : find_excluded(open, options->excluded);
    return code ? code
                : command_work_holders(&open->holders, context, open->work.round, options->holders,
                                       options->passphrase_files, true);
}

void command_open_release(struct command_open *open) {
    prepare_release(&open->pair[0]);
    prepare_release(&open->pair[1]);
    free(open->excluded.ids);
    opening_release(&open->opening);
    closing_free(open->closing);
    closing_free(open->first);
    command_work_holders_release(&open->holders);
    command_work_release(&open->work);
}

int command_open_compare_codes(struct command_open *open, bool yes) {
    const struct command_context *context = open->context;
    say_out(context, "%-16s %-12s %-20s %9s", "%-16s %-12s %-20s %9s",
            say_pick(context->language, "controlecode", "check code"),
            say_pick(context->language, "klas", "class"), say_pick(context->language, "apparaat", "machine"),
            say_pick(context->language, "bijdragen", "count"));
    for (uint32_t i = 0; i < open->closing->bundle_count; i++) {
        const struct closing_bundle *bundle = &open->closing->bundle[i];
        const struct round_class *named = round_find_class(open->work.round, bundle->class_number);
        const struct round_kiosk *kiosk = round_find_kiosk(open->work.round, bundle->kiosk_key);
        char code[DIGEST_CODE_SIZE];
        digest_check_code(code, bundle->digest);
        say_out(context, "%-16s %-12s %-20s %9u", "%-16s %-12s %-20s %9u", code, named->label, kiosk->label,
                (unsigned)(bundle->counted + bundle->damaged + bundle->duplicate + bundle->conflicting));
    }
    fflush(context->out);
    enum fault fault = command_confirm(
        open->context, yes,
        "Vergelijk met de controlebriefjes van de begeleiders. Kloppen alle codes en aantallen? (ja) ",
        "Compare with the mentors' receipts. Are all codes and counts right? (yes) ");
    return fault ? say_fault(context, fault, NULL, "Er is niets geopend. Zonder vragen: --yes.",
                             "Nothing was opened. Without questions: --yes.")
                 : COMMAND_OK;
}

static void say_unopened(const struct command_open *open, const struct prepare *prepare) {
    for (uint32_t i = 0; i < prepare->unopened.count; i++) {
        char id[2 * SHARE_ID_BYTES + 1];
        digest_hex(id, prepare->unopened.ids + (size_t)i * SHARE_ID_BYTES, SHARE_ID_BYTES);
        say(open->context, "Bijdrage %s gaat niet open met de sleutel van %s.",
            "Contribution %s does not open with the key of %s.", id,
            open->work.round->holder[prepare->holder].name);
    }
}

int command_open_prepare(struct command_open *open, int holder) {
    struct prepare made = {0};
    struct prepare_ids excluded = {0};
    struct bytes_buffer file = {0};
    const struct opening_holder *opener = &open->holders.holder[holder].opening;
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < open->excluded.count; i++) {
        fault = prepare_ids_add(&excluded, open->excluded.ids + (size_t)i * SHARE_ID_BYTES);
    }
    fault = fault ? fault : prepare_make(&made, &open->opening, opener, &excluded, NULL);
    fault = fault ? fault : prepare_encode(&file, &made, opener->sign_secret);
    fault = fault ? fault : prepare_decode(&open->pair[holder], bytes_buffer_view(&file));
    if (!fault) {
        say_unopened(open, &open->pair[holder]);
    }
    free(excluded.ids);
    prepare_release(&made);
    bytes_buffer_release(&file);
    return fault ? command_open_say(open, fault) : COMMAND_OK;
}

/* A refused batch by its classes and bundles, so that people can find out what went wrong there. */
static void say_refused(const struct command_open *open, const struct release_batch *batch) {
    for (uint16_t i = 0; i < batch->class_count; i++) {
        const struct round_class *named = round_find_class(open->work.round, batch->class_number[i]);
        say(open->context, "%s: klas %s, de tellingen kloppen niet met elkaar.",
            "%s: class %s, the counts contradict each other.",
            say_pick(open->context->language, "Niet meegeteld", "Not counted"), named->label);
        for (uint32_t j = 0; j < open->closing->bundle_count; j++) {
            const struct closing_bundle *bundle = &open->closing->bundle[j];
            const struct round_kiosk *kiosk = round_find_kiosk(open->work.round, bundle->kiosk_key);
            char code[DIGEST_CODE_SIZE];
            digest_check_code(code, bundle->digest);
            if (bundle->class_number == batch->class_number[i]) {
                say(open->context, "  bundel %s van apparaat '%s'", "  bundle %s of machine '%s'", code,
                    kiosk->label);
            }
        }
    }
}

static void say_left_out(const struct command_open *open, const struct release_content *content) {
    for (uint16_t i = 0; i < content->batch_count; i++) {
        const struct release_batch *batch = &content->batch[i];
        if (batch->refused) {
            say_refused(open, batch);
        } else if (batch->left_out) {
            const struct round_class *named = round_find_class(open->work.round, batch->class_number[0]);
            say(open->context, "Klas %s zelf klopt, maar van haar leerjaar kan niets worden meegeteld.",
                "Class %s itself is right, but nothing of its year can be counted.", named->label);
        }
    }
}

static bool tells_anything(const struct release_content *content) {
    for (uint32_t i = 0; i < content->figure_count; i++) {
        if (content->figure[i].status != RELEASE_HIDDEN) {
            return true;
        }
    }
    return false;
}

/* Of a few late ones the first release may stay all that there is to tell. */
static void say_told(const struct command_open *open, const struct release_content *content,
                     const char *out) {
    if (!tells_anything(content)) {
        say(open->context,
            "Van deze bijdragen kan niets worden getoond zonder leerlingen te verraden; dat zij er zijn, "
            "telt wel mee in de respons.",
            "Nothing of these contributions can be shown without giving pupils away; that they are there "
            "does count in the response.");
    }
    say(open->context,
        open->first ? "Vrijgegeven: %s. Volgende stap: klankbord report --release EERSTE --late %s."
                    : "Vrijgegeven: %s. Volgende stap: klankbord report.",
        open->first ? "Released: %s. Next: klankbord report --release FIRST --late %s."
                    : "Released: %s. Next: klankbord report.",
        out, out);
}

/* Writes what was released, if it was. Frees it. */
static int write_release(struct command_open *open, enum fault fault, struct release *release,
                         const char *out) {
    if (fault) {
        return command_open_say(open, fault);
    }
    say_left_out(open, release_content(release));
    fault = file_write_new(out, release_file(release), FILE_SHARED);
    if (fault) {
        release_free(release);
        return say_fault(
            open->context, fault, out,
            "De opening is gelukt en mag worden herhaald: doe dezelfde opdracht nog een keer, zo nodig met "
            "een andere --out.",
            "The opening succeeded and may be repeated: give the same command again, with another --out if "
            "need be.");
    }
    say_told(open, release_content(release), out);
    release_free(release);
    return COMMAND_OK;
}

int command_open_release_path(char out[KEYHOLDER_PATH_SIZE], const struct command_open *open) {
    char name[32];
    int finest = open->opening.finest;
    (void)snprintf(name, sizeof name, "release%s%s%s.klv", open->first ? "-late" : "", finest ? "-" : "",
                   finest ? level_names[finest] : "");
    return keyholder_path(out, open->work.folder, name)
               ? say_fault(open->context, FAULT_LIMIT, open->work.folder, NULL, NULL)
               : COMMAND_OK;
}

int command_open_combine(struct command_open *open, struct bytes aggregate_file, const char *out) {
    struct release *release = NULL;
    uint16_t at = 0;
    enum fault fault = disclosure_open(&release, &open->opening, &open->holders.holder[0].opening, open->pair,
                                       aggregate_file, &at);
    return write_release(open, fault, release, out);
}

int command_open_both(struct command_open *open, const char *out) {
    struct release *release = NULL;
    uint16_t at = 0;
    const struct opening_holder *const holders[2] = {&open->holders.holder[0].opening,
                                                     &open->holders.holder[1].opening};
    enum fault fault = disclosure_open_both(&release, &open->opening, holders, open->pair, &at);
    return write_release(open, fault, release, out);
}

struct remedy {
    enum fault fault;
    const char *nl, *en;
};

static const struct remedy remedies[] = {
    {FAULT_RELEASED,
     "Er is niets vrijgegeven. Over dezelfde antwoorden ligt al een vrijgave waarin iets anders staat dan nu "
     "is beoordeeld: het verschil tussen beide kan een leerling verraden, en "
     "wat is uitgegeven, kan niet terug. Een ander niveau (--level) kan alleen met dezelfde versie van "
     "Klankbord, dezelfde --exclude en dezelfde manier van openen als de eerste keer.",
     "Nothing was released. Of the same answers there is a release already that says something else than "
     "what was judged now: the difference between the two may give a pupil away, and what "
     "has gone out cannot be taken back. Another level (--level) needs the same version of Klankbord, the "
     "same --exclude and the same way of opening as the first time."},
    {FAULT_LEDGER_GAP,
     "Er is niets geopend; wat laat kwam, blijft verzegeld. Open en geef eerst vrij wat op de eerste "
     "sluitlijst staat. Is dat al gebeurd, zet dan "
     "het nieuwste ledger.kll terug in de map van de sleutelhouder: zonder dat weet niemand wat er samen "
     "wordt verraden.",
     "Nothing was opened; what came late stays sealed. First open and release what is on the first closing "
     "list. If that was done, put the newest "
     "ledger.kll back into the key holder's folder: without it nobody knows what is given away together."},
    {FAULT_RECORD_CONFLICT,
     "Er is niets geopend. Een bundel of bijdrage van de late lijst telt al mee op de eerste; sluit opnieuw "
     "met klankbord round close.",
     "Nothing was opened. A bundle or contribution of the late list counts on the first one already; close "
     "again with klankbord round close."},
    {FAULT_DIGEST,
     "Er is niets geopend. De late lijst hoort bij een andere eerste lijst dan die in uw werkmap, of de "
     "werkmap is na het sluiten veranderd. Neem beide lijsten over van "
     "de andere sleutelhouder, en voeg zo nodig de bundels opnieuw samen.",
     "Nothing was opened. The late list goes with another first list than the one in your workspace, or the "
     "workspace was changed after closing. Take both lists over from "
     "the other key holder, and merge the bundles again if need be."},
    {FAULT_ALREADY_CLOSED,
     "Er is niets geopend. Van deze ronde is al geopend onder een andere sluitlijst; gebruik die.",
     "Nothing was opened. Of this round something was opened under another closing list; use that one."},
    {FAULT_SIGNATURE_MISSING,
     "Er is niets geopend. De sluitlijst is half getekend. Laat de andere sleutelhouder haar tekenen, en "
     "neem dan haar "
     "lijst over: klankbord round close --list BESTAND.",
     "Nothing was opened. The closing list is half signed. Have the other key holder sign it, then take over "
     "her list: "
     "klankbord round close --list FILE."},
    {FAULT_BATCH_TOO_SMALL,
     "Er is niets geopend. Zonder de uitgesloten bijdragen blijven er te weinig over; wat laat kwam, wordt "
     "niet opgeteld bij wat al is geopend, want dan zijn ze "
     "door aftrekken te lezen.",
     "Nothing was opened. Without the excluded contributions too few are left; what came late is not added "
     "to what was opened before, for then it could be read by "
     "subtracting."},
    {FAULT_BATCH_OVERLAP, "Er is niets geopend. Alleen precies dezelfde groepen mogen nog een keer open.",
     "Nothing was opened. Only exactly the same batches may be opened again."},
    {FAULT_BATCH_INCOMPLETE,
     "Er is niets geopend. Voeg eerst alle bundels van de sluitlijst samen: klankbord merge.",
     "Nothing was opened. First merge all bundles of the closing list: klankbord merge."},
    {FAULT_RECORD_DAMAGED,
     "Er is niets geopend. De werkmap is na het sluiten beschadigd; voeg de bundels opnieuw samen: klankbord "
     "merge.",
     "Nothing was opened. The workspace was damaged after closing; merge the bundles again: klankbord "
     "merge."},
    {FAULT_RECORD_SEALED,
     "Er is niets opgeteld. Zoek uit van welk apparaat de genoemde bijdragen komen. Willen beide "
     "sleutelhouders zonder "
     "verder: --exclude NUMMER, bij beiden; het komt in het rapport te staan.",
     "Nothing was added up. Find out which machine the named contributions come from. If both key holders "
     "want to go on "
     "without them: --exclude ID, both; the report will say so."},
    {FAULT_STATEMENTS_DIFFER,
     "Er is niets opgeteld. Beide sleutelhouders openen dezelfde sluitlijst (beiden met --late, of geen van "
     "beiden) met dezelfde --exclude; begin opnieuw met klankbord open prepare.",
     "Nothing was added up. Both key holders open the same closing list (both with --late, or neither) with "
     "the same --exclude; begin again with klankbord open prepare."},
    {FAULT_SIZES_FALSE,
     "Er is niets vrijgegeven en niets van een groep opgeteld. De andere sleutelhouder gaf een andere "
     "groepsgrootte op dan de kiosken verzegelden, of een kiosk "
     "verzegelde iets vals. Doe alle stappen nog een keer, met het Klankbord van het pakket. Blijft het zo, "
     "zoek dan uit waarom, of doe open aggregate met --without-groups: dan "
     "worden geen uitkomsten per groep getoond.",
     "Nothing was released, and nothing of a group was added up. The other key holder stated another group "
     "size than the kiosks sealed, or a kiosk sealed something "
     "false. Do all steps again, with the package's Klankbord. If it stays like this, find out why, or give "
     "open aggregate with --without-groups: then no results by group are "
     "shown."},
    {FAULT_LEDGER_OLD,
     "Er is niets opgeteld. Zoek de nieuwste ledger.kll van deze sleutelhouder; op een andere stick staat "
     "een nieuwere.",
     "Nothing was added up. Find the newest ledger.kll of this key holder; there is a newer one on another "
     "stick."},
    {FAULT_LEDGER_DAMAGED,
     "Er is niets opgeteld. Zet een goede kopie van ledger.kll terug in de map van de sleutelhouder.",
     "Nothing was added up. Put a good copy of ledger.kll back into the key holder's folder."},
    {FAULT_BATCH_SUMS, "Er is niets vrijgegeven. Geen enkel leerjaar kan worden meegeteld.",
     "Nothing was released. Not a single year can be counted."},
    {FAULT_KEY_WRONG, "Er is niets opgeteld. Sleutel of verklaring is van een ander dan de ronde zegt.",
     "Nothing was added up. Key or statement is of somebody else than the round says."},
    {FAULT_USAGE, "Er is niets geopend. Een nummer bij --exclude staat niet in de sluitlijst.",
     "Nothing was opened. An id given with --exclude is not in the closing list."},
};

int command_open_say(const struct command_open *open, enum fault fault) {
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        if (remedies[i].fault == fault) {
            int code = say_fault(open->context, fault, NULL, remedies[i].nl, remedies[i].en);
            return fault == FAULT_ALREADY_CLOSED ? COMMAND_PRIVACY : code;
        }
    }
    return say_fault(open->context, fault, NULL, "Er is niets vrijgegeven; wat er lag, is onveranderd.",
                     "Nothing was released; what was there is unchanged.");
}

/* Two statements in any order, each put at its holder's place. */
int command_open_statements(struct command_open *open, const struct command_list *paths) {
    int code = COMMAND_OK;
    bool seen[2] = {false, false};
    for (size_t i = 0; !code && i < paths->count; i++) {
        struct bytes_buffer content = {0};
        struct prepare prepare = {0};
        code = command_files_read(&content, open->context, paths->value[i], PREPARE_BYTES_LIMIT);
        if (!code) {
            enum fault fault = prepare_decode(&prepare, bytes_buffer_view(&content));
            code = fault ? say_fault(open->context, fault, paths->value[i],
                                     "Vraag een nieuwe kopie van de verklaring.",
                                     "Ask for a new copy of the statement.")
                         : COMMAND_OK;
        }
        if (!code && !seen[prepare.holder]) {
            seen[prepare.holder] = true;
            open->pair[prepare.holder] = prepare;
        } else {
            prepare_release(&prepare);
        }
        bytes_buffer_release(&content);
    }
    if (!code && (!seen[0] || !seen[1])) {
        code =
            say_usage(open->context, "geef --statement twee keer: de verklaringen van beide sleutelhouders.",
                      "give --statement twice: the statements of both key holders.");
    }
    return code;
}
