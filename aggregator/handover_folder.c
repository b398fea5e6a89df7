/* SPDX-License-Identifier: Apache-2.0 */
#include "handover_folder.h"

#include <string.h>

#include "keyholder.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "report_folder.h"

static bool is_obstacle(const char *folder, const char *name) {
    char path[KEYHOLDER_PATH_SIZE];
    return keyholder_path(path, folder, name) != FAULT_NONE || file_is_obstacle(path);
}

static enum fault write_into(const char *folder, struct bytes table, struct bytes page) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(path, folder, HANDOVER_FOLDER_TABLE);
    fault = fault ? fault : file_write(path, table, FILE_SHARED);
    fault = fault ? fault : keyholder_path(path, folder, HANDOVER_FOLDER_PAGE);
    return fault ? fault : file_write(path, page, FILE_SHARED);
}

static bool only_the_pair(const struct folder_names *names) {
    for (size_t i = 0; i < names->count; i++) {
        if (!report_folder_is_handover(names->names[i])) {
            return false;
        }
    }
    return true;
}

/* Where it is not even possible to look, writing will say why. */
static bool may_be_replaced(const char *path) {
    struct folder_names names = {0}, hidden = {0};
    if (!file_exists(path)) {
        return true;
    }
    enum fault fault = folder_list(&names, path, "");
    fault = fault ? fault : folder_list_hidden(&hidden, path);
    bool may = !fault && only_the_pair(&names) && hidden.count == 0 && !folder_is_around_us(path);
    folder_names_release(&hidden);
    folder_names_release(&names);
    return may;
}

/* What is unfinished after a fault, and what was replaced: nobody misses either. */
static void forget(const char *made) {
    enum fault ignored = file_exists(made) ? folder_remove_with_files(made) : FAULT_NONE;
    (void)ignored;
}

static enum fault replace_folder(const char *path, struct bytes table, struct bytes page) {
    char made[FILE_SCRATCH_SIZE];
    enum fault fault = file_scratch(made, path);
    if (fault) {
        return fault;
    }
    fault = folder_create(made);
    fault = fault ? fault : write_into(made, table, page);
    fault = fault ? fault : folder_put(made, path);
    forget(made);
    return fault;
}

/* The page goes first and comes last: the table alone misleads nobody. */
static enum fault take_places(const char *made, const char *folder) {
    char made_table[KEYHOLDER_PATH_SIZE], made_page[KEYHOLDER_PATH_SIZE];
    char table[KEYHOLDER_PATH_SIZE], page[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(made_table, made, HANDOVER_FOLDER_TABLE);
    fault = fault ? fault : keyholder_path(made_page, made, HANDOVER_FOLDER_PAGE);
    fault = fault ? fault : keyholder_path(table, folder, HANDOVER_FOLDER_TABLE);
    fault = fault ? fault : keyholder_path(page, folder, HANDOVER_FOLDER_PAGE);
    fault = fault || !file_exists(page) ? fault : file_remove(page);
    fault = fault ? fault : file_put(made_table, table);
    return fault ? fault : file_put(made_page, page);
}

/* In a hidden folder inside this one, which may be all of its file system. */
static enum fault replace_files(const char *path, struct bytes table, struct bytes page) {
    char table_path[KEYHOLDER_PATH_SIZE], made[FILE_SCRATCH_SIZE];
    enum fault fault = keyholder_path(table_path, path, HANDOVER_FOLDER_TABLE);
    fault = fault ? fault : file_scratch(made, table_path);
    if (fault) {
        return fault;
    }
    fault = folder_create(path);
    fault = fault ? fault : folder_create(made);
    fault = fault ? fault : write_into(made, table, page);
    fault = fault ? fault : take_places(made, path);
    forget(made);
    return fault;
}

static void sweep(const char *folder) {
    char path[KEYHOLDER_PATH_SIZE];
    report_folder_sweep(folder);
    if (keyholder_path(path, folder, HANDOVER_FOLDER_TABLE) == FAULT_NONE) {
        report_folder_sweep(path);
    }
    if (keyholder_path(path, folder, HANDOVER_FOLDER_PAGE) == FAULT_NONE) {
        report_folder_sweep(path);
    }
}

enum fault handover_folder_write(const char *path, struct bytes table, struct bytes page) {
    if (is_obstacle(path, HANDOVER_FOLDER_TABLE) || is_obstacle(path, HANDOVER_FOLDER_PAGE)) {
        return FAULT_FILE_WRITE;
    }
    sweep(path);
    if (!may_be_replaced(path)) {
        return replace_files(path, table, page);
    }
    enum fault fault = replace_folder(path, table, page);
    /* Its place may be one that nothing can be made in or moved from, as the root of a stick is. */
    return fault && file_exists(path) ? replace_files(path, table, page) : fault;
}
