#pragma once

#include <QSize>

class QPainter;
class QStyleOptionButton;
class QStyleOptionToolButton;
class QWidget;

namespace espalier::style {

/// Push buttons and tool buttons of EspalierStyle.

void polishButton(QWidget* widget);
void drawButtonPanel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget);
void drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget);
[[nodiscard]] QSize buttonSize(const QStyleOptionButton& option, const QWidget* widget);
void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget);
[[nodiscard]] QSize toolButtonSize(const QStyleOptionToolButton& option);

} // namespace espalier::style
