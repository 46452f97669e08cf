#pragma once

#include <QPointer>
#include <QWidget>

namespace espalier {

class DatasetDocument;
class FeatureForm;
class FeatureSummaries;
class HeaderBar;
class IconLabel;
class SubsetReporter;
class SubsetsPanel;
class TextLabel;

/// The right column of the Datasets view: the settings of the selected feature, and the subsets.
class DatasetInspector final : public QWidget {
    Q_OBJECT
public:
    DatasetInspector(FeatureSummaries& summaries, SubsetReporter& reporter,
                     QWidget* parent = nullptr);

    /// Null: empty.
    void setDocument(DatasetDocument* document);
    void setFeature(int feature); ///< -1: none
    /// Reads document and feature again, after an edit.
    void refresh();
    [[nodiscard]] SubsetsPanel& subsets() { return *m_subsets; }

private:
    [[nodiscard]] HeaderBar* createHeader();
    [[nodiscard]] QWidget* createContent(FeatureSummaries& summaries, SubsetReporter& reporter);
    void showHeader();

    QPointer<DatasetDocument> m_document;
    int m_feature = -1;
    IconLabel* m_icon;
    TextLabel* m_title;
    TextLabel* m_position;
    QWidget* m_content;
    FeatureForm* m_form;
    TextLabel* m_noFeature;
    SubsetsPanel* m_subsets;
};

} // namespace espalier
