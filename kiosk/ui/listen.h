/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LISTEN_H
#define LISTEN_H

#include "kiosk/ui/pupil_pages.h"

/*
 * Reading aloud on the pupil's pages: which texts have a recording, the tools, and the panel that is shown
 * first.
 */

/*
 * 1 + the recording of a label in the pupil's language (page_item.voice); 0: none. `option` is 0 for an item.
 */
uint16_t listen_voice(const struct pupil_pages_scene *scene, enum questionnaire_recorded kind, uint16_t part,
                      uint16_t option);

/*
 * The same of one of the program's own words. They are read where the questionnaire is read aloud in this
 * language: who is welcomed aloud must not be left alone with the questions.
 */
uint16_t listen_words(const struct pupil_pages_scene *scene, enum strings_key key);
/*
 * stack_text, with what is heard of it; with air where a paragraph begins (a line feed). Gives the first paragraph,
 * or NULL when the page is full.
 */
struct page_item *listen_text(struct stack *stack, const struct pupil_pages_scene *scene,
                              enum theme_text style, enum theme_colour colour, enum strings_key key);

/* The tools that belong to it on this page, at most LISTEN_TOOLS; gives how many. */
enum { LISTEN_TOOLS = 3 };
size_t listen_tools(struct stack_tool tools[LISTEN_TOOLS], const struct pupil_pages_scene *scene);

/* The panel: headphones, whose voice it is, how fast. */
void listen_panel_build(struct stack *stack, const struct pupil_pages_scene *scene);

/*
 * For measuring pages: a questionnaire without recordings gets one, of nothing, for each of its labels as
 * long as there is room, and `out` says that all are on this machine; the caller sets recording_count back
 * and closes `out`. FAULT_MEMORY.
 */
enum fault listen_pretend(struct voices *out, struct questionnaire *questionnaire) FAULT_MUST_CHECK;

/*
 * A paragraph of a text with line feeds between them, "" where there are not so many. Every paragraph has the voice
 * of the whole text.
 */
enum { LISTEN_PARAGRAPH_GAP = 6 };
void listen_paragraph(char out[STRINGS_TEXT_SIZE], const char *text, size_t number);

/*
 * The recordings of what is on a page, from the top down, each once; at most SPEECH_TEXTS. Gives how many.
 */
size_t listen_texts(uint16_t out[SPEECH_TEXTS], const struct page *page);

#endif
