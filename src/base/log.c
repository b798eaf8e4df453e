#include "base/log.h"

#include "base/day.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static atomic_long lines[LOG_ERROR + 1];

long log_lines(enum log_level level)
{
    return atomic_load_explicit(&lines[level], memory_order_relaxed);
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const NAMES[] = {"info", "warn", "error"};
    char line[1024];
    int64_t now_ms = clock_now_ms();
    time_t now = (time_t)(now_ms / 1000);
    struct tm utc;
    gmtime_r(&now, &utc);
    size_t n = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%S", &utc);
    n += (size_t)snprintf(line + n, sizeof line - n, ".%03dZ %s ", (int)(now_ms % 1000), NAMES[level]);
    size_t words = n;
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(line + n, sizeof line - n, format, args);
    va_end(args);
    atomic_fetch_add_explicit(&lines[level], 1, memory_order_relaxed);
    if (wrote > 0) n += (size_t)wrote < sizeof line - n ? (size_t)wrote : sizeof line - n - 1;
    for (size_t i = words; i < n; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) line[i] = '?';
    line[n++] = '\n';
    /* One write: lines of two threads never mix. */
    if (write(STDERR_FILENO, line, n) < 0) return;
}
