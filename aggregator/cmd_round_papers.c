/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/papers.h"
#include "aggregator/say.h"
#include "platform/file.h"
#include "platform/folder.h"

enum { PAPER_BYTES_LIMIT = 16 << 20 };

/* One paper on its way to the disk. */
struct paper {
    struct bytes_buffer content;
    char path[KEYHOLDER_PATH_SIZE];
    bool there; /* already a file, other than this or this */
    bool same;  /* exactly this */
    bool written;
};

struct papers_work {
    struct command_context *context;
    const char *folder;
    bool replace;
    bool new_folder;
    struct paper *paper; /* papers_count() */
};

static int make_all(struct papers_work *work, const struct round *round, const struct papers_extra *extra) {
    for (size_t i = 0; i < papers_count(); i++) {
        enum fault fault = papers_make(&work->paper[i].content, i, round, extra);
        fault = fault ? fault : keyholder_path(work->paper[i].path, work->folder, papers_file(i));
        if (fault) {
            return say_fault(work->context, fault, papers_file(i), "Er is niets geschreven.",
                             "Nothing was written.");
        }
    }
    return COMMAND_OK;
}

static int say_in_the_way(const struct papers_work *work, const struct paper *paper, bool ours) {
    if (ours) {
        return say_fault(work->context, FAULT_FILE_EXISTS, paper->path,
                         "Er is niets veranderd. Dit is een ander papier, misschien door iemand aangepast. "
                         "Kies een andere map, "
                         "of vervang eerdere papieren met --replace.",
                         "Nothing has changed. This is another paper, perhaps edited by somebody. Choose "
                         "another folder, or "
                         "replace earlier papers with --replace.");
    }
    return say_fault(
        work->context, FAULT_FILE_EXISTS, paper->path,
        "Er is niets veranderd. Dit bestand is niet door deze opdracht gemaakt; kies een andere map.",
        "Nothing has changed. This file was not made by this command; choose another folder.");
}

static bool is_same(struct bytes one, struct bytes other) {
    return one.data && other.data && one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

/* Looks at what stands in the way before anything is written. */
static int look(struct papers_work *work, struct paper *paper) {
    struct bytes_buffer old = {0};
    paper->there = file_exists(paper->path);
    if (!paper->there) {
        return COMMAND_OK;
    }
    enum fault fault = file_read(&old, paper->path, PAPER_BYTES_LIMIT);
    bool ours = !fault && papers_is_one(bytes_buffer_view(&old));
    paper->same = ours && is_same(bytes_buffer_view(&old), bytes_buffer_view(&paper->content));
    bytes_buffer_release(&old);
    if (paper->same || (ours && work->replace)) {
        return COMMAND_OK;
    }
    return say_in_the_way(work, paper, ours);
}

/* What this run made goes away again; what it replaced by order is a paper like any other. */
static void take_back(struct papers_work *work) {
    for (size_t i = 0; i < papers_count(); i++) {
        if (work->paper[i].written && !work->paper[i].there) {
            (void)!file_remove(work->paper[i].path);
        }
    }
    if (work->new_folder) {
        (void)!folder_remove(work->folder);
    }
}

static int write_all(struct papers_work *work) {
    size_t written = 0;
    for (size_t i = 0; i < papers_count(); i++) {
        struct paper *paper = &work->paper[i];
        if (paper->same) {
            continue;
        }
        enum fault fault = file_write(paper->path, bytes_buffer_view(&paper->content), FILE_SHARED);
        if (fault) {
            take_back(work);
            return say_fault(work->context, fault, paper->path,
                             "Wat deze opdracht maakte, is weer weg; doe haar nog een keer.",
                             "What this command made is gone again; give it once more.");
        }
        paper->written = true;
        written++;
        say(work->context, "Geschreven: %s", "Written: %s", paper->path);
    }
    if (written == 0) {
        say(work->context, "Alle papieren waren er al, precies zo; er was niets te doen.",
            "All papers were there already, exactly so; there was nothing to do.");
        return COMMAND_NOTHING;
    }
    return COMMAND_OK;
}

static void say_next(const struct papers_work *work, const struct round *round) {
    if (!round->is_signed[0] || !round->is_signed[1]) {
        say(work->context,
            "Let op: deze ronde is nog niet door beide sleutelhouders ondertekend. Maak de papieren opnieuw "
            "als dat is gebeurd.",
            "Note: both key holders have not signed this round yet. Make the papers again when they have.");
    }
    say(work->context,
        "Begin met %s/index.html: daar staat wat u wanneer print. Lees elk papier na voor het de deur "
        "uitgaat.",
        "Begin with %s/index.html: it says what to print when. The papers are in Dutch; read each before it "
        "leaves the school.",
        work->folder);
}

static int write_papers(struct papers_work *work, const struct round *round,
                        const struct papers_extra *extra) {
    int code = make_all(work, round, extra);
    work->new_folder = !file_exists(work->folder);
    if (!code) {
        enum fault fault = folder_create(work->folder);
        code = fault ? say_fault(work->context, fault, work->folder, NULL, NULL) : COMMAND_OK;
    }
    for (size_t i = 0; !code && i < papers_count(); i++) {
        code = look(work, &work->paper[i]);
    }
    code = code ? code : write_all(work);
    if (!code) {
        say_next(work, round);
    }
    return code;
}

/* What the coordinator adds is printed, so it has to be text of a line. */
static int check_extra(const struct command_context *context, const char *option, const char *text) {
    if (text && (strlen(text) >= PAPERS_SENDER_SIZE || !bytes_are_plain_text(text, strlen(text), false))) {
        return say_usage(context, "%s: hoogstens %d bytes gewone tekst op een regel.",
                         "%s: at most %d bytes of plain text on one line.", option, PAPERS_SENDER_SIZE - 1);
    }
    return COMMAND_OK;
}

int cmd_round_papers(struct command_context *context, int argc, char **argv) {
    struct papers_extra extra = {NULL, NULL};
    struct papers_work work = {.context = context};
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &work.folder, "map voor de papieren", "folder for the papers"},
        {"sender", COMMAND_TEXT, false, &extra.sender,
         "wie ouders kunnen bereiken, en hoe; anders blijft er een lijn om te schrijven",
         "whom parents can reach, and how; otherwise a line to write on"},
        {"counsellor", COMMAND_TEXT, false, &extra.counsellor,
         "de vertrouwenspersoon voor leerlingen, en waar die te vinden is",
         "the confidential counsellor for pupils, and where to find her"},
        {"replace", COMMAND_FLAG, false, &work.replace, "vervang papieren die hier eerder zijn gemaakt",
         "replace papers that were made here before"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands path;
    struct round *round = NULL;
    enum fault fault = command_parse(&path, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = check_extra(context, "--sender", extra.sender);
    code = code ? code : check_extra(context, "--counsellor", extra.counsellor);
    code = code ? code : command_files_round(&round, context, path.value[0]);
    work.paper = calloc(papers_count(), sizeof *work.paper);
    if (!code && !work.paper) {
        (void)say_fault(context, FAULT_MEMORY, NULL, NULL, NULL);
        code = COMMAND_FAILED;
    }
    code = code ? code : write_papers(&work, round, &extra);
    for (size_t i = 0; work.paper && i < papers_count(); i++) {
        bytes_buffer_release(&work.paper[i].content);
    }
    free(work.paper);
    round_free(round);
    return code;
}
