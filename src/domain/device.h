/* What a browser says of itself (User-Agent), in the words of whoever looks for a login that is not theirs.
 */
#ifndef DOMAIN_DEVICE_H
#define DOMAIN_DEVICE_H

#include "base/arena.h"

/* 微信 · Android; 未知设备 when nothing is recognised. */
struct str device_label(struct arena *a, struct str user_agent);

#endif
