/* For test_normal_forms.py: of each line of UTF-8, NFC and NFKC as lines. */
#include "base/text.h"
#include "base/unicode.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[65536];
    while (fgets(line, sizeof line, stdin)) {
        struct arena *a = arena_new();
        struct str text = {line, strcspn(line, "\n")}, nfc = text_nfc(a, text);
        struct runes r = runes_of(a, text), parts = runes_decompose(a, &r, true);
        runes_compose(&parts);
        struct str nfkc = runes_str(a, &parts);
        printf("%.*s\n%.*s\n", STR_ARG(nfc), STR_ARG(nfkc));
        arena_free(a);
    }
    return 0;
}
