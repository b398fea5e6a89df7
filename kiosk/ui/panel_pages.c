/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/panel_pages.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/welcome_page.h"

static const char *say(const struct pupil_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

/* In the place where the questions have theirs. */
static void back_button(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_button back = {
        .text = say(scene, STRINGS_TOOLS_BACK), .action = ACTION_PANEL, .value = PANEL_NONE};
    struct stack_button row[] = {back, {.text = ""}, {.text = ""}, {.text = ""}};
    stack_buttons(stack, row, 4);
}

/* Each in its own language and script: who cannot read the page must find the way. */
static void languages(struct stack *stack, const struct pupil_pages_scene *scene) {
    const struct flow *flow = scene->flow;
    struct stack_card cards[QUESTIONNAIRE_LANGUAGES];
    back_button(stack, scene);
    stack_below_progress(stack);
    stack_gap(stack, 25);
    stack_text(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_LANGUAGE_TITLE));
    stack_gap(stack, 20);
    for (uint16_t i = 0; i < flow->language_count; i++) {
        cards[i] = (struct stack_card){.mark = PAGE_MARK_RING,
                                       .text = flow->questionnaire->language[flow->languages[i]].name,
                                       .action = ACTION_PUPIL + FLOW_CHOOSE_LANGUAGE,
                                       .value = i,
                                       .chosen = i == flow->language};
    }
    stack_grid(stack, cards, flow->language_count, flow->language_count > 5 ? 2 : 1, false);
}

/* Larger letters leave less room beside one another: as many columns as have every text in one line. */
static void side_by_side(struct stack *stack, const struct stack_card *cards, int count) {
    int columns = count;
    while (stack->theme->percent > 100 && columns > 1 &&
           !stack_cards_fit(stack, cards, (size_t)count, columns)) {
        columns = columns > 2 ? 2 : 1;
    }
    stack_grid(stack, cards, (size_t)count, columns, false);
}

static void sizes(struct stack *stack, const struct pupil_pages_scene *scene) {
    char text[THEME_SIZES][STRINGS_TEXT_SIZE];
    struct stack_card cards[THEME_SIZES];
    stack_text(stack, THEME_LABEL, THEME_INK, say(scene, STRINGS_VIEW_SIZE));
    stack_gap(stack, 4);
    for (int i = 0; i < THEME_SIZES; i++) {
        struct strings_value value = {"percent", NULL, (unsigned)theme_percents[i]};
        strings_format(text[i], sizeof text[i], scene->strings, STRINGS_VIEW_PERCENT, &value, 1);
        cards[i] = (struct stack_card){.mark = PAGE_MARK_RING,
                                       .text = text[i],
                                       .action = ACTION_SIZE,
                                       .value = i,
                                       .chosen = i == scene->view->size};
    }
    side_by_side(stack, cards, THEME_SIZES);
}

static void choices(struct stack *stack, const struct pupil_pages_scene *scene, enum strings_key title,
                    const enum strings_key *names, int count, int action, int chosen) {
    struct stack_card cards[4];
    stack_gap(stack, 8);
    stack_text(stack, THEME_LABEL, THEME_INK, say(scene, title));
    stack_gap(stack, 4);
    for (int i = 0; i < count; i++) {
        cards[i] = (struct stack_card){.mark = PAGE_MARK_RING,
                                       .text = say(scene, names[i]),
                                       .action = action,
                                       .value = i,
                                       .chosen = i == chosen};
    }
    side_by_side(stack, cards, count);
}

static void colours(struct stack *stack, const struct pupil_pages_scene *scene) {
    static const enum strings_key looks[THEME_LOOKS] = {STRINGS_VIEW_NORMAL, STRINGS_VIEW_CONTRAST,
                                                        STRINGS_VIEW_DARK};
    choices(stack, scene, STRINGS_VIEW_COLOURS, looks, THEME_LOOKS, ACTION_LOOK, (int)scene->view->look);
}

static void speeds(struct stack *stack, const struct pupil_pages_scene *scene) {
    static const enum strings_key names[SCAN_SPEEDS] = {STRINGS_VIEW_SCAN_OFF, STRINGS_VIEW_SCAN_SLOW,
                                                        STRINGS_VIEW_SCAN_NORMAL, STRINGS_VIEW_SCAN_FAST};
    choices(stack, scene, STRINGS_VIEW_SCAN, names, SCAN_SPEEDS, ACTION_SCAN, scene->view->scan);
}

static void view(struct stack *stack, const struct pupil_pages_scene *scene) {
    back_button(stack, scene);
    stack_below_progress(stack);
    stack_gap(stack, stack->packing == 0 ? 25 : 6);
    stack_text(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_VIEW_TITLE));
    stack_gap(stack, 6);
    sizes(stack, scene);
    colours(stack, scene);
    speeds(stack, scene);
}

void panel_pages_build(struct stack *stack, const struct pupil_pages_scene *scene) {
    if (scene->panel == PANEL_LANGUAGE) {
        languages(stack, scene);
    } else if (scene->panel == PANEL_LISTEN) {
        listen_panel_build(stack, scene);
    } else if (scene->panel == PANEL_WHO) {
        back_button(stack, scene);
        stack_below_progress(stack);
        welcome_page_who(stack, scene);
    } else {
        view(stack, scene);
    }
}

void panel_pages_add_tools(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct stack_tool tools[3 + LISTEN_TOOLS];
    size_t count = 0;
    enum flow_state state = flow_look(scene->flow).state;
    bool covers =
        state == FLOW_WELCOME || state == FLOW_QUESTION || state == FLOW_STOP_ASK || state == FLOW_CHECK;
    if (state == FLOW_READY || state == FLOW_SENDING) {
        return;
    }
    if (scene->flow->language_count > 1) {
        const char *name = state == FLOW_LANGUAGE ? NULL : say(scene, STRINGS_TOOLS_LANGUAGE);
        tools[count++] = (struct stack_tool){name, ICON_GLOBE, ACTION_PANEL, PANEL_LANGUAGE};
    }
    tools[count++] =
        (struct stack_tool){say(scene, STRINGS_TOOLS_VIEW), ICON_LETTERS, ACTION_PANEL, PANEL_VIEW};
    if (covers) {
        tools[count++] =
            (struct stack_tool){say(scene, STRINGS_TOOLS_HIDE), ICON_COVER, ACTION_PUPIL + FLOW_HIDE, 0};
    }
    count += listen_tools(tools + count, scene);
    stack_tools(stack, tools, count);
}
