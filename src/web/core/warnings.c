#include "web/core/warnings.h"

#include "base/log.h"

#include <stdatomic.h>
#include <unistd.h>

/* Sockets that are files or were handed over are the starter's own affair. */
static bool others_can_reach(struct str listen)
{
    static const char *const NEAR[] = {"127.", "localhost:", "[::1]:", "unix:", "fd:"};
    for (size_t i = 0; i < sizeof NEAR / sizeof *NEAR; i++)
        if (str_starts(listen, str_from(NEAR[i]))) return false;
    return true;
}

void web_warn_of_setup(const struct site *site, struct str listen)
{
    if (others_can_reach(listen) && !site->https)
        log_line(LOG_WARN,
                 "plain http on %.*s: passwords can be read on the way; put nginx with TLS before 127.0.0.1 "
                 "and give --url https://…",
                 STR_ARG(listen));
    if (geteuid() == 0) log_line(LOG_WARN, "running as root: give the server an account of its own");
}

void web_warn_of_proxy(const struct web *w)
{
    static atomic_flag said = ATOMIC_FLAG_INIT;
    if (!w->q->forwarded_for.n || w->site->trust_proxy.n || atomic_flag_test_and_set(&said)) return;
    log_line(LOG_WARN, "a proxy sends X-Forwarded-For, but none is trusted: all of its people count as one "
                       "address; give --trust-proxy its address");
}
