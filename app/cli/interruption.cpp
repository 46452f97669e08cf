#include "app/cli/interruption.h"

#include <QtGlobal>
#include <cstdlib>

#ifdef Q_OS_WIN
#include <atomic>
#include <qt_windows.h>
#else
#include <csignal>
#include <pthread.h>
#endif

namespace espalier::cli {

namespace {

void interrupt(std::stop_source& source, bool graceful)
{
    if (!graceful || !source.request_stop())
        std::_Exit(InterruptedStatus);
}

#ifdef Q_OS_WIN

/// Windows hands its console handler no data of ours.
std::atomic<std::stop_source*> handledSource = nullptr;
std::atomic<bool> handledGracefully = false;

BOOL WINAPI handleConsoleEvent(DWORD)
{
    std::stop_source* source = handledSource;
    if (!source)
        return FALSE;
    interrupt(*source, handledGracefully);
    return TRUE;
}

#else

/// Ends the watcher's wait when the command is done.
constexpr int WakeSignal = SIGUSR2;

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (int signal : {SIGINT, SIGTERM, WakeSignal})
        sigaddset(&signals, signal);
    return signals;
}

void watchSignals(std::stop_source source, bool graceful)
{
    const sigset_t signals = watchedSignals();
    for (int signal = 0; sigwait(&signals, &signal) == 0 && signal != WakeSignal;)
        interrupt(source, graceful);
}

#endif

} // namespace

#ifdef Q_OS_WIN

Interruption::Interruption(bool graceful)
{
    handledGracefully = graceful;
    handledSource = &m_source;
    SetConsoleCtrlHandler(handleConsoleEvent, TRUE);
}

Interruption::~Interruption()
{
    SetConsoleCtrlHandler(handleConsoleEvent, FALSE);
    handledSource = nullptr;
}

#else

Interruption::Interruption(bool graceful)
{
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::jthread([source = m_source, graceful] { watchSignals(source, graceful); });
}

Interruption::~Interruption()
{
    pthread_kill(m_watcher.native_handle(), WakeSignal);
    m_watcher.join();
}

#endif

} // namespace espalier::cli
