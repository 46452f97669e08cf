#include "core/project/records.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace espalier {

QString DatasetRecord::reference() const
{
    return u"%1@%2"_s.arg(name, QString::number(version));
}

int ExperimentRecord::bestEpoch() const
{
    const auto best = std::find_if(epochs.rbegin(), epochs.rend(), std::mem_fn(&EpochRecord::best));
    if (best != epochs.rend())
        return best->epoch;
    return epochs.isEmpty() ? 0 : epochs.last().epoch;
}

} // namespace espalier
