/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "foreign_signs.h"

#include "aggregator/author.h"
#include "aggregator/author_distance.h"
#include "aggregator/author_table.h"
#include "scarce_memory.h"
#include "vector_file.h"

#define FOLDER "tests/vectors/author"

static struct questionnaire *made;
static struct author_report report;

static int tear_down(void **state) {
    (void)state;
    scarce_memory_left = -1;
    made = questionnaire_free(made);
    author_report_release(&report);
    return 0;
}

static enum fault compile(struct bytes csv) {
    made = questionnaire_free(made);
    author_report_release(&report);
    return author_compile(&made, &report, csv);
}

static enum fault compile_text(const char *csv) {
    return compile((struct bytes){(const uint8_t *)csv, strlen(csv)});
}

static enum fault compile_file(const char *path) {
    struct bytes_buffer content = {0};
    vector_file_read(&content, path);
    enum fault fault = compile(bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    return fault;
}

/* "C5", "5" or "-": as index.tsv writes it. */
static void name_place(char out[32], const struct author_report_finding *finding) {
    snprintf(out, 32, finding->row ? "%s%u" : "-", finding->letters, finding->row);
}

/* An error vector has exactly one error; a vector that is only warned about has exactly one finding. */
static void check_vector(const struct vector_file_line *line, struct bytes content) {
    enum fault fault = compile(content);
    bool valid = strcmp(line->expected[0], "-") == 0;
    size_t expected = valid ? 0 : 1, counted = 0;
    for (size_t i = 0; i < report.count; i++) {
        char place[32];
        const struct author_report_finding *finding = &report.finding[i];
        if (report.errors && finding->severity != AUTHOR_MESSAGE_ERROR) {
            continue;
        }
        counted++;
        name_place(place, finding);
        if (valid || strcmp(finding->code, line->expected[0]) != 0 || strcmp(place, line->expected[1]) != 0) {
            fail_msg("%s: got %s at %s, expected %s at %s", line->name, finding->code, place,
                     line->expected[0], line->expected[1]);
        }
    }
    if (counted != expected) {
        fail_msg("%s: %zu findings, expected %zu", line->name, counted, expected);
    }
    check_fault(fault, report.errors ? FAULT_QUESTIONNAIRE : FAULT_NONE);
    assert_true((made != NULL) == (fault == FAULT_NONE));
}

static void every_vector_gives_its_code_at_its_cell(void **state) {
    (void)state;
    assert_true(vector_file_each(FOLDER, check_vector) >= 250);
}

/* The compiled form comes from another program, written from docs/format.md alone. */
static void marks_of_the_sheet_reach_the_questionnaire(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    vector_file_read(&content, FOLDER "/valid_marks.csv");
    check_fault(author_compile(&made, &report, bytes_buffer_view(&content)), FAULT_NONE);
    assert_true(made->item[1].faces && made->item[1].has_cut && !made->item[2].faces);
    assert_int_equal(made->item[1].cut, 1);
    assert_true(made->item[4].own && !made->item[5].own && !made->item[3].own);
    assert_string_equal(made->item[5].measure, "fountain");
    bytes_buffer_release(&content);
}

/* A place with recordings: gives the name's length as digest, and the fault that the test chose. */
static enum fault sound_fault;
static enum fault sound(void *context, uint8_t out[DIGEST_BYTES], const char *name) {
    (*(size_t *)context)++;
    memset(out, (int)strlen(name), DIGEST_BYTES);
    return sound_fault;
}

static void recordings_reach_the_questionnaire(void **state) {
    (void)state;
    size_t asked = 0;
    struct author_media media = {sound, &asked, false};
    struct bytes_buffer content = {0}, encoded = {0};
    vector_file_read(&content, FOLDER "/seeds/recordings.csv");
    sound_fault = FAULT_NONE;
    check_fault(author_compile_with(&made, &report, bytes_buffer_view(&content), &media), FAULT_NONE);
    assert_int_equal(asked, 4);
    assert_int_equal(made->recording_count, 4);
    const struct questionnaire_recording *spoken =
        questionnaire_find_recording(made, QUESTIONNAIRE_RECORDED_ITEM, 1, 0, 1);
    assert_non_null(spoken);
    assert_true(spoken->robot);
    assert_int_equal(spoken->digest[0], strlen("happy.en.robot.wav"));
    assert_false(questionnaire_find_recording(made, QUESTIONNAIRE_RECORDED_ITEM, 1, 0, 0)->robot);
    assert_non_null(questionnaire_find_recording(made, QUESTIONNAIRE_RECORDED_OPTION, 1, 0, 0));
    check_fault(questionnaire_encode(&encoded, made), FAULT_NONE);
    sound_fault = FAULT_MAGIC;
    made = questionnaire_free(made);
    author_report_release(&report);
    check_fault(author_compile_with(&made, &report, bytes_buffer_view(&content), &media),
                FAULT_QUESTIONNAIRE);
    assert_string_equal(report.finding[0].code, "KB-AUDIO-WAV");
    author_report_release(&report);
    static const struct {
        enum fault fault;
        const char *code;
    } known[] = {{FAULT_FILE_MISSING, "KB-AUDIO-MISSING"},    {FAULT_FILE_READ, "KB-AUDIO-MISSING"},
                 {FAULT_RECORDING_CHANNELS, "KB-AUDIO-MONO"}, {FAULT_RECORDING_RATE, "KB-AUDIO-RATE"},
                 {FAULT_RECORDING_LENGTH, "KB-AUDIO-LENGTH"}, {FAULT_FILE_TOO_LARGE, "KB-AUDIO-LENGTH"},
                 {FAULT_RECORDING_FORM, "KB-AUDIO-WAV"},      {FAULT_TRUNCATED, "KB-AUDIO-WAV"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        sound_fault = known[i].fault;
        check_fault(author_compile_with(&made, &report, bytes_buffer_view(&content), &media),
                    FAULT_QUESTIONNAIRE);
        assert_string_equal(report.finding[0].code, known[i].code);
        author_report_release(&report);
    }
    sound_fault = FAULT_MEMORY;
    check_fault(author_compile_with(&made, &report, bytes_buffer_view(&content), &media), FAULT_MEMORY);
    bytes_buffer_release(&encoded);
    bytes_buffer_release(&content);
}

static void figures_to_compare_with_reach_the_questionnaire(void **state) {
    (void)state;
    check_fault(compile_file(FOLDER "/seeds/appendices.csv"), FAULT_NONE);
    assert_int_equal(made->language[0].translation, QUESTIONNAIRE_TRANSLATION_NOT_SAID);
    assert_int_equal(made->language[1].translation, QUESTIONNAIRE_TRANSLATION_DRAFT);
    assert_int_equal(made->reference_count, 1);
    assert_int_equal(made->reference[0].year * 100 + made->reference[0].month, 202405);
    assert_int_equal(made->reference[0].mean, 1400);
    assert_int_equal(made->reference[0].deviation, 600);
    assert_int_equal(made->reference[0].pupils, 812);
    const struct questionnaire_conversion *table = questionnaire_find_conversion(made, 0);
    assert_non_null(table);
    assert_int_equal(table->count, 5);
    assert_int_equal(table->value[0], -3100);
    assert_int_equal(table->value[1], -800);
    assert_int_equal(table->value[4], 3000);
}

static void every_way_to_save_the_sheet_gives_the_same_bytes(void **state) {
    (void)state;
    static const char *const names[] = {"valid", "valid_bom_crlf_semicolon", "valid_tabs",
                                        "valid_mac_line_ends", "valid_comments"};
    struct bytes_buffer expected = {0};
    vector_file_read(&expected, "tests/vectors/questionnaire/valid.klq");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        struct bytes_buffer content = {0};
        snprintf(path, sizeof path, FOLDER "/%s.csv", names[i]);
        check_fault(compile_file(path), FAULT_NONE);
        check_fault(questionnaire_encode(&content, made), FAULT_NONE);
        assert_int_equal(content.size, expected.size);
        assert_memory_equal(content.data, expected.data, expected.size);
        bytes_buffer_release(&content);
    }
    bytes_buffer_release(&expected);
}

/* What each shipped instrument promises of itself. */
static const struct instrument {
    const char *path, *form_id, *age_form;
    uint16_t languages, least_asked, most_asked, most_answers, wellbeing, safety, incidents, multiple, faces;
} INSTRUMENT[] = {
    {"questionnaires/primary/questionnaire.csv", "klankbord_primary", "8-12", 6, 17, 20, 4, 3, 8, 6, 1, 3},
    {"questionnaires/secondary/questionnaire.csv", "klankbord_secondary", "12-18", 6, 20, 24, 5, 4, 8, 8, 1,
     0},
};
enum { INSTRUMENTS = sizeof INSTRUMENT / sizeof *INSTRUMENT };

static void the_shipped_instruments_have_neither_errors_nor_warnings(void **state) {
    (void)state;
    static const char *const code[] = {"nl", "en", "tr", "ar", "uk", "pl"};
    for (size_t i = 0; i < INSTRUMENTS; i++) {
        check_fault(compile_file(INSTRUMENT[i].path), FAULT_NONE);
        assert_int_equal(report.errors + report.warnings + report.notes, 0);
        assert_false(made->validated);
        assert_string_equal(made->name, INSTRUMENT[i].form_id);
        assert_string_equal(made->age_form, INSTRUMENT[i].age_form);
        assert_int_equal(made->language_count, INSTRUMENT[i].languages);
        for (uint16_t j = 0; j < made->language_count; j++) {
            assert_string_equal(made->language[j].code, code[j]);
            assert_non_null(made->provenance.in[j]);
            assert_int_equal(made->language[j].translation,
                             j == 0 ? QUESTIONNAIRE_TRANSLATION_NOT_SAID : QUESTIONNAIRE_TRANSLATION_DRAFT);
        }
    }
}

static void check_signs(const struct questionnaire_text *text) {
    for (uint16_t i = 0; i < made->language_count; i++) {
        const char *code = made->language[i].code;
        const char *sign = text->in[i] == NULL ? NULL : foreign_sign(code, text->in[i]);
        if (sign != NULL) {
            fail_msg("%s: %s is not written in it: %s", code, sign, text->in[i]);
        }
    }
}

static void the_shipped_instruments_write_each_language_in_its_own_signs(void **state) {
    (void)state;
    for (size_t i = 0; i < INSTRUMENTS; i++) {
        check_fault(compile_file(INSTRUMENT[i].path), FAULT_NONE);
        for (uint16_t j = 0; j < made->item_count; j++) {
            check_signs(&made->item[j].label);
            check_signs(&made->item[j].hint);
        }
        for (uint16_t j = 0; j < made->list_count; j++) {
            for (uint16_t k = 0; k < made->list[j].option_count; k++) {
                check_signs(&made->list[j].option[k].label);
            }
        }
    }
}

static void the_shipped_instruments_measure_the_three_legal_subjects(void **state) {
    (void)state;
    for (size_t i = 0; i < INSTRUMENTS; i++) {
        const struct instrument *instrument = &INSTRUMENT[i];
        const struct {
            enum questionnaire_subject subject;
            uint16_t items;
        } wanted[] = {{QUESTIONNAIRE_SUBJECT_WELLBEING, instrument->wellbeing},
                      {QUESTIONNAIRE_SUBJECT_SAFETY, instrument->safety},
                      {QUESTIONNAIRE_SUBJECT_INCIDENTS, instrument->incidents}};
        check_fault(compile_file(instrument->path), FAULT_NONE);
        assert_int_equal(made->scale_count, 3);
        for (uint16_t j = 0; j < 3; j++) {
            bool incidents = wanted[j].subject == QUESTIONNAIRE_SUBJECT_INCIDENTS;
            assert_int_equal(made->scale[j].subject, wanted[j].subject);
            assert_int_equal(made->scale[j].item_count, wanted[j].items);
            assert_int_equal(made->scale[j].formative, incidents);
            assert_int_equal(made->scale[j].high_is_good, !incidents);
        }
        assert_int_not_equal(questionnaire_find_item(made, "safe_school"), QUESTIONNAIRE_NONE);
    }
}

/*
 * What is sensitive has a way out, an incident is sensitive and never has a face; a scale's answers are few,
 * and coarser for a class.
 */
static void check_gentle(uint16_t at, const struct instrument *instrument) {
    const struct questionnaire_item *item = &made->item[at];
    const struct questionnaire_list *list = questionnaire_list_of(made, at);
    bool incident = item->scale != QUESTIONNAIRE_NONE && made->scale[item->scale].formative;
    uint16_t answers = 0;
    assert_true(!incident || (item->sensitive && item->has_cut && !item->faces));
    assert_false(item->breakdown || questionnaire_is_local(item));
    if (list && (item->sensitive || item->scale != QUESTIONNAIRE_NONE)) {
        assert_int_not_equal(questionnaire_find_option(list, QUESTIONNAIRE_RATHER_NOT), QUESTIONNAIRE_NONE);
    }
    for (uint16_t i = 0; list && i < list->option_count; i++) {
        answers = (uint16_t)(answers + (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER));
    }
    if (item->scale != QUESTIONNAIRE_NONE) {
        assert_int_equal(list->coarse_count, 3);
        assert_true(answers >= 3 && answers <= instrument->most_answers);
    }
    if (item->has_cut) {
        assert_string_equal(list->option[item->cut].name, "monthly");
        assert_int_equal(list->option[item->cut].score, item->cut);
    }
}

static void the_shipped_instruments_are_gentle(void **state) {
    (void)state;
    for (size_t at = 0; at < INSTRUMENTS; at++) {
        check_fault(compile_file(INSTRUMENT[at].path), FAULT_NONE);
        uint16_t asked = 0, conditional = 0, multiple = 0, faces = 0, first = QUESTIONNAIRE_NONE;
        for (uint16_t i = 0; i < made->item_count; i++) {
            const struct questionnaire_item *item = &made->item[i];
            check_gentle(i, &INSTRUMENT[at]);
            first = first == QUESTIONNAIRE_NONE && item->kind != QUESTIONNAIRE_NOTE ? i : first;
            asked = (uint16_t)(asked + (item->kind != QUESTIONNAIRE_NOTE));
            conditional = (uint16_t)(conditional + (item->step_count > 0));
            multiple = (uint16_t)(multiple + (item->kind == QUESTIONNAIRE_SELECT_MULTIPLE));
            faces = (uint16_t)(faces + item->faces);
        }
        assert_in_range(asked, INSTRUMENT[at].least_asked, INSTRUMENT[at].most_asked);
        assert_int_equal(conditional, 1);
        assert_int_equal(multiple, INSTRUMENT[at].multiple);
        assert_int_equal(faces, INSTRUMENT[at].faces);
        const uint16_t pleasant[] = {first, (uint16_t)(made->item_count - 1)};
        for (size_t i = 0; i < 2; i++) {
            const struct questionnaire_item *item = &made->item[pleasant[i]];
            assert_true(!item->sensitive && item->kind == QUESTIONNAIRE_SELECT_ONE && item->step_count == 0);
            assert_int_equal(made->scale[item->scale].subject, QUESTIONNAIRE_SUBJECT_WELLBEING);
        }
    }
}

static bool is_told_to_all(uint16_t at) {
    return made->item[at].kind == QUESTIONNAIRE_NOTE && made->item[at].step_count == 0;
}

/*
 * How a pupil is, how safe, and only then what happened; what teasing is and which months are meant are told before
 * that, and where help is after it, to everybody: what only some saw would say who they are.
 */
static void the_shipped_instruments_ask_late_what_is_nasty_and_end_with_help(void **state) {
    (void)state;
    for (size_t at = 0; at < INSTRUMENTS; at++) {
        check_fault(compile_file(INSTRUMENT[at].path), FAULT_NONE);
        uint16_t first = QUESTIONNAIRE_NONE, last = 0, help = 0;
        for (uint16_t i = 0; i < made->item_count; i++) {
            bool incident = questionnaire_subject_of(made, i) == QUESTIONNAIRE_SUBJECT_INCIDENTS;
            first = incident && first == QUESTIONNAIRE_NONE ? i : first;
            last = incident ? i : last;
            help = is_told_to_all(i) ? i : help;
            assert_true(questionnaire_subject_of(made, i) != QUESTIONNAIRE_SUBJECT_SAFETY ||
                        first == QUESTIONNAIRE_NONE);
        }
        assert_in_range(first, 2, made->item_count - 1);
        assert_true(is_told_to_all((uint16_t)(first - 1)) && is_told_to_all((uint16_t)(first - 2)));
        assert_in_range(help, last + 1, made->item_count - 2);
    }
}

static const char head[] = "survey\n,type,name,label::English (en),relevant\n"
                           ",select_one l,a,A?\n,select_one l,b,B?\n,select_multiple l,c,C?\n";
static const char tail[] = "choices\n,list_name,name,label::English (en)\n,l,x,X\n,l,y,Y\n"
                           "settings\n,form_title,form_id,version,klankbord::provenance,klankbord::validity\n"
                           ",T,t,1,own,not validated\n";

/* Compiles with these rows behind the questions a, b and c, each with the options x and y. */
static enum fault compile_rows(const char *rows) {
    char csv[4096];
    snprintf(csv, sizeof csv, "%s%s%s", head, rows, tail);
    return compile_text(csv);
}

/* Whether item `d` is asked when a, b and c have these masks. */
static bool asks(uint32_t a, uint32_t b, uint32_t c) {
    uint32_t chosen[QUESTIONNAIRE_ITEMS] = {a, b, c};
    return questionnaire_asks(made, questionnaire_find_item(made, "d"), chosen);
}

static void check_truth(const char *condition, bool (*expected)(bool a, bool b, bool c)) {
    char row[512];
    snprintf(row, sizeof row, ",select_one l,d,D?,\"%s\"\n", condition);
    check_fault(compile_rows(row), FAULT_NONE);
    for (unsigned i = 0; i < 8; i++) {
        bool a = i & 1u, b = i & 2u, c = i & 4u;
        if (asks(a, b, c) != expected(a, b, c)) {
            fail_msg("%s: wrong for a=%d b=%d c=%d", condition, a, b, c);
        }
    }
}

static bool and_binds_tighter(bool a, bool b, bool c) {
    return a || (b && c);
}

static bool brackets_bind_tightest(bool a, bool b, bool c) {
    return (a || b) && c;
}

static bool not_takes_its_brackets(bool a, bool b, bool c) {
    return !(a && b) || c;
}

static bool unequal(bool a, bool b, bool c) {
    return !a && !b && c;
}

static void conditions_mean_what_xlsform_says(void **state) {
    (void)state;
    check_truth("${a} = 'x' or ${b} = 'x' and selected(${c}, 'x')", and_binds_tighter);
    check_truth("${b} = 'x' and selected(${c}, 'x') or ${a} = 'x'", and_binds_tighter);
    check_truth("(${a} = 'x' or ${b}='x') and selected(${c},'x')", brackets_bind_tightest);
    check_truth("not(${a} = 'x' and ${b} = 'x') or selected( ${ c } , 'x' )", not_takes_its_brackets);
    check_truth("${a}!='x' and ${b} != 'x' and selected(${c},'x')", unequal);
}

static bool both(bool a, bool b, bool c) {
    (void)c;
    return a && b;
}

static bool all(bool a, bool b, bool c) {
    return a && b && c;
}

static void check_groups(const char *rows, bool (*expected)(bool a, bool b, bool c)) {
    check_fault(compile_rows(rows), FAULT_NONE);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(asks(i & 1u, (i & 2u) != 0, (i & 4u) != 0), expected(i & 1u, i & 2u, i & 4u));
    }
}

