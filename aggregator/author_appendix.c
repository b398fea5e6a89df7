/* SPDX-License-Identifier: Apache-2.0 */
/* How far the translations are, recordings, and the sheets klankbord_references and klankbord_conversions. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_form.h"
#include "aggregator/speak.h"

enum { VALUE_LIMIT = 1000000, YEAR_FIRST = 1950, YEAR_LAST = 2100, NAME_LIMIT = 100 };

/* ---- settings: klankbord::translation::LANGUAGE ---- */

static void read_translations(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_SETTINGS];
    size_t row = sheet->first;
    while (row < sheet->end && author_sheet_is_comment(&form->table, row)) {
        row++;
    }
    for (uint16_t i = 0; row < sheet->end && i < form->sheets.language_count; i++) {
        const char *text =
            author_sheet_cell_in(&form->sheets, AUTHOR_SHEET_SETTINGS, row, AUTHOR_SHEET_TRANSLATION, i);
        enum questionnaire_translation *out = &form->questionnaire->language[i].translation;
        if (strcasecmp(text, "draft") == 0) {
            *out = QUESTIONNAIRE_TRANSLATION_DRAFT;
        } else if (strcasecmp(text, "checked") == 0) {
            *out = QUESTIONNAIRE_TRANSLATION_CHECKED;
        } else if (text[0]) {
            author_report_add(
                form->report, AUTHOR_TRANSLATION_VALUE,
                author_sheet_place_in(&form->sheets, AUTHOR_SHEET_SETTINGS, row, AUTHOR_SHEET_TRANSLATION, i),
                text, NULL);
        }
    }
}

/* ---- media::audio::LANGUAGE ---- */

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text), tail = strlen(end);
    return size > tail && strcmp(text + size - tail, end) == 0;
}

/* A plain file name: nothing that leads out of the folder, and nothing hidden. */
static bool is_file_name(const char *text) {
    size_t size = strlen(text);
    return size <= NAME_LIMIT && text[0] != '.' && ends_with(text, ".wav") &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == size;
}

static enum author_message find_sound(struct author_form *form, uint8_t digest[DIGEST_BYTES],
                                      const char *name) {
    static const struct {
        enum fault fault;
        enum author_message message;
    } known[] = {{FAULT_FILE_MISSING, AUTHOR_AUDIO_MISSING},    {FAULT_FILE_READ, AUTHOR_AUDIO_MISSING},
                 {FAULT_FILE_TOO_LARGE, AUTHOR_AUDIO_LENGTH},   {FAULT_RECORDING_LENGTH, AUTHOR_AUDIO_LENGTH},
                 {FAULT_RECORDING_CHANNELS, AUTHOR_AUDIO_MONO}, {FAULT_RECORDING_RATE, AUTHOR_AUDIO_RATE}};
    const struct author_media *media = form->media;
    enum fault fault = media ? media->digest(media->context, digest, name) : FAULT_FILE_MISSING;
    if (fault == FAULT_MEMORY) {
        form->fault = fault;
    }
    for (size_t i = 0; fault && i < sizeof known / sizeof *known; i++) {
        if (known[i].fault == fault) {
            return known[i].message;
        }
    }
    return fault ? AUTHOR_AUDIO_WAV : AUTHOR_MESSAGE_COUNT;
}

/* Without a cell: a person's recording named after the text, else a computer's, else none. */
static const char *find_by_name(char out[SPEAK_NAME_SIZE], const struct author_form *form,
                                const struct questionnaire_text *label,
                                const struct questionnaire_recording *of) {
    static const char *const endings[] = {".wav", ".robot.wav"};
    uint8_t digest[DIGEST_BYTES];
    char name[SPEAK_NAME_SIZE];
    if (!form->media || !form->media->by_name || !label->in[of->language]) {
        return "";
    }
    speak_name(name, form->questionnaire, of->kind, of->part, of->option, of->language);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        int size = snprintf(out, SPEAK_NAME_SIZE, "%s%s", name, endings[i]);
        bool fits = size > 0 && size < SPEAK_NAME_SIZE;
        if (fits && form->media->digest(form->media->context, digest, out) != FAULT_FILE_MISSING) {
            return out;
        }
    }
    return "";
}

