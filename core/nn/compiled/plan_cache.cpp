#include "core/nn/compiled/plan_cache.h"

#include <algorithm>
#include <new>

namespace espalier {

namespace {

/// A training, its last batch, an evaluation and its last piece.
constexpr size_t MostPlans = 4;
constexpr std::align_val_t PageAlignment{4096};

} // namespace

void PlanCache::Free::operator()(std::byte* bytes) const
{
    ::operator delete(bytes, PageAlignment);
}

PlanCache::Entry& PlanCache::entryOf(const PlanRequest& request)
{
    const auto found = std::ranges::find(m_entries, request, &Entry::request);
    if (found != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found);
        return m_entries.front();
    }
    while (m_entries.size() >= MostPlans)
        m_entries.pop_back();
    m_entries.push_front({request, m_make(request)});
    return m_entries.front();
}

void PlanCache::reserve(size_t bytes)
{
    if (bytes <= m_bytes)
        return;
    m_arena.reset();
    m_bytes = 0;
    m_arena.reset(static_cast<std::byte*>(::operator new(bytes, PageAlignment)));
    m_bytes = bytes;
}

Plan& PlanCache::plan(const PlanRequest& request, const dnnl::stream& stream)
{
    Entry& entry = entryOf(request);
    reserve(entry.plan->arenaBytes());
    entry.plan->bind(m_arena.get());
    if (entry.version != m_version) {
        entry.plan->run(Program::Prepare, {stream});
        entry.version = m_version;
    }
    return *entry.plan;
}

} // namespace espalier
