#pragma once

#include "core/base/result.h"

#include <QString>

namespace espalier {

/// The Error for the exception that is being handled: OutOfMemory or Internal. `action` completes
/// "Could not ...".
[[nodiscard]] Error currentException(const QString& action);

/// Runs what may throw and must return a Result.
template <typename Function>
auto guarded(const QString& action, Function&& function) -> decltype(function())
{
    try {
        return function();
    } catch (...) {
        return tl::unexpected<Error>(currentException(action));
    }
}

} // namespace espalier
