#include "ui/theme/theme.h"
#include "ui/theme/theme_colors.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDirIterator>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>
#include <QToolTip>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

/// The one colour of an icon's ink; invalid where there are several or none.
QColor inkOf(const QImage& image)
{
    QColor ink;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (const QColor pixel = image.pixelColor(x, y); pixel.alpha() == 255) {
                if (ink.isValid() && ink != pixel)
                    return {};
                ink = pixel;
            }
    return ink;
}

QStringList iconNames()
{
    QStringList names;
    for (const QString& file : QDir(u":/icons"_s).entryList())
        names.append(file.chopped(4));
    return names;
}

} // namespace

class TestTheme final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { applyTheme(*qApp, ThemeChoice::Light); }

    void everyRoleHasAColorInBothThemes();
    void knowsTheThemeOfAPalette();
    void followsAChoice();
    void systemIsTheDesktopsTheme();
    void rampsAreMonotone();
    void dialogsAndListsLieAbove();
    void fontsFollowTheApplication();
    void everyIconDraws_data();
    void everyIconDraws();
    void everyIconNamedInCodeExists();
    void iconsTakeTheColorOfTheirText();
    void iconsAreCrispAtEveryRatio();
    void paintsIconsInAnyColor();
};

void TestTheme::everyRoleHasAColorInBothThemes()
{
    for (const RoleColors& entry : roleColors()) {
        QCOMPARE(Theme::light().color(entry.role), QColor::fromRgb(entry.light));
        QCOMPARE(Theme::dark().color(entry.role), QColor::fromRgb(entry.dark));
        QVERIFY(qAlpha(entry.light) == 255 && qAlpha(entry.dark) == 255);
    }
    QCOMPARE(Theme::light().series(0), Theme::light().series(8));
    QCOMPARE(Theme::dark().series(-1), Theme::dark().series(7));
}

void TestTheme::knowsTheThemeOfAPalette()
{
    QVERIFY(!Theme::of(Theme::light().palette()).isDark());
    QVERIFY(Theme::of(Theme::dark().palette()).isDark());
}

void TestTheme::followsAChoice()
{
    QWidget window;
    applyTheme(*qApp, ThemeChoice::Dark);
    QCOMPARE(window.palette().color(QPalette::Window), Theme::dark().color(Role::Window));
    applyTheme(*qApp, ThemeChoice::Light);
    QCOMPARE(window.palette().color(QPalette::Window), Theme::light().color(Role::Window));
}

void TestTheme::dialogsAndListsLieAbove()
{
    for (const ThemeChoice chosen : {ThemeChoice::Dark, ThemeChoice::Light}) {
        applyTheme(*qApp, chosen);
        const QDialog dialog;
        const QComboBox choice;
        for (const QWidget* widget :
             {static_cast<const QWidget*>(&dialog), static_cast<const QWidget*>(choice.view())})
            widget->ensurePolished(); // from here on it knows its class
        const Theme& theme = chosen == ThemeChoice::Dark ? Theme::dark() : Theme::light();
        QCOMPARE(dialog.palette().color(QPalette::Window), theme.color(Role::Raised));
        QCOMPARE(choice.view()->palette().color(QPalette::Base), theme.color(Role::Raised));
        QCOMPARE(choice.palette().color(QPalette::Base), theme.color(Role::Surface));
        QCOMPARE(QToolTip::palette().color(QPalette::ToolTipBase), theme.color(Role::Tooltip));
        QCOMPARE(QToolTip::palette().color(QPalette::ToolTipText), theme.color(Role::TooltipText));
        QCOMPARE(&Theme::of(dialog.palette()), &theme);
    }
    QVERIFY(qApp->styleSheet().isEmpty());
}

void TestTheme::systemIsTheDesktopsTheme()
{
    // The offscreen platform has no opinion, which is light, whatever was chosen before.
    applyTheme(*qApp, ThemeChoice::Dark);
    applyTheme(*qApp, ThemeChoice::System);
    QVERIFY(!Theme::of(QApplication::palette()).isDark());
    // A word of the desktop must not undo a choice.
    applyTheme(*qApp, ThemeChoice::Dark);
    QWidget window;
    window.show();
    QEvent change(QEvent::ThemeChange);
    QCoreApplication::sendEvent(window.windowHandle(), &change);
    QTest::qWait(1);
    QVERIFY(Theme::of(QApplication::palette()).isDark());
}

void TestTheme::rampsAreMonotone()
{
    const auto lightness = [](const QColor& c) { return qGray(c.rgb()) + 0.0; };
    for (const Ramp ramp : {Ramp::Right, Ramp::Wrong, Ramp::FirstBetter, Ramp::SecondBetter})
        for (const Theme* theme : {&Theme::light(), &Theme::dark()})
            for (int i = 1; i <= 60; ++i) {
                const double before = lightness(theme->ramp(ramp, (i - 1) / 60.0));
                const double here = lightness(theme->ramp(ramp, i / 60.0));
                QVERIFY2(theme->isDark() ? here >= before : here <= before,
                         qPrintable(u"%1 at %2"_s.arg(int(ramp)).arg(i)));
            }
    QCOMPARE(Theme::light().ramp(Ramp::Right, -1), Theme::light().ramp(Ramp::Right, 0));
    QCOMPARE(Theme::light().ramp(Ramp::Right, qQNaN()), Theme::light().ramp(Ramp::Right, 0));
    QCOMPARE(Theme::light().ramp(Ramp::Right, 7), Theme::light().ramp(Ramp::Right, 1));
}

