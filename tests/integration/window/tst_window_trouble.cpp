#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "tests/integration/test_data.h"
#include "tests/integration/window/window_steps.h"
#include "ui/shell/project_session.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTest>
#include <memory>

#ifdef __linux__
#include <sys/mount.h>
#endif

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// A small file system of its own in a folder, as long as it lives; needs to be root.
class SmallDisk {
public:
    SmallDisk(const QString& folder, const QString& size)
        : m_folder(QFile::encodeName(folder))
    {
#ifdef __linux__
        const QByteArray options = "size=" + size.toLatin1();
        m_mounted = mount("espalier-test", m_folder.constData(), "tmpfs", 0, options) == 0;
#endif
    }
    ~SmallDisk()
    {
#ifdef __linux__
        if (m_mounted)
            umount2(m_folder.constData(), MNT_DETACH);
#endif
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool isMounted() const
    {
        return m_mounted;
    }
    bool resize(const QString& size)
    {
#ifdef __linux__
        const QByteArray options = "size=" + size.toLatin1();
        return mount("espalier-test", m_folder.constData(), "tmpfs", MS_REMOUNT, options) == 0;
#else
        return false;
#endif
    }

private:
    QByteArray m_folder;
    bool m_mounted = false;
};

void drop(QWidget& window, const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window, &event);
}

void write(const QString& file, const QByteArray& content)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(content), content.size());
}

} // namespace

/// What goes wrong is said where the person is, and there is a way on.
class WindowTroubleTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowSteps> m_steps;

    [[nodiscard]] Hands& hands() const { return m_steps->hands(); }
    [[nodiscard]] QString folder() const { return m_steps->projectFolder(u"trouble"_s); }
    [[nodiscard]] ProjectSession& session() const { return *m_steps->window().session(); }

    void createTableExperiment(const QString& input, const QString& target)
    {
        m_steps->press({u"Modeling"_s, u"New experiment"_s});
        m_steps->choose(u"Start from"_s, u"Fully connected"_s);
        m_steps->press({u"Create"_s});
        m_steps->chooseFeatures(input, target);
        m_steps->press({u"Settings"_s});
    }

    /// The way on in the dialog.
    void importImages()
    {
        m_steps->fill(u"Link or path"_s, m_steps->images());
        m_steps->press({u"Import"_s});
        QVERIFY(hands().waitUntil([this] { return hands().sees(u"240 rows"_s); }));
    }

