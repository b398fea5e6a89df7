/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum fault process_harden(void) {
    const struct rlimit none = {0, 0};
    (void)umask(077);
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
        return FAULT_MEMORY_LOCK;
    }
    return FAULT_NONE;
}

uint64_t process_locked_memory_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0) {
        return 0;
    }
    if (limit.rlim_cur < limit.rlim_max) {
        struct rlimit raised = {limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_MEMLOCK, &raised) == 0) {
            limit = raised;
        }
    }
    return limit.rlim_cur == RLIM_INFINITY ? UINT64_MAX : (uint64_t)limit.rlim_cur;
}

uint64_t process_locked_memory(void) {
    static const char name[] = "VmLck:";
    char line[256];
    unsigned long long locked_kib = 0;
    FILE *status = fopen("/proc/self/status", "re");
    while (status && fgets(line, sizeof line, status)) {
        if (strncmp(line, name, sizeof name - 1) == 0) {
            locked_kib = strtoull(line + sizeof name - 1, NULL, 10);
        }
    }
    if (status) {
        (void)fclose(status);
    }
    return (uint64_t)locked_kib * 1024;
}

bool process_hold_heap(uint64_t least) {
    enum {
        KEPT = 64 << 20
    }; /* what is given back and taken again stays here: locked pages are dear to get */
    (void)mallopt(M_PERTURB, 0xA5);
    (void)mallopt(M_MMAP_THRESHOLD, KEPT);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    return process_locked_memory_limit() >= least && mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
}

bool process_is_hardened(void) {
    struct rlimit core = {1, 1};
    return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0;
}

/* A heading, then one line for each place. */
bool process_may_swap(void) {
    char line[256];
    int lines = 0;
    FILE *swaps = fopen("/proc/swaps", "re");
    while (swaps && fgets(line, sizeof line, swaps)) {
        lines++;
    }
    if (swaps) {
        (void)fclose(swaps);
    }
    return lines > 1;
}

static const int asking_to_end[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
enum { ASKING = sizeof asking_to_end / sizeof asking_to_end[0] };

unsigned process_hold_signals(void) {
    unsigned waiting = 0;
    sigset_t asking;
    sigset_t before;
    (void)sigemptyset(&before);
    (void)sigemptyset(&asking);
    for (int i = 0; i < ASKING; i++) {
        (void)sigaddset(&asking, asking_to_end[i]);
    }
    (void)pthread_sigmask(SIG_BLOCK, &asking, &before);
    for (int i = 0; i < ASKING; i++) {
        waiting |= sigismember(&before, asking_to_end[i]) == 1 ? 1u << i : 0;
    }
    return waiting;
}

void process_release_signals(unsigned held) {
    sigset_t free_again;
    (void)sigemptyset(&free_again);
    for (int i = 0; i < ASKING; i++) {
        if (!(held & (1u << i))) {
            (void)sigaddset(&free_again, asking_to_end[i]);
        }
    }
    (void)pthread_sigmask(SIG_UNBLOCK, &free_again, NULL);
}

int process_hush(void) {
    (void)fflush(stderr);
    int heard = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (heard >= 0 && (nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0)) {
        (void)close(heard);
        heard = -1;
    }
    if (nowhere >= 0) {
        (void)close(nowhere);
    }
    return heard;
}

void process_speak(int hushed) {
    if (hushed >= 0) {
        (void)fflush(stderr);
        (void)dup2(hushed, STDERR_FILENO);
        (void)close(hushed);
    }
}

uint32_t process_processors(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (uint32_t)online;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Digits only: strtol would take signs and spaces. */
static int number(const char *digits, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return -1;
        }
        value = 10 * value + (digits[i] - '0');
    }
    return value;
}

enum fault process_date_parse(struct process_date *out, const char *text) {
    *out = (struct process_date){0};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return FAULT_USAGE;
    }
    struct process_date date = {number(text, 4), number(text + 5, 2), number(text + 8, 2)};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date.year, date.month)) {
        return FAULT_USAGE;
    }
    *out = date;
    return FAULT_NONE;
}

enum fault process_today(struct process_date *out) {
    struct tm local;
    time_t now = time(NULL);
    const char *given = getenv("KLANKBORD_TODAY");
    if (given) {
        return process_date_parse(out, given);
    }
    *out = (struct process_date){0};
    if (now == (time_t)-1 || !localtime_r(&now, &local) || local.tm_year + 1900 < 1 ||
        local.tm_year + 1900 > 9999) {
        return FAULT_MISUSE;
    }
    *out = (struct process_date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    return FAULT_NONE;
}

void process_program(char *out, size_t capacity) {
    ssize_t size = readlink("/proc/self/exe", out, capacity - 1);
    out[size > 0 ? size : 0] = '\0';
}
