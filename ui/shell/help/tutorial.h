#pragma once

#include <QList>
#include <QString>

namespace espalier {

class PredictionService;
class ProjectDocument;

/// One step of "Classifying images of clothes".
struct TutorialStep {
    QString title; ///< "Save a version"
    QString text;  ///< rich text: what to do and why
    bool done = false;

    bool operator==(const TutorialStep&) const = default;
};

/// The steps of the tutorial, ticked by what the project holds: nobody has to say that something
/// is done, and what is undone is open again. Of several experiments the one counts that is
/// furthest. Null while no project is open.
[[nodiscard]] QList<TutorialStep> tutorialSteps(ProjectDocument* document,
                                                const PredictionService* predictions);

} // namespace espalier
