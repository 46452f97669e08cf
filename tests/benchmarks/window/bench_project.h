#pragma once

#include "core/project/records.h"

#include <QString>
#include <memory>

namespace espalier {

class DatasetsBench;

/// The project that is measured: 7,000 garments and 50 experiments with the curves of ten epochs.
class BenchProject final {
public:
    BenchProject();
    ~BenchProject();

    static constexpr int Rows = 7'000;
    static constexpr int Experiments = 50;

    [[nodiscard]] QString folder() const;
    [[nodiscard]] DatasetId dataset() const { return m_dataset; }
    /// The CNN snippet on the garments.
    [[nodiscard]] static ModelGraph network();

private:
    void addExperiments();

    std::unique_ptr<DatasetsBench> m_bench;
    DatasetId m_dataset;
};

} // namespace espalier
