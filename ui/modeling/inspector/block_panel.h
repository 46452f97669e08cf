#pragma once

#include "core/graph/model_graph.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace espalier {

class BlockHeader;
class BlockOutput;
class ExperimentDocument;
class TextLabel;
class ValueForm;
struct FieldNote;

/// The Block tab: parameters of the selected blocks and what follows from them. Several of one type
/// are edited together; of others it lists the names, and a click selects one.
class BlockPanel final : public QWidget {
    Q_OBJECT

public:
    explicit BlockPanel(QWidget* parent = nullptr);

    void setDocument(ExperimentDocument* document);
    void setSelection(const QList<BlockId>& blocks);

Q_SIGNALS:
    void selectBlockRequested(espalier::BlockId block);

private:
    [[nodiscard]] QWidget* createForm();
    [[nodiscard]] QWidget* createList();
    void refresh();
    void showBlocks();
    void showList();
    void showNotes(const QList<FieldNote>& notes);
    void edit(const QString& key, const QString& value);
    void follow(const QString& key);
    /// Of all edits of a field between two visits to it.
    [[nodiscard]] QString mergeKey(const QString& key) const;
    [[nodiscard]] QString subject() const;

    QPointer<ExperimentDocument> m_document;
    QList<BlockId> m_blocks; ///< selected and in the graph
    QList<BlockId> m_selection;
    int m_visit = 0;

    QStackedLayout* m_pages;
    QWidget* m_empty;
    QWidget* m_formPage;
    QWidget* m_listPage;
    BlockHeader* m_header;
    ValueForm* m_form;
    QVBoxLayout* m_notes;
    BlockOutput* m_output;
    TextLabel* m_count;
    QVBoxLayout* m_names;
};

} // namespace espalier