static void the_conditions_of_groups_join_those_of_their_items(void **state) {
    (void)state;
    check_groups(",begin_group,g,G,${a} = 'x'\n,begin_group,h,H,${b} = 'x'\n,select_one "
                 "l,d,D?\n,end_group\n,end_group\n",
                 both);
    assert_int_equal(made->section[1].parent, 0);
    assert_int_equal(made->item[3].section, 1);
    check_groups(",begin_group,g,G,${a} = 'x'\n,begin_group,h,H,${b} = 'x'\n,end_group\n"
                 ",begin_group,i,I,\"${a} = 'x' or ${b} = 'x'\"\n,begin_group,j,J,${b} = 'x'\n"
                 ",select_one l,d,D?,\"selected(${c}, 'x')\"\n,end_group\n,end_group\n,end_group\n",
                 all);
    assert_int_equal(made->item[3].section, 3);
}

/* A cell with line breaks is one row of a spreadsheet, a blank row is one too. */
static void rows_are_counted_as_a_spreadsheet_does(void **state) {
    (void)state;
    check_fault(compile_rows(",note,n,\"one\r\ntwo\nthree\"\r\n\r\n\n,text,t,T\n"), FAULT_QUESTIONNAIRE);
    assert_int_equal(report.count, 1);
    assert_int_equal(report.finding[0].row, 9);
    check_fault(compile_rows(",note,n,\"one\r\ntwo\rthree\"\n"), FAULT_NONE);
    assert_string_equal(made->item[3].label.in[0], "one\ntwo\nthree");
}

