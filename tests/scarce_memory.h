/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCARCE_MEMORY_H
#define SCARCE_MEMORY_H

/*
 * Memory that runs out when a test wants it to. For test programs with SOURCES scarce_memory.c and WRAP
 * malloc calloc realloc; the wrapped functions are the program's own.
 */

/* Runs out at the n-th request from now (0: the next), once; negative: never. */
extern long scarce_memory_left;

#endif
