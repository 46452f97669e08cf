#include "tests/ui/modeling/canvas/canvas_walker.h"

#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/inspector/build/block_list_model.h"
#include "ui/modeling/inspector/build/block_list_view.h"
#include "ui/modeling/inspector/form/number_box.h"
#include "ui/modeling/inspector/form/value_form.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype ManyBlocks = 26;
constexpr qsizetype Remembered = 12;

} // namespace

const QList<CanvasWalker::Habit>& CanvasWalker::habits()
{
    using W = CanvasWalker;
    static const QList<Habit> all{{"follow", &W::followAgain, 4},
                                  {"click on a list row", &W::addByClick, 8},
                                  {"search and Enter", &W::addBySearch, 3},
                                  {"snippet", &W::addSnippet, 2},
                                  {"drop", &W::dropFromTheList, 8},
                                  {"move", &W::moveBlocks, 12},
                                  {"Escape", &W::giveUpAMove, 2},
                                  {"insert", &W::putIntoAConnection, 4},
                                  {"connect", &W::connectPorts, 14},
                                  {"delete", &W::deleteBlocks, 6},
                                  {"delete connection", &W::deleteConnection, 4},
                                  {"cut", &W::cutBlocks, 2},
                                  {"copy", &W::copyBlocks, 3},
                                  {"paste", &W::pasteBlocks, 3},
                                  {"duplicate", &W::duplicateBlocks, 3},
                                  {"tidy", &W::tidy, 3},
                                  {"nudge", &W::nudge, 5},
                                  {"rubber band", &W::rubberBand, 2},
                                  {"group", &W::groupBlocks, 5},
                                  {"ungroup", &W::ungroupBlocks, 2},
                                  {"fold by button", &W::foldByButton, 6},
                                  {"fold by key", &W::foldByKey, 4},
                                  {"move group", &W::moveGroup, 4},
                                  {"parameter", &W::editParameter, 14},
                                  {"setting", &W::editSetting, 4},
                                  {"undo and redo", &W::undoAndRedo, 2}};
    return all;
}

CanvasWalker::CanvasWalker(CanvasFixture& fixture, quint64 seed)
    : m_fixture(fixture)
    , m_random(seed)
    , m_inspector(new ModelingInspector(fixture.document(), &m_window))
{
    ModelCanvas& canvas = fixture.canvas;
    auto* columns = new QHBoxLayout(&m_window);
    columns->setContentsMargins({});
    columns->addWidget(&canvas, 1);
    columns->addWidget(m_inspector);
    m_inspector->setFixedWidth(metrics::Inspector);
    using Inspector = ModelingInspector;
    QObject::connect(&canvas, &ModelCanvas::selectionChanged, m_inspector,
                     &Inspector::setSelection);
    QObject::connect(m_inspector, &Inspector::addBlockRequested, &canvas, &ModelCanvas::addBlock);
    QObject::connect(m_inspector, &Inspector::addSnippetRequested, &canvas,
                     &ModelCanvas::addSnippet);
    QObject::connect(m_inspector, &Inspector::selectBlockRequested, &canvas, &ModelCanvas::reveal);
    m_inspector->setDocument(&fixture.experiment());
    m_list = m_inspector->findChild<BlockListView*>();
    m_search = m_inspector->findChildren<QLineEdit*>().constFirst();
    static_cast<BlockListView*>(m_list)->expandAll();
    m_window.resize(1500, 1000);
    m_window.show();
    m_window.activateWindow();
    if (!QTest::qWaitForWindowActive(&m_window))
        qFatal("The window of the walk does not become active.");
    canvas.setFocus();
}

CanvasWalker::~CanvasWalker()
{
    m_inspector->setDocument(nullptr);
    QObject::disconnect(&m_fixture.canvas, nullptr, m_inspector, nullptr);
    m_fixture.canvas.setParent(nullptr);
}

const CanvasWalker::Habit& CanvasWalker::chooseHabit()
{
    if (m_history.isEmpty())
        return habits().first(); // later there is seldom anything to follow
    int all = 0;
    for (const Habit& habit : habits())
        all += habit.weight;
    int left = below(all);
    for (const Habit& habit : habits())
        if ((left -= habit.weight) < 0)
            return habit;
    return habits().last();
}

void CanvasWalker::step()
{
    static const Habit tidyingUp{"make room", &CanvasWalker::makeRoom, 0};
    const bool full = m_fixture.graph().blocks().size() > ManyBlocks;
    const Habit& habit = full ? tidyingUp : chooseHabit();
    const QString name = QString::fromLatin1(habit.name);
    m_history.append(name);
    if (m_history.size() > Remembered)
        m_history.removeFirst();
    const ModelGraph graph = m_fixture.graph();
    const RunSettings settings = m_fixture.experiment().settings();
    (this->*habit.gesture)();
    // As between two events of a person: layouts settle, what was discarded goes.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_changes[name] +=
        m_fixture.graph() != graph || m_fixture.experiment().settings() != settings ? 1 : 0;
}

