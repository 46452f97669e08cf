#include "tests/core/nn/block_bench.h"

#include "core/base/random.h"

#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// The block that is a matrix over the channels, by the rank of its input.
BlockId addStem(ModelGraph& graph, const Shape& shape)
{
    const ParameterValues linear{{u"activation"_s, u"linear"_s}, {u"use_bias"_s, false}};
    ParameterValues window = linear;
    window.insert(u"filters"_s, shape.channels());
    window.insert(u"width"_s, 1);
    if (shape.rank() == 3) {
        window.insert(u"height"_s, 1);
        return graph.addBlock(u"conv2d"_s, {}, window);
    }
    if (shape.rank() == 2)
        return graph.addBlock(u"conv1d"_s, {}, window);
    ParameterValues dense = linear;
    dense.insert(u"nodes"_s, shape.channels());
    return graph.addBlock(u"dense"_s, {}, dense);
}

} // namespace

BlockBench::BlockBench(const QString& type, const ParameterValues& parameters,
                       const QList<Shape>& inputs, Precision precision)
    : m_inputs(inputs)
{
    const QList<BlockId> stems = addInputs(inputs);
    m_block = m_graph.addBlock(type, {}, parameters);
    for (int port = 0; port < stems.size(); ++port)
        m_graph.connect({stems[port], m_block, port});
    const BlockId flatten = m_graph.addBlock(u"flatten"_s);
    const BlockId target = m_graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    m_graph.connect({m_block, flatten});
    m_graph.connect({flatten, target});

    m_output = analyzeGraph(m_graph, m_features).blocks.value(m_block).output;
    m_features.append({u"y"_s, Encoding::Numeric, {m_output.elementCount()}, {}});
    ExecutorOptions options;
    options.optimizer.optimizer = Optimizer::SGD;
    options.precision = precision;
    options.threads = 1;
    m_executor = makeExecutor(m_graph, m_features, options);
    setStemsToIdentity(stems);
}

QList<BlockId> BlockBench::addInputs(const QList<Shape>& inputs)
{
    QList<BlockId> stems;
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        const QString feature = u"x%1"_s.arg(i);
        m_features.append({feature, Encoding::Numeric, inputs[i], {}});
        const BlockId input = m_graph.addBlock(u"input"_s, {}, {{u"feature"_s, feature}});
        stems.append(addStem(m_graph, inputs[i]));
        m_graph.connect({input, stems.last()});
    }
    return stems;
}

void BlockBench::setStemsToIdentity(const QList<BlockId>& stems)
{
    for (qsizetype i = 0; i < stems.size(); ++i) {
        const auto size = size_t(m_inputs[i].channels());
        Values identity(size * size);
        for (size_t k = 0; k < size; ++k)
            identity[k * size + k] = 1;
        set(QString::number(stems[i].value()) + u".weight"_s, identity);
    }
}

QString BlockBench::nameOf(const QString& parameter) const
{
    return QString::number(m_block.value()) + u'.' + parameter;
}

Values BlockBench::get(const QString& name)
{
    const auto state = m_executor->state();
    for (const NamedTensor& tensor : *state)
        if (tensor.name == name)
            return floatsOf(tensor);
    return {};
}

void BlockBench::set(const QString& name, const Values& values)
{
    QList<NamedTensor> state = *m_executor->state();
    for (NamedTensor& tensor : state)
        if (tensor.name == name)
            tensor.data = bytesOf(values);
    if (const Status status = m_executor->setState(state, true); !status)
        qFatal("%s", qPrintable(status.error().message));
}

Batch BlockBench::batch(const QList<Values>& inputs, const Values& target) const
{
    Batch batch;
    batch.size = qint64(inputs.first().size()) / m_inputs.first().elementCount();
    for (qsizetype i = 0; i < inputs.size(); ++i)
        batch.columns.push_back({m_inputs[i], inputs[i], {}});
    const Values zeros(size_t(batch.size * m_output.elementCount()));
    batch.columns.push_back({{m_output.elementCount()}, target.empty() ? zeros : target, {}});
    return batch;
}

Values BlockBench::predict(const QList<Values>& inputs)
{
    const auto outputs = m_executor->predict(batch(inputs));
    if (!outputs)
        qFatal("%s", qPrintable(outputs.error().message));
    return outputs->values;
}

StepResult BlockBench::trainingPass(const QList<Values>& inputs, quint64 seed)
{
    const auto result = m_executor->trainStep(batch(inputs), 0, seed);
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return *result;
}

Values randomValues(qint64 count, quint64 seed)
{
    Random random(seed);
    Values values(static_cast<size_t>(count));
    for (float& value : values)
        value = float(random.uniform(-1, 1));
    return values;
}

double distance(const Values& left, const Values& right)
{
    if (left.size() != right.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (size_t i = 0; i < left.size(); ++i) {
        const double difference = std::abs(double(left[i]) - double(right[i]));
        if (std::isnan(difference))
            return std::numeric_limits<double>::infinity();
        largest = std::max(largest, difference);
    }
    return largest;
}

Values floatsOf(const NamedTensor& tensor)
{
    Values values(size_t(tensor.data.size()) / sizeof(float));
    std::memcpy(values.data(), tensor.data.constData(), values.size() * sizeof(float));
    return values;
}

QByteArray bytesOf(const Values& values)
{
    return {reinterpret_cast<const char*>(values.data()), qsizetype(values.size() * sizeof(float))};
}

Engine testedEngine()
{
    return enumFromName<Engine>(qEnvironmentVariable("ESPALIER_TEST_ENGINE"))
        .value_or(Engine::Reference);
}

std::unique_ptr<Executor> makeExecutor(const ModelGraph& graph,
                                       const QList<FeatureDescription>& features,
                                       const ExecutorOptions& options)
{
    ExecutorOptions chosen = options;
    chosen.engine = testedEngine();
    auto executor = createExecutor(graph, features, chosen);
    if (!executor)
        qFatal("%s", qPrintable(executor.error().message));
    return std::move(*executor);
}

} // namespace espalier
