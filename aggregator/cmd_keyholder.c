/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/say.h"
#include "aggregator/sheet.h"
#include "core/secret.h"

static const char passphrase_nl[] =
    "de wachtzin is de eerste regel van dit bestand; anders wordt ze gevraagd";
static const char passphrase_en[] = "the passphrase is this file's first line; otherwise it is asked for";
static const char sheet_nl[] = "waar het herstelblad komt; - is het scherm of de printer achter |";
static const char sheet_en[] = "where the recovery sheet goes; - is the screen, or the printer behind |";
static const char kdf_nl[] = "moderate (gewoon), interactive (trage laptop) of sensitive (1 GiB geheugen)";
static const char kdf_en[] = "moderate (default), interactive (slow laptop) or sensitive (1 GiB of memory)";

static enum fault parse_kdf(enum keyfile_kdf *out, struct command_context *context, const char *text) {
    static const char *const names[] = {[KEYFILE_INTERACTIVE] = "interactive",
                                        [KEYFILE_MODERATE] = "moderate",
                                        [KEYFILE_SENSITIVE] = "sensitive"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) == 0) {
            *out = (enum keyfile_kdf)i;
            return FAULT_NONE;
        }
    }
    say_usage(context, "--kdf is interactive, moderate of sensitive.",
              "--kdf is interactive, moderate or sensitive.");
    return FAULT_USAGE;
}

static enum fault check_name(struct command_context *context, const char *name) {
    if (strlen(name) < HOLDER_NAME_SIZE && bytes_are_plain_text(name, strlen(name), false)) {
        return FAULT_NONE;
    }
    say_usage(context, "--name is een regel van hooguit %d tekens.",
              "--name is one line of at most %d characters.", HOLDER_NAME_SIZE - 1);
    return FAULT_USAGE;
}

static void show_fingerprint(const struct command_context *context, const struct keyholder *holder) {
    char code[DIGEST_CODE_SIZE];
    digest_fingerprint(code, holder->keys->sign_key);
    say_out(context, "Vingerafdruk van %s: %s", "Fingerprint of %s: %s", holder->keys->name, code);
}

/* The codes of this holder as they are now. */
static enum fault write_sheet(const struct command_context *context, struct keyholder *holder,
                              const char *path) {
    void *sheet = NULL;
    enum fault fault = secret_new(&sheet, sizeof(struct recovery));
    if (!fault) {
        fault = keyholder_sheet(sheet, holder);
    }
    if (!fault) {
        fault = sheet_write(context, path, sheet, holder->keys->name, holder->keys->sign_key);
    }
    secret_free(sheet);
    return fault;
}

static void say_about_sheet(const struct command_context *context, const char *path) {
    if (!path) {
        say(context,
            "LET OP: er is nog geen herstelblad. Zonder blad zijn bij verlies alle antwoorden verloren.\n"
            "  Maak het nu: klankbord keyholder sheet MAP --sheet -",
            "NOTE: there is no recovery sheet yet. Without it, losing the keys loses all answers.\n"
            "  Make it now: klankbord keyholder sheet FOLDER --sheet -");
    } else if (strcmp(path, "-") != 0) {
        say(context, "Print %s, leg het in de kluis en wis dan het bestand: wie het heeft, heeft de sleutel.",
            "Print %s, put it in the safe, and then delete the file: who has it has the key.", path);
    }
}

static int say_not_made(const struct command_context *context, enum fault fault, const char *subject) {
    return say_fault(context, fault, subject, "Er is niets gemaakt of veranderd.",
                     "Nothing was made or changed.");
}