QString CanvasWalker::unused() const
{
    const QSet<QString> harmless{u"Escape"_s, u"rubber band"_s, u"undo and redo"_s, u"copy"_s};
    QStringList names;
    for (const Habit& habit : habits())
        if (const QString name = QString::fromLatin1(habit.name);
            (m_changes.value(name) == 0) != harmless.contains(name))
            names.append(name);
    return names.join(u", "_s);
}

bool CanvasWalker::inspectorFits() const
{
    const QList<BlockId> selected = m_fixture.canvas.selection();
    if (selected.size() != 1)
        return true;
    const Block* block = m_fixture.graph().block(selected.first());
    for (const ValueForm* form : m_inspector->findChildren<ValueForm*>())
        if (const auto* name = qobject_cast<QLineEdit*>(form->fieldWidget(u"#name"_s)))
            return name->text() == block->name;
    return false;
}

void CanvasWalker::rest()
{
    m_fixture.canvas.setFocus();
    QCoreApplication::sendPostedEvents();
}

void CanvasWalker::makeRoom()
{
    if (below(4) == 0) {
        m_fixture.canvas.setFocus();
        m_fixture.key(Qt::Key_A, Qt::ControlModifier);
    } else {
        selectSome(12);
    }
    m_fixture.key(Qt::Key_Delete);
}

BlockId CanvasWalker::anyBlock()
{
    const QList<Block>& blocks = m_fixture.graph().blocks();
    return blocks.isEmpty() ? BlockId() : blocks.at(below(blocks.size())).id;
}

std::optional<Connection> CanvasWalker::anyConnection()
{
    const QList<Connection>& all = m_fixture.graph().connections();
    return all.isEmpty() ? std::nullopt : std::optional(all.at(below(all.size())));
}

QPointF CanvasWalker::middleOf(const Connection& connection) const
{
    for (const QGraphicsItem* item : m_fixture.canvas.modelScene().items())
        if (const auto* line = dynamic_cast<const ConnectionItem*>(item))
            if (line->connection() == connection)
                return line->path().pointAtPercent(0.5);
    return {};
}

QRectF CanvasWalker::frameOf(BlockId block) const
{
    return m_fixture.canvas.modelScene().frameOf(block);
}

void CanvasWalker::bringIntoSight(const QRectF& area)
{
    ModelCanvas& canvas = m_fixture.canvas;
    const QRectF wanted = area.adjusted(-60, -60, 60, 60);
    const double zoom =
        std::min({1.0, canvas.width() / wanted.width(), canvas.height() / wanted.height()});
    canvas.setPlace({zoom, wanted.center()});
}

void CanvasWalker::selectSome(int most)
{
    m_fixture.canvas.setFocus();
    const int count = 1 + below(most);
    for (int i = 0; i < count; ++i) {
        const BlockId block = anyBlock();
        if (!block.isValid())
            return;
        bringIntoSight(frameOf(block));
        m_fixture.click(m_fixture.middleOf(block),
                        i == 0 ? Qt::NoModifier : Qt::KeyboardModifiers(Qt::ControlModifier));
    }
}

QModelIndex CanvasWalker::anyRow(bool snippet)
{
    m_inspector->showTab(ModelingInspector::Tab::Build);
    m_search->clear();
    const QAbstractItemModel& model = *m_list->model();
    const int section = snippet ? 0 : 1 + below(model.rowCount() - 1);
    const QModelIndex parent = model.index(section, 0);
    static_cast<BlockListView*>(m_list)->expand(parent);
    const QModelIndex row = model.index(below(model.rowCount(parent)), 0, parent);
    m_list->scrollTo(row);
    return row;
}

void CanvasWalker::addByClick()
{
    if (below(2) == 0)
        selectSome(1);
    const QModelIndex row = anyRow(false);
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, m_list->visualRect(row).center());
}

void CanvasWalker::addBySearch()
{
    const QString name = anyRow(false).data().toString();
    QTest::keyClicks(m_search, name);
    QTest::keyClick(m_search, Qt::Key_Return);
    m_search->clear();
}

void CanvasWalker::addSnippet()
{
    const QModelIndex row = anyRow(true);
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, m_list->visualRect(row).center());
}

void CanvasWalker::dropFromTheList()
{
    const std::unique_ptr<QMimeData> data(m_list->model()->mimeData({anyRow(below(12) == 0)}));
    ModelCanvas& canvas = m_fixture.canvas;
    QPointF at(below(canvas.width()), below(canvas.height()));
    if (const auto connection = anyConnection(); connection && below(2) == 0) {
        const QPointF middle = middleOf(*connection);
        bringIntoSight(QRectF(middle, QSizeF(1, 1)));
        at = m_fixture.onScreen(middle);
    }
    QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &enter);
    QDragMoveEvent move(at.toPoint(), Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &move);
    if (below(8) == 0) {
        QDragLeaveEvent leave;
        QApplication::sendEvent(canvas.viewport(), &leave);
        return;
    }
    QDropEvent drop(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &drop);
}

