/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/say.h"
#include "core/secret.h"
#include "platform/file.h"
#include "platform/terminal.h"

enum { SHEET_SIZE = 4096 };

static const char head_nl[] =
    "KLANKBORD: HERSTELBLAD VAN EEN SLEUTELHOUDER\n"
    "============================================\n\n"
    "Naam: %s\n"
    "Vingerafdruk: %s\n\n"
    "Met dit blad kan de sleutel van deze houder opnieuw worden gemaakt, ook zonder\n"
    "wachtzin: na een verloren stick, een kapotte laptop of een vergeten wachtzin.\n"
    "Wie dit blad heeft, heeft de sleutel.\n\n"
    "  - Print het een keer, leg het in een verzegelde envelop in een kluis.\n"
    "  - Niet bij de stick, en niet bij het blad van de andere sleutelhouder.\n"
    "  - Wis het bestand waaruit u print; maak geen foto, scan of kopie.\n"
    "  - Na `klankbord round destroy`: vernietig dit blad, anders leeft de sleutel voort.\n\n"
    "Herstellen:  klankbord keyholder restore MAP\n"
    "Typ dan de zeven regels over. Hoofdletters, streepjes en spaties doen er niet toe.\n"
    "De letters O, I en L komen niet voor: dat zijn altijd de cijfers 0 en 1.\n\n";
static const char head_en[] =
    "KLANKBORD: RECOVERY SHEET OF A KEY HOLDER\n"
    "=========================================\n\n"
    "Name: %s\n"
    "Fingerprint: %s\n\n"
    "With this sheet the key of this holder can be made again, even without the\n"
    "passphrase: after a lost stick, a broken laptop or a forgotten passphrase.\n"
    "Who has this sheet has the key.\n\n"
    "  - Print it once and keep it in a sealed envelope in a safe.\n"
    "  - Not with the stick, and not with the other key holder's sheet.\n"
    "  - Delete the file that you print from; make no photo, scan or copy.\n"
    "  - After `klankbord round destroy`: destroy this sheet, or the key lives on.\n\n"
    "To recover:  klankbord keyholder restore FOLDER\n"
    "Then type the seven lines. Capitals, hyphens and spaces do not matter.\n"
    "The letters O, I and L do not occur: they are always the digits 0 and 1.\n\n";

static size_t compose(char *out, const struct command_context *context, const struct recovery *sheet,
                      const char *name, const uint8_t sign_key[32]) {
    char fingerprint[DIGEST_CODE_SIZE];
    digest_fingerprint(fingerprint, sign_key);
    int length = context->language == FAULT_LANGUAGE_EN
                     ? snprintf(out, SHEET_SIZE, head_en, name, fingerprint)
                     : snprintf(out, SHEET_SIZE, head_nl, name, fingerprint);
    size_t used = (size_t)length;
    for (int line = 1; line <= RECOVERY_LINES; line++) {
        char *at = out + used;
        at[0] = ' ';
        at[1] = ' ';
        at[2] = (char)('0' + line);
        at[3] = ':';
        at[4] = ' ';
        recovery_line(at + 5, sheet, line);
        used += 5 + strlen(at + 5);
        out[used++] = '\n';
    }
    return used;
}

enum fault sheet_write(const struct command_context *context, const char *path, const struct recovery *sheet,
                       const char *name, const uint8_t sign_key[32]) {
    void *text = NULL;
    enum fault fault = secret_new(&text, SHEET_SIZE);
    if (fault) {
        return fault;
    }
    size_t size = compose(text, context, sheet, name, sign_key);
    if (strcmp(path, "-") == 0) {
        fault = fwrite(text, 1, size, context->out) == size && fflush(context->out) == 0 ? FAULT_NONE
                                                                                         : FAULT_FILE_WRITE;
    } else if (file_exists(path)) {
        fault = FAULT_FILE_EXISTS;
    } else {
        fault = file_write_new(path, (struct bytes){text, size}, FILE_PRIVATE);
    }
    secret_free(text);
    return fault;
}

/* Unbuffered, so that no copy of the codes stays behind in stdio's buffer. */
static enum fault read_text(char *out, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        return FAULT_FILE_MISSING;
    }
    setvbuf(file, NULL, _IONBF, 0);
    size_t size = fread(out, 1, RECOVERY_TEXT_LIMIT, file);
    bool too_large = size == RECOVERY_TEXT_LIMIT;
    bool failed = ferror(file) != 0;
    fclose(file);
    out[too_large ? 0 : size] = '\0';
    return failed ? FAULT_FILE_READ : too_large ? FAULT_FILE_TOO_LARGE : FAULT_NONE;
}

static enum fault read_file(struct recovery *out, char *name, size_t name_size,
                            const struct command_context *context, const char *path) {
    bool wrong[RECOVERY_LINES] = {false};
    void *text = NULL;
    enum fault fault = secret_new(&text, RECOVERY_TEXT_LIMIT);
    if (!fault) {
        fault = read_text(text, path);
    }
    if (!fault) {
        fault = recovery_read(out, wrong, name, name_size, text);
    }
    secret_free(text);
    for (int i = 0; i < RECOVERY_LINES; i++) {
        if (wrong[i]) {
            say(context, "Regel %d ontbreekt, staat er dubbel of bevat een tikfout.",
                "Line %d is missing, doubled or mistyped.", i + 1);
        }
    }
    return fault;
}

static enum fault ask_line(uint8_t out[RECOVERY_LINE_BYTES], char *typed,
                           const struct command_context *context, int number) {
    char prompt[64];
    snprintf(prompt, sizeof prompt, "%s %d/%d: ", say_pick(context->language, "Regel", "Line"), number,
             RECOVERY_LINES);
    for (;;) {
        enum fault fault = terminal_read_passphrase(typed, COMMAND_PASSPHRASE_SIZE, prompt);
        if (fault) {
            return fault;
        }
        if (recovery_line_read(out, typed, number) == FAULT_NONE) {
            return FAULT_NONE;
        }
        say(context, "In regel %d staat een tikfout. Typ deze regel nog een keer (Ctrl-D stopt).",
            "Line %d is mistyped. Type this line once more (Ctrl-D stops).", number);
    }
}

struct typed {
    uint8_t lines[RECOVERY_LINES][RECOVERY_LINE_BYTES];
    char text[COMMAND_PASSPHRASE_SIZE];
};

static enum fault ask_lines(struct recovery *out, const struct command_context *context) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof(struct typed));
    if (fault) {
        return fault;
    }
    struct typed *typed = memory;
    say(context, "Typ de zeven regels van het herstelblad over. Ze zijn niet te zien op het scherm.",
        "Type the seven lines of the recovery sheet. They are not shown on the screen.");
    for (int number = 1; !fault && number <= RECOVERY_LINES; number++) {
        fault = ask_line(typed->lines[number - 1], typed->text, context, number);
    }
    if (!fault) {
        fault = recovery_join(out, (const uint8_t(*)[RECOVERY_LINE_BYTES])typed->lines);
    }
    secret_free(memory);
    return fault;
}

enum fault sheet_read(struct recovery *out, char *name, size_t name_size, struct command_context *context,
                      const char *path) {
    name[0] = '\0';
    if (path) {
        return read_file(out, name, name_size, context, path);
    }
    return context->non_interactive ? FAULT_NO_TERMINAL : ask_lines(out, context);
}
