#include "ui/modeling/model_page.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/modeling/totals_line.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

ModelPage::ModelPage(QAction* newExperiment, QWidget* parent)
    : QWidget(parent)
    , m_undo(new QAction(themeIcon(u"undo"_s), tr("Undo"), this))
    , m_redo(new QAction(themeIcon(u"redo"_s), tr("Redo"), this))
    , m_header(new HeaderBar(this))
    , m_name(new TextLabel({}, TextStyle::Heading, Role::TextPrimary, this))
    , m_chip(new Chip(this))
    , m_pages(new QStackedWidget(this))
    , m_canvas(new ModelCanvas(m_pages))
    , m_totals(new TotalsLine(this))
{
    m_pages->addWidget(new EmptyState(u"convolution"_s, tr("No experiment yet"),
                                      tr("An experiment is a model and how it is trained."),
                                      newExperiment, m_pages));
    m_pages->addWidget(m_canvas);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_pages, 1);
    column->addWidget(m_totals);
    createHeader();
    connect(m_canvas, &CanvasView::placeChanged, this, &ModelPage::refreshZoom);
    refreshUndo();
    refresh();
}

void ModelPage::createHeader()
{
    const CanvasCommands& commands = m_canvas->commands();
    m_name->setElided(true);
    m_header->addLeft(m_name);
    m_header->addLeft(m_chip);
    connect(m_undo, &QAction::triggered, this, [this] { m_document->undoStack().undo(); });
    connect(m_redo, &QAction::triggered, this, [this] { m_document->undoStack().redo(); });
    addTools({m_undo, m_redo});
    addTools({commands.duplicate, commands.remove});
    addTools({commands.tidy, m_canvas->groupCommands().group});
    addTools({commands.zoomOut}, false);
    m_zoom = createButton(ButtonKind::Quiet, percentText(1), {}, this);
    m_zoom->setFixedWidth(56);
    m_zoom->setToolTip(commands.actualSize->text());
    connect(m_zoom, &QPushButton::clicked, commands.actualSize, &QAction::trigger);
    m_header->addRight(m_zoom);
    addTools({commands.zoomIn, commands.fit, commands.minimap}, false);
}

void ModelPage::addTools(const QList<QAction*>& actions, bool separated)
{
    for (QAction* action : actions)
        m_header->addRight(createIconButton(action, this));
    if (!separated)
        return;
    auto* line = new Hairline(Qt::Vertical, this);
    line->setFixedHeight(20);
    m_header->addRight(line);
}

void ModelPage::setDocument(ExperimentDocument* document)
{
    if (m_document) {
        disconnect(m_document, nullptr, this, nullptr);
        disconnect(&m_document->undoStack(), nullptr, this, nullptr);
    }
    m_document = document;
    m_canvas->setDocument(document);
    if (document) {
        connect(&document->undoStack(), &QUndoStack::indexChanged, this, &ModelPage::refreshUndo);
        connect(document, &ExperimentDocument::analysisChanged, this, &ModelPage::refresh);
        connect(document, &ExperimentDocument::recordChanged, this, &ModelPage::refresh);
    }
    refreshUndo();
    refresh();
}

// A stack belongs to one group, and that is the one of the window: these two follow it by hand.
void ModelPage::refreshUndo()
{
    m_undo->setEnabled(m_document && m_document->undoStack().canUndo());
    m_redo->setEnabled(m_document && m_document->undoStack().canRedo());
}

void ModelPage::setState(RunState state)
{
    m_state = state;
    refresh();
}

void ModelPage::refresh()
{
    m_pages->setCurrentIndex(m_document ? 1 : 0);
    m_totals->setVisible(m_document);
    m_name->setText(m_document ? m_document->record().name : QString());
    if (!m_document) {
        m_chip->set({}, {});
        return;
    }
    const bool editable = m_document->isEditable();
    const bool failed = m_state == RunState::Failed;
    m_chip->set(editable ? QString() : u"lock"_s, enumLabel(m_state),
                failed ? Role::LevelError : Role::TextSecondary,
                failed ? Role::ErrorFill : Role::Hover);
    m_chip->setToolTip(failed     ? m_document->record().error
                       : editable ? QString()
                                  : tr("Locked, because it has run. Duplicate "
                                       "the experiment to change its model."));
    m_totals->setTotals(m_document->analysis());
}

void ModelPage::refreshZoom()
{
    const QString text = percentText(m_canvas->zoom());
    if (m_zoom->text() == text)
        return;
    m_zoom->setText(text);
    m_zoom->setAccessibleName(tr("Zoom %1").arg(text));
}

} // namespace espalier

#include "moc_model_page.cpp"
