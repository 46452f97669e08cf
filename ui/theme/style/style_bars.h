#pragma once

#include <QStyle>

class QPainter;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QWidget;

namespace espalier::style {

/// Scroll bars and progress of EspalierStyle.

/// 10 px over the edge of the view, of which 6 are drawn until the mouse comes.
constexpr int ScrollBarExtent = 10;

void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter);
[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part);
void drawProgressBar(const QStyleOptionProgressBar& option, QPainter& painter);

} // namespace espalier::style
