#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset_settings.h"

#include <QPointer>
#include <QWidget>
#include <functional>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace espalier {

class DatasetDocument;
class FeatureSummaries;
class FormRows;
class SegmentedControl;
class TextLabel;

/// The settings of one feature of a dataset version. Every change is one undo step of the document;
/// what it refuses stands as a sentence under the field. A saved version shows plain text.
/// Document and summaries outlive what is shown of them: setFeature(nullptr, …) before they go.
class FeatureForm final : public QWidget {
    Q_OBJECT
public:
    explicit FeatureForm(FeatureSummaries& summaries, QWidget* parent = nullptr);

    /// `document` null or `feature` < 0: shows nothing.
    void setFeature(DatasetDocument* document, int feature);
    /// Reads the settings of the document again.
    void refresh();

private:
    /// What decides which rows there are.
    struct Layout {
        bool editable = false;
        Encoding encoding = Encoding::Numeric;
        bool transformed = false;
        bool operator==(const Layout&) const = default;
    };
    using Change = std::function<void(FeatureSettings&)>;

    [[nodiscard]] const FeatureSettings& settings() const;
    [[nodiscard]] Layout wantedLayout() const;
    void rebuild();
    void replaceRows();
    void rename();
    void addEditableRows();
    void addImageRows();
    void addSizeRow();
    void addPositiveClassRow();
    void addPlainRows();
    void showValues();
    void showStatistics();
    [[nodiscard]] QStringList classes() const;
    template <typename E>
    QComboBox* addChoice(const QString& label, const QString& key, const QString& undoText);
    [[nodiscard]] QSpinBox* createSide(const QString& name, int FeatureSettings::*side);

    void set(QWidget* field, const QString& undoText, const QString& key, const QString& value);
    void edit(QWidget* field, const QString& undoText, const Change& change,
              const QString& mergeKey = {});
    void showOutcome(QWidget* field, const Status& status);
    void setTransformation(QWidget* field, ImageTransformation transformation);

    FeatureSummaries& m_summaries;
    QPointer<DatasetDocument> m_document;
    int m_feature = -1;
    Layout m_built;
    FormRows* m_rows;
    TextLabel* m_statistics = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_encoding = nullptr;
    QComboBox* m_normalization = nullptr;
    QComboBox* m_transformation = nullptr;
    QComboBox* m_positiveClass = nullptr;
    SegmentedControl* m_colorMode = nullptr;
    QSpinBox* m_width = nullptr;
    QSpinBox* m_height = nullptr;
};

} // namespace espalier
