#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMenu;

namespace espalier {

class ModelCanvas;
struct GraphGroup;

/// The actions of the canvas on groups, enabled by what is selected. Their shortcuts work while the
/// canvas has the focus.
class GroupCommands final : public QObject {
    Q_OBJECT

public:
    explicit GroupCommands(ModelCanvas& canvas);

    QAction* group = nullptr;
    QAction* ungroup = nullptr;
    QAction* fold = nullptr; ///< folds or unfolds the groups of the selection
    QAction* rename = nullptr;

    [[nodiscard]] QList<QAction*> all() const;
    /// Those that can be used now.
    void fill(QMenu& menu) const;
    void updateEnabled();

private:
    using Handler = void (GroupCommands::*)();
    [[nodiscard]] QAction* add(const QString& text, const QString& icon, const QString& keys,
                               Handler handler);
    /// Groups that a selected block is in.
    [[nodiscard]] QList<GraphGroup> selectedGroups() const;
    void groupSelection();
    void ungroupSelection();
    void foldSelection();
    void renameSelection();

    ModelCanvas& m_canvas;
};

} // namespace espalier
