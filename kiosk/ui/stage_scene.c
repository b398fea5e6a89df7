/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/stage_scene.h"

#include "kiosk/ui/mentor_pages.h"
#include "kiosk/ui/message_page.h"
#include "kiosk/ui/pupil_pages.h"
#include "kiosk/ui/stage_listen.h"

/* More sticks than this nobody puts in; the others are seen after one is pulled out. */
enum { FOLDERS = 16, RECEIPTS = 64 };

static void build_message(struct stage *stage, bool keep_focus) {
    struct message_page_scene scene = {.strings = &stage->strings[stage->setup.language],
                                       .fault = stage->setup.fault,
                                       .remedy = stage->setup.remedy,
                                       .found = stage->setup.found,
                                       .part = stage->part,
                                       .can_administer = stage_admin_may(stage),
                                       .can_search = stage->setup.search != NULL};
    stack_fit(stage->page, &stage->theme, &stage->fonts, keep_focus, message_page_build, &scene);
}

/* A rehearsal says so above every page: whoever sees one must not take it for the real thing. */
struct marked {
    void (*build)(struct stack *stack, const void *view);
    const void *view;
    const char *mark;
};

static void build_marked(struct stack *stack, const void *view) {
    const struct marked *marked = view;
    stack_centred(stack, THEME_LABEL, THEME_INK, marked->mark);
    stack_gap(stack, 4);
    marked->build(stack, marked->view);
}

static void fit(struct stage *stage, bool keep_focus, void (*build)(struct stack *stack, const void *view),
                const void *view, const struct strings *strings) {
    const struct session *session = stage->setup.desk == NULL ? NULL : desk_session(stage->setup.desk);
    struct marked marked = {build, view, strings_get(strings, STRINGS_APP_REHEARSAL)};
    bool mark = session != NULL && session_is_rehearsal(session);
    stack_fit(stage->page, &stage->theme, &stage->fonts, keep_focus, mark ? build_marked : build,
              mark ? &marked : view);
}

static void build_pupil(struct stage *stage, bool keep_focus) {
    const struct session *session = stage->setup.desk == NULL ? NULL : desk_session(stage->setup.desk);
    const struct flow *flow = stage_flow(stage);
    const char *code = flow->questionnaire->language[flow_look(flow).language].code;
    struct pupil_pages_scene scene = {.flow = flow,
                                      .round = stage_round(stage),
                                      .strings = &stage->strings[strings_language_of(code)],
                                      .view = &stage->view,
                                      .panel = stage->panel,
                                      .preview = session == NULL,
                                      .full = session != NULL && session_is_full(session),
                                      .can_listen = stage->can_listen,
                                      .voices = stage_listen_voices(stage),
                                      .spoken = &stage->spoken,
                                      .is_reading = stage->speech.reading,
                                      .part = stage->part};
    fit(stage, keep_focus, pupil_pages_build, &scene, scene.strings);
}

static void add_session(struct mentor_pages_scene *scene, const struct session *session) {
    if (session != NULL) {
        scene->count = session_count(session);
        scene->limit = session_head(session)->limit;
        scene->pupil_is_busy = flow_look(session_flow(session)).state != FLOW_READY;
        scene->session_fault = session_fault(session);
        scene->is_full = session_is_full(session);
        scene->may_admit = session_head(session)->limit < session_head(session)->slots;
    }
}

static void add_classes(struct mentor_pages_scene *scene, struct stage *stage) {
    const struct desk *desk = stage->setup.desk;
    scene->class_count = desk_class_count(desk);
    scene->classes = stage->classes;
    scene->class_label = "";
    for (uint16_t i = 0; i < scene->class_count; i++) {
        stage->classes[i] = desk_class_at(desk, i);
        if (stage->classes[i].is_open) {
            scene->class_label = stage->classes[i].class_item->label;
        }
    }
    if (scene->class_label[0] == '\0' && scene->view.row < scene->class_count) {
        scene->class_label = stage->classes[scene->view.row].class_item->label;
    }
}

static void build_mentor(struct stage *stage, bool keep_focus, uint64_t now_ms) {
    const struct desk *desk = stage->setup.desk;
    const char *folders[FOLDERS];
    const struct bundle_export_receipt *receipts[RECEIPTS];
    struct mentor_pages_scene scene = {.round = desk_round(desk),
                                       .strings = &stage->strings[stage->setup.language],
                                       .view = desk_mentor_view(desk, now_ms),
                                       .part = stage->part,
                                       .others = stage->others,
                                       .had_others = stage->had_others,
                                       .folders = folders,
                                       .receipts = receipts};
    scene.apart_s = desk_apart_s(desk, now_ms);
    scene.session_label = desk_session_label(desk);
    scene.allows_old_versions = desk_state(desk)->allow_cow;
    scene.worries = stage->setup.machine ? machine_worries(stage->setup.machine) : 0;
    scene.renewal = stage->setup.renewal;
    scene.voices = desk_voices(desk);
    scene.can_listen = stage_listen_works(stage);
    scene.unexported = desk_unexported(desk);
    scene.clearing = desk_clearing(desk);
    add_session(&scene, desk_session(desk));
    add_classes(&scene, stage);
    while (scene.folder_count < FOLDERS && scene.folder_count < desk_folder_count(desk)) {
        folders[scene.folder_count] = desk_folder_at(desk, scene.folder_count);
        scene.folder_count++;
    }
    while (scene.receipt_count < RECEIPTS && scene.receipt_count < desk_receipt_count(desk)) {
        receipts[scene.receipt_count] = desk_receipt_at(desk, scene.receipt_count);
        scene.receipt_count++;
    }
    fit(stage, keep_focus, mentor_pages_build, &scene, scene.strings);
}

void stage_scene_build(struct stage *stage, bool keep_focus, uint64_t now_ms) {
    if (stage->place.mentor == MENTOR_ADMIN) {
        stage_admin_build(stage, keep_focus);
    } else if (stage->setup.desk == NULL && stage->setup.preview == NULL) {
        build_message(stage, keep_focus);
    } else if (stage->place.mentor == MENTOR_PUPILS && stage_flow(stage) != NULL) {
        build_pupil(stage, keep_focus);
    } else {
        build_mentor(stage, keep_focus, now_ms);
    }
}
