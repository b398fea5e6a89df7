/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/finish_command.h"

#include <stdio.h>

#include "kiosk/finish.h"
#include "kiosk/ui/message_page.h"
#include "platform/terminal.h"

struct command {
    const struct options *options;
    const struct strings *strings;
    struct kiosk_state *state;
    struct finish finish;
};

static const char *words(const struct command *command, enum strings_key key) {
    return strings_get(command->strings, key);
}

static const char *why(const struct command *command, enum fault fault) {
    return fault_text(fault,
                      command->options->language == STRINGS_EN ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL);
}

static void print(FILE *stream, const struct command *command, enum strings_key key,
                  const struct strings_value *values, size_t value_count) {
    char text[STRINGS_TEXT_SIZE];
    strings_format(text, sizeof text, command->strings, key, values, value_count);
    fprintf(stream, "%s\n", text);
}

static void complain(const struct command *command, enum fault fault, enum strings_key next) {
    fprintf(stderr, "klankbord-kiosk: %s %s\n", why(command, fault), words(command, next));
}

static void print_open(const struct command *command) {
    for (uint32_t i = 0; i < command->finish.count; i++) {
        const struct kiosk_state_session *found = &command->finish.session[i].found;
        struct strings_value values[] = {{"class", found->head.class_label, 0},
                                         {"count", NULL, found->count}};
        if (found->head.state == BALLOT_BOX_OPEN) {
            print(stderr, command, STRINGS_FINISH_OPEN, values, 2);
        }
    }
}

/* Only closing is for good; exporting what was closed before needs nobody's word. */
static enum fault confirm(const struct command *command) {
    char question[STRINGS_TEXT_SIZE + 2];
    bool agreed = command->finish.open == 0 || command->options->yes;
    if (agreed) {
        return FAULT_NONE;
    }
    snprintf(question, sizeof question, "%s ", words(command, STRINGS_FINISH_ASK));
    enum fault fault = terminal_confirm(&agreed, question, words(command, STRINGS_FINISH_YES));
    return fault || agreed ? fault : FAULT_REFUSED;
}

static void print_receipt(const struct command *command, const struct finish_session *line) {
    const struct bundle_export_receipt *receipt = &line->receipt;
    struct strings_value values[] = {{"class", line->found.head.class_label, 0},
                                     {"count", NULL, receipt->count},
                                     {"damaged", NULL, receipt->damaged}};
    print(stdout, command, receipt->damaged > 0 ? STRINGS_RECEIPT_DAMAGED : STRINGS_RECEIPT_COUNT, values, 3);
    printf("  %s\n  %s/%s\n", receipt->code, command->options->finish, receipt->name);
    if (line->closed_here) {
        printf("  %s\n", words(command, STRINGS_FINISH_WITHOUT));
    }
}

static void print_receipts(const struct command *command) {
    uint32_t written = 0;
    for (uint32_t i = 0; i < command->finish.count; i++) {
        const struct finish_session *line = &command->finish.session[i];
        struct strings_value values[] = {{"class", line->found.head.class_label, 0},
                                         {"what", why(command, line->fault), 0}};
        if (line->fault) {
            print(stderr, command, STRINGS_FINISH_FAILED, values, 2);
            continue;
        }
        if (written++ == 0) {
            printf("%s\n%s\n", words(command, STRINGS_RECEIPT_TITLE), words(command, STRINGS_RECEIPT_TEXT));
        }
        print_receipt(command, line);
    }
    if (written > 0) {
        puts(words(command, STRINGS_FINISH_NOTE));
    }
}

/* Says what goes wrong itself: a missing folder, say, is no missing enrolment. */
static bool finish_all(struct command *command) {
    struct finish *finish = &command->finish;
    struct strings_value unreadable = {"count", NULL, finish->unreadable};
    if (finish->unreadable > 0) {
        print(stderr, command, STRINGS_FINISH_UNREADABLE, &unreadable, 1);
    }
    if (finish->count == 0) {
        fprintf(stderr, "klankbord-kiosk: %s\n", words(command, STRINGS_FINISH_NOTHING));
        return false;
    }
    print_open(command);
    enum fault fault = confirm(command);
    if (fault) {
        complain(command, fault, STRINGS_FINISH_REFUSED);
        return false;
    }
    fault = finish_run(finish, command->state, command->options->finish);
    print_receipts(command);
    if (fault) {
        complain(command, fault, STRINGS_FINISH_AGAIN);
    }
    return !fault;
}

bool finish_command_run(const struct options *options, const struct strings *strings,
                        const char *state_folder) {
    struct command command = {.options = options, .strings = strings};
    bool done = false;
    enum fault fault = kiosk_state_open(&command.state, state_folder);
    if (!fault) {
        fault = finish_look(&command.finish, command.state);
    }
    if (fault) {
        complain(&command, fault, message_page_remedy(fault));
    } else {
        done = finish_all(&command);
    }
    finish_release(&command.finish);
    kiosk_state_close(command.state);
    return done;
}
