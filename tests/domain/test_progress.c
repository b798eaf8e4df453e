#include "check.h"

#include "domain/progress.h"

#include <stdio.h>
#include <string.h>

#define EVENTS_MAX 8

/* What happened, a letter an event: when it happened is its place in the story, from 1. */
static const struct {
    char letter;
    enum member_event event;
    enum side by;
} HAPPENINGS[] = {
    {'r', EVENT_REGISTER, SIDE_MEMBER},
    {'w', EVENT_WITHDRAW, SIDE_MEMBER},
    {'s', EVENT_RESUBMIT, SIDE_MEMBER},
    {'e', EVENT_RECOMMEND, SIDE_COMPANY},
    {'n', EVENT_RECOMMEND_RENEWAL, SIDE_COMPANY},
    {'u', EVENT_UNRECOMMEND, SIDE_COMPANY},
    {'b', EVENT_RETURN_TO_PERSON, SIDE_COMPANY},
    {'B', EVENT_RETURN_TO_PERSON, SIDE_STAFF},
    {'C', EVENT_RETURN_TO_COMPANY, SIDE_STAFF},
    {'A', EVENT_APPROVE, SIDE_STAFF},
    {'U', EVENT_UNAPPROVE, SIDE_STAFF},
    {'X', EVENT_CLOSE, SIDE_STAFF},
    {'O', EVENT_REOPEN, SIDE_STAFF},
};

/* standings: a letter a step as in progress.c, r for refused. last: which event each step shows, 0 for none.
 * now: the step it stands at, 0 for none, from 1. */
static const struct {
    const char *story;
    enum member_state state, before;
    const char *standings, *last;
    int now;
} TOLD[] = {
    {"r", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "100000", 2},
    {"rw", STATE_RETURNED, STATE_NONE, "caaaaa", "200000", 1},
    {"rws", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "300000", 2},
    {"rb", STATE_RETURNED, STATE_NONE, "draaaa", "120000", 2},
    {"rbs", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "300000", 2},
    {"re", STATE_RECOMMENDED_NEW, STATE_NONE, "ddacaa", "120000", 4},
    {"reu", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "130000", 2},
    {"reue", STATE_RECOMMENDED_NEW, STATE_NONE, "ddacaa", "140000", 4},
    {"reB", STATE_RETURNED, STATE_NONE, "ddaraa", "120300", 4},
    {"reBs", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "400000", 2},
    {"reC", STATE_SUBMITTED, STATE_NONE, "dcaraa", "100300", 2},
    {"reCe", STATE_RECOMMENDED_NEW, STATE_NONE, "ddacaa", "140000", 4},
    {"reCb", STATE_RETURNED, STATE_NONE, "draaaa", "140000", 2},
    {"reA", STATE_MEMBER, STATE_NONE, "ddudud", "120300", 0},
    {"reA", STATE_EXPIRED, STATE_NONE, "ddudua", "120300", 0},
    {"reAU", STATE_RECOMMENDED_NEW, STATE_NONE, "ddacaa", "120400", 4},
    {"reAUA", STATE_MEMBER, STATE_NONE, "ddudud", "120500", 0},
    {"reAUu", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "150000", 2},
    {"reAn", STATE_RECOMMENDED_RENEWAL, STATE_NONE, "ddacaa", "140000", 4},
    {"reAnu", STATE_EXPIRED, STATE_NONE, "ddudua", "120300", 0},
    {"reAnC", STATE_MEMBER, STATE_NONE, "ddudud", "120300", 0},
    {"reAnA", STATE_MEMBER, STATE_NONE, "ddudud", "140500", 0},
    {"reAnAU", STATE_RECOMMENDED_RENEWAL, STATE_NONE, "ddacaa", "140600", 4},
    {"reAnAUu", STATE_EXPIRED, STATE_NONE, "ddudua", "120300", 0},
    {"rX", STATE_CLOSED, STATE_SUBMITTED, "draaaa", "120000", 2},
    {"rwX", STATE_CLOSED, STATE_RETURNED, "raaaaa", "300000", 1},
    {"rbX", STATE_CLOSED, STATE_RETURNED, "draaaa", "130000", 2},
    {"reX", STATE_CLOSED, STATE_RECOMMENDED_NEW, "ddaraa", "120300", 4},
    {"reAX", STATE_CLOSED, STATE_MEMBER, "ddudur", "120304", 6},
    {"reAX", STATE_CLOSED, STATE_EXPIRED, "ddudur", "120304", 6},
    {"rbXO", STATE_RETURNED, STATE_NONE, "draaaa", "120000", 2},
    {"reAXO", STATE_MEMBER, STATE_NONE, "ddudud", "120300", 0},
    /* Nothing is known of how they came to be where they are. */
    {"", STATE_SUBMITTED, STATE_NONE, "dcaaaa", "000000", 2},
    {"", STATE_RETURNED, STATE_NONE, "caaaaa", "000000", 1},
    {"", STATE_MEMBER, STATE_NONE, "ddudud", "000000", 0},
    {"n", STATE_RECOMMENDED_RENEWAL, STATE_NONE, "ddacaa", "010000", 4},
    {"nu", STATE_EXPIRED, STATE_NONE, "ddudua", "000000", 0},
};

