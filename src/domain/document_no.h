/* 文号, the number of a document of the association (甘监协〔2026〕12号), as it is looked for. */
#ifndef DOMAIN_DOCUMENT_NO_H
#define DOMAIN_DOCUMENT_NO_H

#include "base/arena.h"

/* The same for each way in which one number is written: widths, blanks and capitals as in name_fold
 * (domain/fold.h), brackets of any kind or none around the year, 第 or none before the number. What consists
 * of these alone stays as name_fold leaves it, so that only nothing becomes nothing. */
struct str document_no_fold(struct arena *a, struct str typed);

#endif
