/* 单位信息: a company's own facts, kept by its main clerk. */
#ifndef WEB_COMPANIES_UNIT_H
#define WEB_COMPANIES_UNIT_H

#include "app/companies/unit.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct unit_view {
    struct frame frame;
    struct company_full row;
    struct fields_view fields;
    struct str once, standing; /* standing: 会员单位 until when, or that it is over or not known */
    int64_t version;
    bool saved, lapsed;
    int wrong;
};

enum status page_company_unit(struct web *w);
enum status post_company_unit(struct web *w);

#endif
