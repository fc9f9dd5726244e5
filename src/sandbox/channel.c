#include "sandbox/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

void
fg_message_clear(FgMessage *received)
{
    for (guint i = 0; i < received->n_fds; i++)
        fg_fd_clear(&received->fds[i]);
    received->n_fds = 0;
}

gboolean
fg_channel_pair(int ends[2], GError **error)
{
    /* Packets keep their borders, so that there is no stream to fall out of step with. */
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't make a channel");
    return TRUE;
}

gboolean
fg_channel_send(int channel, const FgMessageHead *message, const int *fds, guint n_fds, GError **error)
{
    g_assert(n_fds <= FG_MESSAGE_FDS);
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(FG_MESSAGE_FDS * sizeof(int))];
    } control = {0};
    struct iovec body = {.iov_base = (void *)(guintptr)message, .iov_len = sizeof *message};
    struct msghdr packet = {.msg_iov = &body, .msg_iovlen = 1};
    if (n_fds > 0) {
        packet.msg_control = control.bytes;
        packet.msg_controllen = CMSG_SPACE(n_fds * sizeof(int));
        control.header = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(n_fds * sizeof(int))};
        memcpy(CMSG_DATA(&control.header), fds, n_fds * sizeof(int));
    }
    ssize_t count;
    do
        count = sendmsg(channel, &packet, MSG_NOSIGNAL);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return fg_throw_errno(error, FG_ERROR_WORKER, errno, "the process can't be told");
    return TRUE;
}

/* Takes every descriptor that came, so that none is lost even when the message is refused. */
static gboolean
take_fds(struct msghdr *packet, FgMessage *received)
{
    gboolean fine = TRUE;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(packet); part; part = CMSG_NXTHDR(packet, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        gsize count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (gsize i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
            if (received->n_fds < FG_MESSAGE_FDS) {
                received->fds[received->n_fds++] = fd;
            } else {
                close(fd);
                fine = FALSE;
            }
        }
    }
    return fine;
}

gboolean
fg_channel_receive(int channel, gboolean wait, FgMessage *received, GError **error)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(FG_MESSAGE_FDS * sizeof(int))];
    } control = {0};
    *received = (FgMessage){0};
    struct iovec body = {.iov_base = &received->head, .iov_len = sizeof received->head};
    struct msghdr packet = {.msg_iov = &body,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes};
    ssize_t count;
    do
        count = recvmsg(channel, &packet, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return fg_throw(error, FG_ERROR_WORKER, "the process said nothing");
    gboolean fine = take_fds(&packet, received);
    if (!fine || count != sizeof received->head || (packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) ||
        received->head.kind >= FG_N_MSG_KINDS) {
        fg_message_clear(received);
        return fg_throw(error, FG_ERROR_WORKER, "the process said something else than a message");
    }
    return TRUE;
}
