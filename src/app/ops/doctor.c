#include "app/ops/doctor.h"
#include "app/core/open.h"

#include "app/core/detail.h"
#include "app/core/printable.h"
#include "app/core/trail.h"
#include "db/db.h"
#include "gen/queries.h"
#include "media/font.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define SHOWN           10   /* rows of what is wrong that are fetched: "10 or more" */
#define NAMES           1000 /* people whose place in the search index is looked at */
#define DISK_FREE_LEAST (UINT64_C(1) << 30)
#define YEAR_FIRST      2026 /* nobody ran this before */
#define YEAR_LAST       2099

struct doctor {
    struct ctx *c;
    doctor_line_fn *line;
    doctor_progress_fn *progress;
    void *arg;
    int wrong;
};

static void good(struct doctor *d, const char *what)
{
    d->line(d->arg, what, STR_NONE);
}

static void bad(struct doctor *d, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void bad(struct doctor *d, const char *what, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    d->line(d->arg, what, arena_vfmt(d->c->arena, format, args));
    va_end(args);
    d->wrong++;
}

static void bad_fault(struct doctor *d, const char *what, const struct fault *f)
{
    bad(d, what, "%s%s%s", f->text, f->text[0] && f->detail[0] ? ": " : "", f->detail);
}

/* A list that ought to be empty. */
static void judge_list(struct doctor *d, const char *what, enum status s, size_t n, const char *cure)
{
    if (s != ST_OK)
        bad_fault(d, what, &d->c->fault);
    else if (n > 0)
        bad(d, what, "%zu%s differ: %s", n, n >= SHOWN ? " or more" : "", cure);
    else
        good(d, what);
}

static const char RESTORE[] =
    "someone wrote past the program; restore a backup, or ask for help with this line";

static void look_at_copies(struct doctor *d)
{
    struct ctx *c = d->c;
    struct counters_wrong_rows counters = {0};
    struct period_end_wrong_rows ends = {0};
    struct employment_wrong_rows employers = {0};
    struct grams_missing_rows names = {0};
    enum status s = q_counters_wrong(c->db, c->arena, SHOWN, &counters);
    judge_list(d, "counters", s, counters.n, RESTORE);
    s = q_period_end_wrong(c->db, c->arena, SHOWN, &ends);
    judge_list(d, "ends of periods", s, ends.n, RESTORE);
    s = q_employment_wrong(c->db, c->arena, SHOWN, &employers);
    judge_list(d, "employers", s, employers.n, RESTORE);
    s = q_grams_missing(c->db, c->arena, NAMES, &names);
    judge_list(d, "search index", s, names.n, RESTORE);
}

#define PEOPLE 1000 /* read at a time */

/* Of so many people the characters that no font has, with memory of their own. */
static enum status people_unprintable(struct ctx *c, struct member_id *above, struct str *missing,
                                      bool *ret_over)
{
    struct texts_printed_rows rows = {0};
    struct arena *a = arena_new();
    struct ctx piece = *c;
    piece.arena = a;
    enum status s = q_texts_printed(c->db, a, *above, PEOPLE, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        const struct str texts[] = {rows.p[i].name, rows.p[i].major, rows.p[i].post};
        struct str here = unprintable(&piece, texts, sizeof texts / sizeof *texts);
        if (here.n) *missing = unprintable(c, (const struct str[]){*missing, here}, 2);
        *above = rows.p[i].id;
    }
    *ret_over = rows.n < PEOPLE;
    arena_free(a);
    return s;
}

static void look_at_characters(struct doctor *d)
{
    struct ctx *c = d->c;
    struct member_id above = {0};
    struct str missing = STR("");
    enum status s = ST_OK;
    for (bool over = false; s == ST_OK && !over;)
        s = people_unprintable(c, &above, &missing, &over);
    if (s != ST_OK)
        bad_fault(d, "characters", &c->fault);
    else if (missing.n)
        bad(d, "characters", "no font has %.*s: they print as boxes; install a font that has them",
            STR_ARG(missing));
    else
        good(d, "characters");
}

/* The whole chain, piece by piece. */
static void look_at_trail(struct doctor *d)
{
    struct ctx *c = d->c;
    int64_t rows, wrong;
    enum status s = app_audit_walk(c, d->progress, d->arg, &rows, &wrong);
    if (s != ST_OK)
        bad_fault(d, "audit trail", &c->fault);
    else if (wrong)
        bad(d, "audit trail", "row %ld does not check: %s", (long)wrong, RESTORE);
    else
        good(d, "audit trail");
}

static void look_at_mark(struct doctor *d)
{
    struct ctx *c = d->c;
    struct str wrong;
    if (app_audit_mark(c, &wrong) != ST_OK)
        bad_fault(d, "high-water mark", &c->fault);
    else if (wrong.n)
        bad(d, "high-water mark", "%.*s", STR_ARG(wrong));
    else
        good(d, "high-water mark");
}

/* A fixed today lasts until midnight. */
static int64_t latest_now(const struct ctx *c)
{
    return day_is(c->app->fixed_today) ? instant_of(day_add(c->today, 1)) : c->now_ms;
}

#define LOST_DAYS 30
#define LOST_ROWS 1000

/* Logins on a full disk for whose rows there was no place at all. */
static void look_at_lost(struct doctor *d)
{
    struct ctx *c = d->c;
    struct audit_lost_rows rows = {0};
    int64_t lost = 0;
    enum status s = q_audit_lost(c->db, c->arena, c->now_ms - LOST_DAYS * DAY_MS, LOST_ROWS, &rows);
    for (size_t i = 0; s == ST_OK && i < rows.n; i++) {
        struct audit_detail detail = {0};
        int64_t n = 0;
        s = detail_open(c, &(struct subject){0}, rows.p[i].detail_sealed, &detail);
        if (s == ST_OK && str_int(detail.note, &n)) lost += n;
    }
    if (s != ST_OK)
        bad_fault(d, "logins without a row", &c->fault);
    else if (lost)
        bad(d, "logins without a row",
            "%ld in the last %d days, while the disk was full: make room, and watch it", (long)lost,
            LOST_DAYS);
    else
        good(d, "logins without a row");
}

static void look_at_clock(struct doctor *d)
{
    struct ctx *c = d->c;
    struct audit_newest_row newest = {0};
    enum status s = q_audit_newest(c->db, c->arena, &newest);
    if (s != ST_OK && s != ST_NOT_FOUND)
        bad_fault(d, "clock", &c->fault);
    else if (c->today.year < YEAR_FIRST || c->today.year > YEAR_LAST)
        bad(d, "clock", "it says %d: set the system's clock", c->today.year);
    else if (newest.at > latest_now(c))
        bad(d, "clock", "it is behind the newest row of the trail (%.*s): set the system's clock",
            STR_ARG(instant_str(c->arena, newest.at)));
    else
        good(d, "clock");
}

static void look_at_fonts(struct doctor *d)
{
    if (!font_installed(FONT_SANS) || !font_installed(FONT_SERIF))
        bad(d, "fonts", "%s and %s are not both there: apt-get install fonts-noto-cjk", FONT_SANS,
            FONT_SERIF);
    else if (font_missing(d->c->arena, STR("会员推荐汇总表·𬱖䶮𫰠𱖎𬖋𧎼")).n)
        bad(d, "fonts", "rare characters do not print: apt-get install fonts-babelstone-han fonts-hanazono");
    else
        good(d, "fonts");
}

struct pages {
    struct doctor *d;
    int found;
};

static void say_page(void *arg, const char *text)
{
    struct pages *p = arg;
    bad(p->d, "pages", "%s: stop the server, keep a copy of the database as it is, restore the newest backup",
        text);
    p->found++;
}

/* Damage may end the reading itself: then what SQLite or the server said of it. In a snapshot of its own, for
 * nothing more can be read through one that failed. */
static void look_at_pages(struct doctor *d)
{
    struct pages p = {.d = d};
    enum status s = app_read(d->c);
    if (s == ST_OK) s = db_look_over(d->c->db, say_page, &p);
    app_end(d->c);
    if (s != ST_OK)
        bad(d, "pages",
            "%s: stop the server, keep a copy of the database as it is, restore the newest backup",
            d->c->fault.detail);
    else if (!p.found)
        good(d, "pages");
}

static void look_at_mode(struct doctor *d, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        bad(d, "database file", "%s: %s", path, strerror(errno));
    else if (st.st_mode & (S_IRWXG | S_IRWXO))
        bad(d, "database file", "others may open it: chmod 600 %s", path);
    else
        good(d, "database file");
}

static void look_at_room(struct doctor *d, const char *path)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0) {
        bad(d, "disk", "%s: %s", path, strerror(errno));
        return;
    }
    uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    if (free_bytes < DISK_FREE_LEAST)
        bad(d, "disk", "only %lu MB are free beside the database: make room",
            (unsigned long)(free_bytes >> 20));
    else
        good(d, "disk");
}

