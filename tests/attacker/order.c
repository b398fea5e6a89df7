/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order IMAGE FOLDER TRUTH: tries to find out in which order the pupils of one lesson answered. It has the
 * raw image of the kiosk's disk and stick after the lesson, and the same mounted in FOLDER. TRUTH has a line
 * for each contribution in the order in which they came, its first 48 bytes in hexadecimal; the attack takes
 * from it which contributions there are, and the order only to say how well it did. Shares no code with the
 * product: formats are read by their documents.
 *
 * Every way of attack gives each contribution a number, higher for later. Prints a line for each way:
 *   name, pairs in the right order, pairs in the wrong order, pairs it cannot tell, contributions,
 *   and by how much the contribution with the highest number was the last one (1: it alone was called the last, and was).
 */
#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST = 64, ID = 16, SEAL = 32, LINE = 2 * (ID + SEAL), PAGE = 4096, PAGES = 4096, SECTOR = 512 };

enum way {
    BOX_ROW,      /* number of its row */
    BOX_POINTER,  /* place of its cell's pointer in the page */
    BOX_CELL,     /* place of its cell in the file; cells grow downwards in a page */
    BOX_OVERFLOW, /* the page its cell goes on in */
    BUNDLE_PLACE,
    FILE_CHANGED,
    FILE_STATUS,
    FILE_INODE,
    DISK_FIRST, /* place of its first copy on the raw disk */
    DISK_LAST,
    DISK_COPIES,
    DISK_LOG,     /* place in what is left of a write-ahead log */
    FILE_JOURNAL, /* place in a rollback journal that was left beside the box, whose head SQLite has wiped */
    DISK_JOURNAL, /* change counter of the latest old rollback journal that has its page */
    ID_VALUE,
    WAYS
};
static const char *const names[WAYS] = {"box-row",      "box-pointer",  "box-cell",    "box-overflow",
                                        "bundle-place", "file-changed", "file-status", "file-inode",
                                        "disk-first",   "disk-last",    "disk-copies", "disk-log",
                                        "file-journal", "disk-journal", "id-value"};

static struct record {
    uint8_t id[ID];
    uint8_t seal[SEAL];
    int came; /* for the score alone */
    double number[WAYS];
    uint32_t page[8]; /* of the box, that its slot lies in */
    int pages;
} records[MOST];
static int count;
static uint8_t *image;
static size_t image_size;

static _Noreturn void stop(const char *why) {
    fprintf(stderr, "order: %s\n", why);
    exit(2);
}

static uint8_t *load(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (!file || fstat(fileno(file), &status) != 0) {
        stop(path);
    }
    uint8_t *data = malloc((size_t)status.st_size + PAGE);
    if (!data) {
        stop("no memory");
    }
    *size = fread(data, 1, (size_t)status.st_size, file);
    memset(data + *size, 0, PAGE);
    fclose(file);
    return data;
}

static int by_id(const void *left, const void *right) {
    return memcmp(left, right, ID);
}

static void read_truth(const char *path) {
    char line[LINE + 2];
    FILE *file = fopen(path, "r");
    while (file && count < MOST && fgets(line, sizeof line, file)) {
        struct record *record = &records[count];
        for (int i = 0; i < ID + SEAL; i++) {
            const char two[] = {line[2 * i], line[2 * i + 1], 0};
            *(i < ID ? &record->id[i] : &record->seal[i - ID]) = (uint8_t)strtoul(two, NULL, 16);
        }
        record->came = count++;
    }
    if (!file || count < 2) {
        stop("no contributions");
    }
    fclose(file);
    qsort(records, (size_t)count, sizeof *records,
          by_id); /* from here on nothing is in the order of coming */
    for (int i = 0; i < count; i++) {
        records[i].number[ID_VALUE] = i;
    }
}

/* Every place of every contribution in `data`, from front to back. */
static void find(const uint8_t *data, size_t size, void (*found)(struct record *, size_t at)) {
    for (size_t at = 0; at + SEAL <= size; at++) {
        for (int i = 0; i < count; i++) {
            if (data[at] == records[i].seal[0] && memcmp(data + at, records[i].seal, SEAL) == 0) {
                found(&records[i], at);
            }
        }
    }
}

