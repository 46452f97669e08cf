#pragma once

#include "core/base/result.h"
#include "core/dataset/batch_source.h"

#include <array>
#include <memory>
#include <span>

namespace espalier {

/// Gathers one column of a batch. One class per way that values lie in the store; all are
/// immutable, so that any thread may read.
class ColumnReader {
public:
    virtual ~ColumnReader() = default;
    /// Fills `column`, whose shape is set already, reusing its memory.
    virtual void gather(std::span<const RowIndex> rows, BatchColumn& column) const = 0;
};

/// Errors: unknown feature, a feature that has no such form, statistics that cannot be computed.
/// The dataset must outlive the reader.
[[nodiscard]] Result<std::unique_ptr<ColumnReader>>
createColumnReader(const Dataset& dataset, const ColumnRequest& request, ImageLayout layout);

/// What each of the 256 values of a byte is after normalization.
using PixelTable = std::array<float, 256>;
[[nodiscard]] PixelTable normalizedBytes(Normalization normalization,
                                         const FeatureStatistics& statistics);

/// Writes one example of bytes, H×W×C where it has three axes, in the layout asked for.
void writePixels(const quint8* pixels, const Shape& shape, const PixelTable& table,
                 ImageLayout layout, float* values);

} // namespace espalier
