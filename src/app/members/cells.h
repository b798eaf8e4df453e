/* A person as sheets and prints show it: every field as the text that is read, labels instead of codes. */
#ifndef APP_MEMBERS_CELLS_H
#define APP_MEMBERS_CELLS_H

#include "app/core/app.h"
#include "domain/person_field.h"
#include "gen/rows.h"

struct member_cells {
    struct str ordinal;         /* 序号: whoever lists sets it */
    struct person_input fields; /* as people read them */
    struct str sex, id_number, born, years, number, state, period_end, remark;
    struct str number_and_end; /* 会员编号/有效期 in one cell; "" before the first approval */
};

/* Reads what the line lacks. ID number and birth date in full, unless the setting export.masked asks for
 * less. Lives in c->arena. ST_BROKEN for a row that does not open. */
enum status member_cells_of(struct ctx *c, const struct member_line *line, struct member_cells *ret) MUST_USE;
/* As the setting wants it on paper and in sheets. */
struct str export_id_number(struct ctx *c, struct str id_number);

#endif
