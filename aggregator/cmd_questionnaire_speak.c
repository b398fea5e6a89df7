/* SPDX-License-Identifier: Apache-2.0 */
/* Which texts can be heard, and a computer's voice for those that nobody has read. */
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/cmd.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/say.h"
#include "aggregator/speak.h"
#include "platform/program.h"

enum { SAVE_EVERY = 20 };

struct job {
    struct command_context *context;
    struct speak *speak;
    bool check;
    uint16_t only; /* this language, or QUESTIONNAIRE_NONE */
    size_t made;
};

static bool is_asked(const struct job *job, const struct speak_line *line) {
    return job->only == QUESTIONNAIRE_NONE || line->language == job->only;
}

static const char *code_of(const struct job *job, uint16_t language) {
    return job->speak->questionnaire->language[language].code;
}

static bool wants_voice(const struct job *job, const struct speak_line *line) {
    bool lacks = line->state == SPEAK_MISSING || line->state == SPEAK_ROBOT_STALE;
    return lacks && is_asked(job, line) && speak_has_voice(code_of(job, line->language));
}

static size_t count_wanted(const struct job *job) {
    size_t count = 0;
    for (size_t i = 0; i < job->speak->count; i++) {
        count += wants_voice(job, &job->speak->line[i]);
    }
    return count;
}

/* What was made is written down now and then, so that a run that is broken off goes on where it was. */
static enum fault render(struct job *job) {
    char program[PROGRAM_PATH_SIZE];
    enum fault fault = count_wanted(job) > 0 ? program_find(program, "espeak-ng") : FAULT_NONE;
    if (fault) {
        (void)say_fault(
            job->context, fault, "espeak-ng",
            "Installeer het pakket espeak-ng, of spreek de teksten zelf in; er is niets veranderd.",
            "Install the package espeak-ng, or record the texts yourself; nothing was changed.");
        return fault;
    }
    for (size_t i = 0; i < job->speak->count && !fault; i++) {
        if (!wants_voice(job, &job->speak->line[i])) {
            continue;
        }
        fault = speak_render(job->speak, i, program);
        if (fault) {
            (void)say_fault(job->context, fault, job->speak->line[i].name,
                            "Wat al gemaakt is, blijft; doe de opdracht opnieuw als dit is opgelost.",
                            "What was made stays; run the command again when this is solved.");
            break;
        }
        job->made++;
        fault = job->made % SAVE_EVERY == 0 ? speak_save(job->speak) : FAULT_NONE;
    }
    enum fault saved = speak_save(job->speak);
    if (saved) {
        (void)say_fault(job->context, saved, "audio/texts.csv", NULL, NULL);
    }
    return fault ? fault : saved;
}

/* A line for each text that somebody has to do something about: its file, and what is to be read. */
static void list(const struct job *job, enum speak_state state, const char *nl, const char *en) {
    for (size_t i = 0; i < job->speak->count; i++) {
        const struct speak_line *line = &job->speak->line[i];
        char text[SPEAK_TEXT_SIZE];
        if (line->state == state && is_asked(job, line)) {
            speak_text(text, job->speak->questionnaire, line->kind, line->part, line->option, line->language);
            fprintf(job->context->out, "%s\t%s%s\t%s\n", say_pick(job->context->language, nl, en), line->name,
                    state == SPEAK_ROBOT_STALE ? ".robot.wav" : ".wav", text);
        }
    }
}

static void sum_up(const struct job *job, uint16_t language) {
    size_t count[SPEAK_STATES] = {0};
    for (size_t i = 0; i < job->speak->count; i++) {
        const struct speak_line *line = &job->speak->line[i];
        count[line->state] += line->language == language;
    }
    size_t person = count[SPEAK_PERSON] + count[SPEAK_ELSEWHERE];
    size_t stale = count[SPEAK_PERSON_STALE] + count[SPEAK_ROBOT_STALE];
    say(job->context, "%s: %zu ingesproken, %zu computerstem, %zu van een andere tekst, %zu zonder opname",
        "%s: %zu recorded, %zu computer voice, %zu of another text, %zu without a recording",
        code_of(job, language), person, count[SPEAK_ROBOT], stale, count[SPEAK_MISSING]);
    if (count[SPEAK_MISSING] > 0 && !speak_has_voice(code_of(job, language))) {
        say(job->context,
            "%s: hiervoor is geen computerstem goed genoeg voor kinderen; laat deze teksten inspreken.",
            "%s: no computer voice of this language is good enough for children; have these texts recorded.",
            code_of(job, language));
    }
}

