/* SPDX-License-Identifier: Apache-2.0 */
#include "mentor.h"

#include "core/round.h"
#include "core/secret.h"

#include <stddef.h>

uint32_t mentor_delay_s(uint32_t wrong_tries) {
    static const uint32_t delays[] = {0, 0, 0, 0, 5, 15, 60, 300};
    uint32_t last = sizeof delays / sizeof delays[0] - 1;
    return delays[wrong_tries < last ? wrong_tries : last];
}

static bool go(struct mentor *mentor, enum mentor_state state) {
    mentor->state = state;
    mentor->warned = false;
    return true;
}

static void forget_pin(struct mentor *mentor) {
    secret_wipe(mentor->pin, MENTOR_PIN_DIGITS + 1);
    mentor->digits = 0;
}

static void start_wait(struct mentor *mentor, uint64_t now_ms) {
    mentor->wait_until_ms = now_ms + UINT64_C(1000) * mentor_delay_s(mentor->wrong_tries);
}

static const struct mentor_class *picked(const struct mentor *mentor) {
    return mentor->row < mentor->class_count ? &mentor->classes[mentor->row] : NULL;
}

static uint16_t highest(const struct mentor *mentor) {
    const struct mentor_class *class_item = picked(mentor);
    return mentor->field == MENTOR_LIMIT ? (class_item ? class_item->heads : 0) : ROUND_HEADS;
}

static bool put_number(struct mentor *mentor, uint32_t number) {
    uint16_t most = highest(mentor);
    mentor->number[mentor->field] = number > most ? most : (uint16_t)number;
    mentor->warned = false;
    return true;
}

static uint32_t sum_of(const struct mentor *mentor) {
    uint32_t sum = mentor->number[MENTOR_PRESENT];
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        sum += mentor->number[MENTOR_ABSENT + i];
    }
    return sum;
}

/* The arrows, in the order of mentor.h. Each returns whether what is shown may have changed. */

static bool ask_pin(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    forget_pin(mentor);
    mentor->leaving = false;
    mentor->administering = false;
    mentor->before_pin = mentor->state;
    return go(mentor, MENTOR_PIN);
}

static bool ask_pin_to_leave(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    ask_pin(mentor, value, now_ms);
    mentor->leaving = true;
    return true;
}

static bool ask_pin_to_administer(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    ask_pin(mentor, value, now_ms);
    mentor->administering = true;
    return true;
}

static bool add_pin_digit(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    if (value > 9 || mentor->digits == MENTOR_PIN_DIGITS) {
        return false;
    }
    mentor->pin[mentor->digits++] = (char)('0' + value);
    return true;
}

static bool drop_pin_digit(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    if (mentor->digits == 0) {
        return false;
    }
    mentor->pin[--mentor->digits] = '\0';
    return true;
}

static bool enter_pin(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    bool heard = mentor->digits >= MENTOR_PIN_LEAST && now_ms >= mentor->wait_until_ms;
    return heard && go(mentor, MENTOR_CHECKING);
}

static bool leave_pin(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    forget_pin(mentor);
    return go(mentor, mentor->before_pin);
}

static bool pick_class(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    if (value >= mentor->class_count || mentor->classes[value].asked == 0) {
        return false;
    }
    mentor->row = value;
    mentor->field = MENTOR_LIMIT;
    mentor->fresh = true;
    /* Who was here before does not come again. */
    const struct mentor_class *class_item = picked(mentor);
    bool some_left = class_item->answered < class_item->asked;
    mentor->number[MENTOR_LIMIT] = some_left ? (uint16_t)(class_item->asked - class_item->answered) : 1;
    return go(mentor, MENTOR_SETUP);
}

static bool export_class(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    if (value >= mentor->class_count || !mentor->classes[value].has_closed) {
        return false;
    }
    mentor->row = value;
    return go(mentor, MENTOR_EXPORT);
}

static bool pick_field(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    bool of_close = value >= MENTOR_PRESENT && value < MENTOR_FIELDS;
    if (mentor->state == MENTOR_SETUP ? value != MENTOR_LIMIT : !of_close) {
        return false;
    }
    mentor->field = (enum mentor_field)value;
    mentor->fresh = true;
    return true;
}

static bool set_number(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    mentor->fresh = true;
    return put_number(mentor, value);
}

static bool add_digit(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    if (value > 9) {
        return false;
    }
    uint32_t before = mentor->fresh ? 0 : mentor->number[mentor->field];
    mentor->fresh = false;
    return put_number(mentor, before * 10 + value);
}