void CanvasWalker::moveBlocks()
{
    selectSome(3);
    const QList<BlockId> selected = m_fixture.canvas.selection();
    if (selected.isEmpty())
        return;
    const BlockId block = selected.at(below(selected.size()));
    bringIntoSight(frameOf(block));
    const QPoint from = m_fixture.middleOf(block);
    m_fixture.drag(from, from + QPoint(below(600) - 300, below(400) - 200));
}

void CanvasWalker::giveUpAMove()
{
    const BlockId block = anyBlock();
    if (!block.isValid())
        return;
    m_fixture.canvas.setFocus();
    bringIntoSight(frameOf(block));
    const bool port = below(2) == 0;
    const QPoint from = port ? m_fixture.outputOf(block) : m_fixture.middleOf(block);
    m_fixture.press(from);
    m_fixture.moveTo(from + QPoint(50, 70));
    m_fixture.key(Qt::Key_Escape);
    m_fixture.release(from + QPoint(50, 70));
}

void CanvasWalker::putIntoAConnection()
{
    const auto connection = anyConnection();
    const ModelGraph& graph = m_fixture.graph();
    QList<BlockId> loose;
    for (const Block& block : graph.blocks())
        if (graph.inputsOf(block.id).isEmpty() && graph.outputsOf(block.id).isEmpty())
            loose.append(block.id);
    if (!connection || loose.isEmpty())
        return;
    const BlockId block = loose.at(below(loose.size()));
    const QPointF middle = middleOf(*connection);
    bringIntoSight(frameOf(block) | QRectF(middle, QSizeF(1, 1)));
    const QPointF way = middle - frameOf(block).center();
    const QPoint from = m_fixture.middleOf(block);
    m_fixture.drag(from, from + (way * m_fixture.canvas.zoom()).toPoint());
}

void CanvasWalker::connectPorts()
{
    const BlockId from = anyBlock();
    const BlockId to = anyBlock();
    if (!from.isValid())
        return;
    m_fixture.canvas.setFocus();
    bringIntoSight(frameOf(from) | frameOf(to));
    const BlockItem* target = m_fixture.canvas.modelScene().blockItem(to);
    const int port = below(std::max(1, target->content().inputs));
    const QPoint output = m_fixture.outputOf(from);
    const QPoint input = m_fixture.onScreen(target->inputPort(port));
    switch (below(3)) {
    case 0:
        return m_fixture.drag(output, input);
    case 1:
        return m_fixture.drag(input, output);
    default:
        return m_fixture.drag(output, m_fixture.middleOf(to));
    }
}

void CanvasWalker::deleteBlocks()
{
    selectSome(3);
    m_fixture.key(below(2) == 0 ? Qt::Key_Delete : Qt::Key_Backspace);
}

void CanvasWalker::deleteConnection()
{
    const auto connection = anyConnection();
    if (!connection)
        return;
    m_fixture.canvas.setFocus();
    const QPointF middle = middleOf(*connection);
    bringIntoSight(QRectF(middle, QSizeF(1, 1)));
    m_fixture.click(m_fixture.onScreen(middle));
    m_fixture.key(Qt::Key_Delete);
}

void CanvasWalker::cutBlocks()
{
    selectSome(3);
    m_fixture.key(Qt::Key_X, Qt::ControlModifier);
}

void CanvasWalker::copyBlocks()
{
    selectSome(4);
    m_fixture.key(Qt::Key_C, Qt::ControlModifier);
}

void CanvasWalker::pasteBlocks()
{
    m_fixture.canvas.setFocus();
    m_fixture.key(Qt::Key_V, Qt::ControlModifier);
}

void CanvasWalker::duplicateBlocks()
{
    selectSome(4);
    m_fixture.key(Qt::Key_D, Qt::ControlModifier);
}

void CanvasWalker::tidy()
{
    selectSome(5);
    if (below(2) == 0)
        m_fixture.click({2, 2});
    m_fixture.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
}