static struct progress_event happened(char letter, size_t at)
{
    for (size_t i = 0; i < sizeof HAPPENINGS / sizeof *HAPPENINGS; i++)
        if (HAPPENINGS[i].letter == letter)
            return (struct progress_event){HAPPENINGS[i].event, (int64_t)at, HAPPENINGS[i].by, STR("原因")};
    fail_row("no such letter: %c", letter);
    return (struct progress_event){0};
}

static struct progress tell(const char *story, enum member_state state, enum member_state before)
{
    struct progress_event events[EVENTS_MAX];
    struct progress_facts facts = {state, before, 77, events, strlen(story)};
    for (size_t i = 0; i < facts.n; i++)
        events[i] = happened(story[i], i + 1);
    return progress_of(&facts);
}

static void tells_how_far_someone_is(void **state)
{
    (void)state;
    static const char LETTERS[] = {[STEP_AHEAD] = 'a',
                                   [STEP_CURRENT] = 'c',
                                   [STEP_DONE] = 'd',
                                   [STEP_REFUSED] = 'r',
                                   [STEP_UNRECORDED] = 'u'};
    for (size_t i = 0; i < sizeof TOLD / sizeof *TOLD; i++) {
        struct progress p = tell(TOLD[i].story, TOLD[i].state, TOLD[i].before);
        char name[64], standings[STEP_COUNT + 1] = "", last[STEP_COUNT + 1] = "";
        int now = 0;
        snprintf(name, sizeof name, "%s as %s", TOLD[i].story, member_state_code(TOLD[i].state));
        for (int step = 0; step < STEP_COUNT; step++) {
            standings[step] = LETTERS[p.steps[step].standing];
            last[step] = (char)('0' + p.steps[step].last.at);
            if (p.steps[step].current) now = now * 10 + step + 1;
        }
        if (strcmp(standings, TOLD[i].standings) != 0)
            fail_row("%s: %s, not %s", name, standings, TOLD[i].standings);
        if (strcmp(last, TOLD[i].last) != 0) fail_row("%s: last %s, not %s", name, last, TOLD[i].last);
        assert_row(name, now, TOLD[i].now);
    }
}

static void tells_who_is_waited_for(void **state)
{
    (void)state;
    static const struct {
        enum member_state state;
        bool waits;
        enum side side;
    } rows[] = {
        {STATE_SUBMITTED, true, SIDE_COMPANY},     {STATE_RETURNED, true, SIDE_MEMBER},
        {STATE_RECOMMENDED_NEW, true, SIDE_STAFF}, {STATE_RECOMMENDED_RENEWAL, true, SIDE_STAFF},
        {STATE_MEMBER, false, SIDE_MEMBER},        {STATE_EXPIRED, false, SIDE_MEMBER},
        {STATE_CLOSED, false, SIDE_MEMBER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct progress p = tell("", rows[i].state, STATE_SUBMITTED);
        assert_row(member_state_code(rows[i].state), p.waits, rows[i].waits);
        if (p.waits) assert_row(member_state_code(rows[i].state), p.waits_for, rows[i].side);
        assert_int_equal(p.since, 77);
    }
}

static void tells_what_stopped_it(void **state)
{
    (void)state;
    assert_int_equal(tell("rw", STATE_RETURNED, STATE_NONE).stopped.event, EVENT_WITHDRAW);
    assert_int_equal(tell("rb", STATE_RETURNED, STATE_NONE).stopped.by, SIDE_COMPANY);
    assert_int_equal(tell("reB", STATE_RETURNED, STATE_NONE).stopped.by, SIDE_STAFF);
    assert_int_equal(tell("reX", STATE_CLOSED, STATE_RECOMMENDED_NEW).stopped.at, 3);
    assert_true(str_eq(tell("reX", STATE_CLOSED, STATE_RECOMMENDED_NEW).stopped.reason, STR("原因")));
    assert_int_equal(tell("reXO", STATE_RECOMMENDED_NEW, STATE_NONE).stopped.at, 0);
    assert_int_equal(tell("rbs", STATE_SUBMITTED, STATE_NONE).stopped.at, 0);
}

static void names_every_step(void **state)
{
    (void)state;
    static const char *const names[] = {"提交", "企业推荐", "培训", "协会审核", "缴费", "正式会员"};
    for (int step = 0; step < STEP_COUNT; step++)
        assert_string_equal(step_label((enum step)step), names[step]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_how_far_someone_is),
        cmocka_unit_test(tells_who_is_waited_for),
        cmocka_unit_test(tells_what_stopped_it),
        cmocka_unit_test(names_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
