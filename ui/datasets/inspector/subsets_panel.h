#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset_settings.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QListView;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace espalier {

class DatasetDocument;
class SubsetBar;
class SubsetDialog;
class SubsetListModel;
class SubsetReporter;
class TextLabel;

/// The subsets of a dataset version in the Inspector: how large they are, whether they overlap, and
/// which one normalizes. Every change is one undo step of the document.
class SubsetsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SubsetsPanel(SubsetReporter& reporter, QWidget* parent = nullptr);

    void setDocument(DatasetDocument* document);
    void refresh();
    void editSubset(int subset); ///< opens the dialog; -1: a new one
    void selectSubset(int subset);

private:
    void createHeader(QVBoxLayout& layout);
    void createList(QVBoxLayout& layout);
    void createReport(QVBoxLayout& layout);
    void createNormalizeOn(QVBoxLayout& layout);
    void showReport();
    void showNormalizeOn(bool editable);
    void updateButtons();
    void removeCurrent();
    void apply(SubsetDialog& dialog, const QString& undoText, const DatasetSettings& settings);
    void showError(const Status& status);
    void openMenu(const QPoint& point);
    [[nodiscard]] bool isEditable() const;

    SubsetReporter& m_reporter;
    QPointer<DatasetDocument> m_document;
    SubsetListModel* m_model;
    SubsetBar* m_bar;
    QListView* m_list;
    QPushButton* m_add;
    QToolButton* m_edit;
    QToolButton* m_remove;
    QWidget* m_report;
    QVBoxLayout* m_reportLines;
    TextLabel* m_error;
    QComboBox* m_normalizeOn;
    TextLabel* m_normalizeOnText;
};

} // namespace espalier
