#include "base/machine.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static atomic_uint files_cut;
static uintptr_t page_bytes;

void machine_open_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

void machine_keep_secrets(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, 0);
}

/* Only calls of the kernel: it comes in the middle of anything. What is no file that was cut comes again, and
 * then ends the process. */
static void on_bus_error(int number, siginfo_t *info, void *context)
{
    (void)context;
    int before = errno;
    uintptr_t page = (uintptr_t)info->si_addr & ~(page_bytes - 1);
    if (info->si_code == BUS_ADRERR && mmap((void *)page, page_bytes, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED)
        atomic_fetch_add(&files_cut, 1);
    else
        signal(number, SIG_DFL);
    errno = before;
}

void machine_bear_cut_files(void)
{
    page_bytes = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction bear = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    sigemptyset(&bear.sa_mask);
    sigaction(SIGBUS, &bear, NULL);
}

unsigned machine_files_cut(void)
{
    return atomic_load(&files_cut);
}
