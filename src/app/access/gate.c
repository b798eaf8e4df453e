#include "app/access/gate.h"

#include "app/access/limits.h"
#include "crypto/token.h"
#include "domain/typed_code.h"
#include "gen/queries.h"
#include "media/captcha.h"

#include <strings.h>

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

/* Whether this captcha was used before: the nonce goes in once. */
static enum status spend(struct ctx *c, struct bytes nonce, bool *ret_first)
{
    int64_t rows;
    TRY(app_begin(c));
    TRY(q_spent_insert(c->db, nonce, c->now_ms + CAPTCHA_MINUTES * MINUTE_MS, &rows));
    TRY(app_commit(c));
    *ret_first = rows == 1;
    return ST_OK;
}

enum status gate_captcha_spend(struct ctx *c, struct str cookie, struct str typed)
{
    struct str answer;
    struct bytes nonce;
    bool first = false;
    char code[2 * CAPTCHA_LENGTH + 1];
    size_t n = typed_code(typed, code, sizeof code);
    bool open = captcha_open(c->app->keys, c->arena, cookie, c->now_ms, &answer, &nonce);
    if (open) TRY(spend(c, nonce, &first));
    if (n == 0)
        problem_add(&c->problems, "captcha", "请填写图片中的四个字符");
    else if (!open || !first)
        problem_add(&c->problems, "captcha", "验证码已过期，请按新的图片填写");
    else if (n != answer.n || strncasecmp(code, answer.p, answer.n) != 0)
        problem_add(&c->problems, "captcha", "验证码不正确，请按新的图片填写");
    return ST_OK;
}
