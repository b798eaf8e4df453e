#include "register.h"

#include "app/demo/words.h"
#include "domain/credit_code.h"
#include "domain/eligibility.h"
#include "domain/id_number.h"
#include "domain/person.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE 3000

static const struct day TODAY = {2026, 11, 23};

static struct day registered_of(int i)
{
    return day_add(TODAY, -i);
}

static void make_people(struct arena *a, uint64_t seed, struct demo_person ret[PEOPLE])
{
    struct seed s = {seed};
    struct demo_numbers *numbers = demo_numbers_new(a, TODAY);
    for (int i = 0; i < PEOPLE; i++)
        assert_true(demo_person_make(a, &s, numbers, registered_of(i), DEMO_NAME_ANY, &ret[i]));
}

static void assert_invented_number(const struct demo_person *p)
{
    struct id_number id;
    int64_t sequence;
    assert_int_equal(id_number_parse(p->id_number, TODAY, &id), ID_OK);
    assert_int_equal(day_cmp(id.born, p->born), 0);
    assert_int_equal(id.sex, p->sex);
    assert_true(str_starts(p->id_number, p->born.year < 1986 ? STR("620000") : STR("620112")));
    assert_true(str_int(str_sub(p->id_number, 14, 3), &sequence));
    assert_in_range(sequence, 900, 999);
}

static int by_number(const void *a, const void *b)
{
    return str_cmp(((const struct demo_person *)a)->id_number, ((const struct demo_person *)b)->id_number);
}

static void numbers_are_valid_invented_and_different(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_person *people = ARENA_ARRAY(a, PEOPLE, struct demo_person);
    make_people(a, 1, people);
    for (int i = 0; i < PEOPLE; i++)
        assert_invented_number(&people[i]);
    qsort(people, PEOPLE, sizeof *people, by_number);
    for (int i = 1; i < PEOPLE; i++)
        assert_false(str_eq(people[i].id_number, people[i - 1].id_number));
    arena_free(a);
}

/* On one day of registration, more people than have birthdays there: sequences of a day are used up, not
 * repeated. */
static void crowded_birthdays_stay_different(void **state)
{
    (void)state;
    enum { CROWD = 60000 };
    struct arena *a = arena_new();
    struct seed s = {5};
    struct demo_numbers *numbers = demo_numbers_new(a, TODAY);
    struct demo_person *people = ARENA_ARRAY(a, CROWD, struct demo_person);
    for (int i = 0; i < CROWD; i++)
        assert_true(demo_person_make(a, &s, numbers, TODAY, DEMO_NAME_ANY, &people[i]));
    qsort(people, CROWD, sizeof *people, by_number);
    for (int i = 1; i < CROWD; i++)
        assert_false(str_eq(people[i].id_number, people[i - 1].id_number));
    arena_free(a);
}

static bool is_post(struct str word)
{
    for (size_t i = 0; i < post_words.n; i++)
        if (str_eq(str_from(post_words.p[i]), word)) return true;
    return false;
}

static void everybody_could_have_registered(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_person *people = ARENA_ARRAY(a, PEOPLE, struct demo_person);
    make_people(a, 2, people);
    for (int i = 0; i < PEOPLE; i++) {
        const struct demo_person *p = &people[i];
        struct problems ps = {.arena = a};
        struct applicant who = {p->born, p->education, p->title_level, p->started_on};
        struct str same;
        eligibility_age(&eligibility_defaults, p->born, registered_of(i), &ps);
        eligibility_practice(&eligibility_defaults, &who, registered_of(i), &ps);
        assert_true(person_name(&ps, p->name, &same) && str_eq(same, p->name));
        assert_true(person_mobile(&ps, p->mobile, &same) && str_eq(same, p->mobile));
        assert_true(person_qq(&ps, p->qq, &same) && person_email(&ps, p->email, &same));
        assert_true(is_post(p->post) && p->started_on.day == 1);
        assert_int_equal(p->title_level == 0, p->title_specialty.n == 0);
        if (ps.n) print_error("%.*s: %.*s\n", STR_ARG(p->name), STR_ARG(ps.p[0].text));
        assert_int_equal(ps.n, 0);
    }
    arena_free(a);
}

static void the_seed_decides(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_person *x = ARENA_ARRAY(a, PEOPLE, struct demo_person);
    struct demo_person *y = ARENA_ARRAY(a, PEOPLE, struct demo_person);
    int same = 0;
    make_people(a, 7, x);
    make_people(a, 7, y);
    for (int i = 0; i < PEOPLE; i++)
        assert_true(str_eq(x[i].name, y[i].name) && str_eq(x[i].id_number, y[i].id_number));
    make_people(a, 8, y);
    for (int i = 0; i < PEOPLE; i++)
        same += str_eq(x[i].id_number, y[i].id_number);
    assert_true(same < PEOPLE / 10);
    arena_free(a);
}

static void names_that_programs_get_wrong(void **state)
{
    (void)state;
    static const struct {
        enum demo_name kind;
        const char *one_of[2];
    } CASES[] = {{DEMO_NAME_WITH_DOT, {"·", "·"}}, {DEMO_NAME_RARE, {"𬱖", "䶮"}}};
    struct arena *a = arena_new();
    struct seed s = {1};
    struct demo_numbers *numbers = demo_numbers_new(a, TODAY);
    for (size_t i = 0; i < 100 * COUNT(CASES); i++) {
        struct demo_person p;
        size_t at, row = i % COUNT(CASES);
        assert_true(demo_person_make(a, &s, numbers, TODAY, CASES[row].kind, &p));
        assert_true(str_find(p.name, str_from(CASES[row].one_of[0]), &at) ||
                    str_find(p.name, str_from(CASES[row].one_of[1]), &at));
    }
    arena_free(a);
}

static void companies_have_valid_codes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct seed s = {1};
    struct str before = STR("");
    for (int64_t i = 1; i < 500; i++) {
        struct company_new c = demo_company_make(a, &s, i);
        char code[CREDIT_CODE_LENGTH + 1];
        assert_int_equal(credit_code_parse(c.credit_code, false, code), CREDIT_OK);
        assert_false(str_eq(c.credit_code, before));
        assert_true(str_starts(c.address, STR("甘肃省")) && c.contact.n && c.phone.n);
        before = c.credit_code;
    }
    assert_true(str_eq(demo_company_make(a, &s, 1).name, STR("演示监理公司0001")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_valid_invented_and_different),
        cmocka_unit_test(crowded_birthdays_stay_different),
        cmocka_unit_test(everybody_could_have_registered),
        cmocka_unit_test(the_seed_decides),
        cmocka_unit_test(names_that_programs_get_wrong),
        cmocka_unit_test(companies_have_valid_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
