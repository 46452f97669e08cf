#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>

namespace espalier {

/// Icon and text without a frame, as the top bar and the status bar have them: a fill under the
/// mouse, the ring of focus by keyboard.
class FlatButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit FlatButton(QWidget* parent = nullptr);

    /// An empty icon takes no room; the text is cut where there is none.
    void set(const QString& icon, const QString& text, Role iconInk = Role::TextPrimary,
             Role textInk = Role::TextPrimary);
    void setTextStyle(TextStyle style);
    void setIconPixels(int pixels);
    void setMenuArrow(bool shown); ///< a chevron behind the text

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int textLeft() const;

    QString m_icon;
    Role m_iconInk = Role::TextPrimary;
    Role m_textInk = Role::TextPrimary;
    TextStyle m_style = TextStyle::Small;
    int m_iconPixels = 14;
    bool m_menuArrow = false;
};

/// Draws the ring of focus of a widget that paints itself, when the keyboard brought it.
void paintFocusRing(QPainter& painter, const QWidget& widget);

} // namespace espalier
