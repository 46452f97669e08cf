#pragma once

#include "core/project/workspace.h"

#include <QObject>
#include <QString>
#include <functional>
#include <optional>

class QWidget;

namespace espalier {

/// What a person does with projects as a whole, with the dialogs for it. Projects are opened by
/// whoever listens to openRequested().
class ProjectCommands final : public QObject {
    Q_OBJECT
public:
    /// `window` is the parent of the dialogs.
    explicit ProjectCommands(QWidget* window);

    void setWorkspace(const Result<Workspace>& workspace);
    [[nodiscard]] const std::optional<Workspace>& workspace() const { return m_workspace; }

    void createProject();
    void chooseProject();
    /// Makes it where it is not there yet.
    void openSample();
    /// Asks where the project is now.
    void locate(const QString& folder);
    void showFolder(const QString& folder);
    void removeFromList(const QString& folder);
    /// After its name has been typed; for projects of the workspace.
    void deleteProject(const QString& name, const QString& folder);

    [[nodiscard]] static QString sampleName();
    [[nodiscard]] static QString sampleSource(); ///< of its dataset

Q_SIGNALS:
    void openRequested(const QString& folder);
    void failed(const QString& sentence);
    void listChanged();

private:
    [[nodiscard]] Status create(const QString& name);
    void askForFolder(const QString& title, const QString& from,
                      const std::function<void(const QString&)>& then);

    QWidget* m_window;
    std::optional<Workspace> m_workspace;
    QString m_workspaceError;
};

} // namespace espalier
