/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAGE_ADMIN_H
#define STAGE_ADMIN_H

#include "kiosk/status.h"

struct stage;

/*
 * The administrator's page on a stage: behind the PIN from the locked page; from a message page, where there
 * is no round and so no PIN, without one. Without a PIN the same facts are to be seen and the enrolment
 * request may be written (both are public), but nobody can say that keys were compared.
 */

struct stage_admin {
    bool open;   /* from a message page */
    bool looked; /* what follows is filled */
    struct status status;
    struct folder_names folders;
    bool waits; /* a folder is to be written to, after the next picture */
    uint16_t row;
    enum fault fault;
    enum strings_key done; /* as in admin_page.h */
    char file[KIOSK_STATE_REQUEST_SIZE];
};

/* Whether a message page may lead there. */
bool stage_admin_may(const struct stage *stage);
/* False when the action is none of these. */
bool stage_admin_act(struct stage *stage, int action, uint16_t value);
/* Sticks come and go while the page is shown; true when that changed it. */
bool stage_admin_tick(struct stage *stage);
void stage_admin_leave(struct stage *stage); /* accepts a stage where the page was never shown */
void stage_admin_work(struct stage *stage);  /* what waits */
void stage_admin_build(struct stage *stage, bool keep_focus);

#endif