static bool drop_digit(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    mentor->fresh = false;
    return put_number(mentor, mentor->number[mentor->field] / 10U);
}

static bool open_session(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    if (mentor->number[MENTOR_LIMIT] == 0) {
        return false;
    }
    if (mentor->clock_wrong && !mentor->warned) {
        mentor->warned = true;
        return true;
    }
    mentor->rehearsing = false;
    return go(mentor, MENTOR_OPENING);
}

static bool rehearse(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    if (mentor->number[MENTOR_LIMIT] == 0) {
        return false;
    }
    mentor->rehearsing = true;
    return go(mentor, MENTOR_OPENING);
}

static bool admit(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    if (!mentor->warned) {
        mentor->warned = true;
        return true;
    }
    return go(mentor, MENTOR_ADMITTING);
}

static bool finish(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    const struct mentor_class *class_item = picked(mentor);
    if (mentor->rehearsing) {
        return go(mentor, MENTOR_CLOSING);
    }
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        mentor->number[MENTOR_ABSENT + i] = 0;
    }
    mentor->number[MENTOR_PRESENT] = class_item ? class_item->asked : 0;
    mentor->field = MENTOR_PRESENT;
    mentor->fresh = true;
    return go(mentor, MENTOR_CLOSE);
}

static bool confirm(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)value;
    (void)now_ms;
    const struct mentor_class *class_item = picked(mentor);
    bool adds_up = class_item && sum_of(mentor) == class_item->asked;
    if (!adds_up && !mentor->warned) {
        mentor->warned = true;
        return true;
    }
    return go(mentor, MENTOR_CLOSING);
}

static bool pick_folder(struct mentor *mentor, uint16_t value, uint64_t now_ms) {
    (void)now_ms;
    if (value >= mentor->folder_count) {
        return false;
    }
    mentor->folder = value;
    return go(mentor, MENTOR_EXPORTING);
}

struct arrow {
    enum mentor_state from;
    enum mentor_event event;
    bool (*take)(struct mentor *mentor, uint16_t value, uint64_t now_ms); /* NULL: only goes to `to` */
    enum mentor_state to; /* with a function: where it may lead */
};

