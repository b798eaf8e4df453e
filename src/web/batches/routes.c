#include "base/limits.h"
#include "web/batches/company.h"
#include "web/batches/staff.h"
#include "web/core/route.h"

static const struct route ROUTES[] = {
    GET("/company/summary", WHO_COMPANY, 0, page_company_summary, .lane = HTTP_LONG, .full_numbers = true),
    GET("/company/summary.pdf", WHO_COMPANY, 0, page_company_summary_pdf, .lane = HTTP_LONG,
        .full_numbers = true),
    POST("/company/summary/print", WHO_COMPANY, 0, post_company_summary_print, LIMIT_BODY_FORM,
         .lane = HTTP_LONG),
    GET("/company/batches", WHO_COMPANY, 0, page_company_batches),
    GET("/company/batches/{id}", WHO_COMPANY, 0, page_company_batch, .lane = HTTP_LONG),
    GET("/company/batches/{id}/summary.pdf", WHO_COMPANY, 0, page_batch_pdf, .lane = HTTP_LONG,
        .full_numbers = true),
    POST("/company/batches/{id}/print", WHO_COMPANY, 0, post_company_batch_print, LIMIT_BODY_FORM,
         .lane = HTTP_LONG),
    POST("/company/batches/{id}/close", WHO_COMPANY, 0, post_company_batch_close, LIMIT_BODY_FORM),
    GET("/b/{code}", WHO_COMPANY | WHO_STAFF, READ_LISTS, page_batch_by_code),
    GET("/staff/batches", WHO_STAFF, READ_LISTS, page_staff_batches),
    GET("/staff/batches/{id}", WHO_STAFF, READ_LISTS, page_staff_batch, .lane = HTTP_LONG),
    GET("/staff/batches/{id}/summary.pdf", WHO_STAFF, ROLE_MEMBERSHIP, page_batch_pdf, .lane = HTTP_LONG),
};

static const struct menu_entry MENU[] = {
    {20, SIDE_COMPANY, 0, "/company/batches", "推荐汇总表", "stamp"},
    {40, SIDE_STAFF, READ_LISTS, "/staff/batches", "推荐汇总表", "stamp"},
};

const struct web_feature batches_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
