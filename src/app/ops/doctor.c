#include "app/ops/doctor.h"
#include "app/core/open.h"

#include "app/core/features.h"
#include "app/core/trail.h"
#include "app/ops/nightly.h"
#include "app/ops/room.h"
#include "app/ops/system.h"
#include "db/db.h"
#include "gen/queries.h"
#include "media/font.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define YEAR_FIRST 2026 /* nobody ran this before */
#define YEAR_LAST  2099

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

static void bad_look(struct doctor *d, const char *what)
{
    const struct fault *f = &d->c->fault;
    bad(d, what, "it can't be read: %s", f->detail[0] ? f->detail : f->text);
}

/* A snapshot through which nothing failed yet: what one look could not read hides nothing from the others. */
static bool can_look(struct doctor *d, const char *what)
{
    if (d->c->fault.status == ST_OK) return true;
    app_end(d->c);
    d->c->fault = (struct fault){0};
    bool can = app_read(d->c) == ST_OK;
    if (!can) bad_look(d, what);
    return can;
}

/* What the features look at in their own rows. */
static void look_at_features(struct doctor *d)
{
    struct ctx *c = d->c;
    for (size_t f = 0; f < app_features_n; f++) {
        for (size_t i = 0; i < app_features[f]->n_checks; i++) {
            const struct check *check = &app_features[f]->checks[i];
            struct str wrong = STR_NONE;
            if (!can_look(d, check->what)) continue;
            if (check->look(c, &wrong) != ST_OK)
                bad_look(d, check->what);
            else if (wrong.n)
                bad(d, check->what, "%.*s", STR_ARG(wrong));
            else
                good(d, check->what);
        }
    }
}

/* The whole chain, piece by piece. */
static void look_at_trail(struct doctor *d)
{
    struct ctx *c = d->c;
    int64_t rows, wrong;
    if (!can_look(d, "audit trail")) return;
    if (app_audit_walk(c, d->progress, d->arg, &rows, &wrong) != ST_OK)
        bad_look(d, "audit trail");
    else if (wrong)
        bad(d, "audit trail", "row %ld does not check: " CHECK_RESTORE, (long)wrong);
    else
        good(d, "audit trail");
}

static void look_at_mark(struct doctor *d)
{
    struct ctx *c = d->c;
    struct str wrong;
    if (!can_look(d, "high-water mark")) return;
    if (app_audit_mark(c, &wrong) != ST_OK)
        bad_look(d, "high-water mark");
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

static void look_at_clock(struct doctor *d)
{
    struct ctx *c = d->c;
    struct audit_newest_row newest = {0};
    if (!can_look(d, "clock")) return;
    enum status s = q_audit_newest(c->db, c->arena, &newest);
    if (s != ST_OK && s != ST_NOT_FOUND)
        bad_look(d, "clock");
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

static void look_at_room(struct doctor *d, const struct disk_room *room)
{
    if (room->error)
        bad(d, "disk", "%s: %s", arena_cstr(d->c->arena, room->path), strerror(room->error));
    else if (room->low)
        bad(d, "disk", "only %lu MB are free beside the database: make room",
            (unsigned long)(room->free_bytes >> 20));
    else
        good(d, "disk");
}

/* SQLite only: the disk of a PostgreSQL server is its own business. */
static void look_at_file(struct doctor *d)
{
    struct disk_room room;
    if (!can_look(d, "database file")) return;
    if (disk_room(d->c, &room) != ST_OK) {
        bad_look(d, "database file");
        return;
    }
    if (!room.path.n) return;
    look_at_mode(d, arena_cstr(d->c->arena, room.path));
    look_at_room(d, &room);
}

/* Nothing is wrong yet, but without a copy that is known to be good the next damaged disk takes everything.
 */
static void warn_of_keys(struct doctor *d)
{
    struct system_facts facts;
    if (!can_look(d, "key copy")) return;
    if (system_facts(d->c, &facts) != ST_OK)
        bad_look(d, "key copy");
    else if (facts.keys_checked_at)
        good(d, "key copy");
    else
        d->line(d->arg, "key copy",
                STR("warning: no copy of the keys was checked yet: huiyuan keys export FILE.pdf, print it, "
                    "huiyuan keys check FILE.pdf"));
}

static void look_at_nightly(struct doctor *d)
{
    struct str wrong = STR_NONE;
    if (!can_look(d, "nightly backup")) return;
    if (nightly_wrong(d->c, &wrong) != ST_OK)
        bad_look(d, "nightly backup");
    else if (str_starts(wrong, STR("warning: ")))
        d->line(d->arg, "nightly backup", wrong);
    else if (wrong.n)
        bad(d, "nightly backup", "%.*s", STR_ARG(wrong));
    else
        good(d, "nightly backup");
}

/* Leaves a snapshot open for what else there is to look at; false when there is none. */
static bool look_at_data(struct doctor *d, struct app *app)
{
    ctx_init(d->c, app, d->c->arena);
    look_at_pages(d);
    d->c->fault = (struct fault){0};
    if (app_read(d->c) != ST_OK) {
        bad_fault(d, "database", &d->c->fault);
        return false;
    }
    look_at_features(d);
    look_at_trail(d);
    look_at_mark(d);
    return true;
}

static void look_inside(struct doctor *d, struct app *app)
{
    if (!look_at_data(d, app)) return;
    look_at_clock(d);
    warn_of_keys(d);
    look_at_nightly(d);
    look_at_file(d);
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

int app_doctor_data(const struct app_options *o, doctor_line_fn *line, doctor_progress_fn *progress,
                    void *arg)
{
    struct arena *a = arena_new();
    struct ctx c = {.arena = a};
    struct doctor d = {&c, line, progress, arg, 0};
    struct app *app = open_in_steps(&d, o);
    if (app && look_at_data(&d, app)) app_end(&c);
    arena_free(a);
    app_close(app);
    return d.wrong;
}
