#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionFrame;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QWidget;

namespace espalier::style {

/// Fields, boxes and sliders of EspalierStyle.

void drawFieldFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget);
/// Of a QFrame: text edits look like fields, other views have a hairline.
void drawFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget);
void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget);
void drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter& painter);
[[nodiscard]] QRect comboBoxPart(const QStyleOptionComboBox& option, QStyle::SubControl part);
void drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget);
[[nodiscard]] QRect spinBoxPart(const QStyleOptionSpinBox& option, QStyle::SubControl part);
[[nodiscard]] QSize spinBoxSize(const QStyleOptionSpinBox& option, const QSize& contents);
void drawCheckIndicator(const QStyleOption& option, QPainter& painter);
void drawRadioIndicator(const QStyleOption& option, QPainter& painter);
/// Without tick marks.
void drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QRect& handle);

} // namespace espalier::style
