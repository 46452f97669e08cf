#pragma once

#include <algorithm>
#include <cstdint>

namespace espalier {

/// How much of the running statistics of a batch normalization step `steps` (from 0) leaves: less
/// at first, so that they reach the data within an epoch of few steps (the rule of TensorFlow's
/// ExponentialMovingAverage with num_updates).
inline double keptShare(double momentum, int64_t steps)
{
    const double done = std::max(double(steps), 0.0); // states come from files
    return std::min(momentum, (1 + done) / (10 + done));
}

} // namespace espalier
