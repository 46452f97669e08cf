#pragma once

#include "core/base/named_enum.h"
#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/graph/model_graph.h"

#include <QList>
#include <QString>
#include <QVariant>
#include <functional>
#include <span>

namespace espalier {

enum class BlockGroup { Ends, Dense, Convolution, Pooling, Normalization, Merge };
[[nodiscard]] std::span<const EnumName<BlockGroup>> enumNames(BlockGroup);

enum class ParameterType { Integer, Real, Boolean, Choice, Feature, Shape };
[[nodiscard]] std::span<const EnumName<ParameterType>> enumNames(ParameterType);

struct ParameterChoice {
    QString key;   ///< "same"
    QString label; ///< "Same"
};

/// One parameter of a block type: form, command line, JSON and checks are derived from it.
struct ParameterSpec {
    QString key;   ///< "horizontal_stride"
    QString label; ///< "Horizontal stride"
    QString help;  ///< one sentence
    ParameterType type = ParameterType::Integer;
    /// Integer: qlonglong, Real: double, Boolean: bool, Choice: QString key, Feature: QString name
    /// (empty: none chosen), Shape: QString "7×7×64" (also with x).
    QVariant defaultValue;
    double minimum = 0; ///< of numbers, inclusive
    double maximum = 0;
    QList<ParameterChoice> choices{};
    /// Whether the value follows from the graph while a person has not set it (Nodes of the last
    /// Dense block).
    bool follows = false;
    QString unit{}; ///< of numbers, as written behind them: " %", "°"

    /// The value in its type, or an Error that names the parameter and what it takes. Accepts text:
    /// "64", "on", the key or label of a choice, "7x7x64".
    [[nodiscard]] Result<QVariant> normalized(const QVariant& value) const;
    [[nodiscard]] QString toText(const QVariant& value) const;
};

/// What a block costs for one example.
struct BlockCost {
    qint64 parameters = 0;      ///< trainable weights
    qint64 multiplyAdds = 0;    ///< of one forward pass
    qint64 activationBytes = 0; ///< of the output in float32

    bool operator==(const BlockCost&) const = default;
};

/// The parameters of one block with the defaults filled in. A key that its type does not have
/// reads as 0, false, empty.
class Parameters {
public:
    explicit Parameters(QMap<QString, QVariant> values)
        : m_values(std::move(values))
    {
    }

    [[nodiscard]] qint64 integer(const QString& key) const;
    [[nodiscard]] double real(const QString& key) const;
    [[nodiscard]] bool flag(const QString& key) const;
    [[nodiscard]] QString text(const QString& key) const; ///< of Choice and Feature
    [[nodiscard]] Shape shape(const QString& key) const;
    [[nodiscard]] const QMap<QString, QVariant>& values() const { return m_values; }
    void set(const QString& key, const QVariant& value) { m_values.insert(key, value); }

private:
    QMap<QString, QVariant> m_values;
};

/// One type of block. Everything but how it computes (core/nn) is here.
struct BlockType {
    QString key;  ///< "conv2d"
    QString name; ///< "2D Convolution"
    QString help; ///< one or two sentences
    BlockGroup group = BlockGroup::Dense;
    QList<ParameterSpec> parameters{};
    int minimumInputs = 1;
    int maximumInputs = 1; ///< -1: any number
    bool hasOutput = true;
    /// Gives the values of its input on, perhaps fewer or elsewhere (Flatten, Dropout, pooling):
    /// the activation before it shows through.
    bool keepsValues = false;
    /// Gives as many values as it gets: the nodes of a Dense block before it can follow a Target.
    bool keepsCount = false;
    /// Output shape of one example, or an Error such as "needs H×W×C, got 128". Input: its
    /// argument is the shape of the feature alone.
    std::function<Result<Shape>(const QList<Shape>& inputs, const Parameters&)> shape;
    std::function<BlockCost(const QList<Shape>& inputs, const Shape& output, const Parameters&)>
        cost;
    /// "32 filters · 3×3 · ReLU": the second line of the block on the canvas.
    std::function<QString(const Parameters&)> summary;

    [[nodiscard]] const ParameterSpec* parameter(const QString& key) const;
};

/// All types in the order in which they are shown; made once, immutable, any thread.
[[nodiscard]] const QList<BlockType>& blockTypes();
/// Null when there is no such type.
[[nodiscard]] const BlockType* blockType(const QString& key);

/// The values of a block with defaults where it sets none, or none that its type takes. Unknown
/// keys are left out.
[[nodiscard]] Parameters parametersOf(const Block& block, const BlockType& type);

/// Sets a parameter from text ("nodes", "10"; empty takes it back to its default); the Error names
/// what the block type takes.
[[nodiscard]] Status setParameterFromText(ModelGraph& graph, BlockId block, const QString& key,
                                          const QString& text);

} // namespace espalier
