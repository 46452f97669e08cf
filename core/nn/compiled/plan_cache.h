#pragma once

#include "core/nn/compiled/planner.h"

#include <functional>
#include <list>

namespace espalier {

/// The plans of one network by batch size and mode, a few of those used last, all in one arena:
/// only one of them works at a time.
class PlanCache final {
public:
    using Make = std::function<std::unique_ptr<Plan>(const PlanRequest&)>;
    explicit PlanCache(Make make)
        : m_make(std::move(make))
    {
    }

    /// Ready to run: bound, its weights prepared. Valid until the next call.
    [[nodiscard]] Plan& plan(const PlanRequest& request, const dnnl::stream& stream);
    /// Prepared weights are no longer those of the network.
    void weightsChanged() { ++m_version; }

private:
    struct Entry {
        PlanRequest request;
        std::unique_ptr<Plan> plan;
        quint64 version = 0; ///< of the weights that it is prepared for; 0: none
    };
    struct Free {
        void operator()(std::byte* bytes) const;
    };
    [[nodiscard]] Entry& entryOf(const PlanRequest& request);
    void reserve(size_t bytes);

    Make m_make;
    std::list<Entry> m_entries; ///< used last first
    std::unique_ptr<std::byte[], Free> m_arena;
    size_t m_bytes = 0;
    quint64 m_version = 1;
};

} // namespace espalier