/* TICK stands for the end of the idle time. */
static const struct arrow arrows[] = {
    {MENTOR_LOCKED, MENTOR_UNLOCK, ask_pin, MENTOR_PIN},
    {MENTOR_LOCKED, MENTOR_LEAVE, ask_pin_to_leave, MENTOR_PIN},
    {MENTOR_LOCKED, MENTOR_ADMINISTER, ask_pin_to_administer, MENTOR_PIN},

    {MENTOR_PIN, MENTOR_DIGIT, add_pin_digit, MENTOR_PIN},
    {MENTOR_PIN, MENTOR_ERASE, drop_pin_digit, MENTOR_PIN},
    {MENTOR_PIN, MENTOR_ENTER, enter_pin, MENTOR_CHECKING},
    {MENTOR_PIN, MENTOR_BACK, leave_pin, MENTOR_LOCKED},
    {MENTOR_PIN, MENTOR_TICK, leave_pin, MENTOR_LOCKED},

    {MENTOR_CLASSES, MENTOR_PICK, pick_class, MENTOR_SETUP},
    {MENTOR_CLASSES, MENTOR_EXPORT_CLASS, export_class, MENTOR_EXPORT},
    {MENTOR_CLASSES, MENTOR_LOCK, NULL, MENTOR_LOCKED},
    {MENTOR_CLASSES, MENTOR_LEAVE, NULL, MENTOR_GONE},
    {MENTOR_CLASSES, MENTOR_TICK, NULL, MENTOR_LOCKED},

    {MENTOR_SETUP, MENTOR_FIELD, pick_field, MENTOR_SETUP},
    {MENTOR_SETUP, MENTOR_SET, set_number, MENTOR_SETUP},
    {MENTOR_SETUP, MENTOR_DIGIT, add_digit, MENTOR_SETUP},
    {MENTOR_SETUP, MENTOR_ERASE, drop_digit, MENTOR_SETUP},
    {MENTOR_SETUP, MENTOR_OPEN, open_session, MENTOR_OPENING},
    {MENTOR_SETUP, MENTOR_REHEARSE, rehearse, MENTOR_OPENING},
    {MENTOR_SETUP, MENTOR_BACK, NULL, MENTOR_CLASSES},
    {MENTOR_SETUP, MENTOR_TICK, NULL, MENTOR_LOCKED},

    {MENTOR_PUPILS, MENTOR_UNLOCK, ask_pin, MENTOR_PIN},

    {MENTOR_OVERVIEW, MENTOR_CONTINUE, NULL, MENTOR_PUPILS},
    {MENTOR_OVERVIEW, MENTOR_ADMIT, admit, MENTOR_ADMITTING},
    {MENTOR_OVERVIEW, MENTOR_FINISH, finish, MENTOR_CLOSE},
    {MENTOR_OVERVIEW, MENTOR_LOCK, NULL, MENTOR_LOCKED},
    {MENTOR_OVERVIEW, MENTOR_LEAVE, NULL, MENTOR_GONE},
    {MENTOR_OVERVIEW, MENTOR_TICK, NULL, MENTOR_LOCKED},

    {MENTOR_CLOSE, MENTOR_FIELD, pick_field, MENTOR_CLOSE},
    {MENTOR_CLOSE, MENTOR_SET, set_number, MENTOR_CLOSE},
    {MENTOR_CLOSE, MENTOR_DIGIT, add_digit, MENTOR_CLOSE},
    {MENTOR_CLOSE, MENTOR_ERASE, drop_digit, MENTOR_CLOSE},
    {MENTOR_CLOSE, MENTOR_CONFIRM, confirm, MENTOR_CLOSING},
    {MENTOR_CLOSE, MENTOR_BACK, NULL, MENTOR_OVERVIEW},

    {MENTOR_EXPORT, MENTOR_PICK, pick_folder, MENTOR_EXPORTING},
    {MENTOR_EXPORT, MENTOR_CLEAR, NULL, MENTOR_CLEARING},
    {MENTOR_EXPORT, MENTOR_BACK, NULL, MENTOR_CLASSES},
    {MENTOR_EXPORT, MENTOR_TICK, NULL, MENTOR_LOCKED},

    {MENTOR_RECEIPT, MENTOR_WRITTEN_DOWN, NULL, MENTOR_CLASSES},
    {MENTOR_RECEIPT, MENTOR_BACK, NULL, MENTOR_EXPORT},

    {MENTOR_CLEARED, MENTOR_WRITTEN_DOWN, NULL, MENTOR_CLASSES},
    {MENTOR_CLEARED, MENTOR_TICK, NULL, MENTOR_LOCKED},

    {MENTOR_ADMIN, MENTOR_BACK, NULL, MENTOR_LOCKED},
    {MENTOR_ADMIN, MENTOR_TICK, NULL, MENTOR_LOCKED},
};

static bool take_arrow(struct mentor *mentor, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
        if (arrows[i].from == mentor->state && arrows[i].event == event) {
            mentor->fault = FAULT_NONE;
            return arrows[i].take ? arrows[i].take(mentor, value, now_ms) : go(mentor, arrows[i].to);
        }
    }
    return false;
}

enum fault mentor_open(struct mentor *mentor, uint32_t wrong_tries, uint64_t now_ms) {
    *mentor = (struct mentor){.wrong_tries = wrong_tries, .last_ms = now_ms};
    start_wait(mentor, now_ms);
    void *pin = NULL;
    enum fault fault = secret_new(&pin, MENTOR_PIN_DIGITS + 1);
    mentor->pin = pin;
    return fault;
}

void mentor_release(struct mentor *mentor) {
    secret_free(mentor->pin);
    *mentor = (struct mentor){0};
}

void mentor_set_classes(struct mentor *mentor, const struct mentor_class *classes, uint16_t count) {
    mentor->classes = classes;
    mentor->class_count = count;
}

void mentor_set_session(struct mentor *mentor, uint16_t row) {
    mentor->session_open = true;
    mentor->row = row;
}

void mentor_set_folders(struct mentor *mentor, uint16_t count) {
    mentor->folder_count = count;
}

bool mentor_hear(struct mentor *mentor, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    if (event == MENTOR_TICK) {
        bool idle = now_ms - mentor->last_ms >= MENTOR_IDLE_MS;
        return idle && take_arrow(mentor, event, value, now_ms);
    }
    mentor->last_ms = now_ms;
    return take_arrow(mentor, event, value, now_ms);
}

