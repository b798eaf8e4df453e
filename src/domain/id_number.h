/* Identity numbers of 18 characters: residents (GB 11643-1999), residents of Hong Kong, Macao and Taiwan with
 * a mainland residence permit (国办发〔2018〕81号), and permanent residents from abroad (the cards issued
 * since 2023-12-01). All share the layout region, birth date, sequence, and the check character of ISO 7064
 * MOD 11-2. First-generation cards with 15 digits are void since 2013-01-01: refused, upgraded only for
 * legacy imports. */
#ifndef DOMAIN_ID_NUMBER_H
#define DOMAIN_ID_NUMBER_H

#include "base/day.h"
#include "base/status.h"
#include "domain/codes.h"

#define ID_NUMBER_LENGTH 18

enum id_kind { ID_RESIDENT, ID_HONG_KONG, ID_MACAO, ID_TAIWAN, ID_FOREIGNER };

struct id_number {
    char text[ID_NUMBER_LENGTH + 1]; /* normalised */
    enum id_kind kind;
    struct day born;
    enum sex sex; /* the 17th digit: odd male, even female */
};

enum id_error {
    ID_OK = 0,
    ID_EMPTY,
    ID_FIFTEEN,         /* a first-generation number */
    ID_FIFTEEN_FOREIGN, /* an old permanent residence card: still a valid card, but not an account */
    ID_CHARACTER,
    ID_LENGTH,
    ID_PROVINCE,
    ID_DATE,      /* no such day */
    ID_TOO_EARLY, /* before 1900 */
    ID_FUTURE,
    ID_CHECK,
};

/* Takes blanks and dashes wherever they stand, full-width forms and a small x (domain/typed_code.h). The
 * county is not judged: holders keep codes that were abolished long ago. */
enum id_error id_number_parse(struct str typed, struct day today, struct id_number *ret) MUST_USE;

/* The 18-character form of a 15-digit number. Sequences 996 to 999 were kept for people born before 1900:
 * ID_TOO_EARLY. Anything but 15 digits is ID_LENGTH or ID_CHARACTER. */
enum id_error id_number_upgrade(struct str typed, struct day today, struct id_number *ret) MUST_USE;

/* The 18th character for the first 17 digits. */
char id_number_check(const char *first17);

const char *id_error_text(enum id_error error); /* "" for ID_OK */

#endif
