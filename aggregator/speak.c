/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/speak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_save.h"
#include "core/recording.h"
#include "platform/file.h"

static const char *const endings[2] = {".wav", ".robot.wav"};
enum { PERSON, ROBOT };

static const struct questionnaire_text *label_of(const struct questionnaire *questionnaire,
                                                 enum questionnaire_recorded kind, uint16_t part,
                                                 uint16_t option) {
    return kind == QUESTIONNAIRE_RECORDED_ITEM ? &questionnaire->item[part].label
                                               : &questionnaire->list[part].option[option].label;
}

void speak_name(char out[SPEAK_NAME_SIZE], const struct questionnaire *questionnaire,
                enum questionnaire_recorded kind, uint16_t part, uint16_t option, uint16_t language) {
    const char *code = questionnaire->language[language].code;
    if (kind == QUESTIONNAIRE_RECORDED_ITEM) {
        snprintf(out, SPEAK_NAME_SIZE, "%s.%s", questionnaire->item[part].name, code);
    } else {
        const struct questionnaire_list *list = &questionnaire->list[part];
        snprintf(out, SPEAK_NAME_SIZE, "%s.%s.%s", list->name, list->option[option].name, code);
    }
}

/* ---- what is read ---- */

/* Signs that have no sound and no width: soft hyphens, joiners, marks of direction. */
static size_t silent_at(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] == 0xC2 && at[1] == 0xAD) {
        return 2;
    }
    bool general = at[0] == 0xE2 && (at[1] == 0x80 || at[1] == 0x81);
    if (!general) {
        return 0;
    }
    bool marks = at[1] == 0x80 && ((at[2] >= 0x8B && at[2] <= 0x8F) || (at[2] >= 0xAA && at[2] <= 0xAE));
    bool isolates = at[1] == 0x81 && at[2] >= 0xA0 && at[2] <= 0xAF;
    return marks || isolates ? 3 : 0;
}

/*
 * Adds a text with single spaces; where one bracket after another would begin phonemes, they are kept apart.
 */
static size_t add_spoken(char out[SPEAK_TEXT_SIZE], size_t size, const char *text) {
    for (size_t i = 0; text[i] && size + 4 < SPEAK_TEXT_SIZE;) {
        size_t silent = silent_at(text + i);
        bool space = text[i] == ' ' || text[i] == '\n';
        if (silent > 0) {
            i += silent;
            continue;
        }
        if (space ? size > 0 && out[size - 1] != ' ' : size > 0 && text[i] == '[' && out[size - 1] == '[') {
            out[size++] = ' ';
        }
        if (!space) {
            out[size++] = text[i];
        }
        i++;
    }
    while (size > 0 && out[size - 1] == ' ') {
        size--;
    }
    out[size] = '\0';
    return size;
}

void speak_text(char out[SPEAK_TEXT_SIZE], const struct questionnaire *questionnaire,
                enum questionnaire_recorded kind, uint16_t part, uint16_t option, uint16_t language) {
    const char *label = label_of(questionnaire, kind, part, option)->in[language];
    const char *hint =
        kind == QUESTIONNAIRE_RECORDED_ITEM ? questionnaire->item[part].hint.in[language] : NULL;
    out[0] = '\0';
    if (label == NULL) {
        return;
    }
    size_t size = add_spoken(out, 0, label);
    if (hint != NULL) {
        bool ended = size > 0 && strchr(".?!:", out[size - 1]) != NULL;
        snprintf(out + size, SPEAK_TEXT_SIZE - size, "%s", ended ? " " : ". ");
        (void)add_spoken(out, strlen(out), hint);
    }
}

bool speak_has_voice(const char *language) {
    static const char *const voices[] = {"nl", "en", "pl", "tr"};
    bool has = false;
    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++) {
        has = has || strcmp(voices[i], language) == 0;
    }
    return has;
}

/* ---- texts.csv ---- */

