#include "ui/datasets/inspector/subset_report.h"

#include "core/dataset/store/packed_store.h"
#include "ui/datasets/background.h"

#include <QtConcurrent>
#include <algorithm>
#include <vector>

namespace espalier {

namespace {

SubsetReport reportOf(const Dataset& dataset)
{
    SubsetReport report;
    std::vector<bool> covered(size_t(dataset.rows()));
    for (const SubsetSettings& subset : dataset.settings().subsets) {
        const auto rows = dataset.subsetRows(subset.name).value_or(std::vector<RowIndex>());
        report.rows.append(qint64(rows.size()));
        for (RowIndex row : rows) {
            report.overlap = report.overlap || covered[row];
            covered[row] = true;
        }
    }
    report.covered = std::ranges::count(covered, true);
    report.issues = dataset.issues();
    return report;
}

} // namespace

void SubsetReporter::setDataset(std::shared_ptr<const Dataset> dataset)
{
    if (dataset == m_dataset)
        return;
    const bool sameSource =
        dataset && m_dataset && dataset->store().folder() == m_dataset->store().folder() &&
        dataset->settings().subsets.size() == m_dataset->settings().subsets.size();
    m_dataset = std::move(dataset);
    m_upToDate = false;
    if (!sameSource)
        m_report.reset();
    Q_EMIT changed();
    if (!m_dataset)
        return;
    whenDone(this, QtConcurrent::run([asked = m_dataset] { return reportOf(*asked); }),
             [this, asked = m_dataset](const SubsetReport& report) {
                 if (asked != m_dataset)
                     return;
                 m_report = report;
                 m_upToDate = true;
                 Q_EMIT changed();
             });
}

} // namespace espalier
