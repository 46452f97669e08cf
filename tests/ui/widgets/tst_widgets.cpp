#include "ui/theme/theme.h"
#include "ui/widgets/list_row_delegate.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QLayout>
#include <QListView>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

/// The widget that Tab leads to within `parent`, key events go there.
void press(int key)
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key(key));
}

bool contains(const QImage& image, const QColor& color)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == color)
                return true;
    return false;
}

} // namespace

class TestWidgets final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { applyTheme(*qApp, ThemeChoice::Light); }

    void labelsFollowTheTheme();
    void elidedLabelGivesWay();
    void dispensableLabelIsWholeOrNotThere();
    void iconButtonsHaveNames();
    void iconButtonFollowsItsAction();
    void escapeClearsASearch();
    void arrowsMoveSegments();
    void disabledSegmentSaysWhy();
    void arrowsMoveTabs();
    void tabsStartAnew();
    void chipHidesWithoutText();
    void emptyStateTriggersItsAction();
    void formLabelsAreBuddies();
    void formShowsErrorsUnderTheField();
    void formClears();
    void progressIsKeptInBounds();
    void panelIsAsWideAsItsViewport();
    void rowTicksByItsBox();
    void rowDotsAskForAMenu();
    void rowSelectionIsQuieterWithoutFocus();
};

void TestWidgets::labelsFollowTheTheme()
{
    QWidget window;
    TextLabel label(u"Epoch"_s, TextStyle::Small, Role::TextSecondary, &window);
    const auto ink = [&] { return label.palette().color(QPalette::WindowText); };
    QCOMPARE(ink(), Theme::light().color(Role::TextSecondary));
    applyTheme(*qApp, ThemeChoice::Dark);
    QCOMPARE(ink(), Theme::dark().color(Role::TextSecondary));
    label.setRole(Role::LevelError);
    QCOMPARE(ink(), Theme::dark().color(Role::LevelError));
    label.setEnabled(false);
    QCOMPARE(ink(), Theme::dark().color(Role::TextDisabled));
    applyTheme(*qApp, ThemeChoice::Light);
    label.setEnabled(true);
    QCOMPARE(ink(), Theme::light().color(Role::LevelError));
}

void TestWidgets::elidedLabelGivesWay()
{
    TextLabel label(u"A name that is far too long for its column"_s);
    const int whole = label.minimumSizeHint().width();
    label.setElided(true);
    QVERIFY(label.minimumSizeHint().width() < whole / 4);
    QCOMPARE(label.sizeHint().width(), whole);
    label.resize(80, 20);
    QVERIFY(contains(label.grab().toImage(), Theme::light().color(Role::TextPrimary)));
}

void TestWidgets::dispensableLabelIsWholeOrNotThere()
{
    TextLabel label(u"30,000 rows"_s);
    label.setDispensable(true);
    QCOMPARE(label.minimumSizeHint().width(), 0);
    const QColor ink = Theme::light().color(Role::TextPrimary);
    label.resize(label.sizeHint());
    QVERIFY(contains(label.grab().toImage(), ink));
    label.resize(label.width() - 1, label.height());
    QVERIFY(!contains(label.grab().toImage(), ink));
}

void TestWidgets::iconButtonsHaveNames()
{
    std::unique_ptr<QToolButton> button(createIconButton(u"undo"_s, u"Undo"_s));
    QCOMPARE(button->accessibleName(), u"Undo"_s);
    QCOMPARE(button->toolTip(), u"Undo"_s);
    QVERIFY(!button->icon().isNull());
    QCOMPARE(button->sizeHint(), QSize(metrics::Control, metrics::Control));
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
}

void TestWidgets::iconButtonFollowsItsAction()
{
    QAction action(themeIcon(u"trash"_s), u"Delete"_s);
    std::unique_ptr<QToolButton> button(createIconButton(&action));
    QCOMPARE(button->accessibleName(), u"Delete"_s);
    action.setText(u"Delete block"_s);
    action.setEnabled(false);
    QCOMPARE(button->accessibleName(), u"Delete block"_s);
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolButtonStyle(), Qt::ToolButtonIconOnly);
}

void TestWidgets::escapeClearsASearch()
{
    QWidget window;
    QLineEdit* field = createSearchField(u"Search experiments"_s, &window);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(field->accessibleName(), u"Search experiments"_s);
    field->setFocus();
    QTest::keyClicks(field, u"cnn"_s);
    QCOMPARE(field->text(), u"cnn"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
}

void TestWidgets::arrowsMoveSegments()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* before = new QLineEdit;
    auto* segments = new SegmentedControl({u"Curves"_s, u"Compare"_s, u"Predictions"_s});
    auto* after = new QLineEdit;
    for (QWidget* widget : std::initializer_list<QWidget*>{before, segments, after})
        column->addWidget(widget);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QSignalSpy changes(segments, &SegmentedControl::currentIndexChanged);
    segments->setCurrentIndex(0);
    QCOMPARE(changes.count(), 0);
    before->setFocus();
    press(Qt::Key_Tab);
    press(Qt::Key_Right);
    QCOMPARE(segments->currentIndex(), 1);
    press(Qt::Key_Right);
    QCOMPARE(segments->currentIndex(), 2);
    press(Qt::Key_Left);
    QCOMPARE(segments->currentIndex(), 1);
    QCOMPARE(changes.count(), 3);
    // One stop for Tab.
    press(Qt::Key_Tab);
    QVERIFY(after->hasFocus());
    segments->setCurrentIndex(7);
    QCOMPARE(segments->currentIndex(), 1);
}

