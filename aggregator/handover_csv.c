/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "handover.h"

static void put(struct bytes_buffer *out, const char *text) {
    bytes_put(out, text, strlen(text));
}

/* Each cell ends with its separator; the last of a row is followed by `put_end`. */
static void put_cell(struct bytes_buffer *out, const char *text) {
    bool quoted = strpbrk(text, ";\"\r\n") != NULL;
    put(out, quoted ? "\"" : "");
    put(out, text[0] && strchr("=+-@\t\r", text[0]) ? "'" : ""); /* no formula for a spreadsheet */
    for (const char *at = text; *at; at++) {
        put(out, *at == '"' ? "\"" : "");
        bytes_put(out, at, 1);
    }
    put(out, quoted ? "\";" : ";");
}

static void put_number(struct bytes_buffer *out, uint32_t value, uint8_t decimals) {
    char text[HANDOVER_VALUE_SIZE];
    handover_value(text, value, decimals, false);
    put_cell(out, text);
}

static void put_figure(struct bytes_buffer *out, const struct release_figure *figure) {
    if (figure) {
        put_number(out, figure->low, figure->decimals);
    } else {
        put(out, ";");
    }
}

static void put_day(struct bytes_buffer *out, uint32_t day) {
    char text[16];
    (void)snprintf(text, sizeof text, "%04u-%02u-%02u", (unsigned)(day / 10000), (unsigned)(day / 100 % 100),
                   (unsigned)(day % 100));
    put_cell(out, text);
}

static void put_origin(struct bytes_buffer *out, const struct handover *handover) {
    const struct release_content *content = release_content(handover->release);
    put_cell(out, "klankbord-handover-1");
    put_cell(out, handover->round->school);
    put_cell(out, handover->round->site);
    put_cell(out, handover->code);
    put_cell(out, handover->site);
    put_number(out, content->school_year, 0);
    put_cell(out, content->instrument);
    put_cell(out, content->instrument_version);
    put_cell(out, content->recognised ? "recognised" : "not_from_a_recognised_instrument");
    put_day(out, content->first_day);
    put_day(out, content->last_day);
}

static void put_response(struct bytes_buffer *out, const struct handover *handover) {
    const struct stat_response *response = &handover->response;
    put_number(out, handover->enrolled, 0);
    put_number(out, handover->not_asked, 0);
    put_number(out, response->heads, 0);
    put_number(out, response->answered, 0);
    if (response->state == STAT_OK) {
        put_number(
            out, (uint32_t)((2000ull * response->answered + response->heads) / (2ull * response->heads)), 1);
        put_cell(out, "published");
    } else {
        put(out, ";");
        put_cell(out, response->state == STAT_HEADS_WRONG ? "head_count_wrong" : "nobody_asked");
    }
}

static void put_mean(struct bytes_buffer *out, const struct handover *handover,
                     const struct handover_mean *mean) {
    static const char *const subjects[] = {"other", "violation_of_safety", "perceived_safety", "wellbeing"};
    static const char *const statuses[] = {"published", "hidden", "not_asked"};
    const struct release_content *content = release_content(handover->release);
    put_cell(out, subjects[mean->subject]);
    if (mean->scale == QUESTIONNAIRE_NONE) {
        put(out, ";;;;;");
    } else {
        const struct release_scale *scale = &content->scale[mean->scale];
        put_cell(out, scale->name);
        put_number(out, scale->item_count, 0);
        put_number(out, scale->score_min, 0);
        put_number(out, scale->score_max, 0);
        put_cell(out, scale->high_is_good ? "high_is_good" : "high_is_bad");
    }
    put_cell(out, statuses[mean->status]);
    put_figure(out, mean->mean);
    put_figure(out, mean->deviation);
    if (mean->mean && mean->mean->n) {
        put_number(out, mean->mean->n, 0);
    } else {
        put(out, ";");
    }
    put_figure(out, mean->error);
    if (mean->error) {
        put_number(out, mean->error->n, 0);
    } else {
        put(out, ";");
    }
    /* Outwards, so that what is told still holds after rounding. */
    if (mean->has_bounds) {
        put_number(out, (uint32_t)floor(mean->bounds.low * 10 + 1e-9), 1);
        put_number(out, (uint32_t)ceil(mean->bounds.high * 10 - 1e-9), 1);
    } else {
        put(out, ";;");
    }
}

void handover_csv(struct bytes_buffer *out, const struct handover *handover) {
    put(out, "format;school;site;school_code;site_code;school_year;instrument;instrument_version;validity;"
             "period_first;"
             "period_last;pupils_enrolled;pupils_not_asked;pupils_asked;contributions;response_percent;"
             "response_status;"
             "subject;scale;items;score_lowest;score_highest;direction;status;mean;deviation;n;error_classes;"
             "classes;"
             "lowest_if_absent;highest_if_absent;release\r\n");
    for (size_t i = 0; i < handover->mean_count; i++) {
        char digest[2 * DIGEST_BYTES + 1];
        put_origin(out, handover);
        put_response(out, handover);
        put_mean(out, handover, &handover->mean[i]);
        for (int j = 0; j < DIGEST_BYTES; j++) {
            (void)snprintf(digest + 2 * j, 3, "%02x", (unsigned)release_digest(handover->release)[j]);
        }
        put(out, digest);
        put(out, "\r\n");
    }
}
