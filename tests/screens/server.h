/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <sys/types.h>

/* A display of one's own, in memory: Xvfb, which picks a free number. Any failure is said on stderr. */

struct server {
    pid_t process;
    char name[16]; /* ":7"; also in the environment as DISPLAY, with SDL_VIDEODRIVER=x11 beside it */
};

/* `size` as in "1920x1080x24". False when there is no Xvfb, or it does not come up within ten seconds. */
bool server_start(struct server *out, const char *size);
void server_stop(struct server *server); /* accepts zeroed and stopped ones */

/*
 * Starts a program (argv ends with NULL), with its output where ours goes. -1 when there are no processes
 * left.
 */
pid_t server_run(char *const argv[]);
/* Asks it to end, and waits. Gives its status, or -1 when it was killed by a signal. */
int server_end(pid_t process);

#endif
