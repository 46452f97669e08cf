#include "core/project/documents/dataset_document.h"
#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/core/dataset/import_fixtures.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/datasets_view.h"
#include "ui/datasets/imports/new_dataset_dialog.h"
#include "ui/datasets/table/dataset_table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace espalier;
using namespace espalier::fixtures;

/// The Datasets view while an import is at work: `Done` is pressed long before its end.
class TestImportView final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DatasetsBench> m_bench;
    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<RunController> m_runs;
    std::unique_ptr<PredictionService> m_predictions;
    std::unique_ptr<DatasetsView> m_view;
    std::unique_ptr<QWidget> m_window;

    void openView()
    {
        m_view = std::make_unique<DatasetsView>(
            ProjectContext{*m_bench->document, *m_bench->imports, *m_runs, *m_predictions});
        m_window = std::make_unique<QWidget>();
        auto* layout = new QHBoxLayout(m_window.get());
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        m_view->sidebar()->setFixedWidth(metrics::Sidebar);
        m_view->inspector()->setFixedWidth(metrics::Inspector);
        m_view->centre()->setAutoFillBackground(true);
        m_view->centre()->setBackgroundRole(QPalette::Base);
        layout->addWidget(m_view->sidebar());
        layout->addWidget(new Hairline(Qt::Vertical));
        layout->addWidget(m_view->centre(), 1);
        layout->addWidget(new Hairline(Qt::Vertical));
        layout->addWidget(m_view->inspector());
        m_window->resize(1280, 724);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    /// Images that are small files and take their time to decode: the first rows come long before
    /// the last.
    [[nodiscard]] QString writePhotos(int count) const
    {
        QImage large(1'100, 1'000, QImage::Format_RGB32);
        for (int y = 0; y < large.height(); ++y)
            for (int x = 0; x < large.width(); ++x)
                large.setPixel(x, y, qRgb(x / 5, y / 4, 120));
        const QByteArray png = encoded(large);
        Entries entries;
        for (int i = 0; i < count; ++i)
            entries.append({u"%1/%2.png"_s.arg(i % 2 == 0 ? u"boot"_s : u"shirt"_s).arg(i), png});
        const QString path = m_files->filePath(u"Shop photos.zip"_s);
        writeZip(path, entries, {.method = 0});
        return path;
    }

    [[nodiscard]] DatasetTableView* table() const
    {
        return m_window->findChild<DatasetTableView*>();
    }

    [[nodiscard]] QString visibleTexts() const
    {
        QCoreApplication::processEvents();
        QStringList texts;
        for (QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible())
                texts.append(label->text());
        return texts.join(u'\n');
    }

    template <typename Button>
    [[nodiscard]] static Button* buttonIn(const QWidget& place, const QString& name)
    {
        for (Button* button : place.findChildren<Button*>())
            if (button->isVisible() && (button->text() == name || button->accessibleName() == name))
                return button;
        return nullptr;
    }

    /// `New dataset`, the source, `Next`, `Done`.
    void importByDialog(const QString& source) const
    {
        m_view->actions().first()->trigger();
        auto* dialog = m_window->findChild<NewDatasetDialog*>();
        QVERIFY(dialog);
        dialog->addSources({source});
        QTest::mouseClick(buttonIn<QPushButton>(*dialog, u"Next"_s), Qt::LeftButton);
        QTest::mouseClick(buttonIn<QPushButton>(*dialog, u"Done"_s), Qt::LeftButton);
        QVERIFY(!dialog->isVisible());
    }

    [[nodiscard]] bool showsRows() const { return table()->isVisible() && rows() > 0; }
    [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
    [[nodiscard]] QString dataFolder() const { return m_bench->document->store().dataFolder(); }

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void init()
    {
        m_bench = std::make_unique<DatasetsBench>();
        m_files = std::make_unique<QTemporaryDir>();
        m_runs = std::make_unique<RunController>(*m_bench->document);
        m_predictions = std::make_unique<PredictionService>(*m_bench->document);
        openView();
    }

    void cleanup()
    {
        m_window.reset();
        m_view.reset();
        m_predictions.reset();
        m_runs.reset();
        m_bench.reset();
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void rowsAreVisibleWhileTheRestIsImported()
    {
        constexpr int Photos = 240;
        importByDialog(writePhotos(Photos));
        QTRY_VERIFY_WITH_TIMEOUT(showsRows(), 20'000);
        QVERIFY(m_bench->document->datasets().isEmpty());
        QVERIFY(rows() < Photos);
        QVERIFY(!m_view->mainAction()->isEnabled());
        QCOMPARE(m_view->mainAction()->statusTip(), u"Importing…"_s);
        const QString texts = visibleTexts();
        QVERIFY2(texts.contains(u"rows so far"), qPrintable(texts));
        QVERIFY2(texts.contains(u"Shop photos /"), qPrintable(texts));
        QVERIFY(table()->model()->index(0, 0).data(Qt::DecorationRole).isValid());

        table()->setCurrentIndex(table()->model()->index(12, 1));
        table()->verticalScrollBar()->setValue(480);
        const int scrolled = table()->verticalScrollBar()->value();
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->document->datasets().size(), 1, 60'000);
        QTRY_COMPARE(rows(), Photos);
        QCOMPARE(table()->currentIndex(), table()->model()->index(12, 1));
        QCOMPARE(table()->selectedFeature(), 1);
        QCOMPARE(table()->verticalScrollBar()->value(), scrolled);
        QVERIFY(table()->model()->index(12, 0).data(Qt::DecorationRole).isValid());
        QTRY_VERIFY(m_view->mainAction()->isEnabled());
        QVERIFY(visibleTexts().contains(u"240 rows · 2 features"));
    }

    void cancelTakesAllAway()
    {
        importByDialog(writePhotos(2'000));
        QTRY_VERIFY_WITH_TIMEOUT(showsRows(), 20'000);
        QTest::mouseClick(buttonIn<QToolButton>(*m_view->centre(), u"Cancel"_s), Qt::LeftButton);
        QVERIFY(m_bench->imports->imports().isEmpty());
        QVERIFY(visibleTexts().contains(u"No datasets yet"));
        QCOMPARE(rows(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(leftIn(dataFolder()), QStringList(), 20'000);
    }

    void aFailureSaysWhyWhereTheTableWas()
    {
        importByDialog(writePhotos(2'000));
        QTRY_VERIFY_WITH_TIMEOUT(showsRows(), 20'000);
        for (const QString& name : leftIn(dataFolder()))
            QDir(dataFolder() + u'/' + name).removeRecursively();
        QTRY_VERIFY_WITH_TIMEOUT(visibleTexts().contains(u"“Shop photos” was not imported"),
                                 120'000);
        QVERIFY(!table()->isVisible());
        QVERIFY2(visibleTexts().contains(u"Could not write"), qPrintable(visibleTexts()));
        QCOMPARE(m_view->mainAction()->statusTip(), u"The import has failed"_s);
        QTest::mouseClick(buttonIn<QPushButton>(*m_view->centre(), u"Try again"_s), Qt::LeftButton);
        QCOMPARE(m_bench->imports->imports().size(), 1);
        QCOMPARE(m_bench->imports->imports().first().name, u"Shop photos"_s);
        QTRY_VERIFY_WITH_TIMEOUT(showsRows(), 20'000);
        m_bench->imports->cancel(m_bench->imports->imports().first().id);
    }

    void anotherDatasetCanBeLookedAtMeanwhile()
    {
        const DatasetRecord clothes = m_bench->addClothes();
        importByDialog(writePhotos(100));
        m_view->showDataset(clothes.id);
        QCOMPARE(rows(), 600);
        QVERIFY(m_view->mainAction()->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->document->datasets().size(), 2, 60'000);
        QCOMPARE(rows(), 600); // what a person looks at stays
    }

    void saysHowFarASlowLinkIs()
    {
        HttpTestServer server;
        const QByteArray body = bytesOf(writePhotos(10));
        server.on("/Shop.zip", {.body = body, .bytesPerTick = body.size() / 200});
        importByDialog(server.url(u"/Shop.zip"_s).toString());
        QTRY_VERIFY(visibleTexts().contains(u"No row is read yet"));
        QTRY_VERIFY2(visibleTexts().contains(u" of "), qPrintable(visibleTexts()));
        QCOMPARE(m_view->mainAction()->statusTip(), u"Importing…"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->document->datasets().size(), 1, 30'000);
        QTRY_COMPARE(rows(), 10);
    }

    void saysWhyALinkGivesNothing()
    {
        HttpTestServer server;
        server.on("/Shop.zip", {.status = 404});
        importByDialog(server.url(u"/Shop.zip"_s).toString());
        QTRY_VERIFY_WITH_TIMEOUT(visibleTexts().contains(u"“Shop” was not imported"), 20'000);
        QVERIFY(buttonIn<QPushButton>(*m_view->centre(), u"Try again"_s));
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void pictures()
    {
        const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
        if (folder.isEmpty())
            QSKIP("ESPALIER_SCREENSHOTS names no folder");
        QFETCH(bool, dark);
        applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
        const auto save = [&](const QString& name) {
            QTest::qWait(100);
            m_window->grab().save(folder +
                                  u"/%1-%2.png"_s.arg(name, dark ? u"dark"_s : u"light"_s));
        };
        m_bench->addClothes();
        importByDialog(writePhotos(2'000));
        save(u"import-starts"_s);
        QTRY_VERIFY_WITH_TIMEOUT(showsRows(), 20'000);
        QTest::qWait(1'500);
        save(u"import-rows"_s);
        for (const QString& name : leftIn(dataFolder()))
            if (name.startsWith(u".import"))
                QDir(dataFolder() + u'/' + name).removeRecursively();
        QTRY_VERIFY_WITH_TIMEOUT(visibleTexts().contains(u"was not imported"), 30'000);
        save(u"import-failed"_s);
    }
};

QTEST_MAIN(TestImportView)
#include "tst_import_view.moc"
