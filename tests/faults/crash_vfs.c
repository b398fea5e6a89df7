/* SPDX-License-Identifier: Apache-2.0 */
#include "crash_vfs.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct crash_file {
    sqlite3_file base;
    sqlite3_file *real; /* lies behind this struct */
};

/* A write that no sync has followed. */
struct pending {
    sqlite3_file *real;
    sqlite3_int64 offset;
    sqlite3_int64 size_before; /* of the file */
    int size;
    unsigned char *before; /* zero beyond the old end */
    unsigned char *after;
};

enum { PENDING_MAX = 4096 };

static struct {
    enum crash_mode mode;
    long target;
    long steps;
    bool failing;
    int count;
    struct pending pending[PENDING_MAX];
} crash;
static sqlite3_vfs crash_vfs;
static sqlite3_vfs *real_vfs;

static sqlite3_file *real_of(sqlite3_file *file) {
    return ((struct crash_file *)file)->real;
}

static void must(int result) {
    if (result != SQLITE_OK) {
        fprintf(stderr, "crash_vfs: the real file does not obey\n");
        abort();
    }
}

static void put_back(const struct pending *pending) {
    sqlite3_file *real = pending->real;
    must(real->pMethods->xWrite(real, pending->before, pending->size, pending->offset));
    must(real->pMethods->xTruncate(real, pending->size_before));
}

static void lose_writes(void) {
    for (int i = crash.count; i-- > 0;) {
        put_back(&crash.pending[i]);
    }
    for (int i = 0; i < crash.count && crash.mode == CRASH_SOME_LOST; i++) {
        struct pending *pending = &crash.pending[i];
        if (rand() % 2) {
            must(pending->real->pMethods->xWrite(pending->real, pending->after, pending->size,
                                                 pending->offset));
        }
    }
}

static void end_process(void) {
    if (crash.mode == CRASH_ALL_LOST || crash.mode == CRASH_SOME_LOST) {
        lose_writes();
    }
    _exit(CRASH_VFS_STATUS);
}

/* True when the step must fail. */
static bool step(void) {
    crash.steps++;
    if (crash.steps != crash.target) {
        return crash.failing;
    }
    if (crash.mode == CRASH_ERROR) {
        crash.failing = true;
        return true;
    }
    if (crash.mode != CRASH_TORN) {
        end_process();
    }
    return false;
}

static void remember(sqlite3_file *real, const void *data, int size, sqlite3_int64 offset) {
    if (crash.count == PENDING_MAX) {
        fprintf(stderr, "crash_vfs: too many writes without a sync\n");
        abort();
    }
    struct pending *pending = &crash.pending[crash.count++];
    *pending = (struct pending){.real = real, .offset = offset, .size = size};
    pending->before = calloc(1, (size_t)size);
    pending->after = malloc((size_t)size);
    if (!pending->before || !pending->after) {
        abort();
    }
    memcpy(pending->after, data, (size_t)size);
    must(real->pMethods->xFileSize(real, &pending->size_before));
    int result = real->pMethods->xRead(real, pending->before, size, offset);
    must(result == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : result);
}

static void forget(const sqlite3_file *real) {
    int kept = 0;
    for (int i = 0; i < crash.count; i++) {
        if (crash.pending[i].real == real) {
            free(crash.pending[i].before);
            free(crash.pending[i].after);
        } else {
            crash.pending[kept++] = crash.pending[i];
        }
    }
    crash.count = kept;
}

static int crash_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset) {
    sqlite3_file *real = real_of(file);
    if (step()) {
        return SQLITE_IOERR_WRITE;
    }
    if (crash.mode == CRASH_TORN && crash.steps == crash.target) {
        must(real->pMethods->xWrite(real, data, size / 2, offset));
        end_process();
    }
    remember(real, data, size, offset);
    return real->pMethods->xWrite(real, data, size, offset);
}

static int crash_sync(sqlite3_file *file, int flags) {
    if (step()) {
        return SQLITE_IOERR_FSYNC;
    }
    if (crash.mode == CRASH_TORN && crash.steps == crash.target) {
        end_process();
    }
    forget(real_of(file));
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int crash_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (step()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int crash_close(sqlite3_file *file) {
    forget(real_of(file));
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int crash_read(sqlite3_file *file, void *out, int size, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), out, size, offset);
}

static int crash_file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int crash_lock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int crash_unlock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int crash_check_lock(sqlite3_file *file, int *out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int crash_control(sqlite3_file *file, int operation, void *argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int crash_sector_size(sqlite3_file *file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int crash_characteristics(sqlite3_file *file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods crash_methods = {
    .iVersion = 1,
    .xClose = crash_close,
    .xRead = crash_read,
    .xWrite = crash_write,
    .xTruncate = crash_truncate,
    .xSync = crash_sync,
    .xFileSize = crash_file_size,
    .xLock = crash_lock,
    .xUnlock = crash_unlock,
    .xCheckReservedLock = crash_check_lock,
    .xFileControl = crash_control,
    .xSectorSize = crash_sector_size,
    .xDeviceCharacteristics = crash_characteristics,
};

static int crash_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
    (void)vfs;
    struct crash_file *ours = (struct crash_file *)file;
    ours->real = (sqlite3_file *)(ours + 1);
    int result = real_vfs->xOpen(real_vfs, name, ours->real, flags, out_flags);
    file->pMethods = ours->real->pMethods ? &crash_methods : NULL;
    return result;
}

void crash_vfs_install(enum crash_mode mode, long target, unsigned seed) {
    crash.mode = mode;
    crash.target = target;
    srand(seed);
    real_vfs = sqlite3_vfs_find(NULL);
    crash_vfs = *real_vfs;
    crash_vfs.zName = "crash";
    crash_vfs.szOsFile = (int)sizeof(struct crash_file) + real_vfs->szOsFile;
    crash_vfs.xOpen = crash_open;
    must(sqlite3_vfs_register(&crash_vfs, 1));
}

long crash_vfs_steps(void) {
    return crash.steps;
}
