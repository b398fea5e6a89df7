/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tests/screens/server.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT_MS = 10000, EXIT_NOT_FOUND = 127 };

pid_t server_run(char *const argv[]) {
    pid_t process = fork();
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* nothing stays behind whatever becomes of us */
        execvp(argv[0], argv);
        fprintf(stderr, "%s cannot be started\n", argv[0]);
        _exit(EXIT_NOT_FOUND);
    }
    return process;
}

int server_end(pid_t process) {
    int status = 0;
    if (process <= 0) {
        return -1;
    }
    kill(process, SIGTERM);
    if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) {
        return -1;
    }
    return WEXITSTATUS(status);
}

/* The number that the server writes when it is ready, and a line feed. */
static bool read_number(char out[8], int from) {
    struct pollfd ready = {from, POLLIN, 0};
    size_t used = 0;
    while (used < 7 && poll(&ready, 1, WAIT_MS) == 1) {
        ssize_t got = read(from, out + used, 7 - used);
        if (got <= 0) {
            return false;
        }
        used += (size_t)got;
        out[used] = '\0';
        if (out[used - 1] == '\n') {
            out[used - 1] = '\0';
            return true;
        }
    }
    return false;
}

bool server_start(struct server *out, const char *size) {
    int ends[2];
    char number[8];
    char end[16];
    char screen[32];
    memset(out, 0, sizeof *out);
    if (pipe(ends) != 0) {
        return false;
    }
    snprintf(end, sizeof end, "%d", ends[1]);
    snprintf(screen, sizeof screen, "%s", size);
    char *argv[] = {"Xvfb", "-displayfd", end, "-screen", "0", screen, "-nolisten", "tcp", "-noreset", NULL};
    out->process = server_run(argv);
    close(ends[1]);
    bool up = out->process > 0 && read_number(number, ends[0]);
    close(ends[0]);
    if (!up) {
        fprintf(stderr, "no display of one's own: is Xvfb there?\n");
        server_stop(out);
        return false;
    }
    snprintf(out->name, sizeof out->name, ":%s", number);
    setenv("DISPLAY", out->name, 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);
    return true;
}

void server_stop(struct server *server) {
    (void)server_end(server->process);
    memset(server, 0, sizeof *server);
}
