#include "app/access/gate.h"

#include "app/access/accounts.h"
#include "app/access/adrift.h"
#include "app/access/limits.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "crypto/token.h"
#include "crypto/work.h"
#include "db/db.h"
#include "domain/typed_code.h"
#include "gen/queries.h"
#include "media/captcha.h"

#include <strings.h>

#define WORK_MINUTES 60 /* people leave a login page open */

struct str gate_pre_make(struct ctx *c)
{
    return pre_make(c->app->keys, c->arena);
}

bool gate_pre_good(struct ctx *c, struct str cookie)
{
    return cookie.n && pre_check(c->app->keys, cookie);
}

struct str gate_csrf(struct ctx *c, struct str cookie)
{
    return c->actor.account.v ? csrf_mask(c->arena, &c->actor.csrf)
                              : csrf_make(c->app->keys, c->arena, cookie);
}

bool gate_csrf_good(struct ctx *c, struct str cookie, struct str token)
{
    return cookie.n && token.n && csrf_check(c->app->keys, cookie, token);
}

struct captcha gate_captcha(struct ctx *c)
{
    char text[CAPTCHA_LENGTH + 1];
    captcha_text(text);
    struct str answer = arena_str(c->arena, str_from(text));
    return (struct captcha){
        .cookie = captcha_seal(c->app->keys, c->arena, answer, c->now_ms + CAPTCHA_MINUTES * MINUTE_MS),
        .png = captcha_png(c->arena, answer),
    };
}

/* On a full disk the process remembers it. */
static enum status spend_adrift(struct ctx *c, struct bytes nonce, bool *ret_first)
{
    struct spent_find_row row;
    enum status s = q_spent_find(c->db, c->arena, nonce, &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret_first = s == ST_NOT_FOUND && adrift_spend(c, nonce);
    return ST_OK;
}

/* Whether it was used before: the nonce goes in once. */
static enum status spend(struct ctx *c, struct bytes nonce, int64_t until_ms, bool *ret_first)
{
    int64_t rows;
    if (!db_conn_writes(c->db)) return spend_adrift(c, nonce, ret_first);
    TRY(q_spent_insert(c->db, nonce, until_ms, &rows));
    *ret_first = rows == 1 && !adrift_is_spent(c, nonce);
    return ST_OK;
}

/* Failed logins from the network, and what they make of the gate. */
struct pressure {
    struct limit failures;
    int64_t n;
    int bits;
    bool both;
};

/* Twice as dear with every three failures, eight times at most: a phone must still find it. */
static enum status pressure_of(struct ctx *c, struct str address, struct pressure *ret)
{
    const struct settings *s = c->settings;
    struct pressure p = {.failures = limit_login_network(c, limit_network(c, address))};
    TRY(limit_count(c, &p.failures, &p.n));
    p.n += adrift_count(c, &p.failures);
    int64_t more = p.n / 3 < 3 ? p.n / 3 : 3;
    int64_t bits = s->captcha_work_bits + more;
    p.bits = bits < 0 ? 0 : bits > WORK_BITS_MAX ? WORK_BITS_MAX : (int)bits;
    p.failures.most = s->captcha_both_failures;
    p.both = p.failures.most > 0 && p.n >= p.failures.most;
    *ret = p;
    return ST_OK;
}

enum status gate_ask(struct ctx *c, struct str cookie, struct str address, struct gate_question *ret)
{
    struct pressure p;
    TRY(app_read(c));
    TRY(pressure_of(c, address, &p));
    ret->work = work_make(c->app->keys, c->arena, cookie, p.bits, c->now_ms + WORK_MINUTES * MINUTE_MS);
    ret->both = p.both;
    return ST_OK;
}

/* One that was begun before the last failures is good for one doubling less. */
static enum status spend_work(struct ctx *c, const struct gate_answer *in, const struct pressure *p,
                              bool *ret)
{
    struct work w;
    *ret = false;
    if (!work_check(c->app->keys, c->arena, in->cookie, in->work, c->now_ms, &w) || w.bits < p->bits - 1)
        return ST_OK;
    return spend(c, w.nonce, w.expires_ms, ret);
}

enum picture { PICTURE_RIGHT, PICTURE_EMPTY, PICTURE_OVER, PICTURE_WRONG };
static const char *const PICTURE_SAYS[] = {
    [PICTURE_RIGHT] = NULL,
    [PICTURE_EMPTY] = "请填写图片中的四个字符",
    [PICTURE_OVER] = "验证码已过期，请按新的图片填写",
    [PICTURE_WRONG] = "验证码不正确，请按新的图片填写",
};

/* Whatever was typed spends it: a picture is guessed at once. */
static enum status spend_captcha(struct ctx *c, const struct gate_answer *in, enum picture *ret)
{
    struct str answer;
    char code[2 * CAPTCHA_LENGTH + 1];
    size_t n = typed_code(in->typed, code, sizeof code);
    struct bytes nonce;
    bool first = false;
    bool open = captcha_open(c->app->keys, c->arena, in->captcha_cookie, c->now_ms, &answer, &nonce);
    if (open) TRY(spend(c, nonce, c->now_ms + CAPTCHA_MINUTES * MINUTE_MS, &first));
    *ret = PICTURE_RIGHT;
    if (n == 0)
        *ret = PICTURE_EMPTY;
    else if (!open || !first)
        *ret = PICTURE_OVER;
    else if (n != answer.n || strncasecmp(code, answer.p, answer.n) != 0)
        *ret = PICTURE_WRONG;
    return ST_OK;
}

/* Who goes on guessing shows in the trail: a row for every so many wrong ones of a network in a row. */
static enum status count_guess(struct ctx *c, const struct gate_answer *in, enum picture picture)
{
    const struct limit guesses = {"captcha", limit_network(c, in->address), 0, HOUR_MS};
    int64_t n;
    if (picture == PICTURE_RIGHT) return limit_clear(c, &guesses);
    if (picture != PICTURE_WRONG) return ST_OK;
    TRY(limit_take(c, &guesses, NULL));
    TRY(limit_count(c, &guesses, &n));
    if (n % LIMIT_CAPTCHA_ROW) return ST_OK;
    return audit_add(
        c, &(struct audit_note){.event = "access.captcha",
                                .result = "wrong",
                                .note = arena_fmt(c->arena, "这个网络一小时内接连 %ld 次", (long)n)});
}

static enum status admit(struct ctx *c, const struct gate_answer *in, bool writes)
{
    struct pressure p;
    bool worked;
    const char *wrong = NULL;
    TRY(writes ? app_begin(c) : app_read(c));
    TRY(pressure_of(c, in->address, &p));
    TRY(spend_work(c, in, &p, &worked));
    if (!worked || p.both) {
        enum picture picture;
        TRY(spend_captcha(c, in, &picture));
        if (writes) TRY(count_guess(c, in, picture));
        wrong = PICTURE_SAYS[picture];
    }
    int64_t free_at = 0;
    if (p.both && !in->work.n) TRY(limit_free_at(c, &p.failures, &free_at));
    if (writes) TRY(app_commit(c));
    app_read_end(c);
    if (free_at) return limit_wait(c, free_at);
    if (p.both && !worked && !wrong) wrong = "安全验证已过期，请再提交一次";
    if (wrong && in->work.n && !worked && !in->typed.n) wrong = "安全验证已过期，请再提交一次";
    if (wrong) problem_add(&c->problems, "captcha", "%s", wrong);
    return ST_OK;
}

enum status gate_admit(struct ctx *c, const struct gate_answer *in)
{
    enum status s = admit(c, in, true);
    return adrift_takes_over(c, s) ? admit(c, in, false) : s;
}
