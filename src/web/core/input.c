/* Every text of a request in its normal form, before any handler sees it. */
#include "base/text.h"
#include "web/core/web.h"

typedef struct str clean_fn(struct arena *a, struct str s);

static struct str as_it_came(struct arena *a, struct str s)
{
    (void)a;
    return s;
}

/* The others are text. A password is the characters that were typed, whichever way a keyboard composes them.
 */
static const struct {
    struct str field;
    clean_fn *clean;
} OTHERS[] = {
    {STR_INIT("password"), text_nfc}, {STR_INIT("password_again"), text_nfc}, {STR_INIT("current"), text_nfc},
    {STR_INIT("csrf"), as_it_came},   {STR_INIT("status"), as_it_came}, /* a code that nobody types */
};

static clean_fn *clean_of(struct str field)
{
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (str_eq(OTHERS[i].field, field)) return OTHERS[i].clean;
    return text_clean;
}

static void clean(struct arena *a, struct http_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++)
        pairs->p[i].value = clean_of(pairs->p[i].name)(a, pairs->p[i].value);
}

void web_input_clean(struct web *w)
{
    clean(w->q->arena, &w->q->query);
    clean(w->q->arena, &w->q->fields);
}
