#pragma once

#include "core/base/feature_description.h"
#include "core/base/result.h"
#include "core/dataset/dataset_settings.h"
#include "core/dataset/store/packed_store.h"

#include <optional>
#include <vector>

namespace espalier {

/// A column of a store read as the settings of a feature say. A value of tables; the store must
/// outlive it. All functions may be called from any thread.
class FeatureColumn final {
public:
    /// Errors: the column is not there, or the encoding does not fit it (the sentence says which
    /// does).
    [[nodiscard]] static Result<FeatureColumn> create(const PackedStore& store,
                                                      const FeatureSettings& settings);

    [[nodiscard]] const PackedStore& store() const { return *m_store; }
    [[nodiscard]] const FeatureSettings& settings() const { return m_settings; }
    [[nodiscard]] const FeatureDescription& description() const { return m_description; }
    [[nodiscard]] int column() const { return m_column; }
    [[nodiscard]] const ColumnSchema& schema() const
    {
        return m_store->manifest().columns[m_column];
    }
    /// Whether a row holds one value: a number or a text.
    [[nodiscard]] bool isScalar() const;
    /// Whether a row has classes: Categorical and Binary.
    [[nodiscard]] bool hasClasses() const { return !m_description.classes.isEmpty(); }

    /// Of a feature with classes: the index of the class, -1 for a missing value.
    [[nodiscard]] qint32 classAt(qint64 row) const;
    /// Of a scalar: the number; NaN where it is missing or no number.
    [[nodiscard]] double numberAt(qint64 row) const;
    /// Of Dictionary and Numeric: the number of every text.
    [[nodiscard]] const std::vector<double>& numberOfCode() const { return m_numberOfCode; }
    /// The cell for people; empty where it is missing, the shape where it is no scalar.
    [[nodiscard]] QString textAt(qint64 row) const;

private:
    FeatureColumn(const PackedStore& store, int column, const FeatureSettings& settings);

    [[nodiscard]] Status describeNumeric();
    [[nodiscard]] Status describeImage();
    [[nodiscard]] Status describeCategorical();
    [[nodiscard]] Status describeBinary();
    [[nodiscard]] Status describeText();
    [[nodiscard]] Status describeBinaryNumber();
    [[nodiscard]] double elementAt(qint64 index) const;
    /// Sorted; nothing when there are more than `limit`.
    [[nodiscard]] std::optional<std::vector<double>> distinctNumbers(size_t limit) const;

    const PackedStore* m_store;
    int m_column;
    FeatureSettings m_settings;
    FeatureDescription m_description;
    std::vector<qint32> m_classOfCode;
    std::vector<double> m_numberOfCode;
    std::vector<double> m_classNumbers; ///< sorted; of Binary the one that is positive
};

/// "12" for 12.0, else the shortest text that reads back as the same number; empty for NaN.
[[nodiscard]] QString numberText(double number);

/// Element `index` of a Tensor's values.
[[nodiscard]] double tensorElement(std::span<const std::byte> values, ElementType type,
                                   qint64 index);

} // namespace espalier
