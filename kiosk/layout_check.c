/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/layout_check.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/preview.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/letters.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/pupil_pages.h"

enum { LAYOUT_CHECK_PARTS = 64 };

static const int screens[LAYOUT_CHECK_SCREENS][2] = {{1024, 768}, {1366, 768}, {1920, 1080}};

struct check {
    const struct round *round;
    struct layout_check_totals *totals;
    void (*tell)(void *context, const struct layout_check_finding *finding);
    void *context;
    struct layout_check_finding at; /* what is being built: kind FITS */
    struct strings strings;         /* of the language */
    struct theme theme;
    struct font_set fonts;
    struct flow flow;
    struct view view;
    enum panel panel;
    struct page *page;
    struct voices voices;
    struct spoken spoken;
};

static void find(struct check *check, enum layout_check_kind kind) {
    struct layout_check_finding finding = check->at;
    finding.kind = kind;
    check->totals->findings++;
    check->tell(check->context, &finding);
}

/* ---- one page ---- */

static void build(struct check *check, uint16_t part) {
    struct pupil_pages_scene scene = {.flow = &check->flow,
                                      .round = check->round,
                                      .strings = &check->strings,
                                      .view = &check->view,
                                      .panel = check->panel,
                                      .can_listen = true,
                                      .voices = &check->voices,
                                      .spoken = &check->spoken,
                                      .part = part};
    stack_fit(check->page, &check->theme, &check->fonts, false, pupil_pages_build, &scene);
}

static bool is_same(const struct page *page, const char *storage, size_t used) {
    return page->storage_used == used && memcmp(page->storage, storage, used) == 0;
}

/*
 * A page that comes in parts is one page to its author: the worst part is told. After the last comes the
 * first again.
 */
static void see(struct check *check, const char *name) {
    const struct page *page = check->page;
    char first[PAGE_STORAGE];
    size_t used = 0;
    int excess = 0;
    int parted = 0;
    bool overflow = false;
    bool again = true;
    check->at.page = name;
    for (uint16_t part = 0; again && part < LAYOUT_CHECK_PARTS; part++) {
        build(check, part);
        if (part > 0 && is_same(page, first, used)) {
            break;
        }
        if (part == 0) {
            used = page->storage_used;
            memcpy(first, page->storage, used);
        }
        check->totals->pages++;
        again = page_find(page, ACTION_MORE, 0) != PAGE_NOTHING;
        overflow = overflow || page->overflow;
        excess = page->excess > excess ? page->excess : excess;
        parted = page->parted > parted ? page->parted : parted;
    }
    if (overflow) {
        check->at.excess = excess;
        find(check, excess > 0 ? LAYOUT_CHECK_EXCESS : LAYOUT_CHECK_FULL);
    } else if (parted > 0 && check->flow.state == FLOW_QUESTION && check->at.percent <= LAYOUT_CHECK_WHOLE) {
        check->at.excess = parted;
        find(check, LAYOUT_CHECK_PARTED);
    }
}

/* ---- all pages, in one language on one screen ---- */

static void hear(struct check *check, enum flow_event event, uint16_t value) {
    flow_hear(&check->flow, event, value, 1);
}

/* As many pages as the explanation has; on the one for practice something is chosen first. */
static void see_explanation(struct check *check) {
    enum { ENOUGH = 12 };
    for (int i = 0; i < ENOUGH; i++) {
        see(check, "welcome");
        hear(check, FLOW_CHOOSE, 0);
        if (!flow_hear(&check->flow, FLOW_NEXT, 0, 1)) {
            break;
        }
    }
}

/* Every question, also those that only some are asked: so the flow is set to it and not led. */
static void see_questions(struct check *check) {
    const struct questionnaire *questionnaire = check->round->questionnaire;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        check->flow.item = i;
        check->flow.nudge = false;
        see(check, questionnaire->item[i].name);
    }
    check->flow.item = 0;
}

/* What lies over a page, and what covers it. */
static void see_panels(struct check *check) {
    check->panel = PANEL_LANGUAGE;
    see(check, "languages");
    check->panel = PANEL_VIEW;
    see(check, "letters");
    check->panel = PANEL_LISTEN;
    see(check, "listen");
    check->panel = PANEL_WHO;
    see(check, "who");
    check->panel = PANEL_NONE;
    check->flow.hidden = true;
    see(check, "hidden");
    check->flow.countdown = 45;
    see(check, "warning");
    check->flow.hidden = false;
    check->flow.countdown = 0;
}

static void see_ends(struct check *check) {
    static const struct {
        enum flow_state state;
        const char *name;
    } ends[] = {{FLOW_STOP_ASK, "stop"}, {FLOW_CHECK, "check"}, {FLOW_SENDING, "sending"},
                {FLOW_THANKS, "thanks"}, {FLOW_SORRY, "sorry"}, {FLOW_DECLINED_QUIET, "quiet"}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        check->flow.state = ends[i].state;
        see(check, ends[i].name);
    }
}

static void see_all(struct check *check, uint16_t language) {
    flow_forget(&check->flow);
    hear(check, FLOW_START, 0);
    see(check, "language");
    hear(check, FLOW_CHOOSE_LANGUAGE, language);
    see_explanation(check);
    hear(check, FLOW_AGREE, 0);
    see_questions(check);
    see_panels(check);
    see_ends(check);
    flow_forget(&check->flow);
}

/* ---- everything ---- */

