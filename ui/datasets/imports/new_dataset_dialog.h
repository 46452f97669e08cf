#pragma once

#include "core/project/jobs/dataset_imports.h"

#include <QDialog>
#include <QList>

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace espalier {

class ImportFilesPage;
class NamePage;
class ProjectDocument;
class TabStrip;

/// Makes datasets of files, links or the sample: choose, then name. Imports begin at once and go on
/// after `Done`; leaving the dialog otherwise cancels them. Show it with open(). Takes files that
/// are dropped on it.
class NewDatasetDialog final : public QDialog {
    Q_OBJECT
public:
    NewDatasetDialog(ProjectDocument& document, DatasetImports& imports, QWidget* parent = nullptr);

    /// Begins to import, as if dropped.
    void addSources(const QStringList& sources);
    /// Takes over an import that has failed or has no name.
    void adopt(ImportId id);
    void reject() override;

Q_SIGNALS:
    /// `Done`: these become datasets as soon as they are read.
    void named(const QList<espalier::ImportId>& ids);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum Step { Choose, Name };

    [[nodiscard]] QWidget* createChooseStep();
    void createButtons(QVBoxLayout& layout);
    void connectPages();
    void retry(ImportId id);
    void cancelImport(ImportId id);
    void joinImports();
    void next();
    void finish();
    void setStep(Step step);
    void dropGoneImports();
    void refresh();
    [[nodiscard]] bool canGoOn() const;
    [[nodiscard]] QStringList takenNames() const;

    ProjectDocument& m_document;
    DatasetImports& m_imports;
    QList<ImportId> m_ids;
    TabStrip* m_tabs;
    QStackedWidget* m_steps;
    QStackedWidget* m_pages;
    ImportFilesPage* m_files;
    NamePage* m_names;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace espalier
