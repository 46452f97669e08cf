#include "core/graph/blocks/parameter_specs.h"

#include "core/graph/activations.h"

using namespace Qt::StringLiterals;

namespace espalier {

ParameterSpec integerParameter(const QString& key, const QString& label, qint64 defaultValue,
                               qint64 minimum, qint64 maximum, const QString& help)
{
    return {key,          label,           help,           ParameterType::Integer,
            defaultValue, double(minimum), double(maximum)};
}

ParameterSpec realParameter(const QString& key, const QString& label, double defaultValue,
                            double minimum, double maximum, const QString& help)
{
    return {key, label, help, ParameterType::Real, defaultValue, minimum, maximum};
}

ParameterSpec booleanParameter(const QString& key, const QString& label, bool defaultValue,
                               const QString& help)
{
    return {key, label, help, ParameterType::Boolean, defaultValue};
}

ParameterSpec featureParameter(const QString& help)
{
    return {u"feature"_s, u"Feature"_s, help, ParameterType::Feature, QString()};
}

ParameterSpec activationParameter()
{
    return choiceParameter(u"activation"_s, u"Activation"_s, Activation::ReLU,
                           u"The function applied to every value that the block gives."_s);
}

ParameterSpec initializerParameter()
{
    return choiceParameter(u"initializer"_s, u"Initializer"_s, Initializer::GlorotUniform,
                           u"How the weights start."_s);
}

ParameterSpec biasParameter()
{
    return booleanParameter(u"use_bias"_s, u"Use bias"_s, true,
                            u"Whether a trained number is added to every output."_s);
}

ParameterSpec trainableParameter()
{
    return booleanParameter(u"trainable"_s, u"Trainable"_s, true,
                            u"Whether training changes the weights of the block."_s);
}

ParameterSpec epsilonParameter()
{
    return realParameter(u"epsilon"_s, u"Epsilon"_s, 0.001, 1e-12, 1,
                         u"Added to the variance, so that nothing is divided by zero."_s);
}

ParameterSpec windowParameter(const QString& key, const QString& label, qint64 defaultValue,
                              const QString& help)
{
    constexpr qint64 maximum = 1024;
    return integerParameter(key, label, defaultValue, 1, maximum, help);
}

QList<ParameterSpec> strideParameters(qint64 defaultValue)
{
    return {windowParameter(u"horizontal_stride"_s, u"Horizontal stride"_s, defaultValue,
                            u"How far the window moves to the right at a time."_s),
            windowParameter(u"vertical_stride"_s, u"Vertical stride"_s, defaultValue,
                            u"How far the window moves down at a time."_s)};
}

} // namespace espalier
