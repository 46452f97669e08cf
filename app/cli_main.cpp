#include "app/cli/run_command.h"
#include "core/base/logging.h"
#include "core/base/system.h"

#include <QCoreApplication>

int main(int argc, char* argv[])
{
    espalier::tuneAllocator();
    espalier::routeQtMessages();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("espalier"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ESPALIER_VERSION));
    return espalier::cli::runCommandLine(QCoreApplication::arguments().mid(1));
}
