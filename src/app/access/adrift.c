#include "app/access/adrift.h"

#include "app/core/ledger.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "base/log.h"
#include "db/db.h"
#include "gen/queries.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define HASH_SIZE     32
#define PASSWORD_SIZE 320 /* as it is stored: crypto/password.h */

static const char FULL[] = "服务器的磁盘已满，暂时不能登录，请联系系统管理员腾出空间";

enum happening { LOGIN, REFUSED, LOGOUT };

struct row {
    enum happening what;
    int64_t at, seen;
    struct account_id account;
    enum side side;
    struct member_id member;
    struct company_id company;
    bool lives; /* a session, with the hash and the password below */
    uint8_t hash[HASH_SIZE];
    char password[PASSWORD_SIZE], address[LIMIT_ADDRESS_BYTES];
    size_t n_password, n_address;
};

struct
try {
    int64_t at; /* 0: none */
    uint8_t subjects[ADRIFT_LIMITS][HASH_SIZE];
};

struct adrift {
    pthread_mutex_t turn; /* to write: held over a transaction, before the lock */
    pthread_mutex_t lock; /* of all below, never held across an allocation */
    struct row rows[LIMIT_ADRIFT_ROWS];
    size_t n;
    int64_t lost;
    _Atomic bool waits;                   /* a row, or a lost one: to be looked at without the lock */
    struct try tries[LIMIT_ADRIFT_TRIES]; /* a ring: the oldest is forgotten */
    size_t n_tries;
    uint8_t spent[LIMIT_ADRIFT_TRIES][HASH_SIZE]; /* the same */
    size_t n_spent;
};

static void end(void *adrift)
{
    struct adrift *d = adrift;
    if (d->waits)
        log_line(LOG_ERROR, "trail: %zu rows that waited for room are not written, %ld found no place", d->n,
                 (long)d->lost);
    pthread_mutex_destroy(&d->lock);
    pthread_mutex_destroy(&d->turn);
}

bool adrift_takes_over(struct ctx *c, enum status s)
{
    if (s != ST_UNAVAILABLE || db_engine(c->app->db) != DB_SQLITE || db_health(c->app->db) != DB_READ_ONLY)
        return false;
    app_rollback(c);
    c->fault = (struct fault){0};
    return true;
}

static void copy_hash(uint8_t to[HASH_SIZE], struct bytes from)
{
    memset(to, 0, HASH_SIZE);
    memcpy(to, from.p, from.n < HASH_SIZE ? from.n : HASH_SIZE);
}

/* Under the lock. What is refused takes at most half the places: those who are let in need them. */
static struct row *place(struct ctx *c, enum happening what, const struct actor *who)
{
    struct adrift *d = c->app->adrift;
    struct str address = str_sub(c->address, 0, LIMIT_ADDRESS_BYTES);
    d->waits = true;
    if (d->n >= (what == REFUSED ? LIMIT_ADRIFT_ROWS / 2 : LIMIT_ADRIFT_ROWS)) {
        d->lost++;
        if ((d->lost & (d->lost - 1)) == 0) /* each time that it has doubled */
            log_line(LOG_ERROR, "trail: %ld rows found no place while the disk is full", (long)d->lost);
        return NULL;
    }
    struct row *row = &d->rows[d->n++];
    *row = (struct row){.what = what,
                        .at = c->now_ms,
                        .seen = c->now_ms,
                        .account = who->account,
                        .side = who->side,
                        .member = who->member,
                        .company = who->company,
                        .n_address = address.n};
    if (address.n) memcpy(row->address, address.p, address.n);
    return row;
}

enum status adrift_login(struct ctx *c, struct bytes token_hash, struct str password)
{
    struct adrift *d = c->app->adrift;
    if (password.n > PASSWORD_SIZE) return fail(&c->fault, ST_UNAVAILABLE, "%s", FULL);
    pthread_mutex_lock(&d->lock);
    struct row *row = place(c, LOGIN, &c->actor);
    if (row) {
        row->lives = true;
        row->n_password = password.n;
        memcpy(row->password, password.p, password.n);
        copy_hash(row->hash, token_hash);
    }
    pthread_mutex_unlock(&d->lock);
    return row ? ST_OK : fail(&c->fault, ST_UNAVAILABLE, "%s", FULL);
}

void adrift_refused(struct ctx *c, const struct actor *tried)
{
    struct adrift *d = c->app->adrift;
    pthread_mutex_lock(&d->lock);
    place(c, REFUSED, &(struct actor){.account = tried->account, .side = tried->side});
    pthread_mutex_unlock(&d->lock);
}

static struct row *find(struct adrift *d, struct bytes token_hash)
{
    uint8_t hash[HASH_SIZE];
    copy_hash(hash, token_hash);
    for (size_t i = 0; i < d->n; i++)
        if (d->rows[i].lives && !memcmp(d->rows[i].hash, hash, HASH_SIZE)) return &d->rows[i];
    return NULL;
}

