/* The socket that is listened on. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/status.h"

/* ADDR:PORT or [ADDR]:PORT with a numeric address; unix:PATH, mode 0660, a stale socket is replaced; fd:N, a
 * listening socket handed over. ST_BAD_INPUT: none of these. ST_UNAVAILABLE: it can't be had, with the
 * reason. */
enum status listen_open(struct str where, struct fault *f, int *ret_fd) MUST_USE;
int listen_port(int fd); /* 0 unless TCP */

#endif
