#pragma once

#include "core/dataset/dataset.h"

#include <QObject>
#include <memory>
#include <optional>

namespace espalier {

/// What the subsets of a dataset come to; a value.
struct SubsetReport {
    QList<qint64> rows; ///< of every subset
    qint64 covered = 0; ///< rows that are in at least one
    bool overlap = false;
    QList<Issue> issues; ///< Dataset::issues()
};

/// Computes reports on a worker thread; what belonged to another dataset object is dropped. Lives
/// in the GUI thread.
class SubsetReporter final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setDataset(std::shared_ptr<const Dataset> dataset);
    /// Nothing while it is being computed for the first time, the last one while it is computed
    /// anew: numbers do not flicker while a person edits.
    [[nodiscard]] const std::optional<SubsetReport>& report() const { return m_report; }
    [[nodiscard]] bool isUpToDate() const { return m_upToDate; }

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const Dataset> m_dataset;
    std::optional<SubsetReport> m_report;
    bool m_upToDate = false;
};

} // namespace espalier
