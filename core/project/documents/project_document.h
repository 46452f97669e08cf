#pragma once

#include "core/base/result.h"
#include "core/project/project_store.h"
#include "core/project/records.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <memory>

namespace espalier {

class DatasetDocument;
class ExperimentDocument;

/// One open project as the window sees it: the records of its database, read once and kept up to
/// date, and the documents that are being edited. Views listen to it and never to each other.
///
/// Lives in the thread that opened it, which needs an event loop: what another process (the command
/// line) writes is noticed within a second. Every function that writes has written when it
/// returns; the signals follow before it returns.
class ProjectDocument final : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] static Result<std::unique_ptr<ProjectDocument>> open(const QString& folder);
    ~ProjectDocument() override;

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;
    [[nodiscard]] const ProjectStore& store() const;

    /// By name, the newest version first.
    [[nodiscard]] const QList<DatasetRecord>& datasets() const;
    /// In the order of their making, the newest first.
    [[nodiscard]] const QList<ExperimentRecord>& experiments() const;
    /// Null when it is not, or no longer, there. Valid until the next signal.
    [[nodiscard]] const DatasetRecord* dataset(DatasetId id) const;
    [[nodiscard]] const ExperimentRecord* experiment(ExperimentId id) const;

    // --- Datasets; errors as in ProjectStore ------------------------------------------------
    [[nodiscard]] Result<DatasetRecord> addDataset(const QString& name,
                                                   const ImportedSource& source);
    [[nodiscard]] Status updateDataset(DatasetId id, const DatasetSettings& settings);
    [[nodiscard]] Result<DatasetRecord> duplicateDataset(DatasetId id);
    [[nodiscard]] Status renameDataset(DatasetId id, const QString& name); ///< all versions
    [[nodiscard]] Status deleteDataset(DatasetId id);
    /// Opened once and shared for as long as the settings of the version stay the same.
    [[nodiscard]] Result<std::shared_ptr<const Dataset>> openDataset(DatasetId id);
    /// Whether openDataset() and datasetDocument() give it without looking through a large file.
    [[nodiscard]] bool isQuickToOpen(DatasetId id) const;
    /// Opens it on a worker thread; datasetPrepared() follows, also when it failed.
    void prepareDataset(DatasetId id);

    // --- Experiments; errors as in ProjectStore ---------------------------------------------
    [[nodiscard]] Result<ExperimentRecord> createExperiment(const QString& name, DatasetId dataset,
                                                            const ModelGraph& graph = {},
                                                            const RunSettings& settings = {});
    [[nodiscard]] Status updateExperiment(ExperimentId id, const ModelGraph& graph,
                                          const RunSettings& settings);
    [[nodiscard]] Status setExperimentDataset(ExperimentId id, DatasetId dataset);
    [[nodiscard]] Status renameExperiment(ExperimentId id, const QString& name);
    [[nodiscard]] Status setNotes(ExperimentId id, const QString& notes);
    [[nodiscard]] Result<ExperimentRecord> duplicateExperiment(ExperimentId id, const QString& name,
                                                               bool withWeights);
    [[nodiscard]] Status deleteExperiment(ExperimentId id);

    /// The document of a version or experiment, made at first use and kept until it is deleted.
    /// Null, with the reason in the log, when it cannot be opened.
    [[nodiscard]] DatasetDocument* datasetDocument(DatasetId id);
    [[nodiscard]] ExperimentDocument* experimentDocument(ExperimentId id);

    /// Reads again what the database holds, and says what has changed.
    void refresh();
    /// The same for one experiment alone: what a run calls after an epoch.
    void refreshExperiment(ExperimentId id);

Q_SIGNALS:
    /// The folder was moved or deleted, or has come back: nothing can be written while it is gone.
    void folderGone(bool gone);
    void datasetsChanged(); ///< a version was added, removed, saved, renamed, or its use changed
    void datasetChanged(espalier::DatasetId id); ///< the record of one, also of a new one
    void datasetRemoved(espalier::DatasetId id);
    void datasetPrepared(espalier::DatasetId id);      ///< openDataset() knows it, or why it cannot
    void experimentsChanged();                         ///< an experiment was added or removed
    void experimentChanged(espalier::ExperimentId id); ///< the record of one, also of a new one
    void experimentRemoved(espalier::ExperimentId id);

private:
    struct Private;
    explicit ProjectDocument(std::unique_ptr<Private> privateData);

    template <typename Document, typename RecordId>
    [[nodiscard]] Document* documentOf(QHash<RecordId, Document*>& documents, RecordId id);
    template <typename ResultType>
    [[nodiscard]] ResultType refreshed(ResultType result, void (ProjectDocument::*read)());
    void refreshDatasets();
    void refreshExperiments();

    std::unique_ptr<Private> d;
};

} // namespace espalier
