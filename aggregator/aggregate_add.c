/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "aggregate_inside.h"
#include "core/secret.h"

enum { NOT_OPENED = UINT16_MAX, HOLDERS = 2 };

size_t aggregate_counters(const struct aggregate_sums *sums) {
    return (size_t)sums->batch_count * sums->class_counters +
           (size_t)sums->stratum_count * sums->school_counters + sums->breakdown_counters;
}

enum fault aggregate_sums_new(struct aggregate_sums *out, const struct layout *layout,
                              const struct batch_list *batches, bool breakdowns, bool sizes) {
    void *memory = NULL;
    uint32_t breakdown = layout->level_first[LAYOUT_BREAKDOWN];
    *out = (struct aggregate_sums){.class_counters = layout->level_first[LAYOUT_SCHOOL],
                                   .school_counters = breakdown - layout->level_first[LAYOUT_SCHOOL],
                                   .breakdown_counters = breakdowns ? layout->counter_count - breakdown : 0,
                                   .batch_count = batches->batch_count,
                                   .stratum_count = batches->stratum_count};
    /* Secret memory is aligned only for a whole number of elements; one too many, for a size above zero. */
    enum fault fault = secret_new(&memory, (aggregate_counters(out) + 1) * sizeof *out->memory);
    out->memory = memory;
    return fault || !sizes ? fault : unseal_sizes_new(&out->sizes, layout->size_count);
}

/* What all threads read. */
struct pass {
    const struct opening *opening;
    const struct opening_holder *const *holder;
    int holder_count;
    const struct batch_list *batches;
    uint16_t *batch_of;     /* per record of the closing list; NOT_OPENED: excluded */
    struct crew_lock *lock; /* of the workspace */
};

/* One thread, with sums of its own: nothing secret is shared, and addition does not care about order. */
struct worker {
    const struct pass *pass;
    struct opening_part part;
    struct aggregate_sums sums[HOLDERS]; /* per holder */
    struct unseal_scratch scratch;
    enum fault fault;
    uint32_t failed; /* bundle at which it stopped */
};

static enum fault add_share(struct worker *worker, int at, uint16_t batch,
                            const struct contribution_context *sealed_in,
                            const struct bundle_record *record) {
    const struct pass *pass = worker->pass;
    const struct opening_holder *holder = pass->holder[at];
    struct aggregate_sums *sums = &worker->sums[at];
    uint16_t number = (uint16_t)(holder->number + 1);
    struct unseal_target targets[3] = {{aggregate_class_sums(sums, batch), 0, sums->class_counters},
                                       {aggregate_school_sums(sums, pass->batches->batch[batch].stratum),
                                        sums->class_counters, sums->school_counters},
                                       {aggregate_breakdown_sums(sums),
                                        sums->class_counters + sums->school_counters,
                                        sums->breakdown_counters}};
    enum fault fault =
        unseal_add(targets, sums->breakdown_counters ? 3 : 2, &worker->scratch, holder->key, number,
                   sealed_in, record->id, opening_sealed(pass->opening, holder->number, record));
    return fault || !sums->sizes.count
               ? fault
               : unseal_sizes_add(&sums->sizes, &worker->scratch, number, sealed_in, record->id);
}

static enum fault add_record(void *context, const struct opening_record *record) {
    struct worker *worker = context;
    uint16_t batch = worker->pass->batch_of[record->index];
    enum fault fault = FAULT_NONE;
    struct contribution_context sealed_in;
    if (batch == NOT_OPENED) {
        return FAULT_NONE;
    }
    opening_context(&sealed_in, worker->pass->opening, record->bundle);
    for (int i = 0; !fault && i < worker->pass->holder_count; i++) {
        fault = add_share(worker, i, batch, &sealed_in, &record->record);
    }
    return fault;
}

static enum fault assign(struct pass *pass) {
    uint32_t records = pass->opening->closing->record_count;
    pass->batch_of = malloc(((size_t)records + 1) * sizeof *pass->batch_of);
    if (!pass->batch_of) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < records; i++) {
        pass->batch_of[i] = NOT_OPENED;
    }
    for (uint16_t i = 0; i < pass->batches->batch_count; i++) {
        const struct batch *batch = &pass->batches->batch[i];
        for (uint32_t j = 0; j < batch->record_count; j++) {
            pass->batch_of[batch->record[j]] = i;
        }
    }
    return FAULT_NONE;
}

