#include "ui/datasets/activity_strip.h"

#include "ui/widgets/widgets.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int ProgressWidth = 120;

} // namespace

ActivityStrip::ActivityStrip(QWidget* parent)
    : QWidget(parent)
    , m_text(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
    , m_progress(new ProgressLine(this))
    , m_close(createIconButton(u"close"_s, tr("Dismiss"), this))
{
    m_text->setWordWrap(true);
    m_progress->setFixedWidth(ProgressWidth);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::PanelPadding, 2, 10, 2);
    layout->setSpacing(12);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] {
        if (m_atWork)
            Q_EMIT cancelRequested();
        else
            clear();
    });
    clear();
}

void ActivityStrip::showProgress(const QString& text, double fraction, bool cancellable)
{
    m_atWork = true;
    m_text->setRole(Role::TextSecondary);
    m_text->setText(text);
    m_progress->setValue(fraction);
    m_progress->show();
    m_close->setVisible(cancellable);
    m_close->setToolTip(tr("Cancel"));
    m_close->setAccessibleName(tr("Cancel"));
    show();
}

void ActivityStrip::showOutcome(const QString& sentence, bool isError)
{
    m_atWork = false;
    m_text->setRole(isError ? Role::LevelError : Role::TextSecondary);
    m_text->setText(sentence);
    m_progress->hide();
    m_close->show();
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    show();
}

void ActivityStrip::clear()
{
    m_atWork = false;
    hide();
}

} // namespace espalier
