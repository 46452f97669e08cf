#include "tests/reliability/trials/trial.h"

#include <filesystem>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

std::filesystem::path pathOf(const QString& name)
{
    return std::filesystem::path(name.toStdString());
}

} // namespace

TrialGround::TrialGround()
{
    const QString problem =
        prepareWorkspace(m_folder.filePath(u"base"_s), m_folder.filePath(u"data"_s));
    if (!problem.isEmpty())
        qFatal("The workspace could not be prepared: %s", qUtf8Printable(problem));
    reset();
    const Examination start = examine(workspace());
    if (!start.findings.isEmpty())
        qFatal("The workspace is not sound to begin with: %s",
               qUtf8Printable(start.findings.join(u'\n')));
    m_before = start.state;
}

void TrialGround::reset() const
{
    std::filesystem::remove_all(pathOf(workspace()));
    std::filesystem::copy(pathOf(m_folder.filePath(u"base"_s)), pathOf(workspace()),
                          std::filesystem::copy_options::recursive);
}

Examination TrialGround::look(const Operation& operation) const
{
    if (operation.settle) {
        const ChildResult settled = inChild([&] { return operation.settle(workspace()); });
        if (settled.status != 0)
            return {{QString::fromUtf8(settled.error)}, {}};
    }
    return examine(workspace());
}

Examination TrialGround::examineAfter(const Work& work) const
{
    reset();
    const ChildResult done = inChild([&] { return work(workspace()); });
    if (done.status != 0)
        qFatal("It could not be done: %s", done.error.constData());
    return examine(workspace());
}

Untroubled TrialGround::untroubled(const Operation& operation) const
{
    reset();
    const ChildResult done = inChild([&] { return operation.work(workspace()); });
    const Examination after = look(operation);
    if (done.status != 0 || !after.findings.isEmpty())
        qFatal("“%s” fails without any trouble: %s %s", qUtf8Printable(operation.name),
               done.error.constData(), qUtf8Printable(after.findings.join(u'\n')));
    if (after.state == m_before)
        qFatal("“%s” changes nothing.", qUtf8Printable(operation.name));
    return {after.state, done.duration};
}

long TrialGround::calls(const Operation& operation, const faults::Plan& plan) const
{
    reset();
    faults::Plan counting = plan;
    counting.below = workspace().toStdString();
    counting.mode = faults::Mode::Count;
    (void)inChild([&] {
        faults::arm(counting);
        return operation.work(workspace());
    });
    return faults::report().calls;
}

Trial TrialGround::attempt(const Operation& operation, const Untroubled& goal, faults::Plan plan,
                           std::optional<std::chrono::microseconds> killAfter) const
{
    reset();
    plan.below = workspace().toStdString();
    Trial trial;
    trial.child = inChild(
        [&] {
            faults::arm(plan);
            const int status = operation.work(workspace());
            faults::disarm();
            return status;
        },
        killAfter);
    trial.fault = faults::report();
    finish(operation, goal, trial);
    return trial;
}

void TrialGround::finish(const Operation& operation, const Untroubled& goal, Trial& trial) const
{
    const Examination after = look(operation);
    trial.state = after.state;
    trial.findings = after.findings;
    const QStringList lost = lostOrChanged(m_before, after.state, operation.touches);
    if (!lost.isEmpty())
        trial.findings.append(u"changed or lost: "_s + lost.join(u", "_s));
    if (after.state == goal.state)
        return;
    const ChildResult again = inChild([&] { return operation.again(workspace()); });
    const Examination end = look(operation);
    trial.findings += end.findings;
    if (end.state != goal.state)
        trial.findings.append(
            u"done again (exit status %1: %2), it differs from one never troubled in %3"_s.arg(
                QString::number(again.status), QString::fromUtf8(again.error).trimmed(),
                lostOrChanged(goal.state, end.state, {}).join(u", "_s)));
}

} // namespace espalier::trials
