#pragma once

#include "core/project/jobs/dataset_imports.h"
#include "core/project/records.h"

#include <QWidget>
#include <optional>

class QAction;
class QLineEdit;
class QMenu;
class QStackedLayout;
class QTreeView;

namespace espalier {

class DatasetTreeModel;
class EmptyState;
class ProjectDocument;

/// The left column of the Datasets view: search, `New dataset`, datasets and their versions. Knows
/// what is selected and opens menus; what they do is the business of the view.
class DatasetSidebar final : public QWidget {
    Q_OBJECT
public:
    /// Actions of the menu of a version, and of `New dataset`; they outlive the sidebar.
    struct Actions {
        QAction* newDataset;
        QAction* rename;
        QList<QAction*> ofVersion;
    };

    DatasetSidebar(ProjectDocument& document, DatasetImports& imports, const Actions& actions,
                   QWidget* parent = nullptr);

    [[nodiscard]] std::optional<DatasetId> selectedVersion() const;
    /// Selects a version and brings it into sight.
    void select(DatasetId id);
    void select(ImportId id);
    /// Lets a person type another name for the current dataset, or that of the current version.
    void renameCurrent();

Q_SIGNALS:
    void versionSelected(espalier::DatasetId id);
    void importSelected(espalier::ImportId id);
    void retryRequested(espalier::ImportId id);
    void renameRequested(espalier::DatasetId version, const QString& name);

private:
    void createTree();
    void connectTree();
    template <typename Id>
    void selectRowOf(Id id);
    void showCurrent(const QModelIndex& current);
    void openMenu(const QModelIndex& index, const QPoint& position);
    void fillImportMenu(QMenu& menu, ImportId id);
    void cancelCurrentImport();
    void restoreState();

    DatasetImports& m_imports;
    QAction* m_rename;
    QList<QAction*> m_versionActions;
    DatasetTreeModel* m_model;
    QLineEdit* m_search;
    QTreeView* m_tree;
    QStackedLayout* m_stack;
    EmptyState* m_nothing;
    std::optional<DatasetId> m_version;
    std::optional<ImportId> m_import;
    QStringList m_folded; ///< names of datasets whose versions are hidden
    bool m_restoring = false;
};

} // namespace espalier
