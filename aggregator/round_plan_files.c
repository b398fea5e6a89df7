/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/command_files.h"
#include "aggregator/round_plan.h"
#include "aggregator/say.h"
#include "aggregator/school_csv.h"
#include "core/enrolment.h"
#include "core/holder.h"
#include "core/layout.h"

enum { QUESTIONNAIRE_FILE_LIMIT = 4 << 20, CLASSES_FILE_LIMIT = 1 << 20 };

/* A .klq says what it is in its first bytes; anything else is taken for the author's CSV. */
static int read_questionnaire(struct questionnaire **out, const struct command_context *context,
                              const char *path) {
    struct bytes_buffer content = {0};
    struct author_report report = {0};
    int code = command_files_read(&content, context, path, QUESTIONNAIRE_FILE_LIMIT);
    if (code) {
        return code;
    }
    struct bytes view = bytes_buffer_view(&content);
    bool is_compiled = view.size >= 8 && memcmp(view.data, "KLBqstn\n", 8) == 0;
    enum fault fault = is_compiled ? questionnaire_decode(out, view) : author_compile(out, &report, view);
    if (fault) {
        char remedy_nl[256], remedy_en[256];
        snprintf(remedy_nl, sizeof remedy_nl,
                 "Alle fouten met hun plaats: klankbord questionnaire check %.150s", path);
        snprintf(remedy_en, sizeof remedy_en,
                 "All errors with their place: klankbord questionnaire check %.150s", path);
        code = say_fault(context, fault, path, remedy_nl, remedy_en);
    }
    author_report_release(&report);
    bytes_buffer_release(&content);
    return code;
}

static bool is_wanted(const char *list, const char *code) {
    size_t length = strlen(code);
    for (const char *at = list; *at;) {
        size_t word = strcspn(at, ",");
        if (word == length && strncmp(at, code, length) == 0) {
            return true;
        }
        at += word + (at[word] == ',');
    }
    return false;
}

static size_t count_words(const char *list) {
    size_t count = 1;
    for (; *list; list++) {
        count += *list == ',';
    }
    return count;
}

/* In the questionnaire's own order, whatever order they were asked for in. */
static int take_languages(struct round *round, const struct command_context *context, const char *wanted) {
    const struct questionnaire *questionnaire = round->questionnaire;
    for (uint16_t i = 0; i < questionnaire->language_count; i++) {
        if (!wanted || is_wanted(wanted, questionnaire->language[i].code)) {
            memcpy(round->language[round->language_count++], questionnaire->language[i].code,
                   sizeof round->language[0]);
        }
    }
    if (round->language_count == 0 || (wanted && count_words(wanted) != round->language_count)) {
        return say_usage(
            context, "--languages %s: de vragenlijst heeft niet al deze talen (of er staat er een dubbel).",
            "--languages %s: the questionnaire does not have all of these (or one is there twice).", wanted);
    }
    return COMMAND_OK;
}

static int take_help_line(struct round *round, const struct command_context *context, const char *text) {
    struct round_help *help = &round->help[round->help_count];
    size_t length = strcspn(text, ":");
    bool fits = round->help_count < ROUND_HELP_LINES && text[length] == ':' && length > 0 &&
                length < sizeof help->language && text[length + 1] &&
                strlen(text + length + 1) < sizeof help->line;
    if (fits) {
        memcpy(help->language, text, length);
        memcpy(help->line, text + length + 1, strlen(text + length + 1));
        fits = questionnaire_find_language(round->questionnaire, help->language) != QUESTIONNAIRE_NONE;
    }
    if (!fits) {
        return say_usage(
            context,
            "--help-line '%s': schrijf taal:regel, zoals \"nl:Kindertelefoon 0800-0432\"; hooguit %d.",
            "--help-line '%s': write language:line, such as \"nl:Kindertelefoon 0800-0432\"; at most %d.",
            text, ROUND_HELP_LINES);
    }
    round->help_count++;
    return COMMAND_OK;
}

