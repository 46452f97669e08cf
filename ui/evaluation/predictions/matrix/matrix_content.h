#pragma once

#include "core/evaluation/confusion_matrix.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <compare>
#include <vector>

namespace espalier {

/// A place in a matrix: the row is the actual class, the column the predicted one.
struct MatrixCell {
    int row = 0;
    int column = 0;

    [[nodiscard]] bool isDiagonal() const { return row == column; }
    auto operator<=>(const MatrixCell&) const = default;
};

/// What the numbers of a confusion matrix are.
enum class MatrixUnit { Counts, OfActual, OfPredicted };

/// How one cell is painted; without text it is Sunken and empty.
struct HeatValue {
    QString text;
    Ramp ramp = Ramp::Right;
    double level = 0; ///< 0..1 along the ramp

    bool operator==(const HeatValue&) const = default;
};

/// What a MatrixView shows. Immutable.
class MatrixContent {
public:
    virtual ~MatrixContent() = default;
    [[nodiscard]] virtual const QStringList& classes() const = 0;
    [[nodiscard]] virtual HeatValue value(MatrixCell cell) const = 0;
    /// A few lines, for the hover and the screen reader: both classes, every number of the cell.
    [[nodiscard]] virtual QString description(MatrixCell cell) const = 0;
    [[nodiscard]] virtual bool hasSums() const { return false; }
    [[nodiscard]] virtual QString rowSum(int /*row*/) const { return {}; }
    [[nodiscard]] virtual QString columnSum(int /*column*/) const { return {}; }
    [[nodiscard]] virtual QString total() const { return {}; }

    [[nodiscard]] int size() const { return int(classes().size()); }
};

/// The largest value on the diagonal and the largest off it: where the two ramps end.
struct MatrixScale {
    double right = 0;
    double wrong = 0;

    bool operator==(const MatrixScale&) const = default;
};

/// Counts, or shares 0..1 of the row or column.
[[nodiscard]] MatrixScale scaleOf(const ConfusionMatrix& matrix, MatrixUnit unit);
/// One scale for matrices that stand beside each other.
[[nodiscard]] MatrixScale joined(const MatrixScale& a, const MatrixScale& b);
/// Where a scale ends, in words: "1,445" or "93 %".
[[nodiscard]] QString scaleEndText(double end, MatrixUnit unit);

/// A confusion matrix as a heat map: hits and errors have a ramp each, so that 20 errors stay
/// visible beside 1,400 hits.
class ConfusionContent final : public MatrixContent {
    Q_DECLARE_TR_FUNCTIONS(ConfusionContent)

public:
    ConfusionContent(ConfusionMatrix matrix, MatrixUnit unit);
    ConfusionContent(ConfusionMatrix matrix, MatrixUnit unit, const MatrixScale& scale);

    [[nodiscard]] const ConfusionMatrix& matrix() const { return m_matrix; }
    [[nodiscard]] const QStringList& classes() const override { return m_matrix.classes(); }
    [[nodiscard]] HeatValue value(MatrixCell cell) const override;
    [[nodiscard]] QString description(MatrixCell cell) const override;
    [[nodiscard]] bool hasSums() const override { return true; }
    [[nodiscard]] QString rowSum(int row) const override;
    [[nodiscard]] QString columnSum(int column) const override;
    [[nodiscard]] QString total() const override;

    [[nodiscard]] double shareOfActual(MatrixCell cell) const; ///< 0 where the row is empty
    [[nodiscard]] double shareOfPredicted(MatrixCell cell) const;

private:
    [[nodiscard]] double number(MatrixCell cell) const;

    ConfusionMatrix m_matrix;
    MatrixUnit m_unit;
    std::vector<qint64> m_rowSums;
    std::vector<qint64> m_columnSums;
    MatrixScale m_scale;
};

} // namespace espalier
