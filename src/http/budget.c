#include "http/budget.h"

#include "base/limits.h"

bool budget_open(struct budget *b, struct debt *d, const char *address, uint64_t session)
{
    *d = (struct debt){.address = tally_address(b->tally, address)};
    if (session) d->session = tally_session(b->tally, session);
    if (d->address && (d->session || !session)) return true;
    budget_pay(b, d);
    return false;
}

static size_t share(size_t all, size_t bytes)
{
    return bytes <= LIMIT_BODY_SMALL ? all : all / 4 * 3;
}

static bool take_of_all(struct budget *b, size_t more, size_t most)
{
    size_t held = atomic_fetch_add(&b->held, more) + more;
    if (held <= most) return true;
    atomic_fetch_sub(&b->held, more);
    return false;
}

int budget_grow(struct budget *b, struct debt *d, size_t bytes)
{
    if (bytes <= d->bytes) return 0;
    size_t more = bytes - d->bytes;
    if (!tally_take(b->tally, d->address, more, share(b->most_address, bytes))) return 429;
    if (d->session && !tally_take(b->tally, d->session, more, share(b->most_session, bytes))) {
        tally_give(b->tally, d->address, more);
        return 429;
    }
    if (!take_of_all(b, more, share(b->most, bytes))) {
        tally_give(b->tally, d->address, more);
        if (d->session) tally_give(b->tally, d->session, more);
        return 503;
    }
    d->bytes = bytes;
    return 0;
}

void budget_pay(struct budget *b, struct debt *d)
{
    if (d->address) tally_give(b->tally, d->address, d->bytes);
    if (d->session) tally_give(b->tally, d->session, d->bytes);
    atomic_fetch_sub(&b->held, d->bytes);
    tally_leave(b->tally, d->address);
    tally_leave(b->tally, d->session);
    *d = (struct debt){0};
}
