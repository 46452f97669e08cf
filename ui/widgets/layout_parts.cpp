#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace espalier {
namespace {

void place(QHBoxLayout& layout, QWidget* widget)
{
    const bool tall = widget->sizePolicy().verticalPolicy() & QSizePolicy::ExpandFlag;
    layout.addWidget(widget, 0, tall ? Qt::Alignment() : Qt::AlignVCenter);
}

} // namespace

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent)
    , m_orientation(orientation)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

QSize Hairline::sizeHint() const
{
    return m_orientation == Qt::Horizontal ? QSize(16, 1) : QSize(1, 20);
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(palette()).color(Role::Border));
}

HeaderBar::HeaderBar(QWidget* parent)
    : QWidget(parent)
    , m_left(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    setFixedHeight(metrics::Header);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::PanelPadding, 0, 0, 0);
    row->setSpacing(8);
    m_left->setSpacing(10);
    m_right->setSpacing(4);
    m_right->setContentsMargins(0, 0, metrics::PanelPadding, 0);
    row->addLayout(m_left);
    row->addStretch(1);
    row->addLayout(m_right);
    column->addLayout(row, 1);
    column->addWidget(new Hairline(Qt::Horizontal, this));
}

void HeaderBar::addLeft(QWidget* widget)
{
    place(*m_left, widget);
}

void HeaderBar::addRight(QWidget* widget)
{
    place(*m_right, widget);
    // The ink of an icon button stands 6 px inside of it.
    const bool icon = qobject_cast<QToolButton*>(widget);
    m_right->setContentsMargins(0, 0, metrics::PanelPadding - (icon ? 8 : 0), 0);
}

void HeaderBar::addRightSeparator()
{
    auto* line = new Hairline(Qt::Vertical, this);
    line->setFixedHeight(16);
    m_right->addSpacing(4);
    m_right->addWidget(line, 0, Qt::AlignVCenter);
    m_right->addSpacing(4);
}

QScrollArea* createPanelScroll(QWidget* content, QWidget* parent)
{
    auto* scroll = new QScrollArea(parent);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    constexpr int padding = metrics::PanelPadding;
    content->setContentsMargins(padding, padding, padding, padding);
    scroll->setWidget(content);
    // The panel shows the frame it stands on.
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

} // namespace espalier
