#include "ui/theme/style/style_fields.h"

#include "ui/theme/espalier_style.h"
#include "ui/theme/style/style_shapes.h"

#include <QAbstractSpinBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextEdit>

using namespace Qt::StringLiterals;

namespace espalier::style {
namespace {

constexpr int Padding = 9, Chevron = 14, SpinColumn = 20, SpinChevron = 10;

bool isReadOnly(const QStyleOption& option, const QWidget* widget)
{
    const auto* spin = qobject_cast<const QAbstractSpinBox*>(widget);
    return spin ? spin->isReadOnly() : isOn(option, QStyle::State_ReadOnly);
}

/// Typing needs no ring by keyboard alone: where the text goes is always shown.
bool isFocused(const QStyleOption& option, const QWidget* widget)
{
    if (!isOn(option, QStyle::State_HasFocus))
        return false;
    const bool typed =
        qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
        qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget);
    return typed || isOn(option, QStyle::State_KeyboardFocusChange);
}

QColor fieldOutline(const QStyleOption& option, const QWidget* widget)
{
    if (!isOn(option, QStyle::State_Enabled))
        return colorOf(option, Role::BorderButton);
    if (widget && widget->property(fields::Error).toBool())
        return colorOf(option, Role::LevelError);
    const bool hover = isOn(option, QStyle::State_MouseOver);
    return colorOf(option, hover ? Role::TextSecondary : Role::BorderControl);
}

void drawRing(QPainter& painter, const QRectF& rect, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), metrics::Radius - 1, metrics::Radius - 1);
    painter.restore();
}

QRect centred(const QRect& room, int side)
{
    return {room.left() + (room.width() - side) / 2, room.top() + (room.height() - side) / 2, side,
            side};
}

} // namespace

void drawFieldFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    // Locked fields are plain text, not greyed boxes.
    if (isReadOnly(option, widget) && isOn(option, QStyle::State_Enabled)) {
        if (isFocused(option, widget) && isOn(option, QStyle::State_KeyboardFocusChange))
            drawRing(painter, option.rect, colorOf(option, Role::Focus));
        return;
    }
    const bool enabled = isOn(option, QStyle::State_Enabled);
    drawBox(painter, option.rect, enabled ? colorOf(option, Role::Surface) : QColor(),
            fieldOutline(option, widget));
    if (isFocused(option, widget) && enabled)
        drawRing(painter, option.rect, colorOf(option, Role::Focus));
}

void drawFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    if (qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget))
        return drawFieldFrame(option, painter, widget);
    const bool popup = widget && widget->isWindow();
    drawBox(painter, option.rect, popup ? colorOf(option, Role::Raised) : QColor(),
            colorOf(option, Role::Border), popup ? 0.5 : metrics::Radius);
}

void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget)
{
    drawFieldFrame(option, painter, widget);
    const QRect arrow = comboBoxPart(option, QStyle::SC_ComboBoxArrow);
    paintIcon(painter, u"chevron-down"_s, centred(arrow, Chevron), inkOf(option));
}

void drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter& painter)
{
    QRect room = comboBoxPart(option, QStyle::SC_ComboBoxEditField);
    painter.save();
    painter.setClipRect(room);
    if (!option.currentIcon.isNull()) {
        const QRect place(room.left(), room.top() + (room.height() - option.iconSize.height()) / 2,
                          option.iconSize.width(), option.iconSize.height());
        option.currentIcon.paint(
            &painter, QStyle::visualRect(option.direction, room, place), Qt::AlignCenter,
            isOn(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
        const int taken = option.iconSize.width() + metrics::IconGap;
        room = QStyle::visualRect(option.direction, room, room.adjusted(taken, 0, 0, 0));
    }
    if (!option.currentText.isEmpty() && !option.editable) {
        painter.setPen(inkOf(option));
        const auto alignment =
            QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
        painter.drawText(
            room, int(alignment),
            option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, room.width()));
    }
    painter.restore();
}

QRect comboBoxPart(const QStyleOptionComboBox& option, QStyle::SubControl part)
{
    const QRect rect = option.rect;
    QRect result = rect;
    if (part == QStyle::SC_ComboBoxArrow)
        result.setLeft(rect.right() - Chevron - Padding + 1);
    else if (part == QStyle::SC_ComboBoxEditField)
        // The field of an editable box has two pixels of its own.
        result.adjust(Padding - (option.editable ? 2 : 0), 1, -Chevron - Padding - 2, -1);
    if (part == QStyle::SC_ComboBoxArrow)
        result.adjust(0, 0, -3, 0);
    return QStyle::visualRect(option.direction, rect, result);
}

void drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget)
{
    drawFieldFrame(option, painter, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons || isReadOnly(option, widget))
        return;
    const auto chevron = [&](QStyle::SubControl part, QAbstractSpinBox::StepEnabledFlag step,
                             const QString& icon, int shift) {
        const bool can = option.stepEnabled.testFlag(step) && isOn(option, QStyle::State_Enabled);
        const bool here = option.activeSubControls.testFlag(part) && can;
        const bool hover = here && isOn(option, QStyle::State_MouseOver);
        const QRect room = spinBoxPart(option, part);
        if (hover)
            drawBox(
                painter, room.adjusted(0, 1, -2, -1),
                colorOf(option, isOn(option, QStyle::State_Sunken) ? Role::Pressed : Role::Hover),
                {}, 3);
        const Role role = can ? Role::TextPrimary : Role::BorderButton;
        paintIcon(painter, icon, centred(room, SpinChevron).translated(-1, shift),
                  colorOf(option, role));
    };
    chevron(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, u"chevron-up"_s, 1);
    chevron(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, u"chevron-down"_s, -1);
}

