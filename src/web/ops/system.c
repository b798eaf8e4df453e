#include "web/ops/system.h"

#include "app/ops/system.h"
#include "gen/views.h"

#define MENU "/staff/system"

/* Empty for what never happened. */
static struct str instant(struct web *w, int64_t at)
{
    return at ? instant_str(w->q->arena, at) : STR("");
}

static struct str size_text(struct arena *a, int64_t bytes)
{
    int64_t tenths = bytes / 1024 * 10 / 1024;
    return tenths < 10240 ? arena_fmt(a, "%ld.%ld MB", (long)(tenths / 10), (long)(tenths % 10))
                          : arena_fmt(a, "%ld.%ld GB", (long)(tenths / 10240), (long)(tenths % 10240 / 1024));
}

static struct str uptime_text(struct arena *a, int64_t ms)
{
    long minutes = (long)(ms / MINUTE_MS);
    if (minutes < 60) return arena_fmt(a, "%ld 分钟", minutes);
    if (minutes < 1440) return arena_fmt(a, "%ld 小时 %ld 分钟", minutes / 60, minutes % 60);
    return arena_fmt(a, "%ld 天 %ld 小时", minutes / 1440, minutes / 60 % 24);
}

static struct str job_state(struct str code)
{
    static const struct {
        const char *code, *word;
    } STATES[] = {{"waiting", "等待"},     {"running", "进行中"}, {"checked", "已核对，待提交"},
                  {"committed", "已提交"}, {"undone", "已撤销"},  {"failed", "没有办成"}};
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        if (str_eq(code, str_from(STATES[i].code))) return str_from(STATES[i].word);
    return code;
}

static void show_jobs(struct web *w, const struct system_now *now, struct system_view *v)
{
    for (size_t i = 0; i < now->jobs.n; i++) {
        const struct system_jobs_row *job = &now->jobs.p[i];
        *ARENA_PUSH(w->q->arena, &v->jobs) = (struct job_view){
            job->id, job->done, job->total, job->kind, job_state(job->state), instant(w, job->created_at)};
    }
}

enum status page_staff_system(struct web *w)
{
    struct system_now now;
    struct arena *a = w->q->arena;
    TRY(app_system(&w->c, &now));
    struct system_view v = {
        .frame = web_frame(w, STR("系统状态"), MENU),
        .version = w->site->app->version,
        .uptime = uptime_text(a, now.uptime_ms),
        .engine = now.engine,
        .size = size_text(a, now.database_bytes),
        .backup_at = instant(w, now.facts.backup_at),
        .verified_at = instant(w, now.facts.verified_at),
        .keys_checked_at = instant(w, now.facts.keys_checked_at),
        .nightly_at = instant(w, now.nightly_at),
        .nightly_wrong = str_or_empty(now.nightly_wrong),
        .folder = str_or_empty(w->site->app->backups),
        .head_number = now.head.number,
        .head_mac = arena_hex(a, (struct bytes){now.head.mac, MAC_SIZE}),
    };
    show_jobs(w, &now, &v);
    view_system(web_html(w), &v);
    return web_page(w, 200);
}
