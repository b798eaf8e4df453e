/* 企业会员: employers, their names through time, their accounts. */
#ifndef APP_COMPANIES_H
#define APP_COMPANIES_H

#include "app/app.h"
#include "gen/rows.h"

/* As typed: contract.md, /staff/companies. */
struct company_input {
    struct str name, credit_code, contact, phone, address;
    bool enabled;
    bool credit_code_anyway; /* its check digit is wrong, and yet it was issued so: a written reason is needed */
    struct str reason;
};

/* Ways on of a list. */
struct company_page {
    struct company_line *p;
    size_t n;
    struct str next, previous;
    int64_t total;
};

struct one_time {
    struct company_full company;
    struct str account, password; /* shown once, printed as a letter */
};

/* Creates the company and its main account. Wrong fields are problems. */
enum status app_company_create(struct ctx *c, const struct company_input *in, struct one_time *ret) MUST_USE;
enum status app_company_update(struct ctx *c, struct company_id id, const struct company_input *in, int64_t version) MUST_USE;
enum status app_company(struct ctx *c, struct company_id id, struct company_full *ret) MUST_USE;
enum status app_company_names(struct ctx *c, struct company_id id, struct company_names_of_rows *ret) MUST_USE;
enum status app_company_reset_password(struct ctx *c, struct company_id id, struct one_time *ret) MUST_USE;
struct page_want;
enum status app_companies_list(struct ctx *c, struct str q, const struct page_want *want, struct company_page *ret) MUST_USE;
/* For the type-ahead of anyone: enabled companies whose present or former name holds q, at most 20. */
enum status app_companies_search(struct ctx *c, struct str q, struct companies_matching_rows *ret) MUST_USE;

/* 协会直管: for those whose employer is none, made once. */
enum status company_direct_make(struct ctx *c) MUST_USE;
/* A company and its name, grams and code, inside a transaction: for create, demo and import. credit_code may be none. */
struct company_new {
    struct str name, credit_code, contact, phone, address;
    bool direct;
};
enum status company_insert(struct ctx *c, const struct company_new *n, struct company_id *ret, struct str *ret_code) MUST_USE;

#endif
