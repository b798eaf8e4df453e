/* A picture that a person reads and a simple program does not. It is one layer among several: see
 * design.md 21; what a matcher with the real fonts reads of it is measured by bench/captcha. */
#ifndef MEDIA_CAPTCHA_H
#define MEDIA_CAPTCHA_H

#include "base/arena.h"
#include "base/random.h"

#define CAPTCHA_LENGTH    4
#define CAPTCHA_WIDTH_PX  160
#define CAPTCHA_HEIGHT_PX 60

/* Capital letters and digits of which none looks like another: compare without case. */
void captcha_text(char ret[CAPTCHA_LENGTH + 1]);
/* A PNG, never twice the same; only the first CAPTCHA_LENGTH characters of the text are drawn. */
struct bytes captcha_png(struct arena *a, struct str text);
/* The same with its chances given: the same seed draws the same picture. */
struct bytes captcha_png_of(struct arena *a, struct str text, struct seed seed);

/* The faces that letters are drawn in; bold says which weight. */
struct captcha_face {
    const char *family;
    bool bold;
};
extern const struct captcha_face captcha_faces[];
extern const size_t captcha_faces_n;
/* Which characters may come. */
extern const char captcha_letters[];

#endif
