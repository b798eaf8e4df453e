/* HTTP/1.1 over sockets: requests in, responses out, nothing of the program. Strict (docs/decisions/0009):
 * 400 for what two readers could take for two things, such as a bare line feed, a folded line, a second
 * Content-Length, Host or session cookie, a body on GET; 411 for a body whose length is not said. Whatever is
 * refused gets an answer, and memory, connections and time have budgets (docs/reliability.md). Quick GETs run
 * on the event threads; everything else on the workers of its lane while the connection waits. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "base/status.h"

enum http_method {
    HTTP_GET,
    HTTP_POST,
    HTTP_OTHER
}; /* HEAD arrives as GET; its body is dropped on the way out */

/* Of a query or a form: the value is UTF-8 (a byte that is none comes as U+FFFD), the name what was sent;
 * both may hold NUL and line breaks. Of a cookie: both are what was sent, a header's text. */
struct http_pair {
    struct str name, value;
};
struct http_pairs {
    LIST(struct http_pair);
};

/* A file of a form. An empty part (no name, no bytes) is not there. Kept are at most the plan's file_bytes;
 * `size` is what came. The name is the sender's word: any bytes, perhaps a path. */
struct http_file {
    struct str field, filename;
    struct bytes bytes;
    size_t size;
};
struct http_files {
    LIST(struct http_file);
};

/* Header values hold no control characters but tabs. A header, cookie or value that did not come is none. */
struct http_request {
    enum http_method method;
    struct str path; /* decoded; UTF-8, no control characters, no "." or ".." segment, no %2F: else 400 */
    struct str raw_query;     /* as it came, without '?' */
    struct http_pairs query;  /* decoded, in order */
    struct http_pairs fields; /* of a form, decoded, in order; none when body_over */
    struct http_files files;
    struct str host, origin, sec_fetch_site, user_agent, if_none_match, accept_encoding, forwarded_for;
    struct http_pairs cookies;
    char peer[64];    /* address without port; "unix" for a socket */
    char address[64]; /* of the person's device: the peer's, or what a proxy that is trusted says */
    bool body_over;   /* over the plan's limit, or a field or their number over LIMIT_FIELD…: thrown away */
    size_t body_bytes;   /* its length, as the header says */
    bool body_unread;    /* the plan said no_right: no fields, whatever was sent */
    struct arena *arena; /* ends after the answer is sent: a transaction must end sooner by itself */
    void *mind;          /* what plan() wants handle() to know */
};

/* The first value of that name, or none. */
struct str http_get(const struct http_pairs *ps, const char *name);

struct http_response {
    int status;                /* 200 until someone says otherwise */
    struct http_pairs headers; /* Date, Content-Length and Connection are added below */
    struct buf body;           /* malloc'ed; sent without a copy. A full one becomes a 500 */
    struct buf spare;          /* memory of an earlier body: http_page_begin */
    struct bytes constant;     /* instead of body: lives as long as the process (assets) */
    bool may_compress;         /* body: text, worth a few microseconds to make it smaller */
};
/* An empty page to write, and then to give as body: in the memory of an earlier one, where there is any. */
void http_page_begin(struct http_response *r, struct buf *ret);
bool http_accepts_gzip(const struct http_request *q); /* the browser takes it */
/* If-None-Match names this strong validator, quotes included: alone, in a list, made weak by a proxy, or by
 * *. */
bool http_etag_matches(const struct http_request *q, struct str etag);
/* Names are literals. A value with a control character is dropped and logged: it would be a header of its
 * own. */
void http_header(struct http_request *q, struct http_response *r, const char *name, struct str value);
/* The same for a value that is a literal too: neither looked at nor copied. */
void http_header_literal(struct http_request *q, struct http_response *r, const char *name,
                         const char *value);

/* Where a request is handled. What takes long has workers of its own, so that it holds up only its own kind:
 * prints and exports (one at a time for each session), and hashing of passwords. Both make way for the others
 * (nice). */
enum http_lane { HTTP_AT_ONCE, HTTP_WORK, HTTP_LONG, HTTP_HASH };
#define HTTP_LANES 4

/* What is known once the header is there, before any body is read. */
struct http_plan {
    bool no_right; /* whoever sends this may not: handle() answers at once, and no body is read before */
    uint64_t
        session; /* whose session it is, for its share of what bodies hold and of HTTP_LONG; 0: nobody's */
    enum http_lane lane; /* a POST that is to be handled at once goes to HTTP_WORK */
    size_t body_bytes;   /* 0: no form expected, its body is thrown away. At most LIMIT_BODY_DRAIN means
                            anything */
    size_t file_bytes;   /* kept of one file */
};

/* Tests make them smaller; nothing means the limits of base/limits.h. */
struct http_limits {
    int connections, connections_address;
    size_t bodies, bodies_address, bodies_session, kept;
    int idle_ms, head_ms, body_ms, stall_ms, grace_ms, bytes_a_second;
};

struct http_options {
    struct str listen; /* ADDR:PORT (port 0: any), unix:PATH, or fd:N */
    int threads;
    int workers;                    /* of HTTP_WORK */
    int long_workers, hash_workers; /* of their lanes; 0: those of HTTP_WORK do it */
    int queue;                      /* jobs of a lane that wait; one more is answered by busy() */
    struct str trust_proxy;         /* an address or "unix": whose X-Forwarded-For is believed, or none */
    struct http_limits limits;
    const char *session_cookies[2]; /* each of these names may come once; NULL: no more names */
    /* How many connections one address may have at the moment; NULL: as limits say. On an event thread. */
    int (*connections_address)(void *arg);
    /* On an event thread: must not block. */
    struct http_plan (*plan)(void *arg, struct http_request *q);
    void (*handle)(void *arg, struct http_request *q, struct http_response *r);
    void (*busy)(void *arg, struct http_request *q,
                 struct http_response *r); /* queue full, or too late in a stop */
    /* A request that can't be handled: 400, 408, 411, 413, 414, 429, 431, 500, 503 or 505; what is known of
     * it may be little. NULL: a sentence. On any thread. */
    void (*refused)(void *arg, struct http_request *q, struct http_response *r, int status);
    void *arg;
};

struct http_server;
/* ST_BAD_INPUT: `listen` is no address; ST_UNAVAILABLE: it can't be had. The fault is English, for a command
 * line. */
enum status http_start(const struct http_options *o, struct fault *f, struct http_server **ret) MUST_USE;
int http_port(const struct http_server *s);        /* the real one; 0 unless TCP */
int http_connections(const struct http_server *s); /* that are open */
/* Finishes the requests under way (answers say Connection: close), at most so long, then stops. A handler
 * that is still running then is waited for: nothing can be taken away under its hands. */
void http_stop(struct http_server *s, int timeout_ms);

#endif
