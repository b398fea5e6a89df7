/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "kiosk/confinement.h"
#include "kiosk/finish_command.h"
#include "kiosk/layout_check.h"
#include "kiosk/options.h"
#include "kiosk/round_search.h"
#include "kiosk/status_command.h"
#include "kiosk/ui/message_page.h"
#include "kiosk/ui/show.h"
#include "platform/process.h"
#include "platform/program.h"

/* Exit codes: 0 fine, 1 failed, 2 the command line is wrong. */
enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

static enum fault_language fault_language_of(const struct options *options) {
    return options->language == STRINGS_EN ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL;
}

/* Why this machine is not enrolled so: it has another name, or the file is somebody else's. */
static void say_enrolled(const struct options *options, const struct strings *strings, const char *folder) {
    struct strings_value value = {"file", options->enrol, 0};
    struct kiosk_state *state = NULL;
    char text[STRINGS_TEXT_SIZE];
    bool other = kiosk_state_look(&state, folder) == FAULT_NONE && strcmp(state->label, options->label) != 0;
    if (other) {
        value = (struct strings_value){"label", state->label, 0};
    }
    strings_format(text, sizeof text, strings, other ? STRINGS_USAGE_OTHER_LABEL : STRINGS_USAGE_OTHER_FILE,
                   &value, 1);
    fprintf(stderr, "klankbord-kiosk: %s\n", text);
    kiosk_state_close(state);
}

/* An author's file that is to be looked at: what is wrong with it or with this place, and what to do. */
static int complain_of_file(const struct options *options, const struct strings *strings, const char *path,
                            enum fault fault) {
    bool of_machine = fault == FAULT_FONT || fault == FAULT_FONT_ARABIC;
    const char *remedy = fault == FAULT_MAGIC    ? strings_get(strings, STRINGS_USAGE_NOT_BUILT)
                         : fault == FAULT_SCREEN ? strings_get(strings, STRINGS_USAGE_NO_SCREEN)
                         : of_machine            ? strings_get(strings, message_page_remedy(fault))
                                                 : "";
    fprintf(stderr, "klankbord-kiosk: %s: %s%s%s\n", path, fault_text(fault, fault_language_of(options)),
            remedy[0] != '\0' ? " " : "", remedy);
    return EXIT_FAILED;
}

/* What happened, and what to do next. */
static int complain(const struct options *options, const struct strings *strings, const char *folder,
                    enum fault fault) {
    if (options->job == OPTIONS_ENROL && fault == FAULT_FILE_EXISTS) {
        say_enrolled(options, strings, folder);
        return EXIT_FAILED;
    }
    if (options->job == OPTIONS_PREVIEW) {
        return complain_of_file(options, strings, options->preview, fault);
    }
    if (options->job == OPTIONS_TRUST && fault == FAULT_FILE_EXISTS) {
        fprintf(stderr, "klankbord-kiosk: %s\n", strings_get(strings, STRINGS_USAGE_TRUSTS_OTHERS));
        return EXIT_FAILED;
    }
    fprintf(stderr, "klankbord-kiosk: %s %s\n", fault_text(fault, fault_language_of(options)),
            strings_get(strings, message_page_remedy(fault)));
    return EXIT_FAILED;
}

static enum fault state_folder(char out[KIOSK_STATE_PATH_SIZE], const struct options *options) {
    if (options->state == NULL) {
        return kiosk_state_default_folder(out);
    }
    if (strlen(options->state) >= KIOSK_STATE_PATH_SIZE) {
        return FAULT_LIMIT;
    }
    memcpy(out, options->state, strlen(options->state) + 1);
    return FAULT_NONE;
}

static enum fault enrol(const struct options *options, const struct strings *strings, const char *folder) {
    struct strings_value value = {"file", options->enrol, 0};
    char text[STRINGS_TEXT_SIZE];
    enum fault fault = kiosk_state_enrol(folder, options->label, options->enrol);
    if (!fault) {
        strings_format(text, sizeof text, strings, STRINGS_USAGE_ENROLLED, &value, 1);
        puts(text);
    }
    return fault;
}

static enum fault trust(const struct options *options, const struct strings *strings, const char *folder) {
    struct kiosk_state *state = NULL;
    char fingerprint[2][DIGEST_CODE_SIZE];
    enum fault fault = kiosk_state_open(&state, folder);
    if (!fault) {
        fault = kiosk_state_trust(state, fingerprint, options->trust[0], options->trust[1]);
    }
    if (!fault) {
        printf("%s\n%s  %s\n%s  %s\n", strings_get(strings, STRINGS_USAGE_TRUSTED), fingerprint[0],
               options->trust[0], fingerprint[1], options->trust[1]);
    }
    kiosk_state_close(state);
    return fault;
}

