#pragma once

#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/dataset/dataset.h"

#include <QList>
#include <QString>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace espalier {

/// What a network reads of a feature.
enum class ColumnForm {
    Values,    ///< normalized floats; classes one-hot
    ClassIndex ///< Categorical, Binary: index of the class
};

/// Order of the floats of an image, or of any values in H×W×C, in a batch. Other shapes are the
/// same in both.
enum class ImageLayout {
    ChannelsFirst, ///< N×C×H×W
    ChannelsLast   ///< N×H×W×C
};

/// What ColumnForm::Values gives for a value that is missing: 0, with which an input can be
/// computed (after normalization; the mean under Standardization; no class), or NaN, by which
/// losses and metrics see that a target is not known.
enum class MissingValue { Zero, NaN };

struct ColumnRequest {
    QString feature;
    ColumnForm form = ColumnForm::Values;
    MissingValue missing = MissingValue::Zero;
};

/// One feature of a batch.
struct BatchColumn {
    Shape shape;                 ///< of one example, H×W×C for images whatever the layout
    std::vector<float> values;   ///< size × elements, example after example; of Values
    std::vector<qint64> classes; ///< size; of ClassIndex; -1 for a missing value
};

/// Some examples, in the order of the request's columns.
struct Batch {
    qint64 size = 0;
    std::vector<RowIndex> rows; ///< where each example comes from
    std::vector<BatchColumn> columns;
};

struct BatchRequest {
    QList<ColumnRequest> columns;
    std::vector<RowIndex> rows;
    qint64 batchSize = 32;
    ImageLayout layout = ImageLayout::ChannelsFirst;
    /// Whether the rows are read in a new random order in every epoch.
    bool shuffle = false;
    quint64 seed = 1; ///< data access seed
};

/// Builds the batches of an epoch, normalization in the gather. While the caller
/// works on one batch, the next is gathered on a thread of its own; at most two are in memory.
///
/// Use from one thread:
/// @code
///   auto source = BatchSource::create(dataset, request);
///   source->startEpoch(3);
///   while (const Batch* batch = source->next())
///       train(*batch);
/// @endcode
class BatchSource final {
public:
    /// Images that must be decoded are so once, here (see Dataset::prepareImages).
    /// Errors: unknown feature, a feature that has no form for a network, no row, an image that
    /// cannot be read, Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<BatchSource>>
    create(std::shared_ptr<const Dataset> dataset, BatchRequest request, std::stop_token stop = {});
    ~BatchSource();

    [[nodiscard]] qint64 rows() const;
    [[nodiscard]] qint64 batchesPerEpoch() const; ///< the last may be smaller

    /// Begins epoch `epoch` at batch `firstBatch` (both from 0). The order depends on seed and
    /// epoch alone.
    void startEpoch(qint64 epoch, qint64 firstBatch = 0);
    /// The next batch, or null at the end of the epoch. It is valid until the next call. Missing
    /// values are as the request says, missing class indices -1. Throws std::bad_alloc where the
    /// memory for a batch is not there.
    [[nodiscard]] const Batch* next();

    BatchSource(const BatchSource&) = delete;
    BatchSource& operator=(const BatchSource&) = delete;

private:
    struct Private;
    explicit BatchSource(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// One batch of exactly these rows, on the calling thread.
[[nodiscard]] Result<Batch> gatherBatch(const Dataset& dataset, const QList<ColumnRequest>& columns,
                                        std::span<const RowIndex> rows,
                                        ImageLayout layout = ImageLayout::ChannelsFirst);

/// An image from outside the dataset as its feature wants it: colour mode, transformation and
/// normalization applied, in `shape` (H×W×C); bit for bit what a batch has for the same image.
/// Where no transformation is set, an image of another size is resized. Needs no data, so that a
/// model can travel alone.
[[nodiscard]] Result<std::vector<float>>
encodeImage(const FeatureSettings& feature, const FeatureStatistics& statistics, const Shape& shape,
            const QImage& image, ImageLayout layout = ImageLayout::ChannelsFirst);

} // namespace espalier
