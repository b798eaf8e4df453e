/* Money in fen, hundredths of a yuan: a type of its own, so that it prints as money and is not mixed with
 * counts. */
#ifndef BASE_FEN_H
#define BASE_FEN_H

#include <stdint.h>

struct fen {
    int64_t n;
};

#endif
