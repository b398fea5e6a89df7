/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/closing_draft.h"
#include "aggregator/cmd.h"
#include "aggregator/command_work.h"
#include "aggregator/merge.h"
#include "aggregator/say.h"
#include "platform/file.h"

/* What a bundle says of the machine that it comes from. */
static const struct {
    uint16_t flag;
    const char *word[2]; /* Dutch, English */
    const char *text[2];
} flags[] = {
    {BUNDLE_FLAG_CLOCK,
     {"klok", "clock"},
     {"de datum van het apparaat viel buiten de periode van de ronde; de mentor is gewaarschuwd",
      "the machine's date was outside the round's period; the mentor was warned"}},
    {BUNDLE_FLAG_UNCONFINED,
     {"afscherming", "confinement"},
     {"het systeem van dat apparaat schermde de kiosk niet helemaal af; de bijdragen tellen gewoon mee, en "
      "de "
      "beheerderspagina van het apparaat zegt wat eraan schort",
      "that machine's system did not fully confine the kiosk; the contributions count all the same, and the "
      "machine's administrator's page says what is amiss"}},
    {BUNDLE_FLAG_LOCK_LOW,
     {"geheugen", "memory"},
     {"dat apparaat mag minder geheugen vastzetten dan de kiosk vraagt; de bijdragen tellen gewoon mee; laat "
      "de "
      "beheerder de grens verhogen voor de volgende les",
      "that machine may lock less memory than the kiosk asks for; the contributions count all the same; let "
      "the "
      "administrator raise the limit before the next lesson"}},
    {BUNDLE_FLAG_OLD_VERSIONS,
     {"schijf", "disk"},
     {"de schijf van dat apparaat bewaart wat overschreven is, en een instelling liet dat toe; de bijdragen "
      "tellen "
      "gewoon mee, maar in welke volgorde er is ingevuld kan op die schijf staan",
      "that machine's disk keeps what is overwritten, and a setting allowed it; the contributions count all "
      "the "
      "same, but the order of answering may lie on that disk"}},
};

static void say_flags(const struct command_context *context, const char *path, uint16_t set) {
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (set & flags[i].flag) {
            say(context, "%-12s %s: %s", "%-12s %s: %s",
                say_pick(context->language, flags[i].word[0], flags[i].word[1]), path,
                say_pick(context->language, flags[i].text[0], flags[i].text[1]));
        }
    }
}

static void say_event(void *data, const struct merge_event *event) {
    const struct command_context *context = data;
    char path[SAY_NAME_SIZE];
    say_name(path, sizeof path, event->path);
    if (event->fault) {
        say(context, "apart gezet  %s: %s", "set aside    %s: %s", path,
            fault_text(event->fault, context->language));
    } else if (event->damaged) {
        say(context, "beschadigd   %s: %u van %u bijdragen; haal de bundel zo mogelijk nog eens van de stick",
            "damaged      %s: %u of %u contributions; fetch the bundle from the stick again if you can", path,
            (unsigned)event->damaged, (unsigned)event->records);
    }
    if (!event->fault) {
        say_flags(context, path, event->flags);
    }
}

static void print_classes(const struct command_context *context, const struct round *round,
                          const struct closing_draft *draft) {
    say_out(context, "%-12s %8s %12s %10s %8s %10s", "%-12s %8s %12s %10s %8s %10s",
            say_pick(context->language, "klas", "class"), say_pick(context->language, "bundels", "bundles"),
            say_pick(context->language, "bijdragen", "contributed"),
            say_pick(context->language, "beschadigd", "damaged"),
            say_pick(context->language, "dubbel", "double"),
            say_pick(context->language, "strijdig", "conflict"));
    for (uint16_t i = 0; i < draft->class_count; i++) {
        const struct closing_draft_class *item = &draft->class_list[i];
        say_out(context, "%-12s %8u %12u %10u %8u %10u", "%-12s %8u %12u %10u %8u %10u",
                round->class_list[i].label, (unsigned)item->bundles, (unsigned)item->counted,
                (unsigned)item->damaged, (unsigned)item->duplicate, (unsigned)item->conflicting);
    }
}

static int print_state(const struct command_context *context, const struct command_work *work) {
    struct workspace_inventory inventory;
    struct closing_draft draft = {0};
    enum fault fault = workspace_list(&inventory, work->workspace);
    if (!fault) {
        /* Only the counts are wanted: more contributions than pupils are a matter for closing. */
        fault = closing_draft_make(&draft, &inventory, work->round, NULL, NULL, 0);
        fault = fault == FAULT_TOO_MANY ? FAULT_NONE : fault;
    }
    if (!fault) {
        print_classes(context, work->round, &draft);
    }
    closing_draft_release(&draft);
    workspace_inventory_release(&inventory);
    return fault ? say_fault(context, fault, work->folder, NULL, NULL) : COMMAND_OK;
}

/* Merging would look as if it had worked, while what came in is in no report. */
static void say_late(const struct command_context *context, const struct command_work *work,
                     const struct merge_totals *totals) {
    char list[KEYHOLDER_PATH_SIZE];
    if (totals->added > 0 && !command_work_list_path(list, work, 1) && file_exists(list)) {
        say(context, "Let op: er is al een sluitlijst, %s; wat nu is bijgekomen, staat daar niet in.",
            "Mind: there is a closing list already, %s; what has come in now is not in it.", list);
    }
}

static int merge_all(struct command_context *context, const struct command_work *work,
                     const struct command_operands *paths) {
    struct merge_totals totals = {0};
    for (int i = 0; i < paths->count; i++) {
        enum fault fault = merge_path(&totals, work->workspace, work->round, work->layout.counter_count,
                                      paths->value[i], say_event, context);
        if (fault) {
            return say_fault(context, fault, paths->value[i],
                             "Wat ervoor kwam, is bewaard; doe dezelfde opdracht nog een keer.",
                             "What came before it has been kept; give the same command again.");
        }
    }
    int code = print_state(context, work);
    if (code) {
        return code;
    }
    say(context, "%u %s: %u nieuw, %u al bekend, %u hersteld, %u apart gezet.",
        "%u %s: %u new, %u known already, %u healed, %u set aside.", (unsigned)totals.files,
        totals.files == 1 ? say_pick(context->language, "bestand", "file")
                          : say_pick(context->language, "bestanden", "files"),
        (unsigned)totals.added, (unsigned)totals.known, (unsigned)totals.healed, (unsigned)totals.refused);
    say_late(context, work, &totals);
    if (totals.files == 0) {
        say(context, "Er zijn geen bundels (*.klb) gevonden.", "No bundles (*.klb) were found.");
        return COMMAND_NOTHING;
    }
    return totals.refused == totals.files ? COMMAND_INTEGRITY : COMMAND_OK;
}

int cmd_merge(struct command_context *context, int argc, char **argv) {
    const char *round = NULL, *folder = NULL;
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &folder, "de werkmap; wordt gemaakt als ze er niet is",
         "the workspace; made when it is not there"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands paths;
    struct command_work work = {0};
    enum fault fault = command_parse(&paths, context, options, 1, 100000, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_work_open(&work, context, round, folder);
    code = code ? code : merge_all(context, &work, &paths);
    command_work_release(&work);
    return code;
}
