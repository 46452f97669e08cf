#pragma once

#include "core/project/jobs/dataset_imports.h"

#include <QHash>
#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace espalier {

class ProgressLine;
class TextLabel;

/// One import: what is read, how far it is, cancel, and retry when it failed.
class ImportRow final : public QWidget {
    Q_OBJECT
public:
    explicit ImportRow(const ImportStatus& status, QWidget* parent = nullptr);
    void showStatus(const ImportStatus& status);
    [[nodiscard]] QList<QWidget*> tabStops() const;

Q_SIGNALS:
    void retryRequested();
    void cancelRequested();

private:
    TextLabel* m_title;
    TextLabel* m_line;
    ProgressLine* m_progress;
    QToolButton* m_retry;
    QToolButton* m_cancel;
};

/// Rows of some of the imports of a project, kept up to date.
class ImportList final : public QWidget {
    Q_OBJECT
public:
    /// `imports` outlives the list.
    explicit ImportList(DatasetImports& imports, QWidget* parent = nullptr);

    void setImports(const QList<ImportId>& ids);
    /// Puts the buttons of the rows behind `before` in the order of the Tab key: rows come late,
    /// and what comes late would be last.
    void setTabOrderAfter(QWidget* before);

Q_SIGNALS:
    void retryRequested(espalier::ImportId id);
    void cancelRequested(espalier::ImportId id);

private:
    void refresh(ImportId id);

    DatasetImports& m_imports;
    QHash<ImportId, ImportRow*> m_rows;
    QVBoxLayout* m_layout;
};

} // namespace espalier
