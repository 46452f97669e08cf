#pragma once

#include <QTreeView>

namespace espalier {

/// The list of the Build tab. A click or Enter on a row chooses it, on a section folds it; dragging
/// drags.
class BlockListView final : public QTreeView {
    Q_OBJECT

public:
    explicit BlockListView(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QModelIndex& index);
    void foldToggled(const QModelIndex& section); ///< by a person

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void use(const QModelIndex& index);
};

} // namespace espalier