static void worker_release(struct worker *worker) {
    for (int i = 0; i < HOLDERS; i++) {
        aggregate_sums_release(&worker->sums[i]);
    }
    unseal_scratch_release(&worker->scratch);
}

static enum fault worker_new(struct worker *out, struct pass *pass) {
    const struct layout *layout = &pass->opening->layout;
    enum fault fault = FAULT_NONE;
    *out = (struct worker){.pass = pass};
    for (int i = 0; !fault && i < pass->holder_count; i++) {
        fault = aggregate_sums_new(&out->sums[i], layout, pass->batches, pass->opening->breakdowns,
                                   pass->opening->sizes);
    }
    fault = fault ? fault : unseal_scratch_new(&out->scratch, layout->counter_count);
    if (fault) {
        worker_release(out);
    }
    return fault;
}

static void work(void *argument) {
    struct worker *worker = argument;
    worker->fault = opening_walk_part(worker->pass->opening, OPENING_BY_LIST, add_record, worker,
                                      &worker->failed, &worker->part);
}

/*
 * Each thread stops at its first fault and goes through its bundles in order: the earliest is the one that a
 * single thread meets.
 */
static enum fault first_fault(const struct worker *workers, uint32_t count) {
    enum fault fault = FAULT_NONE;
    uint32_t earliest = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (workers[i].fault && (!fault || workers[i].failed < earliest)) {
            fault = workers[i].fault;
            earliest = workers[i].failed;
        }
    }
    return fault;
}

/* Adds everything into the first worker's sums, mod 2^32. */
static enum fault join_sums(struct worker *workers, uint32_t count, int holders) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 1; i < count; i++) {
        for (int j = 0; !fault && j < holders; j++) {
            if (workers[0].sums[j].sizes.count) {
                fault = unseal_sizes_join(&workers[0].sums[j].sizes, &workers[i].sums[j].sizes);
            }
            size_t counters = aggregate_counters(&workers[0].sums[j]);
            for (size_t k = 0; k < counters; k++) {
                workers[0].sums[j].memory[k] += workers[i].sums[j].memory[k];
            }
        }
    }
    return fault;
}

static uint32_t threads_for(const struct opening *opening) {
    uint32_t most =
        opening->closing->bundle_count < OPENING_THREADS ? opening->closing->bundle_count : OPENING_THREADS;
    uint32_t wanted = opening->threads < most ? opening->threads : most;
    return wanted ? wanted : 1;
}

/* Locked memory is scarce: what there is no room for is done by fewer threads. */
static enum fault workers_new(struct worker *workers, uint32_t *count, struct pass *pass) {
    uint32_t wanted = *count;
    enum fault fault = worker_new(&workers[0], pass);
    *count = fault ? 0 : 1;
    while (!fault && *count < wanted && worker_new(&workers[*count], pass) == FAULT_NONE) {
        ++*count;
    }
    for (uint32_t i = 0; i < *count; i++) {
        workers[i].part = (struct opening_part){i, *count, pass->lock};
    }
    return fault;
}

static enum fault add_all(struct aggregate_sums *out, struct pass *pass) {
    struct worker workers[OPENING_THREADS];
    uint32_t count = threads_for(pass->opening);
    enum fault fault = workers_new(workers, &count, pass);
    if (!fault) {
        crew_run(work, workers, sizeof *workers, count);
        fault = first_fault(workers, count);
    }
    fault = fault ? fault : join_sums(workers, count, pass->holder_count);
    if (!fault) {
        for (int i = 0; i < pass->holder_count; i++) {
            out[i] = workers[0].sums[i];
            workers[0].sums[i] = (struct aggregate_sums){0};
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        worker_release(&workers[i]);
    }
    return fault;
}

enum fault aggregate_add(struct aggregate_sums *out, const struct opening *opening,
                         const struct batch_list *batches, const struct opening_holder *const *holders,
                         int count) {
    struct pass pass = {.opening = opening, .holder = holders, .holder_count = count, .batches = batches};
    enum fault fault = FAULT_NONE;
    for (int i = 0; i < count; i++) {
        out[i] = (struct aggregate_sums){0};
    }
    for (int i = 0; !fault && i < count; i++) {
        fault = opening_holder_check(opening, holders[i]);
    }
    fault = fault ? fault : assign(&pass);
    if (!fault) {
        pass.lock = crew_lock_new();
        fault = pass.lock ? add_all(out, &pass) : FAULT_MEMORY;
    }
    crew_lock_free(pass.lock);
    free(pass.batch_of);
    return fault;
}
