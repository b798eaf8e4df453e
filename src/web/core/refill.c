#include "web/core/refill.h"

#include "base/limits.h"
#include "html/html.h"

#include <string.h>

/* One tag of the page, with its place. */
struct tag {
    size_t from, to; /* "<" and behind ">" */
    struct str text, name;
};

static bool next_tag(struct str page, size_t from, struct tag *ret)
{
    size_t open, close;
    if (!str_find(str_sub(page, from, page.n), STR("<"), &open)) return false;
    open += from;
    if (!str_find(str_sub(page, open, page.n), STR(">"), &close)) return false;
    *ret = (struct tag){.from = open, .to = open + close + 1};
    ret->text = str_sub(page, open, close + 1);
    size_t n = 1;
    while (n < ret->text.n && ret->text.p[n] != ' ' && ret->text.p[n] != '>')
        n++;
    ret->name = str_sub(ret->text, 1, n - 1);
    return true;
}

static bool is_tag(const struct tag *t, const char *name)
{
    return str_eq(t->name, str_from(name));
}

/* Where the value of an attribute stands in the tag. */
static bool attribute_at(struct str tag, const char *name, size_t *ret_from, size_t *ret_to)
{
    size_t at, length, base = 0, n = strlen(name);
    if (!tag.p) return false;
    while (str_find(str_sub(tag, base, tag.n), str_from(name), &at)) {
        at += base;
        base = at + n;
        if (at == 0 || tag.p[at - 1] != ' ' || !str_starts(str_sub(tag, at + n, tag.n), STR("=\""))) continue;
        *ret_from = at + n + 2;
        if (!str_find(str_sub(tag, *ret_from, tag.n), STR("\""), &length)) return false;
        *ret_to = *ret_from + length;
        return true;
    }
    return false;
}

static struct str attribute(struct str tag, const char *name)
{
    size_t from, to;
    return attribute_at(tag, name, &from, &to) ? str_sub(tag, from, to - from) : STR_NONE;
}

static void put_escaped(struct buf *out, struct str s)
{
    struct html h = {.buf = *out};
    html_put_str(&h, s);
    *out = h.buf;
}

static void put(struct buf *out, struct str s)
{
    buf_add(out, s.p, s.n);
}

/* Values stand escaped in the page. */
static bool same(struct str escaped, struct str plain)
{
    struct buf b;
    buf_init(&b, 64, LIMIT_PAGE_BYTES);
    put_escaped(&b, plain);
    bool same = str_eq(escaped, (struct str){b.p, b.n});
    buf_free(&b);
    return same;
}

static const struct http_pair *field_of(const struct refill *r, struct str name)
{
    for (size_t i = 0; name.n && i < r->fields->n; i++)
        if (str_eq(r->fields->p[i].name, name)) return &r->fields->p[i];
    return NULL;
}

static bool has_value(const struct refill *r, struct str name, struct str escaped)
{
    for (size_t i = 0; i < r->fields->n; i++)
        if (str_eq(r->fields->p[i].name, name) && same(escaped, r->fields->p[i].value)) return true;
    return false;
}

/* Secrets of this page or of nobody's, and what only a person may choose again. */
static bool stays(struct str name, struct str type)
{
    static const char *const NAMES[] = {"csrf", "once", "captcha", "work"}, *const TYPES[] = {"file",
                                                                                              "password"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_eq(name, str_from(NAMES[i]))) return true;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_eq(type, str_from(TYPES[i]))) return true;
    return false;
}

/* The tag with a word like checked or selected, or without it. */
static void put_flagged(struct buf *out, struct str tag, const char *flag, bool on)
{
    char word[16] = " ";
    size_t at;
    strncat(word, flag, sizeof word - 2);
    struct str end = str_sub(tag, tag.n - 1, 1), rest = str_sub(tag, 0, tag.n - 1);
    if (str_find(rest, str_from(word), &at)) {
        put(out, str_sub(rest, 0, at));
        rest = str_sub(rest, at + strlen(word), rest.n);
    }
    put(out, rest);
    if (on) put(out, str_from(word));
    put(out, end);
}

