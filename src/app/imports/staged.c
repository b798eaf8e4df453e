#include "app/imports/staged.h"

#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"

#include <string.h>

#define FINDINGS "findings"
#define OTHER    "order" /* a finding of a field that a later version does not have */

struct import_row staged_copy(struct arena *a, enum import_kind kind, const struct import_row *row)
{
    struct import_row kept = {.row = row->row,
                              .hidden = row->hidden,
                              .refused = row->refused,
                              .open = row->open,
                              .incomplete = row->incomplete};
    size_t n = import_fields(kind).n;
    for (size_t i = 0; i < n; i++)
        kept.value[i] = arena_str(a, str_or_empty(row->value[i]));
    for (size_t i = 0; i < row->findings.n; i++) {
        struct import_finding *f = ARENA_PUSH(a, &kept.findings);
        *f = row->findings.p[i];
        f->text = arena_str(a, f->text);
    }
    return kept;
}

static struct seal_place place(const struct job_full *job, int64_t row)
{
    return PLACE_AT("import_row", "fields_sealed", job->uid, row);
}

struct bytes staged_seal(struct ctx *c, const struct job_full *job, enum import_kind kind,
                         const struct import_row *row)
{
    struct import_fields fields = import_fields(kind);
    struct buf *all = buf_new(c->arena, 1024, LIMIT_FORM_TEXT),
               *found = buf_new(c->arena, 256, LIMIT_FORM_TEXT);
    pack_fields(all);
    for (size_t i = 0; i < fields.n; i++)
        if (row->value[i].n) pack_field(all, fields.p[i].name, row->value[i]);
    for (size_t i = 0; i < row->findings.n; i++) {
        const struct import_finding *f = &row->findings.p[i];
        pack_put(found, str_from(f->field));
        pack_put(found, str_from(f->code));
        pack_put(found, arena_fmt(c->arena, "%d", (int)f->weight));
        pack_put(found, f->text);
    }
    pack_field(all, FINDINGS, buf_text(found));
    struct bytes sealed = vault_seal(c, place(job, row->row), buf_text(all));
    buf_free(all);
    buf_free(found);
    return sealed;
}

void staged_find(struct arena *a, struct import_row *row, const char *field, const char *code,
                 enum import_weight weight, struct str text)
{
    *ARENA_PUSH(a, &row->findings) = (struct import_finding){field, code, weight, text};
    row->refused |= weight == IMPORT_REFUSED;
    row->open |= weight == IMPORT_OPEN;
    row->incomplete |= weight == IMPORT_MISSING;
}

/* As import_fields has it, which lives as long as the program. */
static const char *field_named(enum import_kind kind, struct str name)
{
    struct import_fields fields = import_fields(kind);
    for (size_t i = 0; i < fields.n; i++)
        if (str_eq(str_from(fields.p[i].name), name)) return fields.p[i].name;
    return OTHER;
}

static void open_findings(struct ctx *c, enum import_kind kind, struct str packed, struct import_row *ret)
{
    struct str field, code, weight, text;
    while (pack_next(&packed, &field) && pack_next(&packed, &code) && pack_next(&packed, &weight) &&
           pack_next(&packed, &text)) {
        int64_t n = 0;
        str_int(weight, &n);
        staged_find(c->arena, ret, field_named(kind, field), arena_cstr(c->arena, code),
                    (enum import_weight)n, text);
    }
}

enum status staged_open(struct ctx *c, const struct job_full *job, enum import_kind kind, int64_t row,
                        struct bytes sealed, struct import_row *ret)
{
    struct import_fields fields = import_fields(kind);
    struct import_row opened = {.row = (uint32_t)row};
    struct str packed = STR("=");
    if (sealed.n) TRY(vault_open(c, place(job, row), sealed, &packed));
    for (size_t i = 0; i < fields.n; i++)
        opened.value[i] = str_or_empty(pack_field_of(packed, fields.p[i].name));
    open_findings(c, kind, str_or_empty(pack_field_of(packed, FINDINGS)), &opened);
    *ret = opened;
    return ST_OK;
}

const struct import_finding *staged_finding(const struct import_row *row, enum import_weight weight)
{
    for (size_t i = 0; i < row->findings.n; i++)
        if (row->findings.p[i].weight == weight) return &row->findings.p[i];
    return NULL;
}

struct str staged_reason(struct ctx *c, enum import_kind kind, const struct import_row *row,
                         enum import_weight weight)
{
    struct str all = STR("");
    for (size_t i = 0; i < row->findings.n; i++) {
        const struct import_finding *f = &row->findings.p[i];
        if (f->weight != weight) continue;
        int at = import_field_at(kind, f->field);
        const char *word = at >= 0 ? import_fields(kind).p[at].word : "";
        bool names_it = strstr(arena_cstr(c->arena, f->text), word) != NULL;
        all = arena_fmt(c->arena, "%.*s%s%s%s%.*s", STR_ARG(all), all.n ? "；" : "", names_it ? "" : word,
                        names_it ? "" : "：", STR_ARG(f->text));
    }
    return all;
}
