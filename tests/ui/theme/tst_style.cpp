#include "ui/theme/espalier_style.h"
#include "ui/theme/keyboard_focus.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFocusFrame>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest/qtestspontaneevent.h>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

void turnWheel(QWidget& widget)
{
    const QPointF place = QRectF(widget.rect()).center();
    QWheelEvent event(place, widget.mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    // Only the turn of a real wheel is offered to the parents, and sendEvent() makes it no real
    // one.
    QSpontaneKeyEvent::setSpontaneous(&event);
    qApp->notify(&widget, &event);
}

bool contains(const QImage& image, const QColor& color)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == color)
                return true;
    return false;
}

QFocusFrame* shownRing(QWidget& window)
{
    for (QFocusFrame* frame : window.findChildren<QFocusFrame*>())
        if (frame->isVisible())
            return frame;
    return nullptr;
}

} // namespace

class TestStyle final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { applyTheme(*qApp, ThemeChoice::Light); }

    void controlsHaveTheirHeights();
    void wheelNeedsTheFocus();
    void wheelLeavesABoxOfAPanelAlone();
    void ringComesByKeyboardOnly();
    void fieldShowsWhereTextGoes();
    void readOnlyFieldIsPlainText();
    void errorOutlinesAField();
    void sortedHeaderKeepsItsRoom();
    void checkBoxIsAccentWhenTicked();
    void scrollBarLiesOverTheContent();
    void scrollBarTakesDrags();
    void spinBoxStepsByItsChevrons();
    void tablesHaveHairlines();
    void menuShowsItemsByRole();
};

void TestStyle::controlsHaveTheirHeights()
{
    QLineEdit field;
    QComboBox box;
    QSpinBox spin;
    QDoubleSpinBox real;
    QPushButton button(u"Open"_s);
    QToolButton tool;
    tool.setIcon(themeIcon(u"plus"_s));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{&field, &box, &spin, &real, &button, &tool}) {
        widget->ensurePolished();
        QCOMPARE(qMax(widget->sizeHint().height(), widget->minimumHeight()), int(metrics::Control));
    }
    QPushButton main(u"Run"_s);
    main.setProperty(buttons::Property, QByteArray(buttons::Main));
    QCOMPARE(main.sizeHint().height(), int(metrics::MainControl));
}

void TestStyle::wheelNeedsTheFocus()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* box = new QComboBox;
    box->addItems({u"a"_s, u"b"_s, u"c"_s});
    auto* spin = new QSpinBox;
    auto* slider = new QSlider(Qt::Horizontal);
    auto* other = new QPushButton(u"x"_s);
    for (QWidget* widget : std::initializer_list<QWidget*>{other, box, spin, slider})
        column->addWidget(widget);
    spin->setValue(5);
    slider->setValue(5);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    for (QWidget* widget : std::initializer_list<QWidget*>{box, spin, slider})
        turnWheel(*widget);
    QVERIFY(other->hasFocus());
    QCOMPARE(box->currentIndex(), 0);
    QCOMPARE(spin->value(), 5);
    QCOMPARE(slider->value(), 5);
    box->setFocus();
    turnWheel(*box);
    QCOMPARE(box->currentIndex(), 1);
    spin->setFocus();
    turnWheel(*spin);
    QCOMPARE(spin->value(), 4);
}

void TestStyle::wheelLeavesABoxOfAPanelAlone()
{
    QScrollArea area;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    auto* spin = new QSpinBox;
    column->addWidget(spin);
    content->setMinimumHeight(2000);
    area.setWidget(content);
    area.resize(200, 200);
    area.show();
    QVERIFY(QTest::qWaitForWindowActive(&area));
    area.setFocus();
    QVERIFY(!spin->hasFocus());
    QVERIFY(area.verticalScrollBar()->maximum() > 0);
    turnWheel(*spin);
    QCOMPARE(spin->value(), 0);
    QVERIFY(area.verticalScrollBar()->value() > 0);
}

void TestStyle::ringComesByKeyboardOnly()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    column->setContentsMargins(20, 20, 20, 20);
    auto* first = new QPushButton(u"First"_s);
    auto* second = new QPushButton(u"Second"_s);
    auto* list = new QListWidget;
    list->addItems({u"a"_s, u"b"_s});
    for (QWidget* widget : std::initializer_list<QWidget*>{first, second, list})
        column->addWidget(widget);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::mouseClick(first, Qt::LeftButton);
    QVERIFY(first->hasFocus());
    QVERIFY(!shownRing(window));
    QVERIFY(!showsFocus(*first));
    QTest::keyClick(first, Qt::Key_Tab);
    QVERIFY(second->hasFocus());
    QVERIFY(showsFocus(*second));
    QFocusFrame* ring = shownRing(window);
    QVERIFY(ring);
    QCOMPARE(ring->widget(), second);
    // Outside of the button with a gap.
    QCOMPARE(ring->geometry(), second->geometry().adjusted(-3, -3, 3, 3));
    QVERIFY(contains(window.grab().toImage(), Theme::light().color(Role::Focus)));
    QTest::mouseClick(first, Qt::LeftButton);
    QVERIFY(!shownRing(window));
    QVERIFY(!contains(window.grab().toImage(), Theme::light().color(Role::Focus)));
    // A list shows it at its row.
    list->setCurrentRow(0);
    list->setFocus();
    QVERIFY(!contains(list->grab().toImage(), Theme::light().color(Role::Focus)));
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(contains(list->grab().toImage(), Theme::light().color(Role::Focus)));
}

void TestStyle::fieldShowsWhereTextGoes()
{
    QWidget window;
    auto* field = new QLineEdit(&window);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::mouseClick(field, Qt::LeftButton);
    QVERIFY(contains(field->grab().toImage(), Theme::light().color(Role::Focus)));
    field->clearFocus();
    QVERIFY(!contains(field->grab().toImage(), Theme::light().color(Role::Focus)));
}