/* The wishes, with where they lead. A done PIN leads where pin_opens says. */
static const struct wish {
    enum mentor_state from;
    enum mentor_wish wish;
    enum mentor_state done;
    enum mentor_state failed;
} wishes[] = {
    {MENTOR_CHECKING, MENTOR_WISH_CHECK_PIN, MENTOR_CLASSES, MENTOR_PIN},
    {MENTOR_OPENING, MENTOR_WISH_OPEN, MENTOR_PUPILS, MENTOR_SETUP},
    {MENTOR_CLOSING, MENTOR_WISH_CLOSE, MENTOR_EXPORT, MENTOR_CLOSE},
    {MENTOR_EXPORTING, MENTOR_WISH_EXPORT, MENTOR_RECEIPT, MENTOR_EXPORT},
    {MENTOR_ADMITTING, MENTOR_WISH_ADMIT, MENTOR_PUPILS, MENTOR_OVERVIEW},
    {MENTOR_CLEARING, MENTOR_WISH_CLEAR, MENTOR_CLEARED, MENTOR_EXPORT},
};

static const struct wish *current_wish(const struct mentor *mentor) {
    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
        if (wishes[i].from == mentor->state) {
            return &wishes[i];
        }
    }
    return NULL;
}

enum mentor_wish mentor_wishes(const struct mentor *mentor) {
    const struct wish *wish = current_wish(mentor);
    return wish ? wish->wish : MENTOR_WISH_NONE;
}

static enum mentor_state pin_opens(const struct mentor *mentor) {
    if (mentor->leaving) {
        return MENTOR_GONE;
    }
    if (mentor->administering) {
        return MENTOR_ADMIN;
    }
    return mentor->session_open ? MENTOR_OVERVIEW : MENTOR_CLASSES;
}

void mentor_done(struct mentor *mentor, uint64_t now_ms) {
    const struct wish *wish = current_wish(mentor);
    if (!wish) {
        return;
    }
    mentor->last_ms = now_ms;
    mentor->fault = FAULT_NONE;
    go(mentor, wish->done);
    if (wish->wish == MENTOR_WISH_CHECK_PIN) {
        forget_pin(mentor);
        mentor->wrong_tries = 0;
        mentor->wait_until_ms = 0;
        mentor->state = pin_opens(mentor);
    } else if (wish->wish == MENTOR_WISH_OPEN) {
        mentor->session_open = true;
    } else if (wish->wish == MENTOR_WISH_CLOSE) {
        mentor->session_open = false;
        mentor->state = mentor->rehearsing ? MENTOR_CLASSES : mentor->state;
        mentor->rehearsing = false;
    }
}

void mentor_failed(struct mentor *mentor, enum fault fault, uint64_t now_ms) {
    const struct wish *wish = current_wish(mentor);
    if (!wish) {
        return;
    }
    mentor->last_ms = now_ms;
    mentor->fault = fault;
    mentor->failed = wish->wish;
    go(mentor, wish->failed);
    if (wish->wish == MENTOR_WISH_CHECK_PIN) {
        forget_pin(mentor);
        mentor->wrong_tries += fault == FAULT_PIN;
        start_wait(mentor, now_ms);
    } else if (wish->wish == MENTOR_WISH_OPEN) {
        mentor->rehearsing = false;
    } else if (wish->wish == MENTOR_WISH_CLOSE && mentor->rehearsing) {
        mentor->state = MENTOR_OVERVIEW;
    }
}

struct mentor_view mentor_look(const struct mentor *mentor, uint64_t now_ms) {
    const struct mentor_class *class_item = picked(mentor);
    uint64_t wait_ms = mentor->wait_until_ms > now_ms ? mentor->wait_until_ms - now_ms : 0;
    struct mentor_view view = {
        .state = mentor->state,
        .fault = mentor->fault,
        .failed = mentor->failed,
        .digits = mentor->digits,
        .wait_s = (uint32_t)((wait_ms + 999) / 1000),
        .leaving = mentor->leaving,
        .administering = mentor->administering,
        .session_open = mentor->session_open,
        .rehearsing = mentor->rehearsing,
        .catching_up = class_item && class_item->has_closed,
        .clock_wrong = mentor->clock_wrong,
        .warned = mentor->warned,
        .row = mentor->row,
        .field = mentor->field,
        .sum = sum_of(mentor),
        .asked = class_item ? class_item->asked : 0,
    };
    for (int i = 0; i < MENTOR_FIELDS; i++) {
        view.number[i] = mentor->number[i];
    }
    return view;
}
