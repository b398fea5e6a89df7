/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAGE_H
#define STAGE_H

#include "kiosk/desk.h"
#include "kiosk/machine.h"
#include "kiosk/preview.h"
#include "kiosk/round_search.h"
#include "kiosk/spoken.h"
#include "kiosk/strings.h"
#include "kiosk/ui/page.h"
#include "kiosk/ui/stage_admin.h"
#include "kiosk/ui/view.h"

/*
 * Everything between the desk and a window: which page is shown, what touching and typing do, when to redraw.
 * Knows no SDL, so that a test can hold the same stage as the kiosk whose window it drives.
 *
 * Right after a new page has come up, what activates something is not heard for STAGE_DEAF_MS: a second tap
 * meant for the old page must not answer the next question. Hiding is heard at once, always, by its key and by
 * its button.
 *
 * How a pupil reads and presses (the view) belongs to that pupil: it is forgotten when the next one's page
 * comes, and the mentor's pages do not follow it.
 */

enum { STAGE_DEAF_MS = 300 };

enum stage_key {
    STAGE_TAB,
    STAGE_TAB_BACK,
    STAGE_DOWN,
    STAGE_UP,
    STAGE_ENTER,
    STAGE_SPACE, /* with no ring on the pupil's page: begins to scan, for it may be the only key there is; on the hidden page the way back */
    STAGE_ERASE,
    STAGE_PAGE_DOWN, /* next, as by its button; on the mentor's pages the next part */
    STAGE_PAGE_UP,   /* back; out of a panel */
    STAGE_LEFT,      /* Up, or Down where writing runs from right to left */
    STAGE_RIGHT,     /* the other one */
    STAGE_HIDE,      /* Escape, F12: hides the pupil's page; on the hidden page the way back */
    STAGE_SCAN,      /* F9: answering with one switch, on and off, from any page of the pupils */
    STAGE_LISTEN,    /* F8: reads the page aloud, or stops */
    STAGE_AGAIN,     /* F7: the same text once more, for a pupil who listens */
    STAGE_MENTOR     /* F10: the mentor's PIN, from any page of the pupils */
};

struct stage_setup {
    struct desk *desk;       /* the caller's; NULL: a preview, or only a message */
    struct preview *preview; /* the caller's, or NULL */
    enum fault fault;        /* the message */
    enum strings_key remedy;
    const struct machine *machine; /* the caller's, filled before the first page; NULL: no worries */
    const char *folder;            /* of the state; NULL: a message page leads to no administrator's page */
    const struct kiosk_state *(*state)(
        void *context);             /* without a desk: what is open, or NULL. May be NULL */
    const char *font_file;          /* or NULL */
    enum strings_language language; /* the mentor's */
    int width, height;
    const struct speech_device *sound; /* the caller's, or NULL */
    const char *spoken;                /* the folder of the program's own words, or NULL */
    /*
     * Looks for a round on sticks while there is no desk, also one that does not run today when a person says
     * that the clock is wrong. Gives a desk (the caller's) or a fault with what can be done. NULL: there is
     * no point.
     */
    enum fault (*search)(void *context, bool any_date, struct desk **out, enum strings_key *remedy);
    const struct round_search *found; /* the caller's, of the last search; NULL: none */
    /*
     * While the loaded round does not run today, no class is open and the machine is locked: looks for one
     * that does and, unless closed classes of the old one lie here and nobody has `confirmed`, puts another
     * desk in the place of *desk. A fault: there is no desk any more. `renewal` (the caller's) says what was
     * found.
     */
    enum fault (*renew)(void *context, bool confirmed, struct desk **desk, enum strings_key *remedy);
    const struct round_renewal *renewal;
    void *context;
};

/* Which page it is, as far as it matters for deafness, focus and parts. */
struct stage_place {
    int mentor, pupil, item, page;
    enum panel panel;
    bool hidden;
};

struct stage {
    struct stage_setup setup;
    struct theme theme;
    struct font_set fonts;
    struct strings strings[STRINGS_LANGUAGES];
    struct desk_class *classes;
    struct page *page;
    struct stage_place place;
    struct view view;
    struct scan scan;
    struct speech speech;
    struct spoken spoken;
    bool can_listen; /* there is something to hear, and the machine has sound */
    bool reads_next; /* the page under the panel, as soon as it is there */
    enum panel panel;
    uint64_t changed_ms;
    uint16_t part;
    int pressed;     /* the target under the finger, or PAGE_NOTHING */
    int others;      /* screens besides this one, covered; the mentor is told */
    bool had_others; /* while pupils of the open class were at it: she is told until the class is closed */
    struct stage_admin admin;
    bool dirty;
    uint32_t apart_s; /* for how long an export has been running, as last drawn */
    bool over;
    enum fault fault; /* why it is over, when it is for a fault */
};

/*
 * FAULT_FONT: none found, or it lacks a letter of the round's questionnaire; FAULT_MEMORY, FAULT_MEMORY_LOCK;
 * faults of strings_open. Nothing stays open after a fault.
 */
enum fault stage_open(struct stage *out, const struct stage_setup *setup, uint64_t now_ms) FAULT_MUST_CHECK;
void stage_close(struct stage *stage); /* wipes the page; accepts zeroed and closed ones */

/* The pupil's path: of the desk's session or of the preview; NULL while there is none. */
const struct flow *stage_flow(const struct stage *stage);
/* The round whose pages are shown. Only with a desk or a preview. */
const struct round *stage_round(const struct stage *stage);

/* The window has another size. Faults of font_open; the stage must be closed then. */
enum fault stage_resize(struct stage *stage, int width, int height) FAULT_MUST_CHECK;

/* How many other screens are connected; to be called before each refresh. */
void stage_set_others(struct stage *stage, int others);

/* Touching: acts when released on the target that was pressed. */
void stage_press(struct stage *stage, int x, int y, uint64_t now_ms);
void stage_release(struct stage *stage, int x, int y, uint64_t now_ms);
void stage_key(struct stage *stage, enum stage_key key, uint64_t now_ms);
void stage_digit(struct stage *stage, int digit, uint64_t now_ms);
void stage_tick(struct stage *stage, uint64_t now_ms);

/* Builds the page when something changed; true when it has to be drawn. */
bool stage_refresh(struct stage *stage, uint64_t now_ms);
/* True when stage_work has something to do: draw the page first that says so. */
bool stage_is_working(const struct stage *stage);
/*
 * What may take minutes is begun apart from this thread, and is not over: go on drawing and hearing, and call
 * stage_work when this is false again. stage_work alone does it too, and comes back when it is done.
 */
bool stage_works_apart(struct stage *stage, uint64_t now_ms);
/* To be called after drawing: the disk's work. True when something changed. */
bool stage_work(struct stage *stage, uint64_t now_ms);
/* How long nothing will happen by itself, in milliseconds; negative: for ever. */
int stage_patience_ms(const struct stage *stage, uint64_t now_ms);

#endif
