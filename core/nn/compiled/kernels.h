#pragma once

#include <QtGlobal>
#include <cstddef>
#include <cstdint>

namespace espalier {

/// Loops that the library has no primitive for, on all threads of OpenMP. What they give does not
/// depend on the number of threads.

/// The seed of one block's dropout in one step.
[[nodiscard]] quint64 dropoutSeed(quint64 step, quint64 block);

/// How a tensor lies in memory: N × blocks × places × block, where block × blocks are the channels,
/// rounded up. Channels second: blocks of 1; channels last: one block of all.
struct ChannelLayout {
    size_t channels = 1;
    size_t places = 1; ///< of an example: height × width
    size_t block = 1;

    [[nodiscard]] size_t blocks() const { return (channels + block - 1) / block; }
};

/// Sets values to 0 with probability `rate` and divides the others by 1 - rate. Which ones depends
/// on seed, example, channel and place, not on the layout: the way back drops the same, as does
/// another processor. `from` may be `to`.
void dropOut(const float* from, float* to, size_t count, const ChannelLayout& layout, quint64 seed,
             float rate);
/// Of bfloat16, the upper halves of floats.
void dropOut(const quint16* from, quint16* to, size_t count, const ChannelLayout& layout,
             quint64 seed, float rate);

/// Classes and numbers of a batch for softmaxCrossentropy().
struct SoftmaxBatch {
    const float* logits = nullptr;    ///< examples × width
    const int64_t* classes = nullptr; ///< by example
    const float* weights = nullptr;   ///< by example; null: all 1
    size_t examples = 0;
    size_t width = 0;
    double divisor = 1; ///< of the sum of the losses
};

/// The loss; probabilities and the gradient of the logits in `outputs` and `gradient`.
double softmaxCrossentropy(const SoftmaxBatch& batch, float* outputs, float* gradient);

/// Whether all are numbers, none infinite.
[[nodiscard]] bool allFinite(const float* values, size_t count);

} // namespace espalier
