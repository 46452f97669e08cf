#include "app/application.h"

#include "core/base/logging.h"
#include "core/project/workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences/preferences.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QFontDatabase>
#include <QTimer>
#include <utility>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int BodyPixels = 13;

/// Typefaces that travel with the program, on machines that may have none.
void addOwnFonts()
{
    const QDir program(QCoreApplication::applicationDirPath());
    for (const QString& place : {u"../share/espalier/fonts"_s, u"fonts"_s})
        for (const QFileInfo& font : QDir(program.filePath(place)).entryInfoList(QDir::Files))
            QFontDatabase::addApplicationFont(font.filePath());
}

/// Where no desktop has chosen an interface font Qt takes any sans serif.
void chooseFont()
{
    const QString family = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    if (!family.isEmpty() && !family.startsWith(u"Sans"_s))
        return;
    if (!QFontDatabase::hasFamily(u"Inter"_s))
        addOwnFonts();
    if (!QFontDatabase::hasFamily(u"Inter"_s))
        return;
    QFont font(u"Inter"_s);
    font.setPixelSize(BodyPixels);
    QApplication::setFont(font);
}

/// A project is named by its folder or, as a file manager does, by the database in it.
QString projectFolder(const QString& path)
{
    const QFileInfo info(path);
    return info.isFile() ? info.absolutePath() : info.absoluteFilePath();
}

/// Logs when a window paints for the first time, and goes.
class FirstPaint final : public QObject {
public:
    explicit FirstPaint(QWidget& window)
        : QObject(&window)
    {
        window.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            QTimer::singleShot(0, this, [this] { // painted, and nothing else waits
                logInfo(u"Window ready"_s);
                deleteLater();
            });
        }
        return false;
    }
};

} // namespace

Application::Application(QApplication& application)
    : m_application(application)
{
    QApplication::setOrganizationName(u"Espalier"_s);
    QApplication::setApplicationName(u"espalier"_s);
    QApplication::setApplicationDisplayName(u"Espalier"_s);
    QApplication::setDesktopFileName(u"espalier"_s);
    QApplication::setWindowIcon(themeIcon(u"mark"_s, Role::Accent));
}

Application::~Application() = default;

void Application::start(const QStringList& arguments)
{
    chooseFont();
    const Preferences preferences = Preferences::load();
    applyTheme(m_application, preferences.theme);
    m_window = std::make_unique<MainWindow>(projectViews());
    QObject::connect(m_window.get(), &MainWindow::preferencesChanged, m_window.get(),
                     [this](const Preferences& changed) { apply(changed); });
    openWorkspace(preferences);
    new FirstPaint(*m_window);
    m_window->show();
    if (!arguments.isEmpty())
        m_window->openProject(projectFolder(arguments.constFirst()));
}

void Application::apply(const Preferences& preferences)
{
    applyTheme(m_application, preferences.theme);
    if (preferences.workspaceFolder() != m_workspaceFolder)
        openWorkspace(preferences);
}

void Application::openWorkspace(const Preferences& preferences)
{
    m_workspaceFolder = preferences.workspaceFolder();
    const Result<Workspace> workspace = Workspace::open(m_workspaceFolder);
    // The log stays where it began: other threads may be writing to it.
    if (workspace && !std::exchange(m_logging, true))
        if (const Status logging = startLogging(workspace->logFolder()); !logging)
            logWarning(logging.error().message);
    m_window->setWorkspace(workspace);
}

} // namespace espalier
