#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace espalier::trials {

/// A workspace after something went wrong with it, or right.
struct Examination {
    QStringList findings; ///< what must not be: sentences; empty when all is sound
    /// All that a person would miss, without times: by "P/D@1", "P/E" and "P", and the files that
    /// were exported. Weights are there as digests of their values.
    QJsonObject state;
};

/// Makes everything in the workspace old, opens every project in it (which sweeps), and looks: are
/// the databases sound, is every file that they name whole, is there none that they do not name? To
/// be called in a child (see inChild()), where it writes its answer to standard output.
[[nodiscard]] int writeExamination(const QString& workspace);

/// writeExamination() in a child, read.
[[nodiscard]] Examination examine(const QString& workspace);

/// Whether the two states differ in nothing but what belongs to one of `touched`.
[[nodiscard]] QStringList lostOrChanged(const QJsonObject& before, const QJsonObject& after,
                                        const QStringList& touched);

} // namespace espalier::trials
