/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Signals that would leave the terminal silent when they end or stop the program. */
static const int watched[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
enum { WATCHED_COUNT = sizeof watched / sizeof *watched };

static volatile sig_atomic_t seen;

static void remember(int signal_number) {
    seen = signal_number;
}

/* What is put back when a question has been asked. */
struct watching {
    struct sigaction actions[WATCHED_COUNT];
    sigset_t mask; /* the signals blocked before, and again while waiting for a key */
};

/*
 * Outside the wait for a key the signals are blocked, so that none can slip in between a look at `seen` and
 * that wait. Not those for background programs: blocked, they would let us change a terminal that is not ours
 * at the moment.
 */
static void watch(struct watching *before) {
    struct sigaction action = {.sa_handler = remember}; /* no SA_RESTART: the wait must end */
    sigset_t held;
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    seen = 0;
    for (int i = 0; i < WATCHED_COUNT; i++) {
        sigaction(watched[i], NULL, &before->actions[i]);
        if (before->actions[i].sa_handler != SIG_IGN) {
            sigaction(watched[i], &action, NULL);
        }
        if (watched[i] != SIGTTIN && watched[i] != SIGTTOU) {
            sigaddset(&held, watched[i]);
        }
    }
    sigprocmask(SIG_BLOCK, &held, &before->mask);
}

/* Unblocks first, so that a signal that came late is still remembered and not lost on the old action. */
static void unwatch(const struct watching *before) {
    sigprocmask(SIG_SETMASK, &before->mask, NULL);
    for (int i = 0; i < WATCHED_COUNT; i++) {
        sigaction(watched[i], &before->actions[i], NULL);
    }
}

static bool is_stop(int signal_number) {
    return signal_number == SIGTSTP || signal_number == SIGTTIN || signal_number == SIGTTOU;
}

static int open_terminal(void) {
    int handle = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (handle >= 0 && !isatty(handle)) {
        close(handle);
        handle = -1;
    }
    return handle;
}

static enum fault show(int handle, const char *text) {
    size_t size = strlen(text);
    while (size > 0) {
        ssize_t written = write(handle, text, size);
        if (written < 0) {
            return errno == EINTR ? FAULT_REFUSED : FAULT_NO_TERMINAL;
        }
        text += written;
        size -= (size_t)written;
    }
    return FAULT_NONE;
}

/*
 * One character at a time and straight to its place, so that nothing of the line is left in a buffer of ours
 * or lost for the next question. What does not fit is read past in the last place.
 */
static enum fault read_line(int handle, char *out, size_t capacity, const sigset_t *mask) {
    struct pollfd key = {.fd = handle, .events = POLLIN};
    size_t size = 0;
    enum fault fault = FAULT_NONE;
    for (;;) {
        if (ppoll(&key, 1, NULL, mask) < 0) {
            return errno == EINTR ? FAULT_REFUSED : FAULT_NO_TERMINAL;
        }
        ssize_t count = read(handle, out + size, 1);
        bool ended = count <= 0 || out[size] == '\n';
        if (ended) {
            out[size] = '\0';
        }
        if (count < 0) {
            return errno == EINTR ? FAULT_REFUSED : FAULT_NO_TERMINAL;
        }
        if (ended) {
            return count == 0 && size == 0 ? FAULT_REFUSED : fault;
        }
        if (size + 1 < capacity) {
            size++;
        } else {
            fault = FAULT_LIMIT;
        }
    }
}

static void wipe(char *out, size_t capacity) {
    explicit_bzero(out, capacity);
}

static enum fault ask_hidden(int handle, char *out, size_t capacity, const char *prompt,
                             const sigset_t *mask) {
    struct termios before;
    if (tcgetattr(handle, &before) != 0) {
        return FAULT_NO_TERMINAL;
    }
    struct termios hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    hidden.c_lflag |= ICANON | ISIG;
    /* Flushes what was typed before the question, so that it is not taken for the answer. */
    enum fault fault = tcsetattr(handle, TCSAFLUSH, &hidden) == 0 ? FAULT_NONE : FAULT_NO_TERMINAL;
    if (!fault) {
        fault = show(handle, prompt);
    }
    if (!fault) {
        fault = read_line(handle, out, capacity, mask);
    }
    (void)tcsetattr(handle, TCSANOW, &before);
    (void)show(handle, "\n");
    return fault;
}

/* Delivers what was held back, with the terminal and the handlers as they were; true when the question is to
 * be asked again. */
static bool deliver(void) {
    int signal_number = seen;
    if (signal_number == 0) {
        return false;
    }
    raise(signal_number);
    return is_stop(signal_number);
}

bool terminal_is_interactive(void) {
    int handle = open_terminal();
    if (handle < 0) {
        return false;
    }
    close(handle);
    return true;
}

enum fault terminal_read_passphrase(char *out, size_t capacity, const char *prompt) {
    struct watching before;
    enum fault fault = FAULT_NONE;
    int handle = open_terminal();
    if (handle < 0 || capacity == 0) {
        return handle < 0 ? FAULT_NO_TERMINAL : FAULT_MISUSE;
    }
    do {
        wipe(out, capacity);
        watch(&before);
        fault = ask_hidden(handle, out, capacity, prompt, &before.mask);
        unwatch(&before);
        if (seen != 0) {
            wipe(out, capacity);
            fault = FAULT_REFUSED;
        }
    } while (deliver());
    if (fault) {
        wipe(out, capacity);
    }
    close(handle);
    return fault;
}

static char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool equal_aside_from_case(const char *left, const char *right) {
    while (*left != '\0' && lower(*left) == lower(*right)) {
        left++;
        right++;
    }
    return *left == *right;
}

enum fault terminal_confirm(bool *agreed, const char *question, const char *answer) {
    char line[256] = "";
    int handle = open_terminal();
    *agreed = false;
    if (handle < 0) {
        return FAULT_NO_TERMINAL;
    }
    enum fault fault = show(handle, question);
    if (!fault) {
        fault = read_line(handle, line, sizeof line, NULL);
    }
    if (!fault) {
        *agreed = equal_aside_from_case(line, answer);
    }
    close(handle);
    return fault == FAULT_LIMIT ? FAULT_NONE : fault;
}
