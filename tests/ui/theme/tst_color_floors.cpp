#include "tests/ui/theme/color_science.h"
#include "ui/theme/theme.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace espalier;
using color_science::contrast;
using color_science::difference;
using color_science::seenBy;
using color_science::Vision;

namespace {

using Roles = QList<Role>;

const Roles plainFills{Role::Window, Role::Surface, Role::Raised, Role::Sunken};
const Roles allFills =
    plainFills +
    Roles{Role::Button,    Role::Hover, Role::Pressed, Role::Selection, Role::SelectionInactive,
          Role::DropTarget};

/// The worst case of some inks on some fills, in both themes.
struct Pair {
    const char* name;
    Roles inks;
    Roles fills;
    double light;
    double dark;
};

const QList<Pair> pairs{
    {"primary text", {Role::TextPrimary}, allFills, 12.6, 9.5},
    {"secondary text", {Role::TextSecondary}, allFills, 5.6, 5.4},
    {"disabled text", {Role::TextDisabled}, plainFills, 4.6, 4.8},
    {"text on accent",
     {Role::AccentText},
     {Role::Accent, Role::AccentHover, Role::AccentPressed},
     6.4,
     7.6},
    {"accent as ink", {Role::AccentInk}, plainFills + Roles{Role::Selection}, 5.2, 5.9},
    {"tooltip", {Role::TooltipText}, {Role::Tooltip}, 13.7, 10.1},
    {"tooltip's second line", {Role::TooltipSecondary}, {Role::Tooltip}, 8.4, 6.4},
    {"control outline",
     {Role::BorderControl},
     {Role::Window, Role::Surface, Role::Raised},
     3.0,
     3.3},
    {"error", {Role::LevelError}, plainFills + Roles{Role::ErrorFill, Role::Selection}, 5.3, 5.0},
    {"warning",
     {Role::LevelWarning},
     plainFills + Roles{Role::WarningFill, Role::Selection},
     4.8,
     5.8},
    {"hint", {Role::LevelHint}, plainFills + Roles{Role::Selection}, 5.1, 5.2},
    {"done", {Role::LevelDone}, plainFills + Roles{Role::Selection}, 4.8, 5.9},
    {"note", {Role::LevelNote}, plainFills + Roles{Role::Selection}, 5.1, 5.3},
    {"focus ring", {Role::Focus}, {Role::Window, Role::Surface, Role::Raised}, 4.8, 8.7},
    {"training curve",
     {Role::MetricTraining},
     {Role::Surface, Role::Sunken, Role::Window},
     5.4,
     5.8},
    {"validation curve",
     {Role::MetricValidation},
     {Role::Surface, Role::Sunken, Role::Window},
     4.1,
     6.7},
    {"ink of ends", {Role::InkEnds}, {Role::TileEnds, Role::Raised}, 4.5, 5.5},
    {"ink of dense", {Role::InkDense}, {Role::TileDense, Role::Raised}, 4.5, 5.5},
    {"ink of convolution", {Role::InkConvolution}, {Role::TileConvolution, Role::Raised}, 4.5, 5.5},
    {"ink of pooling", {Role::InkPooling}, {Role::TilePooling, Role::Raised}, 4.5, 5.5},
    {"ink of normalization",
     {Role::InkNormalization},
     {Role::TileNormalization, Role::Raised},
     4.5,
     5.5},
    {"ink of merge", {Role::InkMerge}, {Role::TileMerge, Role::Raised}, 4.5, 5.5},
};

constexpr std::array visions{Vision::Normal, Vision::Protan, Vision::Deutan, Vision::Tritan};

/// The smallest difference over all kinds of sight.
double seenDifference(const QColor& first, const QColor& second)
{
    double least = 1000;
    for (const Vision vision : visions)
        least = std::min(least, difference(seenBy(vision, first), seenBy(vision, second)));
    return least;
}

/// The smallest difference of two ramps over their dark halves.
double rampDifference(const Theme& theme, Ramp first, Ramp second)
{
    double least = 1000;
    for (int i = 50; i <= 100; i += 5)
        least = std::min(
            least, seenDifference(theme.ramp(first, i / 100.0), theme.ramp(second, i / 100.0)));
    return least;
}

} // namespace

/// The floors under the colour table: whoever changes a colour learns here what it costs. The
/// numbers were computed when the look was chosen, given to one decimal.
class TestColorFloors final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresAreRight();
    void contrasts_data();
    void contrasts();
    void series_data();
    void series();
    void cellTextReads();
    void colorBlindness_data();
    void colorBlindness();
};

