#pragma once

#include "core/base/feature_description.h"
#include "core/base/shape.h"

#include <QImage>
#include <QList>
#include <QString>
#include <functional>

namespace espalier {

/// A column of an import, as it looks so far.
struct PreviewColumn {
    QString name;
    Encoding encoding = Encoding::Numeric; ///< detected
    Shape shape;                           ///< empty for texts

    bool operator==(const PreviewColumn&) const = default;
};

struct PreviewCell {
    QString text;   ///< as Dataset::cellText() will give it
    QImage picture; ///< of an image; no side longer than PictureSide
};

/// The first rows of an import that is still at work, so that a person sees what comes; a value.
/// Row i is row i of the dataset that is made of it.
struct ImportPreview {
    static constexpr qsizetype MostRows = 300;
    static constexpr qsizetype MostCells = 30'000; ///< of very wide tables: fewer rows
    static constexpr int PictureSide = 80;         ///< pixels

    QList<PreviewColumn> columns;
    QList<QList<PreviewCell>> rows;
};

/// Called from the thread that imports as soon as there are more rows to see. Fewer rows than
/// before: the import has started over.
using PreviewSink = std::function<void(const ImportPreview&)>;

} // namespace espalier
