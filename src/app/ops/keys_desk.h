/* Copies of the key file, without which nothing sealed can be read again: on paper, and whether a copy is
 * one. For the command line: English. */
#ifndef APP_OPS_KEYS_DESK_H
#define APP_OPS_KEYS_DESK_H

#include "app/core/app.h"

/* A form to print and lock away: the key in digits, as a QR code of the key file's text, and its checksum.
 * The file is new (ST_CONFLICT), mode 0600. */
enum status app_keys_export(struct ctx *c, const char *path) MUST_USE;
/* A copy of the key file, or what was exported. ST_BROKEN: no whole copy; ST_CONFLICT: of other keys. */
enum status app_keys_check(struct ctx *c, const char *path) MUST_USE;
/* 16 digits, printed on the form and by the check. */
struct str app_keys_sum(struct ctx *c);

#endif
