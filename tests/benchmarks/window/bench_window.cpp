#include "core/base/system.h"
#include "tests/benchmarks/window/bench_project.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/ui/shell/shell_fixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLocale>
#include <QTextStream>
#include <algorithm>
#include <functional>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

struct Measurement {
    QString name;
    std::function<QList<Figure>(const BenchProject&)> take;
};

const QList<Measurement>& measurements()
{
    static const QList<Measurement> list{
        {u"stall"_s, measureStalls},      {u"stop"_s, measureStop},
        {u"drawing"_s, measureDrawing},   {u"dataset"_s, measureDataset},
        {u"program"_s, measureProgram},   {u"rounds"_s, measureRounds},
        {u"projects"_s, measureProjects},
    };
    return list;
}

QString lineOf(const Figure& figure)
{
    return u"%1%2 %3 of %4 %3  %5%6"_s.arg(
        figure.what.leftJustified(58), QString::number(figure.value, 'f', 1).rightJustified(9),
        figure.unit, QString::number(figure.limit), figure.isOver() ? u"OVER"_s : u"ok"_s,
        figure.note.isEmpty() ? QString() : u"  (%1)"_s.arg(figure.note));
}

} // namespace

/// bench_window [NAME...]: takes the measurements of these names, or all. Exit status 1: a figure
/// is over its limit.
int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    tuneAllocator();
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    const ShellFixture shell;
    const BenchProject project;
    const QStringList wanted = QApplication::arguments().mid(1);
    QTextStream out(stdout);
    bool over = false;
    for (const Measurement& measurement : measurements()) {
        if (!wanted.isEmpty() && !wanted.contains(measurement.name))
            continue;
        for (const Figure& figure : measurement.take(project)) {
            out << lineOf(figure) << Qt::endl;
            over = over || figure.isOver();
        }
    }
    return over ? 1 : 0;
}
