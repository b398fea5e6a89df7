/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_refused.h"

#include <string.h>
#include <strings.h>

enum what { PICTURE, SENT, IDENTIFIES, COMPUTED, SHUFFLED, SHOWN_OTHERWISE };

static const struct {
    const char *name; /* of a column; "bind::" and the like stand for all that begin so */
    enum what what;
} COLUMN[] = {
    {"image", PICTURE},
    {"video", PICTURE},
    {"big-image", PICTURE},
    {"media::image", PICTURE},
    {"media::video", PICTURE},
    {"media::big-image", PICTURE},
    {"public_key", SENT},
    {"submission_url", SENT},
    {"auto_send", SENT},
    {"auto_delete", SENT},
    {"namespaces", SENT},
    {"bind::", SENT},
    {"body::", SENT},
    {"instance::", SENT},
    {"save_to", IDENTIFIES},
    {"instance_name", IDENTIFIES},
    {"repeat_count", COMPUTED},
    {"trigger", COMPUTED},
    {"read_only", COMPUTED},
    {"readonly", COMPUTED},
    {"parameters", SHUFFLED},
    {"appearance", SHOWN_OTHERWISE},
    {"style", SHOWN_OTHERWISE},
    {"autoplay", SHOWN_OTHERWISE},
    {"rows", SHOWN_OTHERWISE},
    {"guidance_hint", SHOWN_OTHERWISE},
    {"constraint_message", SHOWN_OTHERWISE},
    {"required_message", SHOWN_OTHERWISE},
    {"allow_choice_duplicates", SHOWN_OTHERWISE},
    {"disabled", COMPUTED},
};

static const char *const SHEET[] = {"external_choices", "entities", "osm", "cascades"};

static const enum author_message MESSAGE[] = {
    [PICTURE] = AUTHOR_REFUSED_PICTURE,       [SENT] = AUTHOR_REFUSED_SENT,
    [IDENTIFIES] = AUTHOR_REFUSED_IDENTIFIES, [COMPUTED] = AUTHOR_REFUSED_COMPUTED,
    [SHUFFLED] = AUTHOR_REFUSED_SHUFFLED,     [SHOWN_OTHERWISE] = AUTHOR_REFUSED_SHOWN,
};

enum author_message author_refused_column(const char *header) {
    for (size_t i = 0; i < sizeof COLUMN / sizeof *COLUMN; i++) {
        size_t size = strlen(COLUMN[i].name);
        bool open = COLUMN[i].name[size - 1] == ':';
        if (strncasecmp(header, COLUMN[i].name, size) == 0 &&
            (open || !header[size] || strncmp(header + size, "::", 2) == 0)) {
            return MESSAGE[COLUMN[i].what];
        }
    }
    return AUTHOR_MESSAGE_COUNT;
}

bool author_refused_sheet(const char *name) {
    for (size_t i = 0; i < sizeof SHEET / sizeof *SHEET; i++) {
        if (strcasecmp(name, SHEET[i]) == 0) {
            return true;
        }
    }
    return false;
}
