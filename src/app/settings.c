#include "app/settings.h"

#include "base/limits.h"
#include "gen/queries.h"

#include <stddef.h>

#define TEXT(name, field, value)                                                                             \
    {                                                                                                        \
        name, offsetof(struct settings, field), true, value, 0                                               \
    }
#define NUMBER(name, field, value)                                                                           \
    {                                                                                                        \
        name, offsetof(struct settings, field), false, NULL, value                                           \
    }

static const struct {
    const char *name;
    size_t offset;
    bool text;
    const char *default_text;
    int64_t default_number;
} SETTINGS[] = {
    TEXT("association.name", association, "甘肃省建设监理协会"),
    TEXT("association.system", system, "会员管理系统"),
    TEXT("association.phone", organiser_phone, ""),
    TEXT("association.record_no", record_no, ""),
    TEXT("association.scan_mailbox", scan_mailbox, "gsjlxhlz@163.com"),
    TEXT("bank.payee", bank_payee, "甘肃省建设监理协会"),
    TEXT("bank.name", bank_name, "交通银行甘肃省分行营业部"),
    TEXT("bank.account", bank_account, "621060105010470040025"),
    TEXT("member.number_prefix", number_prefix, "GSJL"),
    TEXT("account.initial_password", initial_password, ""),
    NUMBER("period.years", period_years, 5),
    NUMBER("renewal.window_days", renewal_window_days, 90),
    NUMBER("renewal.lapsed_continues", lapsed_continues, 0),
    NUMBER("fee.yearly_fen", fee_yearly_fen, 20000),
    NUMBER("eligibility.age_min", age_min, 18),
    NUMBER("eligibility.age_max", age_max, 60),
    NUMBER("eligibility.practice_months", practice_months, 12),
    NUMBER("register.tries_an_hour", register_tries, 30),
    NUMBER("photo.white_min", photo_white_min, 215),
    NUMBER("photo.white_spread", photo_white_spread, 25),
    NUMBER("photo.background_percent", photo_background_percent, 90),
    NUMBER("photo.background_deviation", photo_background_deviation, 12),
    NUMBER("photo.blank_percent", photo_blank_percent, 85),
    NUMBER("photo.colour_spread", photo_colour_spread, 20),
    NUMBER("photo.colour_percent", photo_colour_percent, 3),
    NUMBER("photo.sharpness", photo_sharpness, 60),
    NUMBER("export.masked", export_masked, 0),
    NUMBER("batch.rows", batch_rows, LIMIT_BATCH_ROWS),
};

#define N_SETTINGS (sizeof SETTINGS / sizeof *SETTINGS)

static struct str *text_of(struct settings *s, size_t i)
{
    return (struct str *)(void *)((char *)s + SETTINGS[i].offset);
}

static int64_t *number_of(struct settings *s, size_t i)
{
    return (int64_t *)(void *)((char *)s + SETTINGS[i].offset);
}

static void set_defaults(struct settings *s)
{
    for (size_t i = 0; i < N_SETTINGS; i++) {
        if (SETTINGS[i].text)
            *text_of(s, i) = str_from(SETTINGS[i].default_text);
        else
            *number_of(s, i) = SETTINGS[i].default_number;
    }
}

static bool set_one(struct settings *s, size_t i, struct arena *a, struct str value)
{
    if (!SETTINGS[i].text) return str_int(value, number_of(s, i));
    *text_of(s, i) = arena_str(a, value);
    return true;
}

static bool find(struct str name, size_t *ret)
{
    for (size_t i = 0; i < N_SETTINGS; i++) {
        if (!str_eq(str_from(SETTINGS[i].name), name)) continue;
        *ret = i;
        return true;
    }
    return false;
}

enum status settings_load(struct ctx *c, struct arena *a, struct settings *ret)
{
    struct settings s;
    set_defaults(&s);
    struct settings_rows rows;
    TRY(q_settings(c->db, c->arena, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        size_t which;
        if (find(rows.p[i].name, &which) && !set_one(&s, which, a, rows.p[i].value))
            return fail_detail(&c->fault, ST_BROKEN, "setting %.*s is not a number", STR_ARG(rows.p[i].name));
    }
    *ret = s;
    return ST_OK;
}

enum status settings_put(struct ctx *c, struct str name, struct str value)
{
    size_t which;
    if (!find(name, &which)) return fail(&c->fault, ST_BAD_INPUT, "no setting %.*s", STR_ARG(name));
    struct settings scratch;
    if (!set_one(&scratch, which, c->arena, value))
        return fail(&c->fault, ST_BAD_INPUT, "%.*s must be a whole number", STR_ARG(name));
    return q_setting_insert(c->db, name, value, c->now_ms, c->actor.account, NULL);
}
