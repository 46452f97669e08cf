#include "app/cli/commands/dataset_handlers.h"

#include "app/cli/commands/project_access.h"
#include "app/cli/progress_display.h"
#include "app/cli/text_format.h"
#include "core/dataset/export/zip_export.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

/// The rows of --subset; none when all are asked for.
Result<std::optional<std::vector<RowIndex>>> chosenRows(const CommandContext& context,
                                                        const Dataset& dataset)
{
    if (!context.isSet(u"subset"_s))
        return std::nullopt;
    auto rows = dataset.subsetRows(context.option(u"subset"_s));
    if (!rows)
        return failureOf(rows);
    return std::optional(std::move(*rows));
}

} // namespace

Status exportDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    if (!opened)
        return failureOf(opened);
    const auto dataset = opened->store->openDataset(opened->record.id);
    if (!dataset)
        return failureOf(dataset);
    const auto rows = chosenRows(context, **dataset);
    if (!rows)
        return failureOf(rows);
    const QString path = QFileInfo(context.option(u"out"_s)).absoluteFilePath();
    const qint64 total = *rows ? qint64((*rows)->size()) : opened->record.rows;
    ProgressDisplay display(context.output.isQuiet());
    const auto report = [&](const Progress& progress) {
        display.update(u"Exporting"_s, double(progress.rows) / double(std::max<qint64>(1, total)),
                       [&] { return amountText(progress.rows, u"row"_s, u"rows"_s); });
    };
    if (const Status written = exportZip(**dataset, path, *rows, report, context.stop); !written)
        return written;
    display.clear();
    const QString sentence = u"Exported %1 of %2 to %3."_s.arg(
        amountText(total, u"row"_s, u"rows"_s), opened->record.reference(),
        QDir::toNativeSeparators(path));
    context.output.result(QJsonObject{{u"dataset"_s, opened->record.reference()},
                                      {u"file"_s, path},
                                      {u"rows"_s, total},
                                      {u"bytes"_s, QFileInfo(path).size()}},
                          sentence);
    return {};
}

} // namespace espalier::cli
