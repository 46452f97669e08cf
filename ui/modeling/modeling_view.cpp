#include "ui/modeling/modeling_view.h"

#include "core/project/documents/experiment_document.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/modeling/inspector/modeling_inspector.h"
#include "ui/modeling/model_page.h"
#include "ui/modeling/sidebar/experiments_sidebar.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QLineEdit>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

ModelingView::ModelingView(const ProjectContext& context, QObject* parent)
    : ProjectView(parent)
    , m_context(context)
    , m_sidebar(new ExperimentsSidebar(context, nullptr))
    , m_page(new ModelPage(m_sidebar->newAction()))
    , m_inspector(new ModelingInspector(context, nullptr))
    , m_run(new QAction(themeIcon(u"play"_s), tr("Run"), this))
{
    m_run->setShortcut(Qt::CTRL | Qt::Key_R);
    connect(m_run, &QAction::triggered, this, &ModelingView::run);
    connectCanvas();
    connectParts();
    showAnyExperiment();
    refreshRun();
}

ModelingView::~ModelingView()
{
    // The window owns them once it has placed them; without a window they are
    // ours.
    for (QWidget* part : {sidebar(), centre(), inspector()})
        if (part && !part->parent())
            delete part;
}

void ModelingView::connectCanvas()
{
    ModelCanvas& canvas = m_page->canvas();
    connect(&canvas, &ModelCanvas::selectionChanged, m_inspector, &ModelingInspector::setSelection);
    connect(&canvas, &ModelCanvas::inspectorRequested, this, &ModelingView::focusInspector);
    connect(&canvas, &ModelCanvas::blockClicked, m_inspector,
            [this] { m_inspector->showTab(ModelingInspector::Tab::Block); });
    connect(&canvas, &ModelCanvas::buildRequested, this, [this] {
        m_inspector->showTab(ModelingInspector::Tab::Build);
        Q_EMIT inspectorRequested();
    });
    connect(&canvas, &ModelCanvas::snippetAdded, this, &ProjectView::informationRequested);
    connect(&canvas, &ModelCanvas::messaged, this, &ProjectView::message);
    connect(m_inspector, &ModelingInspector::addBlockRequested, &canvas, &ModelCanvas::addBlock);
    connect(m_inspector, &ModelingInspector::addSnippetRequested, &canvas,
            &ModelCanvas::addSnippet);
    connect(m_inspector, &ModelingInspector::selectBlockRequested, &canvas, &ModelCanvas::reveal);
}

void ModelingView::connectParts()
{
    connect(m_sidebar, &ExperimentsSidebar::selected, this, &ModelingView::showExperiment);
    connect(m_sidebar, &ExperimentsSidebar::evaluationRequested, this,
            &ProjectView::evaluationRequested);
    connect(m_sidebar, &ExperimentsSidebar::datasetsRequested, this,
            [this] { Q_EMIT datasetRequested({}); });
    connect(m_sidebar, &ExperimentsSidebar::message, this, &ProjectView::message);
    connect(&m_context.document, &ProjectDocument::experimentRemoved, this,
            [this](ExperimentId id) {
                if (m_document && m_document->id() == id)
                    setDocument(nullptr);
                showAnyExperiment();
            });
    connect(&m_context.document, &ProjectDocument::experimentsChanged, this,
            &ModelingView::showAnyExperiment);
    connect(&m_context.runs, &RunController::changed, this, &ModelingView::refreshRun);
}

QString ModelingView::title() const
{
    return tr("Modeling");
}

QWidget* ModelingView::sidebar()
{
    return m_sidebar;
}

QWidget* ModelingView::centre()
{
    return m_page;
}

QWidget* ModelingView::inspector()
{
    return m_inspector;
}

QList<QAction*> ModelingView::actions() const
{
    ModelCanvas& canvas = m_page->canvas();
    return QList<QAction*>{m_run} + m_sidebar->viewActions() + canvas.commands().all() +
           canvas.groupCommands().all();
}

QUndoStack* ModelingView::undoStack() const
{
    return m_document ? &m_document->undoStack() : nullptr;
}

QList<Issue> ModelingView::issues() const
{
    return m_document ? m_document->issues() : QList<Issue>();
}

void ModelingView::reveal(const Issue& issue)
{
    if (issue.blockId > 0)
        m_page->canvas().reveal(BlockId(issue.blockId));
    else
        m_inspector->showTab(ModelingInspector::Tab::Settings);
}

void ModelingView::showExperiment(ExperimentId id)
{
    if (m_document ? m_document->id() == id : !id.isValid())
        return;
    if (!id.isValid())
        return setDocument(nullptr);
    ExperimentDocument* document = m_context.document.experimentDocument(id);
    if (!document)
        return tell(IssueLevel::Error, tr("the experiment cannot be opened; see the log"));
    setDocument(document);
    m_sidebar->select(id);
}

void ModelingView::showAnyExperiment()
{
    const QList<ExperimentRecord>& experiments = m_context.document.experiments();
    if (!m_document && !experiments.isEmpty())
        showExperiment(experiments.first().id);
}

void ModelingView::setDocument(ExperimentDocument* document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    m_page->setDocument(document);
    m_inspector->setDocument(document);
    if (document) {
        connect(document, &ExperimentDocument::analysisChanged, this, [this] {
            refreshRun();
            Q_EMIT issuesChanged();
        });
        connect(document, &ExperimentDocument::recordChanged, this, &ModelingView::refreshRun);
        connect(document, &ExperimentDocument::writeFailed, this,
                [this](const Error& error) { tell(IssueLevel::Error, error.message); });
    }
    refreshRun();
    Q_EMIT undoStackChanged();
    Q_EMIT issuesChanged();
}

QString ModelingView::reasonNotToRun() const
{
    if (!m_document)
        return tr("No experiment");
    const RunState state = m_context.runs.state(m_document->id());
    if (!espalier::canRun(state))
        return isActive(state) || state == RunState::Queued
                   ? enumLabel(state)
                   : tr("Has run: duplicate it to change it");
    const auto errors = std::ranges::count(m_document->issues(), IssueLevel::Error, &Issue::level);
    if (errors > 0)
        return errors == 1 ? tr("1 error left") : tr("%1 errors left").arg(errors);
    return {};
}

void ModelingView::refreshRun()
{
    const QString reason = reasonNotToRun();
    m_run->setEnabled(reason.isEmpty());
    m_run->setStatusTip(reason);
    if (m_document && m_page)
        m_page->setState(m_context.runs.state(m_document->id()));
}

void ModelingView::run()
{
    const ExperimentId id = m_document->id();
    Status queued = m_document->flush();
    if (queued)
        queued = m_context.runs.enqueue(id);
    if (!queued)
        return tell(IssueLevel::Error, queued.error().message);
    Q_EMIT evaluationRequested(id);
}

void ModelingView::focusInspector()
{
    m_inspector->showTab(ModelingInspector::Tab::Block);
    Q_EMIT inspectorRequested(); // a field of a collapsed one takes no focus
    for (QLineEdit* field : m_inspector->findChildren<QLineEdit*>())
        if (field->isVisible() && field->isEnabled() && !field->isReadOnly()) {
            field->setFocus(Qt::TabFocusReason);
            return;
        }
}

void ModelingView::tell(IssueLevel level, const QString& text)
{
    Q_EMIT message({level, m_document ? m_document->record().name : title(), text});
}

} // namespace espalier

#include "moc_modeling_view.cpp"