void TestWidgets::disabledSegmentSaysWhy()
{
    SegmentedControl segments({u"Curves"_s, u"Predictions"_s});
    segments.setSegmentEnabled(1, false, u"Predictions appear after the first epoch"_s);
    const auto buttons = segments.findChildren<QPushButton*>();
    QVERIFY(!buttons[1]->isEnabled());
    QVERIFY(!buttons[1]->toolTip().isEmpty());
    segments.setSegmentEnabled(1, true);
    QVERIFY(buttons[1]->toolTip().isEmpty());
}

void TestWidgets::arrowsMoveTabs()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* tabs = new TabStrip;
    QSignalSpy changes(tabs, &TabStrip::currentChanged);
    QCOMPARE(tabs->currentIndex(), -1);
    QCOMPARE(tabs->addTab(u"Datasets"_s), 0);
    QCOMPARE(tabs->addTab(u"Modeling"_s), 1);
    QCOMPARE(tabs->currentIndex(), 0);
    column->addWidget(tabs);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    tabs->setCurrentIndex(1);
    QCOMPARE(changes.last().first().toInt(), 1);
    tabs->findChildren<QPushButton*>()[1]->setFocus();
    press(Qt::Key_Left);
    QCOMPARE(tabs->currentIndex(), 0);
    tabs->setTabText(0, u"Data"_s);
    QCOMPARE(tabs->findChildren<QPushButton*>()[0]->text(), u"Data"_s);
    // The line under the current one, and only there.
    const QImage image = tabs->grab().toImage();
    QCOMPARE(image.pixelColor(4, image.height() - 1), Theme::light().color(Role::Accent));
}

void TestWidgets::tabsStartAnew()
{
    TabStrip tabs;
    tabs.addTab(u"Accuracy"_s);
    tabs.addTab(u"Loss"_s);
    tabs.setCurrentIndex(1);
    tabs.clear();
    QCOMPARE(tabs.count(), 0);
    QCOMPARE(tabs.currentIndex(), -1);
    tabs.addTab(u"Error"_s);
    QCOMPARE(tabs.currentIndex(), 0);
}

void TestWidgets::chipHidesWithoutText()
{
    QWidget window;
    Chip chip(&window);
    QVERIFY(chip.isHidden());
    chip.set(u"play"_s, u"Running"_s, Role::AccentInk, Role::Selection);
    QVERIFY(!chip.isHidden());
    QCOMPARE(chip.accessibleName(), u"Running"_s);
    QVERIFY(chip.sizeHint().height() >= metrics::Chip);
    const int width = chip.sizeHint().width();
    chip.set({}, u"Running"_s);
    QVERIFY(chip.sizeHint().width() < width);
    chip.set({}, {});
    QVERIFY(chip.isHidden());
}

void TestWidgets::emptyStateTriggersItsAction()
{
    QAction action(u"New dataset"_s);
    QSignalSpy triggered(&action, &QAction::triggered);
    EmptyState state(u"table"_s, u"No datasets yet"_s, u"Import files."_s, &action);
    auto* button = state.findChild<QPushButton*>();
    QVERIFY(button);
    QCOMPARE(button->text(), u"New dataset"_s);
    button->click();
    QCOMPARE(triggered.count(), 1);
    action.setEnabled(false);
    QVERIFY(!button->isEnabled());
    EmptyState bare(u"table"_s, u"Nothing left to do"_s, {});
    QVERIFY(!bare.findChild<QPushButton*>());
}

void TestWidgets::formLabelsAreBuddies()
{
    FormRows form;
    auto* field = new QSpinBox;
    form.addRow(u"Filters"_s, field);
    const auto labels = form.findChildren<TextLabel*>();
    QCOMPARE(labels.size(), 1);
    QCOMPARE(labels.first()->buddy(), field);
    QCOMPARE(field->accessibleName(), u"Filters"_s);
    form.resize(form.sizeHint());
    form.show();
    QCOMPARE(field->x(), int(metrics::FormLabel));
}

