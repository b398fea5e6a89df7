/* SPDX-License-Identifier: Apache-2.0 */
#include "command_files.h"

#include <string.h>

#include "aggregator/say.h"
#include "core/secret.h"
#include "platform/file.h"

int command_files_read(struct bytes_buffer *out, const struct command_context *context, const char *path,
                       size_t limit) {
    enum fault fault = file_read(out, path, limit);
    return fault ? say_fault(context, fault, path, NULL, NULL) : COMMAND_OK;
}

enum fault command_files_replace(const char *path, struct bytes content) {
    enum { KIND_BYTES = 8, LIMIT = 64 << 20 };
    struct bytes_buffer old = {0};
    if (file_exists(path)) {
        enum fault fault = file_read(&old, path, LIMIT);
        bool same_kind = !fault && old.size >= KIND_BYTES && memcmp(old.data, content.data, KIND_BYTES) == 0;
        bytes_buffer_release(&old);
        if (!same_kind) {
            return FAULT_FILE_EXISTS;
        }
    }
    return file_write(path, content, FILE_SHARED);
}

int command_files_round(struct round **out, const struct command_context *context, const char *path) {
    struct bytes_buffer content = {0};
    *out = NULL;
    int code = command_files_read(&content, context, path, ROUND_BYTES_LIMIT);
    if (code) {
        return code;
    }
    enum fault fault = round_decode(out, bytes_buffer_view(&content));
    if (fault) {
        code =
            say_fault(context, fault, path, "Vraag een nieuwe kopie van het rondebestand; gebruik deze niet.",
                      "Ask for a new copy of the round file; do not use this one.");
    }
    bytes_buffer_release(&content);
    return code;
}

int command_files_signed_round(struct round **out, const struct command_context *context, const char *path) {
    int code = command_files_round(out, context, path);
    enum fault fault = code ? FAULT_NONE : round_is_valid(*out);
    if (fault) {
        *out = round_free(*out);
        code =
            say_fault(context, fault, path, "Laat eerst beide sleutelhouders tekenen: klankbord round sign.",
                      "Have both key holders sign first: klankbord round sign.");
    }
    return code;
}

int command_files_save_round(const struct command_context *context, const char *path,
                             const struct round *round) {
    struct bytes_buffer content = {0};
    enum fault fault = round_encode(&content, round);
    if (!fault) {
        fault = file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    }
    bytes_buffer_release(&content);
    return fault ? say_fault(context, fault, path,
                             "Het bestand is wat het was; doe dezelfde opdracht nog een keer.",
                             "The file is what it was; give the same command again.")
                 : COMMAND_OK;
}

/* What to do about a folder that does not open; the same for every command. */
static int say_closed(const struct command_context *context, enum fault fault, const char *folder) {
    switch ((int)fault) {
    case FAULT_PASSPHRASE:
        return say_fault(
            context, fault, folder,
            "De sleutels zijn onveranderd. Vergeten? Dan helpt het herstelblad: klankbord keyholder restore.",
            "The keys are unchanged. Forgotten? The recovery sheet helps: klankbord keyholder restore.");
    case FAULT_FILE_MISSING:
        return say_fault(
            context, fault, folder,
            "Zit de stick erin? Stick kwijt: klankbord keyholder restore, met het herstelblad.",
            "Is the stick plugged in? Lost it: klankbord keyholder restore, with the recovery sheet.");
    case FAULT_BUSY:
        return say_fault(context, fault, folder, "Wacht tot de andere opdracht klaar is.",
                         "Wait until the other command has finished.");
    case FAULT_NO_TERMINAL:
        return say_fault(context, fault, folder, "Geef de wachtzin met --passphrase-file BESTAND.",
                         "Give the passphrase with --passphrase-file FILE.");
    case FAULT_MAGIC:
    case FAULT_VERSION:
    case FAULT_TRUNCATED:
    case FAULT_TRAILING:
    case FAULT_CHECKSUM:
    case FAULT_LIMIT:
    case FAULT_KEY_INVALID:
    case FAULT_KEY_WRONG:
    case FAULT_NOT_CANONICAL:
        return say_fault(context, fault, folder,
                         "keys.kls is beschadigd. Zet een kopie terug, of herstel in een nieuwe map: "
                         "klankbord keyholder restore.",
                         "keys.kls is damaged. Put a copy back, or restore into a new folder: "
                         "klankbord keyholder restore.");
    default:
        return say_fault(context, fault, folder, "De sleutels zijn onveranderd.", "The keys are unchanged.");
    }
}

int command_files_holder(struct keyholder **out, struct command_context *context, const char *folder,
                         const char *passphrase_file) {
    void *passphrase = NULL;
    char prompt_nl[256], prompt_en[256];
    *out = NULL;
    snprintf(prompt_nl, sizeof prompt_nl, "Wachtzin van %.200s: ", folder);
    snprintf(prompt_en, sizeof prompt_en, "Passphrase of %.200s: ", folder);
    enum fault fault = secret_new(&passphrase, COMMAND_PASSPHRASE_SIZE);
    if (!fault) {
        fault = command_passphrase(passphrase, context, passphrase_file, prompt_nl, prompt_en);
        if (fault && passphrase_file) {
            secret_free(passphrase);
            return say_fault(context, fault, passphrase_file, "De sleutels zijn onveranderd.",
                             "The keys are unchanged.");
        }
    }
    if (!fault) {
        fault = keyholder_open(out, folder, passphrase);
    }
    secret_free(passphrase);
    return fault ? say_closed(context, fault, folder) : COMMAND_OK;
}

static bool is_late(const struct release *release) {
    static const uint8_t zero[DIGEST_BYTES];
    return memcmp(release_content(release)->previous_digest, zero, DIGEST_BYTES) != 0;
}

int command_files_check_late(const struct command_context *context, const struct release *release,
                             const struct release *late, const char *release_path, const char *late_path) {
    if (is_late(release)) {
        return say_usage(context,
                         "%s gaat alleen over wat later binnenkwam. Geef de eerste vrijgave met --release, "
                         "en deze met --late.",
                         "%s is only about what came in later. Give the first release with --release, and "
                         "this one with --late.",
                         release_path);
    }
    if (late && !is_late(late)) {
        return say_usage(context,
                         "%s is de eerste vrijgave van een ronde, niet die van wat later binnenkwam.",
                         "%s is the first release of a round, not that of what came in later.", late_path);
    }
    if (late && !release_holds(release, release_content(late)->previous_digest)) {
        return say_fault(
            context, FAULT_DIGEST, late_path,
            "Er is niets gemaakt. Deze late vrijgave hoort bij een andere eerste vrijgave, of bij een "
            "die meer niveaus toont: geef die.",
            "Nothing was made. This late release goes with another first release, or with one "
            "that tells more levels: give that one.");
    }
    return COMMAND_OK;
}
