#pragma once

#include "core/base/named_enum.h"

#include <span>

namespace espalier {

enum class Activation { Linear, ReLU, Swish, Sigmoid, Softmax, TanH, GELU, ELU, LeakyReLU };
[[nodiscard]] std::span<const EnumName<Activation>> enumNames(Activation);

/// How weights start: limits and deviations from fan in and fan out (Glorot and Bengio 2010,
/// He et al. 2015).
enum class Initializer {
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LecunUniform,
    LecunNormal,
    Zeros,
    Ones
};
[[nodiscard]] std::span<const EnumName<Initializer>> enumNames(Initializer);

enum class Padding { Same, Valid };
[[nodiscard]] std::span<const EnumName<Padding>> enumNames(Padding);

enum class Interpolation { Nearest, Bilinear };
[[nodiscard]] std::span<const EnumName<Interpolation>> enumNames(Interpolation);

} // namespace espalier
