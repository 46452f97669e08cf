#include "ui/shell/frame/status_bar.h"

#include "ui/shell/frame/flat_button.h"
#include "ui/shell/information/issue_level.h"
#include "ui/shell/jobs/job_summary.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr auto MessageTime = 8s;
constexpr auto ErrorTime = 20s;

void setCounter(FlatButton* button, const QString& icon, qsizetype count, Role role,
                const QString& what)
{
    const Role quiet = Role::TextSecondary;
    button->set(icon, countText(count), count > 0 ? role : quiet, quiet);
    button->setAccessibleName(u"%1: %2"_s.arg(what, countText(count)));
    button->setToolTip(what);
}

} // namespace

StatusBar::StatusBar(QWidget* parent)
    : QWidget(parent)
    , m_information(new FlatButton(this))
    , m_warnings(new FlatButton(this))
    , m_errors(new FlatButton(this))
    , m_message(new FlatButton(this))
    , m_jobs(new JobSummary(this))
{
    setFixedHeight(metrics::StatusBar);
    m_messageEnd.setSingleShot(true);
    connect(&m_messageEnd, &QTimer::timeout, m_message, &QWidget::hide);
    m_message->hide();
    for (FlatButton* button : {m_information, m_warnings, m_errors, m_message})
        connect(button, &QAbstractButton::clicked, this, &StatusBar::countersClicked);
    connect(m_jobs, &QAbstractButton::clicked, this, &StatusBar::jobsClicked);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 1, 8, 0);
    layout->setSpacing(0);
    layout->addWidget(m_information);
    layout->addWidget(m_warnings);
    layout->addWidget(m_errors);
    layout->addSpacing(8);
    layout->addWidget(m_message);
    layout->addStretch(1);
    layout->addWidget(m_jobs);
    setIssues({});
}

void StatusBar::setIssues(const QList<Issue>& issues)
{
    const auto warnings = std::ranges::count(issues, IssueLevel::Warning, &Issue::level);
    const auto errors = std::ranges::count(issues, IssueLevel::Error, &Issue::level);
    setCounter(m_information, u"info"_s, issues.size() - warnings - errors, Role::LevelHint,
               tr("Information"));
    setCounter(m_warnings, u"warning"_s, warnings, Role::LevelWarning, tr("Warnings"));
    setCounter(m_errors, u"error"_s, errors, Role::LevelError, tr("Errors"));
}

void StatusBar::say(const Issue& message)
{
    const IssueLevelLook look = lookOf(message.level);
    m_message->set(look.icon, issueSentence(message), look.role, Role::TextPrimary);
    m_message->setToolTip(issueSentence(message));
    m_message->show();
    m_messageEnd.start(message.level == IssueLevel::Error ? ErrorTime : MessageTime);
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    painter.fillRect(rect(), theme.color(Role::Window));
    painter.fillRect(0, 0, width(), 1, theme.color(Role::Border));
}

} // namespace espalier
