#pragma once

#include "core/nn/compiled/plan_builder.h"

namespace espalier {

class Network;

struct PlanRequest {
    qint64 batch = 1;
    PlanMode mode = PlanMode::Inference;
    bool bfloat16 = false; ///< between the blocks; weights, statistics and gradients of weights in
                           ///< float32
    bool operator==(const PlanRequest&) const = default;
};

/// The plan of a network for batches of one size. It reads the weights of the network where they
/// are and writes their gradients into `gradient`, placed like Network::weights(); both must
/// outlive it, and `engine` is that of the stream it runs in. A block that the library has nothing
/// for is computed by LibTorch in its place.
///
/// dnnl::error and std::bad_alloc.
[[nodiscard]] std::unique_ptr<Plan> makePlan(const dnnl::engine& engine, const Network& network,
                                             float* gradient, const PlanRequest& request);

} // namespace espalier
