/* The summary that is stamped (推荐汇总表): its number, and the 核验码 over who is in it, which shows whether
 * the paper and the register still agree. */
#ifndef DOMAIN_BATCH_H
#define DOMAIN_BATCH_H

#include "base/arena.h"

enum batch_kind { BATCH_NEW, BATCH_RENEWAL };
const char *batch_kind_code(enum batch_kind kind);  /* new, renewal */
const char *batch_kind_label(enum batch_kind kind); /* 新会员推荐, 续期推荐 */
bool batch_kind_parse(struct str code, enum batch_kind *ret);

/* TJ-2026-0012-03 (推荐) or XQ-2026-0012-03 (续期): year, the company's number, the company's count in that
 * year and kind. So counting needs no lock that all companies share. */
struct str batch_number(struct arena *a, enum batch_kind kind, int year, int64_t company_number,
                        int sequence);

struct batch_person {
    struct str name, id_number;
};
struct batch_heading {
    struct str number;
    enum batch_kind kind;
    struct str company_code; /* credit code, or what stands for it */
};

/* What the 核验码 is computed over: number, kind, company's code, then name and ID number of each in the
 * order of the print; UTF-8, each preceded by its length in bytes (32 bits, high byte first). */
struct bytes batch_message(struct arena *a, const struct batch_heading *heading,
                           const struct batch_person *people, size_t n);

#define BATCH_CODE_BYTES 8
#define BATCH_CODE_SIZE  20 /* 3F2A-90C1-77DE-10AB and a NUL */
/* How the first bytes of the MAC are printed. */
void batch_code_text(const uint8_t mac[BATCH_CODE_BYTES], char ret[BATCH_CODE_SIZE]);

#endif
