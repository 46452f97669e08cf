#include "app/cli/command_table.h"

namespace espalier::cli {

const QList<Command>& commandTable()
{
    static const QList<Command> table = projectCommands() + datasetCommands() +
                                        catalogueCommands() + experimentCommands() +
                                        modelCommands() + benchCommands();
    return table;
}

} // namespace espalier::cli