static void read_recording(struct author_form *form, const struct questionnaire_text *label,
                           struct questionnaire_recording recording, struct author_form_cell cell) {
    struct questionnaire *out = form->questionnaire;
    uint16_t language = recording.language;
    const char *name = author_sheet_cell_in(&form->sheets, cell.kind, cell.row, cell.column, language);
    struct author_report_place place =
        author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, language);
    char file[SPEAK_NAME_SIZE];
    name = name[0] ? name : find_by_name(file, form, label, &recording);
    if (!name[0]) {
        return;
    }
    if (!is_file_name(name)) {
        author_report_add(form->report, AUTHOR_AUDIO_NAME, place, name, NULL);
        return;
    }
    enum author_message message = find_sound(form, recording.digest, name);
    if (!label->in[language]) {
        author_report_add(form->report, AUTHOR_AUDIO_TEXTLESS, place, name, NULL);
    } else if (message != AUTHOR_MESSAGE_COUNT) {
        author_report_add(form->report, message, place, name, NULL);
    } else if (out->recording_count == QUESTIONNAIRE_RECORDINGS) {
        author_form_too_many(form, cell, QUESTIONNAIRE_RECORDINGS, "media::audio");
    } else {
        recording.robot = ends_with(name, ".robot.wav");
        out->recording[out->recording_count++] = recording;
    }
}

/* In the order of the compiled form: items, then options, each by language. */
static void read_recordings(struct author_form *form) {
    const struct questionnaire *out = form->questionnaire;
    struct questionnaire_recording recording = {.kind = QUESTIONNAIRE_RECORDED_ITEM};
    for (uint16_t i = 0; i < out->item_count; i++) {
        struct author_form_cell cell = {AUTHOR_SHEET_SURVEY, form->item_row[i], AUTHOR_SHEET_AUDIO};
        recording.part = i;
        for (recording.language = 0; recording.language < out->language_count; recording.language++) {
            read_recording(form, &out->item[i].label, recording, cell);
        }
    }
    recording.kind = QUESTIONNAIRE_RECORDED_OPTION;
    for (recording.part = 0; recording.part < out->list_count; recording.part++) {
        const struct questionnaire_list *list = &out->list[recording.part];
        for (uint16_t i = 0; i < list->option_count; i++) {
            struct author_form_cell cell = {AUTHOR_SHEET_CHOICES, form->option_row[recording.part][i],
                                            AUTHOR_SHEET_AUDIO};
            recording.option = i;
            for (recording.language = 0; recording.language < out->language_count; recording.language++) {
                read_recording(form, &list->option[i].label, recording, cell);
            }
        }
    }
}

/* ---- numbers and scales on both sheets ---- */

/*
 * "1", "-2,5" or "0.125" in thousandths; false when it is not written so or has more than six digits before
 * the mark.
 */
static bool read_thousandths(int32_t *out, const char *text) {
    bool minus = text[0] == '-';
    const char *at = text + minus;
    size_t whole = strspn(at, "0123456789");
    int32_t value = 0;
    if (whole == 0 || whole > 7) {
        return false;
    }
    for (size_t i = 0; i < whole; i++) {
        value = value * 10 + (at[i] - '0');
    }
    at += whole;
    if (value > VALUE_LIMIT || (*at && *at != '.' && *at != ',')) {
        return false;
    }
    bool mark = *at != '\0';
    at += mark;
    size_t decimals = strspn(at, "0123456789");
    if (at[decimals] || decimals > 3 || (mark && decimals == 0)) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        value = value * 10 + (i < decimals ? at[i] - '0' : 0);
    }
    *out = minus ? -value : value;
    return true;
}

static bool read_whole(uint32_t *out, const char *text) {
    size_t size = strspn(text, "0123456789");
    if (size == 0 || size > 9 || text[size]) {
        return false;
    }
    *out = 0;
    for (size_t i = 0; i < size; i++) {
        *out = *out * 10 + (uint32_t)(text[i] - '0');
    }
    return true;
}

/* The scale named in the row, or NONE after having said why not. */
static uint16_t read_scale(struct author_form *form, struct author_form_cell cell) {
    const struct questionnaire *out = form->questionnaire;
    const char *known[QUESTIONNAIRE_SCALES];
    char guess[AUTHOR_FORM_GUESS];
    const char *name = author_form_value(form, cell);
    for (uint16_t i = 0; i < out->scale_count; i++) {
        known[i] = out->scale[i].name;
        if (strcmp(known[i], name) == 0 && name[0]) {
            return i;
        }
    }
    if (author_form_has(form, cell)) {
        author_form_guess(guess, name, known, out->scale_count);
        author_form_report(form, AUTHOR_SCALE_UNKNOWN, cell, name, guess);
    }
    return QUESTIONNAIRE_NONE;
}

