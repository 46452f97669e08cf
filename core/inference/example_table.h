#pragma once

#include "core/base/feature_description.h"
#include "core/base/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>
#include <memory>
#include <optional>

namespace espalier {

/// Examples for a Predictor out of a csv table: one per row, in columns named like its Input
/// features; other columns are ignored. A cell of an image names a file, from the folder of the
/// table where it does not begin at the root. Reads one row at a time, however long the table is.
class ExampleTable final {
public:
    struct Example {
        qint64 row = 0;                          ///< 1 is the first under the header
        Result<QHash<QString, QVariant>> values; ///< as Predictor::predict() takes them
    };

    /// Errors: no such file, no table, no column for an Input feature.
    [[nodiscard]] static Result<std::unique_ptr<ExampleTable>>
    open(const QString& path, const QList<FeatureDescription>& inputs);
    ~ExampleTable();

    /// Nothing at the end. A row that cannot be read is an Example with an Error; an Error of the
    /// function itself ends the reading.
    [[nodiscard]] Result<std::optional<Example>> next();

    ExampleTable(const ExampleTable&) = delete;
    ExampleTable& operator=(const ExampleTable&) = delete;

private:
    struct Private;
    explicit ExampleTable(std::unique_ptr<Private> privateData);
    std::unique_ptr<Private> d;
};

} // namespace espalier
