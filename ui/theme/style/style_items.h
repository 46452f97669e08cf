#pragma once

class QPainter;
class QStyleOption;
class QStyleOptionHeader;
class QStyleOptionViewItem;
class QWidget;

namespace espalier::style {

/// Lists, tables and trees of EspalierStyle.

/// Fill of hover and selection: rounded in lists, plain in tables and trees.
void drawItemPanel(const QStyleOptionViewItem& option, QPainter& painter, const QWidget* widget);
/// The hairline under the row of a table.
void drawItemRow(const QStyleOptionViewItem& option, QPainter& painter, const QWidget* widget);
/// The ring around an item, by keyboard only.
void drawItemFocus(const QStyleOption& option, QPainter& painter, const QWidget& view);
void drawHeaderSection(const QStyleOptionHeader& option, QPainter& painter);
void drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter);
void drawBranch(const QStyleOption& option, QPainter& painter);

} // namespace espalier::style
