/* SPDX-License-Identifier: Apache-2.0 */
#include "pupil.h"

#include "kiosk/ui/action.h"

static int of_pupil(const struct stage *stage, enum flow_event event, int value) {
    return page_find(stage->page, ACTION_PUPIL + (int)event, value);
}

/* Answers behind a button are looked at as well. */
static int wants_answer(const struct stage *stage) {
    int first = of_pupil(stage, FLOW_CHOOSE, 0);
    return first != PAGE_NOTHING ? first : page_find(stage->page, ACTION_MORE, 0);
}

static int wants_of_welcome(const struct stage *stage, const struct flow_view *view) {
    switch (view->page) {
    case FLOW_PAGE_ASK: return of_pupil(stage, FLOW_AGREE, 0);
    case FLOW_PAGE_PRACTICE: return of_pupil(stage, FLOW_SKIP, 0);
    case FLOW_PAGE_WHAT:
    case FLOW_PAGE_WHO:
    case FLOW_PAGE_HELP:
    case FLOW_PAGES: break;
    }
    return of_pupil(stage, FLOW_NEXT, 0);
}

int pupil_wants(const struct stage *stage, uint16_t language) {
    struct flow_view view = flow_look(stage_flow(stage));
    switch (view.state) {
    case FLOW_READY: return of_pupil(stage, FLOW_START, 0);
    case FLOW_LANGUAGE: return of_pupil(stage, FLOW_CHOOSE_LANGUAGE, language);
    case FLOW_WELCOME: return wants_of_welcome(stage, &view);
    case FLOW_QUESTION: return view.note || view.chosen ? of_pupil(stage, FLOW_NEXT, 0) : wants_answer(stage);
    case FLOW_CHECK: return of_pupil(stage, FLOW_SEND, 0);
    case FLOW_THANKS: return of_pupil(stage, FLOW_LEAVE, 0);
    case FLOW_DECLINED_QUIET:
    case FLOW_STOP_ASK:
    case FLOW_SENDING:
    case FLOW_SORRY:
    case FLOW_STATES: break;
    }
    return PAGE_NOTHING;
}

void pupil_touch(struct stage *stage, int item, uint64_t *now_ms) {
    struct paint_rect rect = stage->page->item[item].rect;
    *now_ms += STAGE_DEAF_MS + 1;
    stage_press(stage, rect.x + rect.w / 2, rect.y + rect.h / 2, *now_ms);
    stage_release(stage, rect.x + rect.w / 2, rect.y + rect.h / 2, *now_ms);
}
