#include "ui/modeling/inspector/block_output.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace espalier {

BlockOutput::BlockOutput(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::RowGap);
    column->addWidget(new TextLabel(tr("Output"), TextStyle::BodyStrong, Role::TextPrimary, this));
    m_shape = addRow(tr("Output shape"));
    m_shape->setFont(textFont(TextStyle::BodyStrong));
    m_parameters = addRow(tr("Parameters"));
    m_multiplyAdds = addRow(tr("Multiply-adds"));
    m_memory = addRow(tr("Memory per example"));
}

TextLabel* BlockOutput::addRow(const QString& label)
{
    auto* row = new QHBoxLayout;
    auto* value = new TextLabel({}, TextStyle::Body, Role::TextPrimary, this);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(label);
    row->addWidget(new TextLabel(label, TextStyle::Small, Role::TextSecondary, this));
    row->addStretch(1);
    row->addWidget(value);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    return value;
}

void BlockOutput::display(const QList<BlockAnalysis>& blocks)
{
    BlockCost sum;
    for (const BlockAnalysis& block : blocks) {
        sum.parameters += block.cost.parameters;
        sum.multiplyAdds += block.cost.multiplyAdds;
        sum.activationBytes += block.cost.activationBytes;
    }
    const bool same = !blocks.isEmpty() && std::ranges::all_of(blocks, [&](const auto& block) {
        return block.output == blocks.first().output;
    });
    m_shape->setText(same ? blocks.first().output.toString() : tr("Different"));
    // What a block costs is not known before its shape is.
    const bool known = std::ranges::none_of(
        blocks, [](const BlockAnalysis& block) { return block.output.isEmpty(); });
    const QString unknown = Shape().toString();
    m_parameters->setText(known ? countText(sum.parameters) : unknown);
    m_multiplyAdds->setText(known ? countText(sum.multiplyAdds) : unknown);
    m_memory->setText(known ? bytesText(double(sum.activationBytes)) : unknown);
}

} // namespace espalier
