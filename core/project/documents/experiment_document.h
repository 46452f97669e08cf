#pragma once

#include "core/base/result.h"
#include "core/graph/graph_analysis.h"
#include "core/project/records.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QUndoStack>
#include <functional>
#include <memory>

namespace espalier {

class ProjectDocument;
struct ExperimentChoices;
struct GraphDiff;

/// What one edit, its undo or its redo changed in a graph. A block that was changed in place (name,
/// parameters, position) is in `changed` alone; `groups` says that those differ.
struct GraphChange {
    QList<BlockId> added;
    QList<BlockId> removed;
    QList<BlockId> changed;
    QList<Connection> connected;
    QList<Connection> disconnected;
    bool groups = false;

    [[nodiscard]] bool isEmpty() const;
};

/// One experiment being edited: graph, run settings and dataset version under one undo stack, and
/// what follows from them, computed anew after every edit. Made by ProjectDocument, lives in its
/// thread. What is edited is written to the project within a quarter of a second, and by flush().
///
/// Views never change the graph themselves: they call edit() and draw what graphChanged() says.
class ExperimentDocument final : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] static Result<std::unique_ptr<ExperimentDocument>> open(ProjectDocument& project,
                                                                          ExperimentId id);
    ~ExperimentDocument() override; ///< flushes

    [[nodiscard]] ExperimentId id() const;
    [[nodiscard]] const ExperimentRecord& record() const; ///< as last written
    [[nodiscard]] bool isEditable() const;                ///< has not run
    [[nodiscard]] const ModelGraph& graph() const;
    [[nodiscard]] const RunSettings& settings() const;
    [[nodiscard]] DatasetId dataset() const;
    /// Features of the dataset version; empty when there is none, or it cannot be read.
    [[nodiscard]] const QList<FeatureDescription>& features() const;
    [[nodiscard]] const GraphAnalysis& analysis() const;
    /// The Information list: checkExperiment(), errors first.
    [[nodiscard]] const QList<Issue>& issues() const;
    [[nodiscard]] bool canRun() const; ///< no error is left
    [[nodiscard]] QUndoStack& undoStack();

    /// One undo step: `change` gets a copy of the graph, and what differs afterwards becomes a
    /// command that holds those blocks and connections alone. Nothing happens (false) when nothing
    /// differs or the experiment is locked. Steps with the same non-empty `mergeKey` in a row
    /// become one ("dense 2/nodes" while a spin box turns; "move" while a block is dragged).
    bool edit(const QString& text, const std::function<void(ModelGraph&)>& change,
              const QString& mergeKey = {});
    /// One undo step on the run settings.
    bool editSettings(const QString& text, const RunSettings& settings,
                      const QString& mergeKey = {});
    /// One `key=value` of applyRunSetting() as one undo step.
    [[nodiscard]] Status setSetting(const QString& key, const QString& value);
    /// One undo step; the version must be saved.
    [[nodiscard]] Status setDataset(DatasetId dataset);

    /// Writes what has not been written yet.
    [[nodiscard]] Status flush();

Q_SIGNALS:
    void graphChanged(const espalier::GraphChange& change);
    void settingsChanged(); ///< run settings or dataset version
    void analysisChanged(); ///< analysis(), issues(), canRun(); after each of the above
    void recordChanged();   ///< name, state, epochs; isEditable()
    void writeFailed(const espalier::Error& error);

private:
    struct Private;
    explicit ExperimentDocument(std::unique_ptr<Private> privateData);

    bool editChoices(const QString& text, const ExperimentChoices& choices,
                     const QString& mergeKey);
    void applyGraph(const GraphDiff& diff);
    void applyChoices(const ExperimentChoices& choices);
    void scheduleWrite();
    void followRecord(); ///< the record of the project may be another one
    void takeOver();     ///< what is recorded counts from now on

    std::unique_ptr<Private> d;
};

} // namespace espalier