void TestColorFloors::measuresAreRight()
{
    QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21) < 1e-9);
    // Reference pairs of Sharma, Wu, Dalal cannot be given as sRGB; these were computed once by
    // an independent implementation.
    QVERIFY(qAbs(difference(QColor(255, 0, 0), QColor(0, 255, 0)) - 86.61) < 0.02);
    QVERIFY(qAbs(difference(QColor(0, 0, 0), QColor(255, 255, 255)) - 100) < 0.01);
    QCOMPARE(difference(QColor(12, 34, 56), QColor(12, 34, 56)), 0.0);
    // Grey is grey to everybody; red and green come together for deutans.
    for (const Vision vision : visions)
        QVERIFY(difference(seenBy(vision, QColor(128, 128, 128)), QColor(128, 128, 128)) < 1);
    const QColor red(200, 80, 60), green(120, 130, 50);
    QVERIFY(difference(seenBy(Vision::Deutan, red), seenBy(Vision::Deutan, green)) <
            difference(red, green) / 2);
}

void TestColorFloors::contrasts_data()
{
    QTest::addColumn<int>("pair");
    QTest::addColumn<bool>("dark");
    for (int i = 0; i < pairs.size(); ++i) {
        QTest::addRow("%s, light", pairs[i].name) << i << false;
        QTest::addRow("%s, dark", pairs[i].name) << i << true;
    }
}

void TestColorFloors::contrasts()
{
    QFETCH(const int, pair);
    QFETCH(const bool, dark);
    const Theme& theme = dark ? Theme::dark() : Theme::light();
    double worst = 100;
    for (const Role ink : pairs[pair].inks)
        for (const Role fill : pairs[pair].fills)
            worst = std::min(worst, contrast(theme.color(ink), theme.color(fill)));
    const double floor = (dark ? pairs[pair].dark : pairs[pair].light) - 0.05;
    QVERIFY2(worst >= floor, qPrintable(u"%1 < %2"_s.arg(worst).arg(floor)));
}

void TestColorFloors::series_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestColorFloors::series()
{
    QFETCH(const bool, dark);
    const Theme& theme = dark ? Theme::dark() : Theme::light();
    for (int i = 0; i < 8; ++i)
        for (const Role fill : {Role::Surface, Role::Window})
            QVERIFY2(contrast(theme.series(i), theme.color(fill)) >= 2.95,
                     qPrintable(QString::number(i)));
}

void TestColorFloors::cellTextReads()
{
    for (const Theme* theme : {&Theme::light(), &Theme::dark()})
        for (const Ramp ramp : {Ramp::Right, Ramp::Wrong, Ramp::FirstBetter, Ramp::SecondBetter})
            for (int i = 0; i <= 200; ++i) {
                const QColor fill = theme->ramp(ramp, i / 200.0);
                QVERIFY(contrast(Theme::textOn(fill), fill) >= 4.5);
            }
}

void TestColorFloors::colorBlindness_data()
{
    series_data();
}

void TestColorFloors::colorBlindness()
{
    QFETCH(const bool, dark);
    const Theme& theme = dark ? Theme::dark() : Theme::light();
    const auto atLeast = [](double value, double floor, const QString& what) {
        if (value >= floor - 0.05)
            return true;
        qWarning("%s: %.2f < %.2f", qUtf8Printable(what), value, floor);
        return false;
    };
    const double curves =
        seenDifference(theme.color(Role::MetricTraining), theme.color(Role::MetricValidation));
    QVERIFY(atLeast(curves, 47, u"training and validation"_s));
    QVERIFY(atLeast(seenDifference(theme.series(0), theme.series(1)), 33, u"series 1 and 2"_s));
    for (int i = 0; i < 8; ++i)
        for (int k = i + 1; k < 8; ++k)
            QVERIFY(atLeast(seenDifference(theme.series(i), theme.series(k)), 12.8,
                            u"series %1 and %2"_s.arg(i + 1).arg(k + 1)));
    QVERIFY(atLeast(rampDifference(theme, Ramp::Right, Ramp::Wrong), 15.8, u"heat"_s));
    QVERIFY(atLeast(rampDifference(theme, Ramp::FirstBetter, Ramp::SecondBetter), 15.9,
                    u"difference"_s));
}

QTEST_APPLESS_MAIN(TestColorFloors)
#include "tst_color_floors.moc"
