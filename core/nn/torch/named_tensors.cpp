#include "core/nn/torch/named_tensors.h"

#include "core/base/shape.h"

#include <ATen/ops/empty.h>
#include <QHash>
#include <cstring>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

static_assert(Q_BYTE_ORDER == Q_LITTLE_ENDIAN, "states hold the bytes of tensors as they are");

NamedTensor copyOf(const TensorSlot& slot)
{
    const at::Tensor local = slot.tensor.detach().cpu().contiguous();
    const bool whole = local.scalar_type() == at::kLong;
    return {slot.name, whole ? TensorType::Int64 : TensorType::Float32,
            QList<qint64>(local.sizes().begin(), local.sizes().end()),
            QByteArray(static_cast<const char*>(local.data_ptr()),
                       static_cast<qsizetype>(local.nbytes()))};
}

QString describe(const QList<qint64>& sizes)
{
    return sizes.isEmpty() ? u"one number"_s : Shape(sizes).toString();
}

Status checkFit(const TensorSlot& slot, const NamedTensor* tensor)
{
    const QList<qint64> sizes(slot.tensor.sizes().begin(), slot.tensor.sizes().end());
    if (!tensor)
        return failure(ErrorCode::InvalidInput,
                       u"The weights do not fit the model: '%1' is missing."_s.arg(slot.name));
    const bool whole = slot.tensor.scalar_type() == at::kLong;
    const bool sameType = whole == (tensor->type == TensorType::Int64);
    if (!sameType || tensor->sizes != sizes ||
        tensor->data.size() != static_cast<qsizetype>(slot.tensor.nbytes()))
        return failure(ErrorCode::InvalidInput,
                       u"The weights do not fit the model: '%1' is %2, but the model has %3."_s.arg(
                           slot.name, describe(tensor->sizes), describe(sizes)));
    return {};
}

void assign(const TensorSlot& slot, const NamedTensor& tensor)
{
    const at::Tensor local =
        at::empty(slot.tensor.sizes(), at::TensorOptions(slot.tensor.scalar_type()));
    if (!tensor.data.isEmpty())
        std::memcpy(local.data_ptr(), tensor.data.constData(),
                    static_cast<size_t>(tensor.data.size()));
    slot.tensor.copy_(local);
}

} // namespace

QList<NamedTensor> copyTensors(const std::vector<TensorSlot>& slots)
{
    QList<NamedTensor> copies;
    copies.reserve(static_cast<qsizetype>(slots.size()));
    for (const TensorSlot& slot : slots)
        copies.append(copyOf(slot));
    return copies;
}

Status assignTensors(const std::vector<TensorSlot>& slots, const QList<NamedTensor>& tensors)
{
    QHash<QString, const NamedTensor*> byName;
    for (const NamedTensor& tensor : tensors)
        byName.insert(tensor.name, &tensor);
    for (const TensorSlot& slot : slots)
        if (const Status fit = checkFit(slot, byName.value(slot.name)); !fit)
            return fit;
    if (byName.size() > static_cast<qsizetype>(slots.size())) {
        for (const TensorSlot& slot : slots)
            byName.remove(slot.name);
        return failure(
            ErrorCode::InvalidInput,
            u"The weights do not fit the model: it has no '%1'."_s.arg(byName.constBegin().key()));
    }
    for (const TensorSlot& slot : slots)
        assign(slot, *byName.value(slot.name));
    return {};
}

} // namespace espalier
