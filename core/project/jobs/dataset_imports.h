#pragma once

#include "core/base/id.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/import/import_preview.h"
#include "core/project/records.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>

namespace espalier {

class ProjectDocument;

using ImportId = Id<struct ImportTag>;

/// How far one import is; a value.
struct ImportStatus {
    ImportId id;
    QStringList sources; ///< as given, maybe with a password
    QString name; ///< empty until a person has given one
    Progress progress;
    double bytesPerSecond = 0; ///< over the last seconds
    std::optional<double> secondsLeft;
    bool done = false;          ///< read to the end; a dataset as soon as it has a name
    std::optional<Error> error; ///< why it failed

    [[nodiscard]] QStringList shownSources() const;       ///< what may be read by others
    [[nodiscard]] QString suggestedName() const;          ///< from the file name: "fashion-mnist"
    [[nodiscard]] std::optional<double> fraction() const; ///< 0..1; nothing: not known
};

/// Imports into one project, each on a worker thread. An import begins before it has a name, so
/// that a person can type it meanwhile; it becomes a dataset when it is both read and named. Lives
/// in the thread of the document; destroying it cancels what is at work and leaves no trace of it.
class DatasetImports final : public QObject {
    Q_OBJECT

public:
    explicit DatasetImports(ProjectDocument& project, QObject* parent = nullptr);
    ~DatasetImports() override;

    /// Paths, folders, links or `sample:NAME`; several are joined into one dataset.
    ImportId start(const QStringList& sources);
    void setName(ImportId id, const QString& name);
    /// Also takes a failed or unnamed one off the list.
    void cancel(ImportId id);

    [[nodiscard]] QList<ImportStatus> imports() const; ///< at work, failed or not named yet
    [[nodiscard]] std::optional<ImportStatus> status(ImportId id) const;
    /// The rows that came first; none before they are read, and none of an import off the list.
    [[nodiscard]] ImportPreview preview(ImportId id) const;

Q_SIGNALS:
    void listChanged();
    void progressChanged(espalier::ImportId id); ///< a few times a second
    void previewChanged(espalier::ImportId id);  ///< more rows, or all anew
    void readFinished(espalier::ImportId id);    ///< done or failed: see status()
    /// It is a dataset now, and off the list; listChanged() follows.
    void finished(espalier::ImportId id, espalier::DatasetId dataset);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace espalier
