#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QImage>
#include <QString>
#include <QStringList>
#include <stop_token>

namespace espalier {

/// The embedded sample: ten classes of garments drawn by this program, a small cousin of
/// Fashion-MNIST that needs no network. Same seed, same pixels, on every platform.
struct SampleClothesOptions {
    int examples = 7000; ///< the same number of each class
    quint64 seed = 1;
};

[[nodiscard]] QStringList sampleClothesClasses();

/// One garment, 28×28 grey. `garment` is the index of its class.
[[nodiscard]] QImage drawGarment(int garment, quint64 seed);

/// Writes a zip with index.csv (columns image, category) and one png per example.
[[nodiscard]] Status writeSampleClothes(const QString& zipPath,
                                        const SampleClothesOptions& options = {},
                                        const ProgressSink& progress = {},
                                        std::stop_token stop = {});

} // namespace espalier
