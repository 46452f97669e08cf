#pragma once

#include "core/project/jobs/prediction_service.h"

#include <QList>
#include <QPointF>

namespace espalier {

/// Predicted over actual values of a numeric target: of many points in one place one stays, so that
/// 100,000 look like all of them and draw like a few thousand. Values that are no number are left
/// out. `cells`: of the grid that decides what one place is, along each side.
[[nodiscard]] QList<QPointF> scatterPoints(const EvaluationResult& result, int cells = 160);

/// How the errors (predicted minus actual) are distributed: bins of equal width, 0 at the border of
/// two; what lies beyond the 0.5th and 99.5th per cent counts to the outermost.
struct ErrorHistogram {
    double first = 0; ///< where the first bin begins
    double width = 0; ///< of a bin
    QList<qint64> counts;

    [[nodiscard]] bool isEmpty() const { return counts.isEmpty(); }
};
[[nodiscard]] ErrorHistogram errorHistogram(const EvaluationResult& result, int bins = 40);

} // namespace espalier
