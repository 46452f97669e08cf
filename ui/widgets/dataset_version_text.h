#pragma once

#include <QString>

namespace espalier {

struct DatasetRecord;

/// How people name a version: "FashionMNIST, version 2".
[[nodiscard]] QString datasetVersionText(const DatasetRecord& record);

} // namespace espalier
