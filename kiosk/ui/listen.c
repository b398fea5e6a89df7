/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/listen.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/action.h"

static const char *say(const struct pupil_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

static const struct questionnaire_text *label_of(const struct questionnaire *questionnaire,
                                                 enum questionnaire_recorded kind, uint16_t part,
                                                 uint16_t option) {
    return kind == QUESTIONNAIRE_RECORDED_ITEM ? &questionnaire->item[part].label
                                               : &questionnaire->list[part].option[option].label;
}

/* A text that is lent from the first language is read in that one, as it is shown. */
uint16_t listen_voice(const struct pupil_pages_scene *scene, enum questionnaire_recorded kind, uint16_t part,
                      uint16_t option) {
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    uint16_t language = flow_look(scene->flow).language;
    bool lent = label_of(questionnaire, kind, part, option)->in[language] == NULL;
    const struct questionnaire_recording *found =
        questionnaire_find_recording(questionnaire, kind, part, option, lent ? 0 : language);
    return found ? (uint16_t)(found - questionnaire->recording + 1) : 0;
}

static bool is_read_in(const struct questionnaire *questionnaire, uint16_t language) {
    bool read = false;
    for (uint16_t i = 0; i < questionnaire->recording_count && !read; i++) {
        read = questionnaire->recording[i].language == language;
    }
    return read;
}

static bool reads_words(const struct pupil_pages_scene *scene) {
    return scene->spoken != NULL && scene->spoken->there[scene->strings->language] > 0 &&
           is_read_in(scene->flow->questionnaire, flow_look(scene->flow).language);
}

uint16_t listen_words(const struct pupil_pages_scene *scene, enum strings_key key) {
    if (!reads_words(scene)) {
        return 0;
    }
    bool lent = strings_is_lent(scene->strings, key);
    uint16_t text = spoken_find(scene->spoken, lent ? STRINGS_NL : scene->strings->language, key);
    return text == QUESTIONNAIRE_NONE ? 0 : (uint16_t)(SPEECH_WORDS + text + 1);
}

void listen_paragraph(char out[STRINGS_TEXT_SIZE], const char *text, size_t number) {
    size_t size = strcspn(text, "\n");
    for (; number > 0 && text[size] != '\0'; number--) {
        text += size + 1;
        size = strcspn(text, "\n");
    }
    size = number > 0 ? 0 : size < STRINGS_TEXT_SIZE ? size : STRINGS_TEXT_SIZE - 1;
    memcpy(out, text, size);
    out[size] = '\0';
}

struct page_item *listen_text(struct stack *stack, const struct pupil_pages_scene *scene,
                              enum theme_text style, enum theme_colour colour, enum strings_key key) {
    char paragraph[STRINGS_TEXT_SIZE];
    struct page_item *first = NULL;
    struct page_item *item = NULL;
    listen_paragraph(paragraph, say(scene, key), 0);
    for (size_t i = 0; paragraph[0] != '\0'; listen_paragraph(paragraph, say(scene, key), ++i)) {
        stack_gap(stack, i == 0 ? 0 : LISTEN_PARAGRAPH_GAP);
        item = stack_text(stack, style, colour, paragraph);
        first = i == 0 ? item : first;
        if (item != NULL) {
            item->voice = listen_words(scene, key);
        }
    }
    return first;
}

/* The pages around the questions on which there is something to hear. */
static bool has_words(const struct pupil_pages_scene *scene) {
    enum flow_state state = flow_look(scene->flow).state;
    bool read = state == FLOW_WELCOME || state == FLOW_STOP_ASK || state == FLOW_CHECK ||
                state == FLOW_DECLINED_QUIET || state == FLOW_THANKS || state == FLOW_SORRY;
    return read && reads_words(scene);
}

/* Whether any text of the page on screen has a recording, and whether any of these is on this machine. */
static bool has_voice(const struct pupil_pages_scene *scene, bool *is_here) {
    struct flow_view view = flow_look(scene->flow);
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    *is_here = has_words(scene);
    if (view.state != FLOW_QUESTION || questionnaire->recording_count == 0) {
        return *is_here;
    }
    uint16_t list = questionnaire->item[view.item].list;
    uint16_t options = list == QUESTIONNAIRE_NONE ? 0 : questionnaire->list[list].option_count;
    bool any = false;
    for (uint16_t i = 0; i <= options; i++) {
        uint16_t voice = i == 0 ? listen_voice(scene, QUESTIONNAIRE_RECORDED_ITEM, view.item, 0)
                                : listen_voice(scene, QUESTIONNAIRE_RECORDED_OPTION, list, (uint16_t)(i - 1));
        any = any || voice != 0;
        *is_here = *is_here || (voice != 0 && scene->voices != NULL && scene->voices->file[voice - 1] != 0);
    }
    return any;
}

static bool is_robots(const struct pupil_pages_scene *scene, uint16_t voice) {
    return voice != 0 && scene->flow->questionnaire->recording[voice - 1].robot;
}

/* Whether any text of the page on screen is read by a computer. */
static bool has_robot(const struct pupil_pages_scene *scene) {
    struct flow_view view = flow_look(scene->flow);
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    if (view.state != FLOW_QUESTION) {
        return spoken_has_robot(scene->spoken, scene->strings->language);
    }
    uint16_t list = questionnaire->item[view.item].list;
    bool robot = is_robots(scene, listen_voice(scene, QUESTIONNAIRE_RECORDED_ITEM, view.item, 0));
    for (uint16_t i = 0; list != QUESTIONNAIRE_NONE && i < questionnaire->list[list].option_count; i++) {
        robot = robot || is_robots(scene, listen_voice(scene, QUESTIONNAIRE_RECORDED_OPTION, list, i));
    }
    return robot;
}

/* A computer's voice has its own drawing, also while it speaks: nobody should take it for a person's. */
static enum icon drawing(const struct pupil_pages_scene *scene) {
    if (has_robot(scene)) {
        return scene->is_reading ? ICON_ROBOT_STOP : ICON_ROBOT;
    }
    return scene->is_reading ? ICON_STOP : ICON_SOUND;
}

size_t listen_tools(struct stack_tool tools[LISTEN_TOOLS], const struct pupil_pages_scene *scene) {
    bool is_here = false;
    if (!has_voice(scene, &is_here)) {
        return 0;
    }
    if (!is_here || !scene->can_listen) {
        tools[0] =
            (struct stack_tool){say(scene, STRINGS_TOOLS_LISTEN), ICON_MUTE, ACTION_LISTEN, LISTEN_SWITCH};
        return 1;
    }
    bool reading = scene->is_reading;
    tools[0] = (struct stack_tool){say(scene, reading ? STRINGS_TOOLS_LISTEN_STOP : STRINGS_TOOLS_LISTEN),
                                   drawing(scene), ACTION_LISTEN, LISTEN_SWITCH};
    tools[1] =
        (struct stack_tool){say(scene, STRINGS_TOOLS_LISTEN_AGAIN), ICON_AGAIN, ACTION_LISTEN, LISTEN_AGAIN};
    tools[2] =
        (struct stack_tool){say(scene, STRINGS_TOOLS_LISTEN_PACE), ICON_PACE, ACTION_PANEL, PANEL_LISTEN};
    return scene->view->listens ? LISTEN_TOOLS : 1;
}

/* Whether anything in the pupil's language is read by a computer. */
static bool is_robot(const struct pupil_pages_scene *scene) {
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    uint16_t language = flow_look(scene->flow).language;
    bool robot = reads_words(scene) && spoken_has_robot(scene->spoken, scene->strings->language);
    for (uint16_t i = 0; i < questionnaire->recording_count; i++) {
        const struct questionnaire_recording *recording = &questionnaire->recording[i];
        robot = robot || (recording->language == language && recording->robot);
    }
    return robot;
}

static void buttons(struct stack *stack, const struct pupil_pages_scene *scene, bool can) {
    struct stack_button row[] = {
        {.text = say(scene, STRINGS_TOOLS_BACK), .action = ACTION_PANEL, .value = PANEL_NONE},
        {.text = ""},
        {.text = ""},
        {.text = can ? say(scene, STRINGS_LISTEN_BEGIN) : "",
         .action = ACTION_LISTEN,
         .value = LISTEN_BEGIN,
         .main = true}};
    stack_buttons(stack, row, 4);
}

static void paces(struct stack *stack, const struct pupil_pages_scene *scene) {
    static const enum strings_key names[SPEECH_PACES] = {
        [SPEECH_NORMAL] = STRINGS_VIEW_SCAN_NORMAL,
        [SPEECH_SLOW] = STRINGS_VIEW_SCAN_SLOW,
        [SPEECH_FAST] = STRINGS_VIEW_SCAN_FAST,
    };
    static const enum speech_pace order[SPEECH_PACES] = {SPEECH_SLOW, SPEECH_NORMAL, SPEECH_FAST};
    struct stack_card cards[SPEECH_PACES];
    stack_gap(stack, 12);
    stack_text(stack, THEME_LABEL, THEME_INK, say(scene, STRINGS_LISTEN_PACE));
    stack_gap(stack, 4);
    for (int i = 0; i < SPEECH_PACES; i++) {
        cards[i] = (struct stack_card){.mark = PAGE_MARK_RING,
                                       .text = say(scene, names[order[i]]),
                                       .action = ACTION_PACE,
                                       .value = (int)order[i],
                                       .chosen = order[i] == scene->view->pace};
    }
    stack_grid(stack, cards, SPEECH_PACES, stack->theme->percent >= 150 ? 1 : SPEECH_PACES, false);
}

void listen_panel_build(struct stack *stack, const struct pupil_pages_scene *scene) {
    bool is_here = false;
    bool can = has_voice(scene, &is_here) && is_here && scene->can_listen;
    buttons(stack, scene, can);
    stack_below_progress(stack);
    stack_gap(stack, 25);
    stack_text(stack, THEME_TITLE, THEME_INK, say(scene, STRINGS_LISTEN_TITLE));
    stack_gap(stack, 12);
    listen_text(stack, scene, THEME_BODY, THEME_INK, can ? STRINGS_LISTEN_TEXT : STRINGS_LISTEN_MISSING);
    if (can && is_robot(scene)) {
        stack_gap(stack, 6);
        stack_text_with(stack, THEME_BODY, THEME_INK, say(scene, STRINGS_LISTEN_ROBOT), ICON_ROBOT);
    }
    if (can) {
        paces(stack, scene);
    }
}

static void pretend_label(struct questionnaire *out, const struct questionnaire_text *label,
                          struct questionnaire_recording recording) {
    for (uint16_t i = 0; i < out->language_count && out->recording_count < QUESTIONNAIRE_RECORDINGS; i++) {
        recording.language = i;
        if (label->in[i] != NULL) {
            out->recording[out->recording_count++] = recording;
        }
    }
}

static void pretend_recordings(struct questionnaire *out) {
    struct questionnaire_recording recording = {.kind = QUESTIONNAIRE_RECORDED_ITEM, .robot = true};
    for (recording.part = 0; recording.part < out->item_count; recording.part++) {
        pretend_label(out, &out->item[recording.part].label, recording);
    }
    recording.kind = QUESTIONNAIRE_RECORDED_OPTION;
    for (recording.part = 0; recording.part < out->list_count; recording.part++) {
        const struct questionnaire_list *list = &out->list[recording.part];
        for (recording.option = 0; recording.option < list->option_count; recording.option++) {
            pretend_label(out, &list->option[recording.option].label, recording);
        }
    }
}

enum fault listen_pretend(struct voices *out, struct questionnaire *questionnaire) {
    if (questionnaire->recording_count == 0) {
        pretend_recordings(questionnaire);
    }
    *out = (struct voices){.named = questionnaire->recording_count, .there = questionnaire->recording_count};
    out->file = calloc((size_t)out->named + 1, sizeof *out->file);
    for (uint16_t i = 0; out->file && i < out->named; i++) {
        out->file[i] = 1;
    }
    return out->file ? FAULT_NONE : FAULT_MEMORY;
}

size_t listen_texts(uint16_t out[SPEECH_TEXTS], const struct page *page) {
    size_t count = 0;
    for (int i = 0; i < page->item_count && count < SPEECH_TEXTS; i++) {
        bool told = count > 0 && page->item[i].voice == out[count - 1] + 1;
        if (page->item[i].voice != 0 && !told) {
            out[count++] = (uint16_t)(page->item[i].voice - 1);
        }
    }
    return count;
}
