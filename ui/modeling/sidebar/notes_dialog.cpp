#include "ui/modeling/sidebar/notes_dialog.h"

#include "core/project/documents/project_document.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace espalier {

NotesDialog::NotesDialog(ProjectDocument& project, const ExperimentRecord& experiment,
                         QWidget* parent)
    : QDialog(parent)
    , m_project(project)
    , m_experiment(experiment.id)
    , m_text(new QPlainTextEdit(experiment.notes, this))
    , m_error(new TextLabel({}, TextStyle::Small, Role::LevelError, this))
{
    constexpr QSize size(480, 320);
    constexpr int padding = 24;
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Notes"));
    resize(size);
    m_text->setAccessibleName(tr("Notes of %1").arg(experiment.name));
    m_text->setPlaceholderText(tr("What you tried, and what came of it"));
    m_text->setTabChangesFocus(true);
    m_error->setWordWrap(true);
    m_error->hide();

    auto* save = createButton(ButtonKind::Main, tr("Save"), {}, this);
    auto* cancel = createButton(ButtonKind::Normal, tr("Cancel"), {}, this);
    cancel->setMinimumHeight(metrics::MainControl);
    save->setMinimumHeight(metrics::MainControl);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto* title = new TextLabel(tr("Notes of %1").arg(experiment.name), TextStyle::Title,
                                Role::TextPrimary, this);
    title->setElided(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(padding, padding, padding, padding);
    column->setSpacing(16);
    column->addWidget(title);
    column->addWidget(m_text, 1);
    column->addWidget(m_error);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    m_text->setFocus(Qt::OtherFocusReason);
}

void NotesDialog::accept()
{
    if (const Status status = m_project.setNotes(m_experiment, m_text->toPlainText().trimmed());
        !status) {
        m_error->setText(status.error().message);
        m_error->show();
        return;
    }
    QDialog::accept();
}

} // namespace espalier
