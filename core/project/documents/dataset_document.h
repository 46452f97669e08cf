#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/project/records.h"

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <memory>

namespace espalier {

class ProjectDocument;

/// One dataset version being looked at or edited. Every edit is one undo step on its settings and
/// is written at once; a saved version takes none. Made by ProjectDocument, lives in its thread.
class DatasetDocument final : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] static Result<std::unique_ptr<DatasetDocument>> open(ProjectDocument& project,
                                                                       DatasetId id);
    ~DatasetDocument() override;

    [[nodiscard]] DatasetId id() const;
    [[nodiscard]] const DatasetRecord& record() const;
    [[nodiscard]] bool isEditable() const; ///< not saved
    [[nodiscard]] const DatasetSettings& settings() const;
    /// The data seen through settings(); another one after every edit.
    [[nodiscard]] std::shared_ptr<const Dataset> dataset() const;
    [[nodiscard]] QUndoStack& undoStack();

    /// One undo step. Steps with the same non-empty `mergeKey` in a row become one. Refused, with
    /// nothing changed, when the version is saved or Dataset::open() refuses the settings.
    [[nodiscard]] Status edit(const QString& text, const DatasetSettings& settings,
                              const QString& mergeKey = {});
    /// One `key=value` of applySetting() as one undo step.
    [[nodiscard]] Status set(const QString& text, const QString& key, const QString& value);

    /// Another name for the dataset, in all its versions; one undo step, also of a saved version.
    [[nodiscard]] Status rename(const QString& name);

    /// Computes the statistics on a worker thread and locks the version; saved() or saveFailed()
    /// follows. Ignored while one is at work.
    void saveVersion();
    [[nodiscard]] bool isSaving() const;

Q_SIGNALS:
    void settingsChanged(); ///< settings(), dataset(), isEditable()
    void savingChanged();
    void saved();
    void saveFailed(const espalier::Error& error);
    void editFailed(const espalier::Error& error); ///< an undo or redo could not be written

private:
    struct Private;
    explicit DatasetDocument(std::unique_ptr<Private> privateData);
    void takeRecord();
    void finishSaving();

    std::unique_ptr<Private> d;
};

} // namespace espalier
