/* Photos in a ZIP, named by the ID number of whom they show: 62011219880808102X.jpg, in any folder of it. */
#ifndef APP_IMPORTS_PHOTO_ZIP_H
#define APP_IMPORTS_PHOTO_ZIP_H

#include "base/day.h"
#include "base/status.h"

struct import_photo {
    struct str name;      /* of the entry, as it may be shown */
    struct str id_number; /* 18 characters; "" where `refused` says something */
    struct bytes content; /* as it came: media/photo.h judges */
    struct str refused;   /* a Chinese sentence, or "" */
};

/* One at a time; it lives, with `a`, until the function returns. Anything but ST_OK ends the reading. */
typedef enum status (*import_photo_fn)(void *arg, struct arena *a, const struct import_photo *photo);

/* ST_BAD_INPUT for what is no such file, or goes beyond LIMIT_PHOTOS_…. The second photo of a person is
 * refused. Folders, and what systems put beside files (__MACOSX, Thumbs.db), are passed over. */
MUST_USE enum status import_photos(struct arena *a, struct fault *f, struct bytes file, struct day today,
                                   import_photo_fn each, void *arg);

#endif
