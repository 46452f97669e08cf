#pragma once

#include <QStringList>
#include <memory>

class QApplication;

namespace espalier {

class MainWindow;
struct Preferences;

/// Wires the program together: names, fonts, theme, log, workspace, window. Owns the window and
/// must go before the QApplication.
class Application final {
public:
    explicit Application(QApplication& application);
    ~Application();

    /// Shows the window. `arguments`: at most the folder of a project to open, or the
    /// database in it.
    void start(const QStringList& arguments);

private:
    void apply(const Preferences& preferences);
    void openWorkspace(const Preferences& preferences);

    QApplication& m_application;
    std::unique_ptr<MainWindow> m_window;
    QString m_workspaceFolder;
    bool m_logging = false;
};

} // namespace espalier
