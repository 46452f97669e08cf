#pragma once

#include "core/base/named_enum.h"
#include "core/graph/block_catalogue.h"

/// The parameters that several families of blocks share.
namespace espalier {

[[nodiscard]] ParameterSpec integerParameter(const QString& key, const QString& label,
                                             qint64 defaultValue, qint64 minimum, qint64 maximum,
                                             const QString& help);
[[nodiscard]] ParameterSpec realParameter(const QString& key, const QString& label,
                                          double defaultValue, double minimum, double maximum,
                                          const QString& help);
[[nodiscard]] ParameterSpec booleanParameter(const QString& key, const QString& label,
                                             bool defaultValue, const QString& help);
[[nodiscard]] ParameterSpec featureParameter(const QString& help);

template <typename E>
[[nodiscard]] ParameterSpec choiceParameter(const QString& key, const QString& label,
                                            E defaultValue, const QString& help)
{
    ParameterSpec spec{key, label, help, ParameterType::Choice, enumKey(defaultValue)};
    for (const auto& name : enumNames(E{}))
        spec.choices.append({QString::fromUtf16(name.key), QString::fromUtf16(name.label)});
    return spec;
}

[[nodiscard]] ParameterSpec activationParameter();
[[nodiscard]] ParameterSpec initializerParameter();
[[nodiscard]] ParameterSpec biasParameter();
[[nodiscard]] ParameterSpec trainableParameter();
[[nodiscard]] ParameterSpec epsilonParameter();
/// One side of a window, or a step of it.
[[nodiscard]] ParameterSpec windowParameter(const QString& key, const QString& label,
                                            qint64 defaultValue, const QString& help);
/// horizontal_stride and vertical_stride.
[[nodiscard]] QList<ParameterSpec> strideParameters(qint64 defaultValue);

/// "ReLU": the label of a Choice that holds a key of an enumeration.
template <typename E>
[[nodiscard]] QString labelOf(const QString& key)
{
    const auto value = enumFromName<E>(key);
    return value ? enumLabel(*value) : key;
}

} // namespace espalier
