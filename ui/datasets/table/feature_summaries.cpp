#include "ui/datasets/table/feature_summaries.h"

#include "core/base/system.h"
#include "core/dataset/store/packed_store.h"
#include "ui/datasets/background.h"

#include <QtConcurrent>
#include <algorithm>

namespace espalier {

namespace {

/// Neither name nor normalization changes the counts of values.
bool hasSameHistogram(FeatureSettings a, const FeatureSettings& b)
{
    a.name = b.name;
    a.normalization = b.normalization;
    return a == b;
}

} // namespace

void FeatureSummaries::setDataset(std::shared_ptr<const Dataset> dataset)
{
    if (dataset == m_dataset)
        return;
    std::vector<Entry> entries(dataset ? size_t(dataset->features().size()) : 0);
    if (dataset && m_dataset && dataset->store().folder() == m_dataset->store().folder() &&
        entries.size() == m_entries.size())
        for (size_t i = 0; i < entries.size(); ++i)
            if (hasSameHistogram(dataset->settings().features[qsizetype(i)],
                                 m_dataset->settings().features[qsizetype(i)]))
                entries[i].histogram = std::move(m_entries[i].histogram);
    m_entries = std::move(entries);
    m_dataset = std::move(dataset);
    m_waiting.clear();
    m_atWork.reset();
    ++m_generation;
}

const Result<Histogram>* FeatureSummaries::histogram(int feature)
{
    if (feature < 0 || size_t(feature) >= m_entries.size())
        return nullptr;
    const auto& histogram = m_entries[size_t(feature)].histogram;
    if (!histogram)
        ask({feature, true});
    return histogram ? &*histogram : nullptr;
}

const Result<FeatureStatistics>* FeatureSummaries::statistics(int feature)
{
    if (feature < 0 || size_t(feature) >= m_entries.size())
        return nullptr;
    const auto& statistics = m_entries[size_t(feature)].statistics;
    if (!statistics)
        ask({feature, false});
    return statistics ? &*statistics : nullptr;
}

void FeatureSummaries::ask(const Task& task)
{
    if (m_atWork == task)
        return;
    std::erase(m_waiting, task);
    m_waiting.push_back(task);
    startNext();
}

void FeatureSummaries::startNext()
{
    if (m_atWork || m_waiting.empty())
        return;
    m_atWork = m_waiting.back();
    m_waiting.pop_back();
    start(*m_atWork);
}

void FeatureSummaries::start(const Task& task)
{
    const auto compute = [this, task](const auto& function, auto member, auto done) {
        // Counting millions of rows takes seconds: the window goes first.
        const auto counted = QtConcurrent::run([function] {
            lowerThreadPriority();
            return function();
        });
        whenDone(this, counted,
                 [this, task, member, done, generation = m_generation](const auto& result) {
                     if (generation != m_generation)
                         return;
                     m_entries[size_t(task.feature)].*member = result;
                     Q_EMIT(this->*done)(task.feature);
                     finish(generation);
                 });
    };
    const std::shared_ptr<const Dataset> dataset = m_dataset;
    if (task.wantsHistogram)
        compute([dataset, task] { return dataset->histogram(task.feature); }, &Entry::histogram,
                &FeatureSummaries::histogramReady);
    else
        compute([dataset, task] { return dataset->statistics(task.feature); }, &Entry::statistics,
                &FeatureSummaries::statisticsReady);
}

void FeatureSummaries::finish(quint64 generation)
{
    if (generation != m_generation)
        return; // whoever was told has set another dataset
    m_atWork.reset();
    startNext();
}

} // namespace espalier
