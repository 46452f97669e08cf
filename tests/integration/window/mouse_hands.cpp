#include "tests/integration/window/hands.h"

#include "core/project/documents/experiment_document.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/modeling/canvas/items/block_item.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/modeling/canvas/model_scene.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QMenu>
#include <QScrollArea>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int TickBox = 16;  // from the left edge of a row to the middle of its box
constexpr int MenuDots = 16; // from the right edge of a row
constexpr int MostTurns = 60;

void turnWheel(QWidget& viewport, int notches)
{
    const QPointF at = viewport.rect().center();
    QWheelEvent event(at, viewport.mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&viewport, &event);
}

/// Turns the wheel over the panel until the widget is in sight.
void scrollTo(QWidget& widget)
{
    for (QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        auto* area = qobject_cast<QScrollArea*>(parent);
        if (!area)
            continue;
        for (int turn = 0; turn < MostTurns; ++turn) {
            const QRect place(widget.mapTo(area->viewport(), QPoint()), widget.size());
            if (place.top() >= 0 && place.bottom() < area->viewport()->height())
                break;
            turnWheel(*area->viewport(), place.top() < 0 ? 1 : -1);
        }
    }
}

} // namespace

bool MouseHands::pressWidget(QWidget& button)
{
    scrollTo(button);
    if (!button.visibleRegion().contains(button.rect().center()))
        return fail(u"“%1” is out of sight"_s.arg(button.accessibleName()));
    QTest::mouseClick(&button, Qt::LeftButton);
    settle();
    return true;
}

bool MouseHands::fillWidget(QWidget& field, const QString& text)
{
    scrollTo(field);
    QTest::mouseClick(&field, Qt::LeftButton);
    if (QApplication::focusWidget() != &field && !field.isAncestorOf(QApplication::focusWidget()))
        return fail(u"a click on “%1” does not give it the focus"_s.arg(field.accessibleName()));
    QTest::keySequence(QApplication::focusWidget(), QKeySequence::SelectAll);
    QTest::keyClicks(QApplication::focusWidget(), text);
    settle();
    return true;
}

bool MouseHands::chooseIn(QComboBox& box, int item)
{
    scrollTo(box);
    QTest::mouseClick(&box, Qt::LeftButton);
    QAbstractItemView* list = box.view();
    if (!waitUntil([&] { return list->isVisible(); }))
        return fail(u"the list of “%1” does not open"_s.arg(box.accessibleName()));
    // A release so soon after the press would belong to the click that opened the list.
    QTest::qWait(QApplication::doubleClickInterval() + 50);
    const QPoint at = list->visualRect(box.model()->index(item, box.modelColumn())).center();
    QTest::mouseMove(list->viewport(), at);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
    settle();
    return true;
}

bool MouseHands::pickIn(QAbstractItemView& list, const QModelIndex& row)
{
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(row).center());
    settle();
    return true;
}

bool MouseHands::tickIn(QAbstractItemView& list, const QModelIndex& row)
{
    const QRect rect = list.visualRect(row);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      {rect.left() + TickBox, rect.center().y()});
    settle();
    return row.data(Qt::CheckStateRole).toInt() == Qt::Checked ||
           fail(u"“%1” is not ticked"_s.arg(row.data().toString()));
}

bool MouseHands::commandIn(QAbstractItemView& list, const QModelIndex& row, const QString& action)
{
    const QRect rect = list.visualRect(row);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, rect.center());
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      {rect.right() - MenuDots, rect.center().y()});
    QMenu* menu = nullptr;
    if (!waitUntil(
            [&] { return (menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())); }))
        return fail(u"the three dots open no menu"_s);
    for (QAction* entry : menu->actions())
        if (entry->text().remove(u'&') == action) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
            settle();
            return true;
        }
    return fail(u"the menu has no “%1”"_s.arg(action));
}

bool MouseHands::selectIn(ModelCanvas& canvas, const QString& block)
{
    const auto& blocks = canvas.document()->graph().blocks();
    const auto found = std::ranges::find(blocks, block, &Block::name);
    if (found == blocks.end())
        return fail(u"no block “%1”"_s.arg(block));
    const QRectF frame = canvas.modelScene().blockItem(found->id)->frame();
    QPoint at;
    const auto inSight = [&] {
        at = canvas.mapFromScene(frame.center() - QPointF(40, 0));
        return canvas.viewport()->rect().adjusted(0, 20, 0, -20).contains(at);
    };
    for (int turn = 0; turn < MostTurns && !inSight(); ++turn)
        turnWheel(*canvas.viewport(), at.y() < 0 ? 1 : -1);
    if (!inSight())
        return fail(u"“%1” cannot be scrolled into sight"_s.arg(block));
    QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, at);
    settle();
    return canvas.selection() == QList{found->id} || fail(u"“%1” is not selected"_s.arg(block));
}

bool MouseHands::selectIn(MatrixView& matrix, int row, int column)
{
    const QRect cell = matrix.geometryOfCells().cellRect({row, column});
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, cell.center());
    settle();
    return matrix.selection().contains({row, column}) || fail(u"the cell is not selected"_s);
}

} // namespace espalier
