#include "ui/theme/espalier_style.h"

#include "ui/theme/style/style_bars.h"
#include "ui/theme/style/style_buttons.h"
#include "ui/theme/style/style_fields.h"
#include "ui/theme/style/style_items.h"
#include "ui/theme/style/style_menus.h"
#include "ui/theme/style/style_shapes.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QFocusFrame>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTableView>
#include <QTextDocument>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace espalier {
namespace {

/// The wheel scrolls the panel, it changes no value in passing.
class WheelGuard final : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

bool isGuarded(const QWidget* widget)
{
    return qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) ||
           (qobject_cast<const QAbstractSlider*>(widget) &&
            !qobject_cast<const QScrollBar*>(widget));
}

void polishItemView(QAbstractItemView& view)
{
    view.viewport()->setAttribute(Qt::WA_Hover);
    if (auto* table = qobject_cast<QTableView*>(&view))
        table->setShowGrid(false); // the style draws hairlines under the rows
    if (auto* header = qobject_cast<QHeaderView*>(&view)) {
        QFont font = textFont(TextStyle::SmallMedium);
        header->setFont(font);
        if (header->defaultAlignment() == Qt::AlignCenter)
            header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        header->viewport()->setAutoFillBackground(false);
    }
}

/// Whether a frameless line edit is a part of a control that draws the field itself.
bool isPartOfField(const QWidget* edit)
{
    const QWidget* parent = edit ? edit->parentWidget() : nullptr;
    return qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent);
}

void drawLineEdit(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(&option);
    if (frame && frame->lineWidth > 0)
        style::drawFieldFrame(option, painter, widget);
    else if (!isPartOfField(widget))
        painter.fillRect(option.rect, option.palette.base());
}

} // namespace

EspalierStyle::EspalierStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_wheelGuard(new WheelGuard(this))
{
}

void EspalierStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget))
        style::polishButton(widget);
    if (isGuarded(widget)) {
        if (widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
        widget->removeEventFilter(m_wheelGuard);
        widget->installEventFilter(m_wheelGuard);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        polishItemView(*view);
    if (qobject_cast<QLineEdit*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // Under a style sheet Qt does not ask for the height of a spin box.
    if (qobject_cast<QAbstractSpinBox*>(widget) && widget->minimumHeight() == 0)
        widget->setMinimumHeight(qMax(int(metrics::Control), widget->fontMetrics().height() + 8));
    if (auto* text = qobject_cast<QPlainTextEdit*>(widget))
        text->document()->setDocumentMargin(7);
    // It lies over the content and is see-through but for its thumb.
    if (qobject_cast<QScrollBar*>(widget))
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false);
}

bool EspalierStyle::drawItemPrimitive(PrimitiveElement element, const QStyleOption& option,
                                      QPainter& painter, const QWidget* widget) const
{
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(&option);
    switch (element) {
    case PE_PanelItemViewItem:
        if (item)
            style::drawItemPanel(*item, painter, widget);
        return item;
    case PE_PanelItemViewRow:
        if (item)
            style::drawItemRow(*item, painter, widget);
        return item;
    case PE_IndicatorBranch:
        style::drawBranch(option, painter);
        return true;
    case PE_FrameFocusRect:
        // Only items: buttons have a ring around them, fields one inside.
        if (qobject_cast<const QAbstractItemView*>(widget))
            style::drawItemFocus(option, painter, *widget);
        return true;
    default:
        return false;
    }
}

void EspalierStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        return drawLineEdit(*option, *painter, widget);
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
        return style::drawFrame(*option, *painter, widget);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return style::drawCheckIndicator(*option, *painter);
    case PE_IndicatorRadioButton:
        return style::drawRadioIndicator(*option, *painter);
    case PE_PanelMenu:
        return style::drawMenuPanel(*option, *painter);
    case PE_PanelTipLabel:
        return painter->fillRect(option->rect, option->palette.toolTipBase());
    case PE_FrameMenu:
    case PE_IndicatorHeaderArrow: // a part of the label
        return;
    default:
        if (!drawItemPrimitive(element, *option, *painter, widget))
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void EspalierStyle::drawFocusFrame(const QStyleOption& option, QPainter& painter,
                                   const QWidget* widget) const
{
    const auto* frame = qobject_cast<const QFocusFrame*>(widget);
    const QWidget* target = frame ? frame->widget() : nullptr;
    QRectF ring = option.rect;
    // A tab is as high as its bar: the ring stays at the text.
    if (target && target->property(buttons::Property).toByteArray() == buttons::Tab) {
        const double spare = ring.height() - target->fontMetrics().height() - 12;
        ring.adjust(-3, spare / 2, 3, -spare / 2);
        ring &= QRectF(option.rect);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::of(option.palette).color(Role::Focus), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), metrics::Radius + 2, metrics::Radius + 2);
    painter.restore();
}

