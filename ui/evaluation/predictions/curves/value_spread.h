#pragma once

#include "core/project/jobs/prediction_service.h"

#include <QList>
#include <QPointF>

namespace espalier {

/// Predicted over actual values of a numeric target, few enough to draw and to see where they are
/// dense: of many points an even share, and all that stand almost alone. Values that are no number
/// are left out. `most`: of the even share; those that stand alone come on top.
[[nodiscard]] QList<QPointF> scatterPoints(const EvaluationResult& result, qsizetype most = 3000);

/// How the errors (predicted minus actual) are distributed: bins of equal width, 0 at the border of
/// two; what lies beyond the 0.1th and 99.9th per cent counts to the outermost.
struct ErrorHistogram {
    double first = 0; ///< where the first bin begins
    double width = 0; ///< of a bin
    QList<qint64> counts;

    [[nodiscard]] bool isEmpty() const { return counts.isEmpty(); }
};
[[nodiscard]] ErrorHistogram errorHistogram(const EvaluationResult& result, int bins = 40);

} // namespace espalier
