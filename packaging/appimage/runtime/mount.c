#include "runtime.h"

#define FUSE_USE_VERSION 32
#include <squashfuse/ll.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char* const Helpers[] = {"fusermount3", "fusermount"};
enum { HELPERS = sizeof Helpers / sizeof *Helpers };

/* Who may mount by himself. */
static int mount_as_root(const char* folder)
{
    const int device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    char options[128];
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=%d,group_id=%d", device,
             (int)getuid(), (int)getgid());
    if (device >= 0 &&
        mount("espalier", folder, "fuse.espalier", MS_RDONLY | MS_NOSUID | MS_NODEV, options) == 0)
        return device;
    if (device >= 0)
        close(device);
    return -1;
}

static int receive_descriptor(int socket)
{
    char byte;
    struct iovec data = {&byte, 1};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    if (recvmsg(socket, &message, 0) <= 0)
        return -1;
    const struct cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS)
        return -1;
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

/* The helper is set-user-id root; it mounts, and sends the descriptor back. */
static int mount_with(const char* helper, const char* folder)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return -1;
    const pid_t child = fork();
    if (child == 0) {
        char text[16];
        snprintf(text, sizeof text, "%d", ends[1]);
        setenv("_FUSE_COMMFD", text, 1);
        close(ends[0]);
        execlp(helper, helper, "-o", "ro,nosuid,nodev,fsname=espalier,subtype=espalier", "--", folder,
               (char*)NULL);
        _exit(127);
    }
    close(ends[1]);
    const int descriptor = child > 0 ? receive_descriptor(ends[0]) : -1;
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return descriptor;
}

static int open_mount(const char* folder)
{
    int descriptor = geteuid() == 0 ? mount_as_root(folder) : -1;
    for (int i = 0; descriptor < 0 && i < HELPERS; ++i)
        descriptor = mount_with(Helpers[i], folder);
    return descriptor;
}

void serve_payload(struct payload payload, const char* folder, int ready)
{
    sqfs_ll* image = sqfs_ll_open(payload.file, payload.offset);
    const int descriptor = image ? open_mount(folder) : -1;
    if (descriptor < 0)
        return;
    const struct fuse_lowlevel_ops operations = {
        .getattr = sqfs_ll_op_getattr,
        .opendir = sqfs_ll_op_opendir,
        .releasedir = sqfs_ll_op_releasedir,
        .readdir = sqfs_ll_op_readdir,
        .lookup = sqfs_ll_op_lookup,
        .open = sqfs_ll_op_open,
        .release = sqfs_ll_op_release,
        .read = sqfs_ll_op_read,
        .readlink = sqfs_ll_op_readlink,
        .forget = sqfs_ll_op_forget,
    };
    char* names[] = {"espalier", NULL};
    struct fuse_args arguments = FUSE_ARGS_INIT(1, names);
    struct fuse_session* session =
        fuse_session_new(&arguments, &operations, sizeof operations, image);
    char place[32];
    snprintf(place, sizeof place, "/dev/fd/%d", descriptor);
    if (!session || fuse_session_mount(session, place) != 0)
        return;
    if (write(ready, "1", 1) == 1) {
        close(ready);
        fuse_session_loop(session);
    }
}

void unmount_payload(const char* folder)
{
    if (geteuid() == 0 && umount2(folder, MNT_DETACH) == 0)
        return;
    for (int i = 0; i < HELPERS; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            execlp(Helpers[i], Helpers[i], "-u", "-z", "-q", "--", folder, (char*)NULL);
            _exit(127);
        }
        int status = 0;
        if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
            WEXITSTATUS(status) == 0)
            return;
    }
}
