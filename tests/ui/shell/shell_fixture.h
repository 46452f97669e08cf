#pragma once

#include "core/project/workspace.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QWidget>

namespace espalier {

/// Settings, cache and workspace of a test in a folder of its own, and the theme of the program.
class ShellFixture {
public:
    ShellFixture();

    [[nodiscard]] Workspace workspace() const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Makes a project in the workspace and gives its folder.
    [[nodiscard]] QString addProject(const QString& name) const;
    /// Forgets what windows have stored.
    void clearSettings() const;

private:
    QTemporaryDir m_folder;
};

/// Names of the visible widgets below `root` that a person can press or type into and that have
/// neither text nor accessible name: there should be none.
[[nodiscard]] QStringList namelessControls(const QWidget& root);

/// Writes a picture when $ESPALIER_SCREENSHOTS names a folder.
void screenshot(QWidget& widget, const QString& name);

} // namespace espalier
