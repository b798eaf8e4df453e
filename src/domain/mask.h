/* Personal data as others may see it (GB/T 35273 asks for masking; it sets no pattern, these are the
 * product's). Whole characters; what is too short for its pattern is all stars. Results live in the arena. */
#ifndef DOMAIN_MASK_H
#define DOMAIN_MASK_H

#include "base/arena.h"

struct str mask_id_number(struct arena *a, struct str id_number); /* 620***********1011 */
struct str mask_mobile(struct arena *a, struct str mobile);       /* 138****1234 */
struct str mask_qq(struct arena *a, struct str qq);               /* first and last two */
struct str mask_email(struct arena *a, struct str email);         /* z***@example.com */
struct str mask_name(struct arena *a, struct str name);           /* 王**: for the public */

#endif
