/* What goes through the pipes between a press and its child, ahead of the bytes of a document. */
#ifndef MEDIA_PRESS_FRAME_H
#define MEDIA_PRESS_FRAME_H

#include "base/status.h"

#define PRESS_COMMAND "draw-documents"

struct press_question {
    uint64_t n; /* bytes that follow: document_wire */
};
struct press_answer {
    uint64_t n; /* bytes that follow: the file */
    uint32_t status;
    char text[sizeof((struct fault *)0)->text], detail[sizeof((struct fault *)0)->detail];
};

#endif
