#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/import/import_preview.h"
#include "core/dataset/store/packed_store.h"

#include <QString>
#include <QStringList>
#include <stop_token>

namespace espalier {

/// Limits that keep a hostile or mistaken file from filling memory or disk.
struct ImportLimits {
    qint64 entryBytes = qint64(2) << 30;   ///< one unpacked file of an archive
    qint64 totalBytes = qint64(1) << 40;   ///< all unpacked files together
    qint64 imagePixels = qint64(64) << 20; ///< width × height of one image
    qint64 rows = 2'000'000'000;
    int columns = 100'000;
    int retries = 5; ///< of a download that breaks off
};

/// What an import gave: a folder below the target folder, named after its content.
struct ImportedSource {
    QString folder;
    SourceManifest manifest;
    bool alreadyThere = false; ///< the same content had been imported before
};

/// Reads one or several sources (path, folder, `file://`, `http(s)://`, `sample:NAME`) into one
/// packed store below `dataFolder`. Several sources with the same columns are joined row-wise.
///
/// Blocks the calling thread; downloads, decodes on all processors. Nothing but a finished store
/// is left behind: a failed or cancelled import leaves no trace in `dataFolder`. `preview` gets the
/// first rows long before the end.
/// Errors: a sentence for each way it can fail; bad rows are no failure as long as one is good.
[[nodiscard]] Result<ImportedSource>
importSources(const QStringList& sources, const QString& dataFolder,
              const ImportLimits& limits = {}, const ProgressSink& progress = {},
              std::stop_token stop = {}, const PreviewSink& preview = {});

} // namespace espalier
