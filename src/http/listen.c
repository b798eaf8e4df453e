#include "http/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_FLAGS (SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK)

static enum status cannot_listen(struct fault *f, struct str where, int error)
{
    switch (error) {
    case EADDRINUSE:
        return fail(f, ST_UNAVAILABLE,
                    "%.*s is in use: stop the program that listens there, or choose another address",
                    STR_ARG(where));
    case EADDRNOTAVAIL:
        return fail(f, ST_UNAVAILABLE, "cannot listen on %.*s: this machine does not have that address",
                    STR_ARG(where));
    case EACCES:
        return fail(f, ST_UNAVAILABLE,
                    "not allowed to listen on %.*s: choose a port above 1023, or a folder that "
                    "this user may write to",
                    STR_ARG(where));
    default:
        return fail(f, ST_UNAVAILABLE, "cannot listen on %.*s: %s", STR_ARG(where), strerror(error));
    }
}

static enum status not_an_address(struct fault *f, struct str where)
{
    return fail(
        f, ST_BAD_INPUT,
        "'%.*s' is nothing to listen on: give ADDR:PORT with a numeric address (127.0.0.1:8080, [::1]:8080), "
        "unix:PATH, or fd:N",
        STR_ARG(where));
}

/* Binds, listens and returns ST_OK, or closes fd. */
static enum status bind_and_listen(struct str where, int fd, const struct sockaddr *address, socklen_t size,
                                   struct fault *f)
{
    bool named = address->sa_family == AF_UNIX;
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    /* Connections inherit it: an answer is one write, its end must not wait for the sender's word. */
    if (!named) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    /* Nobody can connect before listen(): the mode is right from the first moment. */
    if (bind(fd, address, size) == 0 &&
        (!named || chmod(((const struct sockaddr_un *)address)->sun_path, 0660) == 0) &&
        listen(fd, SOMAXCONN) == 0)
        return ST_OK;
    int error = errno;
    close(fd);
    return cannot_listen(f, where, error);
}

static bool split_address(struct str where, char host[NI_MAXHOST], char port[NI_MAXSERV])
{
    size_t colon = where.n;
    while (colon > 0 && where.p[colon - 1] != ':')
        colon--;
    if (colon == 0) return false;
    struct str address = str_sub(where, 0, colon - 1), digits = str_sub(where, colon, where.n);
    bool bracketed = str_starts(address, STR("[")) && str_ends(address, STR("]"));
    if (bracketed) address = str_sub(address, 1, address.n - 2);
    int64_t number;
    if (!str_int(digits, &number) || number < 0 || number > 65535) return false;
    if (address.n == 0 || address.n >= NI_MAXHOST || digits.n >= NI_MAXSERV || str_has_nul(address))
        return false;
    memcpy(host, address.p, address.n);
    host[address.n] = '\0';
    memcpy(port, digits.p, digits.n);
    port[digits.n] = '\0';
    return bracketed == (strchr(host, ':') != NULL);
}

static enum status open_tcp(struct str where, struct fault *f, int *ret_fd)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];
    struct addrinfo *found,
        wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    if (!split_address(where, host, port) || getaddrinfo(host, port, &wanted, &found) != 0)
        return not_an_address(f, where);
    int fd = socket(found->ai_family, SOCKET_FLAGS, 0);
    enum status status = fd < 0 ? cannot_listen(f, where, errno)
                                : bind_and_listen(where, fd, found->ai_addr, found->ai_addrlen, f);
    freeaddrinfo(found);
    if (status == ST_OK) *ret_fd = fd;
    return status;
}

static bool somebody_answers(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCKET_FLAGS, 0);
    if (fd < 0) return true;
    bool refused =
        connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED;
    close(fd);
    return !refused;
}

static enum status open_unix(struct str where, struct str path, struct fault *f, int *ret_fd)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (path.n == 0 || path.n >= sizeof address.sun_path || str_has_nul(path))
        return not_an_address(f, where);
    memcpy(address.sun_path, path.p, path.n);
    struct stat there;
    if (lstat(address.sun_path, &there) == 0) {
        if (!S_ISSOCK(there.st_mode))
            return fail(f, ST_UNAVAILABLE,
                        "cannot listen on %.*s: there is a file of that name that is no socket",
                        STR_ARG(where));
        if (somebody_answers(&address)) return cannot_listen(f, where, EADDRINUSE);
        unlink(address.sun_path);
    }
    int fd = socket(AF_UNIX, SOCKET_FLAGS, 0);
    if (fd < 0) return cannot_listen(f, where, errno);
    enum status status = bind_and_listen(where, fd, (const struct sockaddr *)&address, sizeof address, f);
    if (status == ST_OK) *ret_fd = fd;
    return status;
}

static enum status open_handed_over(struct str where, struct str number, struct fault *f, int *ret_fd)
{
    int64_t fd;
    int listening = 0;
    socklen_t size = sizeof listening;
    if (!str_int(number, &fd) || fd < 0 || fd > INT_MAX) return not_an_address(f, where);
    if (getsockopt((int)fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening)
        return fail(f, ST_UNAVAILABLE, "%.*s is no listening socket: was it handed over by systemd?",
                    STR_ARG(where));
    /* Several threads accept from it: one that comes too late must not wait. */
    fcntl((int)fd, F_SETFL, fcntl((int)fd, F_GETFL) | O_NONBLOCK);
    fcntl((int)fd, F_SETFD, FD_CLOEXEC);
    *ret_fd = (int)fd;
    return ST_OK;
}

enum status listen_open(struct str where, struct fault *f, int *ret_fd)
{
    if (str_starts(where, STR("unix:"))) return open_unix(where, str_sub(where, 5, where.n), f, ret_fd);
    if (str_starts(where, STR("fd:"))) return open_handed_over(where, str_sub(where, 3, where.n), f, ret_fd);
    return open_tcp(where, f, ret_fd);
}

int listen_port(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_storage room;
    } address = {0};
    socklen_t size = sizeof address;
    if (getsockname(fd, &address.any, &size) != 0) return 0;
    if (address.any.sa_family == AF_INET) return ntohs(address.v4.sin_port);
    if (address.any.sa_family == AF_INET6) return ntohs(address.v6.sin6_port);
    return 0;
}
