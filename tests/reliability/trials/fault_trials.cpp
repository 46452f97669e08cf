#include "tests/reliability/trials/fault_trials.h"

#include "core/base/random.h"

#include <QRegularExpression>
#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

struct FaultKind {
    const char16_t* name;
    faults::Mode mode;
    int error;
    bool walks; ///< at every place; else at the first alone
};
constexpr std::array FaultKinds{
    FaultKind{u"a full disk", faults::Mode::Onward, ENOSPC, true},
    FaultKind{u"one failing call", faults::Mode::Once, EIO, true},
    FaultKind{u"a failing disk", faults::Mode::Onward, EIO, true},
    FaultKind{u"a disk that is read only", faults::Mode::Onward, EROFS, false},
    FaultKind{u"no permission to write", faults::Mode::Onward, EACCES, false},
};

/// What is wrong with what a program says that could not do its work; empty when nothing is.
QStringList faultsOfSentence(const QByteArray& error)
{
    const QString text = QString::fromUtf8(error).trimmed();
    if (text.isEmpty())
        return {u"it says nothing"_s};
    QStringList wrong;
    if (text.contains(u'\n'))
        wrong.append(u"it says more than one thing: "_s + text);
    if (!text.endsWith(u'.'))
        wrong.append(u"no sentence: "_s + text);
    // An imperative behind a colon, or in a sentence of its own.
    static const QRegularExpression Advice(
        u"(: |\\. |, or |, then )(check|free|give|choose|restore|try|close|wait|import|run|update|"
        "stop|work|put|look|resume|duplicate)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (!text.contains(Advice))
        wrong.append(u"it does not say what to do: "_s + text);
    return wrong;
}

/// One operation under one kind of fault.
class FaultWalk final {
public:
    FaultWalk(const TrialGround& ground, const Operation& operation, const FaultKind& kind,
              const Untroubled& goal)
        : m_ground(ground)
        , m_operation(operation)
        , m_kind(kind)
        , m_goal(goal)
    {
    }

    /// False when the place was not reached any more.
    bool fail(long at)
    {
        const faults::Plan plan{.below = {}, .mode = m_kind.mode, .error = m_kind.error, .at = at};
        const Trial trial = m_ground.attempt(m_operation, m_goal, plan);
        if (!trial.fault.reached && m_kind.walks)
            return false;
        ++m_faults;
        QStringList findings = trial.findings + faultsOfEnd(trial);
        for (const QString& finding : findings)
            m_findings.append(u"%1, %2 at call %3 (%4 %5): %6"_s.arg(
                m_operation.name, QString::fromUtf16(m_kind.name), QString::number(at),
                QString::fromStdString(trial.fault.call),
                QString::fromStdString(trial.fault.path).section(u'/', -2), finding));
        return true;
    }

    void failEverywhere()
    {
        for (long at = 1; fail(at) && m_kind.walks;)
            ++at;
    }

    [[nodiscard]] int faults() const { return m_faults; }
    [[nodiscard]] int refusals() const { return m_refusals; }
    [[nodiscard]] QStringList findings() const { return m_findings; }

private:
    [[nodiscard]] QStringList faultsOfEnd(const Trial& trial)
    {
        const ChildResult& child = trial.child;
        if (child.tookTooLong)
            return {u"it does not end"_s};
        if (child.signal != 0)
            return {u"it crashes with signal %1: %2"_s.arg(QString::number(child.signal),
                                                           QString::fromUtf8(child.error))};
        if (child.status == 0)
            return trial.state == m_goal.state
                       ? QStringList()
                       : QStringList{u"it ends with 0 and has not done its work"_s};
        ++m_refusals;
        if (child.status != 1)
            return {u"exit status %1"_s.arg(child.status)};
        return faultsOfSentence(child.error);
    }

    const TrialGround& m_ground;
    const Operation& m_operation;
    const FaultKind& m_kind;
    const Untroubled& m_goal;
    int m_faults = 0;
    int m_refusals = 0;
    QStringList m_findings;
};

} // namespace

void failCalls(const TrialGround& ground, const Options& options, Report& report)
{
    Random random(options.seed);
    for (const Operation& operation : operations()) {
        if (!operation.name.contains(options.only))
            continue;
        const Untroubled goal = ground.untroubled(operation);
        int faults = 0;
        int refusals = 0;
        QStringList findings;
        for (const FaultKind& kind : FaultKinds) {
            FaultWalk walk(ground, operation, kind, goal);
            if (options.at > 0)
                walk.fail(options.at);
            else if (options.isShort)
                walk.fail(kind.walks ? 1 + long(random.below(quint64(ground.calls(
                                               operation, {.below = {}, .error = kind.error}))))
                                     : 1);
            else
                walk.failEverywhere();
            faults += walk.faults();
            refusals += walk.refusals();
            findings += walk.findings();
        }
        report.add(u"%1: %2 faults, %3 of them told in a sentence"_s.arg(
                       operation.name, QString::number(faults), QString::number(refusals)),
                   findings);
    }
}

} // namespace espalier::trials
