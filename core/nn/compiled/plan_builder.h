#pragma once

#include "core/nn/compiled/buffer_layout.h"
#include "core/nn/compiled/plan.h"

#include <map>
#include <unordered_map>

namespace espalier {

enum class PlanMode { Training, Inference };

/// Writes the instructions of a plan one after the other, and notes from where to where each
/// tensor is needed.
///
/// dnnl::error where the library has no such primitive.
class PlanBuilder final {
public:
    using Desc = dnnl::memory::desc;
    using DataType = dnnl::memory::data_type;

    /// `type` is that of what flows between the blocks.
    PlanBuilder(const dnnl::engine& engine, PlanMode mode, DataType type);

    [[nodiscard]] const dnnl::engine& engine() const { return m_engine; }
    [[nodiscard]] bool training() const { return m_mode == PlanMode::Training; }
    [[nodiscard]] DataType type() const { return m_type; }

    /// What is added from here on belongs to this program.
    void select(Program program) { m_program = program; }
    /// How many instructions there are: equal numbers mean that nothing was added.
    [[nodiscard]] int instructions() const { return m_now; }

    /// A new tensor. Its bytes are undefined before something writes it.
    [[nodiscard]] PlanTensor create(const Desc& desc);
    /// The same bytes read in another way.
    [[nodiscard]] PlanTensor alias(const PlanTensor& tensor, const Desc& desc);
    /// Bytes that stay where they are and outlive the plan, or that are set before each run.
    [[nodiscard]] PlanTensor outside(const Desc& desc, void* data) const;
    /// Bytes that the plan keeps from run to run.
    [[nodiscard]] PlanTensor kept(const Desc& desc);
    /// `tensor` in the layout and type of `desc`: itself, or what a reorder gives.
    [[nodiscard]] PlanTensor as(const PlanTensor& tensor, const Desc& desc);
    /// Writes `from` into `to`, which may differ in layout and type.
    void copy(const PlanTensor& from, const PlanTensor& to);
    /// The values of each example in their order (channels second) with other sizes.
    [[nodiscard]] PlanTensor reshaped(const PlanTensor& tensor, const dnnl::memory::dims& dims);
    /// Weights in the layout that a primitive wants: reordered in each step of a training, once
    /// after each change for inference.
    [[nodiscard]] PlanTensor prepared(const PlanTensor& weights, const Desc& desc);

    /// What follows from weights, written by `write` once after each change. For inference.
    [[nodiscard]] PlanTensor derived(const Desc& desc, std::function<void(float*)> write);

    using Arguments = std::unordered_map<int, PlanTensor>;
    void add(const dnnl::primitive& primitive, const Arguments& arguments);
    /// A loop of our own, with all tensors that it reads or writes.
    void add(const std::vector<PlanTensor>& touched, Plan::Instruction instruction);

    [[nodiscard]] PlanTensor addInput(const Desc& desc);
    void setOutput(const PlanTensor& output, const PlanTensor& gradient);
    void addFallback(qint64 block) { m_plan->m_fallbacks.append(block); }

    /// The plan; the builder is used up.
    [[nodiscard]] std::unique_ptr<Plan> finish();

private:
    void touch(const PlanTensor& tensor);

    dnnl::engine m_engine;
    PlanMode m_mode;
    DataType m_type;
    std::unique_ptr<Plan> m_plan = std::make_unique<Plan>();
    std::vector<BufferSpan> m_buffers;
    Program m_program = Program::Forward;
    int m_now = 0;
    /// Weights that are prepared already, by address; in training they are by program.
    std::multimap<std::pair<void*, Program>, PlanTensor> m_prepared;
};

/// Row-major with the channels second, or last.
[[nodiscard]] dnnl::memory::desc plainDesc(const dnnl::memory::dims& dims,
                                           dnnl::memory::data_type type);
[[nodiscard]] dnnl::memory::desc channelsLastDesc(const dnnl::memory::dims& dims,
                                                  dnnl::memory::data_type type);
/// Any layout that the primitive likes best.
[[nodiscard]] dnnl::memory::desc anyDesc(const dnnl::memory::dims& dims,
                                         dnnl::memory::data_type type);

} // namespace espalier
