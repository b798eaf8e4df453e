/* 系统设置: what the association decides for itself, group by group; one setting with its form and what it
 * was. */
#ifndef WEB_OPS_SETTINGS_H
#define WEB_OPS_SETTINGS_H

#include "web/core/form.h"
#include "web/core/frame.h"

struct setting_form_view {
    struct str csrf, once, name, title, what, rule, unit;
    struct str value;            /* as it is, or as it was typed */
    struct options_view options; /* of a switch, or of fields: those that are ticked are selected */
    bool is_switch, is_fields, is_number;
    struct str error, reason, reason_error;
    int64_t version;
    int64_t most; /* characters of a text */
};
struct setting_view {
    struct setting_form_view form;
    struct str stored, shown; /* what is in force, and how people read it */
    struct str set_at, by;    /* empty while never set */
    struct url page;
    bool may_set;
};
struct setting_views {
    LIST(struct setting_view);
};
struct setting_group_view {
    struct str title, who; /* who may set these */
    struct setting_views settings;
};
struct setting_group_views {
    LIST(struct setting_group_view);
};
struct settings_view {
    struct frame frame;
    struct setting_group_views groups;
};

struct setting_past_view {
    struct str at, by, value, reason;
};
struct setting_past_views {
    LIST(struct setting_past_view);
};
struct setting_page_view {
    struct frame frame;
    struct setting_view setting;
    struct setting_past_views past;
    bool saved;
    int wrong; /* fields */
};

enum status page_staff_settings(struct web *w);
enum status post_staff_settings(struct web *w);

#endif
