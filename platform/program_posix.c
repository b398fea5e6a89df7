/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum fault program_beside(char out[PROGRAM_PATH_SIZE], const char *name) {
    char own[PROGRAM_PATH_SIZE];
    ssize_t size = readlink("/proc/self/exe", own, sizeof own - 1);
    own[size > 0 ? size : 0] = '\0';
    const char *slash = strrchr(own, '/');
    int length =
        slash == NULL ? -1 : snprintf(out, PROGRAM_PATH_SIZE, "%.*s/%s", (int)(slash - own), own, name);
    return length > 0 && length < PROGRAM_PATH_SIZE ? FAULT_NONE : FAULT_FILE_MISSING;
}

static bool try(char out[PROGRAM_PATH_SIZE], const char *folder, size_t size, const char *name) {
    int length = snprintf(out, PROGRAM_PATH_SIZE, "%.*s/%s", (int)size, folder, name);
    return length > 0 && length < PROGRAM_PATH_SIZE && access(out, X_OK) == 0;
}

static bool try_beside(char out[PROGRAM_PATH_SIZE], const char *name) {
    return program_beside(out, name) == FAULT_NONE && access(out, X_OK) == 0;
}

/*
 * A folder of PATH that is not absolute depends on where one stands: whoever made that folder would choose
 * the program.
 */
static bool try_path(char out[PROGRAM_PATH_SIZE], const char *name) {
    const char *at = getenv("PATH");
    while (at != NULL && *at != '\0') {
        size_t size = strcspn(at, ":");
        if (at[0] == '/' && try(out, at, size, name)) {
            return true;
        }
        at += size + (at[size] == ':');
    }
    return false;
}

enum fault program_find(char out[PROGRAM_PATH_SIZE], const char *name) {
    if (try_beside(out, name) || try_path(out, name)) {
        return FAULT_NONE;
    }
    out[0] = '\0';
    return FAULT_FILE_MISSING;
}

static int start(pid_t *child, const char *path, char *const words[], int in, int out) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    error = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    }
    if (error == 0) {
        error = posix_spawn(child, path, &actions, NULL, words, environ);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

enum fault program_run(int *code, const char *path, char *const words[], FILE *in, FILE *out) {
    pid_t child = 0;
    int status = 0;
    *code = 0;
    if (fflush(in) != 0 || lseek(fileno(in), 0, SEEK_SET) != 0) {
        return FAULT_FILE_READ;
    }
    if (fflush(out) != 0) {
        return FAULT_FILE_WRITE;
    }
    if (start(&child, path, words, fileno(in), fileno(out)) != 0) {
        return FAULT_FILE_MISSING;
    }
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return FAULT_MISUSE;
        }
    }
    if (!WIFEXITED(status)) {
        return FAULT_MISUSE;
    }
    *code = WEXITSTATUS(status);
    return FAULT_NONE;
}
