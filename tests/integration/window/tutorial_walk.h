#pragma once

#include <QString>
#include <QUrl>

namespace espalier {

class Hands;

/// What the tutorial is followed with.
struct TutorialPlan {
    QUrl link;          ///< of a zip with the columns image and category
    QString rows;       ///< "70,000 rows"
    QString subsetRows; ///< of Training: "56,000 rows"
    QString shape;      ///< "28×28×1"
    QString actual;     ///< of the cell of the confusion matrix that is looked into
    QString predicted;
    QString nodes; ///< the number of classes
    QString batchSize;
    QString epochs;
    int importTime = 60'000; ///< ms at most
    int runTime = 60'000;    ///< ms at most, of one run
    QString pictures;        ///< begins their names
};

/// The tutorial "Classifying images of clothes" in a window that shows Projects, step by step, up
/// to the comparison of both experiments. Fails the running test where a step does not do what it
/// should. `bestAccuracy`: validation accuracy of the first run's best epoch, as the list shows it.
void walkTutorial(Hands& hands, const TutorialPlan& plan, double& bestAccuracy);

} // namespace espalier
