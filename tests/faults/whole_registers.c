/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the user-mode kernel (LD_PRELOAD): lets it run on processors whose registers take more room than
 * it knows of (AMX: 11,008 bytes; it keeps 2,696). The host gives as much of them as is asked for, but takes only
 * all of them back (fs/regset of Linux: xstateregs_set), so the kernel's first process would be killed. What the
 * kernel does not know of is put back as it was; nothing in it uses that.
 */
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ALL = 65536 }; /* more than any processor has */

static long call(long request, long process, void *address, void *data) {
    return syscall(SYS_ptrace, request, process, address, data);
}

static long set_registers(long process, const struct iovec *known) {
    static unsigned char all[ALL];
    struct iovec whole = {all, sizeof all};
    if (call(PTRACE_GETREGSET, process, (void *)NT_X86_XSTATE, &whole) < 0) {
        return -1;
    }
    memcpy(all, known->iov_base, known->iov_len < whole.iov_len ? known->iov_len : whole.iov_len);
    return call(PTRACE_SETREGSET, process, (void *)NT_X86_XSTATE, &whole);
}

/* As <sys/ptrace.h> has it; what is asked to be read comes back through the arguments here. */
long ptrace(enum __ptrace_request request, ...) {
    va_list rest;
    va_start(rest, request);
    int process = va_arg(rest, int);
    void *address = va_arg(rest, void *);
    void *data = va_arg(rest, void *);
    va_end(rest);
    if (request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSER) {
        long word = 0;
        long failed = call(request, process, address, &word);
        errno = failed < 0 ? errno : 0;
        return failed < 0 ? failed : word;
    }
    if (request == PTRACE_SETREGSET && (long)address == NT_X86_XSTATE) {
        return set_registers(process, data);
    }
    return call(request, process, address, data);
}
