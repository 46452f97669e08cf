#include "runtime.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Nothing of the person's terminal: whoever reads the program's output waits for its end alone. */
static void leave_terminal(void)
{
    setsid();
    const int nothing = open("/dev/null", O_RDWR);
    for (int stream = 0; stream <= 2; ++stream)
        dup2(nothing, stream);
    if (nothing > 2)
        close(nothing);
    if (chdir("/") != 0)
        _exit(1);
    const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    for (unsigned i = 0; i < sizeof ignored / sizeof *ignored; ++i)
        signal(ignored[i], SIG_IGN);
}

/* Until `first` or `second` is closed at its other end. */
static void wait_for_end(int first, int second)
{
    struct pollfd ends[] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
    while (poll(ends, second < 0 ? 1 : 2, -1) < 0) {
    }
}

static _Noreturn void guard(enum guarded what, struct payload payload, const char* folder, int users,
                            int ready)
{
    leave_terminal();
    if (what == GUARDED_FOLDER) {
        if (write(ready, "1", 1) == 1)
            close(ready);
        wait_for_end(users, -1);
        _exit(remove_tree(folder) ? 0 : 1);
    }
    int server[2]; /* held by the server alone: closed when it ends, in whatever way */
    if (pipe2(server, O_CLOEXEC) != 0)
        _exit(1);
    const pid_t child = fork();
    if (child == 0) {
        close(server[0]);
        close(users);
        serve_payload(payload, folder, ready);
        _exit(0);
    }
    close(server[1]);
    close(ready);
    wait_for_end(users, server[0]);
    unmount_payload(folder);
    if (child > 0)
        waitpid(child, NULL, 0);
    _exit(rmdir(folder) == 0 ? 0 : 1);
}

bool start_guard(enum guarded what, struct payload payload, const char* folder)
{
    int users[2];
    int ready[2];
    if (pipe(users) != 0 || pipe2(ready, O_CLOEXEC) != 0)
        return false;
    const pid_t child = fork();
    if (child == 0) {
        close(users[1]);
        close(ready[0]);
        fcntl(users[0], F_SETFD, FD_CLOEXEC);
        if (fork() == 0) /* no child of the program's, which may wait for all of its own */
            guard(what, payload, folder, users[0], ready[1]);
        _exit(0);
    }
    close(users[0]);
    close(ready[1]);
    if (child > 0)
        waitpid(child, NULL, 0);
    char byte;
    const bool started = child > 0 && read(ready[0], &byte, 1) == 1;
    close(ready[0]);
    if (!started)
        close(users[1]);
    return started;
}
