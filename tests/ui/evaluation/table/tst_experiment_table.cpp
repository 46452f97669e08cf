#include "tests/ui/evaluation/evaluation_fixture.h"
#include "ui/evaluation/checkpoint_model.h"
#include "ui/evaluation/table/experiment_sidebar.h"
#include "ui/evaluation/table/experiment_sort.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestExperimentTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void followsTheDocument();
    void saysWhatRunsGave();
    void sortsWhatIsMissingLast();
    void ticksInOrder();
    void renames();
    void showsColumnsThatFit();
    void remembersChosenColumns();
    void findsByName();
    void ticksByKey();
    void listsCheckpoints();

private:
    [[nodiscard]] QString textOf(ExperimentId id, ExperimentColumn column,
                                 int role = Qt::DisplayRole) const
    {
        return m_model->index(m_model->rowOf(id), int(column)).data(role).toString();
    }

    std::unique_ptr<EvaluationFixture> m_fixture;
    std::unique_ptr<ExperimentTableModel> m_model;
};

void TestExperimentTable::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"EspalierTests"_s);
    QCoreApplication::setApplicationName(u"tst_experiment_table"_s);
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestExperimentTable::init()
{
    QSettings().clear();
    m_fixture = std::make_unique<EvaluationFixture>();
    m_model = std::make_unique<ExperimentTableModel>(*m_fixture->document, *m_fixture->runs);
}

void TestExperimentTable::cleanup()
{
    m_model.reset();
    m_fixture.reset();
}

