#include "core/nn/optimizers.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double AlmostOne = 0.999999;

OptimizerParameter learningRate(double defaultValue)
{
    return {u"learning_rate"_s, u"Learning rate"_s, defaultValue, 0, 10};
}

OptimizerParameter share(const QString& key, const QString& label, double defaultValue)
{
    return {key, label, defaultValue, 0, AlmostOne};
}

OptimizerParameter epsilon()
{
    return {u"epsilon"_s, u"Epsilon"_s, 1e-7, 1e-12, 1};
}

QList<OptimizerParameter> adamParameters(double rate)
{
    return {learningRate(rate), share(u"beta_1"_s, u"Beta 1"_s, 0.9),
            share(u"beta_2"_s, u"Beta 2"_s, 0.999), epsilon()};
}

QList<OptimizerParameter> rhoParameters(double rate, double rho)
{
    return {learningRate(rate), share(u"rho"_s, u"Rho"_s, rho), epsilon()};
}

QList<OptimizerParameter> sgdParameters()
{
    return {learningRate(0.01),
            share(u"momentum"_s, u"Momentum"_s, 0),
            {u"nesterov"_s, u"Nesterov"_s, 0, 0, 1, true}};
}

const QList<OptimizerDescription>& descriptions()
{
    static const QList<OptimizerDescription> table = {
        {Optimizer::Adam, adamParameters(0.001)},
        {Optimizer::AMSgrad, adamParameters(0.001)},
        {Optimizer::Adamax, adamParameters(0.002)},
        {Optimizer::Nadam, adamParameters(0.001)},
        {Optimizer::RMSprop, rhoParameters(0.001, 0.9)},
        {Optimizer::Adadelta, rhoParameters(1.0, 0.95)},
        {Optimizer::Adagrad, {learningRate(0.01), epsilon()}},
        {Optimizer::SGD, sgdParameters()},
    };
    return table;
}

} // namespace

std::span<const EnumName<Optimizer>> enumNames(Optimizer)
{
    static constexpr std::array<EnumName<Optimizer>, 8> names{{
        {Optimizer::Adam, u"adam", u"Adam"},
        {Optimizer::AMSgrad, u"amsgrad", u"AMSgrad"},
        {Optimizer::Adamax, u"adamax", u"Adamax"},
        {Optimizer::Nadam, u"nadam", u"Nadam"},
        {Optimizer::RMSprop, u"rmsprop", u"RMSprop"},
        {Optimizer::Adadelta, u"adadelta", u"Adadelta"},
        {Optimizer::Adagrad, u"adagrad", u"Adagrad"},
        {Optimizer::SGD, u"sgd", u"Stochastic gradient descent"},
    }};
    return names;
}

const OptimizerParameter* OptimizerDescription::parameter(const QString& key) const
{
    const auto found = std::ranges::find(parameters, key, &OptimizerParameter::key);
    return found == parameters.end() ? nullptr : &*found;
}

const OptimizerDescription& describeOptimizer(Optimizer optimizer)
{
    return *std::ranges::find(descriptions(), optimizer, &OptimizerDescription::optimizer);
}

double OptimizerSettings::value(const QString& key) const
{
    if (const auto set = parameters.constFind(key); set != parameters.constEnd())
        return *set;
    const OptimizerParameter* parameter = describeOptimizer(optimizer).parameter(key);
    return parameter ? parameter->defaultValue : 0;
}

} // namespace espalier