private Q_SLOTS:
    void init()
    {
        m_steps = std::make_unique<WindowSteps>();
        m_steps->makeWindow();
        m_steps->createProject(u"Trouble"_s);
    }

    void cleanup() { m_steps.reset(); }

    void theFolderIsGone()
    {
        m_steps->saveImages();
        const QString elsewhere = folder() + u"-moved"_s;
        QVERIFY(QDir().rename(folder(), elsewhere));
        m_steps->waitFor(u"the folder of the project is gone"_s);
        hands().picture(u"trouble-folder-gone"_s);
        m_steps->press({u"Modeling"_s, u"New experiment"_s});
        m_steps->press({u"Create"_s});
        m_steps->waitFor(u"put its folder back"_s);
        hands().picture(u"trouble-folder-gone-create"_s);
        QVERIFY(QDir().rename(elsewhere, folder()));
        m_steps->press({u"Create"_s});
        QVERIFY(
            hands().waitUntil([this] { return !session().document().experiments().isEmpty(); }));
        m_steps->waitFor(u"is there again"_s);
    }

    void theProjectIsOpenTwice()
    {
        m_steps->saveImages();
        WindowSteps other;
        other.makeWindow();
        other.window().openProject(folder());
        QVERIFY(other.window().session());
        m_steps->window().activateWindow();
        m_steps->createExperiment(u"900"_s);
        other.window().activateWindow();
        other.press({u"Modeling"_s});
        other.waitFor(u"Experiment"_s);
        m_steps->window().activateWindow();
        m_steps->press({u"Run"_s});
        other.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other.window()));
        other.waitFor(u"Running"_s);
        QVERIFY(!other.hands().isEnabled(u"Run"_s));
        other.hands().picture(u"trouble-open-twice"_s);
        m_steps->window().activateWindow();
        m_steps->press({u"Stop"_s});
    }

    void theDiskIsFullDuringARun()
    {
        m_steps->saveImages();
        m_steps->createExperiment(u"900"_s);
        SmallDisk disk(folder() + u"/checkpoints"_s, u"1m"_s);
        if (!disk.isMounted())
            QSKIP("a small disk needs the permission to mount one");
        m_steps->press({u"Run"_s});
        m_steps->waitFor(u"the disk is full"_s, 60'000);
        hands().picture(u"trouble-disk-full"_s);
        m_steps->press({u"Evaluation"_s});
        m_steps->waitFor(u"the disk is full"_s);
        hands().picture(u"trouble-disk-full-evaluation"_s);
        QVERIFY(disk.resize(u"100m"_s));
        m_steps->press({u"Resume"_s});
        QVERIFY(hands().waitUntil([this] { return session().runs().current().has_value(); }));
        m_steps->press({u"Stop"_s});
        QVERIFY(hands().waitUntil([this] { return !session().runs().current(); }));
    }

    void aRunThatFailsSaysWhy()
    {
        writeTable(m_steps->file(u"houses.csv"_s), 400);
        m_steps->saveDataset(m_steps->file(u"houses.csv"_s));
        createTableExperiment(u"x"_s, u"price"_s);
        QVERIFY2(hands().selectBlock(u"Dense 3"_s), qPrintable(hands().failure()));
        m_steps->choose(u"Activation"_s, u"Linear"_s);
        QVERIFY2(hands().selectBlock(u"Target"_s), qPrintable(hands().failure()));
        m_steps->choose(u"Loss"_s, u"Mean squared error"_s);
        m_steps->press({u"Settings"_s});
        m_steps->choose(u"Optimizer"_s, u"Stochastic gradient descent"_s);
        m_steps->fill(u"Learning rate"_s, u"1"_s);
        m_steps->fill(u"Epochs"_s, u"500"_s);
        m_steps->press({u"Run"_s});
        m_steps->waitFor(u"learning rate"_s, 60'000);
        hands().picture(u"trouble-failed"_s);
        m_steps->press({u"Evaluation"_s});
        m_steps->waitFor(u"Failed"_s);
        m_steps->waitFor(u"learning rate"_s);
        hands().picture(u"trouble-failed-evaluation"_s);
    }

    void linksThatAreNone_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("words") << u"my pictures"_s << u"There is no file or folder"_s;
        QTest::newRow("scheme") << u"gopher://a.b/c.zip"_s << u"cannot be read. Links begin"_s;
        QTest::newRow("no host") << u"http://"_s << u"needs a host"_s;
    }

    void linksThatAreNone()
    {
        QFETCH(QString, link);
        QFETCH(QString, sentence);
        m_steps->press({u"New dataset"_s, u"Import files"_s});
        m_steps->fill(u"Link or path"_s, link);
        m_steps->waitFor(sentence);
        QVERIFY(!hands().isEnabled(u"Import"_s));
        importImages();
    }

    void aLinkLeadsNowhere()
    {
        m_steps->import(u"http://127.0.0.1:9/clothes.zip"_s);
        m_steps->waitFor(u"127.0.0.1"_s);
        hands().picture(u"trouble-nobody"_s);
        importImages();
    }

    void nonsenseIsDropped()
    {
        const QString nonsense = m_steps->file(u"nonsense.exe"_s);
        write(nonsense, QByteArray("MZ\x90\0\3\0\0\0\xff\xfe\0\n\0\1\2\3", 16).repeated(40));
        for (const QString& tab : {u"Datasets"_s, u"Modeling"_s, u"Evaluation"_s}) {
            m_steps->press({tab});
            drop(m_steps->window(), nonsense);
            m_steps->waitFor(u"nonsense.exe"_s);
            hands().picture(u"trouble-nonsense-"_s + tab.toLower());
            QVERIFY(!hands().isEnabled(u"Next"_s));
            m_steps->press({u"Cancel"_s});
        }
        QVERIFY(session().document().datasets().isEmpty());
    }

    void anExperimentHasNoEpochsYet()
    {
        m_steps->saveImages();
        m_steps->createExperiment(u"5"_s);
        m_steps->press({u"Evaluation"_s});
        for (const QString& page : {u"Curves"_s, u"Predictions"_s, u"Compare"_s}) {
            m_steps->press({page});
            hands().picture(u"trouble-no-epochs-"_s + page.toLower());
        }
    }

    void thousandAwkwardClasses()
    {
        QByteArray table = "x,y,class\n";
        for (int row = 0; row < 4'000; ++row) {
            const int number = row % 1'000;
            QString name = u"class %1"_s.arg(number);
            if (number % 4 == 1)
                name += u" 👗🏽"_s;
            if (number % 4 == 2)
                name += u"\nsecond line"_s;
            if (number % 4 == 3)
                name += QString(500, u'w');
            table += QByteArray::number(number / 32) + ',' + QByteArray::number(number % 32) +
                     ",\"" + name.toUtf8() + "\"\n";
        }
        write(m_steps->file(u"awkward.csv"_s), table);
        m_steps->saveDataset(m_steps->file(u"awkward.csv"_s));
        hands().picture(u"trouble-classes-dataset"_s);
        createTableExperiment(u"x"_s, u"class"_s);
        hands().picture(u"trouble-classes-experiment"_s);
        m_steps->fill(u"Epochs"_s, u"2"_s);
        m_steps->press({u"Run"_s, u"Evaluation"_s});
        m_steps->waitFor(u"Completed, "_s, 60'000);
        m_steps->press({u"Predictions"_s});
        m_steps->waitFor(u"of 800"_s);
        hands().picture(u"trouble-classes-predictions"_s);
    }
};

QTEST_MAIN(WindowTroubleTest)
#include "tst_window_trouble.moc"
