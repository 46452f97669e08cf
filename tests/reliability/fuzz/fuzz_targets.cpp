#include "tests/reliability/fuzz/fuzz_targets.h"

#include <algorithm>

namespace espalier::fuzz {

std::span<const FuzzTarget> fuzzTargets()
{
    static constexpr FuzzTarget Targets[] = {
        {"zip", fuzzZip},
        {"csv", fuzzCsv},
        {"npy", fuzzNpy},
        {"idx", fuzzIdx},
        {"image", fuzzImage},
        {"graph", fuzzGraph},
        {"run_settings", fuzzRunSettings},
        {"dataset_settings", fuzzDatasetSettings},
        {"checkpoint", fuzzCheckpoint},
        {"source", fuzzSource},
        {"http", fuzzHttp},
        {"link", fuzzLink},
    };
    return Targets;
}

const FuzzTarget* fuzzTarget(const QString& name)
{
    const auto targets = fuzzTargets();
    const auto found = std::ranges::find_if(
        targets, [&](const FuzzTarget& target) { return name == QLatin1String(target.name); });
    return found == targets.end() ? nullptr : &*found;
}

void require(bool kept, const char* promise)
{
    if (!kept)
        qFatal("broken promise: %s", promise);
}

} // namespace espalier::fuzz
