#pragma once

#include "core/base/named_enum.h"

#include <QList>
#include <QMap>
#include <QString>
#include <span>

namespace espalier {

enum class Optimizer { Adam, AMSgrad, Adamax, Nadam, RMSprop, Adadelta, Adagrad, SGD };
[[nodiscard]] std::span<const EnumName<Optimizer>> enumNames(Optimizer);

struct OptimizerParameter {
    QString key;   ///< "beta_1"
    QString label; ///< "Beta 1"
    double defaultValue = 0;
    double minimum = 0;
    double maximum = 0;
    bool isSwitch = false; ///< 0 or 1, nothing between
};

/// One optimizer of the table; what it computes is in core/nn/torch.
struct OptimizerDescription {
    Optimizer optimizer;
    QList<OptimizerParameter> parameters; ///< "learning_rate" first
    [[nodiscard]] const OptimizerParameter* parameter(const QString& key) const;
};
[[nodiscard]] const OptimizerDescription& describeOptimizer(Optimizer optimizer);

/// A choice of optimizer; parameters that are not set have their defaults.
struct OptimizerSettings {
    Optimizer optimizer = Optimizer::Adam;
    QMap<QString, double> parameters;

    [[nodiscard]] double value(const QString& key) const;
    bool operator==(const OptimizerSettings&) const = default;
};

} // namespace espalier
