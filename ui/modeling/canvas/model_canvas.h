#pragma once

#include "core/base/issue.h"
#include "core/project/records.h"
#include "ui/modeling/canvas/canvas_gestures.h"
#include "ui/modeling/canvas/canvas_view.h"
#include "ui/modeling/canvas/model_scene.h"

#include <QBasicTimer>
#include <QHash>
#include <QTimer>
#include <memory>

class QMimeData;

namespace espalier {

class BlockTooltip;
class CanvasCommands;
class GroupCommands;
class GroupItem;
class ExperimentDocument;
class Minimap;

/// Mime types of what is dragged here from the lists of the Inspector; the data
/// is the key of a block type or snippet as UTF-8.
namespace canvas {
constexpr char BlockMimeType[] = "application/x-espalier-block";
constexpr char SnippetMimeType[] = "application/x-espalier-snippet";
} // namespace canvas

/// The model of one experiment: blocks joined by connections, edited by pointer
/// and keyboard. Every edit is one undo step of the document; a locked
/// experiment shows all and edits nothing. Zoom and place are kept for each
/// experiment while the program runs.
///
/// Keyboard: arrows follow connections, Tab goes through the blocks in the
/// order of the data, Alt and arrows nudge, Enter asks for the Inspector or folds
/// and unfolds a group, Escape gives up what the pointer does.
class ModelCanvas final : public CanvasView {
    Q_OBJECT

public:
    explicit ModelCanvas(QWidget* parent = nullptr);
    ~ModelCanvas() override;

    void setDocument(ExperimentDocument* document);
    [[nodiscard]] ExperimentDocument* document() const { return m_scene.document(); }
    [[nodiscard]] bool isEditable() const;
    [[nodiscard]] ModelScene& modelScene() { return m_scene; }
    [[nodiscard]] CanvasCommands& commands() { return *m_commands; }
    [[nodiscard]] GroupCommands& groupCommands() { return *m_groupCommands; }

    /// "1 block", "3 blocks".
    [[nodiscard]] static QString blocksText(qsizetype count);

    [[nodiscard]] QList<BlockId> selection() const { return m_scene.selectedBlocks(); }
    void select(const QList<BlockId>& blocks);
    /// Selects the block and moves to it; a folded group that it is in unfolds.
    void reveal(BlockId block);
    /// Folds a group or unfolds it: one undo step, or, where the experiment is locked,
    /// a way to look at it that is not kept.
    void setFolded(GroupId group, bool folded);

    /// After the selected block and joined to it; else at a free place in sight.
    void addBlock(const QString& type);
    /// Beside what is there.
    void addSnippet(const QString& key);
    void setMinimapVisible(bool visible);

Q_SIGNALS:
    void selectionChanged(const QList<espalier::BlockId>& blocks);
    void blockClicked();       ///< one that was selected already
    void inspectorRequested(); ///< Enter or a double click on a block
    void buildRequested();     ///< the button of an empty canvas
    void snippetAdded();
    void messaged(const espalier::Issue& issue);

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void createParts();
    void connectSignals();
    void placeParts();
    void contentMoved();
    void updateCommands();
    void describeSelection();
    void press(QPointF point, Qt::KeyboardModifiers modifiers);
    void pressBlocks(const QList<BlockId>& blocks, QPointF home, Qt::KeyboardModifiers modifiers);
    void pressGroup(const GroupItem& item, QPointF point, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] GroupId buttonAt(QPointF point) const;
    void pressConnection(const Connection& connection, Qt::KeyboardModifiers modifiers);
    void endGesture(bool finish);
    void watchEdges();
    void hover(QPointF position);
    void showTooltip();
    void hideTooltip();
    void follow(Qt::Key key);
    void nudge(QPointF by);
    [[nodiscard]] BlockId neighbour(BlockId block, Qt::Key key) const;
    [[nodiscard]] QList<BlockId> tabOrder() const;
    [[nodiscard]] double reach(double pixels) const { return pixels / zoom(); }
    void hold(const QMimeData& data, QPointF point);
    [[nodiscard]] QPointF placeInSight() const;

    ModelScene& m_scene;
    CanvasCommands* m_commands = nullptr;
    GroupCommands* m_groupCommands = nullptr;
    Minimap* m_minimap = nullptr;
    QWidget* m_emptyState = nullptr;
    BlockTooltip* m_tooltip = nullptr;
    bool m_minimapWanted = true;

    std::unique_ptr<CanvasGesture> m_gesture;
    QList<BlockId> m_pressedBlocks; ///< may become a move
    QPointF m_pressedHome;          ///< their top left corner
    GroupId m_pressedButton;
    bool m_selectOnRelease = false;
    QPointF m_pressedAt;
    QPointF m_pointer; ///< of the viewport
    QBasicTimer m_edgeScroll;
    QTimer m_tooltipDelay;
    BlockId m_hovered;
    QHash<ExperimentId, CanvasPlace> m_places;
};

} // namespace espalier
