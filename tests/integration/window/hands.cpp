#include "tests/integration/window/hands.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostRows = 200; // that are looked through for a text

QString plain(QString text)
{
    return text.remove(u'&');
}

bool isNamed(const QWidget& widget, const QString& name)
{
    if (widget.accessibleName() == name)
        return true;
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button && plain(button->text()) == name;
}

bool isField(const QWidget& widget)
{
    return qobject_cast<const QLineEdit*>(&widget) ||
           qobject_cast<const QAbstractSpinBox*>(&widget);
}

QModelIndex findRow(const QAbstractItemModel& model, const QModelIndex& parent, const QString& text)
{
    const int rows = std::min(model.rowCount(parent), MostRows);
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex below = findRow(model, index, text); below.isValid())
            return below;
    }
    return {};
}

bool hasCell(const QAbstractItemModel& model, const QModelIndex& parent, const QString& text)
{
    const int rows = std::min(model.rowCount(parent), MostRows);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            if (index.data().toString().contains(text) ||
                index.data(Qt::AccessibleTextRole).toString().contains(text) ||
                (column == 0 && hasCell(model, index, text)))
                return true;
        }
    return false;
}

bool shows(const QWidget& widget, const QString& text)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return label->text().contains(text);
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return plain(button->text()).contains(text);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget))
        return view->model() && hasCell(*view->model(), view->rootIndex(), text);
    return widget.accessibleName().contains(text);
}

} // namespace

Hands::Hands(QWidget& window)
    : m_window(window)
{
}

Hands::~Hands() = default;

QWidget& Hands::front() const
{
    QWidget* modal = QApplication::activeModalWidget();
    return modal ? *modal : m_window;
}

void Hands::settle() const
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    // A window manager gives the focus back when a dialog or a list has closed; there is none here.
    if (!QApplication::activeWindow() && !QApplication::activePopupWidget()) {
        front().activateWindow();
        QCoreApplication::processEvents();
    }
}

bool Hands::fail(const QString& sentence)
{
    m_failure = sentence;
    return false;
}

