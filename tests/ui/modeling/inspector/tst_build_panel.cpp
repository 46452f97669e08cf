#include "core/graph/block_catalogue.h"
#include "core/graph/snippets.h"
#include "ui/modeling/inspector/build/block_list_model.h"
#include "ui/modeling/inspector/build/block_list_view.h"
#include "ui/modeling/inspector/build/build_panel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

struct Panel {
    Panel()
        : view(panel.findChild<BlockListView*>())
        , search(panel.findChild<QLineEdit*>())
        , blocks(&panel, &BuildPanel::blockChosen)
        , snippetKeys(&panel, &BuildPanel::snippetChosen)
    {
        panel.resize(320, 700);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the window was not activated");
    }

    [[nodiscard]] QModelIndex row(const QString& name) const
    {
        return view->model()
            ->match(view->model()->index(0, 0), Qt::DisplayRole, name, 1,
                    Qt::MatchExactly | Qt::MatchRecursive | Qt::MatchWrap)
            .value(0);
    }
    void click(const QString& name) const
    {
        const QModelIndex index = row(name);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }

    BuildPanel panel;
    BlockListView* view;
    QLineEdit* search;
    QSignalSpy blocks;
    QSignalSpy snippetKeys;
};

} // namespace

class TestBuildPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void modelHoldsEverything();
    void dragsCarryTheKey();
    void clickAdds();
    void enterAdds();
    void searching_data();
    void searching();
    void searchBoxAdds();
    void nothingMatches();
    void foldsAreRemembered();
    void reasonDisables();

private:
    QTemporaryDir m_settings;
};

void TestBuildPanel::initTestCase()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(u"espalier-tests"_s);
}

void TestBuildPanel::init()
{
    QSettings().clear();
}

void TestBuildPanel::modelHoldsEverything()
{
    BlockListModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    int blocks = 0;
    QCOMPARE(model.rowCount(model.index(0, 0)), snippets().size());
    for (int section = 1; section < model.rowCount(); ++section)
        blocks += model.rowCount(model.index(section, 0));
    QCOMPARE(blocks, blockTypes().size());
}

void TestBuildPanel::dragsCarryTheKey()
{
    BlockListModel model;
    const QModelIndex snippet = model.index(0, 0, model.index(0, 0));
    std::unique_ptr<QMimeData> data(model.mimeData({snippet}));
    QCOMPARE(QString::fromUtf8(data->data(u"application/x-espalier-snippet"_s)),
             snippets().first().key);
    const QModelIndex block = model.index(0, 0, model.index(1, 0));
    data.reset(model.mimeData({block}));
    QCOMPARE(QString::fromUtf8(data->data(u"application/x-espalier-block"_s)), u"input"_s);
    QVERIFY(model.flags(block).testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsDragEnabled));
    QCOMPARE(model.mimeData({model.index(0, 0)}), nullptr);
}

void TestBuildPanel::clickAdds()
{
    Panel panel;
    panel.click(u"Snippets"_s);
    panel.click(u"CNN"_s);
    QCOMPARE(panel.snippetKeys.size(), 1);
    QCOMPARE(panel.snippetKeys.first().first().toString(), u"cnn"_s);
    panel.click(u"2D Convolution"_s);
    QCOMPARE(panel.blocks.size(), 1);
    QCOMPARE(panel.blocks.first().first().toString(), u"conv2d"_s);
}

void TestBuildPanel::enterAdds()
{
    Panel panel;
    panel.view->setFocus();
    panel.view->setCurrentIndex(panel.row(u"Dropout"_s));
    QTest::keyClick(panel.view, Qt::Key_Return);
    QCOMPARE(panel.blocks.size(), 1);
    QCOMPARE(panel.blocks.first().first().toString(), u"dropout"_s);
}

void TestBuildPanel::searching_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("finds");
    QTest::addColumn<QString>("hides");
    QTest::newRow("name") << u"convol"_s << u"2D Convolution"_s << u"Dropout"_s;
    QTest::newRow("help") << u"overfitting"_s << u"Dropout"_s << u"Dense"_s;
    QTest::newRow("group") << u"pooling"_s << u"2D Max pooling"_s << u"Dropout"_s;
    QTest::newRow("snippet") << u"cnn"_s << u"CNN"_s << u"Dropout"_s;
    QTest::newRow("a pattern is a text") << u"2d max"_s << u"2D Max pooling"_s << u"Dense"_s;
}

void TestBuildPanel::searching()
{
    QFETCH(QString, text);
    QFETCH(QString, finds);
    QFETCH(QString, hides);
    Panel panel;
    QTest::keyClicks(panel.search, text);
    const QModelIndex found = panel.row(finds);
    QVERIFY(found.isValid());
    QVERIFY(panel.view->isExpanded(found.parent()));
    const QModelIndex hidden = panel.row(hides);
    QVERIFY(!hidden.isValid() || !hidden.parent().isValid());
}

void TestBuildPanel::searchBoxAdds()
{
    Panel panel;
    panel.search->setFocus();
    QTest::keyClicks(panel.search, u"dropout"_s);
    QTest::keyClick(panel.search, Qt::Key_Return);
    QCOMPARE(panel.blocks.size() + panel.snippetKeys.size(), 1);
    QTest::keyClick(panel.search, Qt::Key_Down);
    QVERIFY(panel.view->hasFocus());
}

void TestBuildPanel::nothingMatches()
{
    Panel panel;
    QTest::keyClicks(panel.search, u"perceptron 9000"_s);
    QVERIFY(!panel.view->isVisible());
    QPushButton* clear = panel.panel.findChild<QPushButton*>();
    QVERIFY(clear && clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(panel.search->text().isEmpty());
    QVERIFY(panel.view->isVisible());
}

void TestBuildPanel::foldsAreRemembered()
{
    {
        Panel panel;
        QVERIFY(!panel.view->isExpanded(panel.row(u"Snippets"_s)));
        QVERIFY(panel.view->isExpanded(panel.row(u"Pooling"_s)));
        panel.click(u"Snippets"_s);
        panel.click(u"Pooling"_s);
    }
    Panel panel;
    QVERIFY(panel.view->isExpanded(panel.row(u"Snippets"_s)));
    QVERIFY(!panel.view->isExpanded(panel.row(u"Pooling"_s)));
    panel.search->setText(u"max"_s);
    QVERIFY(panel.view->isExpanded(panel.row(u"Pooling"_s)));
    panel.search->clear();
    QVERIFY(!panel.view->isExpanded(panel.row(u"Pooling"_s)));
}

void TestBuildPanel::reasonDisables()
{
    Panel panel;
    panel.panel.setReason(u"It has run."_s);
    panel.click(u"Dropout"_s);
    QCOMPARE(panel.blocks.size(), 0);
    panel.panel.setReason({});
    panel.click(u"Dropout"_s);
    QCOMPARE(panel.blocks.size(), 1);
}

QTEST_MAIN(TestBuildPanel)
#include "tst_build_panel.moc"
