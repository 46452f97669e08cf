#pragma once

#include "ui/shell/frame/overlay_panel.h"

class QLineEdit;
class QListView;

namespace espalier {

class CommandModel;
class TextLabel;

/// Finds an action by what is typed and triggers it: Up, Down, Return, or a click.
class CommandSearch final : public OverlayPanel {
    Q_OBJECT
public:
    explicit CommandSearch(QWidget* window);

    void openFor(const QList<QAction*>& actions);

protected:
    [[nodiscard]] QRect placement(const QRect& window) const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& query);
    void moveBy(int rows);
    void triggerCurrent();

    CommandModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
    TextLabel* m_nothing;
};

} // namespace espalier
