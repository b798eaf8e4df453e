/* XML from outside, as it comes, in bounded memory. Document types, and so entities of one's own, are
 * refused; nothing is ever fetched. */
#ifndef MEDIA_XML_H
#define MEDIA_XML_H

#include "media/unzip.h"

/* Names come without their prefix. `attributes`: name, value, name, value, NULL. Anything but ST_OK ends the
 * reading with that status. */
struct xml_handler {
    enum status (*start)(void *arg, const char *name, const char **attributes);
    enum status (*end)(void *arg, const char *name);
    enum status (*text)(void *arg, struct str piece);
};

/* To the end of the entry. ST_BAD_INPUT: it is no such document, or goes beyond LIMIT_SHEET_XML and its
 * neighbours. */
MUST_USE enum status xml_read(struct arena *a, struct unzip *z, struct fault *f, size_t entry,
                              const struct xml_handler *handler, void *arg);

/* The attribute's value; none when it is not there. */
struct str xml_attribute(const char **attributes, const char *name);

#endif
