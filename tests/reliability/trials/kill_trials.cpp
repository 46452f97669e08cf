#include "tests/reliability/trials/kill_trials.h"

#include "core/base/random.h"

#include <array>
#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

struct KillKind {
    faults::Mode mode;
    const char16_t* name;
};
constexpr std::array KillKinds{KillKind{faults::Mode::KillBefore, u"before"},
                               KillKind{faults::Mode::KillTorn, u"in the middle of"},
                               KillKind{faults::Mode::KillAfter, u"after"}};

QStringList described(const QString& where, const Trial& trial)
{
    QStringList findings;
    for (const QString& finding : trial.findings)
        findings.append(where + u": "_s + finding);
    return findings;
}

/// One operation, all places, all kinds.
class CallWalk final {
public:
    CallWalk(const TrialGround& ground, const Operation& operation)
        : m_ground(ground)
        , m_operation(operation)
        , m_goal(ground.untroubled(operation))
        , m_calls(ground.calls(operation, faults::Plan{}))
    {
    }

    /// False when the place was not reached any more.
    bool kill(const KillKind& kind, long at)
    {
        const Trial trial =
            m_ground.attempt(m_operation, m_goal, {.below = {}, .mode = kind.mode, .at = at});
        if (!trial.fault.reached)
            return false;
        ++m_kills;
        const QString where = u"%1, killed %2 call %3 (%4 %5)"_s.arg(
            m_operation.name, QString::fromUtf16(kind.name), QString::number(at),
            QString::fromStdString(trial.fault.call),
            QString::fromStdString(trial.fault.path).section(u'/', -2));
        m_findings += described(where, trial);
        if (trial.child.signal != SIGKILL)
            m_findings.append(where + u": the program lived on"_s);
        return true;
    }

    void killEverywhere()
    {
        for (const KillKind& kind : KillKinds)
            for (long at = 1; kill(kind, at);)
                ++at;
    }

    [[nodiscard]] long calls() const { return m_calls; }
    [[nodiscard]] int kills() const { return m_kills; }
    [[nodiscard]] QStringList findings() const { return m_findings; }

private:
    const TrialGround& m_ground;
    const Operation& m_operation;
    Untroubled m_goal;
    long m_calls;
    int m_kills = 0;
    QStringList m_findings;
};

bool isWanted(const Operation& operation, const Options& options)
{
    return operation.name.contains(options.only);
}

} // namespace

void killAtCalls(const TrialGround& ground, const Options& options, Report& report)
{
    Random random(options.seed);
    for (const Operation& operation : operations()) {
        if (!isWanted(operation, options))
            continue;
        CallWalk walk(ground, operation);
        if (options.at > 0)
            for (const KillKind& kind : KillKinds)
                walk.kill(kind, options.at);
        else if (options.isShort)
            walk.kill(KillKinds.at(random.below(KillKinds.size())),
                      1 + long(random.below(quint64(walk.calls()))));
        else
            walk.killEverywhere();
        report.add(
            u"%1: killed at %2 places among %3 calls that change files"_s.arg(
                operation.name, QString::number(walk.kills()), QString::number(walk.calls())),
            walk.findings());
    }
}

void killAtRandom(const TrialGround& ground, const Options& options, Report& report)
{
    QList<Operation> wanted;
    QList<Untroubled> goals;
    for (const Operation& operation : operations())
        if (isWanted(operation, options)) {
            wanted.append(operation);
            goals.append(ground.untroubled(operation));
        }
    Random random(options.seed);
    QStringList findings;
    int hits = 0;
    int trials = 0;
    // A kill that comes when the work is done proves nothing and does not count.
    for (; hits < options.kills && trials < 3 * options.kills; ++trials) {
        const qsizetype chosen = trials % wanted.size();
        const std::chrono::microseconds after(
            random.below(quint64(goals[chosen].duration.count())));
        const Trial trial = ground.attempt(wanted[chosen], goals[chosen], {}, after);
        hits += trial.child.signal == SIGKILL;
        findings += described(
            u"%1, trial %2, killed after %3 µs"_s.arg(
                wanted[chosen].name, QString::number(trials + 1), QString::number(after.count())),
            trial);
    }
    if (hits < options.kills)
        findings.append(u"only %1 of %2 kills met the program at work"_s.arg(
            QString::number(hits), QString::number(trials)));
    report.add(
        u"%1 kills at random instants of %2 operations (seed %3)"_s.arg(
            QString::number(hits), QString::number(wanted.size()), QString::number(options.seed)),
        findings);
}

} // namespace espalier::trials
