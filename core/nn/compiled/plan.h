#pragma once

#include <QList>
#include <cstddef>
#include <functional>
#include <memory>
#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

namespace espalier {

/// A tensor that a plan computes with: a layout and the place of its bytes. Copies share both.
struct PlanTensor {
    dnnl::memory memory;
    int buffer = -1; ///< of the plan; -1: bytes of somebody else (weights); below: of an input

    [[nodiscard]] dnnl::memory::desc desc() const { return memory.get_desc(); }
    [[nodiscard]] bool isSet() const { return bool(memory); }
    /// Only while a plan runs.
    template <typename T>
    [[nodiscard]] T* data() const
    {
        return static_cast<T*>(memory.get_data_handle());
    }
};

/// What may differ from one run of a plan to the next.
struct PlanRun {
    const dnnl::stream& stream;
    quint64 seed = 0; ///< of the step
};

enum class Program {
    Prepare, ///< brings weights into the layouts of an inference plan
    Forward,
    Backward
};

/// Everything that is computed for batches of one size, decided once: primitives of oneDNN and
/// loops of our own in the order in which they run, with all their bytes placed in one arena. What
/// is no longer needed makes room for what comes later.
///
/// A plan is made by PlanBuilder in the thread, and with the number of threads, that runs it.
class Plan final {
public:
    using Instruction = std::function<void(const PlanRun&)>;

    /// Bytes that bind() wants, at a multiple of 64 bytes.
    [[nodiscard]] size_t arenaBytes() const { return m_arenaBytes; }
    [[nodiscard]] const std::byte* arena() const { return m_arena; }
    /// Lets the plan work in `arena`, which nothing else may use while it runs.
    void bind(std::byte* arena);

    void run(Program program, const PlanRun& run) const;

    /// The values of an input: float32, row-major with the channels second, read by the next
    /// forward and backward run.
    void setInput(size_t index, const float* values);
    /// What the last block gives, and what its gradient is wanted in (not set for inference);
    /// float32, row-major, channels second.
    [[nodiscard]] const PlanTensor& output() const { return m_output; }
    [[nodiscard]] const PlanTensor& outputGradient() const { return m_outputGradient; }
    /// Blocks that LibTorch computes, in the order of the graph.
    [[nodiscard]] const QList<qint64>& fallbacks() const { return m_fallbacks; }

private:
    friend class PlanBuilder;

    struct Place {
        dnnl::memory memory;
        int buffer = 0;
    };

    std::vector<Instruction> m_programs[3];
    std::vector<Place> m_places;
    std::vector<size_t> m_offsets; ///< by buffer
    std::vector<std::shared_ptr<std::byte>> m_kept;
    size_t m_arenaBytes = 0;
    std::byte* m_arena = nullptr;
    std::vector<std::vector<dnnl::memory>> m_inputs; ///< what reads each
    PlanTensor m_output;
    PlanTensor m_outputGradient;
    QList<qint64> m_fallbacks;
};

} // namespace espalier
