/* SPDX-License-Identifier: Apache-2.0 */
#include "command_work.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/say.h"
#include "core/holder.h"
#include "platform/file.h"

static int say_workspace(const struct command_context *context, enum fault fault, const char *folder) {
    switch ((int)fault) {
    case FAULT_ROUND_OTHER:
        return say_fault(context, fault, folder,
                         "Elke ronde heeft een eigen werkmap; geef een andere met --workspace.",
                         "Every round has a workspace of its own; give another one with --workspace.");
    case FAULT_BUSY:
        return say_fault(context, fault, folder, "Wacht tot de andere opdracht klaar is.",
                         "Wait until the other command has finished.");
    case FAULT_STORE_DAMAGED:
        return say_fault(
            context, fault, folder,
            "Maak een nieuwe werkmap en voeg dezelfde bundels opnieuw samen; er gaat niets verloren.",
            "Make a new workspace and merge the same bundles again; nothing is lost.");
    default:
        return say_fault(context, fault, folder, "Wat al was samengevoegd, is bewaard.",
                         "What had been merged already has been kept.");
    }
}

int command_work_open(struct command_work *out, const struct command_context *context, const char *round_path,
                      const char *folder) {
    *out = (struct command_work){.folder = folder};
    int code = command_files_signed_round(&out->round, context, round_path);
    if (code) {
        return code;
    }
    enum fault fault = layout_derive(&out->layout, out->round->questionnaire);
    if (fault) {
        return say_fault(context, fault, round_path, NULL, NULL);
    }
    fault = workspace_open(&out->workspace, folder, out->round);
    return fault ? say_workspace(context, fault, folder) : COMMAND_OK;
}

void command_work_release(struct command_work *work) {
    workspace_close(work->workspace);
    layout_release(&work->layout);
    round_free(work->round);
    *work = (struct command_work){0};
}

static int say_holder(const struct command_context *context, enum fault fault, const char *folder) {
    switch ((int)fault) {
    case FAULT_KEY_WRONG:
        return say_fault(context, fault, folder,
                         "Er is niets geopend. Deze map is niet van een sleutelhouder van deze ronde.",
                         "Nothing was opened. This folder is not of a key holder of this round.");
    case FAULT_KEY_SAME:
        return say_fault(context, fault, folder,
                         "Er is niets geopend. Geef de mappen van twee sleutelhouders.",
                         "Nothing was opened. Give the folders of two key holders.");
    default: return say_fault(context, fault, folder, "Er is niets geopend.", "Nothing was opened.");
    }
}

static int add_holder(struct command_work_holders *out, struct command_context *context,
                      const struct round *round, const char *folder, const char *passphrase_file,
                      bool with_box_key) {
    struct keyholder *keys = NULL;
    int code = command_files_holder(&keys, context, folder, passphrase_file);
    if (code) {
        return code;
    }
    int number = keyholder_number(keys, round);
    if (number < 0 || out->is_open[number]) {
        keyholder_close(keys);
        return say_holder(context, number < 0 ? FAULT_KEY_WRONG : FAULT_KEY_SAME, folder);
    }
    struct command_work_holder *holder = &out->holder[number];
    out->is_open[number] = true;
    holder->keys = keys;
    enum fault fault = keyholder_path(holder->ledger, folder, "ledger.kll");
    if (!fault && with_box_key) {
        fault = keyholder_box_key(&holder->key, keys, round);
    }
    holder->opening = (struct opening_holder){.number = number,
                                              .key = &holder->key,
                                              .sign_secret = keys->keys->sign_secret,
                                              .ledger_path = holder->ledger};
    return fault ? say_holder(context, fault, folder) : COMMAND_OK;
}

static bool read_public(struct holder *out, const char *folder) {
    char path[KEYHOLDER_PATH_SIZE];
    struct bytes_buffer content = {0};
    enum fault fault = keyholder_path(path, folder, "holder.klh");
    fault = fault ? fault : file_read(&content, path, HOLDER_BYTES_LIMIT);
    fault = fault ? fault : holder_decode(out, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    return fault == FAULT_NONE;
}

/* Before either is opened: a folder that is open already would look like one that another program uses. */
static bool are_same(const char *first, const char *second) {
    struct holder holder[2];
    return read_public(&holder[0], first) && read_public(&holder[1], second) &&
           memcmp(holder[0].sign_key, holder[1].sign_key, sizeof holder[0].sign_key) == 0;
}

int command_work_holders(struct command_work_holders *out, struct command_context *context,
                         const struct round *round, const struct command_list *folders,
                         const struct command_list *passphrase_files, bool with_box_key) {
    int code = COMMAND_OK;
    memset(out, 0, sizeof *out);
    if (passphrase_files->count && passphrase_files->count != folders->count) {
        return say_usage(context,
                         "geef --passphrase-file even vaak als --holder, in dezelfde volgorde, of niet.",
                         "give --passphrase-file as often as --holder, in the same order, or not at all.");
    }
    if (folders->count == 2 && are_same(folders->value[0], folders->value[1])) {
        return say_holder(context, FAULT_KEY_SAME, folders->value[0]);
    }
    for (size_t i = 0; !code && i < folders->count; i++) {
        const char *file = passphrase_files->count ? passphrase_files->value[i] : NULL;
        code = add_holder(out, context, round, folders->value[i], file, with_box_key);
    }
    return code;
}

void command_work_holders_release(struct command_work_holders *holders) {
    for (int i = 0; i < 2; i++) {
        unseal_key_release(&holders->holder[i].key);
        holders->holder[i].keys = keyholder_close(holders->holder[i].keys);
        holders->is_open[i] = false;
    }
}

enum fault command_work_list_path(char out[KEYHOLDER_PATH_SIZE], const struct command_work *work,
                                  int number) {
    char name[32];
    (void)snprintf(name, sizeof name, "closing-%d.klc", number);
    return keyholder_path(out, work->folder, name);
}

int command_work_list(struct closing **out, const struct command_context *context,
                      const struct command_work *work, const char *path) {
    struct bytes_buffer content = {0};
    *out = NULL;
    int code = command_files_read(&content, context, path, CLOSING_BYTES_LIMIT);
    if (!code) {
        enum fault fault = closing_decode(out, bytes_buffer_view(&content), work->round);
        code = fault
                   ? say_fault(context, fault, path, "Gebruik deze sluitlijst niet; vraag een nieuwe kopie.",
                               "Do not use this closing list; ask for a new copy.")
                   : COMMAND_OK;
    }
    bytes_buffer_release(&content);
    return code;
}
