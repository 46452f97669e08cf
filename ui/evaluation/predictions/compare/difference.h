#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/evaluation/predictions/matrix/matrix_selection.h"

#include <QCoreApplication>
#include <QString>

namespace espalier {

/// Two sets of predictions of the same rows, the first minus the second.
struct PredictionPair {
    PredictionsPtr first;
    PredictionsPtr second;
    QString firstName;
    QString secondName;
};

/// Why two sets cannot be subtracted from each other, as a sentence; empty: they can.
[[nodiscard]] QString whyNotComparable(const PredictionPair& pair);

/// The difference of two confusion matrices of the same classes. The number is first − second,
/// signed; the colour says who is better: more on the diagonal, fewer elsewhere.
class DifferenceContent final : public MatrixContent {
    Q_DECLARE_TR_FUNCTIONS(DifferenceContent)

public:
    DifferenceContent(ConfusionMatrix first, ConfusionMatrix second, QString firstName,
                      QString secondName);

    [[nodiscard]] const QStringList& classes() const override { return m_first.classes(); }
    [[nodiscard]] HeatValue value(MatrixCell cell) const override;
    [[nodiscard]] QString description(MatrixCell cell) const override;
    [[nodiscard]] qint64 difference(MatrixCell cell) const;

private:
    ConfusionMatrix m_first;
    ConfusionMatrix m_second;
    QString m_firstName;
    QString m_secondName;
    qint64 m_largest = 0; ///< of the absolute differences
};

/// Examples behind the selected cells that one of the two got right and the other wrong: those that
/// make up the difference. Of a cell off the diagonal, the rows that the one with more of this
/// mistake predicted so while the other is right; of one on it, the rows of the class that the one
/// with more hits got right and the other did not. A difference of 0 takes both directions.
/// Places in the predictions of the first.
[[nodiscard]] ExampleList differingExamples(const PredictionPair& pair,
                                            const MatrixSelection& selection);

} // namespace espalier
