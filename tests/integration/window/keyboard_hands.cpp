#include "tests/integration/window/hands.h"

#include "core/project/documents/experiment_document.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/modeling/canvas/model_canvas.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostTabs = 250;
constexpr int MostRows = 400;

bool isIn(const QWidget* focus, const QWidget& target)
{
    return focus && (focus == &target || target.isAncestorOf(focus));
}

/// Buttons of a group are one stop for Tab; arrows go between them.
bool isGrouped(const QWidget* focus, const QWidget& target)
{
    const auto* has = qobject_cast<const QAbstractButton*>(focus);
    const auto* wanted = qobject_cast<const QAbstractButton*>(&target);
    return has && wanted && has->group() && has->group() == wanted->group();
}

QString blockName(const ModelCanvas& canvas)
{
    const QList<BlockId> selected = canvas.selection();
    return selected.size() == 1 ? canvas.document()->graph().block(selected.first())->name
                                : QString();
}

} // namespace

bool KeyboardHands::key(int key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : &front(), Qt::Key(key), modifiers);
    settle();
    return true;
}

bool KeyboardHands::reach(QWidget& target)
{
    bool backwards = false;
    for (int tab = 0; tab < MostTabs; ++tab) {
        QWidget* focus = QApplication::focusWidget();
        if (isIn(focus, target))
            return true;
        if (isGrouped(focus, target)) {
            const auto* wanted = static_cast<const QAbstractButton*>(&target);
            const QList<QAbstractButton*> buttons = wanted->group()->buttons();
            const bool onward = buttons.indexOf(wanted) > buttons.indexOf(focus);
            for (int step = 0; step < MostTabs && QApplication::focusWidget() != &target; ++step)
                key(onward ? Qt::Key_Right : Qt::Key_Left);
            return QApplication::focusWidget() == &target ||
                   fail(u"“%1” is not reached by arrows"_s.arg(wanted->text()));
        }
        // Tab would go through the blocks, and leave another one selected. F6 comes to what had the
        // focus last beside the canvas: what is wanted may stand before or behind it.
        const bool onCanvas = qobject_cast<ModelCanvas*>(focus);
        backwards = onCanvas ? !backwards : backwards;
        key(onCanvas ? Qt::Key_F6 : backwards ? Qt::Key_Backtab : Qt::Key_Tab);
    }
    const auto* button = qobject_cast<const QAbstractButton*>(&target);
    return fail(u"“%1” is not reached by Tab"_s.arg(
        target.accessibleName().isEmpty() && button ? button->text() : target.accessibleName()));
}

bool KeyboardHands::pressWidget(QWidget& button)
{
    const auto* checkable = qobject_cast<QAbstractButton*>(&button);
    if (!reach(button))
        return false;
    const bool chosenByArrow = checkable->group() && checkable->isChecked();
    return chosenByArrow || key(Qt::Key_Space);
}

bool KeyboardHands::fillWidget(QWidget& field, const QString& text)
{
    if (!reach(field))
        return false;
    QTest::keySequence(QApplication::focusWidget(), QKeySequence::SelectAll);
    QTest::keyClicks(QApplication::focusWidget(), text);
    settle();
    return true;
}

bool KeyboardHands::chooseIn(QComboBox& box, int item)
{
    if (!reach(box))
        return false;
    key(Qt::Key_Space);
    QAbstractItemView* list = box.view();
    if (!waitUntil([&] { return list->isVisible(); }))
        return fail(u"the list of “%1” does not open"_s.arg(box.accessibleName()));
    QTest::keyClick(list, Qt::Key_Home);
    for (int step = 0; step < MostRows && list->currentIndex().row() != item; ++step)
        QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    settle();
    return true;
}

bool KeyboardHands::moveTo(QAbstractItemView& list, const QModelIndex& row)
{
    if (!reach(list))
        return false;
    key(Qt::Key_Home);
    const auto isThere = [&] { return list.currentIndex().siblingAtColumn(row.column()) == row; };
    for (int step = 0; step < MostRows && !isThere(); ++step)
        key(Qt::Key_Down);
    return isThere() || fail(u"“%1” is not reached in its list"_s.arg(row.data().toString()));
}

bool KeyboardHands::pickIn(QAbstractItemView& list, const QModelIndex& row)
{
    return moveTo(list, row) && key(Qt::Key_Return);
}

bool KeyboardHands::tickIn(QAbstractItemView& list, const QModelIndex& row)
{
    if (!moveTo(list, row))
        return false;
    key(Qt::Key_Space);
    return row.data(Qt::CheckStateRole).toInt() == Qt::Checked ||
           fail(u"“%1” is not ticked"_s.arg(row.data().toString()));
}

bool KeyboardHands::commandIn(QAbstractItemView& list, const QModelIndex& row,
                              const QString& action)
{
    if (!moveTo(list, row))
        return false;
    key(Qt::Key_K, Qt::ControlModifier);
    const auto hasField = [] { return qobject_cast<QLineEdit*>(QApplication::focusWidget()); };
    if (!waitUntil(hasField))
        return fail(u"Ctrl+K opens no search"_s);
    QTest::keyClicks(QApplication::focusWidget(), action.chopped(action.endsWith(u'…')));
    settle();
    return key(Qt::Key_Return);
}

bool KeyboardHands::selectIn(ModelCanvas& canvas, const QString& block)
{
    if (!reach(canvas))
        return false;
    for (int step = 0; step < MostRows && blockName(canvas) != block; ++step) {
        const QList<BlockId> before = canvas.selection();
        key(Qt::Key_Down);
        if (canvas.selection() == before)
            break;
    }
    for (int step = 0; step < MostRows && blockName(canvas) != block; ++step)
        key(Qt::Key_Up);
    if (blockName(canvas) != block)
        return fail(u"“%1” is not reached by arrows"_s.arg(block));
    return key(Qt::Key_Return); // into its parameters
}

bool KeyboardHands::selectIn(MatrixView& matrix, int row, int column)
{
    if (!reach(matrix))
        return false;
    const auto step = [&](int less, int more, int from, int to) {
        for (; from < to; ++from)
            key(more);
        for (; from > to; --from)
            key(less);
    };
    step(Qt::Key_Up, Qt::Key_Down, matrix.focusCell().row, row);
    step(Qt::Key_Left, Qt::Key_Right, matrix.focusCell().column, column);
    key(Qt::Key_Space);
    return matrix.selection().contains({row, column}) || fail(u"the cell is not selected"_s);
}

} // namespace espalier
