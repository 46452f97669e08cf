#include "core/base/system.h"
#include "tests/core/project/project_fixture.h"
#include "tests/reliability/load/load_figures.h"
#include "tests/reliability/load/soak.h"
#include "tests/ui/shell/shell_fixture.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QLocale>
#include <QTest>
#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace espalier;
using namespace espalier::load;

namespace {

constexpr double MemoryGrowth = 5; // %
constexpr double MoreOfThem = 2;   // files, threads
constexpr double StallGrowth = 50; // %
constexpr double StallNoise = 10;  // ms

using Value = double Sample::*;

/// Of a part of the rounds, so that one that was disturbed does not decide.
double median(const QList<Sample>& samples, double from, double to, Value value)
{
    QList<double> values;
    for (qsizetype i = qsizetype(from * double(samples.size()));
         i < qsizetype(to * double(samples.size())); ++i)
        values.append(samples[i].*value);
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// From the second fifth, when all that is made once is there, to the last.
struct Course {
    double early;
    double late;
};

Course courseOf(const QList<Sample>& samples, Value value)
{
    return {median(samples, 0.2, 0.4, value), median(samples, 0.8, 1, value)};
}

QString fromTo(const Course& course)
{
    return u"%1 to %2"_s.arg(course.early, 0, 'f', 1).arg(course.late, 0, 'f', 1);
}

bool reportAll(const QList<Sample>& samples, double minutes)
{
    const QString soak =
        u"soak, %1 runs in %2 minutes: "_s.arg(samples.size()).arg(minutes, 0, 'f', 1);
    const Course memory = courseOf(samples, &Sample::memory);
    const Course files = courseOf(samples, &Sample::files);
    const Course threads = courseOf(samples, &Sample::threads);
    const Course stall = courseOf(samples, &Sample::stall);
    bool good = report(soak + u"growth of memory"_s, 100 * (memory.late / memory.early - 1),
                       MemoryGrowth, u"%"_s, fromTo(memory) + u" MiB"_s);
    good = report(soak + u"more open files"_s, files.late - files.early, MoreOfThem, u"files"_s,
                  fromTo(files)) &&
           good;
    good = report(soak + u"more threads"_s, threads.late - threads.early, MoreOfThem, u"threads"_s,
                  fromTo(threads)) &&
           good;
    return report(soak + u"longest stall of a round"_s, stall.late,
                  stall.early * (1 + StallGrowth / 100) + StallNoise, u"ms"_s, fromTo(stall)) &&
           good;
}

} // namespace

/// espalier_soak --runs N --minutes M: so many short runs, evenly over the time; a figure is SHORT
/// when it grows.
int main(int argc, char* argv[])
{
    tuneAllocator();
    const QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"runs"_s, u"Short experiments."_s, u"N"_s, u"200"_s},
                       {u"minutes"_s, u"At least."_s, u"M"_s, u"60"_s}});
    parser.process(application);
    const int runs = std::max(10, parser.value(u"runs"_s).toInt());
    const double milliseconds = parser.value(u"minutes"_s).toDouble() * 60'000;

    const ShellFixture shell;
    const ProjectFixture project;
    (void)project.addSavedDataset(*project.open());
    Soak soak(project.folder());
    QElapsedTimer clock;
    clock.start();
    QList<Sample> samples;
    for (int number = 1; number <= runs; ++number) {
        samples.append(soak.round(number));
        const Sample& last = samples.last();
        std::fprintf(stderr, "%d: %.1f MiB, %.0f files, %.0f threads, %.1f ms\n", number,
                     last.memory, last.files, last.threads, last.stall);
        const qint64 early = qint64(milliseconds * number / runs) - clock.elapsed();
        if (early > 0)
            QTest::qWait(int(early));
    }
    return reportAll(samples, double(clock.elapsed()) / 60'000) ? 0 : 1;
}
