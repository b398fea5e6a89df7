/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_MESSAGE_H
#define AUTHOR_MESSAGE_H

/*
 * Everything the compiler can say to an author: one entry per finding, with a stable code that never changes
 * its meaning, and in Dutch and English a reason (what is the matter) and a remedy (what to do). {0} and {1}
 * stand for what was written, or for a number or name that helps. The entries are in author_message.c.
 */

enum author_message_severity {
    AUTHOR_MESSAGE_ERROR,   /* nothing is built */
    AUTHOR_MESSAGE_WARNING, /* built, but look at it */
    AUTHOR_MESSAGE_NOTE     /* built, and this is what was left out */
};

enum author_message {
    /* the file as a whole */
    AUTHOR_FILE_LARGE,
    AUTHOR_FILE_EMPTY,
    AUTHOR_FILE_UTF16,
    AUTHOR_FILE_WORKBOOK,
    AUTHOR_FILE_NUL,
    AUTHOR_FILE_WINDOWS,
    AUTHOR_FILE_UTF8,
    AUTHOR_FILE_QUOTE,
    AUTHOR_FILE_ROWS,
    AUTHOR_FILE_COLUMNS,
    AUTHOR_FILE_CELL,
    AUTHOR_FILE_TOTAL,
    /* sheets, columns, languages */
    AUTHOR_SHEET_BEFORE,
    AUTHOR_SHEET_UNKNOWN,
    AUTHOR_SHEET_GUESS,
    AUTHOR_SHEET_DUPLICATE,
    AUTHOR_SHEET_MISSING,
    AUTHOR_SHEET_EMPTY,
    AUTHOR_COLUMN_UNKNOWN,
    AUTHOR_COLUMN_GUESS,
    AUTHOR_COLUMN_UNUSED,
    AUTHOR_COLUMN_UNUSED_GUESS,
    AUTHOR_COLUMN_DUPLICATE,
    AUTHOR_COLUMN_MISSING,
    AUTHOR_COLUMN_NO_HEADER,
    AUTHOR_LANGUAGE_NONE,
    AUTHOR_LANGUAGE_CODE,
    AUTHOR_LANGUAGE_NAME,
    AUTHOR_LANGUAGE_MANY,
    AUTHOR_LANGUAGE_DEFAULT,
    AUTHOR_LANGUAGE_PLACE,
    AUTHOR_LANGUAGE_INCOMPLETE,
    /* names, texts, values */
    AUTHOR_NAME_MISSING,
    AUTHOR_NAME_INVALID,
    AUTHOR_NAME_DUPLICATE,
    AUTHOR_LABEL_MISSING,
    AUTHOR_TEXT_TOO_LONG,
    AUTHOR_TEXT_CONTROL,
    AUTHOR_TEXT_REFERENCE,
    AUTHOR_TEXT_WORDS,
    AUTHOR_VALUE_YES_NO,
    AUTHOR_COUNT_LIMIT,
    /* types of rows */
    AUTHOR_TYPE_MISSING,
    AUTHOR_TYPE_UNKNOWN,
    AUTHOR_TYPE_GUESS,
    AUTHOR_TYPE_IDENTIFIES,
    AUTHOR_TYPE_TEXT,
    AUTHOR_TYPE_NUMBER,
    AUTHOR_TYPE_DATE,
    AUTHOR_TYPE_LOCATION,
    AUTHOR_TYPE_MEDIA,
    AUTHOR_TYPE_CALCULATE,
    AUTHOR_TYPE_REPEAT,
    AUTHOR_TYPE_RANK,
    AUTHOR_TYPE_EXTERNAL,
    AUTHOR_TYPE_OTHER,
    AUTHOR_TYPE_OR_OTHER,
    AUTHOR_COLUMN_REQUIRED,
    AUTHOR_COLUMN_CONSTRAINT,
    AUTHOR_COLUMN_CHOICE_FILTER,
    AUTHOR_COLUMN_CALCULATION,
    AUTHOR_COLUMN_DEFAULT,
    /* groups and conditions */
    AUTHOR_GROUP_OPEN,
    AUTHOR_GROUP_CLOSED,
    AUTHOR_GROUP_DEEP,
    AUTHOR_CONDITION_SYNTAX,
    AUTHOR_CONDITION_QUOTES,
    AUTHOR_CONDITION_FUNCTION,
    AUTHOR_CONDITION_DEEP,
    AUTHOR_CONDITION_LONG,
    AUTHOR_CONDITION_UNKNOWN,
    AUTHOR_CONDITION_LATER,
    AUTHOR_CONDITION_OPTION,
    AUTHOR_CONDITION_KIND,
    /* lists of choices */
    AUTHOR_LIST_MISSING,
    AUTHOR_LIST_UNKNOWN,
    AUTHOR_LIST_UNUSED,
    AUTHOR_LIST_ANSWERLESS,
    AUTHOR_SCORE_VALUE,
    AUTHOR_SCORE_MISSING_CODE,
    AUTHOR_COARSE_INCOMPLETE,
    AUTHOR_COARSE_MISSING_CODE,
    AUTHOR_OPTIONS_MANY,
    /* scales and marks */
    AUTHOR_SCALE_UNKNOWN,
    AUTHOR_SCALE_KIND,
    AUTHOR_SCALE_CONDITION,
    AUTHOR_SCALE_FEW,
    AUTHOR_SCALE_SCORES,
    AUTHOR_SCALE_RANGE,
    AUTHOR_SCALE_SUBJECT,
    AUTHOR_SCALE_DIRECTION,
    AUTHOR_REVERSE_ALONE,
    AUTHOR_BREAKDOWN_PLACE,
    AUTHOR_MARK_PLACE,
    AUTHOR_FACES_PLACE,
    AUTHOR_CUT_VALUE,
    AUTHOR_CUT_PLACE,
    AUTHOR_OWN_PLACE,
    AUTHOR_OWN_ORDER,
    AUTHOR_OWN_MANY,
    AUTHOR_MEASURE_NAME,
    AUTHOR_MEASURE_TWICE,
    AUTHOR_SENSITIVE_WAY_OUT,
    /* settings and the whole */
    AUTHOR_SETTING_MISSING,
    AUTHOR_SETTING_ROWS,
    AUTHOR_SETTING_LONG,
    AUTHOR_SETTING_VALIDITY,
    AUTHOR_ITEMS_NONE,
    AUTHOR_COUNTERS_MANY,
    AUTHOR_COUNTERS_TOO_MANY,
    AUTHOR_MESSAGE_COUNT
};

enum author_message_severity author_message_severity(enum author_message message);
const char *author_message_code(enum author_message message); /* "KB-NAME-DUPLICATE" */

/* Templates in the language 0 Dutch, 1 English (enum fault_language). */
const char *author_message_reason(enum author_message message, int language);
const char *author_message_remedy(enum author_message message, int language);

#endif
