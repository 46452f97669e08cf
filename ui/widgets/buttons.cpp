#include "ui/theme/espalier_style.h"
#include "ui/widgets/widgets.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace espalier {

QPushButton* createButton(ButtonKind kind, const QString& text, const QString& icon,
                          QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    const auto [name, role] = [kind]() -> std::pair<const char*, Role> {
        switch (kind) {
        case ButtonKind::Main:
            return {buttons::Main, Role::AccentText};
        case ButtonKind::Quiet:
            return {buttons::Quiet, Role::TextSecondary};
        case ButtonKind::Normal:
            break;
        }
        return {buttons::Normal, Role::TextPrimary};
    }();
    button->setProperty(buttons::Property, QByteArray(name));
    if (!icon.isEmpty())
        button->setIcon(themeIcon(icon, role));
    return button;
}

QToolButton* createIconButton(const QString& icon, const QString& tooltip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setIcon(themeIcon(icon));
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    return button;
}

QToolButton* createIconButton(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    // Without a name of its own the button would be read as its icon text or not at all.
    const auto name = [button, action] { button->setAccessibleName(action->toolTip()); };
    QObject::connect(action, &QAction::changed, button, name);
    name();
    return button;
}

QLineEdit* createSearchField(const QString& placeholder, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setPlaceholderText(placeholder);
    field->setAccessibleName(placeholder);
    field->setClearButtonEnabled(true);
    field->setMinimumHeight(metrics::MainControl);
    // Qt leaves more room between magnifier and text than the look does.
    field->setTextMargins(-6, 0, 0, 0);
    field->addAction(themeIcon(u"search"_s, Role::TextSecondary), QLineEdit::LeadingPosition);
    auto* clear = new QAction(field);
    clear->setShortcut(Qt::Key_Escape);
    clear->setShortcutContext(Qt::WidgetShortcut);
    clear->setEnabled(false);
    QObject::connect(clear, &QAction::triggered, field, &QLineEdit::clear);
    QObject::connect(field, &QLineEdit::textChanged, clear,
                     [clear](const QString& text) { clear->setEnabled(!text.isEmpty()); });
    field->QWidget::addAction(clear);
    return field;
}

} // namespace espalier