void TestTheme::fontsFollowTheApplication()
{
    const QFont before = QApplication::font();
    QFont system = before;
    system.setPixelSize(13);
    QApplication::setFont(system);
    QCOMPARE(textFont(TextStyle::Caption).pixelSize(), 11);
    QCOMPARE(textFont(TextStyle::Small).pixelSize(), 12);
    QCOMPARE(textFont(TextStyle::Body).pixelSize(), 13);
    QCOMPARE(textFont(TextStyle::Heading).pixelSize(), 15);
    QCOMPARE(textFont(TextStyle::Title).pixelSize(), 20);
    QCOMPARE(textFont(TextStyle::Figure).pixelSize(), 24);
    QCOMPARE(textFont(TextStyle::BodyMedium).weight(), QFont::Medium);
    system.setPointSizeF(12);
    QApplication::setFont(system);
    QCOMPARE(textFont(TextStyle::Title).pointSizeF(), 12 * 1.54);
    QApplication::setFont(before);
}

void TestTheme::everyIconDraws_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = iconNames();
    QVERIFY(names.size() > 80);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestTheme::everyIconDraws()
{
    QFETCH(const QString, name);
    const QImage image = themeIcon(name).pixmap(64, 64).toImage();
    QCOMPARE(image.size(), QSize(64, 64));
    const QColor ink = inkOf(image);
    QVERIFY2(ink.isValid(), "nothing drawn, or in several colours");
    QCOMPARE(ink, Theme::light().color(Role::TextPrimary));
    for (int i = 0; i < 64; ++i)
        for (const QPoint edge : {QPoint(i, 0), QPoint(i, 63), QPoint(0, i), QPoint(63, i)})
            QVERIFY2(image.pixelColor(edge).alpha() == 0, "leaves the 16 px grid");
}

void TestTheme::everyIconNamedInCodeExists()
{
    static const QRegularExpression named(
        u"(?:themeIcon|createIconButton|paintIcon)\\((?:painter, |\\*painter, )?u\"([a-z-]+)\"_s"_s);
    const QStringList names = iconNames();
    QDirIterator walk(QStringLiteral(ESPALIER_UI_DIR), {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                      QDirIterator::Subdirectories);
    int found = 0;
    while (walk.hasNext()) {
        QFile file(walk.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = named.globalMatch(QString::fromUtf8(file.readAll()));
        for (; matches.hasNext(); ++found) {
            const QString name = matches.next().captured(1);
            QVERIFY2(names.contains(name), qPrintable(file.fileName() + u": "_s + name));
        }
    }
    QVERIFY(found > 0);
}

void TestTheme::iconsTakeTheColorOfTheirText()
{
    const QIcon plain = themeIcon(u"plus"_s);
    const QIcon accent = themeIcon(u"plus"_s, Role::AccentInk);
    const auto ink = [](const QIcon& icon, QIcon::Mode mode) {
        return inkOf(icon.pixmap(QSize(32, 32), mode).toImage());
    };
    QCOMPARE(ink(accent, QIcon::Normal), Theme::light().color(Role::AccentInk));
    QCOMPARE(ink(accent, QIcon::Disabled), Theme::light().color(Role::TextDisabled));
    applyTheme(*qApp, ThemeChoice::Dark);
    QCOMPARE(ink(plain, QIcon::Normal), Theme::dark().color(Role::TextPrimary));
    QCOMPARE(ink(plain, QIcon::Selected), Theme::dark().color(Role::TextPrimary));
    QCOMPARE(ink(accent, QIcon::Normal), Theme::dark().color(Role::AccentInk));
    QVERIFY(themeIcon(u"no-such-icon"_s).isNull());
    QVERIFY(!plain.isNull());
}

void TestTheme::iconsAreCrispAtEveryRatio()
{
    const QPixmap twice = themeIcon(u"plus"_s).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(twice.size(), QSize(32, 32));
    QCOMPARE(twice.devicePixelRatio(), 2.0);
    // A painter at two device pixels per pixel gets the same drawing, not a stretched small one.
    QPixmap sheet(32, 32);
    sheet.setDevicePixelRatio(2);
    sheet.fill(Qt::transparent);
    QPainter painter(&sheet);
    paintIcon(painter, u"plus"_s, QRectF(0, 0, 16, 16), Theme::light().color(Role::TextPrimary));
    painter.end();
    QImage expected = twice.toImage(), drawn = sheet.toImage();
    expected.setDevicePixelRatio(1);
    drawn.setDevicePixelRatio(1);
    QCOMPARE(drawn.convertToFormat(expected.format()), expected);
}

void TestTheme::paintsIconsInAnyColor()
{
    QImage image(40, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintIcon(painter, u"stop"_s, image.rect(), Theme::dark().color(Role::LevelError));
    painter.end();
    QCOMPARE(inkOf(image), Theme::dark().color(Role::LevelError));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
