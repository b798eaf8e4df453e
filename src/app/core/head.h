/* The head of the trail: number and MAC of its newest row. Whoever keeps one outside of the database can tell
 * later that the rows up to it are still there (design: the end of the trail is anchored outside). */
#ifndef APP_CORE_HEAD_H
#define APP_CORE_HEAD_H

#include "app/core/ctx.h"
#include "crypto/mac.h"

struct head {
    int64_t number;
    uint8_t mac[MAC_SIZE];
};

/* false: that is no MAC. */
bool head_set(struct head *h, int64_t number, struct bytes mac);
/* One line, `NUMBER MAC`, without its end. */
struct str head_text(struct arena *a, const struct head *h);
/* Blanks around are nothing. */
bool head_parse(struct str line, struct head *ret);

/* What the trail says of a head that was kept. */
enum head_found {
    HEAD_HELD,   /* the row is there, with this MAC */
    HEAD_BEYOND, /* the trail ends before it */
    HEAD_OTHER,  /* the row has another MAC */
};
/* Reads through c->db. */
enum status head_find(struct ctx *c, const struct head *h, enum head_found *ret) MUST_USE;
enum status head_newest(struct ctx *c, struct head *ret) MUST_USE;

#endif
