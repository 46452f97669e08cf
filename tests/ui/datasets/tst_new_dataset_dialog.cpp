#include "tests/core/dataset/import_fixtures.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/imports/import_list.h"
#include "ui/datasets/imports/new_dataset_dialog.h"
#include "ui/datasets/table/dataset_table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

/// Walks the dialog as a person does: by mouse, keyboard and drops alone.
class TestNewDatasetDialog final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DatasetsBench> m_bench;
    std::unique_ptr<QTemporaryDir> m_files;
    QPointer<NewDatasetDialog> m_dialog;

    [[nodiscard]] QString writeShirts(const QString& name, int value = 1) const
    {
        const QString path = m_files->filePath(name);
        writeZip(path, {{u"shirt/1.png"_s, greyPng(value)}, {u"boot/1.png"_s, greyPng(9)}});
        return path;
    }

    template <typename W>
    [[nodiscard]] W* visible(const std::function<bool(W*)>& fits) const
    {
        for (W* widget : m_dialog->findChildren<W*>())
            if (widget->isVisible() && fits(widget))
                return widget;
        return nullptr;
    }

    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        return visible<QPushButton>([&](QPushButton* b) { return b->text() == text; });
    }

    [[nodiscard]] QLineEdit* field(const QString& name) const
    {
        return visible<QLineEdit>([&](QLineEdit* e) { return e->accessibleName() == name; });
    }

    void click(const QString& text) const
    {
        QPushButton* target = button(text);
        QVERIFY2(target, qPrintable(u"no button "_s + text));
        QVERIFY2(target->isEnabled(), qPrintable(text + u" is disabled"_s));
        QTest::mouseClick(target, Qt::LeftButton);
    }

    [[nodiscard]] QString visibleTexts() const
    {
        QStringList texts;
        for (QLabel* label : m_dialog->findChildren<QLabel*>())
            if (label->isVisible())
                texts.append(label->text());
        return texts.join(u'\n');
    }

    void drop(const QStringList& paths) const
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        QDragEnterEvent enter({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_dialog, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_dialog, &event);
    }

    /// What Tab goes to, from what has the focus once around.
    [[nodiscard]] QStringList tabStops() const
    {
        QStringList names;
        QWidget* const first = QApplication::focusWidget();
        do {
            QWidget* stop = QApplication::focusWidget();
            const auto* asButton = qobject_cast<QAbstractButton*>(stop);
            names.append(asButton && !asButton->text().isEmpty() ? asButton->text()
                                                                 : stop->accessibleName());
            QTest::keyClick(stop, Qt::Key_Tab);
        } while (QApplication::focusWidget() != first && names.size() < 30);
        return names;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void init()
    {
        m_bench = std::make_unique<DatasetsBench>();
        m_files = std::make_unique<QTemporaryDir>();
        m_dialog = new NewDatasetDialog(*m_bench->document, *m_bench->imports);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
    }

    void cleanup()
    {
        delete m_dialog;
        m_bench.reset();
    }

    void importsAZipByItsPath()
    {
        QVERIFY(!button(u"Next"_s)->isEnabled());
        QLineEdit* source = field(u"Link or path"_s);
        QVERIFY(source);
        QTest::mouseClick(source, Qt::LeftButton);
        QTest::keyClicks(source, writeShirts(u"Shop photos.zip"_s));
        click(u"Import"_s);
        QTRY_VERIFY(button(u"Next"_s)->isEnabled());
        QTRY_VERIFY(visibleTexts().contains(u"2 rows are read"));
        click(u"Next"_s);
        QLineEdit* name = field(u"Name"_s);
        QVERIFY(name);
        QCOMPARE(name->text(), u"Shop photos"_s);
        QVERIFY(name->hasFocus() || name->hasSelectedText());
        QSignalSpy finished(m_bench->imports.get(), &DatasetImports::finished);
        QTest::keyClick(name, Qt::Key_End);
        QTest::keyClicks(name, u" 2026"_s);
        click(u"Done"_s);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(m_bench->document->datasets().first().name, u"Shop photos 2026"_s);
        QTRY_VERIFY(!m_dialog);
    }

    void saysWhatIsNoSource()
    {
        QLineEdit* source = field(u"Link or path"_s);
        QTest::keyClicks(source, u"ftp://example.org/a.zip"_s);
        QVERIFY(!button(u"Import"_s)->isEnabled());
        QTRY_VERIFY(visibleTexts().contains(u"cannot be read"));
        QTest::keyClick(source, Qt::Key_Escape);
        QTRY_VERIFY(!m_dialog); // Escape leaves the dialog
    }

    void dropsAreImportedAndJoined()
    {
        drop({writeShirts(u"a.zip"_s, 1)});
        drop({writeShirts(u"b.zip"_s, 2)});
        QCOMPARE(m_bench->imports->imports().size(), 2);
        QTRY_VERIFY(button(u"Next"_s)->isEnabled());
        click(u"Next"_s);
        QVERIFY(field(u"Name"_s));
        QSignalSpy finished(m_bench->imports.get(), &DatasetImports::finished);
        click(u"Done"_s);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(m_bench->document->datasets().size(), 1);
        QCOMPARE(m_bench->document->datasets().first().rows, 4);
    }

    void dropsBecomeADatasetEachWhenAskedFor()
    {
        drop({writeShirts(u"a.zip"_s, 1)});
        drop({writeShirts(u"b.zip"_s, 2)});
        click(u"A dataset each"_s);
        click(u"Next"_s);
        QVERIFY(field(u"Name of a"_s));
        QSignalSpy finished(m_bench->imports.get(), &DatasetImports::finished);
        QTRY_VERIFY(button(u"Done"_s)->isEnabled());
        click(u"Done"_s);
        QTRY_COMPARE(finished.count(), 2);
        QCOMPARE(m_bench->document->datasets().size(), 2);
    }

    void aFailureHasAWayOn()
    {
        const QString path = m_files->filePath(u"broken.zip"_s);
        writeBytes(path, "no zip");
        drop({path});
        const auto retry = [&] {
            return visible<QToolButton>(
                [](QToolButton* b) { return b->toolTip() == u"Try again"_s; });
        };
        QTRY_VERIFY(retry());
        QVERIFY(visibleTexts().contains(u"broken.zip"));
        QVERIFY(!button(u"Next"_s)->isEnabled());
        QFile::remove(path);
        QCOMPARE(writeShirts(u"broken.zip"_s), path);
        QTest::mouseClick(retry(), Qt::LeftButton);
        QTRY_VERIFY(visibleTexts().contains(u"2 rows are read"));
        QVERIFY(button(u"Next"_s)->isEnabled());
    }

    void cancelLeavesNothing()
    {
        drop({writeShirts(u"a.zip"_s)});
        QTRY_VERIFY(visibleTexts().contains(u"2 rows are read"));
        click(u"Cancel"_s);
        QVERIFY(m_bench->imports->imports().isEmpty());
        m_bench->imports.reset();
        QCOMPARE(leftIn(m_bench->document->store().dataFolder()), QStringList());
    }

    void takesTheSample()
    {
        click(u"Data library"_s);
        click(u"Use Clothes"_s);
        QLineEdit* name = field(u"Name"_s);
        QVERIFY(name);
        QCOMPARE(name->text(), u"clothes"_s);
        QTest::keyClick(name, Qt::Key_Home);
        name->clear();
        QVERIFY(!button(u"Done"_s)->isEnabled());
        QVERIFY(visibleTexts().contains(u"Give the dataset a name"));
        click(u"Back"_s);
        click(u"Cancel"_s);
        QVERIFY(m_bench->imports->imports().isEmpty());
    }

    void isReachableByKeyboardAndNamed()
    {
        drop({writeShirts(u"a.zip"_s)});
        QTRY_VERIFY(visibleTexts().contains(u"2 rows are read"));
        for (QAbstractButton* b : m_dialog->findChildren<QAbstractButton*>()) {
            if (!b->isVisible() || !b->isEnabled() || b->focusPolicy() == Qt::NoFocus)
                continue;
            QVERIFY2(!b->text().isEmpty() || !b->accessibleName().isEmpty(),
                     b->metaObject()->className());
        }
        QTest::keyClicks(field(u"Link or path"_s), m_files->path());
        field(u"Link or path"_s)->setFocus();
        QCOMPARE(tabStops(),
                 (QStringList{u"Link or path"_s, u"Import"_s, u"Browse files"_s, u"Browse folder"_s,
                              u"Remove"_s, u"Cancel"_s, u"Next"_s, u"Import files"_s}));
        click(u"Next"_s);
        QVERIFY(field(u"Name"_s)->hasFocus());
        QCOMPARE(tabStops(),
                 (QStringList{u"Name"_s, u"Remove"_s, u"Back"_s, u"Cancel"_s, u"Done"_s}));
    }

    void picture_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void picture()
    {
        const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
        if (folder.isEmpty())
            QSKIP("ESPALIER_SCREENSHOTS names no folder");
        QFETCH(bool, dark);
        applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
        drop({writeShirts(u"Shop photos.zip"_s)});
        drop({m_files->path() + u"/none.zip"_s});
        QTRY_VERIFY(visibleTexts().contains(u"2 rows are read"));
        QTest::qWait(200);
        const QString theme = dark ? u"dark"_s : u"light"_s;
        m_dialog->grab().save(folder + u"/import-files-%1.png"_s.arg(theme));
        click(u"Next"_s);
        QTest::qWait(200);
        m_dialog->grab().save(folder + u"/import-name-%1.png"_s.arg(theme));
        click(u"Back"_s);
        click(u"Data library"_s);
        m_dialog->grab().save(folder + u"/import-library-%1.png"_s.arg(theme));
    }
};

QTEST_MAIN(TestNewDatasetDialog)
#include "tst_new_dataset_dialog.moc"
