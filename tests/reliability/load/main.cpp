#include "tests/reliability/load/load_figures.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

/// espalier_load many | espalier_load big --rows N --folder FOLDER
int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(u"what"_s, u"many or big"_s);
    parser.addOptions(
        {{u"rows"_s, u"Of the big dataset."_s, u"N"_s, u"5000000"_s},
         {u"folder"_s, u"For the big dataset; it goes afterwards."_s, u"FOLDER"_s, u"/tmp"_s}});
    parser.process(application);
    const QString what = parser.positionalArguments().value(0);
    if (what == u"many")
        return espalier::load::measureMany() ? 0 : 1;
    if (what == u"big")
        return espalier::load::measureBig(parser.value(u"rows"_s).toLongLong(),
                                          parser.value(u"folder"_s))
                   ? 0
                   : 1;
    parser.showHelp(2);
}
