#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"

#include <QStringList>
#include <ctime>

namespace espalier {

/// Predictions made up for tests: reproducible, with data behind them.

/// Names of clothes for up to ten classes, else numbered ones.
[[nodiscard]] QStringList sampleClasses(int count);
/// About 85 % are right; errors cluster at neighbouring classes. Images of 28×28 pixels.
[[nodiscard]] PredictionsPtr classSample(int classes, int rows, quint64 seed = 1);
/// Two overlapping heaps of scores; no images but two numbers.
[[nodiscard]] PredictionsPtr binarySample(int rows);
/// A price with an error that grows with it.
[[nodiscard]] PredictionsPtr numberSample(int rows);

/// Time that this process has computed, whatever else the machine is busy with.
class CpuTimer final {
public:
    [[nodiscard]] double milliseconds() const
    {
        return double(std::clock() - m_start) * 1000 / CLOCKS_PER_SEC;
    }

private:
    std::clock_t m_start = std::clock();
};

/// A matrix of given counts, row by row.
[[nodiscard]] ConfusionMatrix matrixOf(const QStringList& classes, const QList<qint64>& counts);

} // namespace espalier
