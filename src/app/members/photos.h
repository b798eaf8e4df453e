/* The photo of a form: judged, made new, stored. */
#ifndef APP_MEMBERS_PHOTOS_H
#define APP_MEMBERS_PHOTOS_H

#include "app/core/app.h"

/* What came: none (size 0), or its bytes (at most the limit is kept) and how many there were. */
struct photo_input {
    struct bytes bytes;
    size_t size;
    bool anyway;     /* 仍要提交，由单位核对 */
    struct str kept; /* photo_hold's token: of the photo that an earlier post of this form brought, or none */
};

/* What it comes to: nothing new, a picture to store, or a problem of field photo. One refused only for its
 * background or sharpness is kept, so that saying 仍要提交 does not need it again. */
struct photo_kept {
    struct bytes jpeg;   /* none: nothing came */
    struct file_id file; /* once it is stored; 0: nothing new */
    struct str flaw;     /* with either: what is wrong with it, or "" */
};

struct photo_kept photo_take(struct ctx *c, const struct photo_input *in);
/* The problems of a photo whose flaw nobody accepted: `photo` says what it is, `photo_anyway` how to go on.
 */
void photo_flaw_problem(struct ctx *c, struct str flaw);
/* A problem when the association requires a photo and there will be none. */
void photo_require(struct ctx *c, bool there);
/* Inside the transaction that links it. ST_TOO_MANY when `subject`, of a kind that counts, sent `most` in the
 * last hour. */
enum status photo_store(struct ctx *c, struct bytes jpeg, const char *kind, struct str subject, int64_t most,
                        struct file_id *ret) MUST_USE;

/* For forms that change a person who is there: nothing of the person may change before all is right, and yet
 * the photo must not be asked for twice. So it is kept, one for each account and person, and a token goes
 * into the form; what never comes back is swept after a day. The token is good for the account that it was
 * given to and for this person. */

/* As photo_take; where nothing came, the photo of in->kept. One that is not good, or was swept, is a problem
 * of field photo, and in->kept is none afterwards. */
enum status photo_take_again(struct ctx *c, struct member_id about, struct photo_input *in,
                             struct photo_kept *ret) MUST_USE;
/* Keeps what came instead of what was kept before, and puts its token into in->kept, in a small transaction
 * of its own. ST_TOO_MANY: this account keeps too many, or sends too many. */
enum status photo_hold(struct ctx *c, struct member_id about, struct photo_input *in,
                       struct photo_kept *kept) MUST_USE;
/* Inside the transaction that linked the photo to the person, or did without: nothing is kept any more. */
enum status photo_let_go(struct ctx *c, struct member_id about) MUST_USE;
/* False for a token that is not good. */
bool photo_kept_read(struct ctx *c, struct member_id about, struct str token, struct photo_kept *ret);

#endif
