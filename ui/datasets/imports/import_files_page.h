#pragma once

#include "core/project/jobs/dataset_imports.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace espalier {

class ImportList;
class SegmentedControl;
class TextLabel;

/// A dashed field that takes what is dropped, with two buttons to browse instead.
class DropZone final : public QWidget {
    Q_OBJECT
public:
    explicit DropZone(QWidget* parent = nullptr);
    void setTargeted(bool targeted);
    [[nodiscard]] QWidget* lastTabStop() const;

Q_SIGNALS:
    void sourcesChosen(const QStringList& sources);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void browse(bool folder);
    QPushButton* m_folder;
    bool m_targeted = false;
};

/// First step of a new dataset, tab Import files: links, paths, dropped and browsed files, and the
/// imports that came of them. What is typed is checked while it is typed.
class ImportFilesPage final : public QWidget {
    Q_OBJECT
public:
    explicit ImportFilesPage(DatasetImports& imports, QWidget* parent = nullptr);

    void setImports(const QList<ImportId>& ids);
    void setDropTargeted(bool targeted);
    void focusField();
    /// Of several imports: whether they are to be one dataset or one each.
    [[nodiscard]] bool wantsOneDataset() const;
    [[nodiscard]] ImportList& list() { return *m_list; }

Q_SIGNALS:
    void sourcesChosen(const QStringList& sources);
    void choiceChanged();

private:
    void createSourceRow(QVBoxLayout& layout);
    void createJoinRow(QVBoxLayout& layout);
    void checkText();
    void importText();

    QLineEdit* m_source;
    QPushButton* m_import;
    TextLabel* m_error;
    DropZone* m_zone;
    ImportList* m_list;
    QWidget* m_join;
    SegmentedControl* m_joinChoice;
    QTimer m_patience; ///< half a path is no mistake yet
};

} // namespace espalier