static enum fault see_screen(struct check *check, const int screen[2], int size, const char *font_file) {
    const struct flow *flow = &check->flow;
    int percent = theme_percents[size];
    check->view.size = size;
    check->theme = theme_for(screen[0], screen[1]);
    theme_enlarge(&check->theme, percent);
    enum fault fault = font_open(&check->fonts, font_file, &check->theme);
    for (uint16_t i = 0; !fault && i < flow->language_count; i++) {
        const char *code = check->round->questionnaire->language[flow->languages[i]].code;
        fault = strings_open(&check->strings, strings_language_of(code));
        check->at = (struct layout_check_finding){
            .language = code, .width = screen[0], .height = screen[1], .percent = percent};
        if (!fault) {
            see_all(check, i);
        }
        strings_close(&check->strings);
    }
    font_close(&check->fonts);
    return fault;
}

/* A page with boxes instead of letters need not be measured; one finding a language says enough. */
static enum fault see_letters(struct check *check, const char *font_file) {
    const struct questionnaire *questionnaire = check->round->questionnaire;
    check->theme = theme_for(screens[0][0], screens[0][1]);
    enum fault fault = font_open(&check->fonts, font_file, &check->theme);
    for (uint16_t i = 0; !fault && i < questionnaire->language_count; i++) {
        struct letters_gap gap;
        enum fault lacking = letters_check_language(&gap, &check->fonts, questionnaire, i);
        check->at = (struct layout_check_finding){
            .language = questionnaire->language[i].code, .page = gap.where, .character = gap.character};
        if (lacking) {
            find(check, lacking == FAULT_FONT_ARABIC ? LAYOUT_CHECK_ARABIC : LAYOUT_CHECK_LETTER);
        }
    }
    font_close(&check->fonts);
    return fault;
}

static enum fault open_flow(struct check *check) {
    uint16_t languages[QUESTIONNAIRE_LANGUAGES];
    const struct round *round = check->round;
    for (uint16_t i = 0; i < round->language_count; i++) {
        languages[i] = questionnaire_find_language(round->questionnaire, round->language[i]);
    }
    return flow_open(&check->flow, round->questionnaire, languages, round->language_count);
}

enum fault layout_check_run(struct layout_check_totals *totals, const struct round *round,
                            const char *font_file,
                            void (*tell)(void *context, const struct layout_check_finding *finding),
                            void *context) {
    struct check check = {.round = round, .totals = totals, .tell = tell, .context = context};
    uint16_t recordings = round->questionnaire->recording_count;
    *totals = (struct layout_check_totals){0};
    spoken_pretend(&check.spoken);
    check.view.listens = true; /* with all its buttons: recordings may still be made */
    enum fault fault = page_new(&check.page);
    if (!fault) {
        fault = listen_pretend(&check.voices, round->questionnaire);
    }
    if (!fault) {
        fault = open_flow(&check);
    }
    if (!fault) {
        fault = see_letters(&check, font_file);
    }
    for (int i = 0; !fault && i < LAYOUT_CHECK_SCREENS; i++) {
        for (int j = 0; !fault && j < THEME_SIZES; j++) {
            fault = see_screen(&check, screens[i], j, font_file);
        }
    }
    round->questionnaire->recording_count = recordings;
    voices_close(&check.voices);
    flow_release(&check.flow);
    page_free(check.page);
    return fault;
}

/* ---- as a command ---- */

struct printer {
    FILE *out;
    const struct strings *strings;
};

static void print_text(const struct printer *printer, enum strings_key key,
                       const struct strings_value *values, size_t count) {
    char text[STRINGS_TEXT_SIZE];
    strings_format(text, sizeof text, printer->strings, key, values, count);
    fprintf(printer->out, "%s\n", text);
}

static void print_finding(void *context, const struct layout_check_finding *finding) {
    static const enum strings_key keys[] = {
        [LAYOUT_CHECK_FITS] = STRINGS_LAYOUT_FULL,     [LAYOUT_CHECK_EXCESS] = STRINGS_LAYOUT_EXCESS,
        [LAYOUT_CHECK_PARTED] = STRINGS_LAYOUT_PARTED, [LAYOUT_CHECK_FULL] = STRINGS_LAYOUT_FULL,
        [LAYOUT_CHECK_LETTER] = STRINGS_LAYOUT_LETTER, [LAYOUT_CHECK_ARABIC] = STRINGS_LAYOUT_ARABIC};
    char screen[32];
    char character[16];
    snprintf(screen, sizeof screen, "%dx%d", finding->width, finding->height);
    snprintf(character, sizeof character, "U+%04X", (unsigned)finding->character);
    const struct strings_value values[] = {{"language", finding->language, 0},
                                           {"screen", screen, 0},
                                           {"percent", NULL, (unsigned)finding->percent},
                                           {"page", finding->page, 0},
                                           {"excess", NULL, (unsigned)finding->excess},
                                           {"character", character, 0}};
    print_text(context, keys[finding->kind], values, sizeof values / sizeof values[0]);
}

enum fault layout_check_print(FILE *out, const struct strings *strings, const char *path,
                              const char *font_file) {
    struct printer printer = {out, strings};
    struct layout_check_totals totals = {0};
    struct round *round = NULL;
    enum fault fault = preview_read(&round, path);
    if (!fault && round->class_count == 0) {
        round->mode = ROUND_ONE_MACHINE; /* made up: the choices that take most words to explain */
        round->choices = ROUND_INCIDENTS_IN_CLASS;
    }
    if (!fault) {
        fault = layout_check_run(&totals, round, font_file, print_finding, &printer);
    }
    if (!fault) {
        const struct strings_value values[] = {{"languages", NULL, round->language_count},
                                               {"pages", NULL, totals.pages},
                                               {"findings", NULL, totals.findings}};
        print_text(&printer, totals.findings == 0 ? STRINGS_LAYOUT_FITS : STRINGS_LAYOUT_TOTAL, values, 3);
        fault = totals.findings == 0 ? FAULT_NONE : FAULT_QUESTIONNAIRE;
    }
    round_free(round);
    return fault;
}