/* With the fingerprints once more: so that what is noted is what was looked at. */
static enum fault note_comparison(const struct strings *strings, const char *folder) {
    struct kiosk_state *state = NULL;
    char fingerprint[2][DIGEST_CODE_SIZE];
    enum fault fault = kiosk_state_open(&state, folder);
    fault = fault ? fault : kiosk_state_compare(state);
    if (!fault) {
        for (int i = 0; i < 2; i++) {
            digest_fingerprint(fingerprint[i], state->trusted[i]);
        }
        printf("%s\n%s\n%s\n", strings_get(strings, STRINGS_ADMIN_NOTED), fingerprint[0], fingerprint[1]);
    }
    kiosk_state_close(state);
    return fault;
}

/* From the command line to a desk, and later from a stick to one. */
struct start {
    const struct options *options;
    const char *folder;        /* of the state */
    struct kiosk_state *state; /* until a desk has it */
    struct desk *desk;
    struct machine machine;
    bool any_date; /* a person said that the clock is wrong */
    bool
        leaves_classes; /* a person said that the new round may come, though classes of the old one lie here */
    struct round_search found;
    struct round_renewal renewal;
};

/* Whoever has closed a class has to export it, and only a machine that has its round can do that. */
static enum fault has_classes(bool *out, const struct kiosk_state *state) {
    struct kiosk_state_sessions sessions = {0};
    enum fault fault = kiosk_state_list_sessions(&sessions, state);
    *out = sessions.count > 0;
    kiosk_state_sessions_release(&sessions);
    return fault;
}

/* Without --round: the round that is loaded; when it is over, or there is none, what lies on a stick. */
static enum fault find_round(struct start *start) {
    struct kiosk_state *state = start->state;
    bool keeps = false;
    if (state->round && (start->any_date || !round_search_period(state->round))) {
        return FAULT_NONE;
    }
    enum fault fault = state->round && !start->leaves_classes ? has_classes(&keeps, state) : FAULT_NONE;
    if (fault || keeps) {
        return fault; /* the one that is over stays, and the mentor is told of the date and of the other one */
    }
    fault = round_search_load(&start->found, state, start->any_date);
    if (fault == FAULT_ROUND_MISSING && state->round_fault) {
        fault = state->round_fault;
    }
    return state->round ? FAULT_NONE : fault; /* the same */
}

/* A missing round file is no missing enrolment. */
static enum fault load(struct start *start, enum strings_key *remedy) {
    const struct options *options = start->options;
    struct kiosk_state *state = start->state;
    enum fault fault = FAULT_NONE;
    if (options->export_folder != NULL) {
        if (strlen(options->export_folder) >= sizeof state->export_folder) {
            return FAULT_LIMIT;
        }
        memcpy(state->export_folder, options->export_folder, strlen(options->export_folder) + 1);
    }
    fault = options->round ? kiosk_state_load_round(state, options->round) : find_round(start);
    fault = fault ? fault : voices_seek(state);
    *remedy = fault == FAULT_FILE_MISSING ? STRINGS_MESSAGE_NEXT_ROUND : message_page_remedy(fault);
    return fault;
}

/*
 * The state goes to the desk, and with a desk that cannot be opened it is gone: then it is opened anew next
 * time.
 */
static enum fault begin(struct start *start, enum strings_key *remedy) {
    start->found = (struct round_search){0};
    enum fault fault = start->state ? FAULT_NONE : kiosk_state_open(&start->state, start->folder);
    *remedy = message_page_remedy(fault);
    if (!fault) {
        fault = load(start, remedy);
    }
    if (!fault) {
        fault = desk_open(&start->desk, start->state, 0);
        start->state = NULL;
        *remedy = message_page_remedy(fault);
    }
    return fault;
}

/* `held`: what confine said. */
static void look_at_machine(struct start *start, struct confine_report held) {
    machine_look(&start->machine, start->desk ? desk_state(start->desk) : start->state, &held);
    if (start->desk) {
        desk_tell_machine(start->desk, machine_flags(&start->machine));
    }
}

static void look_again(struct start *start) {
    look_at_machine(start, start->machine.confined);
}

static enum fault search(void *context, bool any_date, struct desk **out, enum strings_key *remedy) {
    struct start *start = context;
    start->desk = desk_free(start->desk); /* one whose letters no font has */
    start->any_date = any_date;
    enum fault fault = begin(start, remedy);
    look_again(start);
    *out = start->desk;
    return fault;
}

static uint32_t closed_classes(const struct desk *desk) {
    uint32_t count = 0;
    for (uint16_t i = 0; i < desk_class_count(desk); i++) {
        count += desk_class_at(desk, i).closed_sessions > 0;
    }
    return count;
}

static enum fault renew(void *context, bool confirmed, struct desk **desk, enum strings_key *remedy) {
    struct start *start = context;
    struct round_renewal *renewal = &start->renewal;
    renewal->fault = round_search_look(&renewal->search, desk_state(start->desk), false);
    renewal->remaining = closed_classes(start->desk);
    if (renewal->fault || (renewal->remaining > 0 && !confirmed)) {
        return FAULT_NONE;
    }
    start->desk = desk_free(start->desk);
    start->any_date = false;
    start->leaves_classes = confirmed;
    enum fault fault = begin(start, remedy);
    start->leaves_classes = false;
    look_again(start);
    *desk = start->desk;
    return fault;
}

