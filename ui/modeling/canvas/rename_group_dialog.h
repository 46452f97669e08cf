#pragma once

#include "core/graph/model_graph.h"
#include "ui/modeling/sidebar/form_dialog.h"

#include <QPointer>

namespace espalier {

class ExperimentDocument;

/// Asks for another name of a group; one undo step.
class RenameGroupDialog final : public FormDialog {
    Q_OBJECT

public:
    RenameGroupDialog(ExperimentDocument& document, const GraphGroup& group, QWidget* parent);

protected:
    [[nodiscard]] Status perform() override;

private:
    QPointer<ExperimentDocument> m_document;
    GroupId m_group;
};

} // namespace espalier