/* Whether everything that was asked for can be heard as it is written. */
static bool report(const struct job *job) {
    bool complete = true;
    list(job, SPEAK_MISSING, "ontbreekt", "missing");
    list(job, SPEAK_PERSON_STALE, "tekst veranderd", "text changed");
    list(job, SPEAK_ROBOT_STALE, "tekst veranderd", "text changed");
    for (size_t i = 0; i < job->speak->count; i++) {
        const struct speak_line *line = &job->speak->line[i];
        bool good =
            line->state == SPEAK_PERSON || line->state == SPEAK_ROBOT || line->state == SPEAK_ELSEWHERE;
        complete = complete && (good || !is_asked(job, line));
    }
    for (uint16_t i = 0; i < job->speak->questionnaire->language_count; i++) {
        if (job->only == QUESTIONNAIRE_NONE || job->only == i) {
            sum_up(job, i);
        }
    }
    return complete;
}

static int run(struct job *job) {
    enum fault fault = job->check ? FAULT_NONE : render(job);
    if (fault) {
        return command_exit_of(fault);
    }
    bool complete = report(job);
    if (job->made > 0) {
        say(job->context,
            "%zu opnamen gemaakt in %s. Maak nu de vragenlijst opnieuw met questionnaire build.",
            "%zu recordings made in %s. Now make the questionnaire again with questionnaire build.",
            job->made, job->speak->folder);
    }
    return job->check && !complete ? COMMAND_QUESTIONNAIRE : COMMAND_OK;
}

/* The language that was asked for; says why it cannot be. */
static bool choose_language(struct job *job, const char *code, bool check) {
    job->only = code ? questionnaire_find_language(job->speak->questionnaire, code) : QUESTIONNAIRE_NONE;
    if (code != NULL && job->only == QUESTIONNAIRE_NONE) {
        (void)say_usage(job->context, "de taal %s staat niet in deze vragenlijst",
                        "the language %s is not in this questionnaire", code);
        return false;
    }
    if (code != NULL && !check && !speak_has_voice(code)) {
        (void)say_usage(
            job->context,
            "voor %s is geen computerstem goed genoeg voor kinderen (wel voor nl, en, pl en tr); laat "
            "deze teksten inspreken",
            "no computer voice of %s is good enough for children (there is for nl, en, pl and tr); "
            "have these texts recorded",
            code);
        return false;
    }
    return true;
}

int cmd_questionnaire_speak(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct questionnaire *questionnaire = NULL;
    struct speak speak = {0};
    struct job job = {.context = context, .speak = &speak};
    const char *language = NULL;
    char folder[CMD_QUESTIONNAIRE_FOLDER];
    int code = COMMAND_QUESTIONNAIRE;
    const struct command_option options[] = {
        {"language", COMMAND_TEXT, false, &language, "alleen deze taal, bijvoorbeeld nl",
         "only this language, for example nl"},
        {"check", COMMAND_FLAG, false, &job.check,
         "maak niets; zeg alleen wat ontbreekt of niet meer klopt (uitgang 3)",
         "make nothing; only say what is missing or no longer right (exit 3)"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    cmd_questionnaire_audio(folder, operand.value[0]);
    fault = cmd_questionnaire_compile(&questionnaire, context, operand.value[0]);
    if (!fault) {
        fault = speak_open(&speak, questionnaire, folder);
        if (fault) {
            (void)say_fault(context, fault, folder, NULL, NULL);
        }
    }
    code = fault                                         ? command_exit_of(fault)
           : !choose_language(&job, language, job.check) ? COMMAND_USAGE
                                                         : run(&job);
    speak_close(&speak);
    questionnaire_free(questionnaire);
    return code;
}