bool adrift_find(struct ctx *c, struct bytes token_hash, struct adrift_session *ret)
{
    struct adrift *d = c->app->adrift;
    if (!d->waits) return false;
    char *password = arena_alloc(c->arena, PASSWORD_SIZE);
    pthread_mutex_lock(&d->lock);
    struct row *row = find(d, token_hash);
    if (row) {
        memcpy(password, row->password, row->n_password);
        *ret = (struct adrift_session){row->account, {password, row->n_password}, row->at, row->seen};
    }
    pthread_mutex_unlock(&d->lock);
    return row;
}

void adrift_seen(struct ctx *c, struct bytes token_hash)
{
    struct adrift *d = c->app->adrift;
    pthread_mutex_lock(&d->lock);
    struct row *row = find(d, token_hash);
    if (row) row->seen = c->now_ms;
    pthread_mutex_unlock(&d->lock);
}

void adrift_logout(struct ctx *c, struct bytes token_hash)
{
    struct adrift *d = c->app->adrift;
    pthread_mutex_lock(&d->lock);
    struct row *row = find(d, token_hash);
    if (row) {
        row->lives = false;
        place(c, LOGOUT, &c->actor);
    }
    pthread_mutex_unlock(&d->lock);
}

static void subject_of(struct ctx *c, const struct limit *l, uint8_t ret[HASH_SIZE])
{
    copy_hash(ret,
              vault_index(c, INDEX_ACCOUNT, arena_fmt(c->arena, "%s|%.*s", l->kind, STR_ARG(l->subject))));
}

static bool is_about(const struct try *t, const uint8_t subject[HASH_SIZE])
{
    for (size_t i = 0; i < ADRIFT_LIMITS && t->at; i++)
        if (!memcmp(t->subjects[i], subject, HASH_SIZE)) return true;
    return false;
}

/* Under the lock. */
static int64_t count(const struct adrift *d, const uint8_t subject[HASH_SIZE], int64_t after_ms)
{
    int64_t n = 0;
    for (size_t i = 0; i < LIMIT_ADRIFT_TRIES; i++)
        if (d->tries[i].at > after_ms && is_about(&d->tries[i], subject)) n++;
    return n;
}

int64_t adrift_count(struct ctx *c, const struct limit *l)
{
    struct adrift *d = c->app->adrift;
    uint8_t subject[HASH_SIZE];
    if (!d->n_tries) return 0;
    subject_of(c, l, subject);
    pthread_mutex_lock(&d->lock);
    int64_t n = count(d, subject, c->now_ms - l->span_ms);
    pthread_mutex_unlock(&d->lock);
    return n;
}

enum status adrift_take(struct ctx *c, const struct limit *limits, const int64_t *before, size_t n)
{
    struct adrift *d = c->app->adrift;
    const struct limit *over = NULL;
    struct try one = {.at = c->now_ms};
    for (size_t i = 0; i < n && i < ADRIFT_LIMITS; i++)
        subject_of(c, &limits[i], one.subjects[i]);
    pthread_mutex_lock(&d->lock);
    for (size_t i = 0; i < n && i < ADRIFT_LIMITS; i++) {
        int64_t here = count(d, one.subjects[i], c->now_ms - limits[i].span_ms);
        if (limits[i].most > 0 && before[i] + here >= limits[i].most) over = &limits[i];
    }
    if (!over) d->tries[d->n_tries++ % LIMIT_ADRIFT_TRIES] = one;
    pthread_mutex_unlock(&d->lock);
    return over ? limit_wait(c, c->now_ms + over->span_ms) : ST_OK;
}

void adrift_clear(struct ctx *c, const struct limit *l)
{
    struct adrift *d = c->app->adrift;
    uint8_t subject[HASH_SIZE];
    subject_of(c, l, subject);
    pthread_mutex_lock(&d->lock);
    for (size_t i = 0; i < LIMIT_ADRIFT_TRIES; i++)
        if (is_about(&d->tries[i], subject)) d->tries[i] = (struct try){0};
    pthread_mutex_unlock(&d->lock);
}

/* Under the lock. */
static bool is_spent(const struct adrift *d, const uint8_t nonce[HASH_SIZE])
{
    size_t n = d->n_spent < LIMIT_ADRIFT_TRIES ? d->n_spent : LIMIT_ADRIFT_TRIES;
    for (size_t i = 0; i < n; i++)
        if (!memcmp(d->spent[i], nonce, HASH_SIZE)) return true;
    return false;
}

bool adrift_spend(struct ctx *c, struct bytes nonce)
{
    struct adrift *d = c->app->adrift;
    uint8_t one[HASH_SIZE];
    copy_hash(one, nonce);
    pthread_mutex_lock(&d->lock);
    bool first = !is_spent(d, one);
    if (first) memcpy(d->spent[d->n_spent++ % LIMIT_ADRIFT_TRIES], one, HASH_SIZE);
    pthread_mutex_unlock(&d->lock);
    return first;
}