static void all_errors_come_at_once(void **state) {
    (void)state;
    static const char *const expected[] = {"KB-TYPE-TEXT", "KB-NAME-DUPLICATE", "KB-LIST-UNKNOWN",
                                           "KB-LABEL-MISSING", "KB-CONDITION-UNKNOWN"};
    check_fault(
        compile_rows(",text,t,T\n,select_one l,a,A?\n,select_one m,e,E?\n,note,f\n,note,g,G,${z} = 'x'\n"),
        FAULT_QUESTIONNAIRE);
    assert_int_equal(report.errors, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(report.finding[i].code, expected[i]);
        assert_int_equal(report.finding[i].row, 6 + i);
        assert_string_equal(report.finding[i].sheet, "survey");
    }
}

static void beyond_two_hundred_findings_are_counted_and_errors_come_first(void **state) {
    (void)state;
    char csv[65536] = "";
    size_t used = (size_t)snprintf(csv, sizeof csv, "%s", head);
    for (int i = 0; i < 250; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, ",start,s\n");
    }
    for (int i = 0; i < 60; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, ",text,t\n");
    }
    snprintf(csv + used, sizeof csv - used, "%s", tail);
    check_fault(compile_text(csv), FAULT_QUESTIONNAIRE);
    assert_int_equal(report.notes, 250);
    assert_int_equal(report.errors, 60);
    assert_int_equal(report.count, AUTHOR_REPORT_FINDINGS);
    size_t errors = 0;
    for (size_t i = 0; i < report.count; i++) {
        errors += report.finding[i].severity == AUTHOR_MESSAGE_ERROR;
        assert_true(i == 0 || report.finding[i].row >= report.finding[i - 1].row);
    }
    assert_int_equal(errors, 60);
}