/* ---- klankbord_references ---- */

static struct author_form_cell reference_cell(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_REFERENCES, row, column};
}

static void refuse(struct author_form *form, struct author_form_cell cell, const char *range) {
    if (author_form_has(form, cell)) {
        author_form_report(form, AUTHOR_REFERENCE_VALUE, cell, author_form_value(form, cell), range);
    }
}

static void read_date(struct author_form *form, struct questionnaire_reference *out, size_t row) {
    struct author_form_cell cell = reference_cell(row, AUTHOR_SHEET_DATE);
    const char *text = author_form_value(form, cell);
    char part[2][5] = {{0}};
    uint32_t year = 0, month = 0;
    bool shaped = strlen(text) == 7 && text[4] == '-';
    if (shaped) {
        memcpy(part[0], text, 4);
        memcpy(part[1], text + 5, 2);
    }
    if (!shaped || !read_whole(&year, part[0]) || !read_whole(&month, part[1]) || year < YEAR_FIRST ||
        year > YEAR_LAST || month < 1 || month > 12) {
        refuse(form, cell, "1950-01 - 2100-12");
        return;
    }
    out->year = (uint16_t)year;
    out->month = (uint8_t)month;
}

static void read_figure(struct author_form *form, uint32_t *out, struct author_form_cell cell, uint32_t low,
                        uint32_t high) {
    char range[40];
    int32_t value = 0;
    bool number = read_thousandths(&value, author_form_value(form, cell));
    if (!number || value < (int32_t)low || value > (int32_t)high) {
        snprintf(range, sizeof range, "%u.%03u - %u.%03u", low / 1000, low % 1000, high / 1000, high % 1000);
        refuse(form, cell, range);
        return;
    }
    *out = (uint32_t)value;
}

static void read_source(struct author_form *form, struct questionnaire_reference *out, size_t row) {
    struct author_form_cell cell = reference_cell(row, AUTHOR_SHEET_SOURCE);
    const char *text = author_form_value(form, cell);
    if (!text[0] || strlen(text) >= sizeof out->source || !bytes_are_plain_text(text, strlen(text), false)) {
        refuse(form, cell, "1 - 200");
        return;
    }
    memcpy(out->source, text, strlen(text) + 1);
}

static void read_reference(struct author_form *form, size_t row) {
    struct questionnaire *out = form->questionnaire;
    uint16_t at = read_scale(form, reference_cell(row, AUTHOR_SHEET_SCALE));
    struct questionnaire_reference *reference = &out->reference[out->reference_count];
    reference->scale = at;
    author_form_text(form, &reference->whom, reference_cell(row, AUTHOR_SHEET_LABEL), true,
                     AUTHOR_FORM_WORDS);
    read_date(form, reference, row);
    read_source(form, reference, row);
    struct author_form_cell pupils = reference_cell(row, AUTHOR_SHEET_PUPILS);
    if (!read_whole(&reference->pupils, author_form_value(form, pupils)) || reference->pupils < 2) {
        refuse(form, pupils, "2 - 999999999");
    }
    if (at != QUESTIONNAIRE_NONE && out->scale[at].score_max > out->scale[at].score_min) {
        uint32_t low = out->scale[at].score_min * 1000u, high = out->scale[at].score_max * 1000u;
        read_figure(form, &reference->mean, reference_cell(row, AUTHOR_SHEET_MEAN), low, high);
        read_figure(form, &reference->deviation, reference_cell(row, AUTHOR_SHEET_DEVIATION), 1,
                    (high - low) / 2);
    }
    out->reference_count++;
}

static void read_references(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_REFERENCES];
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (author_sheet_is_comment(&form->table, row)) {
            continue;
        }
        if (form->questionnaire->reference_count == QUESTIONNAIRE_REFERENCES) {
            author_form_too_many(form, reference_cell(row, AUTHOR_SHEET_SCALE), QUESTIONNAIRE_REFERENCES,
                                 "klankbord_references");
            return;
        }
        read_reference(form, row);
    }
}

/* ---- klankbord_conversions ---- */

static struct author_form_cell conversion_cell(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_CONVERSIONS, row, column};
}

