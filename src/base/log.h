/* One line a thing, to stderr: time, level, words. Only the edge (web, cli) logs. Never personal data; line
 * breaks and control characters in arguments come out as '?'. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* So many of this level since the start. */
long log_lines(enum log_level level);

#endif
