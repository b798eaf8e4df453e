/* Opening a database for the process. */
#ifndef APP_CORE_OPEN_H
#define APP_CORE_OPEN_H

#include "app/core/app.h"

struct app_options {
    struct str db_url, keys_path; /* keys_path may be none: "keys" beside an SQLite database */
    struct str today;             /* YYYY-MM-DD or none */
    struct str backups; /* the folder of nightly backups; none: `backups` beside an SQLite database */
    struct str version; /* this program's */
    int connections;
    bool create;     /* migrate and demo: make database and keys that are not there */
    bool any_schema; /* migrate and doctor: open whatever version there is, without keys and settings */
    bool (*may)(void *arg, const char *what); /* tests: db/db.h, db_may_fn */
    void *may_arg;
};

/* Opens the database, refuses another schema or another key, loads the settings. Text of a fault is English.
 */
enum status app_open(const struct app_options *o, struct fault *f, struct app **ret) MUST_USE;
void app_close(struct app *app);
/* Parts of opening, for app/ops. The key file: beside an SQLite database, unless said otherwise. */
enum status app_keys_path(const struct app_options *o, struct arena *a, struct fault *f,
                          struct str *ret) MUST_USE;
enum status app_load_keys(struct app *app, const struct app_options *o, struct fault *f) MUST_USE;
/* The high-water mark beside the keys, which it names: from here on it follows. */
enum status app_open_mark(struct app *app, struct str keys_path, struct fault *f) MUST_USE;
enum status app_load_settings(struct app *app, struct fault *f) MUST_USE;
/* The name in meta that says that what is stored has the form of this schema, and whether it is there:
 * migrate sets it when every feature has brought its rows there (feature.h). */
struct str app_data_form(struct arena *a);
enum status app_data_current(struct app *app, struct fault *f, bool *ret) MUST_USE;

#endif
