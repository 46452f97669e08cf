#pragma once

#include "tests/integration/window/hands.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/main_window.h"

#include <QStringList>
#include <QTemporaryDir>
#include <memory>

namespace espalier {

/// The window with a workspace of its own, and the steps that tests of it have in common, by the
/// mouse. A step that does not do what it should fails the running test.
class WindowSteps {
public:
    WindowSteps();

    /// The window is made anew, on the page Projects.
    void makeWindow();
    void closeWindow();
    void createProject(const QString& name);
    [[nodiscard]] QString projectFolder(const QString& name) const;

    void press(const QStringList& buttons);
    void fill(const QString& field, const QString& text);
    void choose(const QString& box, const QString& item);
    void waitFor(const QString& text, int milliseconds = 20'000);
    /// Up to the dialog's list of sources.
    void import(const QString& source);
    /// Images of four classes, imported and saved as version 1.
    void saveImages();
    /// A table or folder, imported and saved as version 1.
    void saveDataset(const QString& source);
    /// On the saved version with the columns image and category: the CNN snippet, ready to run.
    void createExperiment(const QString& epochs);

    /// Of the blocks Input and Target.
    void chooseFeatures(const QString& input, const QString& target);

    [[nodiscard]] QString file(const QString& name) const { return m_files.filePath(name); }
    [[nodiscard]] const QString& images() const { return m_images; } ///< a folder with index.csv
    [[nodiscard]] MainWindow& window() const { return *m_window; }
    [[nodiscard]] Hands& hands() const { return *m_hands; }

private:
    ShellFixture m_shell;
    QTemporaryDir m_files;
    QString m_images;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<MouseHands> m_hands;
};

} // namespace espalier
