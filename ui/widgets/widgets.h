#pragma once

#include "ui/theme/theme.h"

#include <QBasicTimer>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

class QAction;
class QButtonGroup;
class QGridLayout;
class QHBoxLayout;
class QScrollArea;

namespace espalier {

/// The small parts that all views share, as design tokens ask: made here, styled by the style
/// sheet.

/// A label in a type style and a text role; follows the theme.
class TextLabel final : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(const QString& text, TextStyle style = TextStyle::Body,
                       Role role = Role::TextPrimary, QWidget* parent = nullptr);
    void setRole(Role role);
    /// Cuts the text with an ellipsis where there is no room, the whole text in the tooltip.
    void setElided(bool elided);
    /// Shows the whole text or, where there is no room, nothing: for what also stands elsewhere.
    void setDispensable(bool dispensable);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyRole();
    TextStyle m_style;
    Role m_role;
    bool m_elided = false;
    bool m_dispensable = false;
};

enum class ButtonKind { Main, Normal, Quiet };
/// 28 px (Main 32); `icon` may be empty.
[[nodiscard]] QPushButton* createButton(ButtonKind kind, const QString& text,
                                        const QString& icon = {}, QWidget* parent = nullptr);
/// 28×28, no text; the tooltip is also the accessible name.
[[nodiscard]] QToolButton* createIconButton(const QString& icon, const QString& tooltip,
                                            QWidget* parent = nullptr);
/// A quiet 28×28 button for an action with an icon.
[[nodiscard]] QToolButton* createIconButton(QAction* action, QWidget* parent = nullptr);

/// A field with a magnifier and a clear button; Escape clears it.
[[nodiscard]] QLineEdit* createSearchField(const QString& placeholder, QWidget* parent = nullptr);

/// State after a title: icon and text in a pill.
class Chip final : public QWidget {
    Q_OBJECT
public:
    explicit Chip(QWidget* parent = nullptr);
    void set(const QString& icon, const QString& text, Role ink = Role::TextPrimary,
             Role fill = Role::Hover);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    QString m_text;
    Role m_ink = Role::TextPrimary;
    Role m_fill = Role::Hover;
};

/// A few exclusive choices side by side; arrows move between them.
class SegmentedControl final : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedControl(const QStringList& labels, QWidget* parent = nullptr);
    [[nodiscard]] int currentIndex() const { return m_current; }
    void setCurrentIndex(int index);
    /// A disabled segment says why in its tooltip.
    void setSegmentEnabled(int index, bool enabled, const QString& reason = {});

Q_SIGNALS:
    void currentIndexChanged(int index);

private:
    QList<QPushButton*> m_buttons;
    int m_current = 0;
};

/// Tabs as text with a line under the current one (top bar, Inspector, curves).
class TabStrip final : public QWidget {
    Q_OBJECT
public:
    explicit TabStrip(QWidget* parent = nullptr);
    int addTab(const QString& text);
    void clear();
    [[nodiscard]] int count() const;
    [[nodiscard]] int currentIndex() const { return m_current; }
    void setCurrentIndex(int index);
    void setTabText(int index, const QString& text);

Q_SIGNALS:
    void currentChanged(int index);

private:
    QButtonGroup* m_group; ///< arrows, one stop for Tab
    QList<QPushButton*> m_tabs;
    int m_current = -1;
};

/// What a view without content says: a tile with an icon, a heading, one line, one button (null
/// action: none). Centred in what it is put into.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& icon, const QString& heading, const QString& line,
               QAction* action = nullptr, QWidget* parent = nullptr);
    /// An empty line is not shown.
    void setTexts(const QString& heading, const QString& line);
    /// As wide as its line may become before it wraps.
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* m_tile = nullptr; ///< gives way where there is no room
    TextLabel* m_heading;
    TextLabel* m_line;
};

/// A hairline.
class Hairline final : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation m_orientation;
};

/// The head of a centre or Inspector: 48 px, a title left, a row of controls right, a hairline
/// under it.
class HeaderBar final : public QWidget {
    Q_OBJECT
public:
    explicit HeaderBar(QWidget* parent = nullptr);
    /// Adds to the left part, in order; a TabStrip takes the whole height.
    void addLeft(QWidget* widget);
    /// Adds to the right part, in order.
    void addRight(QWidget* widget);
    /// A vertical hairline between groups of the right part.
    void addRightSeparator();

private:
    QHBoxLayout* m_left;
    QHBoxLayout* m_right;
};

/// Labelled rows of an Inspector: label 104 px at the left (Small, secondary, buddy of its field),
/// an error line under a field.
class FormRows final : public QWidget {
    Q_OBJECT
public:
    explicit FormRows(QWidget* parent = nullptr);
    void addRow(const QString& label, QWidget* field);
    void addWide(QWidget* widget);
    /// Shows a sentence under the field in the error colour; empty takes it away.
    void setError(QWidget* field, const QString& sentence);
    void clear();

private:
    void createGrid();
    QGridLayout* m_grid = nullptr;
    QHash<QWidget*, TextLabel*> m_errors;
};

/// A scroll area without frame that is as wide as its viewport and has the panel padding.
[[nodiscard]] QScrollArea* createPanelScroll(QWidget* content, QWidget* parent = nullptr);

/// 4 px progress line; 0..1, below 0: busy.
class ProgressLine final : public QWidget {
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);
    void setValue(double value);
    [[nodiscard]] double value() const { return m_value; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    double m_value = 0;
    QBasicTimer m_busy;
    int m_step = 0; ///< of the busy motion
};

} // namespace espalier