static enum fault path_of(char out[SPEAK_PATH_SIZE], const struct speak *speak, const char *name,
                          const char *ending) {
    int size = snprintf(out, SPEAK_PATH_SIZE, "%s/%s%s", speak->folder, name, ending);
    return size < 0 || size >= SPEAK_PATH_SIZE ? FAULT_LIMIT : FAULT_NONE;
}

static enum fault read_known(struct speak *speak) {
    char path[SPEAK_PATH_SIZE];
    struct bytes_buffer content = {0};
    struct author_report report = {0};
    enum fault fault = path_of(path, speak, "texts", ".csv");
    fault = fault ? fault : file_read(&content, path, AUTHOR_TABLE_BYTES);
    if (!fault) {
        fault = author_table_read(&speak->known, &report, bytes_buffer_view(&content));
        fault = fault == FAULT_QUESTIONNAIRE || (!fault && report.errors) ? FAULT_FILE_READ : fault;
    }
    author_report_release(&report);
    bytes_buffer_release(&content);
    return fault == FAULT_FILE_MISSING ? FAULT_NONE : fault;
}

/* The row of a file, or row_count. */
static size_t known_row(const struct speak *speak, const char *name, const char *ending) {
    char file[SPEAK_NAME_SIZE + 16];
    size_t row = 0;
    snprintf(file, sizeof file, "%s%s", name, ending);
    while (row < speak->known.row_count && strcmp(author_table_cell(&speak->known, row, 1), file) != 0) {
        row++;
    }
    return row;
}

/* ---- looking ---- */

