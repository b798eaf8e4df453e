/* The documents that are printed, as PDF: A4, fonts embedded, text that can be selected and read. What they
 * say comes in as texts; how it stands on paper is decided here. The same input makes the same bytes. Results
 * are in the arena.
 *
 * All return ST_TOO_LARGE for a document over LIMIT_FILE_BYTES, and ST_BAD_INPUT for a QR text that fits no
 * code. */
#ifndef MEDIA_PDF_H
#define MEDIA_PDF_H

#include "base/day.h"
#include "base/status.h"

struct pdf_pair {
    struct str label, value;
};

struct pdf_column {
    struct str title;
    int weight; /* its share of the width that is left, more than 0; not used when whole */
    bool whole; /* never broken: ID numbers, telephones. As wide as its longest cell */
    bool centred;
};

/* One batch of the 推荐汇总表. Its pages are counted on their own: it is signed, stamped and scanned alone.
 */
struct pdf_batch {
    struct str title;
    bool preview; /* 预览 stands where a print has its QR code, and at the foot of each page */
    const struct pdf_pair *head; /* above the table on the first page, three to a line */
    size_t head_count;
    struct str qr;                 /* what the code at the upper right leads to; none: no code */
    struct str number, check_code; /* 批次号 and 核验码, at the foot of each page */
    const struct pdf_column *columns;
    size_t column_count;
    const struct str *cells; /* row by row */
    size_t row_count;
    const struct pdf_pair *totals; /* below the last row: 合计人数, 应缴会费 */
    size_t total_count;
    struct str filled_by, phone; /* 填报人, 联系电话; none: a line to write on */
    struct str note;             /* beside the seal: where to send the scan */
};

/* A4 landscape, margins 12 mm at the sides and 10 mm above and below. Each batch begins on a new page. */
MUST_USE enum status pdf_summary(struct arena *a, struct fault *f, struct day made_on,
                                 const struct pdf_batch *batches, size_t batch_count, struct bytes *ret);

struct pdf_field {
    struct str label, value;
    bool wide; /* takes the whole line */
};

struct pdf_signature {
    struct str title; /* 单位意见 */
    struct str by;    /* 单位（盖章） */
};

/* 入会申请表 and other forms to be signed and stamped, A4 portrait: normally one page. */
struct pdf_application {
    struct str title, number; /* 编号, at the foot; may be none */
    struct day date;
    const struct pdf_field *fields;
    size_t field_count;
    bool plain;         /* no room for a photo */
    struct bytes photo; /* JPEG 5:7, or none: an empty frame */
    struct str pledge_title;
    const struct str *pledge; /* paragraphs */
    size_t pledge_count;
    const struct pdf_signature *signatures;
    size_t signature_count;
};
MUST_USE enum status pdf_application(struct arena *a, struct fault *f, const struct pdf_application *form,
                                     struct bytes *ret);

/* 账号分配通知: one page for each company or person, with a password that works once. */
struct pdf_letter {
    struct str title, to;
    const struct str *paragraphs;
    size_t paragraph_count;
    struct str account_label, account, password_label, password;
    struct str address; /* printed, and as a QR code */
    struct str from;    /* the association */
    struct day date;
};
MUST_USE enum status pdf_letters(struct arena *a, struct fault *f, const struct pdf_letter *letters,
                                 size_t letter_count, struct bytes *ret);

/* 激活条: ten to a page, to be cut; who got none stands on pages behind them. */
struct pdf_slip {
    struct str name, id_number, company; /* the number masked */
    struct str code;
    struct str why; /* of one who got none */
};
struct pdf_slips {
    struct str title, address; /* where the code is typed: printed, and as a QR code */
    struct day until, date;
    const struct pdf_slip *slips;
    size_t slip_count;
    const struct pdf_slip *skipped;
    size_t skipped_count;
};
MUST_USE enum status pdf_slips(struct arena *a, struct fault *f, const struct pdf_slips *slips,
                               struct bytes *ret);

/* 密钥备份: one page to lock away, by which the key file can be made again. */
struct pdf_keys {
    struct str association, id, master, sum; /* digits: 16, 64, 16 */
    struct str text;                         /* the key file's, as a QR code */
    struct day date;
};
MUST_USE enum status pdf_keys(struct arena *a, struct fault *f, const struct pdf_keys *k, struct bytes *ret);

#endif
