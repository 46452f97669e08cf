#include "core/nn/torch/torch_errors.h"

#include <c10/util/Exception.h>
#include <exception>
#include <new>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// c10 has no exception of its own for it; the words of its allocators by platform.
bool isOutOfMemory(const QString& reason)
{
    return reason.contains("allocate memory"_L1) || reason.contains("not enough memory"_L1) ||
           reason.contains("out of memory"_L1);
}

Error outOfMemory(const QString& action)
{
    return {ErrorCode::OutOfMemory,
            u"Could not %1: there is not enough memory. Choose smaller batches or a smaller "
            "model."_s.arg(action)};
}

Error internal(const QString& action, const QString& reason)
{
    return {ErrorCode::Internal,
            u"Could not %1: %2"_s.arg(action, reason.section(u'\n', 0, 0).trimmed())};
}

} // namespace

Error currentException(const QString& action)
{
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return outOfMemory(action);
    } catch (const c10::Error& error) {
        const QString reason = QString::fromUtf8(error.what_without_backtrace());
        return isOutOfMemory(reason) ? outOfMemory(action) : internal(action, reason);
    } catch (const std::exception& error) {
        return internal(action, QString::fromUtf8(error.what()));
    } catch (...) {
        return internal(action, u"an unknown failure."_s);
    }
}

} // namespace espalier
