/* How anything here ends. Each value has one meaning, one HTTP answer and one exit code. Outputs (ret_…) are
 * untouched unless the status is ST_OK. Raise and return in one line: return fail(f, ST_CONFLICT, "…"). The
 * text is what the person is told (Chinese for the three sides); only the edge (web, cli) logs it, once. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/arena.h"

enum status {
    ST_OK = 0,
    ST_BAD_INPUT,   /* 422: what was typed is wrong; see struct problems */
    ST_LOGIN,       /* 303 to /login: nobody is logged in, or no longer */
    ST_FORBIDDEN,   /* 403: wrong side, role or token */
    ST_NOT_FOUND,   /* 404: not there, or not yours */
    ST_CONFLICT,    /* 409: someone was faster */
    ST_TOO_LARGE,   /* 413 */
    ST_TOO_MANY,    /* 429: struct fault.retry_after_s says when */
    ST_UNAVAILABLE, /* 503: database or disk gone; nothing was done, trying again may help */
    ST_BROKEN,      /* 500: our fault, or data that does not check */
};

struct fault {
    enum status status;
    int retry_after_s;
    bool again;       /* nothing was done, and the same from its beginning may well succeed at once */
    char text[256];   /* for the person; UTF-8, whole characters */
    char detail[256]; /* for the log; nothing personal */
};

/* Hands on what is not ST_OK. */
#define TRY(call)                                                                                            \
    do {                                                                                                     \
        enum status try_ = (call);                                                                           \
        if (try_ != ST_OK) return try_;                                                                      \
    } while (0)

#define MUST_USE __attribute__((warn_unused_result))

#ifdef __clang_analyzer__
/* What the analyzer of make lint has to know: they return what they are given, which is never ST_OK. */
static inline enum status fail(struct fault *f, enum status status, const char *format, ...)
{
    (void)f, (void)format;
    return status;
}
static inline enum status fail_detail(struct fault *f, enum status status, const char *format, ...)
{
    (void)f, (void)format;
    return status;
}
#else
/* Records and returns `status`. f may be NULL. */
enum status fail(struct fault *f, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with a text for the log instead of the person. */
enum status fail_detail(struct fault *f, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
int status_http(enum status s);
const char *status_name(enum status s);

/* Wrong fields of a form: each its own sentence. `field` is the name of the input (contract.md). */
struct problem {
    struct str field, text;
};
struct problems {
    LIST(struct problem);
    struct arena *arena;
};
void problem_add(struct problems *ps, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct str problem_of(const struct problems *ps, struct str field); /* its first sentence, or none */

#endif
