/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_lesson.h"

#include "check.h"

static void mentor(struct desk *desk, enum mentor_event event, uint16_t value, uint64_t now_ms) {
    desk_mentor(desk, event, value, now_ms);
    desk_work(desk, now_ms);
}

void sample_lesson_open(struct sample_kiosk *kiosk, struct desk **desk, struct stage *stage,
                        uint64_t now_ms) {
    sample_kiosk_new(kiosk);
    check_fault(desk_open(desk, sample_kiosk_open(kiosk), now_ms), FAULT_NONE);
    struct stage_setup setup = {.desk = *desk, .width = 1024, .height = 768};
    check_fault(stage_open(stage, &setup, now_ms), FAULT_NONE);
    mentor(*desk, MENTOR_UNLOCK, 0, now_ms);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        mentor(*desk, MENTOR_DIGIT, (uint16_t)(*digit - '0'), now_ms);
    }
    mentor(*desk, MENTOR_ENTER, 0, now_ms);
    mentor(*desk, MENTOR_PICK, 0, now_ms);
    mentor(*desk, MENTOR_OPEN, 0, now_ms);
    mentor(*desk, MENTOR_OPEN, 0, now_ms); /* the sample's period may be over */
    assert_int_equal(desk_mentor_view(*desk, now_ms).state, MENTOR_PUPILS);
}

void sample_lesson_close(struct sample_kiosk *kiosk, struct desk **desk, struct stage *stage) {
    stage_close(stage);
    *desk = desk_free(*desk);
    sample_kiosk_release(kiosk);
}
