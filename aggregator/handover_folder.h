/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HANDOVER_FOLDER_H
#define HANDOVER_FOLDER_H

#include "core/bytes.h"
#include "core/fault.h"

/*
 * The folder of what is handed over: a table and a page that must be of the same run, for whoever supervises
 * the school reads them beside each other.
 */

#define HANDOVER_FOLDER_TABLE "handover.csv"
#define HANDOVER_FOLDER_PAGE "account.html"

/*
 * Puts both files into `path`, which is resolved (folder_resolve) and is made when it is missing.
 *
 * A folder that holds nothing but an earlier pair, or nothing, is replaced as a whole: at every moment it is
 * the old pair or the new one (folder_put says where for a moment it is not there). A folder that holds more,
 * is the one that we are in, or cannot be replaced (the root of a stick) stays: both files are written into a
 * hidden folder in it, and while they take their places the page is missing, so that no page ever stands
 * beside the table of another run. The next run takes away what a killed one left.
 *
 * Faults of folder_list, folder_create, file_write, file_put. After one in the writing nothing has changed;
 * after one in the taking of places at most one file is there.
 */
enum fault handover_folder_write(const char *path, struct bytes table, struct bytes page) FAULT_MUST_CHECK;

#endif
