#include "ui/modeling/inspector/modeling_inspector.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/inspector/block_panel.h"
#include "ui/modeling/inspector/build/build_panel.h"
#include "ui/modeling/inspector/settings_panel.h"
#include "ui/shell/project_view.h"
#include "ui/widgets/widgets.h"

#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace espalier {

ModelingInspector::ModelingInspector(const ProjectContext& context, QWidget* parent)
    : ModelingInspector(context.document, parent)
{
}

ModelingInspector::ModelingInspector(ProjectDocument& project, QWidget* parent)
    : QWidget(parent)
    , m_tabs(new TabStrip(this))
    , m_pages(new QStackedWidget(this))
    , m_build(new BuildPanel(this))
    , m_block(new BlockPanel(this))
    , m_settings(new SettingsPanel(project, this))
{
    for (const QString& name : {tr("Build"), tr("Block"), tr("Settings")})
        m_tabs->addTab(name);
    for (QWidget* page : {static_cast<QWidget*>(m_build), static_cast<QWidget*>(m_block),
                          static_cast<QWidget*>(m_settings)})
        m_pages->addWidget(page);
    auto* header = new HeaderBar(this);
    header->addLeft(m_tabs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &TabStrip::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_build, &BuildPanel::blockChosen, this, &ModelingInspector::requestBlock);
    connect(m_build, &BuildPanel::snippetChosen, this, &ModelingInspector::requestSnippet);
    connect(m_block, &BlockPanel::selectBlockRequested, this,
            &ModelingInspector::selectBlockRequested);
    refreshLock();
}

void ModelingInspector::setDocument(ExperimentDocument* document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_selection.clear();
    if (document)
        connect(document, &ExperimentDocument::recordChanged, this,
                &ModelingInspector::refreshLock);
    m_block->setDocument(document);
    m_settings->setDocument(document);
    refreshLock();
}

void ModelingInspector::refreshLock()
{
    if (!m_document)
        m_build->setReason(tr("Select or make an experiment first."));
    else if (!m_document->isEditable())
        m_build->setReason(tr("The experiment has run. Duplicate it to change its network."));
    else
        m_build->setReason({});
}

void ModelingInspector::setSelection(const QList<BlockId>& blocks)
{
    const bool changed = m_selection != blocks;
    m_selection = blocks;
    m_block->setSelection(blocks);
    if (changed && !blocks.isEmpty() && !m_adding)
        showTab(Tab::Block);
}

void ModelingInspector::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

ModelingInspector::Tab ModelingInspector::currentTab() const
{
    return Tab(m_tabs->currentIndex());
}

void ModelingInspector::requestBlock(const QString& type)
{
    const QScopedValueRollback adding(m_adding, true);
    Q_EMIT addBlockRequested(type);
}

void ModelingInspector::requestSnippet(const QString& key)
{
    const QScopedValueRollback adding(m_adding, true);
    Q_EMIT addSnippetRequested(key);
}

} // namespace espalier
