/* What needs no login and belongs to nobody: assets, health, the long texts. */
#ifndef WEB_CORE_PUBLIC_H
#define WEB_CORE_PUBLIC_H

#include "app/core/privacy.h"
#include "app/core/texts.h"
#include "web/core/frame.h"

struct text_view {
    struct frame frame;
    struct text text;
};

struct privacy_view {
    struct frame frame;
    struct privacy_rules rules;
    bool logged_in;
};

/* The manual of one side; not shown: only a line of the contents that leads to it. */
struct help_part {
    struct text text;
    struct str side;
    struct url address;
    bool shown;
};
struct help_parts {
    LIST(struct help_part);
};
struct help_view {
    struct frame frame;
    struct help_parts parts;
};

enum status page_asset(struct web *w);
enum status page_health(struct web *w);
enum status page_health_read(struct web *w);
enum status page_guide(struct web *w);
enum status page_privacy(struct web *w);
enum status page_help(struct web *w);

#endif