QRect spinBoxPart(const QStyleOptionSpinBox& option, QStyle::SubControl part)
{
    const QRect rect = option.rect;
    const bool bare = option.buttonSymbols == QAbstractSpinBox::NoButtons;
    const int column = bare ? 0 : SpinColumn;
    QRect result = rect;
    switch (part) {
    case QStyle::SC_SpinBoxUp:
        result = QRect(rect.right() - column + 1, rect.top() + 1, column, rect.height() / 2 - 1);
        break;
    case QStyle::SC_SpinBoxDown:
        result = QRect(rect.right() - column + 1, rect.top() + rect.height() / 2, column,
                       rect.height() - rect.height() / 2 - 1);
        break;
    case QStyle::SC_SpinBoxEditField:
        result = rect.adjusted(Padding - 2, 2, bare ? -Padding : -column - 1, -2);
        break;
    default:
        break;
    }
    return QStyle::visualRect(option.direction, rect, result);
}

QSize spinBoxSize(const QStyleOptionSpinBox& option, const QSize& contents)
{
    const int column = option.buttonSymbols == QAbstractSpinBox::NoButtons ? Padding : SpinColumn;
    return {contents.width() + Padding + column,
            qMax(int(metrics::Control), option.fontMetrics.height() + 8)};
}

void drawCheckIndicator(const QStyleOption& option, QPainter& painter)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool partly = isOn(option, QStyle::State_NoChange);
    const bool filled = isOn(option, QStyle::State_On) || partly;
    const bool hover = isOn(option, QStyle::State_MouseOver) && enabled;
    const QRect box = centred(option.rect, metrics::Icon);
    if (!filled) {
        const Role outline = !enabled ? Role::BorderButton
                             : hover  ? Role::TextSecondary
                                      : Role::BorderControl;
        return drawBox(painter, box, enabled ? colorOf(option, Role::Surface) : QColor(),
                       colorOf(option, outline), 4);
    }
    if (enabled) {
        const Role fill = isOn(option, QStyle::State_Sunken) ? Role::AccentPressed
                          : hover                            ? Role::AccentHover
                                                             : Role::Accent;
        drawBox(painter, box, colorOf(option, fill), {}, 4);
    } else {
        drawBox(painter, box, {}, colorOf(option, Role::BorderButton), 4);
    }
    paintIcon(painter, partly ? u"minus"_s : u"check"_s, box.adjusted(2, 2, -2, -2),
              inkOf(option, Role::AccentText));
}

void drawRadioIndicator(const QStyleOption& option, QPainter& painter)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool on = isOn(option, QStyle::State_On);
    const bool hover = isOn(option, QStyle::State_MouseOver) && enabled;
    const QRectF box = centred(option.rect, metrics::Icon);
    const Role outline = !enabled ? Role::BorderButton
                         : hover  ? Role::TextSecondary
                                  : Role::BorderControl;
    if (on && enabled)
        drawBox(painter, box, colorOf(option, hover ? Role::AccentHover : Role::Accent), {}, 8);
    else
        drawBox(painter, box, enabled ? colorOf(option, Role::Surface) : QColor(),
                colorOf(option, outline), 8);
    if (on)
        drawBox(painter, box.adjusted(5, 5, -5, -5), inkOf(option, Role::AccentText), {}, 3);
}

void drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QRect& handle)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRect rect = option.rect;
    QRect groove = horizontal ? QRect(rect.left(), rect.center().y(), rect.width(), 2)
                              : QRect(rect.center().x(), rect.top(), 2, rect.height());
    QRect done = groove;
    // upsideDown: the largest value stands where the smallest is drawn.
    if (horizontal)
        option.upsideDown ? done.setLeft(handle.center().x()) : done.setRight(handle.center().x());
    else
        option.upsideDown ? done.setTop(handle.center().y()) : done.setBottom(handle.center().y());
    painter.fillRect(groove, colorOf(option, Role::BorderButton));
    painter.fillRect(done, colorOf(option, enabled ? Role::Accent : Role::BorderButton));
    const bool held = option.activeSubControls.testFlag(QStyle::SC_SliderHandle);
    const Role fill = held && isOn(option, QStyle::State_Sunken)      ? Role::Pressed
                      : held && isOn(option, QStyle::State_MouseOver) ? Role::Hover
                                                                      : Role::Surface;
    const QRectF knob = centred(handle, 14);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colorOf(option, enabled ? Role::Accent : Role::BorderButton), 1.5));
    painter.setBrush(colorOf(option, fill));
    painter.drawEllipse(knob.adjusted(0.75, 0.75, -0.75, -0.75));
    painter.restore();
}

} // namespace espalier::style
