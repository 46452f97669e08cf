#pragma once

#include <QList>
#include <QString>

namespace espalier {

class BenchProject;

/// One measured thing against what it may be at most.
struct Figure {
    QString what;
    double value = 0;
    double limit = 0;
    QString unit;
    QString note{};

    [[nodiscard]] bool isOver() const { return value > limit; }
};

/// Each opens what it needs on the project and leaves nothing running behind.
[[nodiscard]] QList<Figure> measureStalls(const BenchProject& project);
[[nodiscard]] QList<Figure> measureStop(const BenchProject& project);
[[nodiscard]] QList<Figure> measureDrawing(const BenchProject& project);
[[nodiscard]] QList<Figure> measureDataset(const BenchProject& project);
[[nodiscard]] QList<Figure> measureProgram(const BenchProject& project);
[[nodiscard]] QList<Figure> measureRounds(const BenchProject& project);
[[nodiscard]] QList<Figure> measureProjects(const BenchProject& project);

} // namespace espalier
