/* A picture that a person reads and a simple program does not. It is one layer among several: see
 * design.md 21. */
#ifndef MEDIA_CAPTCHA_H
#define MEDIA_CAPTCHA_H

#include "base/arena.h"

#define CAPTCHA_LENGTH    4
#define CAPTCHA_WIDTH_PX  120
#define CAPTCHA_HEIGHT_PX 44

/* Capital letters and digits of which none looks like another: compare without case. */
void captcha_text(char ret[CAPTCHA_LENGTH + 1]);
/* A PNG, never twice the same; only the first CAPTCHA_LENGTH characters of the text are drawn. */
struct bytes captcha_png(struct arena *a, struct str text);

#endif