static int run_new(struct command_context *context, int argc, char **argv) {
    const char *name = NULL, *sheet = NULL, *file = NULL, *kdf_name = "moderate";
    const struct command_option options[] = {
        {"name", COMMAND_TEXT, true, &name, "de rol, geen persoon: \"coördinator\"",
         "the role, not a person: \"coordinator\""},
        {"sheet", COMMAND_TEXT, false, &sheet, sheet_nl, sheet_en},
        {"passphrase-file", COMMAND_TEXT, false, &file, passphrase_nl, passphrase_en},
        {"kdf", COMMAND_TEXT, false, &kdf_name, kdf_nl, kdf_en},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands folder;
    struct keyholder *holder = NULL;
    enum keyfile_kdf kdf = KEYFILE_MODERATE;
    void *passphrase = NULL;
    enum fault fault = command_parse(&folder, context, options, 1, 1, argc, argv);
    if (fault || parse_kdf(&kdf, context, kdf_name) || check_name(context, name)) {
        return command_parse_exit(fault);
    }
    fault = keyholder_check_free(folder.value[0]);
    if (!fault && sheet && strcmp(sheet, "-") != 0 && file_exists(sheet)) {
        return say_not_made(context, FAULT_FILE_EXISTS, sheet);
    }
    if (!fault) {
        fault = secret_new(&passphrase, COMMAND_PASSPHRASE_SIZE);
    }
    if (!fault) {
        fault = command_passphrase_new(passphrase, context, file);
    }
    if (!fault) {
        fault = keyholder_create(&holder, folder.value[0], name, kdf, passphrase);
    }
    secret_free(passphrase);
    if (!fault && sheet) {
        fault = write_sheet(context, holder, sheet);
    }
    if (fault) {
        keyholder_discard(holder);
        return say_not_made(context, fault, folder.value[0]);
    }
    show_fingerprint(context, holder);
    say_about_sheet(context, sheet);
    say(context, "Klaar. Geef holder.klh aan wie de ronde maakt; keys.kls blijft bij u.",
        "Done. Give holder.klh to whoever makes the round; keys.kls stays with you.");
    keyholder_close(holder);
    return COMMAND_OK;
}

static void show_entry(const struct command_context *context, const struct keyfile_entry *entry, int number) {
    char round[2 * DIGEST_BYTES + 1];
    digest_hex(round, entry->round_digest, DIGEST_BYTES);
    switch (entry->state) {
    case KEYFILE_NEXT:
        say_out(context, "Rondesleutel %d: klaar voor een nieuwe ronde",
                "Round key %d: ready for a new round", number);
        break;
    case KEYFILE_RESTORED:
        say_out(context, "Rondesleutel %d: hersteld; opent de ronde waarvoor is getekend",
                "Round key %d: restored; opens the round that was signed with it", number);
        break;
    case KEYFILE_BOUND:
        say_out(context, "Rondesleutel %d: hoort bij ronde %.16s", "Round key %d: belongs to round %.16s",
                number, round);
        break;
    case KEYFILE_DESTROYED:
        say_out(context, "Rondesleutel %d: vernietigd, was van ronde %.16s",
                "Round key %d: destroyed, was of round %.16s", number, round);
        break;
    }
}

/* Every key that is still there opens a share that was sealed to it just now. */
static enum fault prove_all(const struct command_context *context, struct keyholder *holder) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < holder->keys->count; i++) {
        const struct keyfile_entry *entry = &holder->keys->entry[i];
        if (entry->state != KEYFILE_DESTROYED) {
            fault = keyholder_prove(holder, entry->public_key);
        }
        if (!fault) {
            show_entry(context, entry, i + 1);
        }
    }
    return fault;
}

