#pragma once

#include <QFrame>
#include <QPointer>

namespace espalier {

/// A panel over the window that takes no room in its layout: the command search, the queue. Goes
/// with Escape, with a click elsewhere in the window, or when something outside gets the focus;
/// the focus then returns to where it was.
class OverlayPanel : public QFrame {
    Q_OBJECT
public:
    explicit OverlayPanel(QWidget* window);

    /// Shows it and gives `first` the focus.
    void openOn(QWidget* first);
    void dismiss();
    /// A press on this widget is left to it: it toggles the panel itself.
    void setOpener(QWidget* opener) { m_opener = opener; }

protected:
    /// Where it stands in the window; called when it opens and when the window changes its size.
    [[nodiscard]] virtual QRect placement(const QRect& window) const = 0;

    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void followFocus(QWidget* previous, QWidget* current);

    QWidget* m_opener = nullptr;
    QPointer<QWidget> m_before;
};

} // namespace espalier
