/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sits at a terminal: typist [-a] PROGRAM ARGUMENT… <script. Each line of the script is a prompt, a tab and what
 * to type when that prompt has come up, in this order; with -a whenever it comes up, as often as it does. What the
 * terminal shows goes to standard output; the exit code is the program's, or 99 when a prompt did not come.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCREEN = 1 << 16, PATIENCE_MS = 60000, LINE = 1024, LINES = 32 };

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

/* Whether this is what the program waits for now: it has printed the prompt last, and a space behind it. */
static int asked(const char *prompt, size_t seen) {
    const char *found = strstr(screen + seen, prompt);
    return found && strchr(found, ' ') && screen[shown - 1] == ' ';
}

static int type_line(int master, const char *prompt, const char *answer, size_t *seen) {
    while (!asked(prompt, *seen)) {
        if (!look(master)) {
            fprintf(stderr, "typist: the prompt '%s' did not come\n", prompt);
            return 99;
        }
    }
    *seen = shown;
    return write(master, answer, strlen(answer)) < 0 ? 98 : 0;
}

/* Answers to whatever is asked, until nothing more comes; the first line of the script that fits. */
static int answer_all(int master, char line[][LINE], int lines) {
    size_t seen = 0;
    while (look(master)) {
        for (int i = 0; i < lines; i++) {
            if (asked(line[i], seen)) {
                const char *answer = line[i] + strlen(line[i]) + 1;
                seen = shown;
                if (write(master, answer, strlen(answer)) < 0) {
                    return 98;
                }
                break;
            }
        }
    }
    return 0;
}

/* The script in memory, each line cut in two at its tab; -1 when it is none. */
static int read_script(char line[][LINE]) {
    int lines = 0;
    while (lines < LINES && fgets(line[lines], LINE, stdin)) {
        char *tab = strchr(line[lines++], '\t');
        if (!tab) {
            return -1;
        }
        *tab = '\0';
    }
    return lines;
}

int main(int argc, char **argv) {
    static char line[LINES][LINE];
    size_t seen = 0;
    int status = 0, fault = 0, always = argc > 1 && strcmp(argv[1], "-a") == 0;
    int lines = read_script(line);
    if (argc < 2 + always || lines < 0) {
        return 98;
    }
    int master = start(argv + always);
    for (int i = 0; !always && !fault && i < lines; i++) {
        fault = type_line(master, line[i], line[i] + strlen(line[i]) + 1, &seen);
    }
    if (always) {
        fault = answer_all(master, line, lines);
    }
    if (fault) {
        return fault;
    }
    while (look(master)) {
    }
    if (wait(&status) < 0) {
        return 98;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 97;
}
