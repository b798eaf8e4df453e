#include "app/ops/manifest.h"

#include "base/buf.h"
#include "base/limits.h"
#include "crypto/keys.h"

#include <string.h>
#include <time.h>

#define FIRST_LINE "huiyuan-backup 1\n"
#define SEAL       "seal "
#define SEAL_BYTES (sizeof SEAL - 1 + 2 * (size_t)MAC_SIZE + 1)

struct str moment_str(struct arena *a, int64_t ms)
{
    char text[32];
    struct tm tm;
    time_t s = (time_t)(ms / 1000);
    gmtime_r(&s, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    return arena_fmt(a, "%s.%03dZ", text, (int)(ms % 1000));
}

static bool moment_parse(struct str text, int64_t *ret)
{
    struct tm tm = {0};
    char s[32] = {0};
    int64_t ms;
    if (text.n != sizeof "2026-11-27T13:05:06.123Z" - 1 || text.p[19] != '.') return false;
    memcpy(s, text.p, 19);
    const char *end = strptime(s, "%Y-%m-%dT%H:%M:%S", &tm);
    if (!end || *end || !str_int(str_sub(text, 20, 3), &ms)) return false;
    *ret = (int64_t)timegm(&tm) * 1000 + ms;
    return true;
}

static struct str seal_of(struct arena *a, const struct keys *k, struct str lines)
{
    uint8_t mac[MAC_SIZE];
    struct mac m;
    keys_mac(k, KEY_AUDIT, &m);
    mac_str(&m, STR("manifest of a backup"));
    mac_str(&m, lines);
    mac_end(&m, mac);
    return arena_hex(a, (struct bytes){mac, MAC_SIZE});
}

struct str manifest_text(struct arena *a, const struct keys *k, const struct manifest *m)
{
    struct buf *text = buf_new(a, 4096, LIMIT_MANIFEST_BYTES);
    buf_fmt(text, FIRST_LINE "version %.*s\nengine %.*s\nschema %ld\n", STR_ARG(m->version),
            STR_ARG(m->engine), (long)m->schema);
    buf_fmt(text, "moment %.*s\nkey %.*s\nhead %.*s\n", STR_ARG(moment_str(a, m->moment_ms)), STR_ARG(m->key),
            STR_ARG(head_text(a, &m->head)));
    for (size_t i = 0; i < m->tables.n; i++)
        buf_fmt(text, "rows %.*s %ld\n", STR_ARG(m->tables.p[i].name), (long)m->tables.p[i].rows);
    buf_fmt(text, "sha256 %.*s\n", STR_ARG(arena_hex(a, (struct bytes){m->sha256, sizeof m->sha256})));
    buf_fmt(text, SEAL "%.*s\n", STR_ARG(seal_of(a, k, buf_text(text))));
    return arena_str(a, buf_text(text));
}

/* "name value" of the next line. */
static bool next_line(struct str *rest, struct str *ret_name, struct str *ret_value)
{
    struct str line;
    return rest->n && str_cut(*rest, '\n', &line, rest) && str_cut(line, ' ', ret_name, ret_value);
}

static bool take_hash(struct str hex, struct manifest *m)
{
    struct head h; /* as a MAC is read: 64 digits */
    char line[2 + 2 * MAC_SIZE];
    if (hex.n != 2 * (size_t)MAC_SIZE) return false;
    memcpy(line, "0 ", 2);
    memcpy(line + 2, hex.p, hex.n);
    if (!head_parse((struct str){line, sizeof line}, &h)) return false;
    memcpy(m->sha256, h.mac, sizeof m->sha256);
    return true;
}

static bool take_count(struct arena *a, struct str value, struct manifest *m)
{
    struct str name, rows;
    int64_t n;
    if (!str_cut(value, ' ', &name, &rows) || !str_int(rows, &n) || n < 0) return false;
    *ARENA_PUSH(a, &m->tables) = (struct table_count){name, n};
    return true;
}

static bool take_line(struct arena *a, struct str name, struct str value, struct manifest *m)
{
    if (str_eq(name, STR("version"))) return m->version = value, true;
    if (str_eq(name, STR("engine"))) return m->engine = value, true;
    if (str_eq(name, STR("key"))) return m->key = value, true;
    if (str_eq(name, STR("schema"))) return str_int(value, &m->schema);
    if (str_eq(name, STR("moment"))) return moment_parse(value, &m->moment_ms);
    if (str_eq(name, STR("head"))) return head_parse(value, &m->head);
    if (str_eq(name, STR("rows"))) return take_count(a, value, m);
    return str_eq(name, STR("sha256")) && take_hash(value, m);
}

static bool parse(struct arena *a, struct str lines, struct manifest *m)
{
    struct str name, value;
    while (next_line(&lines, &name, &value))
        if (!take_line(a, name, value, m)) return false;
    return lines.n == 0 && m->engine.n && m->key.n && m->schema > 0 && m->tables.n;
}

static enum status damaged(struct fault *f)
{
    return fail(f, ST_BROKEN, "the backup's manifest is damaged, or was changed: take another one");
}

enum status manifest_read(struct arena *a, const struct keys *k, struct str text, struct fault *f,
                          struct manifest *ret)
{
    struct manifest m = {0};
    if (!str_starts(text, STR(FIRST_LINE)) || text.n < sizeof FIRST_LINE + SEAL_BYTES) return damaged(f);
    struct str lines = str_sub(text, 0, text.n - SEAL_BYTES);
    struct str seal = str_sub(text, lines.n, SEAL_BYTES);
    if (!parse(a, str_sub(lines, sizeof FIRST_LINE - 1, lines.n), &m)) return damaged(f);
    if (!str_eq(m.key, keys_id(k)))
        return fail(
            f, ST_FORBIDDEN,
            "the backup belongs to the key file with id %.16s, and this one has id %.16s: name that one with "
            "--keys FILE",
            m.key.n == keys_id(k).n ? arena_cstr(a, m.key) : "?", arena_cstr(a, keys_id(k)));
    struct str own = arena_fmt(a, SEAL "%.*s\n", STR_ARG(seal_of(a, k, lines)));
    if (!str_eq(seal, own)) return damaged(f);
    *ret = m;
    return ST_OK;
}

int64_t manifest_rows(const struct manifest *m)
{
    int64_t rows = 0;
    for (size_t i = 0; i < m->tables.n; i++)
        rows += m->tables.p[i].rows;
    return rows;
}
