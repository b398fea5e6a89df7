/* SPDX-License-Identifier: Apache-2.0 */
#include "round_plan.h"

#include <string.h>

#include "aggregator/round_summary.h"
#include "aggregator/say.h"
#include "platform/process.h"

static int take_text(char *out, size_t size, const struct command_context *context, const char *option,
                     const char *text) {
    if (strlen(text) >= size) {
        return say_usage(context, "--%s is te lang: hooguit %d tekens.",
                         "--%s is too long: at most %d characters.", option, (int)size - 1);
    }
    memcpy(out, text, strlen(text));
    return COMMAND_OK;
}

static int take_type(struct round *round, const struct command_context *context, const char *name) {
    for (int type = ROUND_SCHOOL_PO; type <= ROUND_SCHOOL_OTHER; type++) {
        if (strcmp(round_summary_type((enum round_school_type)type), name) == 0) {
            round->school_type = (enum round_school_type)type;
            return COMMAND_OK;
        }
    }
    return say_usage(context, "--type is po, sbo, so, vso, pro, vmbo, havo, vwo, vo of other.",
                     "--type is po, sbo, so, vso, pro, vmbo, havo, vwo, vo or other.");
}

static int take_mode(struct round *round, const struct command_context *context, const char *name) {
    for (int mode = ROUND_TWO_MACHINES; mode <= ROUND_SOLO; mode++) {
        if (strcmp(round_summary_mode((enum round_mode)mode), name) == 0) {
            round->mode = (enum round_mode)mode;
            return COMMAND_OK;
        }
    }
    return say_usage(context, "--mode is two-machines (aangeraden), one-machine of solo.",
                     "--mode is two-machines (recommended), one-machine or solo.");
}

/* The wrong year is the most likely slip, and a round cannot be changed once it is signed. */
static int check_period(const struct round *round, const struct command_context *context) {
    struct process_date today;
    enum fault fault = process_today(&today);
    if (fault) {
        return say_fault(context, fault, "KLANKBORD_TODAY", NULL, NULL);
    }
    uint32_t now = (uint32_t)(today.year * 10000 + today.month * 100 + today.day);
    uint32_t begin = round->school_year * 10000u + 801u, end = begin + 10000u;
    if (round->first_day > round->last_day) {
        return say_fault(context, FAULT_ROUND_DATES, "--last", "De laatste dag ligt voor de eerste.",
                         "The last day lies before the first.");
    }
    if (round->retention_day <= round->last_day) {
        return say_fault(context, FAULT_ROUND_DATES, "--retention",
                         "Bewaren tot na de laatste dag van de ronde.",
                         "Keep until after the last day of the round.");
    }
    if (round->last_day < now) {
        return say_fault(context, FAULT_ROUND_DATES, "--last", "Deze dag is al voorbij. Klopt het jaar?",
                         "This day is over. Is the year right?");
    }
    if (round->first_day < begin || round->last_day >= end) {
        say(context, "Let op: de ronde valt buiten het schooljaar %u-%u. Kloppen --year en de datums?",
            "Note: the round lies outside the school year %u-%u. Are --year and the dates right?",
            round->school_year, round->school_year + 1u);
    }
    if (round->retention_day / 10000 > round->last_day / 10000 + 1) {
        say(context, "Let op: bewaren tot %u is lang; meestal is een paar maanden genoeg.",
            "Note: keeping until %u is long; a few months usually suffice.", round->retention_day / 10000);
    }
    return COMMAND_OK;
}

/* Said here with the name of the option; round_check knows only that something is out of range. */
static int check_sizes(const struct round_plan *plan, const struct command_context *context) {
    if (plan->k_unit < ROUND_K_UNIT_LOWEST || plan->k_unit > ROUND_HEADS) {
        say_usage(context, "--k-unit is ten minste %d.", "--k-unit is at least %d.", ROUND_K_UNIT_LOWEST);
        return COMMAND_PRIVACY;
    }
    if (plan->k_cell < ROUND_K_CELL_LOWEST || plan->k_cell > plan->k_unit) {
        say_usage(context, "--k-cell is ten minste %d en hooguit --k-unit.",
                  "--k-cell is at least %d and at most --k-unit.", ROUND_K_CELL_LOWEST);
        return COMMAND_PRIVACY;
    }
    return COMMAND_OK;
}

int round_plan_basics(struct round *round, const struct command_context *context,
                      const struct round_plan *plan) {
    int code = take_text(round->school, sizeof round->school, context, "school", plan->school);
    code = code ? code
                : take_text(round->site, sizeof round->site, context, "site", plan->site ? plan->site : "");
    code = code ? code : take_type(round, context, plan->type);
    code = code ? code : take_mode(round, context, plan->mode);
    code = code ? code : check_sizes(plan, context);
    if (!code && (plan->year < 2000 || plan->year > 2199)) {
        code = say_usage(context, "--year is het jaar waarin het schooljaar begint, zoals 2026.",
                         "--year is the year in which the school year begins, such as 2026.");
    }
    if (code) {
        return code;
    }
    round->school_year = (uint16_t)plan->year;
    round->first_day = plan->first;
    round->last_day = plan->last;
    round->retention_day = plan->retention;
    round->choices = plan->incidents_in_class ? ROUND_INCIDENTS_IN_CLASS : 0;
    round->k_unit = (uint16_t)plan->k_unit;
    round->k_cell = (uint16_t)plan->k_cell;
    return check_period(round, context);
}
