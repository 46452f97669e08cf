#include "ui/theme/espalier_style.h"
#include "ui/theme/keyboard_focus.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QObject>
#include <QStyleHints>
#include <QTimer>
#include <QToolTip>
#include <QWidget>

// Outside of any namespace, as Q_INIT_RESOURCE asks.
static void initializeIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace espalier {
namespace {

void show(QApplication& application, const Theme& theme)
{
    // No style sheet: Qt keeps what it has looked up for the parts of widgets that are never shown.
    application.setPalette(theme.palette());
    for (const char* above : {"QDialog", "QComboBoxListView"})
        QApplication::setPalette(theme.raisedPalette(), above);
    QToolTip::setPalette(theme.palette());
    // Before its event loop runs the application tells nobody.
    QEvent change(QEvent::ApplicationPaletteChange);
    for (QWidget* window : QApplication::topLevelWidgets())
        if (window->palette().color(QPalette::Window) != theme.color(Role::Window))
            QCoreApplication::sendEvent(window, &change);
}

const Theme& themeOfDesktop(QApplication& application)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    Q_UNUSED(application)
    return application.styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Theme::dark()
                                                                            : Theme::light();
#else
    // A palette without opinions is filled by the platform's.
    application.setPalette(QPalette());
    return Theme::of(QApplication::palette());
#endif
}

/// Lives in the application and follows the desktop while the choice is System.
class ThemeKeeper final : public QObject {
    Q_OBJECT
public:
    explicit ThemeKeeper(QApplication& application)
        : QObject(&application)
        , m_application(application)
    {
        application.setStyle(new EspalierStyle);
        new KeyboardFocus(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(application.styleHints(), &QStyleHints::colorSchemeChanged, this,
                [this] { follow(); });
#else
        application.installEventFilter(this);
#endif
    }

    void apply(ThemeChoice choice)
    {
        m_choice = choice;
        if (choice == ThemeChoice::System)
            follow();
        else
            show(m_application, choice == ThemeChoice::Dark ? Theme::dark() : Theme::light());
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // Qt tells each window of a change of the desktop's theme; one answer is enough.
        if (event->type() == QEvent::ThemeChange && watched->isWindowType() && !m_pending) {
            m_pending = true;
            QTimer::singleShot(0, this, [this] {
                m_pending = false;
                follow();
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void follow()
    {
        if (m_choice == ThemeChoice::System)
            show(m_application, themeOfDesktop(m_application));
    }

    QApplication& m_application;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_pending = false;
};

} // namespace

void applyTheme(QApplication& application, ThemeChoice choice)
{
    initializeIcons();
    auto* keeper = application.findChild<ThemeKeeper*>(QString(), Qt::FindDirectChildrenOnly);
    if (!keeper)
        keeper = new ThemeKeeper(application);
    keeper->apply(choice);
}

} // namespace espalier

#include "apply_theme.moc"
