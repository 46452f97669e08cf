#include "tests/integration/window/window_steps.h"

#include "tests/integration/test_data.h"

#include <QApplication>
#include <QDialog>
#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

WindowSteps::WindowSteps()
    : m_images(m_files.filePath(u"images"_s))
{
    writeIndexedImages(m_images, 240);
}

void WindowSteps::makeWindow()
{
    closeWindow();
    m_window = std::make_unique<MainWindow>(projectViews());
    m_window->setWorkspace(m_shell.workspace());
    m_hands = std::make_unique<MouseHands>(*m_window);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WindowSteps::closeWindow()
{
    m_hands.reset();
    m_window.reset();
}

QString WindowSteps::projectFolder(const QString& name) const
{
    return m_shell.path(u"workspace/"_s + name);
}

void WindowSteps::createProject(const QString& name)
{
    press({u"New project"_s});
    fill(u"Name"_s, name);
    press({u"Create"_s});
}

void WindowSteps::press(const QStringList& buttons)
{
    for (const QString& button : buttons)
        QVERIFY2(m_hands->press(button), qPrintable(m_hands->failure()));
}

void WindowSteps::fill(const QString& field, const QString& text)
{
    QVERIFY2(m_hands->fill(field, text), qPrintable(m_hands->failure()));
}

void WindowSteps::choose(const QString& box, const QString& item)
{
    QVERIFY2(m_hands->choose(box, item), qPrintable(m_hands->failure()));
}

void WindowSteps::waitFor(const QString& text, int milliseconds)
{
    QVERIFY2(m_hands->waitFor(text, milliseconds), qPrintable(m_hands->failure()));
}

void WindowSteps::import(const QString& source)
{
    press({u"New dataset"_s, u"Import files"_s});
    fill(u"Link or path"_s, source);
    press({u"Import"_s});
}

void WindowSteps::saveDataset(const QString& source)
{
    import(source);
    press({u"Next"_s, u"Done"_s, u"Save version"_s});
    waitFor(u"Version 1 is saved"_s);
}

void WindowSteps::saveImages()
{
    saveDataset(m_images);
}

void WindowSteps::createExperiment(const QString& epochs)
{
    press({u"Modeling"_s, u"New experiment"_s});
    choose(u"Start from"_s, u"CNN"_s);
    press({u"Create"_s});
    chooseFeatures(u"image"_s, u"category"_s);
    press({u"Settings"_s});
    fill(u"Epochs"_s, epochs);
}

void WindowSteps::chooseFeatures(const QString& input, const QString& target)
{
    for (const auto& [block, feature] :
         {std::pair(u"Input"_s, input), std::pair(u"Target"_s, target)}) {
        QVERIFY2(m_hands->selectBlock(block), qPrintable(m_hands->failure()));
        choose(u"Feature"_s, feature);
    }
}

} // namespace espalier
