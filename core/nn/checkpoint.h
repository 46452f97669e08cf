#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace espalier {

enum class TensorType { Float32, Int64 };

/// A tensor by value: little-endian elements, row-major.
struct NamedTensor {
    QString name; ///< "3.weight" (block id, parameter), "optimizer.3.weight.exp_avg"
    TensorType type = TensorType::Float32;
    QList<qint64> sizes;
    QByteArray data;

    bool operator==(const NamedTensor&) const = default;
};

/// Weights, and what an optimizer keeps, at the end of an epoch. The file is in the safetensors
/// format (huggingface/safetensors): a length, a JSON header, raw data; reading one runs no code.
struct Checkpoint {
    QList<NamedTensor> tensors;
    QJsonObject metadata; ///< "epoch", "format", ...: texts only in the file

    [[nodiscard]] const NamedTensor* find(const QString& name) const;
    bool operator==(const Checkpoint&) const = default;
};

[[nodiscard]] QByteArray encodeCheckpoint(const Checkpoint& checkpoint);
/// Refuses what does not add up (lengths, overlaps, types) with a sentence; takes any bytes.
[[nodiscard]] Result<Checkpoint> decodeCheckpoint(const QByteArray& bytes);

[[nodiscard]] Status writeCheckpoint(const QString& path, const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> readCheckpoint(const QString& path);

} // namespace espalier
