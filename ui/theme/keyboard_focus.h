#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace espalier {

/// Focus is shown only to who works by keyboard. Watches the application's input: keys turn
/// Qt::WA_KeyboardFocusChange of the window on, the mouse turns it off, so that every style option
/// (State_KeyboardFocusChange) and every widget can ask; around buttons and sliders it lays the
/// ring that EspalierStyle draws. One per application (applyTheme makes it).
class KeyboardFocus final : public QObject {
    Q_OBJECT
public:
    explicit KeyboardFocus(QObject* parent);
    ~KeyboardFocus() override;

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setByKeyboard(QWidget* window, bool byKeyboard);
    void follow(QWidget* widget);

    bool m_byKeyboard = false;
    QPointer<QFocusFrame> m_ring;
};

/// For widgets that paint their own focus: whether `widget` has it and it should be seen.
[[nodiscard]] bool showsFocus(const QWidget& widget);

} // namespace espalier
