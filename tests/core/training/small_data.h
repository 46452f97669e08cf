#pragma once

#include "core/base/random.h"
#include "core/dataset/dataset.h"
#include "core/dataset/store/packed_store_writer.h"
#include "core/graph/model_graph.h"

#include <QString>
#include <limits>
#include <memory>
#include <stdexcept>
#include <vector>

namespace espalier::testing {

using namespace Qt::StringLiterals;

/// The value, or an exception with the sentence of the Error: helpers have nobody to ask.
template <typename T>
T need(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message.toStdString());
    return std::move(*result);
}

inline void need(const Status& status)
{
    if (!status)
        throw std::runtime_error(status.error().message.toStdString());
}

template <typename T>
std::span<const std::byte> bytesOf(const std::vector<T>& values)
{
    return std::as_bytes(std::span(values));
}

/// Two blobs in the plane, around (-1, -1) and (1, 1): "x" is the place, "kind" the blob ("left",
/// "right"; twice as many left), "price" a linear function of the place, in the hundreds. Subsets
/// Training and Validation (a third), and Nothing without a row. The price of every
/// `missing`-th row is not known.
inline std::shared_ptr<const Dataset> makeBlobs(const QString& folder, int rows = 240,
                                                int missing = 0)
{
    auto writer = need(PackedStoreWriter::create(folder));
    const int x = need(writer->addColumn(
        {u"x"_s, StorageKind::Tensor, ElementType::Float32, {2}, Encoding::Numeric, {}}));
    const int kind = need(writer->addColumn({u"kind"_s,
                                             StorageKind::Dictionary,
                                             ElementType::Float64,
                                             {1},
                                             Encoding::Categorical,
                                             {}}));
    const int price = need(writer->addColumn(
        {u"price"_s, StorageKind::Tensor, ElementType::Float64, {1}, Encoding::Numeric, {}}));
    Random random(3);
    for (int row = 0; row < rows; ++row) {
        const bool right = row % 3 == 0;
        const double center = right ? 1 : -1;
        const std::vector<float> place = {float(center + 0.4 * random.normal()),
                                          float(center + 0.4 * random.normal())};
        need(writer->appendTensor(x, bytesOf(place)));
        need(writer->appendText(kind, right ? u"right"_s : u"left"_s));
        std::vector<double> value = {500.0 + 100.0 * double(place[0]) - 50.0 * double(place[1])};
        if (missing > 0 && row % missing == missing - 1)
            value[0] = std::numeric_limits<double>::quiet_NaN();
        need(writer->appendTensor(price, bytesOf(value)));
    }
    const SourceManifest manifest = need(writer->finish(u"blobs"_s));
    DatasetSettings settings = defaultSettings(manifest);
    settings.subsets = {
        {u"Training"_s, {}, RandomFilter{1, FromEnd::Start, 200.0 / 3}},
        {u"Validation"_s, {}, RandomFilter{1, FromEnd::End, 100.0 / 3}},
        {u"Nothing"_s, ConditionFilter{u"kind"_s, Comparison::Equal, u"above"_s}, {}}};
    return need(Dataset::open(need(PackedStore::open(writer->folder())), settings));
}

/// The same data with "kind" as a Binary feature whose positive class is "right".
inline std::shared_ptr<const Dataset> withBinaryKind(const std::shared_ptr<const Dataset>& dataset)
{
    DatasetSettings settings = dataset->settings();
    FeatureSettings& kind = settings.features[settings.featureIndex(u"kind"_s)];
    kind.encoding = Encoding::Binary;
    kind.positiveClass = u"right"_s;
    return need(Dataset::open(need(PackedStore::open(dataset->store().folder())), settings));
}

/// Input x → Dense (hidden, ReLU) → Dense (activation) → Target.
inline ModelGraph makeNetwork(const QString& target, const QString& loss, const QString& activation,
                              int hidden = 8)
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
    const BlockId first = graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, hidden}});
    const BlockId last = graph.addBlock(u"dense"_s, {}, {{u"activation"_s, activation}});
    const BlockId end =
        graph.addBlock(u"target"_s, {}, {{u"feature"_s, target}, {u"loss"_s, loss}});
    graph.connect({input, first, 0});
    graph.connect({first, last, 0});
    graph.connect({last, end, 0});
    return graph;
}

inline ModelGraph classNetwork()
{
    return makeNetwork(u"kind"_s, u"categorical_crossentropy"_s, u"softmax"_s);
}

} // namespace espalier::testing