void CanvasWalker::nudge()
{
    selectSome(2);
    constexpr std::array arrows{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
    for (int times = 1 + below(3); times > 0; --times)
        m_fixture.key(arrows.at(size_t(below(4))), Qt::AltModifier);
}

void CanvasWalker::rubberBand()
{
    m_fixture.canvas.setFocus();
    const QSize size = m_fixture.canvas.size();
    const QPoint from(2, 2);
    if (m_fixture.canvas.modelScene().blockAt(m_fixture.canvas.mapToScene(from)).isValid())
        return;
    m_fixture.press(from, below(2) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
    const QPoint to(below(size.width()), below(size.height()));
    m_fixture.moveTo(to);
    m_fixture.release(to);
}

const GroupItem* CanvasWalker::anyGroup()
{
    const QList<GraphGroup>& groups = m_fixture.graph().groups();
    if (groups.isEmpty())
        return nullptr;
    m_fixture.canvas.setFocus();
    const GroupId id = groups.at(below(groups.size())).id;
    const GroupItem* item = m_fixture.canvas.modelScene().groupItem(id);
    bringIntoSight(item->handle());
    return item;
}

void CanvasWalker::groupBlocks()
{
    selectSome(5);
    m_fixture.key(Qt::Key_G, Qt::ControlModifier);
}

void CanvasWalker::ungroupBlocks()
{
    if (const GroupItem* item = anyGroup())
        m_fixture.click(m_fixture.onScreen(item->handle().center() + QPointF(4, 0)));
    m_fixture.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
}

void CanvasWalker::foldByButton()
{
    if (const GroupItem* item = anyGroup())
        m_fixture.click(m_fixture.onScreen(item->button().center()));
}

void CanvasWalker::foldByKey()
{
    const GroupItem* item = anyGroup();
    if (!item)
        return;
    m_fixture.click(m_fixture.onScreen(item->handle().center() + QPointF(4, 0)));
    if (below(2) == 0)
        m_fixture.key(Qt::Key_Return);
    else
        m_fixture.key(Qt::Key_Period, Qt::ControlModifier);
}

void CanvasWalker::moveGroup()
{
    const GroupItem* item = anyGroup();
    if (!item)
        return;
    const QPoint from = m_fixture.onScreen(item->handle().center() + QPointF(4, 0));
    m_fixture.drag(from, from + QPoint(below(600) - 300, below(400) - 200));
}

void CanvasWalker::editParameter()
{
    selectSome(below(3) == 0 ? 3 : 1);
    editAField(ModelingInspector::Tab::Block);
}

void CanvasWalker::editSetting()
{
    editAField(ModelingInspector::Tab::Settings);
}

void CanvasWalker::editAField(ModelingInspector::Tab tab)
{
    m_inspector->showTab(tab);
    QList<QWidget*> editors;
    for (const ValueForm* form : m_inspector->findChildren<ValueForm*>())
        for (QWidget* widget : form->findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() &&
                form->fieldWidget(widget->objectName()) == widget)
                editors.append(widget);
    if (!editors.isEmpty())
        use(editors.at(below(editors.size())));
}

void CanvasWalker::use(QWidget* editor)
{
    editor->setFocus(Qt::TabFocusReason);
    if (qobject_cast<QCheckBox*>(editor))
        return QTest::keyClick(editor, Qt::Key_Space);
    if (qobject_cast<QComboBox*>(editor))
        return QTest::keyClick(editor, below(2) == 0 ? Qt::Key_Down : Qt::Key_Up);
    if (auto* box = qobject_cast<NumberBox*>(editor); box && below(2) == 0)
        return QTest::keyClick(box, below(2) == 0 ? Qt::Key_Down : Qt::Key_Up);
    if (auto* line = qobject_cast<QLineEdit*>(editor))
        return typeInto(line);
    if (auto* line = editor->findChild<QLineEdit*>())
        typeInto(line);
}

void CanvasWalker::typeInto(QLineEdit* line)
{
    line->selectAll();
    const bool number = qobject_cast<NumberBox*>(line->parentWidget());
    const QString text = QString::number(1 + below(20));
    QTest::keyClicks(line, number ? text : u"Name "_s + text);
    QTest::keyClick(line, Qt::Key_Return);
}

void CanvasWalker::followAgain()
{
    const ModelGraph& graph = m_fixture.graph();
    for (const Block& block : graph.blocks()) {
        if (block.type != u"dense")
            continue;
        m_fixture.canvas.setFocus();
        bringIntoSight(frameOf(block.id));
        m_fixture.click(m_fixture.middleOf(block.id));
        m_inspector->showTab(ModelingInspector::Tab::Block);
        for (QPushButton* button : m_inspector->findChildren<QPushButton*>())
            if (button->isVisible() && qobject_cast<ValueForm*>(button->parent()->parent()))
                return QTest::mouseClick(button, Qt::LeftButton);
    }
}

void CanvasWalker::undoAndRedo()
{
    QUndoStack& stack = m_fixture.undoStack();
    const int index = stack.index();
    const ModelGraph graph = m_fixture.graph();
    stack.setIndex(std::max(0, index - 1 - below(8)));
    stack.setIndex(index);
    if (m_fixture.graph() != graph)
        qFatal("Redo does not give back what undo took.");
}

} // namespace espalier
