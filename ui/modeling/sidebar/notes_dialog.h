#pragma once

#include "core/project/records.h"

#include <QDialog>

class QPlainTextEdit;

namespace espalier {

class ProjectDocument;
class TextLabel;

/// Edits the notes of an experiment; a run does not lock them. Show it with open().
class NotesDialog final : public QDialog {
    Q_OBJECT

public:
    NotesDialog(ProjectDocument& project, const ExperimentRecord& experiment,
                QWidget* parent = nullptr);

protected:
    void accept() override;

private:
    ProjectDocument& m_project;
    ExperimentId m_experiment;
    QPlainTextEdit* m_text;
    TextLabel* m_error;
};

} // namespace espalier
