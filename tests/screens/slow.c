/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded into a running kiosk (LD_PRELOAD), it makes a stick slow: every flush of a bundle or of a machine's
 * label (three quarters of it) under the folder of $SLOW_STICK lasts $SLOW_MS. Once the file
 * "$SLOW_STICK.out" exists the stick is out, and every flush fails.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void rest(long ms) {
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

int fsync(int handle) { /* NOLINT(readability-inconsistent-declaration-parameter-name) */
    char link[64];
    char path[4096] = "";
    char out[4096];
    const char *stick = getenv("SLOW_STICK");
    const char *ms = getenv("SLOW_MS");
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    if (stick != NULL && ms != NULL && readlink(link, path, sizeof path - 1) > 0 &&
        strncmp(path, stick, strlen(stick)) == 0 &&
        (strstr(path, ".klb") != NULL || strstr(path, "klankbord-open-") != NULL)) {
        rest(strstr(path, ".klb") != NULL ? strtol(ms, NULL, 10) : strtol(ms, NULL, 10) * 3 / 4);
        snprintf(out, sizeof out, "%s.out", stick);
        if (access(out, F_OK) == 0) {
            errno = EIO;
            return -1;
        }
    }
    return (int)syscall(SYS_fsync, handle);
}