bool Hands::waitUntil(const std::function<bool()>& holds, int milliseconds)
{
    // Looking costs time that a run could use: the longer a thing may take, the more rarely.
    const int pause = std::clamp(milliseconds / 1'000, 10, 250);
    QElapsedTimer clock;
    for (clock.start(); !holds(); QTest::qWait(pause))
        if (clock.hasExpired(milliseconds))
            return false;
    return true;
}

QWidget* Hands::find(const QString& name, const std::function<bool(QWidget&)>& fits) const
{
    settle();
    QWidget* disabled = nullptr;
    for (QWidget* widget : front().findChildren<QWidget*>()) {
        if (!widget->isVisible() || !isNamed(*widget, name) || !fits(*widget))
            continue;
        if (widget->isEnabled())
            return widget;
        disabled = widget;
    }
    return disabled;
}

bool Hands::press(const QString& button)
{
    QWidget* found = nullptr;
    const auto isThere = [&] {
        found = find(button, [](QWidget& w) { return qobject_cast<QAbstractButton*>(&w); });
        return found && found->isEnabled();
    };
    if (!waitUntil(isThere))
        return fail((found ? u"“%1” is disabled"_s : u"no button “%1”"_s).arg(button));
    return pressWidget(*found);
}

bool Hands::fill(const QString& field, const QString& text)
{
    QWidget* found = nullptr;
    if (!waitUntil([&] { return (found = find(field, isField)) && found->isEnabled(); }))
        return fail(u"no field “%1”"_s.arg(field));
    return fillWidget(*found, text);
}

bool Hands::choose(const QString& box, const QString& item)
{
    QComboBox* found = nullptr;
    const auto isThere = [&] {
        found = qobject_cast<QComboBox*>(
            find(box, [](QWidget& w) { return qobject_cast<QComboBox*>(&w); }));
        return found && found->isEnabled() && found->findText(item) >= 0;
    };
    if (!waitUntil(isThere))
        return fail((found ? u"“%1” has no “%2”"_s : u"no box “%1” for “%2”"_s).arg(box, item));
    if (!chooseIn(*found, found->findText(item)))
        return false;
    return waitUntil([&] { return valueOf(box) == item; }) ||
           fail(u"“%1” shows “%2” instead of “%3”"_s.arg(box, valueOf(box), item));
}

QModelIndex Hands::rowIn(const QAbstractItemView& list, const QString& text) const
{
    return findRow(*list.model(), list.rootIndex(), text);
}

bool Hands::withRow(const QString& list, const QString& row,
                    const std::function<bool(QAbstractItemView&, const QModelIndex&)>& use)
{
    QAbstractItemView* found = nullptr;
    QModelIndex index;
    const auto isThere = [&] {
        found = qobject_cast<QAbstractItemView*>(
            find(list, [](QWidget& w) { return qobject_cast<QAbstractItemView*>(&w); }));
        index = found ? rowIn(*found, row) : QModelIndex();
        return index.isValid();
    };
    if (!waitUntil(isThere))
        return fail(
            (found ? u"“%1” has no row “%2”"_s : u"no list “%1” for “%2”"_s).arg(list, row));
    found->scrollTo(index);
    settle();
    return use(*found, index);
}

bool Hands::pick(const QString& list, const QString& row)
{
    return withRow(list, row, [this](QAbstractItemView& view, const QModelIndex& index) {
        return pickIn(view, index);
    });
}

bool Hands::tick(const QString& list, const QString& row)
{
    return withRow(list, row, [this](QAbstractItemView& view, const QModelIndex& index) {
        return tickIn(view, index);
    });
}

bool Hands::command(const QString& list, const QString& row, const QString& action)
{
    return withRow(list, row, [&](QAbstractItemView& view, const QModelIndex& index) {
        return commandIn(view, index, action);
    });
}

bool Hands::selectBlock(const QString& name)
{
    auto* canvas = qobject_cast<ModelCanvas*>(
        find(u"Canvas"_s, [](QWidget& w) { return qobject_cast<ModelCanvas*>(&w); }));
    return canvas ? selectIn(*canvas, name) : fail(u"no canvas"_s);
}

bool Hands::selectCell(const QString& matrix, const QString& actual, const QString& predicted)
{
    auto* view = qobject_cast<MatrixView*>(
        find(matrix, [](QWidget& w) { return qobject_cast<MatrixView*>(&w); }));
    if (!view || !view->content())
        return fail(u"no matrix “%1”"_s.arg(matrix));
    const QStringList& classes = view->content()->classes();
    return selectIn(*view, int(classes.indexOf(actual)), int(classes.indexOf(predicted)));
}

bool Hands::sees(const QString& text) const
{
    settle();
    for (const QWidget* widget : front().findChildren<QWidget*>())
        if (widget->isVisible() && shows(*widget, text))
            return true;
    return false;
}

bool Hands::waitFor(const QString& text, int milliseconds)
{
    return waitUntil([&] { return sees(text); }, milliseconds) ||
           fail(u"“%1” is not to be seen"_s.arg(text));
}

bool Hands::isEnabled(const QString& button) const
{
    const QWidget* found =
        find(button, [](QWidget& w) { return qobject_cast<QAbstractButton*>(&w); });
    return found && found->isEnabled();
}

QString Hands::valueOf(const QString& field) const
{
    const QWidget* widget =
        find(field, [](QWidget& w) { return isField(w) || qobject_cast<QComboBox*>(&w); });
    if (const auto* box = qobject_cast<const QComboBox*>(widget))
        return box->currentText();
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        return line->text();
    const auto* spin = qobject_cast<const QAbstractSpinBox*>(widget);
    return spin ? spin->text() : QString();
}

QString Hands::valueBeside(const QString& list, const QString& row) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(
        find(list, [](QWidget& w) { return qobject_cast<QAbstractItemView*>(&w); }));
    return view ? rowIn(*view, row).siblingAtColumn(1).data().toString() : QString();
}

void Hands::picture(const QString& name) const
{
    const QDir folder(qEnvironmentVariable("ESPALIER_SCREENSHOTS"));
    if (folder.path() == u"."_s || !QDir().mkpath(folder.path()))
        return;
    for (const auto& [theme, suffix] : {std::pair(ThemeChoice::Dark, u"-dark.png"_s),
                                        std::pair(ThemeChoice::Light, u"-light.png"_s)}) {
        applyTheme(*qApp, theme);
        QTest::qWait(200); // what is drawn a tick later is there
        QImage picture = m_window.grab().toImage();
        if (QWidget* dialog = QApplication::activeModalWidget()) {
            QPainter painter(&picture);
            const QRect place = m_window.rect();
            painter.drawPixmap((place.width() - dialog->width()) / 2,
                               (place.height() - dialog->height()) / 2, dialog->grab());
        }
        picture.save(folder.filePath(name + suffix));
    }
}

} // namespace espalier
