#pragma once

#include "core/project/records.h"
#include "ui/modeling/sidebar/form_dialog.h"

class QComboBox;

namespace espalier {

class ProjectDocument;

/// Asks for a name, a saved dataset version and what to start from, and makes the experiment. Where
/// no version is saved it says so and leads to Datasets.
class NewExperimentDialog final : public FormDialog {
    Q_OBJECT

public:
    explicit NewExperimentDialog(ProjectDocument& project, QWidget* parent = nullptr);

Q_SIGNALS:
    void created(espalier::ExperimentId id);
    void datasetsRequested();

protected:
    [[nodiscard]] Status perform() override;

private:
    void addDatasets();
    void addStarts();

    ProjectDocument& m_project;
    QComboBox* m_dataset;
    QComboBox* m_start;
};

/// "CNN", "CNN 2", ...: `base` or the first that no experiment has.
[[nodiscard]] QString freeExperimentName(const ProjectDocument& project, const QString& base);

} // namespace espalier
