#include "ui/modeling/inspector/block_panel.h"

#include "core/graph/block_catalogue.h"
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/inspector/block_header.h"
#include "ui/modeling/inspector/block_output.h"
#include "ui/modeling/inspector/form/note_label.h"
#include "ui/modeling/inspector/form/value_form.h"
#include "ui/modeling/inspector/parameter_fields.h"
#include "ui/widgets/widgets.h"

#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

void clear(QVBoxLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

BlockPanel::BlockPanel(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedLayout(this))
    , m_empty(new EmptyState(u"dense"_s, tr("No block selected"),
                             tr("Select a block to see its parameters."), nullptr, this))
    , m_formPage(createForm())
    , m_listPage(createList())
{
    for (QWidget* page : {m_empty, m_formPage, m_listPage})
        m_pages->addWidget(page);
    connect(m_form, &ValueForm::edited, this, &BlockPanel::edit);
    connect(m_form, &ValueForm::actionTriggered, this, &BlockPanel::follow);
    connect(m_form, &ValueForm::editingStarted, this, [this] { ++m_visit; });
}

QWidget* BlockPanel::createForm()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_header = new BlockHeader(page);
    column->addWidget(m_header);
    column->addWidget(new Hairline(Qt::Horizontal, page));

    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins({});
    rows->setSpacing(metrics::PanelPadding);
    m_notes = new QVBoxLayout;
    m_notes->setSpacing(metrics::RowGap);
    m_form = new ValueForm(content);
    m_output = new BlockOutput(content);
    rows->addLayout(m_notes);
    rows->addWidget(m_form);
    rows->addWidget(new Hairline(Qt::Horizontal, content));
    rows->addWidget(m_output);
    rows->addStretch(1);
    column->addWidget(createPanelScroll(content, page), 1);
    return page;
}

QWidget* BlockPanel::createList()
{
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins({});
    m_count = new TextLabel({}, TextStyle::Heading, Role::TextPrimary, content);
    auto* line = new TextLabel(tr("Blocks of one type are edited together. Select one of these:"),
                               TextStyle::Small, Role::TextSecondary, content);
    line->setWordWrap(true);
    m_names = new QVBoxLayout;
    m_names->setSpacing(2);
    rows->addWidget(m_count);
    rows->addWidget(line);
    rows->addLayout(m_names);
    rows->addStretch(1);
    return createPanelScroll(content, this);
}

void BlockPanel::setDocument(ExperimentDocument* document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_selection.clear();
    if (document) {
        connect(document, &ExperimentDocument::analysisChanged, this, &BlockPanel::refresh);
        connect(document, &ExperimentDocument::recordChanged, this, &BlockPanel::refresh);
    }
    refresh();
}

void BlockPanel::setSelection(const QList<BlockId>& blocks)
{
    if (m_selection != blocks)
        ++m_visit;
    m_selection = blocks;
    refresh();
}

void BlockPanel::refresh()
{
    m_blocks.clear();
    QStringList types;
    if (m_document) {
        std::ranges::copy_if(m_selection, std::back_inserter(m_blocks), [this](BlockId id) {
            const Block* block = m_document->graph().block(id);
            return block && blockType(block->type);
        });
        for (BlockId id : std::as_const(m_blocks))
            types.append(m_document->graph().block(id)->type);
        types.removeDuplicates();
    }
    if (m_blocks.isEmpty()) {
        m_pages->setCurrentWidget(m_empty);
    } else if (types.size() == 1) {
        showBlocks();
        m_pages->setCurrentWidget(m_formPage);
    } else {
        showList();
        m_pages->setCurrentWidget(m_listPage);
    }
}

QString BlockPanel::subject() const
{
    const Block* first = m_document->graph().block(m_blocks.first());
    return m_blocks.size() == 1 ? first->name : tr("%n blocks", nullptr, int(m_blocks.size()));
}

void BlockPanel::showBlocks()
{
    const ModelGraph& graph = m_document->graph();
    const GraphAnalysis& analysis = m_document->analysis();
    const BlockType* type = blockType(graph.block(m_blocks.first())->type);
    m_header->display(*type, m_blocks.size() == 1 ? subject() : type->name,
                      m_blocks.size() == 1 ? enumLabel(type->group)
                                           : tr("%n selected", nullptr, int(m_blocks.size())));
    const auto form = ParameterFields::of(graph, analysis, m_document->features(), m_blocks);
    m_form->setFields(form.fields(), m_document->isEditable());
    showNotes(form.notes());
    QList<BlockAnalysis> analyses;
    for (BlockId id : std::as_const(m_blocks))
        analyses.append(analysis.blocks.value(id));
    m_output->display(analyses);
}

void BlockPanel::showNotes(const QList<FieldNote>& notes)
{
    clear(m_notes);
    for (const FieldNote& note : notes)
        m_notes->addWidget(new NoteLabel(note, this));
}

void BlockPanel::showList()
{
    m_count->setText(tr("%n blocks selected", nullptr, int(m_blocks.size())));
    clear(m_names);
    for (BlockId id : std::as_const(m_blocks)) {
        QPushButton* name =
            createButton(ButtonKind::Quiet, m_document->graph().block(id)->name, {}, m_listPage);
        connect(name, &QPushButton::clicked, this, [this, id] { Q_EMIT selectBlockRequested(id); });
        m_names->addWidget(name, 0, Qt::AlignLeft);
    }
}

QString BlockPanel::mergeKey(const QString& key) const
{
    QStringList parts;
    for (BlockId id : m_blocks)
        parts.append(QString::number(id.value()));
    return parts.join(u',') + u'/' + key + u'/' + QString::number(m_visit);
}

void BlockPanel::edit(const QString& key, const QString& value)
{
    if (!m_document || m_blocks.isEmpty())
        return;
    ModelGraph trial = m_document->graph();
    if (const Status status = applyField(trial, m_blocks, key, value); !status)
        return m_form->setRefusal(key, status.error().message);
    m_document->edit(
        tr("Change %1").arg(subject()),
        [blocks = m_blocks, key, value](ModelGraph& graph) {
            std::ignore = applyField(graph, blocks, key, value);
        },
        mergeKey(key));
}

void BlockPanel::follow(const QString& key)
{
    if (!m_document || m_blocks.isEmpty())
        return;
    m_document->edit(tr("Follow the target with %1").arg(subject()),
                     [blocks = m_blocks, key](ModelGraph& graph) {
                         for (BlockId id : blocks)
                             graph.setParameter(id, key, QVariant());
                     });
    m_form->focusField(key);
}

} // namespace espalier