static void a_guess_is_offered_for_what_was_misspelt(void **state) {
    (void)state;
    check_fault(compile_rows(",selct_one l,d,D?\n,note,e,E,${A} = 'x'\n,select_one ll,f,F?\n"),
                FAULT_QUESTIONNAIRE);
    assert_non_null(strstr(report.finding[0].remedy[FAULT_LANGUAGE_EN], "\"select_one\""));
    assert_non_null(strstr(report.finding[0].remedy[FAULT_LANGUAGE_NL], "\"select_one\""));
}

static void a_value_in_a_message_is_cut_and_cannot_steer_a_terminal(void **state) {
    (void)state;
    char row[400] = ",note,";
    memset(row + strlen(row), 'n', 200);
    strcat(row, "\x1b[31m\xC2\x9B,N\n");
    check_fault(compile_rows(row), FAULT_QUESTIONNAIRE);
    assert_string_equal(report.finding[0].code, "KB-NAME-INVALID");
    assert_non_null(strstr(report.finding[0].reason[0], "nnn...\""));
    assert_true(strlen(report.finding[0].reason[0]) < 100);
    check_fault(compile_rows(",note,\x1b[31m\xC2\x9Bq,N\n"), FAULT_QUESTIONNAIRE);
    assert_non_null(strstr(report.finding[0].reason[0], "\" [31m  q\""));
}

