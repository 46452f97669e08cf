#pragma once

#include "core/base/random.h"
#include "core/nn/executor.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <optional>
#include <vector>

namespace espalier::testing {

/// Logistic regression with momentum on the first column of a batch, one output per class of two:
/// everything that a training loop relies on (state, seeds, order of the batches changes the bits),
/// without LibTorch. `fault` may replace the result of any step.
class ToyExecutor final : public Executor {
public:
    struct Call {
        quint64 seed = 0;
        double rate = 0;
        qint64 size = 0;
    };

    std::function<std::optional<Result<double>>(int call)> trainFault;
    std::function<std::optional<Result<double>>(int call)> evaluateFault;
    std::vector<Call> trainCalls;
    std::vector<qint64> evaluateSizes;

    QString engine() const override { return QStringLiteral("toy"); }
    Device device() const override { return Device::Cpu; }
    int threads() const override { return 1; }
    qint64 parameterCount() const override { return 3; }
    ImageLayout inputLayout() const override { return ImageLayout::ChannelsFirst; }

    Result<StepResult> trainStep(const Batch& batch, double rate, quint64 seed) override
    {
        trainCalls.push_back({seed, rate, batch.size});
        if (trainFault)
            if (auto fault = trainFault(int(trainCalls.size())))
                return faulty(*fault, batch);
        StepResult result = forward(batch);
        update(batch, result.outputs, rate, seed);
        return result;
    }

    Result<StepResult> evaluate(const Batch& batch) override
    {
        evaluateSizes.push_back(batch.size);
        if (evaluateFault)
            if (auto fault = evaluateFault(int(evaluateSizes.size())))
                return faulty(*fault, batch);
        return forward(batch);
    }

    Result<Outputs> predict(const Batch& batch) override { return forward(batch).outputs; }

    Result<QList<NamedTensor>> state() const override
    {
        return QList{tensor(QStringLiteral("weights"), m_weights),
                     tensor(QStringLiteral("optimizer.momentum"), m_momentum)};
    }

    Status setState(const QList<NamedTensor>& tensors, bool withOptimizer) override
    {
        std::memcpy(m_weights, tensors.at(0).data.constData(), sizeof m_weights);
        if (withOptimizer)
            std::memcpy(m_momentum, tensors.at(1).data.constData(), sizeof m_momentum);
        return {};
    }

private:
    static NamedTensor tensor(const QString& name, const float (&values)[3])
    {
        return {name,
                TensorType::Float32,
                {3},
                QByteArray(reinterpret_cast<const char*>(values), sizeof values)};
    }

    static Result<StepResult> faulty(const Result<double>& loss, const Batch& batch)
    {
        if (!loss)
            return failureOf(loss);
        return StepResult{*loss, {batch.size, 2, std::vector<float>(size_t(batch.size) * 2)}, {}};
    }

    StepResult forward(const Batch& batch) const
    {
        StepResult result{0, {batch.size, 2, {}}, {}};
        for (size_t row = 0; row < size_t(batch.size); ++row) {
            const float* x = &batch.columns[0].values[row * 2];
            const float p =
                1 / (1 + std::exp(-(m_weights[0] * x[0] + m_weights[1] * x[1] + m_weights[2])));
            const float right = batch.columns[1].classes[row] == 1 ? p : 1 - p;
            result.losses.push_back(-std::log(std::max(right, 1e-6F)));
            result.loss += double(result.losses.back()) / double(batch.size);
            result.outputs.values.insert(result.outputs.values.end(), {1 - p, p});
        }
        return result;
    }

    void update(const Batch& batch, const Outputs& outputs, double rate, quint64 seed)
    {
        Random random(seed);
        float gradient[3] = {float(random.uniform(-1e-3, 1e-3)), 0, 0};
        for (size_t row = 0; row < size_t(batch.size); ++row) {
            const float* x = &batch.columns[0].values[row * 2];
            const float error =
                (outputs.values[row * 2 + 1] - float(batch.columns[1].classes[row])) /
                float(batch.size);
            gradient[0] += error * x[0];
            gradient[1] += error * x[1];
            gradient[2] += error;
        }
        for (int i = 0; i < 3; ++i) {
            m_momentum[i] = 0.5F * m_momentum[i] + gradient[i];
            m_weights[i] -= float(rate) * m_momentum[i];
        }
    }

    float m_weights[3] = {};
    float m_momentum[3] = {};
};

} // namespace espalier::testing