static void put_valued(struct buf *out, struct str tag, struct str value)
{
    size_t from, to;
    if (!attribute_at(tag, "value", &from, &to)) {
        put(out, str_sub(tag, 0, tag.n - 1));
        put(out, STR(" value=\""));
        put_escaped(out, value);
        put(out, STR("\">"));
        return;
    }
    put(out, str_sub(tag, 0, from));
    put_escaped(out, value);
    put(out, str_sub(tag, to, tag.n));
}

static void put_input(struct buf *out, const struct refill *r, struct str tag)
{
    struct str name = attribute(tag, "name"), type = attribute(tag, "type");
    const struct http_pair *field = field_of(r, name);
    if (!name.n || stays(name, type))
        put(out, tag);
    else if (str_eq(type, STR("checkbox")) || str_eq(type, STR("radio")))
        put_flagged(out, tag, "checked", has_value(r, name, attribute(tag, "value")));
    else if (field)
        put_valued(out, tag, field->value);
    else
        put(out, tag);
}

/* What is inside the form that is filled in. */
struct filling {
    const struct refill *r;
    struct str select; /* name of the one that we are in */
};

/* Where to go on. */
static size_t put_control(struct buf *out, struct filling *f, struct str page, const struct tag *t)
{
    size_t end;
    if (is_tag(t, "select")) f->select = attribute(t->text, "name");
    if (is_tag(t, "/select")) f->select = STR_NONE;
    const struct http_pair *chosen = field_of(f->r, f->select);
    if (is_tag(t, "option") && chosen) {
        put_flagged(out, t->text, "selected", same(attribute(t->text, "value"), chosen->value));
    } else if (is_tag(t, "input")) {
        put_input(out, f->r, t->text);
    } else {
        put(out, t->text);
        const struct http_pair *typed =
            is_tag(t, "textarea") ? field_of(f->r, attribute(t->text, "name")) : NULL;
        if (typed && str_find(str_sub(page, t->to, page.n), STR("</textarea>"), &end)) {
            put_escaped(out, typed->value);
            return t->to + end;
        }
    }
    return t->to;
}

static bool posts_to(struct str page, const struct tag *form, struct str action)
{
    size_t end, from, to;
    if (str_eq(attribute(form->text, "action"), action)) return true;
    struct str rest = str_sub(page, form->to, page.n);
    if (!str_find(rest, STR("</form>"), &end)) return false;
    rest = str_sub(rest, 0, end);
    while (attribute_at(rest, "formaction", &from, &to)) {
        if (str_eq(str_sub(rest, from, to - from), action)) return true;
        rest = str_sub(rest, to, rest.n);
    }
    return false;
}

static void put_notice(struct buf *out, const struct refill *r)
{
    put(out, STR("<div class=\"alert alert-warning\" role=\"alert\" data-refilled><div>"));
    put_escaped(out, r->notice);
    if (r->number.n) {
        put(out, STR("<p class=\"form-text\">如需帮助，请报上编号 <span class=\"number\">"));
        put_escaped(out, r->number);
        put(out, STR("</span>（403）。</p>"));
    }
    put(out, STR("</div></div>"));
}

void refill(struct str page, const struct refill *r, struct buf *ret)
{
    struct filling f = {.r = r};
    struct tag t;
    size_t at = 0;
    bool inside = false;
    buf_init(ret, page.n + 1024, LIMIT_PAGE_BYTES);
    while (next_tag(page, at, &t)) {
        put(ret, str_sub(page, at, t.from - at));
        if (is_tag(&t, "form")) inside = posts_to(page, &t, r->action);
        if (is_tag(&t, "/form")) inside = false;
        if (inside) {
            at = put_control(ret, &f, page, &t);
            continue;
        }
        put(ret, t.text);
        at = t.to;
        if (is_tag(&t, "main")) put_notice(ret, r);
    }
    put(ret, str_sub(page, at, page.n));
}