static bool read_digest(uint8_t out[DIGEST_BYTES], const struct speak *speak, const char *name,
                        const char *ending) {
    char path[SPEAK_PATH_SIZE];
    struct bytes_buffer content = {0};
    struct recording recording;
    enum fault fault = path_of(path, speak, name, ending);
    fault = fault ? fault : file_read(&content, path, RECORDING_BYTES_LIMIT);
    fault = fault ? fault : recording_decode(&recording, bytes_buffer_view(&content));
    if (!fault) {
        recording_digest(out, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault == FAULT_NONE;
}

/*
 * Whether the text was another when this very sound was first seen; a sound that is new is of the text as it
 * is now.
 */
static bool is_stale(const struct speak *speak, const struct speak_line *line, int who) {
    char text[SPEAK_TEXT_SIZE];
    char hex[2 * DIGEST_BYTES + 1];
    size_t row = known_row(speak, line->name, endings[who]);
    if (row == speak->known.row_count) {
        return who == ROBOT; /* made, and then broken off */
    }
    digest_hex(hex, line->digest, sizeof line->digest);
    if (strcmp(author_table_cell(&speak->known, row, 2), hex) != 0) {
        return who == ROBOT;
    }
    speak_text(text, speak->questionnaire, line->kind, line->part, line->option, line->language);
    return strcmp(author_table_cell(&speak->known, row, 3), text) != 0;
}

static void look_at(struct speak *speak, struct speak_line *line) {
    const struct questionnaire_recording *used = questionnaire_find_recording(
        speak->questionnaire, line->kind, line->part, line->option, line->language);
    speak_name(line->name, speak->questionnaire, line->kind, line->part, line->option, line->language);
    int who = PERSON;
    bool found = read_digest(line->digest, speak, line->name, endings[PERSON]);
    if (!found) {
        who = ROBOT;
        found = read_digest(line->digest, speak, line->name, endings[ROBOT]);
    }
    if (used != NULL && (!found || memcmp(used->digest, line->digest, DIGEST_BYTES) != 0)) {
        line->state = SPEAK_ELSEWHERE;
    } else if (!found) {
        line->state = SPEAK_MISSING;
    } else if (is_stale(speak, line, who)) {
        line->state = who == PERSON ? SPEAK_PERSON_STALE : SPEAK_ROBOT_STALE;
    } else {
        line->state = who == PERSON ? SPEAK_PERSON : SPEAK_ROBOT;
    }
}

static void look_at_label(struct speak *speak, struct speak_line line) {
    const struct questionnaire *questionnaire = speak->questionnaire;
    const struct questionnaire_text *label = label_of(questionnaire, line.kind, line.part, line.option);
    for (line.language = 0; line.language < questionnaire->language_count; line.language++) {
        if (label->in[line.language] != NULL) {
            look_at(speak, &line);
            speak->line[speak->count++] = line;
        }
    }
}

static size_t most_lines(const struct questionnaire *questionnaire) {
    size_t texts = questionnaire->item_count;
    for (uint16_t i = 0; i < questionnaire->list_count; i++) {
        texts += questionnaire->list[i].option_count;
    }
    return texts * questionnaire->language_count;
}

enum fault speak_open(struct speak *out, const struct questionnaire *questionnaire, const char *folder) {
    struct speak_line line = {.kind = QUESTIONNAIRE_RECORDED_ITEM};
    *out = (struct speak){.questionnaire = questionnaire, .folder = folder};
    out->line = calloc(most_lines(questionnaire), sizeof *out->line);
    enum fault fault = out->line ? read_known(out) : FAULT_MEMORY;
    if (fault) {
        speak_close(out);
        return fault;
    }
    for (line.part = 0; line.part < questionnaire->item_count; line.part++) {
        look_at_label(out, line);
    }
    line.kind = QUESTIONNAIRE_RECORDED_OPTION;
    for (line.part = 0; line.part < questionnaire->list_count; line.part++) {
        for (line.option = 0; line.option < questionnaire->list[line.part].option_count; line.option++) {
            look_at_label(out, line);
        }
    }
    return FAULT_NONE;
}

void speak_close(struct speak *speak) {
    author_table_release(&speak->known);
    free(speak->line);
    *speak = (struct speak){0};
}

/* ---- writing down ---- */

static void add_cell(struct author_table_writer *writer, const char *text) {
    author_table_add_cell(writer, text, strlen(text));
}

/* A file whose text changed keeps its line: otherwise it would be forgotten that it changed. */
static void add_line(struct author_table_writer *writer, const struct speak *speak,
                     const struct speak_line *line) {
    bool person = line->state == SPEAK_PERSON || line->state == SPEAK_PERSON_STALE;
    bool robot = line->state == SPEAK_ROBOT || line->state == SPEAK_ROBOT_STALE;
    const char *ending = endings[person ? PERSON : ROBOT];
    char file[SPEAK_NAME_SIZE + 16];
    char hex[2 * DIGEST_BYTES + 1];
    char text[SPEAK_TEXT_SIZE];
    if (!person && !robot) {
        return;
    }
    bool stale = line->state == SPEAK_PERSON_STALE || line->state == SPEAK_ROBOT_STALE;
    size_t row = known_row(speak, line->name, ending);
    if (stale && row == speak->known.row_count) {
        return;
    }
    snprintf(file, sizeof file, "%s%s", line->name, ending);
    digest_hex(hex, line->digest, sizeof line->digest);
    speak_text(text, speak->questionnaire, line->kind, line->part, line->option, line->language);
    add_cell(writer, file);
    add_cell(writer, stale ? author_table_cell(&speak->known, row, 2) : hex);
    add_cell(writer, stale ? author_table_cell(&speak->known, row, 3) : text);
    author_table_end_row(writer);
}

enum fault speak_save(const struct speak *speak) {
    char path[SPEAK_PATH_SIZE];
    struct author_table table = {0};
    struct author_report report = {0};
    struct bytes_buffer content = {0};
    struct author_table_writer writer = {.table = &table, .report = &report, .number = 1};
    add_cell(&writer, "file");
    add_cell(&writer, "sound");
    add_cell(&writer, "text");
    author_table_end_row(&writer);
    for (size_t i = 0; i < speak->count; i++) {
        add_line(&writer, speak, &speak->line[i]);
    }
    enum fault fault = writer.fault  ? writer.fault
                       : writer.full ? FAULT_LIMIT
                                     : path_of(path, speak, "texts", ".csv");
    fault = fault || table.row_count == 1 ? fault : author_save_csv(&content, &table);
    if (!fault && table.row_count > 1) {
        fault = file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    }
    bytes_buffer_release(&content);
    author_report_release(&report);
    author_table_release(&table);
    return fault;
}
