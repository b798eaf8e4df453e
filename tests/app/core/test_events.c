/* The tables of events: each word once, with a title and a kind; and no word in the source that no table has.
 */
#include "register.h"

#include "app/core/events.h"
#include "app/core/features.h"

#include <stdio.h>
#include <string.h>

static void each_word_once(void **state)
{
    (void)state;
    size_t n = 0;
    for (size_t t = 0; t < app_features_n; t++) {
        for (size_t i = 0; i < app_features[t]->n_events; i++) {
            const struct event *e = &app_features[t]->events[i];
            assert_non_null(strchr(e->word, '.'));
            assert_true(e->title[0]);
            assert_true(e->kind > KIND_ANY && e->kind < KIND_COUNT);
            assert_ptr_equal(event_find(str_from(e->word)), e); /* a second one would be found as the first */
            assert_true(event_kind_used(e->kind));
            n++;
        }
    }
    assert_true(n > 20);
    assert_null(event_find(STR("member.nothing")));
}

static void kinds_as_the_contract_names_them(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum event_kind kind;
    } KINDS[] = {{"", KIND_ANY},      {"approval", KIND_APPROVAL},
                 {"data", KIND_DATA}, {"account", KIND_ACCOUNT},
                 {"fee", KIND_FEE},   {"training", KIND_TRAINING}};
    enum event_kind kind;
    assert_int_equal(COUNT(KINDS), KIND_COUNT);
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        assert_true(event_kind_parse(str_from(KINDS[i].code), &kind));
        assert_int_equal(kind, KINDS[i].kind);
        assert_string_equal(event_kind_code(kind), KINDS[i].code);
        assert_true(event_kind_label(kind)[0]);
    }
    assert_false(event_kind_parse(STR("fees"), &kind));
    assert_false(event_kind_parse(STR("Approval"), &kind));
}

/* What use cases write: the words behind `.event =` and in the table of transitions. */
static void no_event_without_a_table(void **state)
{
    (void)state;
    char line[2048];
    int words = 0, unknown = 0;
    FILE *list =
        popen("grep -rhoE '(\\.event = |\\[EVENT_[A-Z_]+\\] = |_?note\\([a-z]+, )\"[a-z]+\\.[a-z_]+\"' "
              "\"$HUIYUAN_SOURCE/src/app\" | grep -oE '\"[^\"]+\"' | sort -u",
              "r");
    assert_non_null(list);
    while (fgets(line, sizeof line, list)) {
        struct str word = str_trim(str_from(line));
        word = str_sub(word, 1, word.n - 2);
        words++;
        if (event_find(word)) continue;
        print_error("%.*s is in no feature.c\n", STR_ARG(word));
        unknown++;
    }
    assert_int_equal(pclose(list), 0);
    assert_true(words > 20);
    assert_int_equal(unknown, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_once),
        cmocka_unit_test(kinds_as_the_contract_names_them),
        cmocka_unit_test(no_event_without_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
