#include "app/application.h"

#include "core/base/logging.h"
#include "core/base/system.h"

#include <QApplication>

int main(int argc, char* argv[])
{
    espalier::tuneAllocator();
    espalier::routeQtMessages();
    QApplication application(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral(ESPALIER_VERSION));
    espalier::Application espalier(application);
    espalier.start(QApplication::arguments().mid(1));
    return QApplication::exec();
}
