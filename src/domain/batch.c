#include "domain/batch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *code, *label, *prefix;
} KINDS[] = {
    [BATCH_NEW] = {"new", "新会员推荐", "TJ"},
    [BATCH_RENEWAL] = {"renewal", "续期推荐", "XQ"},
};

const char *batch_kind_code(enum batch_kind kind)
{
    return KINDS[kind].code;
}

const char *batch_kind_label(enum batch_kind kind)
{
    return KINDS[kind].label;
}

bool batch_kind_parse(struct str code, enum batch_kind *ret)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (str_eq(code, str_from(KINDS[i].code))) {
            *ret = (enum batch_kind)i;
            return true;
        }
    }
    return false;
}

struct str batch_number(struct arena *a, enum batch_kind kind, int year, int64_t company_number, int sequence)
{
    return arena_fmt(a, "%s-%04d-%04" PRId64 "-%02d", KINDS[kind].prefix, year, company_number, sequence);
}

static size_t field_size(struct str s)
{
    return 4 + s.n;
}

static uint8_t *put_field(uint8_t *at, struct str s)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *at++ = (uint8_t)(s.n >> shift);
    if (s.n > 0) memcpy(at, s.p, s.n);
    return at + s.n;
}

struct bytes batch_message(struct arena *a, const struct batch_heading *heading,
                           const struct batch_person *people, size_t n)
{
    struct str kind = str_from(batch_kind_code(heading->kind));
    size_t size = field_size(heading->number) + field_size(kind) + field_size(heading->company_code);
    for (size_t i = 0; i < n; i++)
        size += field_size(people[i].name) + field_size(people[i].id_number);

    uint8_t *message = arena_alloc(a, size);
    uint8_t *at = put_field(message, heading->number);
    at = put_field(at, kind);
    at = put_field(at, heading->company_code);
    for (size_t i = 0; i < n; i++) {
        at = put_field(at, people[i].name);
        at = put_field(at, people[i].id_number);
    }
    return (struct bytes){message, size};
}

void batch_code_text(const uint8_t mac[BATCH_CODE_BYTES], char ret[BATCH_CODE_SIZE])
{
    snprintf(ret, BATCH_CODE_SIZE, "%02X%02X-%02X%02X-%02X%02X-%02X%02X", mac[0], mac[1], mac[2], mac[3],
             mac[4], mac[5], mac[6], mac[7]);
}
