#pragma once

#include "core/project/records.h"
#include "ui/modeling/sidebar/form_dialog.h"

namespace espalier {

class ProjectDocument;

/// Asks for the name of a copy of an experiment, and makes it.
class DuplicateDialog final : public FormDialog {
    Q_OBJECT

public:
    DuplicateDialog(ProjectDocument& project, const ExperimentRecord& source, bool withWeights,
                    QWidget* parent = nullptr);

Q_SIGNALS:
    void created(espalier::ExperimentId id);

protected:
    [[nodiscard]] Status perform() override;

private:
    ProjectDocument& m_project;
    ExperimentId m_source;
    bool m_withWeights;
};

} // namespace espalier
