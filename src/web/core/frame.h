/* What stands around every page: top bar, menu, and the values that the layouts need. */
#ifndef WEB_CORE_FRAME_H
#define WEB_CORE_FRAME_H

#include "web/core/web.h"

struct menu_item {
    struct str label;
    struct url url, icon;
    bool current;
};
struct menu {
    LIST(struct menu_item);
};

/* Tabs over a page; over a list each is a state with how many are in it. */
struct tab_view {
    struct str label, status;
    struct url url;
    int64_t count;
    bool open; /* there may be more */
    bool current;
};
struct tabs_view {
    LIST(struct tab_view);
};

/* A new password that somebody chose for this account, and 不是我，取消. */
struct lost_note {
    struct str asked;
    struct day until;
    struct url cancel;
};
struct lost_notes {
    LIST(struct lost_note);
};

struct frame {
    struct str title; /* of this page */
    struct str association, system;
    struct str organiser_phone, record_no; /* empty hides */
    struct str user, company, csrf;
    struct menu menu;
    int64_t idle_seconds;  /* until the session ends by itself */
    bool hello;            /* the first page after a login: */
    struct str last_login; /* the one before, with the minute; none: there was none */
    int64_t failures;      /* since */
    struct lost_notes lost;
    bool photo_script; /* the page has a photo field */
    struct url here;   /* of the answer to a form: the address by which one comes back to it; else none */
};

/* The frame of a page behind login. `menu` is the address of the menu item that this page belongs to. */
struct frame web_frame(struct web *w, struct str title, const char *menu);
/* Without menu: before login, and for error pages. */
struct frame web_frame_open(struct web *w, struct str title);

struct error_view {
    struct frame frame;
    struct str what, todo, request_id;
    int status;
};

#endif