void EspalierStyle::drawControl(ControlElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const auto* menu = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    const auto* progress = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (element == CE_PushButtonBevel && button)
        return style::drawButtonPanel(*button, *painter, widget);
    if (element == CE_PushButtonLabel && button)
        return style::drawButtonLabel(*button, *painter, widget);
    if (element == CE_ComboBoxLabel && box)
        return style::drawComboBoxLabel(*box, *painter);
    if (element == CE_MenuItem && menu)
        return qobject_cast<const QComboBox*>(widget) ? style::drawChoice(*menu, *painter)
                                                      : style::drawMenuItem(*menu, *painter);
    if (element == CE_MenuEmptyArea || element == CE_HeaderEmptyArea)
        return;
    if (element == CE_MenuBarItem && menu)
        return style::drawMenuBarItem(*menu, *painter);
    if (element == CE_Header && header) { // Qt would keep room for an arrow beside the label
        drawControl(CE_HeaderSection, option, painter, widget);
        return drawControl(CE_HeaderLabel, option, painter, widget);
    }
    if (element == CE_HeaderSection && header)
        return style::drawHeaderSection(*header, *painter);
    if (element == CE_HeaderLabel && header)
        return style::drawHeaderLabel(*header, *painter);
    if (element == CE_ProgressBar && progress)
        return style::drawProgressBar(*progress, *painter);
    if (element == CE_Splitter)
        return painter->fillRect(option->rect, Theme::of(option->palette).color(Role::Border));
    if (element == CE_FocusFrame)
        return drawFocusFrame(*option, *painter, widget);
    QProxyStyle::drawControl(element, option, painter, widget);
}

void EspalierStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                       QPainter* painter, const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option); tool && widget)
        return style::drawToolButton(*tool, *painter, widget);
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
        return style::drawComboBox(*box, *painter, widget);
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
        return style::drawSpinBox(*spin, *painter, widget);
    if (control == CC_ScrollBar && slider)
        return style::drawScrollBar(*slider, *painter);
    if (control == CC_Slider && slider && slider->tickPosition == 0)
        return style::drawSlider(*slider, *painter,
                                 subControlRect(CC_Slider, option, SC_SliderHandle, widget));
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect EspalierStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                    SubControl part, const QWidget* widget) const
{
    if (control == CC_ComboBox && (part == SC_ComboBoxArrow || part == SC_ComboBoxEditField))
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            return style::comboBoxPart(*box, part);
    if (control == CC_SpinBox)
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
            return style::spinBoxPart(*spin, part);
    if (control == CC_ScrollBar)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return style::scrollBarPart(*bar, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect EspalierStyle::subElementRect(SubElement element, const QStyleOption* option,
                                    const QWidget* widget) const
{
    if (element == SE_LineEditContents)
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option))
            return frame->lineWidth > 0 ? frame->rect.adjusted(7, 1, -7, -1) : frame->rect;
    if (element == SE_HeaderLabel || element == SE_PushButtonContents)
        return option->rect;
    return QProxyStyle::subElementRect(element, option, widget);
}

} // namespace espalier
