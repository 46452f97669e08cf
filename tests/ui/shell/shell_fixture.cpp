#include "tests/ui/shell/shell_fixture.h"

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

template <typename T>
T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return *std::move(result);
}

bool isControl(const QWidget& widget)
{
    return qobject_cast<const QAbstractButton*>(&widget) ||
           qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
           qobject_cast<const QAbstractItemView*>(&widget);
}

/// What Qt builds a field or a table of: no control of its own.
bool isPartOfField(const QWidget& widget)
{
    const QObject* parent = widget.parent();
    return qobject_cast<const QLineEdit*>(parent) ||
           qobject_cast<const QAbstractSpinBox*>(parent) ||
           qobject_cast<const QComboBox*>(parent) ||
           qobject_cast<const QAbstractItemView*>(parent); // headers and corners of tables
}

bool hasLabel(const QWidget& widget)
{
    for (const QLabel* label : widget.window()->findChildren<QLabel*>())
        if (label->buddy() == &widget)
            return true;
    return false;
}

bool isNamed(const QWidget& widget)
{
    if (!widget.accessibleName().isEmpty() || hasLabel(widget))
        return true;
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button && !button->text().isEmpty();
}

} // namespace

ShellFixture::ShellFixture()
{
    qunsetenv("ESPALIER_WORKSPACE");
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, path(u"settings"_s));
    QCoreApplication::setOrganizationName(u"EspalierTest"_s);
    QCoreApplication::setApplicationName(u"espalier"_s);
    qputenv("XDG_CACHE_HOME", path(u"cache"_s).toUtf8());
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    applyTheme(*qApp, ThemeChoice::Light);
    clearSettings();
}

Workspace ShellFixture::workspace() const
{
    return valueOf(Workspace::open(path(u"workspace"_s)));
}

QString ShellFixture::addProject(const QString& name) const
{
    return valueOf(workspace().createProject(name)).folder;
}

void ShellFixture::clearSettings() const
{
    QSettings().clear();
}

QStringList namelessControls(const QWidget& root)
{
    QStringList nameless;
    for (const QWidget* widget : root.findChildren<QWidget*>())
        if (widget->isVisible() && isControl(*widget) && !isPartOfField(*widget) &&
            !isNamed(*widget))
            nameless.append(u"%1 in %2"_s.arg(
                QString::fromLatin1(widget->metaObject()->className()),
                QString::fromLatin1(widget->parentWidget()->metaObject()->className())));
    return nameless;
}

void screenshot(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (!folder.isEmpty() && !widget.grab().save(QDir(folder).filePath(name + u".png"_s)))
        qFatal("cannot write the screenshot %s", qPrintable(name));
}

} // namespace espalier
