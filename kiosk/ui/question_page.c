/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/question_page.h"

#include <string.h>

#include "core/secret.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/face.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/sentence.h"

static const char *say(const struct pupil_pages_scene *scene, enum strings_key key) {
    return strings_get(scene->strings, key);
}

static void buttons(struct stack *stack, const struct pupil_pages_scene *scene,
                    const struct flow_view *view) {
    struct stack_button row[] = {
        {.text = say(scene, STRINGS_QUESTION_BACK), .action = ACTION_PUPIL + FLOW_BACK},
        {.text = say(scene, STRINGS_QUESTION_STOP), .action = ACTION_PUPIL + FLOW_STOP},
        {.text = view->note ? "" : say(scene, STRINGS_QUESTION_SKIP), .action = ACTION_PUPIL + FLOW_SKIP},
        {.text = say(scene, STRINGS_QUESTION_NEXT), .action = ACTION_PUPIL + FLOW_NEXT, .main = true},
    };
    stack_buttons(stack, row, 4);
}

/*
 * Its place is kept free when there is nothing to say, so that nothing moves under a finger. Where room is
 * short it takes the place of the progress line.
 */
static void nudge(struct stack *stack, const struct pupil_pages_scene *scene, const struct flow_view *view) {
    int height = text_line_height(stack->theme, THEME_BODY);
    if (view->note || stack->packing >= STACK_CLOSE) {
        return;
    }
    stack->bottom -= height;
    if (view->nudge) {
        int y = stack->y;
        stack->y = stack->bottom + stack->theme->gap / 2;
        int bottom = stack->bottom;
        stack->bottom = stack->theme->height;
        listen_text(stack, scene, THEME_BODY, THEME_INK, STRINGS_QUESTION_NUDGE);
        stack->bottom = bottom;
        stack->y = y;
    }
}

/* In the pupil's language, or the questionnaire's first one with its mark. */
static const char *asked(struct stack *stack, const struct pupil_pages_scene *scene,
                         const struct questionnaire_text *text) {
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    bool lent = false;
    const char *found = questionnaire_text_in(text, flow_look(scene->flow).language, &lent);
    return lent ? page_lend(stack->page, questionnaire->language[0].code, found) : found;
}

static enum theme_text question_style(const struct stack *stack) {
    return stack->quiet ? THEME_LABEL : THEME_QUESTION;
}

/* Arabic letters reach out of their line, below and above: a question's would touch those of its hint. */
static int reach(const struct stack *stack) {
    return stack->page->from_right ? stack->theme->text[question_style(stack)] * 3 / 10 : 0;
}

/*
 * Nobody reads five lines of bold: the first sentence says what it is about, the rest is read as any text. Where
 * larger letters leave no room for bold ones it is one text.
 */
static void note(struct stack *stack, const char *text, uint16_t voice) {
    char first[QUESTIONNAIRE_TEXT_SIZE];
    size_t size = 0;
    while (text[size] != '\0' && (strchr(" \n", text[size]) == NULL || !sentence_ends_at(text, size))) {
        size++;
    }
    bool whole = stack->quiet || text[size] == '\0' || text[size + 1] == '\0' || size >= sizeof first;
    memcpy(first, text, whole ? 0 : size);
    first[whole ? 0 : size] = '\0';
    struct page_item *item = stack_text(stack, question_style(stack), THEME_INK, whole ? text : first);
    struct page_item *rest = NULL;
    if (!whole) {
        stack->y += reach(stack);
        stack_gap(stack, 10);
        rest = stack_text(stack, THEME_BODY, THEME_INK, text + size + 1);
    }
    if (item != NULL) {
        item->voice = voice;
    }
    if (rest != NULL) {
        rest->voice = voice;
    }
}

static void heading(struct stack *stack, const struct pupil_pages_scene *scene,
                    const struct flow_view *view) {
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    const struct questionnaire_item *item = &questionnaire->item[view->item];
    struct strings_value values[] = {{"position", NULL, view->position}, {"total", NULL, view->total}};
    char progress[STRINGS_TEXT_SIZE] = "";
    if (view->position > 0) {
        strings_format(progress, sizeof progress, scene->strings, STRINGS_QUESTION_PROGRESS, values, 2);
    }
    bool instead = view->nudge && stack->packing >= STACK_CLOSE;
    if (view->position == 0) {
        stack_below_progress(stack); /* no question has come yet: nothing to tell of them */
        stack_gap(stack, 6);
    } else {
        stack_progress(stack, instead ? say(scene, STRINGS_QUESTION_NUDGE) : progress, view->position,
                       view->total);
    }
    stack_gap(stack, 14);
    uint16_t voice = listen_voice(scene, QUESTIONNAIRE_RECORDED_ITEM, view->item, 0);
    const char *label = asked(stack, scene, &item->label);
    if (view->note) {
        note(stack, label, voice);
        return;
    }
    struct page_item *question = stack_text(stack, question_style(stack), THEME_INK, label);
    if (question != NULL) {
        question->again = true;
        question->voice = voice;
    }
}

