#include "app/core/settings.h"

#include "base/limits.h"
#include "domain/required.h"
#include "gen/queries.h"

#include <stddef.h>

enum kind { A_TEXT, A_NUMBER, A_FIELD_LIST };

#define TEXT(name, field, value)                                                                             \
    {                                                                                                        \
        name, offsetof(struct settings, field), A_TEXT, value, 0                                             \
    }
#define NUMBER(name, field, value)                                                                           \
    {                                                                                                        \
        name, offsetof(struct settings, field), A_NUMBER, NULL, value                                        \
    }
#define FIELD_LIST(name, field, value)                                                                       \
    {                                                                                                        \
        name, offsetof(struct settings, field), A_FIELD_LIST, NULL, value                                    \
    }

static const struct {
    const char *name;
    size_t offset;
    enum kind kind;
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
    NUMBER("account.onetime_days", onetime_days, 7),
    NUMBER("captcha.work_bits", captcha_work_bits, 16),
    NUMBER("captcha.both_failures", captcha_both_failures, 10),
    NUMBER("login.pair_failures", login_pair_failures, 5),
    NUMBER("login.pair_minutes", login_pair_minutes, 15),
    NUMBER("login.account_failures", login_account_failures, 20),
    NUMBER("login.account_minutes", login_account_minutes, 30),
    NUMBER("login.network_failures", login_network_failures, 30),
    NUMBER("login.network_minutes", login_network_minutes, 15),
    NUMBER("login.known_days", login_known_days, 90),
    NUMBER("period.years", period_years, 5),
    NUMBER("renewal.window_days", renewal_window_days, 90),
    NUMBER("renewal.lapsed_continues", lapsed_continues, 0),
    NUMBER("fee.yearly_fen", fee_yearly_fen, 20000),
    NUMBER("eligibility.age_min", age_min, 18),
    NUMBER("eligibility.age_max", age_max, 60),
    NUMBER("eligibility.practice_months", practice_months, 12),
    NUMBER("register.tries_an_hour", register_tries, 30),
    FIELD_LIST("register.required", required, REQUIRED_USUALLY),
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

static unsigned *fields_of(struct settings *s, size_t i)
{
    return (unsigned *)(void *)((char *)s + SETTINGS[i].offset);
}

static void set_default(struct settings *s, size_t i)
{
    switch (SETTINGS[i].kind) {
    case A_TEXT:
        *text_of(s, i) = str_from(SETTINGS[i].default_text);
        return;
    case A_NUMBER:
        *number_of(s, i) = SETTINGS[i].default_number;
        return;
    case A_FIELD_LIST:
        *fields_of(s, i) = (unsigned)SETTINGS[i].default_number;
        return;
    }
}

/* What is wrong with the value, for after the setting's name; none: it is set. */
static struct str set_one(struct settings *s, size_t i, struct arena *a, struct str value)
{
    struct str unknown;
    switch (SETTINGS[i].kind) {
    case A_TEXT:
        *text_of(s, i) = arena_str(a, value);
        return STR_NONE;
    case A_NUMBER:
        return str_int(value, number_of(s, i)) ? STR_NONE : STR("must be a whole number");
    case A_FIELD_LIST:
        if (required_parse(value, fields_of(s, i), &unknown)) return STR_NONE;
        break;
    }
    return arena_fmt(a, "names \"%.*s\", which is no field that can be required or not", STR_ARG(unknown));
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
    struct settings_rows rows;
    for (size_t i = 0; i < N_SETTINGS; i++)
        set_default(&s, i);
    TRY(q_settings(c->db, c->arena, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        size_t which;
        if (!find(rows.p[i].name, &which)) continue;
        struct str wrong = set_one(&s, which, a, rows.p[i].value);
        if (wrong.n)
            return fail_detail(&c->fault, ST_BROKEN, "setting %.*s %.*s", STR_ARG(rows.p[i].name),
                               STR_ARG(wrong));
    }
    *ret = s;
    return ST_OK;
}

enum status settings_put(struct ctx *c, struct str name, struct str value)
{
    size_t which;
    if (!find(name, &which)) return fail(&c->fault, ST_BAD_INPUT, "no setting %.*s", STR_ARG(name));
    struct settings scratch;
    struct str wrong = set_one(&scratch, which, c->arena, value);
    if (wrong.n) return fail(&c->fault, ST_BAD_INPUT, "%.*s %.*s", STR_ARG(name), STR_ARG(wrong));
    return q_setting_insert(c->db, name, value, c->now_ms, c->actor.account, NULL);
}

const char *setting_name(size_t i)
{
    return i < N_SETTINGS ? SETTINGS[i].name : NULL;
}