static const struct kiosk_state *state_now(void *context) {
    const struct start *start = context;
    return start->desk ? desk_state(start->desk) : start->state;
}

static enum fault get_ready(void *context) {
    struct start *start = context;
    struct confine_report report;
    const struct kiosk_state *state = start->desk ? desk_state(start->desk) : start->state;
    enum fault fault = confinement_begin(&report, state, start->options->font);
    look_at_machine(start, report);
    return fault;
}

/* The program's own words, read aloud: where they are installed, and where they are built. */
static const char *spoken_folder(char out[PROGRAM_PATH_SIZE]) {
    return program_beside(out, "../share/klankbord/spoken") == FAULT_NONE ? out : NULL;
}

/* Whatever keeps the kiosk from beginning is said on the screen: nobody sees a terminal in a classroom. */
static enum fault show(const struct options *options, const char *folder) {
    struct start start = {.options = options, .folder = folder};
    struct show_setup setup = {.window = {options->windowed, options->width, options->height},
                               .stage = {.font_file = options->font, .language = options->language}};
    char spoken[PROGRAM_PATH_SIZE];
    enum fault fault = begin(&start, &setup.stage.remedy);
    setup.stage.spoken = spoken_folder(spoken);
    bool can_search = (start.desk || start.state) && options->round == NULL;
    setup.ready = get_ready;
    setup.context = &start;
    setup.stage.desk = start.desk;
    setup.stage.machine = &start.machine;
    setup.stage.folder = folder;
    setup.stage.state = state_now;
    setup.stage.fault = fault;
    setup.stage.search = can_search ? search : NULL;
    setup.stage.renew = can_search ? renew : NULL;
    setup.stage.found = &start.found;
    setup.stage.renewal = &start.renewal;
    setup.stage.context = &start;
    enum fault shown = show_run(&setup);
    fault = start.desk ? FAULT_NONE : fault;
    desk_free(start.desk);
    kiosk_state_close(start.state);
    return fault ? fault : shown;
}

/* What does not fit was said; anything else is said here. */
static int lay_out(const struct options *options, const struct strings *strings) {
    enum fault fault = layout_check_print(stdout, strings, options->layout, options->font);
    if (!fault || fault == FAULT_QUESTIONNAIRE) {
        return fault ? EXIT_FAILED : 0;
    }
    return complain_of_file(options, strings, options->layout, fault);
}

/* Needs no enrolment and no state folder. */
static enum fault preview(const struct options *options) {
    struct preview *preview = NULL;
    struct show_setup setup = {.window = {options->windowed, options->width, options->height},
                               .stage = {.font_file = options->font, .language = options->language}};
    enum fault fault = preview_open(&preview, options->preview);
    char spoken[PROGRAM_PATH_SIZE];
    setup.stage.spoken = spoken_folder(spoken);
    if (!fault) {
        setup.stage.preview = preview;
        fault = show_run(&setup);
    }
    preview_free(preview);
    return fault;
}

static int run(const struct options *options, const struct strings *strings) {
    char folder[KIOSK_STATE_PATH_SIZE] = "";
    bool asks_only = options->job == OPTIONS_HELP || options->job == OPTIONS_VERSION ||
                     options->job == OPTIONS_LAYOUT || options->job == OPTIONS_PREVIEW;
    enum fault fault = asks_only ? FAULT_NONE : state_folder(folder, options);
    if (!fault) {
        switch (options->job) {
        case OPTIONS_SHOW: fault = show(options, folder); break;
        case OPTIONS_ENROL: fault = enrol(options, strings, folder); break;
        case OPTIONS_TRUST: fault = trust(options, strings, folder); break;
        case OPTIONS_COMPARED: fault = note_comparison(strings, folder); break;
        case OPTIONS_STATUS: return status_command_run(strings, folder) ? 0 : EXIT_FAILED;
        case OPTIONS_FINISH: return finish_command_run(options, strings, folder) ? 0 : EXIT_FAILED;
        case OPTIONS_LAYOUT: return lay_out(options, strings);
        case OPTIONS_PREVIEW: fault = preview(options); break;
        case OPTIONS_HELP: fputs(options_help(options->language), stdout); break;
        case OPTIONS_VERSION: puts("klankbord-kiosk " KLANKBORD_VERSION); break;
        }
    }
    return fault ? complain(options, strings, folder, fault) : 0;
}

int main(int argc, char *argv[]) {
    struct options options;
    struct strings strings = {0};
    enum fault hardened = process_harden();
    enum fault usage = options_read(&options, argc, argv);
    enum fault started = hardened ? hardened : strings_open(&strings, options.language);
    if (started) {
        fprintf(stderr, "klankbord-kiosk: %s\n", fault_text(started, fault_language_of(&options)));
        return EXIT_FAILED;
    }
    int code = EXIT_USAGE;
    if (usage) {
        fprintf(stderr, "klankbord-kiosk: %s\n%s", fault_text(usage, fault_language_of(&options)),
                options_help(options.language));
    } else {
        code = run(&options, &strings);
    }
    strings_close(&strings);
    return code;
}