/* SQLite only: the disk of a PostgreSQL server is its own business. */
static void look_at_file(struct doctor *d)
{
    struct database_file_row file;
    enum status s = q_database_file(d->c->db, d->c->arena, &file);
    if (s != ST_OK) {
        bad_fault(d, "database file", &d->c->fault);
        return;
    }
    if (!file.path.n) return;
    look_at_mode(d, arena_cstr(d->c->arena, file.path));
    look_at_room(d, arena_cstr(d->c->arena, file.path));
}

static void look_inside(struct doctor *d, struct app *app)
{
    ctx_init(d->c, app, d->c->arena);
    look_at_pages(d);
    if (app_read(d->c) != ST_OK) {
        bad_fault(d, "database", &d->c->fault);
        return;
    }
    look_at_copies(d);
    look_at_trail(d);
    look_at_mark(d);
    look_at_lost(d);
    look_at_clock(d);
    look_at_file(d);
    look_at_characters(d);
    app_end(d->c);
}

/* Which step of opening fails: the database itself, its version, or the keys and settings. */
static struct app *open_in_steps(struct doctor *d, const struct app_options *o)
{
    struct app *app = NULL;
    struct fault f = {0};
    enum db_schema schema = DB_SCHEMA_EMPTY;
    struct app_options raw = *o, full = *o;
    raw.create = full.create = full.any_schema = false;
    raw.any_schema = true;
    raw.today = STR_NONE;
    enum status s = app_open(&raw, &f, &app);
    if (s == ST_OK) s = db_schema_state(app->db, &f, &schema);
    app_close(app);
    if (s != ST_OK) {
        bad_fault(d, "database", &f);
        return NULL;
    }
    good(d, "database");
    if (schema == DB_SCHEMA_CURRENT) good(d, "schema");
    const char *next = schema == DB_SCHEMA_CURRENT ? "keys and settings" : "schema";
    s = app_open(&full, &f, &app);
    if (s != ST_OK) {
        bad_fault(d, next, &f);
        return NULL;
    }
    good(d, next);
    return app;
}

int app_doctor(const struct app_options *o, doctor_line_fn *line, doctor_progress_fn *progress, void *arg)
{
    struct arena *a = arena_new();
    struct ctx c = {.arena = a};
    struct doctor d = {&c, line, progress, arg, 0};
    struct app *app = open_in_steps(&d, o);
    if (app) look_inside(&d, app);
    look_at_fonts(&d);
    arena_free(a);
    app_close(app);
    return d.wrong;
}