void TestExperimentTable::followsTheDocument()
{
    const QAbstractItemModelTester tester(m_model.get(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    ExperimentSort sort;
    sort.setSourceModel(m_model.get());
    sort.sort(0);
    const QAbstractItemModelTester sortTester(
        &sort, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(m_model->rowCount(), 0);
    const ExperimentId a = m_fixture->create(u"a"_s);
    const ExperimentId b = m_fixture->create(u"b"_s);
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->idAt(0), b); // the newest first
    m_model->setTicked(a, true);
    const QSignalSpy spy(m_model.get(), &ExperimentTableModel::tickedChanged);
    require(m_fixture->document->deleteExperiment(a));
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_model->ticked().isEmpty());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(m_model->rowOf(a), -1);
}

void TestExperimentTable::saysWhatRunsGave()
{
    const ExperimentId id = m_fixture->create(u"CNN"_s);
    QCOMPARE(textOf(id, ExperimentColumn::Best), QString(QChar(0x2013)));
    QCOMPARE(textOf(id, ExperimentColumn::Name, ExperimentTableModel::SecondLineRole),
             u"Created"_s);
    QCOMPARE(m_model->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Best"_s);
    m_fixture->addEpochs(id, 3, 0.9, 2);
    m_fixture->setState(id, RunState::Failed, u"The loss is no number."_s);
    const ExperimentRecord& record = *m_fixture->document->experiment(id);
    QCOMPARE(textOf(id, ExperimentColumn::Best),
             QString::number(record.epochs[1].validation[u"accuracy"_s], 'f', 4));
    QCOMPARE(textOf(id, ExperimentColumn::Best, ExperimentTableModel::SecondLineRole), u"@ 2"_s);
    QCOMPARE(textOf(id, ExperimentColumn::Parameters), u"110,922"_s);
    QCOMPARE(textOf(id, ExperimentColumn::Epochs), u"3"_s);
    QCOMPARE(textOf(id, ExperimentColumn::Name, ExperimentTableModel::SecondLineRole),
             u"Failed · The loss is no number"_s);
    QCOMPARE(m_model->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Accuracy"_s);

    const ExperimentId waits = m_fixture->create(u"waits"_s);
    const ExperimentId last = m_fixture->create(u"last"_s);
    require(m_fixture->runs->enqueue(waits));
    require(m_fixture->runs->enqueue(last));
    QCOMPARE(textOf(waits, ExperimentColumn::Name, ExperimentTableModel::SecondLineRole),
             u"Queued, next"_s);
    QCOMPARE(textOf(last, ExperimentColumn::Name, ExperimentTableModel::SecondLineRole),
             u"Queued, 1 before it"_s);
}

void TestExperimentTable::sortsWhatIsMissingLast()
{
    const ExperimentId good = m_fixture->create(u"good"_s);
    const ExperimentId none = m_fixture->create(u"none"_s);
    const ExperimentId poor = m_fixture->create(u"poor"_s);
    m_fixture->addEpochs(good, 2, 0.9, 2);
    m_fixture->addEpochs(poor, 2, 0.5, 2);
    ExperimentSort sort;
    sort.setSourceModel(m_model.get());
    const auto order = [&] {
        QList<qint64> ids;
        for (int row = 0; row < sort.rowCount(); ++row)
            ids.append(sort.index(row, 0).data(ExperimentTableModel::IdRole).toLongLong());
        return ids;
    };
    sort.sort(int(ExperimentColumn::Best), Qt::DescendingOrder);
    QCOMPARE(order(), (QList{good.value(), poor.value(), none.value()}));
    sort.sort(int(ExperimentColumn::Best), Qt::AscendingOrder);
    QCOMPARE(order(), (QList{poor.value(), good.value(), none.value()}));
    sort.sort(int(ExperimentColumn::Name), Qt::AscendingOrder);
    QCOMPARE(order(), (QList{good.value(), none.value(), poor.value()}));
}

void TestExperimentTable::ticksInOrder()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    const ExperimentId b = m_fixture->create(u"b"_s);
    QVERIFY(
        m_model->setData(m_model->index(m_model->rowOf(b), 0), Qt::Checked, Qt::CheckStateRole));
    m_model->setTicked(a, true);
    QCOMPARE(m_model->ticked(), (QList{b, a}));
    QCOMPARE(m_model->index(m_model->rowOf(a), 0).data(ExperimentTableModel::SeriesRole).toInt(),
             1);
    m_model->setTicked(b, false);
    QCOMPARE(m_model->index(m_model->rowOf(a), 0).data(ExperimentTableModel::SeriesRole).toInt(),
             0);
    m_model->setTicked(ExperimentId(99), true);
    QCOMPARE(m_model->ticked(), QList{a});
}

void TestExperimentTable::renames()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    QVERIFY(m_fixture->create(u"b"_s).isValid());
    const QSignalSpy failed(m_model.get(), &ExperimentTableModel::renameFailed);
    const QModelIndex index = m_model->index(m_model->rowOf(a), 0);
    QVERIFY(m_model->setData(index, u"  new  "_s, Qt::EditRole));
    QCOMPARE(m_fixture->document->experiment(a)->name, u"new"_s);
    QVERIFY(!m_model->setData(index, u"b"_s, Qt::EditRole));
    QCOMPARE(failed.size(), 1);
    QVERIFY(!m_model->setData(index, u" "_s, Qt::EditRole));
}

void TestExperimentTable::showsColumnsThatFit()
{
    QVERIFY(m_fixture->create(u"a"_s).isValid());
    ExperimentSidebar table(m_fixture->context());
    table.resize(260, 500);
    table.show();
    auto* view = table.findChild<QTreeView*>();
    QTRY_VERIFY(!view->isColumnHidden(int(ExperimentColumn::Best)));
    QVERIFY(view->isColumnHidden(int(ExperimentColumn::Created)));
    table.resize(900, 500);
    QTRY_VERIFY(!view->isColumnHidden(int(ExperimentColumn::Created)));
    int width = 0;
    for (int column = 0; column < ExperimentColumnCount; ++column)
        width += view->columnWidth(column);
    QCOMPARE(width, view->viewport()->width());
}

void TestExperimentTable::remembersChosenColumns()
{
    QSettings().setValue(u"evaluation/columns"_s, QStringList{u"name"_s, u"loss"_s});
    ExperimentSidebar table(m_fixture->context());
    QCOMPARE(table.findChild<ExperimentTableView*>()->chosen(), QList{ExperimentColumn::Loss});
}

void TestExperimentTable::findsByName()
{
    const ExperimentId a = m_fixture->create(u"CNN"_s);
    QVERIFY(m_fixture->create(u"Dense"_s).isValid());
    ExperimentSidebar table(m_fixture->context());
    auto* view = table.findChild<QTreeView*>();
    QTest::keyClicks(table.findChild<QLineEdit*>(), u"cn"_s);
    QCOMPARE(view->model()->rowCount(), 1);
    table.setCurrent(a);
    QCOMPARE(table.current(), a);
    QTest::keyClicks(table.findChild<QLineEdit*>(), u"x"_s);
    QCOMPARE(view->model()->rowCount(), 0);
    QVERIFY(!view->isVisibleTo(&table));
}

void TestExperimentTable::ticksByKey()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    ExperimentSidebar table(m_fixture->context());
    table.show();
    table.setCurrent(a);
    const QSignalSpy spy(&table, &ExperimentSidebar::tickedChanged);
    QTest::keyClick(table.findChild<QTreeView*>(), Qt::Key_Space);
    QCOMPARE(table.ticked(), QList{a});
    QTest::keyClick(table.findChild<QTreeView*>(), Qt::Key_Space);
    QVERIFY(table.ticked().isEmpty());
    QCOMPARE(spy.size(), 2);
}

void TestExperimentTable::listsCheckpoints()
{
    const ExperimentId id = m_fixture->create(u"a"_s);
    CheckpointModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_fixture->addEpochs(id, 4, 0.9, 3);
    model.setExperiment(*m_fixture->document->experiment(id));
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(model.rowCount(), 2); // the best and the last are kept
    QCOMPARE(model.index(0, 0).data().toString(), u"4"_s);
    QCOMPARE(model.index(1, 0).data().toString(), u"3"_s);
    QVERIFY(!model.index(0, 0).data(CheckpointModel::BestRole).toBool());
    QVERIFY(model.index(1, 0).data(CheckpointModel::BestRole).toBool());
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Accuracy"_s);
}

QTEST_MAIN(TestExperimentTable)
#include "tst_experiment_table.moc"
