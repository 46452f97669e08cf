#pragma once

#include <QSize>

class QPainter;
class QStyleOption;
class QStyleOptionMenuItem;

namespace espalier::style {

/// Menus of EspalierStyle, also the lists of combo boxes.

void drawMenuPanel(const QStyleOption& option, QPainter& painter);
void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter);
/// A row in the list of a QComboBox: its text stands under that of the field, the tick of the
/// current one at the end.
void drawChoice(const QStyleOptionMenuItem& option, QPainter& painter);
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& contents);
void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter);

} // namespace espalier::style
