#include "ui/shell/frame/banner.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>

namespace espalier {

namespace {

constexpr int IconLeft = 12;

} // namespace

Banner::Banner(QWidget* parent)
    : QWidget(parent)
    , m_text(new TextLabel({}, TextStyle::Body, Role::TextPrimary, this))
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QToolButton* close = createIconButton(QStringLiteral("close"), tr("Close the message"), this);
    connect(close, &QToolButton::clicked, this, [this] { say({}); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(IconLeft + metrics::Icon + 8, 6, 6, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void Banner::say(const QString& sentence)
{
    m_text->setText(sentence);
    setVisible(!sentence.isEmpty());
}

QString Banner::sentence() const
{
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(palette());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::ErrorFill));
    painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
    paintIcon(painter, QStringLiteral("error"), QRectF(IconLeft, 12, metrics::Icon, metrics::Icon),
              theme.color(Role::LevelError));
}

} // namespace espalier