static void a_file_of_more_than_four_mebibytes_is_refused(void **state) {
    (void)state;
    size_t size = AUTHOR_TABLE_BYTES + 1;
    uint8_t *large = malloc(size);
    assert_non_null(large);
    memset(large, '\n', size);
    check_fault(compile((struct bytes){large, size}), FAULT_QUESTIONNAIRE);
    assert_string_equal(report.finding[0].code, "KB-FILE-LARGE");
    check_fault(compile((struct bytes){large, size - 1}), FAULT_QUESTIONNAIRE);
    assert_string_equal(report.finding[0].code, "KB-SHEET-MISSING");
    free(large);
}

static void too_many_counters_are_an_error_and_many_a_warning(void **state) {
    (void)state;
    char csv[32768] = "";
    size_t used =
        (size_t)snprintf(csv, sizeof csv, "survey\n,type,name,label::English (en),klankbord::breakdown\n");
    for (int i = 0; i < 100; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, ",select_one l,q%d,Q?,%s\n", i,
                                 i < 3 ? "yes" : "");
    }
    snprintf(csv + used, sizeof csv - used, "%s", tail);
    check_fault(compile_text(csv), FAULT_NONE);
    assert_int_equal(report.warnings, 1);
    assert_string_equal(report.finding[0].code, "KB-COUNTERS-MANY");
    /* Ten breakdowns of ten categories each repeat every other question a hundred times. */
    used = (size_t)snprintf(csv, sizeof csv, "survey\n,type,name,label::English (en),klankbord::breakdown\n");
    for (int i = 0; i < 110; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, ",select_one m,q%d,Q?,%s\n", i,
                                 i < 10 ? "yes" : "");
    }
    used += (size_t)snprintf(csv + used, sizeof csv - used, "choices\n,list_name,name,label::English (en)\n");
    for (int i = 0; i < 10; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, ",m,o%d,O\n", i);
    }
    snprintf(csv + used, sizeof csv - used, "%s", strstr(tail, "settings"));
    check_fault(compile_text(csv), FAULT_QUESTIONNAIRE);
    assert_int_equal(report.errors, 1);
    assert_string_equal(report.finding[0].code, "KB-COUNTERS-TOO-MANY");
}

