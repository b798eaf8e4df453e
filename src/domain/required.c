#include "domain/required.h"

static unsigned bit_of(struct str name)
{
    for (size_t i = 0; i < person_fields_n; i++)
        if (str_eq(name, str_from(person_fields[i].name))) return person_fields[i].required;
    return 0;
}

bool required_parse(struct str names, unsigned *ret, struct str *ret_unknown)
{
    unsigned set = 0;
    struct str name, rest = str_trim(names);
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, ',', &name, &rest);
        unsigned bit = bit_of(str_trim(name));
        if (!bit) {
            *ret_unknown = str_trim(name);
            return false;
        }
        set |= bit;
    }
    *ret = set;
    return true;
}

struct str required_names(struct arena *a, unsigned set)
{
    struct str all = STR("");
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->required & set) all = arena_fmt(a, "%.*s%s%s", STR_ARG(all), all.n ? "," : "", f->name);
    }
    return all;
}

void required_check(struct problems *ps, unsigned set, enum required field, bool filled)
{
    if (filled || !(set & field)) return;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->required == field && !problem_of(ps, str_from(f->name)).n)
            problem_add(ps, f->name, "%s", f->missing);
    }
}
