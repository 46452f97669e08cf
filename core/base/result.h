#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace espalier {

/// What kind of failure it is; decides the exit status and whether a retry makes sense.
enum class ErrorCode {
    InvalidInput, ///< what was given cannot be used; the message says what to give instead
    NotFound,
    Conflict,    ///< exists already, is locked, or is used by something else
    Unsupported, ///< a format or device that this build does not have
    Io,
    DiskFull,
    Network,
    Numeric, ///< a loss that is no number
    OutOfMemory,
    Cancelled, ///< somebody asked for it: not a failure to report
    Internal
};

/// A failure as a value. `message` is one sentence for a person: what failed, why, what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;

    bool operator==(const Error&) const = default;
};

/// What every operation returns that can fail for a reason outside the program.
template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// `return failure(ErrorCode::Io, sentence);` in a function that returns any Result.
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, QString message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Passes the failure of another Result on: `if (!r) return failureOf(r);`
template <typename T>
[[nodiscard]] tl::unexpected<Error> failureOf(const Result<T>& result)
{
    return tl::unexpected<Error>(result.error());
}

[[nodiscard]] inline tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled, QStringLiteral("Cancelled."));
}

} // namespace espalier
