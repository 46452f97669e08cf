#include "ui/modeling/inspector/form/number_box.h"
#include "ui/modeling/inspector/form/value_form.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest/qtestspontaneevent.h>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QList<FormField> sampleFields()
{
    return {{.key = u"name"_s, .label = u"Name"_s, .help = u"A name."_s, .value = u"Dense"_s},
            {.key = u"nodes"_s,
             .label = u"Nodes"_s,
             .help = u"How many."_s,
             .kind = FieldKind::WholeNumber,
             .minimum = 1,
             .maximum = 1e6,
             .value = u"32"_s},
            {.key = u"rate"_s,
             .label = u"Rate"_s,
             .help = u"How much."_s,
             .kind = FieldKind::Number,
             .maximum = 1,
             .unit = u" %"_s,
             .value = u"0.1"_s},
            {.key = u"padding"_s,
             .label = u"Padding"_s,
             .help = u"Which."_s,
             .kind = FieldKind::Choice,
             .choices = {{u"same"_s, u"Same"_s}, {u"valid"_s, u"Valid"_s}},
             .value = u"same"_s},
            {.key = u"bias"_s,
             .label = u"Use bias"_s,
             .help = u"Whether."_s,
             .kind = FieldKind::Switch,
             .value = u"on"_s}};
}

/// A form that takes every value, as a document does.
struct Window : QWidget {
    Window()
        : form(new ValueForm(this))
        , edits(form, &ValueForm::edited)
    {
        (new QVBoxLayout(this))->addWidget(form);
        form->setFields(fields);
        connect(form, &ValueForm::edited, this, [this](const QString& key, const QString& value) {
            for (FormField& field : fields)
                if (field.key == key)
                    field.value = value;
            form->setFields(fields);
        });
        resize(320, 400);
        show();
        activateWindow();
        if (!QTest::qWaitForWindowActive(this))
            qFatal("the window was not activated");
    }

    template <typename Widget>
    [[nodiscard]] Widget* widget(const QString& key) const
    {
        return qobject_cast<Widget*>(form->fieldWidget(key));
    }

    QList<FormField> fields = sampleFields();
    ValueForm* form;
    QSignalSpy edits;
};

/// As a mouse does: only such a turn is offered to the parents. sendEvent() would make another of
/// it.
void turnWheel(QWidget& widget)
{
    const QPointF place = QRectF(widget.rect()).center();
    QWheelEvent event(place, widget.mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event);
    qApp->notify(&widget, &event);
}

QString shown(const NumberBox* box)
{
    return box->findChild<QLineEdit*>()->text();
}

} // namespace

class TestValueForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typing();
    void typingKeepsTextAndCursor();
    void steps_data();
    void steps();
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void wheelScrollsThePanel();
    void switchesStandSideBySide();
    void noneAndUnit();
    void choosing();
    void switching();
    void naming();
    void mixedValues();
    void refusal();
    void rowsOfUseStay();
    void plainTexts();
    void action();
    void labelsNamesAndOrder();
};

void TestValueForm::typing()
{
    Window window;
    auto* nodes = window.widget<NumberBox>(u"nodes"_s);
    nodes->setFocus();
    nodes->selectAll();
    QTest::keyClicks(nodes, u"256"_s);
    QCOMPARE(window.edits.size(), 3);
    QCOMPARE(window.edits.last(), (QVariantList{u"nodes"_s, u"256"_s}));
}

void TestValueForm::typingKeepsTextAndCursor()
{
    Window window;
    auto* rate = window.widget<NumberBox>(u"rate"_s);
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, u"0.50"_s);
    auto* line = rate->findChild<QLineEdit*>();
    QTest::keyClick(rate, Qt::Key_Left);
    window.fields[2].value = u"0.5"_s; // the document writes it in its own way
    window.form->setFields(window.fields);
    QCOMPARE(line->text(), u"0.50"_s);
    QCOMPARE(line->cursorPosition(), 3);
    QTest::keyClick(rate, Qt::Key_Return);
    QCOMPARE(line->text(), u"0.5 %"_s);
}

void TestValueForm::steps_data()
{
    QTest::addColumn<bool>("whole");
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("to");
    QTest::newRow("whole up") << true << u"32"_s << 3 << u"35"_s;
    QTest::newRow("not below the least") << true << u"2"_s << -5 << u"1"_s;
    QTest::newRow("seed") << true << u"9007199254740990"_s << 1 << u"9007199254740991"_s;
    QTest::newRow("rate up") << false << u"0.001"_s << 1 << u"0.0011"_s;
    QTest::newRow("rate down") << false << u"0.001"_s << -1 << u"0.00099"_s;
    QTest::newRow("no dust") << false << u"0.1"_s << 2 << u"0.12"_s;
    QTest::newRow("from 0") << false << u"0"_s << 1 << u"0.01"_s;
    QTest::newRow("words") << true << u"many"_s << 1 << u"1"_s;
}

