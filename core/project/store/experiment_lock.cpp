#include "core/project/store/experiment_lock.h"

#include "core/base/files.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

// isHeld() takes the lock of a dead process for an instant; a run waits for that to be over.
constexpr int PatienceMs = 300;
// A lock file is written as soon as it is made; one that is not for so long was made by a process
// that was killed in between, and nobody else would ever free it.
constexpr int UnwrittenMs = 2'000;

/// QLockFile ends every line of what it writes, and writes all at once.
bool isWritten(const QString& file)
{
    const Result<QByteArray> content = readFile(file);
    return content && content->endsWith('\n');
}

std::unique_ptr<QLockFile> lockFile(const QString& file)
{
    auto lock = std::make_unique<QLockFile>(file);
    // However long a run lasts: only the end of its process frees it.
    lock->setStaleLockTime(isWritten(file) ? 0 : UnwrittenMs);
    return lock;
}

} // namespace

Result<ExperimentLock> ExperimentLock::acquire(const QString& file, const QString& name)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io, u"Could not make the folder %1: check that its parent may "
                                      "be written."_s.arg(QDir::toNativeSeparators(folder)));
    auto lock = lockFile(file);
    if (lock->tryLock(PatienceMs))
        return ExperimentLock(std::move(lock));
    if (lock->error() == QLockFile::LockFailedError)
        return failure(ErrorCode::Conflict,
                       u"The experiment '%1' is running already, here or in another program: "
                       "wait for it or stop it."_s.arg(name));
    return failure(ErrorCode::Io,
                   u"Could not write %1: check that the folder may be written and "
                   "that the disk is not full."_s.arg(QDir::toNativeSeparators(file)));
}

bool ExperimentLock::isHeld(const QString& file)
{
    if (!QFileInfo::exists(file))
        return false;
    const auto lock = lockFile(file);
    return !lock->tryLock(0) && lock->error() == QLockFile::LockFailedError;
}

RunState settledState(RunState written, bool hasEpochs, const QString& lockFile)
{
    const bool mayBeLeft = isActive(written) || written == RunState::Queued;
    if (!mayBeLeft || ExperimentLock::isHeld(lockFile))
        return written;
    return written == RunState::Queued && !hasEpochs ? RunState::Created : RunState::Stopped;
}

} // namespace espalier
