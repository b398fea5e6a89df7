/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sits at a terminal: typist PROGRAM ARGUMENT… <script. Each line of the script is a prompt, a tab and what
 * to type when that prompt has come up, in this order. What the terminal shows goes to standard output; the
 * exit code is the program's, or 99 when a prompt did not come.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCREEN = 1 << 16, PATIENCE_MS = 20000 };

static char screen[SCREEN];
static size_t shown;

static int start(char **argv) {
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        exit(98);
    }
    if (fork() == 0) {
        setsid();
        int slave = open(ptsname(master), O_RDWR);
        ioctl(slave, TIOCSCTTY, 0);
        dup2(slave, 0);
        dup2(slave, 1);
        dup2(slave, 2);
        close(master);
        execv(argv[1], argv + 1);
        _exit(127);
    }
    return master;
}

/* More of the screen; 0 when there is no more. */
static int look(int master) {
    struct pollfd ready = {master, POLLIN, 0};
    if (poll(&ready, 1, PATIENCE_MS) <= 0 || shown + 1 >= SCREEN) {
        return 0;
    }
    ssize_t size = read(master, screen + shown, SCREEN - 1 - shown);
    if (size <= 0) {
        return 0;
    }
    fwrite(screen + shown, 1, (size_t)size, stdout);
    shown += (size_t)size;
    screen[shown] = '\0';
    return 1;
}

int main(int argc, char **argv) {
    char line[1024];
    size_t seen = 0;
    int status = 0;
    if (argc < 2) {
        return 98;
    }
    int master = start(argv);
    while (fgets(line, sizeof line, stdin)) {
        char *answer = strchr(line, '\t'), *found = NULL;
        if (!answer) {
            return 98;
        }
        *answer++ = '\0';
        while (!(found = strstr(screen + seen, line)) || !strchr(found, ' ') ||
               found[strlen(found) - 1] != ' ') {
            if (!look(master)) {
                fprintf(stderr, "typist: the prompt '%s' did not come\n", line);
                return 99;
            }
        }
        seen = shown;
        if (write(master, answer, strlen(answer)) < 0) {
            return 98;
        }
    }
    while (look(master)) {
    }
    if (wait(&status) < 0) {
        return 98;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 97;
}