static void running_out_of_memory_anywhere_gives_only_that_fault(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    vector_file_read(&content, FOLDER "/valid.csv");
    enum fault fault = FAULT_MEMORY;
    long at = 0;
    for (; fault == FAULT_MEMORY && at < 10000; at++) {
        made = questionnaire_free(made);
        author_report_release(&report);
        scarce_memory_left = at;
        fault = author_compile(&made, &report, bytes_buffer_view(&content));
        scarce_memory_left = -1;
        assert_true((made != NULL) == (fault == FAULT_NONE));
    }
    check_fault(fault, FAULT_NONE);
    assert_true(at > 30);
    bytes_buffer_release(&content);
}

static void every_message_has_a_code_and_speaks_both_languages(void **state) {
    (void)state;
    for (unsigned i = 0; i < AUTHOR_MESSAGE_COUNT; i++) {
        enum author_message message = (enum author_message)i;
        assert_int_equal(strncmp(author_message_code(message), "KB-", 3), 0);
        for (int language = 0; language < 2; language++) {
            assert_true(strlen(author_message_reason(message, language)) > 10);
            assert_true(strlen(author_message_remedy(message, language)) > 10);
        }
        assert_string_not_equal(author_message_reason(message, 0), author_message_reason(message, 1));
        for (unsigned j = 0; j + 1 < i; j++) { /* neighbours may share a code: with and without a guess */
            assert_string_not_equal(author_message_code(message),
                                    author_message_code((enum author_message)j));
        }
    }
}

