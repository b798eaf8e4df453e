/* One person, for whoever may see her: photo and full ID number. */
#ifndef WEB_MEMBERS_PHOTO_H
#define WEB_MEMBERS_PHOTO_H

#include "web/core/web.h"

enum status page_member_photo(struct web *w);
enum status post_member_reveal(struct web *w);

#endif
