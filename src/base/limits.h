/* Every limit of the program, so that they can be read together. Limits that an association may want to
 * change are settings (app/settings.h); these are the machine's. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stdint.h>

#define LIMIT_BODY_DRAIN        (16u << 20) /* read and thrown away before a refusal, so that a sentence arrives */
#define LIMIT_BODY_FORM         (256u << 10) /* an ordinary form */
#define LIMIT_BODY_BATCH        (2u << 20)   /* thousands of ids */
#define LIMIT_BODY_PHOTO        (16u << 20)  /* a form with a photo: kept are PHOTO bytes of it */
#define LIMIT_KEPT_FORM         (1u << 20)   /* text of a form that came after its session had ended */
#define LIMIT_KEPT_FORMS        4            /* of an account */
#define LIMIT_CLERKS            50           /* of a company, besides the main one */
#define LIMIT_LOST_PENDING      3            /* chosen passwords that wait for an account */
#define LIMIT_LOST_TRIES        5            /* wrong codes, and one of them is cancelled */
#define LIMIT_LOST_LISTED       2000         /* of them that a desk's list looks at */
#define LIMIT_PAPER_BYTES       (8u << 20)   /* the scan of a stamped form */
#define LIMIT_FIELDS            12000        /* fields in a form */
#define LIMIT_FIELD_BYTES       (64u << 10)
#define LIMIT_FORM_TEXT         (1u << 20) /* names and values of all fields of a form */
#define LIMIT_FORM_FILES        20         /* files of a form, empty ones too */
#define LIMIT_DRAFT_FIELD_BYTES 4096       /* of a text in a draft: no honest one is half as long */
#define LIMIT_PHOTO_BYTES       153600     /* 150 KB, inclusive: domain-facts 4 */
#define LIMIT_URL_BYTES         4096
#define LIMIT_PAGE_BYTES        (8u << 20) /* one rendered page */
#define LIMIT_BATCH_ROWS        10000
/* What may be stored before anybody decided on it. */
#define LIMIT_DRAFTS_OF_NUMBER  20  /* begun in a day with one ID number */
#define LIMIT_DRAFTS_OF_ADDRESS 300 /* begun in a day from one address; an hour's tries are a setting */
#define LIMIT_DRAFT_PHOTOS      60  /* sent in an hour with one draft: each but the last goes at once */
#define LIMIT_KEPT_PHOTOS       50  /* of an account, kept with refused forms about so many people */
#define LIMIT_ACCOUNT_PHOTOS    200 /* of an account, in an hour */
#define LIMIT_FILE_CHUNK        (256u << 10)
#define LIMIT_FILE_BYTES        (50u << 20)
#define LIMIT_ADRIFT_ROWS       256  /* logins that wait for room on a full disk */
#define LIMIT_ADRIFT_TRIES      1024 /* that are remembered meanwhile */
#define LIMIT_DISK_LEAST                                                                                     \
    (256u << 10) /* bytes free beside an SQLite database: with less it may only be read */

/* Of the processes that draw documents (media/press.h). */
#define LIMIT_PRESS_BYTES     (32u << 20)   /* what one document says */
#define LIMIT_PRESS_MEMORY    (1280u << 20) /* address space: fonts are mapped whole, threads reserve much */
#define LIMIT_PRESS_ROOM      (512u << 20) /* of it, free when a document is begun; fonts and threads took 360 */
#define LIMIT_PRESS_MS        50000        /* of a document, waiting included: less than what a proxy waits */
#define LIMIT_PRESS_IDLE_MS   60000
#define LIMIT_PRESS_DOCUMENTS 100 /* of a process */

/* Of a request's head. */
#define LIMIT_HEADER_BYTES (8u << 10) /* the value of one header */
#define LIMIT_HEAD_BYTES   (24u << 10)
#define LIMIT_HEADERS      100

