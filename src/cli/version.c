#include "cli/version.h"
#include "cli/cli.h"

#include <cairo.h>
#include <libdeflate.h>
#include <libpq-fe.h>
#include <pango/pango.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

int cmd_version(struct cli *cli)
{
    (void)cli;
    int pq = PQlibVersion();
    printf("huiyuan %s\n", HUIYUAN_VERSION);
    printf("SQLite %s, libpq %d.%d, libsodium %s, libdeflate %s, cairo %s, pango %s\n", sqlite3_libversion(),
           pq / 10000, pq % 10000, sodium_version_string(), LIBDEFLATE_VERSION_STRING, cairo_version_string(),
           pango_version_string());
    return EXIT_DONE;
}
