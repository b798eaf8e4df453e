/* What an association decides for itself, with this association's values as defaults (product.md).
 * Append-only in the table `setting`. A change is in force for the next request, in every process on the
 * database (design.md 26); a request has the same ones from its first look at the data to its end:
 * c->settings. What each is called, its default and its range: setting.h, a row of its feature. */
#ifndef APP_CORE_SETTINGS_H
#define APP_CORE_SETTINGS_H

#include "app/core/ctx.h"
#include "app/core/setting.h"

enum { LAPSED_WARNS = 1, LAPSED_BLOCKS = 2 }; /* of lapsed_unit: one of them */

struct settings {
    struct str association, system, organiser_phone, record_no, scan_mailbox;
    struct str bank_payee, bank_name, bank_account;
    struct str number_prefix;
    struct str initial_password; /* none: random one-time passwords; else the manual's fixed one, changed at
                                    first use */
    int64_t onetime_days;        /* so long a password that was given out can be used */
    int64_t password_days[SIDE_COUNT]; /* after so many a chosen one must be changed; 0: never */
    int64_t password_history;          /* so many of the last ones are not used again */
    unsigned totp_roles;               /* bits of enum role: who must have a second factor */
    int64_t again_minutes;             /* after typing the password one may do what asks for it */
    int64_t lost_days;                 /* so long a 核对码 is good, after the day on which it was given */
    int64_t lost_account_tries;        /* 忘记密码 in a day for one account */
    int64_t lost_network_tries;        /* and in an hour from one network */
    int64_t activation_days;           /* so long the code of a 激活条 is good */
    int64_t activation_tries;          /* wrong ones in an hour for one ID number */
    int64_t stale_days;                /* without a login, and a staff account is listed as stale */
    /* Failed logins in so many minutes: of an account from one network, of an account, of a network; and how
     * long a network from which an account logged in is known to it. */
    int64_t login_pair_failures, login_pair_minutes, login_account_failures, login_account_minutes;
    int64_t login_network_failures, login_network_minutes, login_known_days;
    /* The work that stands for a captcha, in zero bits of each of its pieces (crypto/work.h); from how many
     * failed logins of a network on both are asked. */
    int64_t captcha_work_bits, captcha_both_failures;
    int64_t period_years, renewal_window_days, lapsed_continues;
    int64_t fee_yearly_fen;
    int64_t age_min, age_max, practice_months;
    unsigned required;      /* bits of domain/required.h */
    int64_t register_tries; /* an hour from one address: an office shares one */
    /* Thresholds of the photo, as in media/photo.h; its bytes and shape are not for an association to choose.
     */
    int64_t photo_white_min, photo_white_spread, photo_background_percent, photo_background_deviation;
    int64_t photo_blank_percent, photo_colour_spread, photo_colour_percent, photo_sharpness;
    unsigned lapsed_unit; /* recommending by who was 会员单位 and is no more */
    unsigned look_wait;   /* bits: kinds of look_kind.h that are done only after the look */
    int64_t export_masked;
    int64_t batch_rows;
    int64_t address_connections; /* of one address at once */
    int64_t backup_at;           /* minutes after midnight, or CLOCK_NONE */
    int64_t backup_keep;         /* so many nightly backups stay */
};

/* What the process last saw, shared by its requests: in app->settings from settings_open to settings_close.
 */
enum status settings_open(struct ctx *c) MUST_USE; /* in a snapshot; ST_BROKEN as settings_load */
void settings_close(struct app *app);
/* c->settings as the process last saw them, until c->arena ends; for ctx_init. NULL before settings_open. */
void settings_hold(struct ctx *c);
/* c->settings as the data says that c->db shows, read when it may have changed; the first call only. What
 * somebody stored past the program and makes no sense is logged, and what was before it stays in force. For
 * app_read and app_begin. */
enum status settings_follow(struct ctx *c) MUST_USE;
/* For who is not a request yet. Any thread. */
int64_t settings_address_connections(struct app *app);

/* Of the whole database, in the arena. Unknown names are left alone: a newer version may have written them.
 * ST_BROKEN names the setting whose value makes no sense. */
enum status settings_load(struct ctx *c, struct arena *a, struct settings *ret) MUST_USE;
/* What a value would be wrong for, in English for a command line and a log; none: settings_load takes it. */
struct str setting_wrong(struct arena *a, const struct setting *row, struct str value);
/* What is in force, as it is stored. */
struct str setting_value(struct arena *a, const struct settings *s, const struct setting *row);

/* Of all features, in the order of the rooms; NULL beyond the last. */
const struct setting *setting_at(size_t i);
const struct setting *setting_find(struct str name);
const struct setting_group *setting_group_of(const struct setting *row);

#endif