/* Pupils would be told of figures that do not exist. */
static int check_incidents(const struct round *round, const struct command_context *context) {
    bool any = (round->choices & ROUND_INCIDENTS_IN_CLASS) == 0;
    for (uint16_t i = 0; i < round->questionnaire->scale_count; i++) {
        any = any || round->questionnaire->scale[i].subject == QUESTIONNAIRE_SUBJECT_INCIDENTS;
    }
    return any ? COMMAND_OK
               : say_usage(context,
                           "--incidents-in-class: deze vragenlijst heeft geen schaal over incidenten. Laat "
                           "de optie weg.",
                           "--incidents-in-class: this questionnaire has no scale about incidents. Leave the "
                           "option out.");
}

int round_plan_instrument(struct round *round, const struct command_context *context,
                          const struct round_plan *plan) {
    struct layout layout = {0};
    int code = read_questionnaire(&round->questionnaire, context, plan->questionnaire);
    code = code ? code : take_languages(round, context, plan->languages);
    for (size_t i = 0; !code && i < plan->help_lines.count; i++) {
        code = take_help_line(round, context, plan->help_lines.value[i]);
    }
    code = code ? code : check_incidents(round, context);
    if (code) {
        return code;
    }
    enum fault fault = questionnaire_digest(round->questionnaire_digest, round->questionnaire);
    if (!fault) {
        fault = layout_derive(&layout, round->questionnaire);
    }
    memcpy(round->layout_digest, layout.digest, sizeof round->layout_digest);
    layout_release(&layout);
    return fault ? say_fault(context, fault, plan->questionnaire, NULL, NULL) : COMMAND_OK;
}

static void say_problems(const struct command_context *context, const struct school_csv *csv,
                         const char *path) {
    size_t shown = csv->problem_count < SCHOOL_CSV_PROBLEMS ? csv->problem_count : SCHOOL_CSV_PROBLEMS;
    for (size_t i = 0; i < shown; i++) {
        const struct school_csv_problem *problem = &csv->problem[i];
        say(context, "%s: rij %u%s%s: %s %s", "%s: row %u%s%s: %s %s", path, problem->row,
            problem->column[0] ? say_pick(context->language, ", kolom ", ", column ") : "", problem->column,
            problem->reason[context->language], problem->remedy[context->language]);
    }
    say(context, "%zu %s in %s; er is niets gemaakt.", "%zu %s in %s; nothing was made.", csv->problem_count,
        csv->problem_count == 1 ? say_pick(context->language, "fout", "error")
                                : say_pick(context->language, "fouten", "errors"),
        path);
}

int round_plan_classes(struct round *round, const struct command_context *context,
                       const struct round_plan *plan) {
    struct bytes_buffer content = {0};
    struct school_csv csv = {0};
    int code = command_files_read(&content, context, plan->classes, CLASSES_FILE_LIMIT);
    if (code) {
        return code;
    }
    enum fault fault = school_csv_read(&csv, bytes_buffer_view(&content));
    if (csv.problem_count) {
        say_problems(context, &csv, plan->classes);
        code = COMMAND_USAGE;
    } else if (fault) {
        code = say_fault(context, fault, plan->classes, NULL, NULL);
    } else {
        round->class_count = csv.class_count;
        round->class_list = csv.class_list;
        csv.class_list = NULL;
    }
    school_csv_release(&csv);
    bytes_buffer_release(&content);
    return code;
}

