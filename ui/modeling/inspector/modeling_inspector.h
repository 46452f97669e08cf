#pragma once

#include "core/graph/model_graph.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace espalier {

class BlockPanel;
class BuildPanel;
class ExperimentDocument;
class ProjectDocument;
class SettingsPanel;
class TabStrip;
struct ProjectContext;

/// The Inspector of Modeling: Build, Block and Settings of the experiment in front. What it edits
/// it edits through the document; where a block goes is for the canvas to say.
///
/// Dragging from Build carries "application/x-espalier-block" or "application/x-espalier-snippet"
/// with the key as UTF-8.
class ModelingInspector final : public QWidget {
    Q_OBJECT

public:
    enum class Tab { Build, Block, Settings };

    explicit ModelingInspector(const ProjectContext& context, QWidget* parent = nullptr);
    explicit ModelingInspector(ProjectDocument& project, QWidget* parent = nullptr);

    /// Null: none. It must live until another is set or it is destroyed; the selection is empty.
    void setDocument(ExperimentDocument* document);
    /// A selection opens Block, except one that comes from adding what was asked for.
    void setSelection(const QList<BlockId>& blocks);
    void showTab(Tab tab);
    [[nodiscard]] Tab currentTab() const;

Q_SIGNALS:
    void addBlockRequested(const QString& type);
    void addSnippetRequested(const QString& key);
    void selectBlockRequested(espalier::BlockId block);

private:
    void refreshLock();
    void requestBlock(const QString& type);
    void requestSnippet(const QString& key);

    QPointer<ExperimentDocument> m_document;
    QList<BlockId> m_selection;
    bool m_adding = false;
    TabStrip* m_tabs;
    QStackedWidget* m_pages;
    BuildPanel* m_build;
    BlockPanel* m_block;
    SettingsPanel* m_settings;
};

} // namespace espalier
