/* Which of several versions of a program is taken, and what is said when none will do; how one is run. */
#include "db/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void put(const char *folder, const char *says, int mode)
{
    char path[256];
    snprintf(path, sizeof path, "mkdir -p %s", folder);
    assert_int_equal(system(path), 0);
    snprintf(path, sizeof path, "%s/pg_some", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", says);
    fclose(file);
    assert_int_equal(chmod(path, (mode_t)mode), 0);
}

/* versions: in Debian's place; path: in PATH. Numbers with a blank before each. */
static const struct {
    const char *versions, *path;
    int least;
    const char *ends; /* of the path that is taken; NULL: refused */
    const char *says;
} CASES[] = {
    {" 15", "", 15, "/v/15/bin/pg_some", NULL},
    {" 13 15 16", "", 15, "/v/15/bin/pg_some", NULL},
    {" 13 16 17", "", 15, "/v/16/bin/pg_some", NULL},
    {" 9 13", "", 15, NULL,
     "of version 13, older than the server's 15: apt-get install postgresql-client-15"},
    {"", "", 15, NULL, "is not installed: apt-get install postgresql-client-15"},
    {"", " 15", 15, "/p15/pg_some", NULL},
    {"", " 13 15", 15, "/p15/pg_some", NULL},
    {" 16", " 15", 15, "/p15/pg_some", NULL},
    {" 15", " 15", 15, "/v/15/bin/pg_some", NULL},
    {" 13", " 12", 15, NULL, "of version 13"},
    {" 13", " 16", 15, "/p16/pg_some", NULL},
};

static struct str next_word(struct str *rest)
{
    struct str word, none;
    str_cut(str_trim(*rest), ' ', &word, rest);
    none = *rest;
    *rest = str_trim(none);
    return word;
}

static void nearest_version_that_is_not_older(void **state)
{
    char root[] = "/tmp/huiyuan-program-XXXXXX", text[512], says[128];
    (void)state;
    assert_non_null(mkdtemp(root));
    const char *given = getenv("PATH");
    char *own_path = strdup(given ? given : "");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct fault f = {0};
        const char *found = NULL;
        char path[2048] = "/nowhere";
        struct arena *a = arena_new();
        snprintf(text, sizeof text, "rm -rf %s/*", root);
        assert_int_equal(system(text), 0);
        for (struct str rest = str_trim(str_from(CASES[i].versions)); rest.n;) {
            struct str v = next_word(&rest);
            snprintf(text, sizeof text, "%s/v/%.*s/bin", root, STR_ARG(v));
            snprintf(says, sizeof says, "echo 'pg_some (PostgreSQL) %.*s.3 (Debian 1)'", STR_ARG(v));
            put(text, says, 0755);
        }
        for (struct str rest = str_trim(str_from(CASES[i].path)); rest.n;) {
            struct str v = next_word(&rest);
            snprintf(text, sizeof text, "%s/p%.*s", root, STR_ARG(v));
            snprintf(says, sizeof says, "echo 'pg_some (PostgreSQL) %.*s'", STR_ARG(v));
            put(text, says, 0755);
            size_t n = strlen(path);
            assert_true(snprintf(path + n, sizeof path - n, ":%s", text) < (int)(sizeof path - n));
        }
        snprintf(text, sizeof text, "%s/v", root);
        setenv("PATH", path, 1);
        enum status s = program_find("pg_some", CASES[i].least, text, a, &f, &found);
        setenv("PATH", own_path, 1);
        assert_int_equal(s, CASES[i].ends ? ST_OK : ST_UNAVAILABLE);
        if (CASES[i].ends) assert_true(str_ends(str_from(found), str_from(CASES[i].ends)));
        if (CASES[i].says) assert_non_null(strstr(f.text, CASES[i].says));
        arena_free(a);
    }
    snprintf(text, sizeof text, "rm -rf %s", root);
    assert_int_equal(system(text), 0);
    free(own_path);
}

static void how_it_ended_is_told(void **state)
{
    static const struct {
        const char *script;
        enum status status;
        const char *says;
    } ENDS[] = {
        {"exit 0", ST_OK, ""},
        {"echo warning >&2; exit 0", ST_OK, ""},
        {"echo first >&2; echo second >&2; exit 1", ST_UNAVAILABLE, "sh failed: first"},
        {"exit 3", ST_UNAVAILABLE, "sh failed: it was ended"},
        {"kill -9 $$", ST_UNAVAILABLE, "sh failed: it was ended"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(ENDS); i++) {
        struct program p;
        struct fault f = {0};
        const char *const argv[] = {"/bin/sh", "-c", ENDS[i].script, NULL};
        assert_int_equal(program_start(&p, argv, NULL, false, &f), ST_OK);
        assert_int_equal(program_end(&p, "sh", false, &f), ENDS[i].status);
        assert_string_equal(f.text, ENDS[i].says);
    }
    struct program p;
    struct fault f = {0};
    assert_int_equal(program_start(&p, (const char *const[]){"/nowhere/x", NULL}, NULL, false, &f),
                     ST_UNAVAILABLE);
}

/* One that ends early ends nothing here, though much is left to write. */
static void who_stops_reading_raises_no_signal(void **state)
{
    static uint8_t piece[1 << 20];
    struct program p;
    struct fault f = {0};
    (void)state;
    assert_int_equal(program_start(&p, (const char *const[]){"/bin/true", NULL}, NULL, true, &f), ST_OK);
    bool taken = true;
    for (int i = 0; taken && i < 8; i++)
        taken = program_feed(&p, (struct bytes){piece, sizeof piece});
    assert_false(taken);
    assert_int_equal(program_end(&p, "true", false, &f), ST_OK);
}

static void the_password_is_the_childs_alone(void **state)
{
    char said[64] = {0};
    struct program p;
    struct fault f = {0};
    (void)state;
    setenv("PGPASSWORD", "other", 1);
    const char *const argv[] = {"/bin/sh", "-c", "printf %s \"$PGPASSWORD\"", NULL};
    static const char *const PASSWORDS[][2] = {{"sesam", "sesam"}, {NULL, "other"}};
    for (size_t i = 0; i < COUNT(PASSWORDS); i++) {
        assert_int_equal(program_start(&p, argv, PASSWORDS[i][0], false, &f), ST_OK);
        ssize_t n = read(p.io, said, sizeof said - 1);
        said[n > 0 ? n : 0] = 0;
        assert_string_equal(said, PASSWORDS[i][1]);
        assert_int_equal(program_end(&p, "sh", false, &f), ST_OK);
    }
    assert_string_equal(getenv("PGPASSWORD"), "other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_version_that_is_not_older),
        cmocka_unit_test(how_it_ended_is_told),
        cmocka_unit_test(who_stops_reading_raises_no_signal),
        cmocka_unit_test(the_password_is_the_childs_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