/* Raw sums of a scale: the lowest, and how many there are. */
static uint32_t raw_sums(uint32_t *lowest, const struct questionnaire_scale *scale) {
    *lowest = (uint32_t)scale->item_count * scale->score_min;
    return (uint32_t)scale->item_count * (uint32_t)(scale->score_max - scale->score_min) + 1;
}

/*
 * One raw sum after the other, so that none is forgotten and none is there twice. `table` is that of the
 * row's scale.
 */
static void read_value(struct author_form *form, struct questionnaire_conversion *table, size_t row) {
    struct author_form_cell raw = conversion_cell(row, AUTHOR_SHEET_RAW);
    struct author_form_cell value = conversion_cell(row, AUTHOR_SHEET_VALUE);
    uint32_t lowest, written = 0;
    uint32_t count = raw_sums(&lowest, &form->questionnaire->scale[table->scale]);
    int32_t thousandths = 0;
    if (!read_whole(&written, author_form_value(form, raw)) || written != lowest + table->count ||
        table->count == count) {
        char next[16];
        snprintf(next, sizeof next, "%u", lowest + table->count);
        if (author_form_has(form, raw)) {
            author_form_report(form, AUTHOR_CONVERSION_RAW, raw, author_form_value(form, raw), next);
        }
        return;
    }
    bool number = read_thousandths(&thousandths, author_form_value(form, value));
    bool falls = table->count > 0 && thousandths < table->value[table->count - 1];
    if ((!number || falls || thousandths > VALUE_LIMIT || thousandths < -VALUE_LIMIT) &&
        author_form_has(form, value)) {
        author_form_report(form, AUTHOR_CONVERSION_VALUE, value, author_form_value(form, value), NULL);
        thousandths = table->count > 0 ? table->value[table->count - 1] : -VALUE_LIMIT;
    }
    table->value[table->count++] = thousandths;
}

/* Tables stand at the index of their scale while they are read. */
static void read_conversion(struct author_form *form, size_t row[QUESTIONNAIRE_SCALES], size_t at) {
    struct author_form_cell cell = conversion_cell(at, AUTHOR_SHEET_SCALE);
    uint16_t scale = read_scale(form, cell);
    if (scale == QUESTIONNAIRE_NONE) {
        return;
    }
    const struct questionnaire_scale *asked = &form->questionnaire->scale[scale];
    uint32_t lowest;
    bool sound = asked->score_max > asked->score_min;
    bool first = row[scale] == 0;
    row[scale] = at;
    if (sound && raw_sums(&lowest, asked) > QUESTIONNAIRE_RAW_SUMS) {
        if (first) {
            author_form_too_many(form, cell, QUESTIONNAIRE_RAW_SUMS, "klankbord::raw");
        }
    } else if (sound) {
        form->questionnaire->conversion[scale].scale = scale;
        read_value(form, &form->questionnaire->conversion[scale], at);
    }
}

static void close_conversions(struct author_form *form, const size_t row[QUESTIONNAIRE_SCALES]) {
    struct questionnaire *out = form->questionnaire;
    for (uint16_t i = 0; i < out->scale_count; i++) {
        uint32_t lowest, count = raw_sums(&lowest, &out->scale[i]);
        struct questionnaire_conversion *table = &out->conversion[i];
        if (row[i] == 0 || count > QUESTIONNAIRE_RAW_SUMS || count < 2) {
            continue;
        }
        if (table->count < count) {
            char last[16];
            snprintf(last, sizeof last, "%u", lowest + count - 1);
            author_form_report(form, AUTHOR_CONVERSION_INCOMPLETE, conversion_cell(row[i], AUTHOR_SHEET_RAW),
                               out->scale[i].name, last);
        }
        if (table != &out->conversion[out->conversion_count]) {
            out->conversion[out->conversion_count] = *table;
        }
        out->conversion_count++;
    }
}

static void read_conversions(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_CONVERSIONS];
    size_t last_row[QUESTIONNAIRE_SCALES] = {
        0}; /* 0: no row of this scale, for that is never a row below a header */
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (!author_sheet_is_comment(&form->table, row)) {
            read_conversion(form, last_row, row);
        }
    }
    close_conversions(form, last_row);
}

void author_form_appendix(struct author_form *form) {
    read_translations(form);
    read_recordings(form);
    read_references(form);
    read_conversions(form);
}
