#include "core/project/documents/dataset_document.h"
#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/datasets_view.h"
#include "ui/datasets/inspector/subset_dialog.h"
#include "ui/datasets/inspector/subset_report.h"
#include "ui/datasets/table/dataset_table_view.h"
#include "ui/datasets/table/feature_header.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QThreadPool>
#include <QTreeView>
#include <QUrl>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestDatasetsView final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DatasetsBench> m_bench;
    std::unique_ptr<RunController> m_runs;
    std::unique_ptr<PredictionService> m_predictions;
    std::unique_ptr<DatasetsView> m_view;
    std::unique_ptr<QWidget> m_window;

    /// The three columns as the main window places them.
    void openView(const QSize& size = {1280, 724})
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
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    template <typename W>
    [[nodiscard]] W* named(const QString& name) const
    {
        QCoreApplication::processEvents(); // a layout shows what is added to it by a queued call
        for (W* widget : m_window->findChildren<W*>())
            if (widget->accessibleName() == name && widget->isVisible())
                return widget;
        return nullptr;
    }

    [[nodiscard]] DatasetTableView* table() const
    {
        return m_window->findChild<DatasetTableView*>();
    }
    [[nodiscard]] DatasetDocument* document(DatasetId id) const
    {
        return m_bench->document->datasetDocument(id);
    }

    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        QCoreApplication::processEvents();
        for (QPushButton* widget : m_window->findChildren<QPushButton*>())
            if (widget->text() == text && widget->isVisible())
                return widget;
        return nullptr;
    }

    void choose(QComboBox* box, const QString& text) const
    {
        QVERIFY(box);
        const int index = box->findText(text);
        QVERIFY(index >= 0);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(box, Qt::Key_Down);
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

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void init()
    {
        m_bench = std::make_unique<DatasetsBench>();
        m_runs = std::make_unique<RunController>(*m_bench->document);
        m_predictions = std::make_unique<PredictionService>(*m_bench->document);
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

    void beginsEmptyAndOpensWhatIsImported()
    {
        openView();
        QVERIFY(visibleTexts().contains(u"No datasets yet"));
        QVERIFY(!m_view->mainAction()->isEnabled());
        QVERIFY(!m_view->mainAction()->statusTip().isEmpty());
        m_bench->addClothes();
        QTRY_VERIFY(table()->isVisible());
        QCOMPARE(table()->model()->rowCount(), 600);
        QVERIFY(visibleTexts().contains(u"600 rows · 2 features"));
    }

    void editsFeaturesWithUndo()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        QCOMPARE(table()->selectedFeature(), 0);
        auto* normalization = named<QComboBox>(u"Normalization"_s);
        choose(normalization, u"Min-max"_s);
        QCOMPARE(document(record.id)->settings().features[0].normalization, Normalization::MinMax);
        m_view->undoStack()->undo();
        QCOMPARE(document(record.id)->settings().features[0].normalization,
                 Normalization::Standardization);
        QCOMPARE(named<QComboBox>(u"Normalization"_s)->currentText(), u"Standardization"_s);

        auto* name = named<QLineEdit>(u"Name"_s);
        name->selectAll();
        QTest::keyClicks(name, u"picture"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(document(record.id)->settings().features[0].name, u"picture"_s);
        name->selectAll();
        QTest::keyClicks(name, u"category"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(visibleTexts().contains(u"There is a feature “category” already."));
        QCOMPARE(document(record.id)->settings().features[0].name, u"picture"_s);
    }

    void refusesAnEncodingThatDoesNotFit()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        QTest::mouseClick(table()->horizontalHeader()->viewport(), Qt::LeftButton, {},
                          {table()->columnViewportPosition(1) + 60, 40});
        QCOMPARE(table()->selectedFeature(), 1);
        choose(named<QComboBox>(u"Encoding"_s), u"Numeric"_s);
        QCOMPARE(document(record.id)->settings().features[1].encoding, Encoding::Categorical);
        QVERIFY2(visibleTexts().contains(u"is no number"), qPrintable(visibleTexts()));
        QCOMPARE(named<QComboBox>(u"Encoding"_s)->currentText(), u"Categorical"_s);
    }

    void givesATransformationItsSize()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        choose(named<QComboBox>(u"Transformation"_s), u"Resize"_s);
        QCOMPARE(document(record.id)->settings().features[0].width, 28);
        auto* width = named<QSpinBox>(u"Width"_s);
        QVERIFY(width);
        width->setFocus();
        QTest::keyClick(width, Qt::Key_Up);
        QCOMPARE(document(record.id)->settings().features[0].width, 29);
        QCOMPARE(document(record.id)->dataset()->features()[0].shape, (Shape{28, 29, 1}));
    }

    void makesEditsAndRemovesSubsets()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        QTest::mouseClick(button(u"New subset"_s), Qt::LeftButton);
        auto* dialog = m_window->findChild<SubsetDialog*>();
        QVERIFY(dialog);
        for (QCheckBox* box : dialog->findChildren<QCheckBox*>())
            box->click(); // no random part, a condition
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(document(record.id)->settings().subsets.size(), 3);
        const SubsetSettings& added = document(record.id)->settings().subsets.last();
        QVERIFY(added.condition && !added.random);
        QCOMPARE(added.condition->feature, u"category"_s);
        QCOMPARE(added.condition->value, sampleClothesClasses().contains(added.condition->value)
                                             ? added.condition->value
                                             : QString());
        QTRY_VERIFY(visibleTexts().contains(u"shares"));

        auto* list = named<QListView>(u"Subsets"_s);
        const auto removeByKey = [list](int row) {
            const QRect place = list->visualRect(list->model()->index(row, 0));
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place.center());
            QTest::keyClick(list, Qt::Key_Delete);
        };
        m_window->activateWindow(); // what the window system does when the dialog closes
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        removeByKey(2);
        QTRY_COMPARE(document(record.id)->settings().subsets.size(), 2);
        removeByKey(0);
        QVERIFY(visibleTexts().contains(u"normalizes"));
        QCOMPARE(document(record.id)->settings().subsets.size(), 2);
    }

    void savesAndDuplicates()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        QVERIFY(m_view->mainAction()->isEnabled());
        m_view->mainAction()->trigger();
        QVERIFY(!m_view->mainAction()->isEnabled());
        QTRY_VERIFY(m_bench->document->dataset(record.id)->saved);
        QTRY_COMPARE(m_view->mainAction()->statusTip(), u"Version 1 is saved"_s);
        QVERIFY(!named<QComboBox>(u"Encoding"_s)); // plain text now
        QTest::mouseClick(button(u"Duplicate"_s), Qt::LeftButton);
        QCOMPARE(m_bench->document->datasets().size(), 2);
        QVERIFY(visibleTexts().contains(u"Version 2"));
        QVERIFY(m_view->mainAction()->isEnabled());
    }

    void renamesInTheListWithUndo()
    {
        const DatasetRecord record = m_bench->addClothes();
        (void)m_bench->addClothes(u"Other"_s, 20);
        openView();
        m_view->showDataset(record.id);
        auto* tree = m_window->findChild<QTreeView*>();
        const auto typeName = [&](const QString& name) {
            tree->setFocus();
            QTest::keyClick(tree, Qt::Key_F2);
            auto* editor = tree->findChild<QLineEdit*>();
            QVERIFY(editor);
            QVERIFY(editor->hasSelectedText());
            QTest::keyClicks(editor, name);
            QTest::keyClick(editor, Qt::Key_Return);
        };
        const auto nameNow = [&] { return m_bench->document->dataset(record.id)->name; };
        typeName(u"Garments"_s);
        QTRY_COMPARE(nameNow(), u"Garments"_s);
        QVERIFY(visibleTexts().contains(u"Garments /"));
        QCOMPARE(m_view->undoStack()->undoText(), u"Rename dataset"_s);
        m_view->undoStack()->undo();
        QCOMPARE(nameNow(), u"FashionMNIST"_s);
        m_view->undoStack()->redo();
        QCOMPARE(nameNow(), u"Garments"_s);
        typeName(u"other"_s);
        QTRY_VERIFY(visibleTexts().contains(u"'Other'"));
        QCOMPARE(nameNow(), u"Garments"_s);
    }

    void countsErrorsAgainstSaving()
    {
        const DatasetRecord record = m_bench->addClothes();
        openView();
        require(document(record.id)->set(u"empty"_s, u"subset.Validation.size"_s, u"0"_s));
        QTRY_COMPARE(m_view->mainAction()->statusTip(), u"1 error left"_s);
        QVERIFY(!m_view->mainAction()->isEnabled());
        m_view->undoStack()->undo();
        QTRY_VERIFY(m_view->mainAction()->isEnabled());
    }

    void refusesToDeleteWhatIsInUse()
    {
        const DatasetRecord record = m_bench->addClothes();
        document(record.id)->saveVersion();
        QTRY_VERIFY(m_bench->document->dataset(record.id)->saved);
        (void)valueOf(m_bench->document->createExperiment(u"First try"_s, record.id));
        openView();
        m_view->actions().last()->trigger();
        auto* box = m_window->findChild<QMessageBox*>();
        QVERIFY(box);
        QVERIFY(box->informativeText().contains(u"First try"));
        box->accept();
        QCOMPARE(m_bench->document->datasets().size(), 1);
    }

    void saysWhenFilesAreGone()
    {
        const DatasetRecord record = m_bench->addClothes();
        QVERIFY(QDir(record.sourceFolder).removeRecursively());
        openView();
        QVERIFY2(visibleTexts().contains(u"cannot be opened"), qPrintable(visibleTexts()));
    }

    void takesDroppedFiles()
    {
        openView();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/nowhere/a.zip"_s)});
        QVERIFY(m_view->acceptDrop(data));
        QCOMPARE(m_bench->imports->imports().size(), 1);
        m_window->findChild<QDialog*>()->reject();
        QVERIFY(m_bench->imports->imports().isEmpty());
    }

    void isNamedForScreenReaders()
    {
        m_bench->addClothes();
        openView();
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                qobject_cast<QAbstractButton*>(widget) || !widget->isEnabled() ||
                QByteArrayView(widget->metaObject()->className()).startsWith("QScroll"))
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty() || widget->focusProxy() ||
                         qobject_cast<QLineEdit*>(widget),
                     widget->metaObject()->className());
        }
        auto* header = m_window->findChild<FeatureHeader*>();
        QTRY_VERIFY(!header->barText({16, 118}).isEmpty());
    }

    void opensSeventyThousandRows()
    {
        const DatasetRecord record = m_bench->addClothes(u"Large"_s, 70'000);
        openView();
        QCOMPARE(table()->model()->rowCount(), 70'000);
        QVERIFY(document(record.id));
    }

    void scrollsTenMillionRows()
    {
        constexpr int Rows = 10'000'000;
        const auto store = m_bench->writer();
        DatasetsBench::addNumbers(*store, u"number"_s, Rows);
        DatasetsBench::addTexts(*store, u"kind"_s, {u"a"_s, u"b"_s, u"c"_s}, Rows);
        m_bench->add(u"Huge"_s, *store);
        {
            // Nothing is opened while all threads of the pool wait.
            QThreadPool* pool = QThreadPool::globalInstance();
            QSemaphore gate;
            const int threads = pool->maxThreadCount();
            for (int i = 0; i < threads; ++i)
                pool->start([&gate] { gate.acquire(); });
            const auto open = qScopeGuard([&] {
                gate.release(threads);
                pool->waitForDone();
            });
            openView();
            QVERIFY(visibleTexts().contains(u"Opening…"));
            QCOMPARE(m_view->mainAction()->statusTip(), u"Opening…"_s);
        }
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), Rows, 30'000);
        QVERIFY(m_view->mainAction()->isEnabled());
        QScrollBar* bar = table()->verticalScrollBar();
        const auto lastRow = [&] {
            bar->setValue(bar->maximum());
            return table()->rowAt(table()->viewport()->height() - 2);
        };
        QTRY_COMPARE(lastRow(), Rows - 1);
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << QSize(1280, 724);
        QTest::newRow("dark") << true << QSize(1280, 724);
        QTest::newRow("large-light") << false << QSize(1920, 1004);
        QTest::newRow("large-dark") << true << QSize(1920, 1004);
    }
    void pictures()
    {
        const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
        if (folder.isEmpty())
            QSKIP("ESPALIER_SCREENSHOTS names no folder");
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
        openView(size);
        const auto save = [&](const QString& name) {
            QTest::qWait(400);
            m_window->grab().save(
                folder + u"/%1-%2.png"_s.arg(name, QString::fromLatin1(QTest::currentDataTag())));
        };
        save(u"datasets-empty"_s);
        const DatasetRecord first = m_bench->addClothes(u"FashionMNIST"_s, 7'000);
        document(first.id)->saveVersion();
        QTRY_VERIFY(m_bench->document->dataset(first.id)->saved);
        (void)valueOf(m_bench->document->createExperiment(u"CNN"_s, first.id));
        const DatasetRecord second = valueOf(m_bench->document->duplicateDataset(first.id));
        const auto wide = m_bench->writer();
        DatasetsBench::addNumbers(*wide, u"acidity"_s, 6'497);
        DatasetsBench::addNumbers(*wide, u"sugar"_s, 6'497);
        DatasetsBench::addTexts(*wide, u"sold"_s, {u"yes"_s, u"no"_s}, 6'497, Encoding::Binary);
        QStringList classes;
        for (int i = 0; i < 1'000; ++i)
            classes.append(u"class %1\nof many 🎽"_s.arg(i));
        DatasetsBench::addTexts(*wide, u"a feature with quite a long name that goes on"_s, classes,
                                6'497);
        const DatasetRecord returns = m_bench->add(u"Returns"_s, *wide);
        m_bench->imports->start({u"/nowhere/Shop photos.zip"_s});
        m_view->showDataset(second.id);
        choose(named<QComboBox>(u"Transformation"_s), u"Resize"_s);
        save(u"datasets"_s);
        m_view->showDataset(first.id);
        save(u"datasets-saved"_s);
        m_view->showDataset(returns.id);
        require(document(returns.id)->set(u"overlap"_s, u"subset.Test.add"_s, u"yes"_s));
        table()->setCurrentIndex(table()->model()->index(2, 2));
        table()->setFocus();
        save(u"datasets-table"_s);
        m_view->actions()[4]->trigger();
        QTest::qWait(100);
        m_window->findChild<SubsetDialog*>()->grab().save(
            folder + u"/subset-%1.png"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
        m_window->findChild<SubsetDialog*>()->reject();
    }
};

QTEST_MAIN(TestDatasetsView)
#include "tst_datasets_view.moc"
