/* Who may apply: manual, 入会须知 一.2: 中专以上学历 or 初级以上职称, one year of supervision or consulting
 * work, 60岁以下 (inclusive, as 以下 is read in civil law), and of full age. Judged while registering and
 * submitting, never later. Ties to a member unit (一.3) are the recommendation itself. */
#ifndef DOMAIN_ELIGIBILITY_H
#define DOMAIN_ELIGIBILITY_H

#include "base/day.h"
#include "base/status.h"

#define ELIGIBILITY_EDUCATIONS 16

/* Thresholds, each a setting. */
struct eligibility_rules {
    int educations[ELIGIBILITY_EDUCATIONS]; /* codes that are enough by themselves (codes.h) */
    size_t n_educations;
    int title_level_min;     /* or a professional title of this level */
    int practice_months_min; /* whole months, from the first of the one in which work began */
    int age_min, age_max;    /* whole years, both inclusive */
};
extern const struct eligibility_rules eligibility_defaults;

struct applicant {
    struct day born;
    int education, title_level; /* codes.h; 0: none */
    struct day started_on;      /* first of the month in which supervision work began */
};

/* Each broken rule becomes a problem of its field; true when there is none. Step 1 of registration knows only
 * the age (field id_number), step 2 the rest (education, started_on); submitting asks for both. */
bool eligibility_age(const struct eligibility_rules *rules, struct day born, struct day today,
                     struct problems *ps);
bool eligibility_practice(const struct eligibility_rules *rules, const struct applicant *who,
                          struct day today, struct problems *ps);

#endif
