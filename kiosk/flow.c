/* SPDX-License-Identifier: Apache-2.0 */
#include "flow.h"

#include "core/secret.h"

static bool applies(const struct flow *flow, uint16_t item) {
    return flow->questionnaire->item[item].step_count == 0 ||
           questionnaire_asks(flow->questionnaire, item, flow->answers->chosen);
}

static bool is_note(const struct flow *flow, uint16_t item) {
    return flow->questionnaire->item[item].kind == QUESTIONNAIRE_NOTE;
}

/* The first item from `item` on that applies, or NONE. */
static uint16_t first_from(const struct flow *flow, uint16_t item) {
    for (uint16_t i = item; i < flow->questionnaire->item_count; i++) {
        if (applies(flow, i)) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

/* The last item before `item` that applies, or NONE. */
static uint16_t last_before(const struct flow *flow, uint16_t item) {
    for (uint16_t i = item; i-- > 0;) {
        if (applies(flow, i)) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

/* A changed answer may ask for questions that were passed over before. */
static uint16_t first_not_shown(const struct flow *flow) {
    for (uint16_t i = 0; i < flow->questionnaire->item_count; i++) {
        if (!flow->answers->shown[i] && applies(flow, i)) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

static void wipe_answers(struct flow *flow) {
    answers_forget(flow->answers);
    flow->item = 0;
    flow->checked = false;
    flow->practice = 0;
}

static bool go(struct flow *flow, enum flow_state state) {
    flow->state = state;
    return true;
}

static bool open_page(struct flow *flow, uint16_t item) {
    if (item == QUESTIONNAIRE_NONE) {
        flow->checked = true;
        return go(flow, FLOW_CHECK);
    }
    flow->item = item;
    flow->answers->shown[item] = true;
    return go(flow, FLOW_QUESTION);
}

static bool step_forward(struct flow *flow) {
    bool once_more = flow->checked;
    return open_page(flow, once_more ? first_not_shown(flow) : first_from(flow, (uint16_t)(flow->item + 1)));
}

/* The arrows, in the order of the drawing in flow.h. Each returns whether what is shown may have changed. */

static bool start(struct flow *flow, uint16_t value) {
    (void)value;
    return go(flow, flow->language_count > 1 ? FLOW_LANGUAGE : FLOW_WELCOME);
}

static bool forget(struct flow *flow, uint16_t value) {
    (void)value;
    flow_forget(flow);
    return true;
}

static bool change_language(struct flow *flow, uint16_t value) {
    if (value >= flow->language_count) {
        return false;
    }
    flow->language = value;
    return true;
}

static bool pick_language(struct flow *flow, uint16_t value) {
    return change_language(flow, value) && go(flow, FLOW_WELCOME);
}

static bool turn_page(struct flow *flow, uint16_t value) {
    (void)value;
    if (flow->page == FLOW_PAGE_ASK) {
        return false;
    }
    if (flow->page == FLOW_PAGE_PRACTICE && flow->practice == 0) {
        flow->nudge = true;
        return true;
    }
    flow->page++;
    return true;
}

static bool turn_back(struct flow *flow, uint16_t value) {
    (void)value;
    if (flow->page == FLOW_PAGE_WHAT) {
        return flow->language_count > 1 ? go(flow, FLOW_LANGUAGE) : forget(flow, 0);
    }
    flow->page--;
    return true;
}

static bool practise(struct flow *flow, uint16_t value) {
    if (flow->page != FLOW_PAGE_PRACTICE || value >= FLOW_PRACTICE_OPTIONS) {
        return false;
    }
    flow->practice = (uint16_t)(value + 1);
    return true;
}

static bool skip_practice(struct flow *flow, uint16_t value) {
    (void)value;
    if (flow->page != FLOW_PAGE_PRACTICE) {
        return false;
    }
    flow->practice = 0;
    flow->page++;
    return true;
}

static bool agree(struct flow *flow, uint16_t value) {
    (void)value;
    flow->checked = false;
    return open_page(flow, first_from(flow, 0));
}

static bool decline(struct flow *flow, uint16_t value) {
    (void)value;
    wipe_answers(flow);
    flow->answers->participation = ANSWERS_DECLINED;
    return go(flow, FLOW_DECLINED_QUIET);
}

/* Back to where it was asked, not to the beginning of the explanation. */
static bool ask_again(struct flow *flow) {
    flow->page = FLOW_PAGE_ASK;
    return go(flow, FLOW_WELCOME);
}

static bool to_welcome(struct flow *flow, uint16_t value) {
    (void)value;
    flow->answers->participation = ANSWERS_ANSWERED;
    return ask_again(flow);
}

static bool choose(struct flow *flow, uint16_t value) {
    const struct questionnaire_list *list = questionnaire_list_of(flow->questionnaire, flow->item);
    if (!list || value >= list->option_count) {
        return false;
    }
    answers_choose(flow->answers, flow->questionnaire, flow->item, value);
    return true;
}

static bool next(struct flow *flow, uint16_t value) {
    (void)value;
    if (!is_note(flow, flow->item) && flow->answers->chosen[flow->item] == 0) {
        flow->nudge = true;
        return true;
    }
    return step_forward(flow);
}

static bool skip(struct flow *flow, uint16_t value) {
    (void)value;
    answers_clear(flow->answers, flow->item);
    return step_forward(flow);
}

static bool step_back(struct flow *flow, uint16_t value) {
    (void)value;
    uint16_t item = last_before(flow, flow->item);
    return item == QUESTIONNAIRE_NONE ? ask_again(flow) : open_page(flow, item);
}

static bool last_page(struct flow *flow, uint16_t value) {
    (void)value;
    uint16_t item = last_before(flow, flow->questionnaire->item_count);
    return item != QUESTIONNAIRE_NONE && open_page(flow, item);
}

static bool open_line(struct flow *flow, uint16_t value) {
    bool listed = value < flow->questionnaire->item_count && !is_note(flow, value) && applies(flow, value);
    return listed && open_page(flow, value);
}

static bool ask_stop(struct flow *flow, uint16_t value) {
    (void)value;
    flow->asked_from = flow->state;
    return go(flow, FLOW_STOP_ASK);
}

static bool return_from_stop(struct flow *flow, uint16_t value) {
    (void)value;
    return go(flow, flow->asked_from);
}

static bool send_stopped(struct flow *flow, uint16_t value) {
    (void)value;
    flow->answers->participation = ANSWERS_STOPPED;
    return go(flow, FLOW_SENDING);
}

static bool send_answered(struct flow *flow, uint16_t value) {
    (void)value;
    flow->answers->participation = ANSWERS_ANSWERED;
    return go(flow, FLOW_SENDING);
}

static bool send(struct flow *flow, uint16_t value) {
    (void)value;
    return go(flow, FLOW_SENDING);
}

static bool thank(struct flow *flow, uint16_t value) {
    (void)value;
    wipe_answers(flow);
    return go(flow, FLOW_THANKS);
}

static bool apologise(struct flow *flow, uint16_t value) {
    (void)value;
    wipe_answers(flow);
    return go(flow, FLOW_SORRY);
}

static bool hide(struct flow *flow, uint16_t value) {
    (void)value;
    flow->hidden = true;
    return true;
}

struct arrow {
    enum flow_state from;
    enum flow_event event;
    bool (*take)(struct flow *flow, uint16_t value);
};

/* TICK's are taken once FLOW_FORGET_MS are over. */
static const struct arrow arrows[] = {
    {FLOW_READY, FLOW_START, start},
    {FLOW_READY, FLOW_RESET, forget},

    {FLOW_LANGUAGE, FLOW_CHOOSE_LANGUAGE, pick_language},
    {FLOW_LANGUAGE, FLOW_BACK, forget},
    {FLOW_LANGUAGE, FLOW_RESET, forget},
    {FLOW_LANGUAGE, FLOW_TICK, forget},

    {FLOW_WELCOME, FLOW_AGREE, agree},
    {FLOW_WELCOME, FLOW_DECLINE, decline},
    {FLOW_WELCOME, FLOW_NEXT, turn_page},
    {FLOW_WELCOME, FLOW_BACK, turn_back},
    {FLOW_WELCOME, FLOW_CHOOSE, practise},
    {FLOW_WELCOME, FLOW_SKIP, skip_practice},
    {FLOW_WELCOME, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_WELCOME, FLOW_HIDE, hide},
    {FLOW_WELCOME, FLOW_RESET, forget},
    {FLOW_WELCOME, FLOW_TICK, forget},

    {FLOW_DECLINED_QUIET, FLOW_LEAVE, send},
    {FLOW_DECLINED_QUIET, FLOW_BACK, to_welcome},
    {FLOW_DECLINED_QUIET, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_DECLINED_QUIET, FLOW_RESET, forget},
    {FLOW_DECLINED_QUIET, FLOW_TICK, send},

    {FLOW_QUESTION, FLOW_CHOOSE, choose},
    {FLOW_QUESTION, FLOW_NEXT, next},
    {FLOW_QUESTION, FLOW_SKIP, skip},
    {FLOW_QUESTION, FLOW_BACK, step_back},
    {FLOW_QUESTION, FLOW_STOP, ask_stop},
    {FLOW_QUESTION, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_QUESTION, FLOW_HIDE, hide},
    {FLOW_QUESTION, FLOW_RESET, forget},
    {FLOW_QUESTION, FLOW_TICK, forget},

    {FLOW_STOP_ASK, FLOW_STOP_SEND, send_stopped},
    {FLOW_STOP_ASK, FLOW_STOP_DISCARD, decline},
    {FLOW_STOP_ASK, FLOW_STOP_RETURN, return_from_stop},
    {FLOW_STOP_ASK, FLOW_BACK, return_from_stop},
    {FLOW_STOP_ASK, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_STOP_ASK, FLOW_HIDE, hide},
    {FLOW_STOP_ASK, FLOW_RESET, forget},
    {FLOW_STOP_ASK, FLOW_TICK, forget},

    {FLOW_CHECK, FLOW_SEND, send_answered},
    {FLOW_CHECK, FLOW_GOTO, open_line},
    {FLOW_CHECK, FLOW_BACK, last_page},
    {FLOW_CHECK, FLOW_STOP, ask_stop},
    {FLOW_CHECK, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_CHECK, FLOW_HIDE, hide},
    {FLOW_CHECK, FLOW_RESET, forget},
    {FLOW_CHECK, FLOW_TICK, forget},

    {FLOW_SENDING, FLOW_SAVED, thank},
    {FLOW_SENDING, FLOW_FAILED, apologise},

    {FLOW_THANKS, FLOW_LEAVE, forget},
    {FLOW_THANKS, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_THANKS, FLOW_RESET, forget},
    {FLOW_THANKS, FLOW_TICK, forget},

    {FLOW_SORRY, FLOW_CHOOSE_LANGUAGE, change_language},
    {FLOW_SORRY, FLOW_RESET, forget},
};

static const struct arrow *find_arrow(const struct flow *flow, enum flow_event event) {
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
        if (arrows[i].from == flow->state && arrows[i].event == event) {
            return &arrows[i];
        }
    }
    return NULL;
}

static bool take_arrow(struct flow *flow, enum flow_event event, uint16_t value) {
    const struct arrow *arrow = find_arrow(flow, event);
    if (!arrow) {
        return false;
    }
    flow->nudge = false;
    return arrow->take(flow, value);
}

/* Whole seconds until all is wiped, the last one being 1; 0 before the warning. Below FLOW_FORGET_MS only. */
static uint16_t seconds_left(uint64_t idle_ms) {
    return idle_ms < FLOW_WARN_MS ? 0 : (uint16_t)((FLOW_FORGET_MS - idle_ms + 999) / 1000);
}

static bool tick(struct flow *flow, uint64_t now_ms) {
    uint64_t idle_ms = now_ms - flow->last_ms;
    uint16_t before = flow->countdown;
    bool hides = !flow->hidden && idle_ms >= FLOW_HIDE_MS && take_arrow(flow, FLOW_HIDE, 0);
    flow->countdown = flow->hidden ? seconds_left(idle_ms) : 0;
    return hides || flow->countdown != before;
}

enum fault flow_open(struct flow *flow, const struct questionnaire *questionnaire, const uint16_t *languages,
                     uint16_t count) {
    *flow = (struct flow){.questionnaire = questionnaire, .language_count = count};
    if (count == 0 || count > QUESTIONNAIRE_LANGUAGES) {
        return FAULT_MISUSE;
    }
    for (uint16_t i = 0; i < count; i++) {
        if (languages[i] >= questionnaire->language_count) {
            return FAULT_MISUSE;
        }
        flow->languages[i] = languages[i];
    }
    return answers_new(&flow->answers);
}

void flow_release(struct flow *flow) {
    answers_free(flow->answers);
    secret_wipe(flow, sizeof *flow);
}

void flow_forget(struct flow *flow) {
    wipe_answers(flow);
    flow->state = FLOW_READY;
    flow->asked_from = FLOW_READY;
    flow->page = FLOW_PAGE_WHAT;
    flow->language = 0;
    flow->nudge = false;
    flow->hidden = false;
    flow->countdown = 0;
}

bool flow_hear(struct flow *flow, enum flow_event event, uint16_t value, uint64_t now_ms) {
    bool left = now_ms - flow->last_ms >= FLOW_FORGET_MS && take_arrow(flow, FLOW_TICK, 0);
    if (event == FLOW_TICK && !left) {
        return tick(flow, now_ms);
    }
    flow->last_ms = now_ms;
    if (left) {
        return true;
    }
    if (flow->hidden && event != FLOW_RESET) {
        flow->hidden = false;
        flow->countdown = 0;
        return true;
    }
    return take_arrow(flow, event, value);
}

uint64_t flow_due_ms(const struct flow *flow) {
    if (!find_arrow(flow, FLOW_TICK)) {
        return UINT64_MAX;
    }
    if (!flow->hidden) {
        return flow->last_ms + (find_arrow(flow, FLOW_HIDE) ? FLOW_HIDE_MS : FLOW_FORGET_MS);
    }
    if (flow->countdown == 0) {
        return flow->last_ms + FLOW_WARN_MS;
    }
    return flow->last_ms + FLOW_FORGET_MS - UINT64_C(1000) * (flow->countdown - 1U);
}

static uint16_t count_questions(const struct flow *flow, uint16_t before) {
    uint16_t count = 0;
    for (uint16_t i = 0; i < before; i++) {
        count = (uint16_t)(count + !is_note(flow, i));
    }
    return count;
}

struct flow_view flow_look(const struct flow *flow) {
    struct flow_view view = {
        .state = flow->state,
        .language = flow->languages[flow->language],
        .item = QUESTIONNAIRE_NONE,
        .hidden = flow->hidden,
        .countdown = flow->countdown,
        .total = count_questions(flow, flow->questionnaire->item_count),
    };
    if (flow->state == FLOW_WELCOME) {
        view.page = flow->page;
        view.chosen = flow->practice != 0;
        view.nudge = flow->nudge;
    }
    if (flow->state == FLOW_QUESTION) {
        view.item = flow->item;
        view.note = is_note(flow, flow->item);
        view.chosen = flow->answers->chosen[flow->item] != 0;
        view.nudge = flow->nudge;
        view.position = count_questions(flow, (uint16_t)(flow->item + 1));
    }
    return view;
}

bool flow_is_chosen(const struct flow *flow, uint16_t option) {
    bool visible = flow->state == FLOW_QUESTION && !flow->hidden && option < QUESTIONNAIRE_OPTIONS;
    if (flow->state == FLOW_WELCOME && flow->page == FLOW_PAGE_PRACTICE && !flow->hidden) {
        return flow->practice == option + 1U;
    }
    return visible && (flow->answers->chosen[flow->item] >> option & 1U) != 0;
}

bool flow_check_line(const struct flow *flow, uint16_t n, uint16_t *item, bool *answered) {
    uint16_t line = 0;
    for (uint16_t i = 0; flow->state == FLOW_CHECK && i < flow->questionnaire->item_count; i++) {
        if (is_note(flow, i) || !applies(flow, i)) {
            continue;
        }
        if (line++ == n) {
            *item = i;
            *answered = flow->answers->chosen[i] != 0;
            return true;
        }
    }
    return false;
}

const struct answers *flow_sending(const struct flow *flow) {
    return flow->state == FLOW_SENDING ? flow->answers : NULL;
}
