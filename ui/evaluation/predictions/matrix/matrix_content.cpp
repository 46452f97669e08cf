#include "ui/evaluation/predictions/matrix/matrix_content.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

struct Sums {
    std::vector<qint64> rows;
    std::vector<qint64> columns;
};

Sums sumsOf(const ConfusionMatrix& matrix)
{
    const auto size = size_t(matrix.size());
    Sums sums{std::vector<qint64>(size), std::vector<qint64>(size)};
    for (size_t row = 0; row < size; ++row)
        for (size_t column = 0; column < size; ++column) {
            const qint64 count = matrix.at(qint64(row), qint64(column));
            sums.rows[row] += count;
            sums.columns[column] += count;
        }
    return sums;
}

double share(qint64 part, qint64 whole)
{
    return whole > 0 ? double(part) / double(whole) : 0;
}

double valueIn(MatrixUnit unit, qint64 count, qint64 rowSum, qint64 columnSum)
{
    switch (unit) {
    case MatrixUnit::Counts:
        return double(count);
    case MatrixUnit::OfActual:
        return share(count, rowSum);
    case MatrixUnit::OfPredicted:
        return share(count, columnSum);
    }
    return 0;
}

/// "8.3" below ten per cent, "64" above; the sign stands in the heading.
QString bareShareText(double share)
{
    const double percent = share * 100;
    if (percent < 0.05)
        return u"<"_s + QLocale().toString(0.1, 'f', 1);
    return QLocale().toString(percent, 'f', percent < 9.95 ? 1 : 0);
}

} // namespace

MatrixScale scaleOf(const ConfusionMatrix& matrix, MatrixUnit unit)
{
    const Sums sums = sumsOf(matrix);
    MatrixScale scale;
    for (qint64 row = 0; row < matrix.size(); ++row)
        for (qint64 column = 0; column < matrix.size(); ++column) {
            double& end = row == column ? scale.right : scale.wrong;
            end = std::max(end, valueIn(unit, matrix.at(row, column), sums.rows[size_t(row)],
                                        sums.columns[size_t(column)]));
        }
    return scale;
}

MatrixScale joined(const MatrixScale& a, const MatrixScale& b)
{
    return {std::max(a.right, b.right), std::max(a.wrong, b.wrong)};
}

QString scaleEndText(double end, MatrixUnit unit)
{
    return unit == MatrixUnit::Counts ? countText(std::llround(end)) : percentText(end);
}

ConfusionContent::ConfusionContent(ConfusionMatrix matrix, MatrixUnit unit)
    : ConfusionContent(matrix, unit, scaleOf(matrix, unit))
{
}

ConfusionContent::ConfusionContent(ConfusionMatrix matrix, MatrixUnit unit,
                                   const MatrixScale& scale)
    : m_matrix(std::move(matrix))
    , m_unit(unit)
    , m_scale(scale)
{
    Sums sums = sumsOf(m_matrix);
    m_rowSums = std::move(sums.rows);
    m_columnSums = std::move(sums.columns);
}

double ConfusionContent::number(MatrixCell cell) const
{
    return valueIn(m_unit, m_matrix.at(cell.row, cell.column), m_rowSums[size_t(cell.row)],
                   m_columnSums[size_t(cell.column)]);
}

HeatValue ConfusionContent::value(MatrixCell cell) const
{
    const qint64 count = m_matrix.at(cell.row, cell.column);
    const Ramp ramp = cell.isDiagonal() ? Ramp::Right : Ramp::Wrong;
    if (count == 0)
        return {{}, ramp, 0};
    const double shown = number(cell);
    const double end = cell.isDiagonal() ? m_scale.right : m_scale.wrong;
    const double level = end > 0 ? std::clamp(shown / end, 0.0, 1.0) : 0;
    return {m_unit == MatrixUnit::Counts ? countText(count) : bareShareText(shown), ramp,
            cell.isDiagonal() ? level : std::sqrt(level)};
}

QString ConfusionContent::description(MatrixCell cell) const
{
    const qint64 count = m_matrix.at(cell.row, cell.column);
    const auto precise = [](double share) {
        return QLocale().toString(share * 100, 'f', 1) + u" %"_s;
    };
    return QStringList{tr("Actual %1").arg(oneLine(classes().at(cell.row))),
                       tr("Predicted %1").arg(oneLine(classes().at(cell.column))),
                       count == 1 ? tr("1 example") : tr("%1 examples").arg(countText(count)),
                       tr("%1 of actual, %2 of predicted")
                           .arg(precise(shareOfActual(cell)), precise(shareOfPredicted(cell)))}
        .join(QChar(u'\n'));
}

QString ConfusionContent::rowSum(int row) const
{
    return countText(m_rowSums[size_t(row)]);
}

QString ConfusionContent::columnSum(int column) const
{
    return countText(m_columnSums[size_t(column)]);
}

QString ConfusionContent::total() const
{
    return countText(m_matrix.total());
}

double ConfusionContent::shareOfActual(MatrixCell cell) const
{
    return share(m_matrix.at(cell.row, cell.column), m_rowSums[size_t(cell.row)]);
}

double ConfusionContent::shareOfPredicted(MatrixCell cell) const
{
    return share(m_matrix.at(cell.row, cell.column), m_columnSums[size_t(cell.column)]);
}

} // namespace espalier
