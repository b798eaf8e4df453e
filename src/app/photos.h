/* The photo of a form: judged, made new, stored. */
#ifndef APP_PHOTOS_H
#define APP_PHOTOS_H

#include "app/app.h"

/* What came: none (size 0), or its bytes (at most the limit is kept) and how many there were. */
struct photo_input {
    struct bytes bytes;
    size_t size;
    bool anyway; /* 仍要提交，由单位核对 */
};

/* What it comes to: nothing new, a picture to store, or a problem of field photo. One refused only for its
 * background or sharpness is kept, so that saying 仍要提交 does not need it again. */
struct photo_kept {
    struct bytes jpeg; /* none: nothing new */
    struct str flaw;   /* with jpeg: what is wrong with it, or "" */
};

struct photo_kept photo_take(struct ctx *c, const struct photo_input *in);
/* The problems of a photo whose flaw nobody accepted: `photo` says what it is, `photo_anyway` how to go on.
 */
void photo_flaw_problem(struct ctx *c, struct str flaw);
/* A problem when the association requires a photo and there will be none. */
void photo_require(struct ctx *c, bool there);
/* In a small transaction of its own, before the one that links it. */
enum status photo_store(struct ctx *c, struct bytes jpeg, struct file_id *ret) MUST_USE;

#endif
