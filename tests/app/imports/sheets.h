/* Imports as a test makes them: a sheet as text, and the steps from it to a register that has it, or has not.
 */
#ifndef TESTS_APP_IMPORTS_SHEETS_H
#define TESTS_APP_IMPORTS_SHEETS_H

#include "people.h"

#include "app/imports/jobs.h"
#include "app/imports/run.h"

#define NODE STR("test")

#define MEMBER_HEADING                                                                                                                                 \
    "姓名,身份证号,单位,统一社会信用代码,学历,职称,开始做监理,手机,通讯地址,会员编号,入会日期,会员期开始," \
    "到期日期,"                                                                                                                                    \
    "已缴年数,状态\n"
#define COMPANY_HEADING "单位名称,统一社会信用代码,联系人,电话,地址\n"
#define PERIOD_HEADING  "姓名,身份证号,会员期开始,到期日期,已缴年数\n"

/* Started, not yet checked. */
struct job_id import_started(struct fixture *x, const char *kind, const char *csv);
/* Everything that is to be done with it now. */
void import_worked(struct fixture *x, struct job_id id);
/* Some pieces of it, as that node; whether there is more. */
bool import_pieces(struct fixture *x, struct job_id id, struct str node, int n);
struct job_id import_checked(struct fixture *x, const char *kind, const char *csv);
struct job_id import_done(struct fixture *x, const char *kind, const char *csv);
void import_undone(struct fixture *x, struct job_id id);
struct import_page import_of(struct fixture *x, struct job_id id);
void assert_import(struct fixture *x, struct job_id id, enum import_state state, int64_t total, int64_t good,
                   int64_t bad);

/* People number from … from + n of the sheet: each a name, a number, a company of `companies` new ones, every
 * second with a membership. */
const char *import_people(struct fixture *x, int from, int n, int companies);
/* What an import that was taken back leaves: the trail, running numbers, and that there was a job. */
extern const char *const IMPORT_LEAVES[];

#endif