/* What may be under way at once: docs/reliability.md says what it adds up to. */
#define LIMIT_REQUEST_BYTES       (64u << 20) /* the arena of one request */
#define LIMIT_KEPT_ARENA          (4u << 20)  /* of one that took more the machine gets it back at once */
#define LIMIT_BODIES_BYTES        (64u << 20) /* held of bodies under way, of all */
#define LIMIT_BODIES_ADDRESS      (16u << 20) /* of one address */
#define LIMIT_BODIES_SESSION      (8u << 20)  /* of one session */
#define LIMIT_BODY_SMALL          (64u << 10) /* a body that holds less may use the last quarter of each */
#define LIMIT_KEPT_BYTES          (64u << 20) /* held for slow readers, and of long heads under way */
#define LIMIT_CONNECTIONS         16384
#define LIMIT_CONNECTIONS_ADDRESS 4096 /* beyond, the one that has not asked for longest makes room */

/* Deadlines. A stall of half a minute is a person in a lift. */
#define LIMIT_IDLE_MS        75000 /* between requests: longer than what a proxy keeps */
#define LIMIT_HEAD_MS        40000 /* from its first byte to its last */
#define LIMIT_STALL_MS       35000 /* nothing moves in a body or an answer */
#define LIMIT_GRACE_MS       60000 /* from then on it needs the least rate */
#define LIMIT_BYTES_A_SECOND 500
#define LIMIT_BODY_MS        600000

/* Of the trail. */
#define LIMIT_ADDRESS_BYTES    64   /* of an address of the network, as the trail keeps it */
#define LIMIT_HEAD_LINE        256  /* of a file of heads of the trail */
#define LIMIT_REFUSAL_ROWS     200  /* of a network in an hour */
#define LIMIT_REFUSALS_WAITING 128  /* for the next round of housekeeping */
#define LIMIT_CAPTCHA_ROW      5    /* wrong captchas of a network in an hour, to each row of them */
#define LIMIT_AUDIT_LOOKED     4000 /* rows that one page of it looks at for those that are asked for */

/* Of sheets that people bring. */
#define LIMIT_ZIP_ENTRIES     20000          /* of an archive: a workbook has some dozens, photos thousands */
#define LIMIT_ZIP_NAME        1024           /* of an entry */
#define LIMIT_SHEET_UNPACKED  (400ull << 20) /* of a workbook: 100 000 people take 120 MB */
#define LIMIT_SHEET_STRINGS   (64u << 20)    /* of texts that its cells share */
#define LIMIT_SHEET_TEXTS     4000000        /* their number */
#define LIMIT_SHEET_STYLES    65536
#define LIMIT_SHEET_FORMATS   1000 /* of numbers, of its own */
#define LIMIT_SHEET_TABS      200
#define LIMIT_SHEET_MERGED    20000        /* cells over several rows */
#define LIMIT_SHEET_COLUMNS   100          /* with something in them */
#define LIMIT_SHEET_CELL      (128u << 10) /* of a cell: 32767 characters is what Excel takes */
#define LIMIT_SHEET_ROW       (1u << 20)   /* of the cells of a row */
#define LIMIT_SHEET_XML       (16u << 20)  /* what reading its XML may take of memory */
#define LIMIT_SHEET_QUIET     (1u << 20)   /* of XML without an element or a text */
#define LIMIT_PHOTOS_UNPACKED (4ull << 30) /* of an archive of photos */
#define LIMIT_IMPORT_ROWS     200000       /* that one import brings */
#define LIMIT_IMPORT_TITLES   50           /* rows above the heading */
#define LIMIT_SHEET_DEPTH     64           /* of elements in elements */

/* Of imports. */
#define LIMIT_SHEET_BYTES       (30u << 20) /* of a file: 100 000 people with all their facts take 15 MB */
#define LIMIT_FILE_NAME         200         /* of a name, as it is kept */
#define LIMIT_IMPORTS_SHOWN     50          /* jobs on the page of imports */
#define LIMIT_IMPORT_ROWS_SHOWN 100 /* wrong rows on a job's page: all of them are in the file of errors */

#define LIMIT_MANIFEST_BYTES (64u << 10) /* what a backup says of itself */

/* Rows are numbered densely. A longer number is of something else, perhaps of a person: it is nobody's id,
 * and goes into no log. */
#define LIMIT_ID INT64_C(9999999999)

#endif
