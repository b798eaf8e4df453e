/* Every limit of the program, so that they can be read together. Limits that an association may want to
 * change are settings (app/settings.h); these are the machine's. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_BODY_DRAIN        (16u << 20) /* read and thrown away before a refusal, so that a sentence arrives */
#define LIMIT_BODY_FORM         (256u << 10) /* an ordinary form */
#define LIMIT_BODY_BATCH        (2u << 20)   /* thousands of ids */
#define LIMIT_BODY_PHOTO        (16u << 20)  /* a form with a photo: kept are PHOTO bytes of it */
#define LIMIT_FIELDS            12000        /* fields in a form */
#define LIMIT_FIELD_BYTES       (64u << 10)
#define LIMIT_DRAFT_FIELD_BYTES 4096   /* of a text in a draft: no honest one is half as long */
#define LIMIT_PHOTO_BYTES       153600 /* 150 KB, inclusive: domain-facts 4 */
#define LIMIT_URL_BYTES         4096
#define LIMIT_PAGE_BYTES        (8u << 20) /* one rendered page */
#define LIMIT_BATCH_ROWS        10000
#define LIMIT_FILE_CHUNK        (256u << 10)
#define LIMIT_FILE_BYTES        (50u << 20)

#endif
