#pragma once

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMenu;

namespace espalier {

class ModelCanvas;
class ModelGraph;

/// The actions of the canvas, enabled by what is selected and whether the
/// experiment is locked. Their shortcuts work while the canvas has the focus.
class CanvasCommands final : public QObject {
    Q_OBJECT

public:
    explicit CanvasCommands(ModelCanvas& canvas);

    QAction* remove = nullptr;
    QAction* cut = nullptr;
    QAction* copy = nullptr;
    QAction* paste = nullptr;
    QAction* duplicate = nullptr;
    QAction* selectAll = nullptr;
    QAction* tidy = nullptr;
    QAction* zoomIn = nullptr;
    QAction* zoomOut = nullptr;
    QAction* actualSize = nullptr;
    QAction* fit = nullptr;
    QAction* minimap = nullptr; ///< checkable

    [[nodiscard]] QList<QAction*> all() const;
    /// Those for a context menu, by what they work on; null actions stand for
    /// separators.
    void fill(QMenu& menu) const;
    void updateEnabled();

private:
    using Handler = void (CanvasCommands::*)();
    [[nodiscard]] QAction* add(const QString& text, const QString& icon,
                               const QList<QKeySequence>& shortcuts, Handler handler);
    void createEdits();
    void createViews();

    void removeSelection();
    void cutSelection();
    void copySelection();
    void pasteClipboard();
    void duplicateSelection();
    void selectEverything();
    void tidyUp();
    void insert(const QString& text, const ModelGraph& part, bool beside);

    ModelCanvas& m_canvas;
};

} // namespace espalier
