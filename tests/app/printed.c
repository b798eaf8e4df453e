#include "printed.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct str pdf_text(struct fixture *x, struct bytes pdf)
{
    char path[] = "/tmp/huiyuan-print-XXXXXX", piece[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.p, pdf.n), pdf.n);
    close(fd);
    /* NOLINTNEXTLINE(cert-env33-c): a command of ours with a name that mkstemp made */
    FILE *out = popen(arena_fmt(x->arena, "pdftotext -layout %s -", path).p, "r");
    struct buf b;
    size_t n;
    buf_init(&b, 4096, 1 << 20);
    while ((n = fread(piece, 1, sizeof piece, out)) > 0)
        for (size_t i = 0; i < n; i++)
            if (piece[i] != ' ' && piece[i] != '\n') buf_char(&b, piece[i]);
    assert_int_equal(pclose(out), 0);
    unlink(path);
    struct str text = arena_str(x->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

void assert_says(struct str text, const char *words)
{
    size_t at;
    if (!str_find(text, str_from(words), &at)) print_error("no %s in: %s\n", words, text.p);
    assert_true(str_find(text, str_from(words), &at));
}

void assert_silent(struct str text, const char *words)
{
    size_t at;
    assert_false(str_find(text, str_from(words), &at));
}
