#pragma once

#include <QByteArray>
#include <chrono>
#include <functional>
#include <optional>

namespace espalier::trials {

/// What came of work in a process of its own.
struct ChildResult {
    int status = -1; ///< what the work gave; -1 when it was ended by a signal
    int signal = 0;  ///< which one
    bool tookTooLong = false;
    QByteArray output;
    QByteArray error;
    std::chrono::microseconds duration{};
};

/// Does `work` in a fork of this process, and kills that after a time where one is given. A fork
/// has all libraries loaded already, which takes a fresh program a second; so nothing that starts
/// threads, and no database, may have been used here before: do that in children, too.
[[nodiscard]] ChildResult inChild(const std::function<int()>& work,
                                  std::optional<std::chrono::microseconds> killAfter = {});

} // namespace espalier::trials
