#include "ui/theme/espalier_style.h"

#include "ui/theme/style_buttons.h"
#include "ui/theme/style_shapes.h"

#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace espalier {

EspalierStyle::EspalierStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void EspalierStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget))
        style::polishButton(widget);
}

void EspalierStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void EspalierStyle::drawControl(ControlElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    switch (element) {
    case CE_PushButtonBevel:
        if (button)
            return style::drawButtonPanel(*button, *painter, widget);
        break;
    case CE_PushButtonLabel:
        if (button)
            return style::drawButtonLabel(*button, *painter, widget);
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void EspalierStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                       QPainter* painter, const QWidget* widget) const
{
    const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (control == CC_ToolButton && tool && widget)
        return style::drawToolButton(*tool, *painter, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize EspalierStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                      const QSize& size, const QWidget* widget) const
{
    if (type == CT_PushButton)
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return style::buttonSize(*button, widget);
    if (type == CT_ToolButton)
        if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return style::toolButtonSize(*tool);
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

int EspalierStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                               const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return metrics::Icon;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int EspalierStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* returned) const
{
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

} // namespace espalier
