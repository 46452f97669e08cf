#include "ui/shell/frame/top_bar.h"

#include "ui/shell/frame/flat_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Mark = 20;

} // namespace

TopBar::TopBar(QWidget* parent)
    : QWidget(parent)
    , m_name(new FlatButton(this))
    , m_tabs(new TabStrip(this))
    , m_left(new QWidget(this))
    , m_right(new QWidget(this))
    , m_reason(new FlatButton(this))
    , m_main(createButton(ButtonKind::Main, {}, {}, this))
{
    setFixedHeight(metrics::TopBar);
    m_name->setIconPixels(Mark);
    m_name->setTextStyle(TextStyle::BodyStrong);
    m_name->setMenuArrow(true);
    m_tabs->setFixedHeight(metrics::TopBar);
    m_tabs->setAccessibleName(tr("Views"));
    connect(m_name, &QAbstractButton::clicked, this, &TopBar::showMenu);
    connect(m_reason, &QAbstractButton::clicked, this, &TopBar::reasonClicked);
    connect(m_main, &QPushButton::clicked, this, [this] {
        if (m_mainAction)
            m_mainAction->trigger();
    });
    createLayout();
    setProjectShown(false);
    refreshMain();
}

void TopBar::createLayout()
{
    auto* left = new QHBoxLayout(m_left);
    left->setContentsMargins(8, 0, 0, 0);
    left->addWidget(m_name);
    left->addStretch();
    m_rightLayout = new QHBoxLayout(m_right);
    m_rightLayout->setContentsMargins(10, 0, metrics::PanelPadding, 0);
    m_rightLayout->setSpacing(6);
    m_rightLayout->addStretch(1);
    m_rightLayout->addWidget(m_reason);
    m_rightLayout->addWidget(m_main);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_left);
    layout->addSpacing(metrics::PanelPadding);
    layout->addWidget(m_tabs);
    layout->addStretch(1);
    layout->addWidget(m_right);
}

void TopBar::setName(const QString& name)
{
    m_name->set(u"mark"_s, name, Role::Accent);
    m_name->setAccessibleName(tr("%1, menu").arg(name));
    m_name->setToolTip(tr("Projects, preferences, help"));
}

void TopBar::setMenu(QMenu* menu)
{
    m_menu = menu;
}

void TopBar::setInspectorAction(QAction* action)
{
    m_inspector = createIconButton(action, m_right);
    m_rightLayout->insertWidget(0, m_inspector);
    setProjectShown(m_projectShown);
}

void TopBar::orderTabs()
{
    QList<QWidget*> order{m_name};
    for (QPushButton* tab : m_tabs->findChildren<QPushButton*>())
        order.append(tab);
    order += {m_inspector, m_reason, m_main};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void TopBar::setProjectShown(bool shown)
{
    m_projectShown = shown;
    m_tabs->setVisible(shown);
    m_right->setVisible(shown);
    if (!shown) {
        m_left->setMinimumWidth(0);
        m_left->setMaximumWidth(QWIDGETSIZE_MAX);
    }
}

void TopBar::setColumns(int sidebar, int inspector)
{
    m_left->setFixedWidth(sidebar);
    m_right->setMinimumWidth(inspector);
}

void TopBar::setMainAction(QAction* action, bool hasErrors)
{
    if (m_mainAction != action) {
        if (m_mainAction)
            disconnect(m_mainAction, nullptr, this, nullptr);
        m_mainAction = action;
        if (action) {
            connect(action, &QAction::changed, this, &TopBar::refreshMain);
            connect(action, &QObject::destroyed, this, [this] { setMainAction(nullptr, false); });
        }
    }
    m_hasErrors = hasErrors;
    refreshMain();
}

void TopBar::refreshMain()
{
    m_main->setVisible(m_mainAction && m_mainAction->isVisible());
    const bool enabled = m_mainAction && m_mainAction->isEnabled();
    const QString reason = m_mainAction ? m_mainAction->statusTip() : QString();
    m_reason->setVisible(!m_main->isHidden() && !enabled && !reason.isEmpty());
    if (!m_mainAction)
        return;
    m_main->setText(m_mainAction->text());
    const QString icon = m_mainAction->icon().name();
    m_main->setIcon(icon.isEmpty() ? m_mainAction->icon() : themeIcon(icon, Role::AccentText));
    m_main->setEnabled(enabled);
    const QString shortcut = m_mainAction->shortcut().toString(QKeySequence::NativeText);
    m_main->setToolTip(!enabled             ? reason
                       : shortcut.isEmpty() ? m_mainAction->toolTip()
                                            : tr("%1 (%2)").arg(m_mainAction->toolTip(), shortcut));
    const Role ink = m_hasErrors ? Role::LevelError : Role::TextSecondary;
    m_reason->set(m_hasErrors ? u"error"_s : u"info"_s, reason, ink, ink);
    m_reason->setToolTip(tr("%1: show what is left to do").arg(reason));
}

void TopBar::showMenu()
{
    if (m_menu)
        m_menu->popup(m_name->mapToGlobal(QPoint(0, m_name->height() + 2)));
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    painter.fillRect(rect(), theme.color(Role::Window));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Role::Border));
}

} // namespace espalier
