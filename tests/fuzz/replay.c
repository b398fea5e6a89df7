/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target without libFuzzer: every file of the folders named on the command line, and of each
 * file a bounded number of truncations and single flipped bits, so that a plain build tests the same
 * property. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REPLAY_FILE_MAX = 1 << 20, REPLAY_VARIANTS_MAX = 512 };

/* The copy has exactly the size of the input, so that the address checker sees one byte too many. */
static void replay_once(const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL) {
        fprintf(stderr, "replay: out of memory\n");
        exit(1);
    }
    if (size != 0) {
        memcpy(copy, data, size);
    }
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay_variants(uint8_t *data, size_t size) {
    size_t bits = size * 8;
    size_t cut_step = size / REPLAY_VARIANTS_MAX + 1;
    size_t bit_step = bits / REPLAY_VARIANTS_MAX + 1;

    replay_once(data, size);
    for (size_t cut = 0; cut < size; cut += cut_step) {
        replay_once(data, cut);
    }
    for (size_t bit = 0; bit < bits; bit += bit_step) {
        uint8_t mask = (uint8_t)(1u << (bit % 8));
        data[bit / 8] ^= mask;
        replay_once(data, size);
        data[bit / 8] ^= mask;
    }
}

static int replay_file(const char *path) {
    static uint8_t data[REPLAY_FILE_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 0;
    }
    size_t size = fread(data, 1, sizeof data, file);
    int read_well = !ferror(file);
    (void)fclose(file);
    if (read_well) {
        replay_variants(data, size);
    }
    return read_well;
}

static size_t replay_folder(const char *folder) {
    struct dirent **names = NULL;
    size_t replayed = 0;
    int count = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && length > 0 && (size_t)length < sizeof path) {
            replayed += (size_t)replay_file(path);
        }
        free(names[i]);
    }
    free(names);
    return replayed;
}

int main(int argc, char **argv) {
    size_t replayed = 0;
    replay_once((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        replayed += replay_folder(argv[i]);
    }
    if (replayed == 0) {
        fprintf(stderr, "replay: no vectors in %s: a fuzz target needs at least one\n",
                argc > 1 ? argv[1] : "-");
        return 1;
    }
    printf("replay: %zu files and their variants\n", replayed);
    return 0;
}
