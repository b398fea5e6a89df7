/* SPDX-License-Identifier: Apache-2.0 */
/* Making a sheet to write in: from the template, or from the other form of one that is there. */
#include <string.h>
#include <strings.h>

#include "aggregator/author_save.h"
#include "aggregator/author_template.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/command_files.h"
#include "aggregator/say.h"
#include "platform/file.h"

enum form { FORM_CSV, FORM_WORKBOOK, FORM_NONE };

static enum form form_of(const char *path) {
    size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".csv") == 0    ? FORM_CSV
           : size > 5 && strcasecmp(path + size - 5, ".xlsx") == 0 ? FORM_WORKBOOK
                                                                   : FORM_NONE;
}

/*
 * libxlsxwriter writes files only; what it wrote is read back and appears under its name like everything
 * else.
 */
static enum fault encode_workbook(struct bytes_buffer *out, const char *path,
                                  const struct author_table *table) {
    char scratch[FILE_SCRATCH_SIZE];
    enum fault fault = file_scratch(scratch, path);
    if (fault) {
        return fault;
    }
    fault = author_save_workbook(scratch, table);
    fault = fault ? fault : file_read(out, scratch, AUTHOR_TABLE_BYTES);
    if (file_exists(scratch)) {
        enum fault removed = file_remove(scratch);
        fault = fault ? fault : removed;
    }
    return fault;
}

enum fault cmd_questionnaire_encode(struct bytes_buffer *out, const struct command_context *context,
                                    const char *path, const struct author_table *table) {
    enum fault fault = file_exists(path)                ? FAULT_FILE_EXISTS
                       : form_of(path) == FORM_WORKBOOK ? encode_workbook(out, path, table)
                                                        : author_save_csv(out, table);
    if (fault == FAULT_QUESTIONNAIRE) {
        say(context,
            "%s: een blad heeft een naam die in een werkmap niet kan (langer dan 31 tekens, of met een van "
            "[]:*?/\\).",
            "%s: a sheet has a name that a workbook cannot have (longer than 31 characters, or with one of "
            "[]:*?/\\).",
            path);
    } else if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    return fault;
}

enum fault cmd_questionnaire_write(const struct command_context *context, const char *path,
                                   struct bytes content) {
    enum fault fault = file_write_new(path, content, FILE_SHARED);
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    } else {
        say_out(context, "%s: %zu bytes", "%s: %zu bytes", path, content.size);
    }
    return fault;
}

static enum fault save(const struct command_context *context, const char *path,
                       const struct author_table *table) {
    struct bytes_buffer content = {0};
    enum fault fault = cmd_questionnaire_encode(&content, context, path, table);
    fault = fault ? fault : cmd_questionnaire_write(context, path, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    return fault;
}

enum fault cmd_questionnaire_read(struct author_table *out, const struct command_context *context,
                                  const char *path) {
    struct author_report report = {0};
    struct bytes_buffer content = {0};
    enum fault fault = file_read(&content, path, AUTHOR_TABLE_BYTES);
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    } else {
        fault = author_save_read(out, &report, bytes_buffer_view(&content));
        author_report_sort(&report);
        cmd_questionnaire_print(context, context->err, path, &report);
        fault = fault           ? fault
                : report.fault  ? report.fault
                : report.errors ? FAULT_QUESTIONNAIRE
                                : FAULT_NONE;
    }
    author_report_release(&report);
    bytes_buffer_release(&content);
    return fault;
}

bool cmd_questionnaire_is_sheet(const struct command_context *context, const char *path) {
    if (form_of(path) == FORM_NONE) {
        say(context, "%s: geef het bestand een naam die op .xlsx of .csv eindigt.",
            "%s: give the file a name that ends in .xlsx or .csv.", path);
        return false;
    }
    return true;
}

int cmd_questionnaire_convert(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct author_table table = {0};
    const char *path = NULL;
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &path, "het bestand dat gemaakt wordt, *.xlsx of *.csv",
         "the file to make, *.xlsx or *.csv"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    if (!cmd_questionnaire_is_sheet(context, path)) {
        return COMMAND_USAGE;
    }
    fault = cmd_questionnaire_read(&table, context, operand.value[0]);
    fault = fault ? fault : save(context, path, &table);
    author_table_release(&table);
    return command_exit_of(fault);
}

int cmd_questionnaire_template(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct author_table table = {0};
    struct author_report report = {0};
    struct bytes_buffer csv = {0};
    const char *path = NULL;
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &path, "het bestand dat gemaakt wordt, *.xlsx of *.csv",
         "the file to make, *.xlsx or *.csv"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    if (!cmd_questionnaire_is_sheet(context, path)) {
        return COMMAND_USAGE;
    }
    fault = author_template_csv(&csv);
    fault = fault ? fault : author_table_read(&table, &report, bytes_buffer_view(&csv));
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    fault = fault ? fault : save(context, path, &table);
    bytes_buffer_release(&csv);
    author_report_release(&report);
    author_table_release(&table);
    return command_exit_of(fault);
}
