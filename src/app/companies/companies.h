/* 企业会员: employers, their names through time, their accounts. */
#ifndef APP_COMPANIES_COMPANIES_H
#define APP_COMPANIES_COMPANIES_H

#include "app/core/counts.h"
#include "app/core/page.h"
#include "gen/rows.h"

/* As typed: contract.md, /staff/companies. */
struct company_input {
    struct str name, credit_code, contact, phone, address;
    struct str unit_valid_to, unit_level, title, tax_no; /* none: stays (companies/unit.h) */
    bool enabled;
    bool credit_code_anyway; /* its check digit is wrong, and yet it was issued so: a written reason is needed
                              */
    struct str reason;
    struct str once; /* of a new one: app/once.h */
};

struct company_item {
    struct company_line row;
    int64_t members, waiting; /* 正式会员; recommended, for the association to decide */
};
struct company_items {
    LIST(struct company_item);
};
/* A page of the list, and the cursors that lead on. */
struct company_page {
    struct company_items items;
    struct str next, previous;
    int64_t total;
};

struct one_time {
    struct company_full company;
    struct str account, password; /* shown once, printed as a letter */
};

/* Creates the company and its main account. Wrong fields are problems. The same form again finds the company
 * that it made, without a password: that was shown once. */
enum status app_company_create(struct ctx *c, const struct company_input *in, struct one_time *ret) MUST_USE;
enum status app_company_update(struct ctx *c, struct company_id id, const struct company_input *in,
                               int64_t version) MUST_USE;
/* A disabled company's people cannot log in, and nobody can register with it. ST_CONFLICT for 协会直管. */
enum status app_company_enable(struct ctx *c, struct company_id id, bool enabled) MUST_USE;
enum status app_company(struct ctx *c, struct company_id id, struct company_full *ret) MUST_USE;
/* The same with the names that it has had, newest last, and its people by state. */
struct company_card {
    struct company_full row;
    struct company_names_of_rows names;
    struct member_counts counts;
};
enum status app_company_card(struct ctx *c, struct company_id id, struct company_card *ret) MUST_USE;
enum status app_company_reset_password(struct ctx *c, struct company_id id, struct one_time *ret) MUST_USE;
/* Newest first. q: part of a present or former name, or a whole credit code; empty: all. */
enum status app_companies_list(struct ctx *c, struct str q, const struct page_want *want,
                               struct company_page *ret) MUST_USE;
/* By its code (0001), credit code or name, for the command line. Text of a fault is English. */
enum status app_company_named(struct ctx *c, struct str words, struct company_id *ret) MUST_USE;
/* For the type-ahead of anyone: companies that may be chosen, whose present or former name holds q, at most
 * 20; or the one whose credit code it is. Their addresses come with them, for the mailing address that is
 * offered: the state's company register tells them to everybody, too. Contact and telephone stay here. */
enum status app_companies_search(struct ctx *c, struct str q, struct companies_matching_rows *ret) MUST_USE;
/* Enabled. 协会直管 may be, with a reason: members/person.h. */
bool company_may_be_chosen(const struct company_full *company);
/* The employer that a form holds as an id; id 0 when it may not be chosen. */
enum status app_company_choice(struct ctx *c, struct str id, struct companies_matching_row *ret) MUST_USE;

#define COMPANY_NAME_MIN 4 /* letters */
#define COMPANY_NAME_MAX 60
/* Of that length, in one line, and nothing in it that turns its direction. */
bool company_name_good(struct str name);

/* What finds a company by a part of a name that it has or had. */
enum status company_index_name(struct ctx *c, struct company_id id, struct str name) MUST_USE;

/* A company and its name, grams and code, inside a transaction: for create, demo and import. credit_code may
 * be none. */
struct company_new {
    struct str name, credit_code, contact, phone, address;
    bool direct, disabled;
    struct day unit_valid_to;
    struct str unit_level, title, tax_no; /* none: not known */
};
enum status company_insert(struct ctx *c, const struct company_new *n, struct company_id *ret,
                           struct str *ret_code) MUST_USE;
/* The same with its main account, which nobody can log in to before its password is reset. */
enum status company_insert_asleep(struct ctx *c, const struct company_new *n,
                                  struct company_id *ret) MUST_USE;

#endif
