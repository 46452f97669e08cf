#pragma once

#include "tests/reliability/faults/faults.h"
#include "tests/reliability/trials/child.h"
#include "tests/reliability/trials/examination.h"
#include "tests/reliability/trials/operations.h"

#include <QTemporaryDir>

namespace espalier::trials {

/// What an operation does when nothing goes wrong.
struct Untroubled {
    QJsonObject state; ///< after it
    std::chrono::microseconds duration{};
};

/// One operation that was troubled, in a workspace of its own.
struct Trial {
    ChildResult child;
    faults::Report fault;
    QStringList findings; ///< what should not be; empty when all is well
    QJsonObject state;    ///< after it
};

/// Where trials are made: the workspace that all begin with, and a copy of it for each.
class TrialGround final {
public:
    /// Ends the program when the workspace cannot be made.
    TrialGround();

    [[nodiscard]] const QJsonObject& stateBefore() const { return m_before; }
    /// Of a copy to which something was done; ends the program when that could not be done.
    [[nodiscard]] Examination examineAfter(const Work& work) const;
    [[nodiscard]] Untroubled untroubled(const Operation& operation) const;
    /// How many calls of it `plan` would count.
    [[nodiscard]] long calls(const Operation& operation, const faults::Plan& plan) const;

    /// Does the operation under `plan` (its folder is filled in), looks at what is left, then does
    /// it again without trouble where it did not get through: that must lead to `goal`.
    [[nodiscard]] Trial attempt(const Operation& operation, const Untroubled& goal,
                                faults::Plan plan,
                                std::optional<std::chrono::microseconds> killAfter = {}) const;

private:
    [[nodiscard]] QString workspace() const { return m_folder.filePath(QStringLiteral("trial")); }
    void reset() const;
    [[nodiscard]] Examination look(const Operation& operation) const;
    void finish(const Operation& operation, const Untroubled& goal, Trial& trial) const;

    QTemporaryDir m_folder;
    QJsonObject m_before;
};

} // namespace espalier::trials
