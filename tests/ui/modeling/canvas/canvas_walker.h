#pragma once

#include "core/base/random.h"
#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/modeling/canvas/items/connection_item.h"
#include "ui/modeling/canvas/items/group_item.h"
#include "ui/modeling/inspector/modeling_inspector.h"

#include <QMap>
#include <QWidget>

class QAbstractItemView;
class QLineEdit;

namespace espalier {

/// Uses canvas and Inspector, side by side in one window, as a hand does that knows every gesture
/// and no purpose: by mouse, keyboard, drag and drop alone. The same seed takes the same steps.
class CanvasWalker final {
public:
    CanvasWalker(CanvasFixture& fixture, quint64 seed);
    ~CanvasWalker();

    /// One gesture; it may come to nothing.
    void step();
    /// Whether the Inspector is about the blocks that are selected on the canvas.
    [[nodiscard]] bool inspectorFits() const;
    /// Leaves the field that was typed into for the canvas, and lets all be painted.
    void rest();
    /// The last steps, for a message.
    [[nodiscard]] QString history() const { return m_history.join(QStringLiteral(", ")); }
    /// Gestures that never changed the document.
    [[nodiscard]] QString unused() const;

private:
    using Gesture = void (CanvasWalker::*)();
    struct Habit {
        const char* name;
        Gesture gesture;
        int weight;
    };
    [[nodiscard]] static const QList<Habit>& habits();
    [[nodiscard]] const Habit& chooseHabit();

    void addByClick();
    void addBySearch();
    void addSnippet();
    void dropFromTheList();
    void moveBlocks();
    void giveUpAMove();
    void putIntoAConnection();
    void connectPorts();
    void deleteBlocks();
    void deleteConnection();
    void cutBlocks();
    void copyBlocks();
    void pasteBlocks();
    void duplicateBlocks();
    void tidy();
    void nudge();
    void rubberBand();
    void groupBlocks();
    void ungroupBlocks();
    void foldByButton();
    void foldByKey();
    void moveGroup();
    void editParameter();
    void followAgain();
    void editSetting();
    void undoAndRedo();

    void makeRoom();
    void selectSome(int most);
    void bringIntoSight(const QRectF& area);
    void editAField(ModelingInspector::Tab tab);
    void use(QWidget* editor);
    void typeInto(QLineEdit* line);
    [[nodiscard]] QModelIndex anyRow(bool snippet);
    [[nodiscard]] BlockId anyBlock();
    [[nodiscard]] const GroupItem* anyGroup();
    [[nodiscard]] std::optional<Connection> anyConnection();
    [[nodiscard]] QPointF middleOf(const Connection& connection) const;
    [[nodiscard]] QRectF frameOf(BlockId block) const;
    [[nodiscard]] int below(qsizetype limit) { return int(m_random.below(quint64(limit))); }

    CanvasFixture& m_fixture;
    Random m_random;
    QWidget m_window;
    ModelingInspector* m_inspector;
    QAbstractItemView* m_list = nullptr;
    QLineEdit* m_search = nullptr;
    QStringList m_history;
    QMap<QString, int> m_changes; ///< of the document, by habit
};

} // namespace espalier