/* What helps to answer: the author's hint, or that several may be chosen. */
static struct question_page_hint hint_of(struct stack *stack, const struct pupil_pages_scene *scene,
                                         const struct flow_view *view) {
    const struct questionnaire_item *item = &scene->flow->questionnaire->item[view->item];
    struct question_page_hint hint = {.style = THEME_BODY};
    if (item->hint.in[0] != NULL) {
        hint.text = asked(stack, scene, &item->hint);
        hint.style = stack->packing >= STACK_TIGHT ? THEME_SMALL : THEME_BODY;
    } else if (item->kind == QUESTIONNAIRE_SELECT_MULTIPLE) {
        hint.text = say(scene, STRINGS_QUESTION_SEVERAL);
        hint.voice = listen_words(scene, STRINGS_QUESTION_SEVERAL);
    }
    return hint;
}

static void add_hint(struct stack *stack, const struct question_page_hint *hint) {
    if (hint->text != NULL) {
        stack->y += reach(stack);
        struct page_item *item = stack_text(stack, hint->style, THEME_HELP, hint->text);
        if (item != NULL) {
            item->voice = hint->voice;
        }
    }
}

static size_t cards_of(struct stack_card cards[QUESTIONNAIRE_OPTIONS], struct stack *stack,
                       const struct pupil_pages_scene *scene, const struct flow_view *view) {
    const struct questionnaire *questionnaire = scene->flow->questionnaire;
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, view->item);
    bool several = questionnaire->item[view->item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    for (uint16_t i = 0; i < list->option_count; i++) {
        cards[i] = (struct stack_card){.mark = several ? PAGE_MARK_BOX : PAGE_MARK_RING,
                                       .text = asked(stack, scene, &list->option[i].label),
                                       .action = ACTION_PUPIL + FLOW_CHOOSE,
                                       .value = i,
                                       .face = face_of(questionnaire, view->item, i),
                                       .voice = listen_voice(scene, QUESTIONNAIRE_RECORDED_OPTION,
                                                             questionnaire->item[view->item].list, i),
                                       .chosen = flow_is_chosen(scene->flow, i)};
    }
    return list->option_count;
}

/* What the last two answers are. */
static enum question_page_end end_of(const struct pupil_pages_scene *scene, const struct flow_view *view) {
    const struct questionnaire_list *list = questionnaire_list_of(scene->flow->questionnaire, view->item);
    const struct questionnaire_option *last = &list->option[list->option_count - 1];
    if (list->option_count < 3 || last->kind == QUESTIONNAIRE_OPTION_ANSWER) {
        return QUESTION_PAGE_END_OTHER;
    }
    return last[-1].kind != QUESTIONNAIRE_OPTION_ANSWER ? QUESTION_PAGE_END_NO_OPINION
           : last[-1].exclusive                         ? QUESTION_PAGE_END_ALONE
                                                        : QUESTION_PAGE_END_OTHER;
}

/*
 * Which cards each part holds: part p is [first[p], first[p + 1]). Of the first part `lead` is taken already.
 * Gives the number of parts.
 */
static size_t parts_of(size_t first[QUESTIONNAIRE_OPTIONS + 1], const struct stack *stack,
                       const struct stack_card *cards, size_t count, int lead) {
    int room = stack->bottom - stack->y;
    int used = lead;
    size_t parts = 1;
    first[0] = 0;
    for (size_t i = 0; i < count; i++) {
        int height = stack_card_height(stack, &cards[i], 1);
        if (i > first[parts - 1] && used + height > room) {
            first[parts++] = i;
            used = 0;
        }
        used += height + stack->theme->gap;
    }
    first[parts] = count;
    return parts;
}

/*
 * All parts or none: where one does not fit, the page is cut in another way, and a pupil would go from one
 * way to the other.
 */
static bool each_part_fits(const struct stack *stack, const struct stack_card *cards, const size_t *first,
                           size_t parts, int lead) {
    bool fits = true;
    for (size_t part = 0; part < parts; part++) {
        int height = (part == 0 ? lead : 0) - stack->theme->gap;
        for (size_t i = first[part]; i < first[part + 1]; i++) {
            height += stack_card_height(stack, &cards[i], 1) + stack->theme->gap;
        }
        fits = fits && stack->y + height <= stack->bottom;
    }
    return fits;
}