static uint32_t big(const uint8_t *at, int bytes) {
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

/* SQLite's variable-length integer: seven bits a byte, the first first. */
static uint64_t varint(const uint8_t **at) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) {
        uint8_t byte = *(*at)++;
        value = value << 7 | (byte & 0x7F);
        if (byte < 0x80) {
            return value;
        }
    }
    return value << 8 | *(*at)++;
}

static struct record *record_in(const uint8_t *data, size_t size) {
    for (size_t at = 0; at + SEAL <= size; at++) {
        for (int i = 0; i < count; i++) {
            if (memcmp(data + at, records[i].seal, SEAL) == 0) {
                return &records[i];
            }
        }
    }
    return NULL;
}

/*
 * A cell of a table's leaf (type 13), or of a page of an index or a table without row numbers (leaf 10, inner
 * 2).
 */
static void see_cell(const uint8_t *box, uint32_t page, int type, int pointer, uint32_t place) {
    const uint8_t *start = box + (size_t)page * PAGE;
    const uint8_t *at = start + place;
    at += type == 2 ? 4 : 0; /* the page of what is smaller */
    uint64_t payload = varint(&at);
    uint64_t row = type == 13 ? varint(&at) : 0;
    uint64_t most = type == 13 ? PAGE - 35 : (PAGE - 12) * 64 / 255 - 23;
    uint64_t least = (PAGE - 12) * 32 / 255 - 23;
    uint64_t here = payload;
    if (payload > most) {
        here = least + (payload - least) % (PAGE - 4);
        here = here > most ? least : here;
    }
    if (at + here + 4 > start + PAGE + 4 || here < SEAL) {
        return;
    }
    struct record *record = record_in(at, here);
    if (!record) {
        return;
    }
    uint32_t overflow = payload > here ? big(at + here, 4) : 0;
    record->number[BOX_ROW] = (double)row;
    record->number[BOX_POINTER] = (double)page * PAGE + pointer;
    record->number[BOX_CELL] = (double)page * PAGE + PAGE - place;
    record->number[BOX_OVERFLOW] = overflow;
    record->pages = 0;
    record->page[record->pages++] = page + 1;
    while (overflow > 0 && overflow <= PAGES && record->pages < 8) {
        record->page[record->pages++] = overflow;
        overflow = big(box + (size_t)(overflow - 1) * PAGE, 4);
    }
}

static void see_box(const uint8_t *box, size_t size) {
    for (uint32_t page = 0; page < size / PAGE && page < PAGES; page++) {
        const uint8_t *head = box + (size_t)page * PAGE + (page == 0 ? 100 : 0);
        int cells = (int)big(head + 3, 2);
        for (int i = 0; (head[0] == 13 || head[0] == 10 || head[0] == 2) && i < cells && i < PAGE / 4; i++) {
            uint32_t place = big(head + (head[0] == 2 ? 12 : 8) + 2 * i, 2);
            if (place >= 8 && place < PAGE - 8) {
                see_cell(box, page, head[0], i, place);
            }
        }
    }
}

static const struct stat *file_status;
static bool in_bundle;

static void found_in_file(struct record *record, size_t at) {
    record->number[FILE_CHANGED] =
        (double)file_status->st_mtim.tv_sec + (double)file_status->st_mtim.tv_nsec / 1e9;
    record->number[FILE_STATUS] =
        (double)file_status->st_ctim.tv_sec + (double)file_status->st_ctim.tv_nsec / 1e9;
    record->number[FILE_INODE] = (double)file_status->st_ino;
    if (in_bundle) {
        record->number[BUNDLE_PLACE] = (double)at;
    }
}

static void see_kept_journal(const uint8_t *journal, size_t size) {
    int place = 1;
    for (size_t at = SECTOR; at + PAGE + 8 <= size; at += PAGE + 8, place++) {
        uint32_t page = big(journal + at, 4);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < records[i].pages; k++) {
                if (records[i].page[k] == page) {
                    records[i].number[FILE_JOURNAL] = place;
                }
            }
        }
    }
}

static bool ends_in(const char *path, const char *end) {
    size_t size = strlen(path);
    return size >= strlen(end) && strcmp(path + size - strlen(end), end) == 0;
}

/* Boxes first: what lies in a journal is told by the pages of the box. */
static bool boxes_seen;

