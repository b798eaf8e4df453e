/* Lists of people, for both sides: what an address or a form asks for, and the parts of the page around the
 * rows. */
#ifndef WEB_MEMBERS_LIST_H
#define WEB_MEMBERS_LIST_H

#include "web/members/want.h"

/* What the page of such a list shows: nobody while its address is wrong. */
enum status list_members_read(struct web *w, const struct list_want *want, struct member_page *ret) MUST_USE;
struct member_row_view {
    int64_t id;
    bool has_photo;
    struct url page;
    struct str name, sex, education, id_number, title, mobile, company, state, state_label;
    struct day period_end, since;
    int64_t days; /* since then */
};
struct member_rows_view {
    LIST(struct member_row_view);
};

struct list_view {
    struct url address, reset; /* of the list; of the same tab without conditions */
    struct str status;         /* code of the tab, or none */
    struct str q;
    struct fields_view conditions; /* days and 文号, as they were typed */
    struct str status_error, q_error, company_error, sort_error;
    bool in_names, in_ends, in_waits;          /* the order asked for */
    struct url by_name, by_expiry, by_waiting; /* the same list in that order; or in the usual one again */
    struct str since_label;                    /* 提交时间, where the tab waits for someone; or none */
    struct url elsewhere; /* all states, where there are such people but none here; or none */
    int64_t elsewhere_count;
    struct tabs_view tabs;
    struct hiddens_view keeps;   /* what the search form hands on */
    struct hiddens_view filters; /* what a batch form needs for all=1 */
    struct member_rows_view rows;
    struct pager_view pager;
    bool filtered; /* someone looked for something: "nothing" means nothing like that */
    bool wrong;    /* the address is: nobody was looked for */
    bool conditions_open, conditions_wrong, counts_open;
    bool shows_end;     /* a tab of people with a period */
    bool shows_company; /* people of more than one employer */
};

/* `address` is the list's own: the pages of people stand below it. */
struct list_view list_view(struct web *w, struct url address, const struct list_want *want,
                           const struct member_page *page);
/* What an empty list says. `usual`: of a tab where nothing was looked for. */
struct str list_empty_text(const struct list_view *list, const char *usual);
/* 导出全部（本页签 n 人）, or of what was looked for. */
struct str list_export_label(struct web *w, const struct list_view *list);
/* 上一人, 下一人 in the list that the address of a person's page names behind its ?. */
struct beside_view {
    struct url list, conditions; /* the list with its conditions, and these alone: ?… */
    struct url previous, next;   /* or none */
    bool any;
};
enum status beside_view(struct web *w, struct url list, struct member_id id,
                        struct beside_view *ret) MUST_USE;

#endif