void TestValueForm::steps()
{
    QFETCH(bool, whole);
    QFETCH(QString, from);
    QFETCH(int, steps);
    QFETCH(QString, to);
    NumberBox box;
    box.setWhole(whole);
    box.setRange(whole ? 1 : 0, whole ? 9007199254740991 : 10);
    box.setValue(from);
    QSignalSpy edits(&box, &NumberBox::edited);
    box.stepBy(steps);
    QCOMPARE(box.value(), to);
    QCOMPARE(edits.last().first().toString(), to);
}

void TestValueForm::wheelScrollsThePanel()
{
    QScrollArea area;
    auto* content = new QWidget;
    auto* form = new ValueForm(content);
    (new QVBoxLayout(content))->addWidget(form, 0, Qt::AlignTop);
    form->setFields(sampleFields());
    content->setMinimumHeight(2000);
    area.setWidget(content);
    area.setWidgetResizable(true);
    area.resize(320, 400);
    area.show();
    QVERIFY(QTest::qWaitForWindowActive(&area));
    area.setFocus();
    const QSignalSpy edits(form, &ValueForm::edited);
    int scrolled = 0;
    for (const QString& key : {u"padding"_s, u"nodes"_s, u"rate"_s}) {
        turnWheel(*form->fieldWidget(key));
        QVERIFY2(area.verticalScrollBar()->value() > scrolled, qPrintable(key));
        scrolled = area.verticalScrollBar()->value();
        QVERIFY(!form->fieldWidget(key)->hasFocus());
    }
    QCOMPARE(edits.count(), 0);
    form->fieldWidget(u"nodes"_s)->setFocus();
    turnWheel(*form->fieldWidget(u"nodes"_s));
    QCOMPARE(edits.last(), (QVariantList{u"nodes"_s, u"31"_s}));
}