static int take_holder(struct round_holder *out, const struct command_context *context, const char *path) {
    struct bytes_buffer content = {0};
    struct holder holder;
    int code = command_files_read(&content, context, path, HOLDER_BYTES_LIMIT);
    if (code) {
        return code;
    }
    enum fault fault = holder_decode(&holder, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    if (fault) {
        return say_fault(context, fault, path, "Vraag de sleutelhouder om een nieuwe kopie van holder.klh.",
                         "Ask the key holder for a new copy of holder.klh.");
    }
    memcpy(out->name, holder.name, sizeof out->name);
    memcpy(out->sign_key, holder.sign_key, sizeof out->sign_key);
    memcpy(out->box_key, holder.box_key, sizeof out->box_key);
    return COMMAND_OK;
}

static int take_kiosk(struct round_kiosk *out, const struct command_context *context, const char *path) {
    struct bytes_buffer content = {0};
    struct enrolment enrolment;
    int code = command_files_read(&content, context, path, ENROLMENT_BYTES_LIMIT);
    if (code) {
        return code;
    }
    enum fault fault = enrolment_decode(&enrolment, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    if (fault) {
        return say_fault(context, fault, path, "Maak het opnieuw op dat apparaat: klankbord-kiosk --enrol.",
                         "Make it again on that machine: klankbord-kiosk --enrol.");
    }
    memcpy(out->label, enrolment.label, sizeof out->label);
    memcpy(out->key, enrolment.key, sizeof out->key);
    return COMMAND_OK;
}

static int compare_kiosks(const void *a, const void *b) {
    return memcmp(((const struct round_kiosk *)a)->key, ((const struct round_kiosk *)b)->key,
                  DIGEST_SIGN_PUBLIC_BYTES);
}

static int check_kiosks(const struct round *round, const struct command_context *context) {
    for (uint16_t i = 1; i < round->kiosk_count; i++) {
        if (compare_kiosks(&round->kiosk[i - 1], &round->kiosk[i]) == 0) {
            return say_usage(context, "Het apparaat '%s' staat er twee keer bij.",
                             "The kiosk '%s' is given twice.", round->kiosk[i].label);
        }
    }
    return COMMAND_OK;
}

int round_plan_people(struct round *round, const struct command_context *context,
                      const struct round_plan *plan) {
    int code = COMMAND_OK;
    if (plan->holders.count != 2) {
        return say_usage(context, "Geef --holder precies twee keer: eerst wie samenvoegt, dan de ander.",
                         "Give --holder exactly twice: first who combines, then the other.");
    }
    if (plan->kiosks.count > ROUND_KIOSKS) {
        return say_usage(context, "Hooguit %d apparaten in een ronde.", "At most %d kiosks in a round.",
                         ROUND_KIOSKS);
    }
    for (int i = 0; !code && i < 2; i++) {
        code = take_holder(&round->holder[i], context, plan->holders.value[i]);
    }
    round->kiosk = calloc(plan->kiosks.count + 1, sizeof *round->kiosk);
    if (!code && !round->kiosk) {
        return say_fault(context, FAULT_MEMORY, NULL, NULL, NULL);
    }
    for (size_t i = 0; !code && i < plan->kiosks.count; i++) {
        code = take_kiosk(&round->kiosk[i], context, plan->kiosks.value[i]);
        round->kiosk_count++;
    }
    if (code) {
        return code;
    }
    qsort(round->kiosk, round->kiosk_count, sizeof *round->kiosk, compare_kiosks);
    return check_kiosks(round, context);
}

/* Unbuffered and straight into the caller's locked memory. */
static enum fault read_pin(char *pin, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        return FAULT_FILE_MISSING;
    }
    setvbuf(file, NULL, _IONBF, 0);
    size_t size = fread(pin, 1, ROUND_PLAN_PIN_SIZE - 1, file);
    enum fault fault = ferror(file) ? FAULT_FILE_READ : FAULT_NONE;
    fclose(file);
    pin[size] = '\0';
    pin[strcspn(pin, "\r\n")] = '\0';
    return fault;
}

static bool is_pin(const char *pin) {
    size_t digits = strspn(pin, "0123456789");
    return pin[digits] == '\0' && digits >= ROUND_PLAN_PIN_LEAST && digits <= ROUND_PLAN_PIN_MOST;
}

int round_plan_pin(struct round *round, char *pin, const struct command_context *context,
                   const struct round_plan *plan) {
    if (plan->pin_file) {
        enum fault fault = read_pin(pin, plan->pin_file);
        if (fault) {
            return say_fault(context, fault, plan->pin_file, NULL, NULL);
        }
        if (!is_pin(pin)) {
            return say_usage(context, "%s: een pincode is een regel van 6 tot 12 cijfers.",
                             "%s: a PIN is one line of 6 to 12 digits.", plan->pin_file);
        }
    } else {
        for (int i = 0; i < ROUND_PLAN_PIN_LEAST; i++) {
            pin[i] = (char)('0' + randombytes_uniform(10));
        }
    }
    int failed = crypto_pwhash_str(round->pin_hash[0], pin, strlen(pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                   crypto_pwhash_MEMLIMIT_INTERACTIVE);
    round->pin_count = 1;
    return failed ? say_fault(context, FAULT_MEMORY, NULL, NULL, NULL) : COMMAND_OK;
}
