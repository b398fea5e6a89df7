/* SPDX-License-Identifier: Apache-2.0 */
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/listen.h"

const int screen_sizes[SCREEN_SIZES][2] = {{1024, 768},  {1366, 768}, {1920, 1080},
                                           {1280, 1024}, {800, 600},  {768, 1024}};

void screen_dress(struct theme *theme, struct font_set *fonts, int size, int percent) {
    *theme = theme_for(screen_sizes[size][0], screen_sizes[size][1]);
    theme_enlarge(theme, percent);
    check_fault(font_open(fonts, NULL, theme), FAULT_NONE);
}

void screen_set_size(struct screen *screen, int size) {
    screen_set_percent(screen, size, 100);
}

void screen_set_percent(struct screen *screen, int size, int percent) {
    screen->size = size;
    font_close(&screen->fonts);
    screen_dress(&screen->theme, &screen->fonts, size, percent);
}

int screen_setup(void **state) {
    static const struct sample_class classes[] = {
        {"2A", 2, 24, 0}, {"2B", 2, 25, 1}, {"gr. 7/8 De Regenboog", 4, 28, 0}};
    struct screen *screen = calloc(1, sizeof *screen);
    assert_non_null(screen);
    screen->sample = sample_round_new(classes, 3, 1);
    screen->most_characters = 80;
    screen->most_words = 60;
    screen->view.listens = true; /* the most buttons that a page can have */
    spoken_pretend(&screen->spoken);
    check_fault(listen_pretend(&screen->voices, screen->sample->round->questionnaire), FAULT_NONE);
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        check_fault(strings_open(&screen->strings[i], i), FAULT_NONE);
    }
    check_fault(page_new(&screen->page), FAULT_NONE);
    screen_set_size(screen, 0);
    *state = screen;
    return 0;
}

int screen_teardown(void **state) {
    struct screen *screen = *state;
    flow_release(&screen->flow);
    page_free(screen->page);
    voices_close(&screen->voices);
    font_close(&screen->fonts);
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        strings_close(&screen->strings[i]);
    }
    sample_round_free(screen->sample);
    free(screen);
    return 0;
}

void screen_set_second_language(struct screen *screen, const char *code) {
    struct questionnaire_language *language = &screen->sample->round->questionnaire->language[1];
    snprintf(language->code, sizeof language->code, "%s", code);
}

void screen_start(struct screen *screen, uint16_t language_count) {
    static const uint16_t languages[] = {0, 1};
    flow_release(&screen->flow);
    check_fault(flow_open(&screen->flow, screen->sample->round->questionnaire, languages, language_count),
                FAULT_NONE);
}

void screen_hear(struct screen *screen, enum flow_event event, uint16_t value) {
    flow_hear(&screen->flow, event, value, 1);
}

void screen_agree(struct screen *screen, uint16_t language) {
    screen_start(screen, 2);
    screen_hear(screen, FLOW_START, 0);
    screen_hear(screen, FLOW_CHOOSE_LANGUAGE, language);
    screen_hear(screen, FLOW_AGREE, 0);
}

void screen_go_to(struct screen *screen, uint16_t item) {
    screen_agree(screen, 0);
    while (screen->flow.state == FLOW_QUESTION && screen->flow.item != item) {
        screen_hear(screen, flow_look(&screen->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
    assert_int_equal(screen->flow.item, item);
}

void screen_build(struct screen *screen, uint16_t part) {
    const struct questionnaire *questionnaire = screen->flow.questionnaire;
    const char *code = questionnaire->language[flow_look(&screen->flow).language].code;
    screen->language = strings_language_of(code);
    struct pupil_pages_scene scene = {.flow = &screen->flow,
                                      .round = screen->sample->round,
                                      .strings = &screen->strings[screen->language],
                                      .view = &screen->view,
                                      .panel = screen->panel,
                                      .can_listen = true,
                                      .voices = &screen->voices,
                                      .spoken = &screen->spoken,
                                      .part = part};
    stack_fit(screen->page, &screen->theme, &screen->fonts, false, pupil_pages_build, &scene);
}

void screen_draw(struct screen *screen, struct picture *out) {
    screen_build(screen, 0);
    picture_open(out, screen->theme.width, screen->theme.height);
    picture_draw(out, screen->page, &screen->theme, &screen->fonts);
}

void screen_take_picture(const struct screen *screen, const char *name) {
    const char *folder = getenv("KLANKBORD_PICTURES");
    char path[1024];
    struct picture picture;
    if (folder != NULL && folder[0] != '\0' && screen->size < SCREEN_USUAL_SIZES) {
        snprintf(path, sizeof path, "%s/%s-%s-%d.bmp", folder, name, strings_code(screen->language),
                 screen->theme.width);
        picture_open(&picture, screen->theme.width, screen->theme.height);
        picture_draw(&picture, screen->page, &screen->theme, &screen->fonts);
        picture_save(&picture, path);
        picture_close(&picture);
    }
}

uint32_t screen_rgb(const struct screen *screen, enum theme_colour colour) {
    struct theme_rgb rgb = theme_rgb_of(theme_colour_in(screen->theme.look, colour));
    return (uint32_t)rgb.r << 16 | (uint32_t)rgb.g << 8 | rgb.b;
}

bool screen_is_painted(const struct screen *screen, const struct picture *picture, struct paint_rect rect,
                       enum theme_colour colour) {
    bool found = false;
    for (int i = 0; i < rect.w * rect.h; i++) {
        found = found || picture_pixel(picture, rect.x + i % rect.w, rect.y + i / rect.w) ==
                             screen_rgb(screen, colour);
    }
    return found;
}

int screen_count_cards(const struct page *page) {
    int count = 0;
    while (page_card(page, count + 1) != PAGE_NOTHING) {
        count++;
    }
    return count;
}

bool screen_holds(const struct screen *screen, const char *words) {
    for (int i = 0; i < screen->page->item_count; i++) {
        if (strstr(page_text(screen->page, &screen->page->item[i]), words) != NULL) {
            return true;
        }
    }
    return false;
}

void screen_replace(char **text, const char *by) {
    free(*text);
    *text = malloc(strlen(by) + 1);
    assert_non_null(*text);
    strcpy(*text, by);
}
