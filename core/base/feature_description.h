#pragma once

#include "core/base/named_enum.h"
#include "core/base/shape.h"

#include <QStringList>
#include <span>

namespace espalier {

/// How a feature enters a network.
enum class Encoding { Numeric, Image, Categorical, Binary, Text };
[[nodiscard]] std::span<const EnumName<Encoding>> enumNames(Encoding);

/// What a graph needs to know of one feature of a dataset version; a value without data.
struct FeatureDescription {
    QString name;
    Encoding encoding = Encoding::Numeric;
    /// Shape that an Input gives and a Target wants: H×W×C, {classes}, {1} for Binary and for a
    /// single number. Empty when the feature cannot be fed to a network (Text).
    Shape shape;
    /// Names of the classes in order of their index; only for Categorical and Binary
    /// (Binary: negative, positive).
    QStringList classes;

    bool operator==(const FeatureDescription&) const = default;
};

} // namespace espalier
