#include "tests/core/nn/engine_agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

BlockNetwork::BlockNetwork(const QList<BlockChoice>& row, const QList<Shape>& shapes)
    : inputs(shapes)
{
    BlockId block = graph.addBlock(row.first().type, {}, row.first().parameters);
    for (qsizetype port = 0; port < shapes.size(); ++port)
        graph.connect({addStem(port), block, int(port)});
    for (const BlockChoice& choice : row.sliced(1)) {
        const BlockId next = graph.addBlock(choice.type, {}, choice.parameters);
        graph.connect({block, next});
        block = next;
    }
    const BlockId flatten = graph.addBlock(u"flatten"_s);
    const BlockId dense =
        graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 3}, {u"activation"_s, u"tanh"_s}});
    const BlockId target = graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    graph.connect({block, flatten});
    graph.connect({flatten, dense});
    graph.connect({dense, target});
    features.append({u"y"_s, Encoding::Numeric, {3}, {}});
}

Batch BlockNetwork::batch(qint64 size, quint64 seed) const
{
    Batch made{size, {}, {}};
    for (const Shape& shape : inputs)
        made.columns.push_back({shape, randomValues(size * shape.elementCount(), seed++), {}});
    made.columns.push_back({{3}, randomValues(size * 3, seed), {}});
    return made;
}

BlockId BlockNetwork::addStem(qsizetype port)
{
    const Shape& shape = inputs[port];
    const QString feature = u"x%1"_s.arg(port);
    features.append({feature, Encoding::Numeric, shape, {}});
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, feature}});
    const BlockId stem = graph.addBlock(
        u"dense"_s, {}, {{u"nodes"_s, shape.channels()}, {u"activation"_s, u"linear"_s}});
    graph.connect({input, stem});
    return stem;
}

ExecutorOptions optionsFor(Engine engine, Precision precision)
{
    ExecutorOptions options;
    options.engine = engine;
    options.precision = precision;
    options.threads = 1;
    options.optimizer.optimizer = Optimizer::SGD;
    return options;
}

std::unique_ptr<Executor> executorOf(const ModelGraph& graph,
                                     const QList<FeatureDescription>& features,
                                     const ExecutorOptions& options)
{
    auto executor = createExecutor(graph, features, options);
    if (!executor)
        qFatal("%s", qPrintable(executor.error().message));
    return std::move(*executor);
}

QList<NamedTensor> stateOf(const Executor& executor)
{
    return *executor.state();
}

QList<NamedTensor> randomized(QList<NamedTensor> state)
{
    quint64 seed = 77;
    for (NamedTensor& tensor : state) {
        if (tensor.type != TensorType::Float32 || tensor.name.startsWith(u"optimizer"_s))
            continue;
        const bool positive = tensor.name.endsWith(u"running_var"_s);
        Values values = randomValues(tensor.data.size() / qsizetype(sizeof(float)), ++seed);
        for (float& value : values)
            value = positive ? std::abs(value) + 0.1F : value * 0.5F;
        tensor.data = bytesOf(values);
    }
    return state;
}

QMap<QString, Values> gradientsOf(Executor& executor, const Batch& batch, double* loss)
{
    const QList<NamedTensor> before = stateOf(executor);
    const auto step = executor.trainStep(batch, 1, 5);
    *loss = std::numeric_limits<double>::quiet_NaN();
    if (!step) {
        qWarning("%s", qPrintable(step.error().message));
        return {};
    }
    *loss = step->loss;
    const QList<NamedTensor> after = stateOf(executor);
    QMap<QString, Values> gradients;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (before[i].type != TensorType::Float32)
            continue;
        Values change = floatsOf(before[i]);
        const Values now = floatsOf(after[i]);
        for (size_t k = 0; k < change.size(); ++k)
            change[k] -= now[k];
        gradients.insert(before[i].name, change);
    }
    return gradients;
}

QString firstDifference(const QMap<QString, Values>& expected, const QMap<QString, Values>& got,
                        double tolerance)
{
    double scale = 0;
    for (const Values& values : expected)
        for (const float value : values)
            scale = std::max(scale, std::abs(double(value)));
    for (auto it = expected.begin(); it != expected.end(); ++it)
        if (const double by = distance(it.value(), got.value(it.key()));
            !(by <= tolerance * std::max(scale, 1e-2)))
            return u"%1 by %2 of %3"_s.arg(it.key()).arg(by).arg(scale);
    return {};
}

double distanceInAll(const QMap<QString, Values>& expected, const QMap<QString, Values>& got)
{
    double apart = 0;
    double length = 0;
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const Values& other = *got.constFind(it.key());
        for (size_t i = 0; i < it->size(); ++i) {
            apart += std::pow(double((*it)[i]) - double(other[i]), 2);
            length += std::pow(double((*it)[i]), 2);
        }
    }
    return std::sqrt(apart / std::max(length, 1e-6));
}

double relativeDistance(const Values& left, const Values& right)
{
    double largest = 0;
    for (const float value : left)
        largest = std::max(largest, std::abs(double(value)));
    return distance(left, right) / std::max(largest, 1e-3);
}

} // namespace espalier