void TestStyle::readOnlyFieldIsPlainText()
{
    QLineEdit field(u"28"_s);
    const QColor outline = Theme::light().color(Role::BorderControl);
    QVERIFY(contains(field.grab().toImage(), outline));
    field.setReadOnly(true);
    QVERIFY(!contains(field.grab().toImage(), outline));
    QVERIFY(contains(field.grab().toImage(), Theme::light().color(Role::TextPrimary)));
    QSpinBox spin;
    spin.setReadOnly(true);
    QVERIFY(!contains(spin.grab().toImage(), outline));
}

/// The chevron is a part of the label: nothing is taken away from it for an arrow.
void TestStyle::sortedHeaderKeepsItsRoom()
{
    const QHeaderView header(Qt::Horizontal);
    QStyleOptionHeader option;
    option.initFrom(&header);
    option.rect = {0, 0, 90, 32};
    option.orientation = Qt::Horizontal;
    option.text = u"Accuracy"_s;
    option.textAlignment = Qt::AlignRight | Qt::AlignVCenter;
    option.sortIndicator = QStyleOptionHeader::SortUp;
    const auto drawn = [&](const QList<QStyle::ControlElement>& elements) {
        QImage image(option.rect.size(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        for (const QStyle::ControlElement element : elements)
            header.style()->drawControl(element, &option, &painter, &header);
        return image;
    };
    QCOMPARE(drawn({QStyle::CE_Header}), drawn({QStyle::CE_HeaderSection, QStyle::CE_HeaderLabel}));
}

void TestStyle::errorOutlinesAField()
{
    QSpinBox spin;
    const QColor error = Theme::light().color(Role::LevelError);
    QVERIFY(!contains(spin.grab().toImage(), error));
    spin.setProperty(fields::Error, true);
    QVERIFY(contains(spin.grab().toImage(), error));
}

void TestStyle::checkBoxIsAccentWhenTicked()
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(*qApp, choice);
        const Theme& theme = Theme::of(QApplication::palette());
        QCheckBox box(u"Use bias"_s);
        const QColor accent = theme.color(Role::Accent);
        QVERIFY(!contains(box.grab().toImage(), accent));
        box.setChecked(true);
        QVERIFY(contains(box.grab().toImage(), accent));
        box.setEnabled(false);
        QVERIFY(!contains(box.grab().toImage(), accent));
    }
}

void TestStyle::scrollBarLiesOverTheContent()
{
    QScrollArea area;
    auto* content = new QWidget;
    content->setFixedSize(500, 900);
    area.setWidget(content);
    area.setFrameShape(QFrame::NoFrame);
    area.resize(200, 200);
    area.show();
    QCOMPARE(area.viewport()->size(), QSize(200, 200));
    QVERIFY(area.verticalScrollBar()->isVisible());
    QCOMPARE(area.verticalScrollBar()->width(), 10);
    QVERIFY(contains(area.grab().toImage(), Theme::light().color(Role::BorderButton)));
}

void TestStyle::scrollBarTakesDrags()
{
    QScrollArea area;
    auto* content = new QWidget;
    content->setFixedSize(100, 900);
    area.setWidget(content);
    area.setFrameShape(QFrame::NoFrame);
    area.resize(200, 200);
    area.show();
    QScrollBar* bar = area.verticalScrollBar();
    QTest::mousePress(bar, Qt::LeftButton, {}, QPoint(6, 10));
    QTest::mouseMove(bar, QPoint(6, 300));
    QTest::mouseRelease(bar, Qt::LeftButton, {}, QPoint(6, 300));
    QCOMPARE(bar->value(), bar->maximum());
    QTest::mouseClick(bar, Qt::LeftButton, {}, QPoint(6, 5));
    QVERIFY(bar->value() < bar->maximum());
}

void TestStyle::spinBoxStepsByItsChevrons()
{
    QSpinBox spin;
    spin.resize(100, 28);
    spin.show();
    QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(90, 7));
    QCOMPARE(spin.value(), 1);
    QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(90, 21));
    QCOMPARE(spin.value(), 0);
    QVERIFY(spin.findChild<QLineEdit*>()->geometry().right() < 80);
}

void TestStyle::tablesHaveHairlines()
{
    QTableWidget table(3, 2);
    table.resize(300, 200);
    const QColor line = Theme::light().color(Role::Border);
    const QImage image = table.viewport()->grab().toImage();
    QCOMPARE(table.rowHeight(0), int(metrics::TableRow));
    for (int row = 0; row < 3; ++row)
        QCOMPARE(image.pixelColor(20, (row + 1) * metrics::TableRow - 1), line);
    QVERIFY(image.pixelColor(20, 10) != line);
}

void TestStyle::menuShowsItemsByRole()
{
    QMenu menu;
    QAction* action = menu.addAction(u"Duplicate"_s);
    action->setShortcut(Qt::CTRL | Qt::Key_D);
    menu.addSeparator();
    QAction* tick = menu.addAction(u"Show minimap"_s);
    tick->setCheckable(true);
    tick->setChecked(true);
    menu.adjustSize();
    QCOMPARE(menu.actionGeometry(action).height(), 28);
    const QImage image = menu.grab().toImage();
    QVERIFY(contains(image, Theme::light().color(Role::Raised)));
    QVERIFY(contains(image, Theme::light().color(Role::Border)));
    menu.setActiveAction(action);
    QVERIFY(contains(menu.grab().toImage(), Theme::light().color(Role::Hover)));
}

QTEST_MAIN(TestStyle)
#include "tst_style.moc"