static void distances_count_swaps_as_one(void **state) {
    (void)state;
    assert_int_equal(author_distance("", ""), 0);
    assert_int_equal(author_distance("", "abc"), 3);
    assert_int_equal(author_distance("tpye", "type"), 1);
    assert_int_equal(author_distance("Label", "label"), 0);
    assert_int_equal(author_distance("kitten", "sitting"), 3);
    assert_int_equal(author_distance("ca", "abc"),
                     3); /* optimal string alignment, not the full Damerau distance */
    assert_true(author_distance_is_near("chioces", "choices"));
    assert_false(author_distance_is_near("nam", "a"));
    assert_false(author_distance_is_near("end", "start"));
}

static void columns_have_the_letters_of_a_spreadsheet(void **state) {
    (void)state;
    static const struct {
        uint32_t column;
        const char *letters;
    } pair[] = {{0, ""},     {1, "A"},     {26, "Z"},      {27, "AA"},  {52, "AZ"},      {53, "BA"},
                {702, "ZZ"}, {703, "AAA"}, {18278, "ZZZ"}, {18279, ""}, {UINT32_MAX, ""}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        char letters[AUTHOR_REPORT_COLUMN];
        author_report_letters(letters, pair[i].column);
        assert_string_equal(letters, pair[i].letters);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_vector_gives_its_code_at_its_cell),
        TEST(marks_of_the_sheet_reach_the_questionnaire),
        TEST(recordings_reach_the_questionnaire),
        TEST(figures_to_compare_with_reach_the_questionnaire),
        TEST(every_way_to_save_the_sheet_gives_the_same_bytes),
        TEST(the_shipped_instruments_have_neither_errors_nor_warnings),
        TEST(the_shipped_instruments_write_each_language_in_its_own_signs),
        TEST(the_shipped_instruments_measure_the_three_legal_subjects),
        TEST(the_shipped_instruments_are_gentle),
        TEST(the_shipped_instruments_ask_late_what_is_nasty_and_end_with_help),
        TEST(conditions_mean_what_xlsform_says),
        TEST(the_conditions_of_groups_join_those_of_their_items),
        TEST(rows_are_counted_as_a_spreadsheet_does),
        TEST(all_errors_come_at_once),
        TEST(beyond_two_hundred_findings_are_counted_and_errors_come_first),
        TEST(a_guess_is_offered_for_what_was_misspelt),
        TEST(a_value_in_a_message_is_cut_and_cannot_steer_a_terminal),
        TEST(a_file_of_more_than_four_mebibytes_is_refused),
        TEST(too_many_counters_are_an_error_and_many_a_warning),
        TEST(running_out_of_memory_anywhere_gives_only_that_fault),
        TEST(every_message_has_a_code_and_speaks_both_languages),
        TEST(distances_count_swaps_as_one),
        TEST(columns_have_the_letters_of_a_spreadsheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
