#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QtGlobal>

namespace espalier {

struct ClassScores {
    QString name;
    double precision = 0; ///< correct / predicted as it; 0 where never predicted
    double recall = 0;    ///< correct / actual
    double f1 = 0;        ///< harmonic mean of both
    qint64 support = 0;   ///< actual

    bool operator==(const ClassScores&) const = default;
};

/// Counts of actual (rows) against predicted (columns) classes; a value.
class ConfusionMatrix final {
public:
    ConfusionMatrix() = default;
    explicit ConfusionMatrix(QStringList classes);

    /// Ignored where a class is not one of the matrix (-1: the target is missing).
    void add(qint64 actual, qint64 predicted, qint64 count = 1);

    [[nodiscard]] const QStringList& classes() const { return m_classes; }
    [[nodiscard]] qint64 size() const { return m_classes.size(); }
    [[nodiscard]] qint64 at(qint64 actual, qint64 predicted) const;
    [[nodiscard]] qint64 actualCount(qint64 actual) const;
    [[nodiscard]] qint64 predictedCount(qint64 predicted) const;
    [[nodiscard]] qint64 total() const;
    [[nodiscard]] double accuracy() const; ///< trace / total; 0 when empty
    [[nodiscard]] QList<ClassScores> classScores() const;

    bool operator==(const ConfusionMatrix&) const = default;

private:
    QStringList m_classes;
    QList<qint64> m_counts; ///< row-major
};

} // namespace espalier
