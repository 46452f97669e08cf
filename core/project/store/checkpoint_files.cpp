#include "core/project/store/checkpoint_files.h"

#include "core/base/files.h"
#include "core/base/logging.h"
#include "core/project/store/names.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString checksumOf(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Result<CheckpointRecord> writeBytes(const QString& file, int epoch, const QByteArray& bytes)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io, u"Could not make the folder %1: check that its parent may "
                                      "be written."_s.arg(QDir::toNativeSeparators(folder)));
    return writeFileAtomically(file, bytes).map([&] {
        return CheckpointRecord{epoch, file, checksumOf(bytes), bytes.size(), false};
    });
}

Result<QByteArray> readVerified(const CheckpointRecord& record)
{
    const QString name = QDir::toNativeSeparators(record.file);
    if (!QFileInfo::exists(record.file))
        return failure(ErrorCode::NotFound,
                       u"The checkpoint file %1 is missing: choose another checkpoint, or run the "
                       "experiment again."_s.arg(name));
    const Result<QByteArray> bytes = readFile(record.file);
    if (bytes && checksumOf(*bytes) != record.checksum)
        return failure(ErrorCode::InvalidInput,
                       u"The checkpoint file %1 is damaged (its checksum differs): choose another "
                       "checkpoint, or restore the file from a backup."_s.arg(name));
    return bytes;
}

} // namespace

Result<CheckpointRecord> writeCheckpointFile(const ProjectFolder& folder, ExperimentId id,
                                             int epoch, const Checkpoint& checkpoint)
{
    return writeBytes(folder.checkpoint(id, epoch), epoch, encodeCheckpoint(checkpoint));
}

Result<Checkpoint> loadCheckpointFile(const CheckpointRecord& record)
{
    return readVerified(record).and_then(&decodeCheckpoint);
}

Result<CheckpointRecord> copyToStartWeights(const ProjectFolder& folder,
                                            const CheckpointRecord& record)
{
    return readVerified(record).and_then([&](const QByteArray& bytes) {
        return writeBytes(folder.freshStartWeights(), record.epoch, bytes);
    });
}

void removeFiles(const QStringList& files)
{
    for (const QString& file : files)
        if (!file.isEmpty() && QFileInfo::exists(file) && !QFile::remove(file))
            logWarning(u"Could not delete %1."_s.arg(QDir::toNativeSeparators(file)));
}

Result<CheckpointRecord> findCheckpoint(const ExperimentRecord& record, const QString& which)
{
    if (record.checkpoints.isEmpty())
        return failure(ErrorCode::NotFound,
                       u"'%1' has no checkpoint yet: run it first."_s.arg(record.name));
    int epoch = which.trimmed().toInt();
    if (which.compare(u"best"_s, Qt::CaseInsensitive) == 0)
        epoch = record.bestEpoch();
    else if (which.compare(u"last"_s, Qt::CaseInsensitive) == 0)
        epoch = record.checkpoints.last().epoch;
    const auto found = std::ranges::find(record.checkpoints, epoch, &CheckpointRecord::epoch);
    if (found != record.checkpoints.end())
        return *found;
    QStringList kept;
    for (const CheckpointRecord& checkpoint : record.checkpoints)
        kept.append(QString::number(checkpoint.epoch));
    return failure(
        ErrorCode::NotFound,
        u"'%1' has no checkpoint '%2': give best, last or an epoch that is kept (%3)."_s.arg(
            record.name, which, listOfNames(kept)));
}

QList<CheckpointRecord> checkpointsToDrop(const ExperimentRecord& record)
{
    const int every = record.settings.checkpoints.every;
    const int best = record.bestEpoch();
    QList<CheckpointRecord> dropped;
    for (const CheckpointRecord& checkpoint : record.checkpoints) {
        const bool last = checkpoint.epoch == record.checkpoints.last().epoch;
        const bool regular = every > 0 && checkpoint.epoch % every == 0;
        if (!last && !regular && checkpoint.epoch != best)
            dropped.append(checkpoint);
    }
    return dropped;
}

} // namespace espalier
