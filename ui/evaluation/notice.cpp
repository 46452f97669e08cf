#include "ui/evaluation/notice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

Notice::Notice(QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel)
{
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setFont(textFont(TextStyle::Small));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12 + metrics::Icon + metrics::IconGap, 8, 12, 8);
    layout->addWidget(m_label);
}

void Notice::showError(const QString& sentence)
{
    present(sentence, Role::ErrorFill, Role::LevelError, u"error"_s);
}

void Notice::showWarning(const QString& sentence)
{
    present(sentence, Role::WarningFill, Role::LevelWarning, u"warning"_s);
}

QString Notice::text() const
{
    return m_label->text();
}

void Notice::present(const QString& sentence, Role fill, Role ink, const QString& icon)
{
    m_label->setText(sentence);
    setAccessibleName(sentence);
    m_fill = fill;
    m_ink = ink;
    m_icon = icon;
    setVisible(!sentence.isEmpty());
    update();
}

void Notice::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(m_fill));
    painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
    paintIcon(painter, m_icon, QRectF(12, 8, metrics::Icon, metrics::Icon), theme.color(m_ink));
}

} // namespace espalier