bool adrift_is_spent(struct ctx *c, struct bytes nonce)
{
    struct adrift *d = c->app->adrift;
    uint8_t one[HASH_SIZE];
    copy_hash(one, nonce);
    pthread_mutex_lock(&d->lock);
    bool spent = is_spent(d, one);
    pthread_mutex_unlock(&d->lock);
    return spent;
}

/* What is written: a copy, for meanwhile others are let in. */
struct writing {
    struct ctx c;
    struct row rows[LIMIT_ADRIFT_ROWS];
    size_t n;
    int64_t lost;
    enum status status;
};

/* Who was disabled or given another password since has no session any more. */
static enum status session_write(struct ctx *c, const struct row *row)
{
    struct session_full full;
    struct str password = {row->password, row->n_password};
    enum status s = q_session_of_account(c->db, c->arena, row->account, password, row->at, row->seen, &full);
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    struct session_insert_in in = {
        .token_hash = {row->hash, HASH_SIZE}, .account = row->account, .since = row->at, .seen = row->seen};
    TRY(q_session_insert(c->db, &in, NULL));
    return ST_OK;
}

static enum status row_write(struct ctx *c, const struct row *row)
{
    const struct actor who = {.account = row->account, .side = row->side};
    c->now_ms = row->at;
    c->address = (struct str){row->address, row->n_address};
    if (row->lives) TRY(session_write(c, row));
    return audit_add(c,
                     &(struct audit_note){.event = row->what == LOGOUT ? "account.logout" : "account.login",
                                          .result = row->what == REFUSED ? "refused" : NULL,
                                          .by = &who,
                                          .about = {.member = row->member},
                                          .company = row->company});
}

/* Not by app_begin, which would write them first. */
static enum status rows_write(struct writing *w)
{
    struct ctx *c = &w->c;
    int64_t now_ms = c->now_ms;
    TRY(tx_begin(c->app->db, c->arena, &c->fault, &c->db));
    pending_start(c);
    for (size_t i = 0; i < w->n; i++)
        TRY(row_write(c, &w->rows[i]));
    c->now_ms = now_ms;
    c->address = STR_NONE;
    if (w->lost)
        TRY(audit_add(c, &(struct audit_note){.event = "system.trail_lost",
                                              .note = arena_fmt(c->arena, "%ld", (long)w->lost)}));
    return app_commit(c);
}

static void write_all(void *writing)
{
    struct writing *w = writing;
    w->status = rows_write(w);
    app_end(&w->c);
}

static void begin_writing(struct adrift *d, struct writing *w)
{
    pthread_mutex_lock(&d->lock);
    w->n = d->n;
    w->lost = d->lost;
    memcpy(w->rows, d->rows, d->n * sizeof *d->rows);
    pthread_mutex_unlock(&d->lock);
}

/* Whoever logs out while it is written has a session in the table then, which ends as one that is left. What
 * fails for another reason than room would fail for ever, and hold up everybody: it is lost. */
static void end_writing(struct adrift *d, const struct writing *w)
{
    if (w->status == ST_UNAVAILABLE) return;
    pthread_mutex_lock(&d->lock);
    d->n -= w->n;
    memmove(d->rows, d->rows + w->n, d->n * sizeof *d->rows);
    if (w->status == ST_OK)
        d->lost -= w->lost;
    else
        d->lost += (int64_t)w->n;
    explicit_bzero(d->rows + d->n, (LIMIT_ADRIFT_ROWS - d->n) * sizeof *d->rows);
    d->waits = d->n || d->lost;
    pthread_mutex_unlock(&d->lock);
    if (w->status == ST_OK)
        log_line(LOG_INFO, "trail: %zu rows that waited for room are written, %ld had found no place", w->n,
                 (long)w->lost);
    else
        log_line(LOG_ERROR, "trail: %zu rows that waited for room can't be written: %s %s", w->n,
                 status_name(w->status), w->c.fault.detail);
}

static enum status write_first(struct ctx *c)
{
    struct adrift *d = c->app->adrift;
    if (!d->waits) return ST_OK;
    struct arena *a = arena_child(c->arena);
    struct writing *w = ARENA_NEW(a, struct writing);
    ctx_init(&w->c, c->app, a);
    pthread_mutex_lock(&d->turn);
    begin_writing(d, w);
    if (w->n || w->lost) {
        if (!memory_try(a, write_all, w))
            w->status = fail(&w->c.fault, ST_UNAVAILABLE, "系统正忙，本次操作没有保存，请稍后再试");
        end_writing(d, w);
    }
    pthread_mutex_unlock(&d->turn);
    if (w->status != ST_UNAVAILABLE) return ST_OK;
    c->fault = w->c.fault;
    return ST_UNAVAILABLE;
}

void adrift_open(struct app *app)
{
    struct adrift *d = ARENA_NEW(app->arena, struct adrift);
    pthread_mutex_init(&d->turn, NULL);
    pthread_mutex_init(&d->lock, NULL);
    arena_defer(app->arena, end, d);
    app->adrift = d;
    app->before_write = write_first;
}
