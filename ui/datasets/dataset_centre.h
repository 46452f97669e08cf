#pragma once

#include "core/base/result.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QStackedLayout;

namespace espalier {

class ActivityStrip;
class Chip;
class DatasetDocument;
class DatasetExport;
class DatasetTableView;
class DatasetTableModel;
class EmptyState;
class FeatureSummaries;
class HeaderBar;
class SubsetReporter;
class TextLabel;
class ThumbnailCache;
struct ImportPreview;
struct ImportStatus;

/// The centre of the Datasets view: name, state and size of a version over its table, or what to do
/// where there is none. Owns what is computed of the version for table and Inspector.
class DatasetCentre final : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction* newDataset;
        QAction* retry; ///< of what could not be opened or imported
        QAction* duplicate;
        QList<QAction*> more; ///< of the menu behind "…"
    };

    explicit DatasetCentre(const Actions& actions, QWidget* parent = nullptr);
    ~DatasetCentre() override;

    /// Null: the state without datasets. Of the import that is shown: the table stays where it is.
    void setDocument(DatasetDocument* document);
    /// An import that is at work: how far it is, over the rows that have come.
    void showImport(const ImportStatus& status, const ImportPreview& preview);
    /// Whether the import that is shown has become `document`.
    [[nodiscard]] bool showsBeginningOf(const DatasetDocument& document) const;
    /// Reads the document again.
    void refresh();
    /// A version whose files are being looked through on another thread.
    void showOpening();
    void showFailure(const QString& heading, const QString& sentence);
    void setSelectedFeature(int feature);
    /// Writes the version to a zip archive on a worker thread.
    void exportZip(const QString& path);
    void showError(const QString& sentence);

    [[nodiscard]] FeatureSummaries& summaries() { return *m_summaries; }
    [[nodiscard]] SubsetReporter& reporter() { return *m_reporter; }
    [[nodiscard]] int selectedFeature() const;

Q_SIGNALS:
    void featureSelected(int feature);
    void cancelImportRequested();

private:
    [[nodiscard]] HeaderBar* createHeader(const Actions& actions);
    void createPages(const Actions& actions);
    void createExport();
    void showHeader();
    void showHeader(const ImportStatus& status, const ImportPreview& preview);
    void showData();

    QPointer<DatasetDocument> m_document;
    FeatureSummaries* m_summaries;
    SubsetReporter* m_reporter;
    ThumbnailCache* m_thumbnails;
    DatasetTableModel* m_model;
    DatasetExport* m_export;
    TextLabel* m_name;
    TextLabel* m_version;
    Chip* m_chip;
    TextLabel* m_size;
    QWidget* m_duplicate;
    QWidget* m_more;
    ActivityStrip* m_activity;
    ActivityStrip* m_progress; ///< of saving and of an import
    QStackedLayout* m_pages;
    EmptyState* m_empty;
    EmptyState* m_failure;
    EmptyState* m_reading;
    DatasetTableView* m_table;
};

} // namespace espalier
