#pragma once

#include "core/base/feature_description.h"
#include "core/base/issue.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/dataset_settings.h"

#include <QImage>
#include <QList>
#include <QString>
#include <memory>
#include <stop_token>
#include <vector>

namespace espalier {

class FeatureColumn;
class PackedStore;

/// Number of a row of a source, counted from 0.
using RowIndex = quint32;

/// A histogram of a feature: for numbers and pixels equal-width bins from minimum to maximum,
/// for classes one bin per class.
struct Histogram {
    double minimum = 0;
    double maximum = 0;
    QStringList labels; ///< of classes
    QList<qint64> counts;
};

/// A dataset version ready to be read: a packed store seen through settings. Immutable; every
/// function may be called from any thread. Statistics and the rows of subsets are computed at first
/// use and kept.
class Dataset final {
public:
    /// Errors: a feature whose column is not in the store, an encoding that does not fit it, a
    /// subset condition on an unknown feature.
    [[nodiscard]] static Result<std::shared_ptr<const Dataset>>
    open(std::shared_ptr<const PackedStore> store, DatasetSettings settings);
    ~Dataset();

    [[nodiscard]] const DatasetSettings& settings() const;
    [[nodiscard]] const PackedStore& store() const;
    [[nodiscard]] qint64 rows() const;

    /// One per feature of the settings, in the same order.
    [[nodiscard]] const QList<FeatureDescription>& features() const;
    [[nodiscard]] int featureIndex(const QString& name) const;
    /// For the readers of this module.
    [[nodiscard]] const FeatureColumn& column(int feature) const;

    /// The rows of a subset, ascending. An Error names the subsets that exist when `name` does not.
    [[nodiscard]] Result<std::vector<RowIndex>> subsetRows(const QString& name) const;
    /// Overlaps between subsets, empty subsets (Error), missing values, more than 2,000 classes;
    /// classes without a row in the subset that normalizes (Hint).
    [[nodiscard]] QList<Issue> issues() const;

    /// Over the subset that normalizes (frozen ones where the version is saved).
    [[nodiscard]] Result<FeatureStatistics> statistics(int feature) const;
    /// Over any rows; used for class weights.
    [[nodiscard]] Result<FeatureStatistics> statisticsOf(int feature,
                                                         const std::vector<RowIndex>& rows) const;
    /// Over all rows; of images that must be decoded, over 2,000 evenly spread ones.
    [[nodiscard]] Result<Histogram> histogram(int feature, int bins = 32) const;
    /// The settings with the statistics of every feature written in: what saving a version stores.
    [[nodiscard]] Result<DatasetSettings> frozenSettings() const;

    /// Decodes and transforms images once, into files beside the source from which batches are then
    /// read. A BatchSource does that by itself for what it reads; call it before where progress
    /// (bytes and rows of one feature) or cancelling is wanted.
    [[nodiscard]] Status prepareImages(const ProgressSink& progress = {},
                                       std::stop_token stop = {}) const;

    /// The value of a cell as text; for images "28×28×1".
    [[nodiscard]] QString cellText(int feature, RowIndex row) const;
    /// The image of a cell as it is in the source.
    [[nodiscard]] Result<QImage> cellImage(int feature, RowIndex row) const;

    Dataset(const Dataset&) = delete;
    Dataset& operator=(const Dataset&) = delete;

private:
    struct Private;
    explicit Dataset(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
