// Proves that nothing is lost: kills the program, or lets the disk fail, at every place at which an
// operation changes files, and looks at what is left. See README.md beside it.

#include "core/base/logging.h"
#include "tests/reliability/trials/fault_trials.h"
#include "tests/reliability/trials/kill_trials.h"
#include "tests/reliability/trials/self_check.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace espalier::trials;

namespace {

void addOptions(QCommandLineParser& parser)
{
    parser.addHelpOption();
    parser.addPositionalArgument(u"what"_s, u"kills or faults"_s);
    parser.addOptions({{u"short"_s, u"A few of each."_s},
                       {u"seed"_s, u"Of what is random."_s, u"N"_s, u"1"_s},
                       {u"kills"_s, u"At random instants."_s, u"N"_s, u"500"_s},
                       {u"only"_s, u"Operations whose name contains it."_s, u"TEXT"_s},
                       {u"at"_s, u"Only this place of every walk."_s, u"N"_s, u"0"_s}});
}

Options optionsOf(const QCommandLineParser& parser)
{
    Options options;
    options.isShort = parser.isSet(u"short"_s);
    options.seed = parser.value(u"seed"_s).toULongLong();
    options.kills = parser.value(u"kills"_s).toInt();
    options.only = parser.value(u"only"_s);
    options.at = parser.value(u"at"_s).toLong();
    return options;
}

} // namespace

int main(int argc, char* argv[])
{
    espalier::routeQtMessages(); // as the program does
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const QString what = parser.positionalArguments().value(0);
    if (what != u"kills" && what != u"faults")
        parser.showHelp(2);

    const Options options = optionsOf(parser);
    const TrialGround ground;
    Report report;
    if (what == u"faults") {
        failCalls(ground, options, report);
    } else {
        if (options.only.isEmpty())
            checkExamination(ground, report);
        killAtCalls(ground, options, report);
        if (options.at == 0)
            killAtRandom(ground, options, report);
    }
    return report.status();
}
