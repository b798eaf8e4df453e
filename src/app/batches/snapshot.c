#include "app/batches/snapshot.h"

#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "domain/codes.h"

#include <stddef.h>

enum weight { FACT, KEY, ASIDE };

/* The columns, in the order of the print. The names are in databases: they stay. */
static const struct column {
    const char *name, *label;
    size_t at;
    enum weight weight;
} COLUMNS[] = {
    {"name", "姓名", offsetof(struct snapshot, name), KEY},
    {"sex", "性别", offsetof(struct snapshot, sex), FACT},
    {"id_number", "身份证号", offsetof(struct snapshot, id_number), KEY},
    {"education", "学历", offsetof(struct snapshot, education), FACT},
    {"major", "专业", offsetof(struct snapshot, major), FACT},
    {"title", "职称", offsetof(struct snapshot, title), FACT},
    {"post", "岗位", offsetof(struct snapshot, post), FACT},
    {"mobile", "手机", offsetof(struct snapshot, mobile), FACT},
    {"number_and_end", "会员编号/有效期", offsetof(struct snapshot, number_and_end), FACT},
    {"remark", "备注", offsetof(struct snapshot, remark), ASIDE},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)

/* How the first version packed them. */
static const char *const FIRST_ORDER[] = {"name",  "sex",  "id_number", "education",     "major",
                                          "title", "post", "mobile",    "number_and_end"};
#define N_FIRST (sizeof FIRST_ORDER / sizeof *FIRST_ORDER)

static struct str *field(struct snapshot *s, const struct column *column)
{
    return (struct str *)(void *)((char *)s + column->at);
}

static struct str value(const struct snapshot *s, const struct column *column)
{
    return *(const struct str *)(const void *)((const char *)s + column->at);
}

const char *batch_change_code(enum batch_change change)
{
    static const char *const CODES[] = {[CHANGE_NONE] = "",
                                        [CHANGE_FACTS] = "facts",
                                        [CHANGE_KEY] = "key",
                                        [CHANGE_JOINED] = "joined",
                                        [CHANGE_LEFT] = "left"};
    return CODES[change];
}

static struct str number_and_end(struct ctx *c, const struct member_full *m)
{
    if (!m->number.n) return STR("");
    return arena_fmt(c->arena, "%.*s %.*s", STR_ARG(m->number), STR_ARG(day_str(c->arena, m->period_end)));
}

enum status snapshot_of(struct ctx *c, const struct member_full *m, struct snapshot *ret)
{
    struct snapshot s = {
        .name = m->name,
        .sex = str_from(code_label(sex_codes, (int)m->sex)),
        .education = str_from(code_label(education_codes, (int)m->education)),
        .major = m->major,
        .title = str_from(code_label(title_level_codes, (int)m->title_level)),
        .post = m->post,
        .number_and_end = number_and_end(c, m),
        .remark = STR(""),
    };
    TRY(vault_open(c, PLACE("member", "id_sealed", m->uid), m->id_sealed, &s.id_number));
    TRY(vault_open(c, PLACE("member", "mobile_sealed", m->uid), m->mobile_sealed, &s.mobile));
    *ret = s;
    return ST_OK;
}

struct bytes snapshot_seal(struct ctx *c, struct seal_place at, const struct snapshot *s)
{
    struct buf *b = buf_new(c->arena, 512, LIMIT_FIELD_BYTES);
    pack_fields(b);
    for (size_t i = 0; i < N_COLUMNS; i++)
        pack_field(b, COLUMNS[i].name, value(s, &COLUMNS[i]));
    return vault_seal(c, at, buf_text(b));
}

enum status snapshot_open(struct ctx *c, struct seal_place at, struct bytes sealed, struct snapshot *ret)
{
    struct str packed;
    struct snapshot s = {0};
    TRY(vault_open(c, at, sealed, &packed));
    if (!pack_named(c->arena, packed, FIRST_ORDER, N_FIRST, &packed))
        return fail_detail(&c->fault, ST_BROKEN, "a snapshot of %s", at.table);
    for (size_t i = 0; i < N_COLUMNS; i++)
        *field(&s, &COLUMNS[i]) = str_or_empty(pack_field_of(packed, COLUMNS[i].name));
    *ret = s;
    return ST_OK;
}

enum batch_change snapshot_compare(struct ctx *c, const struct snapshot *was, const struct snapshot *now,
                                   struct str *ret_words)
{
    enum batch_change change = CHANGE_NONE;
    struct str words = STR("");
    for (size_t i = 0; i < N_COLUMNS; i++) {
        const struct column *column = &COLUMNS[i];
        if (column->weight == ASIDE || str_eq(value(was, column), value(now, column))) continue;
        words = arena_fmt(c->arena, "%.*s%s%s", STR_ARG(words), words.n ? "、" : "", column->label);
        if (change != CHANGE_KEY) change = column->weight == KEY ? CHANGE_KEY : CHANGE_FACTS;
    }
    *ret_words = words;
    return change;
}

struct seal_place snapshot_of_item(struct bytes batch_uid, int64_t position)
{
    return PLACE_AT("batch_item", "snapshot_sealed", batch_uid, position);
}

struct seal_place snapshot_of_print(struct bytes print_uid, int64_t position)
{
    return PLACE_AT("batch_print_item", "snapshot_sealed", print_uid, position);
}
