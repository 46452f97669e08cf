#pragma once

#include "core/base/result.h"
#include "core/graph/graph_analysis.h"
#include "ui/modeling/inspector/form/form_field.h"

#include <QCoreApplication>
#include <QList>

namespace espalier {

/// The form of the selected blocks, derived from the parameters of their type.
class ParameterFields final {
    Q_DECLARE_TR_FUNCTIONS(espalier::ParameterFields)

public:
    /// Key of the field that renames a block; no parameter has it.
    static constexpr QStringView NameKey = u"#name";

    /// `blocks` are of one type and in the graph. One block has its name and what the analysis says
    /// of it as well; of several only what they share has a value.
    [[nodiscard]] static ParameterFields of(const ModelGraph& graph, const GraphAnalysis& analysis,
                                            const QList<FeatureDescription>& features,
                                            const QList<BlockId>& blocks);

    [[nodiscard]] const QList<FormField>& fields() const { return m_fields; }
    /// What the analysis says of the block and of no field in particular.
    [[nodiscard]] const QList<FieldNote>& notes() const { return m_notes; }

private:
    void addName(const Block& block);
    void addFields(const BlockType& type, const QList<Parameters>& values,
                   const QList<FeatureDescription>& features);
    void addNotes(const BlockType& type, const GraphAnalysis& analysis, BlockId block);
    void addWayBack(const BlockType& type, const ModelGraph& graph, const GraphAnalysis& analysis,
                    BlockId block);

    QList<FormField> m_fields;
    QList<FieldNote> m_notes;
};

/// Whether an Input or a Target can use a feature at all: what remains to be chosen (its loss)
/// counts for nothing.
[[nodiscard]] bool canUse(const BlockType& end, const FeatureDescription& feature);

/// Sets what was typed into a field for all `blocks`. An Error is the sentence under the field; the
/// graph is then as it was.
[[nodiscard]] Status applyField(ModelGraph& graph, const QList<BlockId>& blocks, const QString& key,
                                const QString& text);

} // namespace espalier
