/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Draws every page that a pupil can meet, as the kiosk presents it, to be looked at: draw_pages QUESTIONNAIRE
 * WIDTH HEIGHT LANGUAGE SIZE LOOK FOLDER. QUESTIONNAIRE is one of the source folder ("secondary"); LANGUAGE,
 * SIZE and LOOK are numbers from 0 (SIZE of 100, 125, 150, 200 %; LOOK of normal, contrast, dark). Writes
 * FOLDER/01-welcome.bmp and so on; with "-" for it nothing, and looks only. Ends with 1 when a page is not as
 * tests/screens/page_check.h says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"
#include "tests/bench/pupil.h"
#include "tests/bench/thousand.h"
#include "tests/screens/page_check.h"
#include "tests/screens/picture.h"

enum { ARG_QUESTIONNAIRE = 1, ARG_WIDTH, ARG_HEIGHT, ARG_LANGUAGE, ARG_SIZE, ARG_LOOK, ARG_FOLDER, ARGS };

static struct preview *preview;
static struct stage stage;
static struct picture picture;
static const char *folder;
static uint64_t now_ms = 1000;
static int drawn;
static int wrong; /* pages that are not as a page must be (page_check.h) */

static int number(const char *text) {
    return (int)strtol(text, NULL, 10);
}

/* Of the question, or of the page. */
static const char *name_of(const struct flow_view *view) {
    static const char *const names[FLOW_STATES] = {"ready", "language", "welcome", "quiet",  "question",
                                                   "stop",  "check",    "sending", "thanks", "sorry"};
    return view->state == FLOW_QUESTION ? preview->flow.questionnaire->item[view->item].name
                                        : names[view->state];
}

/* The pages of a lesson: without the mark that a preview lays over them. */
static void take_mark_away(void) {
    for (int i = 0; i < stage.page->item_count; i++) {
        if (stage.page->item[i].over) {
            stage.page->item[i].line_count = 0;
        }
    }
}

static void draw(const char *what) {
    char path[1024];
    char key[64];
    struct flow_view view = flow_look(&preview->flow);
    stage.dirty = true;
    (void)stage_refresh(&stage, now_ms);
    snprintf(path, sizeof path, "%s/%02d-%s%s.bmp", folder, ++drawn, name_of(&view), what);
    take_mark_away();
    picture_draw(&picture, stage.page, &stage.theme, &stage.fonts);
    snprintf(key, sizeof key, "%s%d%s", name_of(&view), (int)view.page, what);
    wrong += !page_check(&picture, stage.page, &stage.theme, key);
    if (strcmp(folder, "-") != 0) {
        thousand_must(picture_save(&picture, path), "a picture cannot be written");
    }
}

static void tell(enum flow_event event, uint16_t value) {
    (void)preview_hear(preview, event, value, now_ms);
}

static void draw_panel(enum panel panel, const char *what) {
    stage.panel = panel;
    draw(what);
    stage.panel = PANEL_NONE;
}

/* What lies over a question, and what follows from it: each of them is left again. */
static void draw_around_a_question(void) {
    tell(FLOW_NEXT, 0);
    draw("-nudge");
    draw_panel(PANEL_LANGUAGE, "-languages");
    draw_panel(PANEL_VIEW, "-letters");
    tell(FLOW_HIDE, 0);
    draw("-hidden");
    preview->flow.countdown = 31;
    draw("-warning");
    preview->flow.countdown = 0;
    tell(FLOW_PRESENT, 0);
    tell(FLOW_STOP, 0);
    draw("");
    tell(FLOW_STOP_RETURN, 0);
    stage.dirty = true;
    (void)stage_refresh(&stage, now_ms);
    now_ms += 1000; /* just after a new page nothing is heard */
    stage_key(&stage, STAGE_TAB, now_ms);
    draw("-ring");
}

/* All parts of a page: after the last comes the first again. */
static void draw_parts(void) {
    enum { MOST = 40 };
    static char first[PAGE_STORAGE];
    draw("");
    size_t size = stage.page->storage_used;
    memcpy(first, stage.page->storage, size);
    for (int i = 0; i < MOST && page_find(stage.page, ACTION_MORE, 0) != PAGE_NOTHING; i++) {
        stage.part++;
        stage.dirty = true;
        (void)stage_refresh(&stage, now_ms);
        if (stage.page->storage_used == size && memcmp(stage.page->storage, first, size) == 0) {
            break;
        }
        draw("-more");
    }
    stage.part = 0;
}

static void walk(uint16_t language, const struct view *as) {
    enum { MOST_TOUCHES = 400 };
    bool around = false;
    struct flow_view view = flow_look(&preview->flow);
    for (int i = 0; i < MOST_TOUCHES && view.state != FLOW_THANKS; i++) {
        int item = pupil_wants(&stage, language);
        thousand_must(item != PAGE_NOTHING, "the pupil does not know how to go on");
        pupil_touch(&stage, item, &now_ms);
        stage.view.size = as->size;
        stage.view.look = as->look;
        view = flow_look(&preview->flow);
        if (view.state == FLOW_SENDING) {
            draw("");
            (void)stage_work(&stage, now_ms);
            view = flow_look(&preview->flow);
        }
        (void)stage_refresh(&stage, now_ms);
        if (view.state == FLOW_QUESTION && view.chosen) {
            draw("-chosen");
        } else if (stage.part == 0) { /* else the pupil went on to a part that was drawn already */
            draw_parts();
        }
        if (view.state == FLOW_QUESTION && !view.note && !view.chosen && !around) {
            around = true;
            draw_around_a_question();
        }
    }
}

static void draw_a_no(uint16_t language, const struct view *as) {
    tell(FLOW_LEAVE, 0);
    tell(FLOW_START, 0);
    tell(FLOW_CHOOSE_LANGUAGE, language);
    (void)stage_refresh(&stage, now_ms);
    stage.view.size = as->size;
    stage.view.look = as->look;
    tell(FLOW_DECLINE, 0);
    draw_parts();
}

int main(int argc, char *argv[]) {
    thousand_must(argc == ARGS, "see the head of tests/screens/draw_pages.c for the arguments");
    preview = pupil_preview(argv[ARG_QUESTIONNAIRE]);
    struct stage_setup setup = {
        .preview = preview, .width = number(argv[ARG_WIDTH]), .height = number(argv[ARG_HEIGHT])};
    thousand_must(stage_open(&stage, &setup, now_ms) == FAULT_NONE, "no stage");
    folder = argv[ARG_FOLDER];
    picture_open(&picture, setup.width, setup.height);
    draw("");
    struct view as = {.size = number(argv[ARG_SIZE]), .look = (enum theme_look)number(argv[ARG_LOOK])};
    walk((uint16_t)number(argv[ARG_LANGUAGE]), &as);
    draw_a_no((uint16_t)number(argv[ARG_LANGUAGE]), &as);
    picture_close(&picture);
    stage_close(&stage);
    preview = preview_free(preview);
    return wrong ? 1 : 0;
}