void TestValueForm::switchesStandSideBySide()
{
    Window window;
    FormField trainable = window.fields.last();
    trainable.key = u"trainable"_s;
    trainable.label = u"Trainable"_s;
    window.fields.append(trainable);
    window.form->setFields(window.fields);
    const auto place = [&](const QString& key) {
        QWidget* widget = window.form->fieldWidget(key);
        return QRect(widget->mapTo(&window, QPoint(0, 0)), widget->size());
    };
    QTRY_COMPARE(place(u"bias"_s).top(), place(u"trainable"_s).top());
    QCOMPARE(place(u"bias"_s).left(), place(u"padding"_s).left());
    QVERIFY(place(u"trainable"_s).left() >= place(u"bias"_s).right());
    QTest::mouseClick(window.form->fieldWidget(u"trainable"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(window.edits.last(), (QVariantList{u"trainable"_s, u"off"_s}));
    // A sentence under one needs the whole width, and so does a narrow form.
    window.form->setRefusal(u"bias"_s, u"It cannot be on here."_s);
    QTRY_VERIFY(place(u"trainable"_s).top() > place(u"bias"_s).bottom());
    window.form->setRefusal(u"bias"_s, {});
    QTRY_COMPARE(place(u"bias"_s).top(), place(u"trainable"_s).top());
    window.resize(240, 500);
    QTRY_VERIFY(place(u"trainable"_s).top() > place(u"bias"_s).bottom());
}

void TestValueForm::noneAndUnit()
{
    NumberBox box;
    box.setRange(0, 100);
    box.setNone(u"Never"_s);
    box.setValue(u"0"_s);
    QCOMPARE(shown(&box), u"Never"_s);
    QCOMPARE(box.value(), u"0"_s);
    box.stepBy(1);
    QCOMPARE(shown(&box), u"1"_s);
    box.stepBy(-1);
    QCOMPARE(shown(&box), u"Never"_s);
    box.setUnit(u" %"_s);
    box.setValue(u"5"_s);
    QCOMPARE(shown(&box), u"5 %"_s);
    QCOMPARE(box.value(), u"5"_s);
}

void TestValueForm::choosing()
{
    Window window;
    auto* padding = window.widget<QComboBox>(u"padding"_s);
    padding->setFocus();
    QTest::keyClick(padding, Qt::Key_Down);
    QCOMPARE(window.edits.last(), (QVariantList{u"padding"_s, u"valid"_s}));
    QCOMPARE(padding->currentText(), u"Valid"_s);
}

void TestValueForm::switching()
{
    Window window;
    auto* bias = window.widget<QCheckBox>(u"bias"_s);
    QTest::keyClick(bias, Qt::Key_Space);
    QCOMPARE(window.edits.last(), (QVariantList{u"bias"_s, u"off"_s}));
    QVERIFY(!bias->isChecked());
}

void TestValueForm::naming()
{
    Window window;
    auto* name = window.widget<QLineEdit>(u"name"_s);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, u"First"_s);
    QCOMPARE(window.edits.size(), 0);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(window.edits.last(), (QVariantList{u"name"_s, u"First"_s}));
    QCOMPARE(name->text(), u"First"_s);
}

void TestValueForm::mixedValues()
{
    Window window;
    for (FormField& field : window.fields)
        field.value = std::nullopt;
    window.form->setFields(window.fields);
    auto* nodes = window.widget<NumberBox>(u"nodes"_s);
    QCOMPARE(shown(nodes), QString());
    QVERIFY(!nodes->findChild<QLineEdit*>()->placeholderText().isEmpty());
    QCOMPARE(window.widget<QComboBox>(u"padding"_s)->currentIndex(), -1);
    auto* bias = window.widget<QCheckBox>(u"bias"_s);
    QCOMPARE(bias->checkState(), Qt::PartiallyChecked);
    QTest::keyClick(bias, Qt::Key_Space);
    QCOMPARE(window.edits.last(), (QVariantList{u"bias"_s, u"on"_s}));
    QCOMPARE(bias->checkState(), Qt::Checked);
}

void TestValueForm::refusal()
{
    Window window;
    auto* nodes = window.widget<NumberBox>(u"nodes"_s);
    window.form->setRefusal(u"nodes"_s, u"Nodes takes more."_s);
    QVERIFY(nodes->accessibleDescription().contains(u"Nodes takes more."_s));
    QVERIFY(nodes->property("espalierError").toBool());
    nodes->setFocus();
    QTest::keyClick(nodes, Qt::Key_Up);
    QVERIFY(!nodes->accessibleDescription().contains(u"Nodes takes more."_s));
    QVERIFY(!nodes->property("espalierError").toBool());
}

void TestValueForm::rowsOfUseStay()
{
    Window window;
    auto* padding = window.widget<QComboBox>(u"padding"_s);
    padding->setFocus();
    window.fields.removeAt(2);
    window.fields.prepend(
        {.key = u"first"_s, .label = u"First"_s, .help = u"A."_s, .value = u""_s});
    window.form->setFields(window.fields);
    QCOMPARE(window.widget<QComboBox>(u"padding"_s), padding);
    QVERIFY(padding->hasFocus());
    QCOMPARE(window.form->fieldWidget(u"rate"_s), nullptr);
    const auto top = [&](const QString& key) {
        window.form->layout()->activate();
        QWidget* widget = window.form->fieldWidget(key);
        return widget->mapTo(window.form, QPoint()).y();
    };
    QVERIFY(top(u"first"_s) < top(u"name"_s));
    QVERIFY(top(u"name"_s) < top(u"padding"_s));
}

void TestValueForm::plainTexts()
{
    Window window;
    window.form->setFields(window.fields, false);
    for (const FormField& field : std::as_const(window.fields)) {
        auto* label = window.widget<QLabel>(field.key);
        QVERIFY2(label, qPrintable(field.key));
        QCOMPARE(label->text(), field.shownValue());
    }
    QCOMPARE(window.widget<QLabel>(u"rate"_s)->text(), u"0.1 %"_s);
    QCOMPARE(window.widget<QLabel>(u"padding"_s)->text(), u"Same"_s);
    QCOMPARE(window.widget<QLabel>(u"bias"_s)->text(), u"On"_s);
}

void TestValueForm::action()
{
    Window window;
    window.fields[1].action = u"Follow the target"_s;
    window.form->setFields(window.fields);
    QSignalSpy triggered(window.form, &ValueForm::actionTriggered);
    const auto buttons = window.form->findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 1);
    QTest::mouseClick(buttons.first(), Qt::LeftButton);
    QCOMPARE(triggered.first().first().toString(), u"nodes"_s);
    window.fields[1].action.clear();
    window.form->setFields(window.fields);
    QVERIFY(!buttons.first()->isVisible());
}

void TestValueForm::labelsNamesAndOrder()
{
    Window window;
    QStringList order;
    window.widget<QLineEdit>(u"name"_s)->setFocus();
    for (const FormField& field : std::as_const(window.fields)) {
        QWidget* widget = window.form->fieldWidget(field.key);
        QCOMPARE(widget->accessibleName(), field.label);
        QCOMPARE(widget->toolTip(), field.help);
        QVERIFY2(widget->hasFocus(), qPrintable(field.key));
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    }
    int buddies = 0;
    for (const QLabel* label : window.form->findChildren<QLabel*>())
        buddies += label->buddy() != nullptr;
    QCOMPARE(buddies, int(window.fields.size()) - 1); // a check box is its own label
}

QTEST_MAIN(TestValueForm)
#include "tst_value_form.moc"
