#pragma once

#include "core/graph/graph_diff.h"
#include "core/project/records.h"

#include <QString>
#include <QUndoCommand>
#include <functional>

namespace espalier {

/// What an experiment is made of besides its graph.
struct ExperimentChoices {
    RunSettings settings;
    DatasetId dataset;

    bool operator==(const ExperimentChoices&) const = default;
};

/// One edit of a graph, undone and redone by its diff. The receiver must outlive the command.
class GraphCommand final : public QUndoCommand {
public:
    using Receiver = std::function<void(const GraphDiff&)>;
    GraphCommand(const QString& text, GraphDiff diff, QString mergeKey, Receiver receiver);

    void undo() override { m_receiver(m_diff.inverted()); }
    void redo() override { m_receiver(m_diff); }
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* next) override;

private:
    GraphDiff m_diff;
    QString m_mergeKey;
    Receiver m_receiver;
};

/// One edit of run settings or dataset version.
class ChoicesCommand final : public QUndoCommand {
public:
    using Receiver = std::function<void(const ExperimentChoices&)>;
    ChoicesCommand(const QString& text, ExperimentChoices before, ExperimentChoices after,
                   QString mergeKey, Receiver receiver);

    void undo() override { m_receiver(m_before); }
    void redo() override { m_receiver(m_after); }
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* next) override;

private:
    ExperimentChoices m_before;
    ExperimentChoices m_after;
    QString m_mergeKey;
    Receiver m_receiver;
};

} // namespace espalier