static int run_check(struct command_context *context, int argc, char **argv) {
    const char *file = NULL;
    const struct command_option options[] = {
        {"passphrase-file", COMMAND_TEXT, false, &file, passphrase_nl, passphrase_en},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands folder;
    struct keyholder *holder = NULL;
    enum fault fault = command_parse(&folder, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_files_holder(&holder, context, folder.value[0], file);
    if (code) {
        return code;
    }
    show_fingerprint(context, holder);
    fault = prove_all(context, holder);
    if (fault) {
        code = say_fault(context, fault, folder.value[0],
                         "Gebruik deze map niet; herstel haar met het herstelblad.",
                         "Do not use this folder; restore it with the recovery sheet.");
    } else {
        say(context, "In orde: de wachtzin klopt en elke sleutel opent een proefbijdrage.",
            "In order: the passphrase is right and every key opens a test contribution.");
    }
    keyholder_close(holder);
    return code;
}

struct restoring {
    const char *folder, *sheet, *name, *passphrase_file;
    enum keyfile_kdf kdf;
};

/* Who types the lines has the sheet before her, and on it the name. `typed` is memory to type in. */
static enum fault ask_name(char *out, size_t size, char *typed, struct command_context *context) {
    for (;;) {
        enum fault fault =
            command_passphrase(typed, context, NULL, "De naam, zoals op het blad (ook die is niet te zien): ",
                               "The name, as on the sheet (not shown either): ");
        if (fault) {
            return fault;
        }
        if (typed[0] && strlen(typed) < size && bytes_are_plain_text(typed, strlen(typed), false)) {
            memcpy(out, typed, strlen(typed) + 1);
            return FAULT_NONE;
        }
        say(context, "Dat is geen naam van hooguit %d tekens. Typ haar nog een keer (Ctrl-D stopt).",
            "That is no name of at most %d characters. Type it once more (Ctrl-D stops).", (int)size - 1);
    }
}

/* `sheet` and `passphrase` are secret memory of the caller. */
static enum fault restore(struct keyholder **out, struct command_context *context,
                          const struct restoring *what, struct recovery *sheet, char *passphrase) {
    char found[HOLDER_NAME_SIZE];
    enum fault fault = sheet_read(sheet, found, sizeof found, context, what->sheet);
    const char *name = what->name ? what->name : found;
    if (!fault && !name[0] && !what->sheet) {
        fault = ask_name(found, sizeof found, passphrase, context);
    }
    if (!fault && !name[0]) {
        say_usage(context, "Geef de naam van het herstelblad met --name.",
                  "Give the sheet's name with --name.");
        fault = FAULT_USAGE;
    }
    if (!fault) {
        fault = command_passphrase_new(passphrase, context, what->passphrase_file);
    }
    if (!fault) {
        fault = keyholder_restore(out, what->folder, name, sheet, what->kdf, passphrase);
    }
    return fault ? fault : keyholder_prove(*out, keyfile_latest((*out)->keys)->public_key);
}

static int say_restored(const struct command_context *context, const struct keyholder *holder) {
    show_fingerprint(context, holder);
    say(context,
        "Hersteld, en een proefbijdrage ging open. Vergelijk de vingerafdruk met die op het blad.\n"
        "  Het blad en de wachtzin gelden allebei. Zet ledger.kll terug als u er een kopie van hebt.\n"
        "  Voor een nieuwe ronde: eerst klankbord keyholder round-key.",
        "Restored, and a test contribution opened. Compare the fingerprint with the one on the sheet.\n"
        "  The sheet and the passphrase are both valid. Put ledger.kll back if you have a copy of it.\n"
        "  For a new round: first klankbord keyholder round-key.");
    return COMMAND_OK;
}

static int say_not_restored(const struct command_context *context, enum fault fault,
                            const struct restoring *what) {
    if (fault == FAULT_FILE_EXISTS) {
        return say_fault(
            context, fault, what->folder,
            "Daar liggen andere sleutels of bestanden; ze zijn niet aangeraakt. Herstel in een nieuwe map.",
            "Other keys or files are there; they were not touched. Restore into a new folder.");
    }
    return say_not_made(context, fault,
                        fault == FAULT_RECOVERY_SHEET && what->sheet ? what->sheet : what->folder);
}

static int run_restore(struct command_context *context, int argc, char **argv) {
    struct restoring what = {0};
    const char *kdf_name = "moderate";
    bool yes = false;
    const struct command_option options[] = {
        {"sheet", COMMAND_TEXT, false, &what.sheet,
         "bestand met het blad of de zeven regels; anders typt u ze",
         "a file with the sheet or its seven lines; otherwise you type them"},
        {"name", COMMAND_TEXT, false, &what.name, "de rol, zoals op het blad", "the role, as on the sheet"},
        {"passphrase-file", COMMAND_TEXT, false, &what.passphrase_file,
         "de nieuwe wachtzin is de eerste regel", "the new passphrase is the first line"},
        {"kdf", COMMAND_TEXT, false, &kdf_name, kdf_nl, kdf_en},
        {"yes", COMMAND_FLAG, false, &yes, "sleutels met een vergeten wachtzin zonder vragen vervangen",
         "replace keys with a forgotten passphrase without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands folder;
    struct keyholder *holder = NULL;
    void *sheet = NULL, *passphrase = NULL;
    enum fault fault = command_parse(&folder, context, options, 1, 1, argc, argv);
    if (fault || parse_kdf(&what.kdf, context, kdf_name) || (what.name && check_name(context, what.name))) {
        return command_parse_exit(fault);
    }
    what.folder = folder.value[0];
    if (keyholder_check_free(what.folder) != FAULT_NONE) {
        fault = command_confirm(context, yes,
                                "In deze map liggen al sleutels. Ze vervangen door die van het blad? (ja) ",
                                "This folder already holds keys. Replace them by those of the sheet? (yes) ");
    }
    if (!fault) {
        fault = secret_new(&sheet, sizeof(struct recovery));
    }
    if (!fault) {
        fault = secret_new(&passphrase, COMMAND_PASSPHRASE_SIZE);
    }
    if (!fault) {
        fault = restore(&holder, context, &what, sheet, passphrase);
    }
    int code = fault ? say_not_restored(context, fault, &what) : say_restored(context, holder);
    secret_free(sheet);
    secret_free(passphrase);
    keyholder_close(holder);
    return code;
}

static int run_round_key(struct command_context *context, int argc, char **argv) {
    const char *sheet = NULL, *file = NULL;
    const struct command_option options[] = {
        {"sheet", COMMAND_TEXT, false, &sheet, sheet_nl, sheet_en},
        {"passphrase-file", COMMAND_TEXT, false, &file, passphrase_nl, passphrase_en},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands folder;
    struct keyholder *holder = NULL;
    enum fault fault = command_parse(&folder, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    if (sheet && strcmp(sheet, "-") != 0 && file_exists(sheet)) {
        return say_not_made(context, FAULT_FILE_EXISTS, sheet);
    }
    int code = command_files_holder(&holder, context, folder.value[0], file);
    if (code) {
        return code;
    }
    if (keyfile_next(holder->keys)) {
        say(context,
            "Er is al een rondesleutel die nog bij geen ronde hoort; gebruik die. Er is niets veranderd.",
            "There is a round key already that belongs to no round yet; use that one. Nothing was changed.");
        keyholder_close(holder);
        return COMMAND_NOTHING;
    }
    fault = keyholder_fresh_key(holder);
    if (fault) {
        code = say_not_made(context, fault, folder.value[0]);
    } else {
        fault = sheet ? write_sheet(context, holder, sheet) : FAULT_NONE;
        say_about_sheet(context, fault ? NULL : sheet);
        code = fault ? say_fault(context, fault, sheet,
                                 "De nieuwe sleutel is er wel; maak alleen het blad opnieuw.",
                                 "The new key is there; make only the sheet again.")
                     : COMMAND_OK;
        say(context, "Er is een nieuwe rondesleutel. Geef de nieuwe holder.klh aan wie de ronde maakt.",
            "There is a new round key. Give the new holder.klh to whoever makes the round.");
    }
    keyholder_close(holder);
    return code;
}

static int run_sheet(struct command_context *context, int argc, char **argv) {
    const char *sheet = NULL, *file = NULL;
    const struct command_option options[] = {
        {"sheet", COMMAND_TEXT, true, &sheet, sheet_nl, sheet_en},
        {"passphrase-file", COMMAND_TEXT, false, &file, passphrase_nl, passphrase_en},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands folder;
    struct keyholder *holder = NULL;
    enum fault fault = command_parse(&folder, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_files_holder(&holder, context, folder.value[0], file);
    if (code) {
        return code;
    }
    fault = write_sheet(context, holder, sheet);
    if (fault) {
        code = say_fault(context, fault, sheet, "Er is geen blad gemaakt; de sleutels zijn onveranderd.",
                         "No sheet was made; the keys are unchanged.");
    } else {
        say_about_sheet(context, sheet);
    }
    keyholder_close(holder);
    return code;
}

static const struct command commands[] = {
    {"new", run_new,
     "MAP --name ROL --sheet BESTAND|-\nMaakt uw sleutels in een lege map of stick, en een herstelblad om te "
     "printen.",
     "FOLDER --name ROLE --sheet FILE|-\nMakes your keys in an empty folder or stick, and a recovery sheet "
     "to print."},
    {"check", run_check, "MAP\nOpent de sleutels en een proefbijdrage, en zegt bij welke rondes ze horen.",
     "FOLDER\nOpens the keys and a test contribution, and says which rounds they belong to."},
    {"restore", run_restore,
     "MAP [--sheet BESTAND]\nMaakt de sleutels opnieuw van het herstelblad: stick kwijt of wachtzin "
     "vergeten.",
     "FOLDER [--sheet FILE]\nMakes the keys again from the recovery sheet: stick lost or passphrase "
     "forgotten."},
    {"round-key", run_round_key,
     "MAP --sheet BESTAND|-\nMaakt een verse rondesleutel voor de volgende ronde, en een nieuw blad.",
     "FOLDER --sheet FILE|-\nMakes a fresh round key for the next round, and a new sheet."},
    {"sheet", run_sheet, "MAP --sheet BESTAND|-\nMaakt het herstelblad nog een keer.",
     "FOLDER --sheet FILE|-\nMakes the recovery sheet once more."},
    {NULL, NULL, NULL, NULL},
};

int cmd_keyholder(struct command_context *context, int argc, char **argv) {
    return command_dispatch(context, commands, argc, argv);
}