static int see_file(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)walk;
    if (kind == FTW_F && status->st_size > 0 && boxes_seen && ends_in(path, "-journal")) {
        size_t size = 0;
        uint8_t *data = load(path, &size);
        see_kept_journal(data, size);
        free(data);
    } else if (kind == FTW_F && status->st_size > 0 && !boxes_seen) {
        size_t size = 0;
        uint8_t *data = load(path, &size);
        file_status = status;
        in_bundle = memcmp(data, "KLBbndl\n", 8) == 0;
        find(data, size, found_in_file);
        if (memcmp(data, "SQLite format 3", 16) == 0) {
            see_box(data, size);
        }
        free(data);
    }
    return 0;
}

static void found_on_disk(struct record *record, size_t at) {
    if (record->number[DISK_COPIES]++ == 0) {
        record->number[DISK_FIRST] = (double)at;
    }
    record->number[DISK_LAST] = (double)at;
}

/* Frames of a write-ahead log lie behind its head in the order of writing, each with 24 bytes in front. */
static void see_log(size_t at) {
    for (size_t frame = at + 32; frame + 24 + PAGE <= image_size; frame += 24 + PAGE) {
        uint32_t page = big(image + frame, 4);
        if (page == 0 || page > PAGES) {
            break;
        }
        struct record *record = record_in(image + frame + 24, PAGE);
        if (record && record->number[DISK_LOG] == 0) {
            record->number[DISK_LOG] = (double)frame;
        }
    }
}

/* A rollback journal has whole pages as they were before; page 1 has the number of the change. */
static void see_journal(size_t at) {
    double change = -1;
    uint32_t pages[PAGE / 16];
    int kept = 0;
    uint32_t page_size = big(image + at + 24, 4);
    size_t step = big(image + at + 20, 4);
    if (page_size != PAGE || step < 28 || step > PAGE) {
        return;
    }
    int most = (int)big(image + at + 8, 4);
    for (at += step; at + PAGE + 8 <= image_size && kept < PAGE / 16 && (most <= 0 || kept < most);
         at += PAGE + 8) {
        uint32_t page = big(image + at, 4);
        if (page == 0 || page > PAGES) {
            break;
        }
        pages[kept++] = page;
        if (page == 1 && memcmp(image + at + 4, "SQLite format 3", 16) == 0) {
            change = big(image + at + 4 + 24, 4);
        }
    }
    for (int i = 0; i < count * kept; i++) {
        struct record *record = &records[i / kept];
        for (int k = 0; k < record->pages; k++) {
            if (record->page[k] == pages[i % kept] && change > record->number[DISK_JOURNAL]) {
                record->number[DISK_JOURNAL] = change;
            }
        }
    }
}

static void see_disk(void) {
    static const uint8_t journal[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    find(image, image_size, found_on_disk);
    for (size_t at = 0; at + PAGE < image_size; at += SECTOR) {
        uint32_t magic = big(image + at, 4);
        if (magic == 0x377f0682 || magic == 0x377f0683) {
            see_log(at);
        }
        if (memcmp(image + at, journal, sizeof journal) == 0) {
            see_journal(at);
        }
    }
}

static void score(enum way way) {
    long right = 0;
    long wrong = 0;
    long alike = 0;
    int highest = 0;
    int tops = 0;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < i; k++) {
            double later =
                (records[i].number[way] - records[k].number[way]) * (records[i].came - records[k].came);
            right += later > 0;
            wrong += later < 0;
            alike += later == 0;
        }
        if (records[i].number[way] > records[highest].number[way]) {
            highest = i;
        }
    }
    bool last = false;
    for (int i = 0; i < count; i++) {
        bool top = records[i].number[way] == records[highest].number[way];
        tops += top;
        last = last || (top && records[i].came == count - 1);
    }
    printf("%s\t%ld\t%ld\t%ld\t%d\t%f\n", names[way], right, wrong, alike, count, last ? 1.0 / tops : 0.0);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        stop("IMAGE FOLDER TRUTH");
    }
    read_truth(argv[3]);
    image = load(argv[1], &image_size);
    nftw(argv[2], see_file, 8, FTW_PHYS);
    boxes_seen = true;
    nftw(argv[2], see_file, 8, FTW_PHYS);
    see_disk();
    for (int way = 0; way < WAYS; way++) {
        score((enum way)way);
    }
    free(image);
    return 0;
}