/* What the button to the next part says; of numbers of two digits each it is as wide as it becomes. */
static void more_text(char text[STRINGS_TEXT_SIZE], const struct pupil_pages_scene *scene, size_t part,
                      size_t parts) {
    struct strings_value values[] = {{"page", NULL, (unsigned)part + 1}, {"pages", NULL, (unsigned)parts}};
    strings_format(text, STRINGS_TEXT_SIZE, scene->strings, STRINGS_QUESTION_MORE, values, 2);
}

/* It may stand as close to the answers as they do to one another: there is often room for one more then. */
static int more_height(const struct stack *stack, const struct pupil_pages_scene *scene) {
    char text[STRINGS_TEXT_SIZE];
    more_text(text, scene, QUESTIONNAIRE_OPTIONS - 1, QUESTIONNAIRE_OPTIONS);
    struct stack_card probe = {.text = text};
    return stack_card_height(stack, &probe, 1) + stack->theme->gap;
}

/* The hint is read once, on the first part: on the others there is room for more answers. */
static void cards_in_parts(struct stack *stack, const struct pupil_pages_scene *scene,
                           const struct stack_card *cards, size_t count,
                           const struct question_page_hint *hint) {
    size_t first[QUESTIONNAIRE_OPTIONS + 1];
    size_t part = scene->part;
    char text[STRINGS_TEXT_SIZE];
    int bottom = stack->bottom;
    int lead = hint->text == NULL
                   ? 0
                   : reach(stack) + stack_text_height(stack, hint->style, hint->text) + stack->theme->gap;
    stack->bottom -= more_height(stack, scene);
    size_t parts = parts_of(first, stack, cards, count, lead);
    part %= parts;
    stack->bottom = bottom;
    more_text(text, scene, part, parts);
    if (parts > 1) {
        struct stack_button more = {.text = text, .action = ACTION_MORE};
        stack_buttons(stack, &more, 1);
        stack->bottom += stack->theme->gap / 2;
    }
    if (!each_part_fits(stack, cards, first, parts, lead)) {
        stack->page->overflow = true;
    }
    if (part == 0 && lead > 0) {
        add_hint(stack, hint);
        stack->y += stack->theme->gap;
    }
    stack_grid(stack, cards + first[part], first[part + 1] - first[part], 1, false);
}

/*
 * Whether the last two stand beside one another. Those without an opinion do so on all pages of a language and a
 * screen, where each fits in a line of its own; others, and these in two lines, only for want of room.
 */
static bool share_a_line(const struct stack *stack, const struct stack_card *two,
                         enum question_page_end end) {
    if (stack->packing >= STACK_PAIR) {
        return end != QUESTION_PAGE_END_OTHER;
    }
    return end == QUESTION_PAGE_END_NO_OPINION && stack_cards_fit(stack, two, 2, 2);
}

void question_page_answers(struct stack *stack, const struct pupil_pages_scene *scene,
                           const struct stack_card *cards, size_t count, enum question_page_end end,
                           const struct question_page_hint *hint) {
    bool pairs = count > 2 && end == QUESTION_PAGE_END_NO_OPINION && cards[0].mark == PAGE_MARK_BOX &&
                 stack->packing >= STACK_PAIR && stack->packing != STACK_FLOW;
    if (stack->packing != STACK_PARTS) {
        add_hint(stack, hint);
    }
    stack_gap(stack, 12);
    stack_below_letters(stack);
    if (stack->packing == STACK_PARTS) {
        cards_in_parts(stack, scene, cards, count, hint);
    } else if (end != QUESTION_PAGE_END_OTHER && share_a_line(stack, cards + count - 2, end)) {
        stack_grid(stack, cards, count - 2, pairs ? 2 : 1, false);
        stack_grid(stack, cards + count - 2, 2, 2, false);
    } else {
        stack_grid(stack, cards, count, 1, false);
    }
}

static void answers(struct stack *stack, const struct pupil_pages_scene *scene,
                    const struct flow_view *view) {
    struct stack_card cards[QUESTIONNAIRE_OPTIONS];
    size_t count = cards_of(cards, stack, scene, view);
    struct question_page_hint hint = hint_of(stack, scene, view);
    question_page_answers(stack, scene, cards, count, end_of(scene, view), &hint);
    secret_wipe(cards, sizeof cards);
}

void question_page_build(struct stack *stack, const struct pupil_pages_scene *scene) {
    struct flow_view view = flow_look(scene->flow);
    buttons(stack, scene, &view);
    nudge(stack, scene, &view);
    heading(stack, scene, &view);
    if (view.note) {
        struct question_page_hint hint = hint_of(stack, scene, &view);
        add_hint(stack, &hint);
    } else {
        answers(stack, scene, &view);
    }
}
