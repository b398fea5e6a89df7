/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded into a running kiosk (LD_PRELOAD), it gives its clock into the hands of a test: the milliseconds
 * that stand, eight bytes, in the file $KEPT_CLOCK. Time passes when the test says so, for the kiosk and for
 * whoever drives it alike, so that minutes of idling and the steps of a switch need no waiting and no luck.
 * What is waited for in the system (a key, a picture) goes on in its own time.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const volatile uint64_t *now_ms;

/* Before the program begins, which soon may open nothing any more. */
__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("KEPT_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    void *shared = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *now_ms, PROT_READ, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) {
        abort();
    }
    close(file);
    now_ms = shared;
}

uint64_t SDL_GetTicks64(void); /* SDL's name: it takes the place of SDL's */
uint64_t SDL_GetTicks64(void) {
    return *now_ms;
}
