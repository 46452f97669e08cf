#include "ui/shell/help/help_panel.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/prediction_service.h"
#include "ui/shell/help/step_row.h"
#include "ui/shell/project_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

using namespace std::chrono_literals;

namespace espalier {

HelpPanel::HelpPanel(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Tutorial"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(150ms);
    connect(&m_delay, &QTimer::timeout, this, &HelpPanel::refresh);
    createLayout();
}

void HelpPanel::createLayout()
{
    auto* header = new HeaderBar(this);
    header->addLeft(new TextLabel(tr("Tutorial"), TextStyle::Heading));
    m_progress = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    header->addRight(m_progress);
    QToolButton* close = createIconButton(QStringLiteral("close"), tr("Close the tutorial"));
    connect(close, &QToolButton::clicked, this, &HelpPanel::closeRequested);
    header->addRight(close);

    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(8, 12, 8, 12);
    rows->setSpacing(2);
    auto* title = new TextLabel(tr("Classifying images of clothes"), TextStyle::BodyStrong);
    title->setContentsMargins(8, 0, 8, 4);
    title->setWordWrap(true);
    rows->addWidget(title);
    m_steps = tutorialSteps(nullptr, nullptr);
    for (int step = 0; step < m_steps.size(); ++step) {
        auto* row = new StepRow(step + 1, content);
        connect(row, &StepRow::clicked, this,
                [this, step, row] { unfold(row->isUnfolded() ? -1 : step); });
        rows->addWidget(row);
        m_rows.append(row);
    }
    rows->addStretch();
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    content->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_scroll, 1);
}

void HelpPanel::setProject(const ProjectContext* context)
{
    if (m_context) {
        disconnect(&m_context->document, nullptr, &m_delay, nullptr);
        disconnect(&m_context->predictions, nullptr, &m_delay, nullptr);
    }
    m_context = context;
    if (context)
        follow(*context);
    m_current = -1;
    refresh();
}

void HelpPanel::follow(const ProjectContext& context)
{
    const auto later = qOverload<>(&QTimer::start);
    connect(&context.document, &ProjectDocument::datasetsChanged, &m_delay, later);
    connect(&context.document, &ProjectDocument::datasetChanged, &m_delay, later);
    connect(&context.document, &ProjectDocument::experimentsChanged, &m_delay, later);
    connect(&context.document, &ProjectDocument::experimentChanged, &m_delay, later);
    connect(&context.predictions, &PredictionService::ready, &m_delay, later);
}

void HelpPanel::refresh()
{
    if (!isVisible())
        return;
    const auto firstOpen = [](const QList<TutorialStep>& steps) {
        return int(std::ranges::find(steps, false, &TutorialStep::done) - steps.begin());
    };
    m_steps = m_context ? tutorialSteps(&m_context->document, &m_context->predictions)
                        : tutorialSteps(nullptr, nullptr);
    const int current = firstOpen(m_steps);
    for (int step = 0; step < m_rows.size(); ++step)
        m_rows.at(step)->setStep(m_steps.at(step), step == current);
    const auto done = std::ranges::count(m_steps, true, &TutorialStep::done);
    m_progress->setText(tr("%1 of %2 done").arg(done).arg(m_steps.size()));
    if (current != m_current) {
        m_current = current;
        unfold(current);
    }
}

void HelpPanel::unfold(int step)
{
    for (int row = 0; row < m_rows.size(); ++row)
        m_rows.at(row)->setUnfolded(row == step);
    if (step >= 0 && step < m_rows.size())
        QTimer::singleShot(0, m_rows.at(step),
                           [this, step] { m_scroll->ensureWidgetVisible(m_rows.at(step)); });
}

void HelpPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void HelpPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(palette()).color(Role::Window));
}

} // namespace espalier
