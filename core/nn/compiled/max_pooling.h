#pragma once

#include <QtGlobal>
#include <cstddef>
#include <cstdint>

namespace espalier {

/// The windows of a pooling along one axis. What of them lies outside of the source does not count.
struct PoolingAxis {
    size_t sources = 1;
    size_t results = 1;
    size_t size = 1; ///< of a window
    size_t stride = 1;
    size_t before = 0; ///< how much of the first window lies before the source
};

/// A maximum pooling for training whose windows do not overlap, over tensors in blocks of channels
/// (planes × vertical × horizontal × block). The library's kernel takes two to five times as long:
/// see README.md. On all threads of OpenMP; the results do not depend on their number.
struct MaxPooling {
    size_t planes = 1; ///< examples × blocks of channels
    size_t block = 16; ///< 8, or a multiple of 16: all channels where they come last
    PoolingAxis vertical;
    PoolingAxis horizontal;

    /// Whether windows keep apart, are not empty, and a place in one is told by a byte.
    [[nodiscard]] bool isPossible() const;
};

/// The largest value of each window, and where in the window it is (the first one, row by row).
void poolMaxima(const MaxPooling& pooling, const float* x, float* y, uint8_t* places);
/// Of bfloat16, the upper halves of floats.
void poolMaxima(const MaxPooling& pooling, const quint16* x, quint16* y, uint8_t* places);

/// The way back: each gradient goes where the largest value was, all others are 0.
void spreadToMaxima(const MaxPooling& pooling, const float* y, const uint8_t* places, float* x);
void spreadToMaxima(const MaxPooling& pooling, const quint16* y, const uint8_t* places, quint16* x);

} // namespace espalier