void TestWidgets::formShowsErrorsUnderTheField()
{
    FormRows form;
    auto* first = new QSpinBox;
    auto* second = new QSpinBox;
    form.addRow(u"Filters"_s, first);
    form.addRow(u"Width"_s, second);
    form.resize(280, 300);
    form.show();
    form.setError(first, u"At least one filter"_s);
    form.layout()->activate();
    TextLabel* error = nullptr;
    for (TextLabel* label : form.findChildren<TextLabel*>())
        if (label->text() == u"At least one filter"_s)
            error = label;
    QVERIFY(error && error->isVisible());
    QVERIFY(error->y() >= first->geometry().bottom());
    QVERIFY(error->geometry().bottom() < second->y());
    QCOMPARE(first->accessibleDescription(), u"At least one filter"_s);
    form.setError(first, {});
    QVERIFY(!error->isVisible());
    QCOMPARE(first->accessibleDescription(), QString());
    QSpinBox stranger;
    form.setError(&stranger, u"Not of this form"_s);
    QCOMPARE(stranger.accessibleDescription(), QString());
}

void TestWidgets::formClears()
{
    FormRows form;
    form.addRow(u"Filters"_s, new QSpinBox);
    form.addWide(new QPushButton(u"Reset"_s));
    form.clear();
    QVERIFY(form.findChildren<QWidget*>().isEmpty());
    auto* field = new QSpinBox;
    form.addRow(u"Width"_s, field);
    form.setError(field, u"Too wide"_s);
    QCOMPARE(field->accessibleDescription(), u"Too wide"_s);
}

void TestWidgets::progressIsKeptInBounds()
{
    ProgressLine line;
    line.setValue(2);
    QCOMPARE(line.value(), 1.0);
    line.setValue(0.5);
    line.resize(100, 4);
    const QImage image = line.grab().toImage();
    QCOMPARE(image.pixelColor(25, 2), Theme::light().color(Role::Accent));
    QCOMPARE(image.pixelColor(75, 2), Theme::light().color(Role::Pressed));
    line.setValue(qQNaN());
    QVERIFY(line.value() < 0);
    QVERIFY(!line.accessibleDescription().isEmpty());
}

void TestWidgets::panelIsAsWideAsItsViewport()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    auto* button = new QPushButton(u"Reset"_s);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(button, 0, Qt::AlignTop);
    std::unique_ptr<QScrollArea> scroll(createPanelScroll(content));
    scroll->resize(320, 200);
    scroll->show();
    QCOMPARE(content->width(), 320);
    QCOMPARE(button->x(), int(metrics::PanelPadding));
    QCOMPARE(button->width(), 320 - 2 * metrics::PanelPadding);
}

void TestWidgets::rowTicksByItsBox()
{
    QStandardItemModel model;
    auto* item = new QStandardItem(u"CNN"_s);
    item->setCheckable(true);
    item->setData(u"Completed"_s, ListRowDelegate::SecondLineRole);
    model.appendRow(item);
    QListView view;
    setUpListRows(view);
    view.setModel(&model);
    view.resize(260, 200);
    view.show();
    QCOMPARE(view.sizeHintForRow(0), metrics::ListRow + 2);
    const QPoint box = view.visualRect(model.index(0, 0)).topLeft() + QPoint(28, 25);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, box);
    QCOMPARE(item->checkState(), Qt::Checked);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, box);
    QCOMPARE(item->checkState(), Qt::Unchecked);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, box + QPoint(60, 0));
    QCOMPARE(item->checkState(), Qt::Unchecked);
    QCOMPARE(view.currentIndex().row(), 0);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(item->checkState(), Qt::Checked);
}

void TestWidgets::rowDotsAskForAMenu()
{
    QStandardItemModel model;
    model.appendRow(new QStandardItem(u"CNN"_s));
    QListView view;
    ListRowDelegate* delegate = setUpListRows(view);
    view.setModel(&model);
    view.resize(260, 200);
    view.show();
    QSignalSpy asked(delegate, &ListRowDelegate::menuRequested);
    const QPoint dots = view.visualRect(model.index(0, 0)).topRight() + QPoint(-28, 25);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, dots);
    QCOMPARE(asked.count(), 0);
    delegate->setHasMenu(true);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, dots);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toModelIndex().row(), 0);
}

void TestWidgets::rowSelectionIsQuieterWithoutFocus()
{
    QStandardItemModel model;
    model.appendRow(new QStandardItem(u"CNN"_s));
    QWidget window;
    auto* view = new QListView(&window);
    auto* other = new QLineEdit(&window);
    other->move(0, 200);
    setUpListRows(*view);
    view->setModel(&model);
    view->setCurrentIndex(model.index(0, 0));
    window.resize(300, 300);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    view->setFocus();
    const QPoint inside(100, 6);
    const auto fill = [&] { return view->viewport()->grab().toImage().pixelColor(inside); };
    QCOMPARE(fill(), Theme::light().color(Role::Selection));
    other->setFocus();
    QCOMPARE(fill(), Theme::light().color(Role::SelectionInactive));
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
