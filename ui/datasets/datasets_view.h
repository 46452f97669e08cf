#pragma once

#include "core/project/jobs/dataset_imports.h"
#include "ui/shell/project_view.h"

#include <QPointer>
#include <QStringList>
#include <optional>

namespace espalier {

class DatasetCentre;
class DatasetDocument;
class DatasetInspector;
class DatasetSidebar;

/// The tab Datasets: import data, look at it, choose encodings, normalization and subsets, and save
/// the version that experiments use.
class DatasetsView final : public ProjectView {
    Q_OBJECT
public:
    explicit DatasetsView(const ProjectContext& context, QObject* parent = nullptr);
    ~DatasetsView() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QWidget* sidebar() override;
    [[nodiscard]] QWidget* centre() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QAction* mainAction() override;
    [[nodiscard]] QList<QAction*> actions() const override;
    [[nodiscard]] QUndoStack* undoStack() const override;
    [[nodiscard]] QList<Issue> issues() const override;
    void reveal(const Issue& issue) override;
    [[nodiscard]] bool acceptDrop(const QMimeData& data) override;

    void showDataset(DatasetId id) override;

private:
    void createActions();
    void createWidgets();
    void connectDocument();
    void connectImports();
    [[nodiscard]] QAction* createAction(const QString& icon, const QString& text,
                                        const QKeySequence& shortcut, void (DatasetsView::*slot)());

    void openVersion(DatasetId id);
    void showVersion(DatasetId id);
    void openAny();
    void setDocument(DatasetDocument* document);
    void refresh();
    void updateActions();
    [[nodiscard]] QString reasonNotToSave() const;
    [[nodiscard]] QString nameOf(DatasetId id) const;

    void newDataset();
    void openDialog(const QStringList& sources);
    void save();
    void rename(DatasetId version, const QString& name);
    void duplicate();
    void remove();
    void exportZip();
    void showProblems();
    void showStatistics();
    void newSubset();
    void editName();
    void retry();
    void retryImport(ImportId failed);
    void showImport(ImportId id);
    void refreshImport(ImportId id);
    void tellReadFinished(ImportId id);
    void takeImported(ImportId id, DatasetId dataset);

    ProjectContext m_context;
    QPointer<DatasetDocument> m_document;
    std::optional<DatasetId> m_shown;      ///< also one that cannot be opened
    std::optional<DatasetId> m_imported;   ///< whose preview the centre shows
    bool m_isOpening = false;              ///< on a worker thread
    std::optional<ImportId> m_shownImport; ///< at work or failed, in the centre
    QAction* m_new;
    QAction* m_save;
    QAction* m_rename;
    QAction* m_duplicate;
    QAction* m_delete;
    QAction* m_export;
    QAction* m_problems;
    QAction* m_statistics;
    QAction* m_newSubset;
    QAction* m_retry;
    QPointer<DatasetSidebar> m_sidebar;
    QPointer<DatasetCentre> m_centre;
    QPointer<DatasetInspector> m_inspector;
};

} // namespace espalier
