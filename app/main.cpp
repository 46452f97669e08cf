#include "app/application.h"
#include "app/self_test.h"

#include "core/base/logging.h"
#include "core/base/system.h"

#include <QApplication>
#include <QCommandLineParser>
#include <algorithm>
#include <span>
#include <string_view>

using namespace Qt::StringLiterals;

namespace {

struct Request {
    bool selfTest = false;
    QStringList arguments;
};

/// What only prints must also work where there is no display.
void drawOffScreenToPrint(std::span<char*> arguments)
{
    const auto prints = [](std::string_view argument) {
        return argument == "--self-test" || argument == "--version" || argument == "--help";
    };
    if (std::ranges::any_of(arguments, prints))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

/// Ends the program after --help, --version and arguments that are wrong.
Request readArguments()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A workbench for point-and-click deep learning."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption selfTest(
        u"self-test"_s, u"Use every part of the program once, off screen, and say what fails."_s);
    parser.addOption(selfTest);
    parser.addPositionalArgument(u"project"_s, u"The folder of a project to open."_s,
                                 u"[project]"_s);
    parser.process(*QCoreApplication::instance());
    return {parser.isSet(selfTest), parser.positionalArguments()};
}

} // namespace

int main(int argc, char* argv[])
{
    espalier::tuneAllocator();
    espalier::routeQtMessages();
    drawOffScreenToPrint(std::span(argv, size_t(argc)));
    QApplication application(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral(ESPALIER_VERSION));
    espalier::Application espalier(application);
    const Request request = readArguments();
    if (request.selfTest)
        return espalier::SelfTest(application).run() ? EXIT_SUCCESS : EXIT_FAILURE;
    espalier.start(request.arguments);
    return QApplication::exec();
}
